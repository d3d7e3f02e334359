package store

import (
	"database/sql"
	"reflect"
	"testing"

	"hooktop/model"
	"hooktop/store/storetest"
)

// pool asks one value of a pool.
type pool struct {
	t  *testing.T
	db *sql.DB
}

func (p pool) one(query string) string {
	p.t.Helper()
	var v string
	if err := p.db.QueryRow(query).Scan(&v); err != nil {
		p.t.Fatalf("%s: %v", query, err)
	}
	return v
}

// An older record ends early: what is missing is zero.
func TestShorterRecordsStillRead(t *testing.T) {
	full := storetest.Verification("", storetest.Epoch())
	b := encodeVerification(full)
	v, err := decodeVerification(b[:len(b)-len("89abcdef")-1])
	full.HookID, full.At, full.AuthFingerprint = "", v.At, ""
	if err != nil || !reflect.DeepEqual(v, full) {
		t.Errorf("got %+v, %v", v, err)
	}
	if v, err := decodeVerification(nil); err != nil || !reflect.DeepEqual(v, model.Verification{}) {
		t.Errorf("of nothing: %+v, %v", v, err)
	}
}

func FuzzRecords(f *testing.F) {
	f.Add(encodeVerification(storetest.Verification("wh_1", storetest.Epoch())))
	seed := storetest.Test("wh_1", 1, nil).Attempt
	f.Add(appendAttempt(nil, &seed))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01})
	f.Fuzz(func(t *testing.T, b []byte) {
		if v, err := decodeVerification(b); err == nil {
			if again, err := decodeVerification(encodeVerification(v)); err != nil || !reflect.DeepEqual(again, v) {
				t.Errorf("verification %+v came back as %+v, %v", v, again, err)
			}
		}
		if a, err := decodeAttempt(b); err == nil {
			if again, err := decodeAttempt(appendAttempt(nil, &a)); err != nil || !reflect.DeepEqual(again, a) {
				t.Errorf("attempt %+v came back as %+v, %v", a, again, err)
			}
		}
	})
}
