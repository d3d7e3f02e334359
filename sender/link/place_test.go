package link

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
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

// TestARemovedLockFile promises that there is one owner even then: a lock on a file
// that is no longer at its place keeps nobody out, and its holder can see that.
func TestARemovedLockFile(t *testing.T) {
	db := filepath.Join(t.TempDir(), "x.db")
	path := lockPath(db)
	first, err := Acquire(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	if !first.Held() {
		t.Fatal("a fresh lock does not hold")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if first.Held() {
		t.Fatal("a lock without a file holds")
	}
	if err := first.Again(); err != nil || !first.Held() { // nobody was faster
		t.Fatal(err)
	}
	if err := os.Rename(path, path+".old"); err != nil {
		t.Fatal(err)
	}
	second, err := Acquire(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("4711\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var f *model.Fault
	if err := first.Again(); first.Held() || !errors.As(err, &f) || f.Code != model.CodeStoreLocked || f.Value != "4711" {
		t.Fatal(err)
	}
	if err := first.Release(); err != nil {
		t.Fatal(err)
	}
	if got := ownerOf(db); got != "4711" {
		t.Errorf("the first wrote %q into the second's file", got)
	}
	if err := second.Release(); err != nil {
		t.Fatal(err)
	}
	if owned, err := Owned(db); owned || err != nil {
		t.Error(owned, err)
	}
}

// TestALockOfAReplacedFile takes the lock while its file is replaced all the time.
func TestALockOfAReplacedFile(t *testing.T) {
	db := filepath.Join(t.TempDir(), "x.db")
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			default:
				_ = os.Remove(lockPath(db))
			}
		}
	}()
	for range 200 {
		l, err := Acquire(t.Context(), db)
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Release(); err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	<-done
}

// TestASocketOfAnotherOwner promises that an owner that lost its place leaves the next
// one's socket alone.
func TestASocketOfAnotherOwner(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.sock")
	f := &fakeOwner{}
	serve := func() *Server {
		s, err := Serve(path, Verbs{f, f, f, f, f, f}, Owner{PID: 1}, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first := serve()
	second := serve()
	if first.Present() || !second.Present() {
		t.Error("whose socket is it?")
	}
	if err := first.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	c := Dial(path)
	if _, err := c.Owner(t.Context()); err != nil {
		t.Error(err)
	}
	_ = c.Close()
	if err := second.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the socket stays behind")
	}
}
