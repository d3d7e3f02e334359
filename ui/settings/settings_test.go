package settings

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"hooktop/ui"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/theme"
	"hooktop/ui/uitest"
)

// saved is a configuration file in memory.
type saved struct {
	lines []string
	err   error
}

func (f *saved) save(key string, value any) error {
	f.lines = append(f.lines, fmt.Sprintf("%s = %v", key, value))
	return f.err
}

func verbs(f *saved) Verbs {
	v := Verbs{
		Sources: map[string]Source{"lang": {"env", "LANG"}, "theme": {"file", "config.toml:3:1"}, "ascii": {"flag", "--ascii"}, "egress": {}},
		Facts: []Fact{
			{"egress", func(w *text.Words) string { return w.Settings.Names["any"] }},
			{"retention", func(w *text.Words) string { return w.Settings.Kept("30 d", "90 d", "4 GiB") }},
			{"config", func(*text.Words) string { return "/home/ana/.config/hooktop/config.toml" }},
			{"db", func(*text.Words) string {
				return "/home/ana/.local/share/hooktop/" + strings.Repeat("largo/", 12) + "hooktop.db"
			}},
			{"version", func(*text.Words) string { return "0.1.0" }},
		},
	}
	if f != nil {
		v.Save = f.save
	}
	return v
}

func open(t *testing.T, v Verbs, w, h int, lang text.Lang, ascii bool) (*uitest.Driver, *page.Env) {
	t.Helper()
	env := &page.Env{Words: text.For(lang), Theme: theme.New(theme.Dark, true, ascii), Motion: true, Now: func() time.Time { return time.Unix(0, 0) }}
	app := ui.New(ui.Options{Env: env, Color: "auto", Tabs: []ui.Tab{{
		Key: "settings", Number: 5, Title: func(w *text.Words) string { return w.Settings.Tab },
		New: func(env *page.Env) page.Page { return New(env, v) },
	}}})
	return uitest.New(t, app, w, h), env
}

func TestGoldenSettings(t *testing.T) {
	for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}, {200, 60}} {
		for _, lang := range []text.Lang{text.ES, text.EN} {
			for _, ascii := range []bool{false, true} {
				name := fmt.Sprintf("settings-%dx%d-%s-%v", size[0], size[1], lang, ascii)
				t.Run(name, func(t *testing.T) {
					d, _ := open(t, verbs(&saved{}), size[0], size[1], lang, ascii)
					d.Golden(name)
					d.Press("G", "up").Golden("long-" + name)
				})
			}
		}
	}
}

func TestEveryRowChangesSomethingAtOnceAndIsKept(t *testing.T) {
	for _, c := range []struct {
		key   string
		was   func(*page.Env) any
		keeps string
	}{
		{"lang", func(e *page.Env) any { return e.Words.Lang }, "lang = en"},
		{"theme", func(e *page.Env) any { return e.Theme.Name }, "theme = light"},
		{"color", func(e *page.Env) any { return e.Choices.Color }, "color = always"},
		{"ascii", func(e *page.Env) any { return e.Theme.Sym.OK }, "ascii = true"},
		{"motion", func(e *page.Env) any { return e.Motion }, "motion = false"},
		{"mouse", func(e *page.Env) any { return e.Choices.Mouse }, "mouse = false"},
		{"notify", func(e *page.Env) any { return e.Choices.Notify }, "notify = true"},
	} {
		f := &saved{}
		d, env := open(t, verbs(f), 80, 24, text.ES, false)
		at := slices.IndexFunc(choices(), func(x choice) bool { return x.key == c.key })
		d.Press(slices.Repeat([]string{"down"}, at)...)
		before := c.was(env)
		d.Press("enter")
		if c.was(env) == before || !slices.Equal(f.lines, []string{c.keeps}) {
			t.Errorf("%s: still %v, kept %q", c.key, before, f.lines)
		}
		d.Press("left")
		if c.was(env) != before || len(f.lines) != 2 {
			t.Errorf("%s: left makes it %v, was %v", c.key, c.was(env), before)
		}
	}
}

func TestNeverIsWithoutColourAtOnce(t *testing.T) {
	d, env := open(t, verbs(&saved{}), 80, 24, text.ES, false)
	d.Press("down", "down", "left") // auto to never
	if env.Theme.Name != theme.Mono {
		t.Errorf("theme %q", env.Theme.Name)
	}
	d.Has("nunca").Press("enter")
	if env.Theme.Name != theme.Dark {
		t.Errorf("theme %q", env.Theme.Name)
	}
}

func TestWhereAValueComesFrom(t *testing.T) {
	f := &saved{}
	d, _ := open(t, verbs(f), 80, 24, text.ES, false)
	d.Has("entorno LANG", "archivo", "opción --ascii", "por omisión")
	d.Press("enter").Has("file").Lacks("LANG") // the file goes before the locale
	d.Press("down", "down", "down", "enter").Has("Kept in the file; at the start --ascii decides", "option --ascii")
}

func TestWhatCannotBeKeptStillHoldsAndIsSaid(t *testing.T) {
	d, env := open(t, verbs(&saved{err: errors.New("read-only file system\x1b")}), 80, 24, text.ES, false)
	d.Press("enter").Has("The setting holds now, but could not be kept: read-only file system␛", "environment LANG")
	if env.Words.Lang != text.EN {
		t.Error("the setting does not hold")
	}
	d, env = open(t, verbs(nil), 80, 24, text.ES, false)
	d.Press("enter").Has("keeps nothing", "for now")
	if env.Words.Lang != text.EN {
		t.Error("the setting does not hold in the demonstration")
	}
}

func TestPathsAreCopiedWhole(t *testing.T) {
	d, _ := open(t, verbs(&saved{}), 80, 24, text.ES, false)
	d.Press("G", "up", "up", "y")
	if got := d.Clipboard(); got != "/home/ana/.config/hooktop/config.toml" {
		t.Errorf("copied %q", got)
	}
}

func TestTheMouseChangesWithTheSecondClick(t *testing.T) {
	f := &saved{}
	d, _ := open(t, verbs(f), 80, 24, text.ES, false)
	d.ClickOn("Movimiento")
	if len(f.lines) != 0 {
		t.Fatal("one click changed a setting")
	}
	d.ClickOn("Movimiento")
	if !slices.Equal(f.lines, []string{"motion = false"}) {
		t.Errorf("%q", f.lines)
	}
}

func TestActionsKeepTheRules(t *testing.T) {
	p := New(&page.Env{Words: text.For(text.ES), Theme: theme.New(theme.Auto, true, false)}, verbs(&saved{}))
	p.SetSize(80, 22)
	uitest.CheckPage(t, p)
	p.(page.Keeper).Restore(map[string]string{"selected": "db"})
	uitest.CheckPage(t, p)
	if got := p.(page.Keeper).Keep()["selected"]; got != "db" {
		t.Errorf("selected %q", got)
	}
}
