package store

import (
	"encoding/binary"
	"errors"
	"time"
)

// Records are encoded field after field: integers as varints, texts and bytes with
// their length before them. Unlike JSON this keeps bytes that are not UTF-8. A
// record grows at its end only: what an older one lacks decodes as zero.

type encoder struct{ b []byte }

func (e *encoder) int(v int64)               { e.b = binary.AppendVarint(e.b, v) }
func (e *encoder) time(t time.Time)          { e.int(micros(t)) }
func (e *encoder) duration(d time.Duration)  { e.int(int64(d)) }
func (e *encoder) text(s string)             { e.int(int64(len(s))); e.b = append(e.b, s...) }
func (e *encoder) bytes(b []byte)            { e.int(int64(len(b))); e.b = append(e.b, b...) }
func (e *encoder) texts(list []string)       { encodeList(e, list, e.text) }
func (e *encoder) durs(list []time.Duration) { encodeList(e, list, e.duration) }

func (e *encoder) bool(v bool) {
	var n int64
	if v {
		n = 1
	}
	e.int(n)
}

func encodeList[T any](e *encoder, list []T, item func(T)) {
	e.int(int64(len(list)))
	for _, v := range list {
		item(v)
	}
}

var errRecord = errors.New("record is cut")

// decoder reads what an encoder wrote; the first error stays in err.
type decoder struct {
	b   []byte
	err error
}

func (d *decoder) int() int64 {
	if len(d.b) == 0 || d.err != nil {
		return 0
	}
	v, n := binary.Varint(d.b)
	if n <= 0 {
		d.err = errRecord
		return 0
	}
	d.b = d.b[n:]
	return v
}

func (d *decoder) text() string {
	n := d.int()
	if n < 0 || n > int64(len(d.b)) {
		d.err = errRecord
		return ""
	}
	s := string(d.b[:n])
	d.b = d.b[n:]
	return s
}

func (d *decoder) bytes() []byte           { return []byte(d.text()) }
func (d *decoder) bool() bool              { return d.int() != 0 }
func (d *decoder) time() time.Time         { return fromMicros(d.int()) }
func (d *decoder) duration() time.Duration { return time.Duration(d.int()) }
func (d *decoder) texts() []string         { return decodeList(d, d.text) }
func (d *decoder) durs() []time.Duration   { return decodeList(d, d.duration) }

// decodeList returns nil for an empty list. Every item takes at least one byte,
// so a count beyond the bytes left is a damaged record.
func decodeList[T any](d *decoder, item func() T) []T {
	n := d.int()
	if n < 0 || n > int64(len(d.b)) {
		d.err = errRecord
	}
	if n == 0 || d.err != nil {
		return nil
	}
	list := make([]T, 0, n)
	for range n {
		list = append(list, item())
	}
	return list
}

// micros is a time as it is stored: microseconds since 1970, 0 for the zero time.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func fromMicros(v int64) time.Time {
	if v == 0 {
		return time.Time{}
	}
	return time.UnixMicro(v).UTC()
}
