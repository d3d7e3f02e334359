package link

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"hooktop/model"
)

func TestSocketPath(t *testing.T) {
	long := "/data/" + strings.Repeat("x", 120) + "/hooktop.db"
	for _, tt := range []struct{ db, runtime, want string }{
		{"/data/hooktop.db", "/run/user/1", "/data/hooktop.db.sock"},
		{long, "/run/user/1", "/run/user/1/hooktop/"},
		{long, "", "/tmp/hooktop-"},
		{long, long, "/tmp/hooktop-"},
	} {
		if got := Socket(tt.db, tt.runtime); !strings.HasPrefix(got, tt.want) || len(got) > maxSocket {
			t.Errorf("%s", got)
		}
	}
	if Socket(long, "/r") == Socket(long+"2", "/r") {
		t.Error("two databases share a socket")
	}
}

func TestCanonical(t *testing.T) {
	dir, _ := filepath.EvalSymlinks(t.TempDir())
	real := filepath.Join(dir, "a.db")
	_ = os.WriteFile(real, nil, 0o600)
	_ = os.Symlink(real, filepath.Join(dir, "b.db"))
	_ = os.Symlink(dir, filepath.Join(dir, "d"))
	for in, want := range map[string]string{
		real: real, filepath.Join(dir, "b.db"): real, filepath.Join(dir, "d", "b.db"): real,
		filepath.Join(dir, "d", "new.db"): filepath.Join(dir, "new.db"), filepath.Join(dir, "no", "x.db"): filepath.Join(dir, "no", "x.db"),
	} {
		if got, err := Canonical(in); got != want || err != nil {
			t.Errorf("%s: %s, %v", in, got, err)
		}
	}
}

// TestOneOwner promises that there is never a second one, and that it learns who the
// first is.
func TestOneOwner(t *testing.T) {
	db := filepath.Join(t.TempDir(), "new", "x.db")
	if owned, err := Owned(db); owned || err != nil {
		t.Fatal(owned, err)
	}
	soon := func() context.Context {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
		t.Cleanup(cancel)
		return ctx
	}
	first, err := Acquire(soon(), db)
	if err != nil {
		t.Fatal(err)
	}
	if owned, err := Owned(db); !owned || err != nil {
		t.Fatal(owned, err)
	}
	_, err = Acquire(soon(), db)
	var f *model.Fault
	if !errors.As(err, &f) || f.Code != model.CodeStoreLocked || f.Field != model.FieldOwner || f.Value != strconv.Itoa(os.Getpid()) {
		t.Fatalf("%#v", f)
	}
	if err := first.Release(); err != nil {
		t.Fatal(err)
	}
	if owned, _ := Owned(db); owned {
		t.Error("a released lock still holds")
	}
	second, err := Acquire(soon(), db)
	if err != nil {
		t.Fatal(err)
	}
	_ = second.Release()
}
