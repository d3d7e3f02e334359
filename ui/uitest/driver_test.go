package uitest_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
	"hooktop/ui/uitest"
)

// recorder is a model that writes down strings and runs a command per key.
type recorder struct {
	log  []string
	keys map[string]tea.Cmd
}

func (r *recorder) Init() tea.Cmd { return say("init") }
func (r *recorder) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case string:
		r.log = append(r.log, msg)
	case tea.KeyPressMsg:
		return r, r.keys[msg.String()]
	}
	return r, nil
}
func (r *recorder) View() tea.View { return tea.NewView(strings.Join(r.log, " ") + "  ") }

func say(s string) tea.Cmd { return func() tea.Msg { return s } }

func TestCommandsRunUntilNothingIsLeft(t *testing.T) {
	block := make(chan string)
	r := &recorder{keys: map[string]tea.Cmd{
		"b": tea.Batch(say("1"), nil, tea.Sequence(say("2"), tea.Batch(say("3")), say("4")), say("5")),
		"t": tea.Batch(tea.Tick(time.Hour, func(time.Time) tea.Msg { return "tick" }), say("now")),
		"a": page.After(time.Hour, "later"),
		"c": tea.Sequence(tea.SetClipboard("copied"), say("done")),
		"w": func() tea.Msg { return <-block },
		"q": tea.Quit,
	}}
	d := uitest.New(t, r, 80, 24)
	expect := func(want string) {
		t.Helper()
		if got := d.Screen(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		r.log = nil
	}
	expect("init")
	d.Press("b")
	for _, s := range []string{"1", "2", "3", "4", "5"} {
		if strings.Count(d.Screen(), s) != 1 {
			t.Errorf("%s in %q", s, d.Screen())
		}
	}
	if s := d.Screen(); strings.Index(s, "2") > strings.Index(s, "4") {
		t.Errorf("a sequence ran out of order: %q", s)
	}
	r.log = nil
	d.Press("t")
	expect("now")
	d.Press("a")
	expect("")
	d.Fire()
	expect("later")
	d.Press("c")
	expect("done")
	if d.Clipboard() != "copied" {
		t.Errorf("clipboard %q", d.Clipboard())
	}
	d.Press("w")
	expect("")
	go func() { block <- "answer" }()
	d.WaitFor("answer")
	d.Press("q")
	if !d.Quit() {
		t.Error("quit was not seen")
	}
}

func TestKeysHaveTheNamesBubbleTeaGivesThem(t *testing.T) {
	for _, k := range []string{"a", "E", "ñ", "?", "space", "enter", "esc", "tab", "shift+tab",
		"ctrl+s", "ctrl+p", "alt+left", "ctrl+alt+x", "f1", "f12", "pgdown", "shift+up", "+", "ctrl++", ":"} {
		if got := uitest.Key(k).String(); got != k {
			t.Errorf("key %q arrives as %q", k, got)
		}
	}
	if uitest.Key("space").Text != " " || uitest.Key("ctrl+s").Text != "" {
		t.Error("text of keys")
	}
}

// failing is a testing.TB that counts failures instead of failing.
type failing struct {
	testing.TB
	errors int
}

func (f *failing) Errorf(string, ...any) { f.errors++ }
func (f *failing) Helper()               {}

func TestFitsSeesLinesTooWideAndTooMany(t *testing.T) {
	for text, want := range map[string]int{"12345": 0, "123456": 1, "a\nb": 0, "a\nb\nc": 1, "漢漢漢": 1} {
		f := &failing{TB: t}
		uitest.New(f, &view{text}, 5, 2).Fits()
		if f.errors != want {
			t.Errorf("%q: %d failures, want %d", text, f.errors, want)
		}
	}
}

// view is a model that shows one text.
type view struct{ text string }

func (v *view) Init() tea.Cmd                       { return nil }
func (v *view) Update(tea.Msg) (tea.Model, tea.Cmd) { return v, nil }
func (v *view) View() tea.View                      { return tea.NewView(v.text) }

func TestTheRegistryCheckRefuses(t *testing.T) {
	do := func() tea.Cmd { return nil }
	good := page.Action{ID: "a", Label: "a", Help: "a", Keys: []string{"a"}, Do: do}
	for name, c := range map[string]struct {
		change func(*page.Action)
		want   int
	}{
		"nothing":                {func(*page.Action) {}, 0},
		"no words":               {func(a *page.Action) { a.Help = "" }, 1},
		"no deed":                {func(a *page.Action) { a.Do = nil }, 1},
		"ctrl+m":                 {func(a *page.Action) { a.Keys = []string{"ctrl+m"} }, 1},
		"blank":                  {func(a *page.Action) { a.Keys = []string{" "} }, 1},
		"AltGr only":             {func(a *page.Action) { a.Keys = []string{"["} }, 1},
		"AltGr with another":     {func(a *page.Action) { a.Keys = []string{"[", "x"} }, 0},
		"reserved":               {func(a *page.Action) { a.Keys = []string{"?"} }, 1},
		"same id":                {func(a *page.Action) { a.ID = "z" }, 1},
		"same key":               {func(a *page.Action) { a.Keys = []string{"z"} }, 1},
		"same key, but it's off": {func(a *page.Action) { a.Keys = []string{"z"}; a.Off = true }, 0},
	} {
		f := &failing{TB: t}
		a := good
		c.change(&a)
		z := page.Action{ID: "z", Label: "z", Help: "z", Keys: []string{"z"}, Do: do}
		uitest.CheckActions(f, []page.Action{z, a}, "?")
		if f.errors != c.want {
			t.Errorf("%s: %d failures, want %d", name, f.errors, c.want)
		}
	}
}
