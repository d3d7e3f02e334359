package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"

	"hooktop/model"
)

// readSecret takes one value from stdin, or asks for it where stdin is a terminal.
func (a *app) readSecret(ctx context.Context, prompt, flag string) (string, error) {
	if a.InTTY {
		if a.opts.NoInput || a.ReadPassword == nil {
			return "", usage(a.words().Bad.Stdin, flag)
		}
		a.note("%s", prompt)
		return a.ReadPassword(ctx)
	}
	b, err := a.readIn(ctx, 64<<10)
	if err != nil {
		return "", err
	}
	v := oneLine(b)
	if v == "" {
		return "", usage(a.words().Bad.Stdin, flag)
	}
	return v, nil
}

// readIn reads stdin to its end, limit bytes at most. When ctx ends first, the
// goroutine goes on waiting for stdin; it ends with the program.
func (a *app) readIn(ctx context.Context, limit int64) ([]byte, error) {
	type read struct {
		b   []byte
		err error
	}
	got := make(chan read, 1)
	go func() {
		b, err := io.ReadAll(io.LimitReader(a.In, limit))
		got <- read{b, err}
	}()
	select {
	case r := <-got:
		return r.b, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// oneLine drops the one line end that echo and editors add; nothing else.
func oneLine(b []byte) string {
	b = bytes.TrimSuffix(b, []byte("\n"))
	return string(bytes.TrimSuffix(b, []byte("\r")))
}

// readFile reads at most limit bytes; a longer file is a fault of the field.
func (a *app) readFile(path string, field model.Field, limit int) ([]byte, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &model.Fault{Code: model.CodeNotFound, Field: field, Value: path, Err: err}
	}
	if err != nil {
		return nil, usage(a.words().Bad.File, path, reason(err))
	}
	defer func() { _ = file.Close() }()
	b, err := io.ReadAll(io.LimitReader(file, int64(limit)+1))
	if err != nil {
		return nil, usage(a.words().Bad.File, path, reason(err))
	}
	if len(b) > limit {
		if field == model.FieldBody {
			return nil, &model.Fault{Code: model.CodeBodyTooLarge, Field: field, Limit: limit}
		}
		return nil, usage(a.words().Bad.FileTooLarge, path, limit)
	}
	return b, nil
}

// reason is the cause without the path that the sentence already has.
func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}
