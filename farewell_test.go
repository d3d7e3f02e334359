package main

import (
	"bytes"
	"errors"
	"strings"
	"syscall"
	"testing"

	"hooktop/sender/link"
	"hooktop/ui"
	"hooktop/ui/text"
)

// The last words say of the deliveries only what is known: a screen that only reads
// has recorded nothing, and one that could not close the file does not know.
func TestTheLastWordsPromiseOnlyWhatIsSo(t *testing.T) {
	say := text.For(text.EN).CLI.Say
	ended := &ui.SignalError{Signal: syscall.SIGTERM}
	for name, c := range map[string]struct {
		readOnly, owned bool
		closed          error
		want            string
	}{
		"it sent":                    {want: say.Safe},
		"another program sends":      {owned: true, want: say.SafeElse},
		"it only read":               {readOnly: true},
		"it only read beside others": {readOnly: true, owned: true, want: say.SafeElse},
		"it could not be closed":     {closed: errors.New("write 3 results: no space")},
	} {
		t.Run(name, func(t *testing.T) {
			o, p := home(t)
			o.ReadOnly = c.readOnly
			if c.owned {
				lock, err := link.Acquire(t.Context(), p.DB)
				if err != nil {
					t.Fatal(err)
				}
				defer func() { _ = lock.Release() }()
			}
			var out bytes.Buffer
			farewell(&out, o, p, ended, c.closed, 3)
			lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
			got := strings.Join(lines[2:], "\n")
			if !strings.Contains(lines[0], "SIGTERM") || !strings.HasSuffix(lines[1], p.Log) || got != c.want {
				t.Errorf("%q", lines)
			}
		})
	}
}
