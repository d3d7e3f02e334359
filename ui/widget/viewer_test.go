package widget

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/theme"
	"hooktop/ui/uitest"
)

func viewerEnv(lang text.Lang, ascii bool) *page.Env {
	return &page.Env{Words: text.For(lang), Theme: theme.New(theme.Auto, true, ascii), Now: time.Now}
}

// viewing drives a Viewer as a page does: keys go to its actions or to its field, and
// every command is run to its end.
type viewing struct {
	*Viewer
	t testing.TB
}

func view(t testing.TB, raw string, w, h int) *viewing {
	t.Helper()
	v := &viewing{NewViewer(viewerEnv(text.EN, false)), t}
	v.SetSize(w, h)
	v.do(v.Set("k", []byte(raw)))
	return v
}

// do runs a command and gives its answers back until there are none.
func (v *viewing) do(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch m := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range m {
			v.do(c)
		}
	default:
		v.do(v.Update(m))
	}
}

func (v *viewing) press(keys ...string) *viewing {
	v.t.Helper()
	for _, name := range keys {
		k := uitest.Key(name)
		if v.Typing() && k.Text != "" {
			v.do(v.Update(k))
			continue
		}
		done := false
		for _, a := range v.Actions() {
			for _, have := range a.Keys {
				if have == name && !a.Off && !done {
					done = true
					v.do(a.Do())
				}
			}
		}
		if !done {
			v.t.Fatalf("%q does nothing", name)
		}
	}
	return v
}

func (v *viewing) typed(s string) *viewing {
	for _, r := range s {
		v.do(v.Update(tea.KeyPressMsg{Code: r, Text: string(r)}))
	}
	return v
}

func (v *viewing) screen() string { return uitest.Strip(v.View()) }

func (v *viewing) is(want string) *viewing {
	v.t.Helper()
	if got := v.screen(); got != strings.Trim(want, "\n") {
		v.t.Errorf("screen is\n%s\nwant\n%s", got, strings.Trim(want, "\n"))
	}
	return v
}

const call = `{"call_details": {"id": "10126872918086418832", "agent":"José Núñez", "tags": [{"name":"a"}, {"name":"b c"}], "odd key": 1.0e400},
 "call_score": [1,2,3], "empty": {}, "none": [], "ok": true}`

func TestViewerPrint(t *testing.T) {
	v := view(t, call, 60, 24)
	t.Log("\n" + v.screen() + "\n" + v.Mode())
	v.press("v")
	t.Log("\n" + v.screen() + "\n" + v.Mode())
	v.press("v")
	t.Log("\n" + v.screen() + "\n" + v.Mode())
	v.press("v")
	t.Log("\n" + v.screen() + "\n" + v.Mode())
	v.press("v", "-")
	t.Log("\n" + v.screen() + "\n" + v.Mode())
	v.press("/").typed("B C").press("enter")
	t.Log("\n" + v.screen() + "\n" + v.Mode())
	v.press("=").typed(".call_details.tags").press("enter")
	t.Log("\n" + v.screen() + "\n" + v.Mode())
	_ = ansi.Strip
}
