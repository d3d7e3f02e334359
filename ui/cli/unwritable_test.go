package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hooktop/model"
)

// A file that cannot be written is read, and why is said; what would write is refused.
func TestAFileThatCannotBeWrittenIsRead(t *testing.T) {
	db := filepath.Join(t.TempDir(), "hooktop.db")
	if err := os.WriteFile(db, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	refuse := func(o Options) error {
		if o.ReadOnly {
			return nil
		}
		return &model.Fault{Code: model.CodeStoreReadOnly, Field: model.FieldDB, Value: db}
	}
	f := &fakeDesk{hook: model.HookView{Hook: model.Hook{ID: "wh_1", Name: "A"}}}
	for _, c := range []struct {
		args   []string
		tty    bool
		code   int
		reason bool // it says that it is opened for reading
	}{
		{[]string{"hook", "list"}, false, ExitOK, true},
		{nil, false, ExitOK, true},
		{nil, true, ExitOK, true},
		{[]string{"hook", "delete", "A"}, false, ExitStore, false},
		{[]string{"--readonly", "hook", "list"}, false, ExitOK, false},
	} {
		var o, e bytes.Buffer
		screens := 0
		code := Run(t.Context(), Deps{
			Env: func(string) string { return "" }, In: strings.NewReader(""), Out: &o, Err: &e, Now: time.Now,
			InTTY: c.tty, OutTTY: c.tty,
			Paths: func(Options) (Paths, error) { return Paths{}, nil },
			Open: func(_ context.Context, o Options) (*Desk, error) {
				return &Desk{Book: f, Record: f, Wire: f, Keys: f, Close: func() error { return nil }}, refuse(o)
			},
			Screen: func(_ context.Context, o Options) error {
				if err := refuse(o); err != nil {
					return err
				}
				screens++
				return nil
			},
		}, c.args)
		if code != c.code {
			t.Errorf("%v: exit code %d, want %d: %s", c.args, code, c.code, e.String())
		}
		if got := strings.Contains(e.String(), "opened for reading only"); got != c.reason {
			t.Errorf("%v: stderr %q", c.args, e.String())
		}
		if c.tty && screens != 1 {
			t.Errorf("the screens were shown %d times", screens)
		}
	}
}
