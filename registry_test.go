package main

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"hooktop/ui"
	"hooktop/ui/cli"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/uitest"
	"hooktop/ui/widget"
)

// drawing are the actions that change nothing but what is looked at, how, or what
// stands in a form that is not saved: they need no command. A dot or a star at the
// end stands for all that begins so.
var drawing = strings.Fields(`
	move.* pane.* tab.* lang.* theme.* view.* setting.* metrics.* diff.* viewer.* body.* tree.* group.* sort.* mark.* detail.* attempt.* pane zoom sort
	help palette back quit interrupt redraw suspend undo messages mouse alerts actions copy
	list.* first.open delivery.next delivery.prev delivery.copy delivery.pager test.pager hook.copy* search.*
	form.toggle form.all form.none form.fold form.unfold form.next form.prev form.reveal form.copysecret form.moveuser form.follow
	test.prev test.next test.line* test.page* test.home test.end test.side test.format test.copy test.sample verify.cause verify.done`)

func draws(id string) bool {
	return slices.ContainsFunc(drawing, func(d string) bool {
		begin, star := strings.CutSuffix(d, "*")
		return id == d || star && strings.HasPrefix(id, begin)
	})
}

// place is a page of the product in some state: an action that only its page has, and the keys that
// lead there from the start.
type place struct {
	has  string
	keys []string
}

var stops = map[string]place{
	"webhooks":          {"hook.new", nil},
	"webhooks, filter":  {"list.keep", []string{"/"}},
	"webhook":           {"detail.open", []string{"enter"}},
	"webhook, triggers": {"trigger.explain", []string{"enter", "tab"}},
	"webhook, history":  {"pane.next", []string{"enter", "tab", "tab"}},
	"form":              {"form.save", []string{"n"}},
	"form, url":         {"form.verify", []string{"n", "down"}},
	"form, triggers":    {"form.toggle", []string{"e", "down", "down", "down", "down"}},
	"verify":            {"verify.repeat", []string{"v"}},
	"test":              {"test.send", []string{"t"}},
	"explain":           {"move.down", []string{"enter", "tab", "i"}},
	"deliveries":        {"delivery.replay", []string{"2"}},
	"deliveries filter": {"list.apply", []string{"2", "/"}},
	"delivery":          {"detail.timing", []string{"2", "enter"}},
	"delivery, request": {"view.find", []string{"2", "enter", "2"}},
	"delivery, tries":   {"detail.attempts", []string{"2", "enter", "4"}},
	"delivery, why":     {"delivery.anyway", []string{"2", "enter", "6"}},
	"delivery, timing":  {"detail.timing", []string{"2", "enter", "5"}},
	"delivery, finding": {"view.apply", []string{"2", "enter", "2", "/"}},
	"diff":              {"diff.next", []string{"2", "enter", "D"}},
	"groups":            {"group.open", []string{"2", "o", "r"}},
	"marked":            {"mark.none", []string{"2", "space"}},
	"pane":              {"pane.list", []string{"2", "tab"}},
	"changed filter":    {"list.unfilter", []string{"2", "f"}},
	"metrics":           {"metrics.wider", []string{"4"}},
	"settings":          {"setting.next", []string{"5"}},
}

// product is the whole console over a small demonstration.
func product(t *testing.T, lang text.Lang, readonly bool) (*uitest.Driver, *ui.App) {
	t.Helper()
	o, p := home(t)
	o.Lang, o.Theme = string(lang), "auto"
	w := newOwner(t, o, p)
	t.Cleanup(func() { _ = w.Close() })
	addHook(t, w, "http://127.0.0.1:9/hook")
	for range 2 {
		if err := emitOne(t, w); err != nil {
			t.Fatal(err)
		}
	}
	seen := o
	seen.ReadOnly = readonly
	app := ui.New(console(t.Context(), seen, p, w.seat(), false))
	d := uitest.New(t, app, 120, 40)
	return d, app
}

// TestEveryActionOfTheProduct walks through every page and holds what each offers
// against the rules: words in both languages, a place in help and palette, no key
// twice or out of reach, and a command that does the same.
func TestEveryActionOfTheProduct(t *testing.T) {
	twins, lacks := map[string]string{}, map[string]bool{}
	var mu sync.Mutex
	everywhere(t, func(t *testing.T, name string, at place) {
		words := map[text.Lang]map[string]string{}
		for _, lang := range []text.Lang{text.ES, text.EN} {
			d, app := product(t, lang, false)
			d.Press(at.keys...)
			words[lang] = map[string]string{}
			if !slices.ContainsFunc(app.Actions(), func(a page.Action) bool { return a.ID == at.has }) {
				t.Errorf("%s: %q is not there: the way no longer leads to it\n%s", name, at.has, d.Screen())
			}
			uitest.CheckActions(t, app.Actions())
			inHelpAndPalette(t, d, app)
			for _, a := range app.Actions() {
				words[lang][a.ID] = a.Help
				mu.Lock()
				switch {
				case a.Twin != "":
					twins[a.Twin] = a.ID
				case !draws(a.ID):
					lacks[a.ID] = true
				}
				mu.Unlock()
			}
		}
		for id, es := range words[text.ES] {
			if en, ok := words[text.EN][id]; !ok || es == "" || en == "" {
				t.Errorf("%s: action %q is %q and %q", name, id, es, en)
			}
		}
	})
	for id := range lacks {
		t.Errorf("action %q has no command that does the same", id)
	}
	for twin, id := range twins {
		if why := unresolved(twin); why != "" {
			t.Errorf("action %q: %q is no command: %s", id, twin, why)
		}
	}
}

// everywhere tests every stop, several at a time: most of it is waiting.
func everywhere(t *testing.T, test func(t *testing.T, name string, at place)) {
	t.Run("at", func(t *testing.T) {
		for name, at := range stops {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				test(t, name, at)
			})
		}
	})
}

func TestReadOnlyTakesEveryChangeAway(t *testing.T) {
	everywhere(t, func(t *testing.T, name string, at place) {
		d, app := product(t, text.EN, true)
		d.Press(at.keys...)
		for _, a := range app.Actions() {
			if a.Writes {
				t.Errorf("%s: %q is offered", name, a.ID)
			}
		}
	})
}

// inHelpAndPalette opens both and looks for the words of every action that can run.
func inHelpAndPalette(t *testing.T, d *uitest.Driver, app *ui.App) {
	t.Helper()
	d.Resize(200, 400)
	for _, key := range []string{"f1", "ctrl+p"} {
		actions := app.Actions()
		d.Press(key)
		screen := d.Screen()
		for _, a := range actions {
			if a.Off || key == "f1" && len(a.Keys) == 0 {
				continue
			}
			if !strings.Contains(screen, widget.Sentence(a.Help)) {
				t.Errorf("%s lacks %q: %s", key, a.ID, a.Help)
			}
		}
		d.Press("esc")
	}
}

// unresolved says why a command line does not exist; "" when its verbs and flags do.
// Words in capitals stand for what a person fills in.
func unresolved(line string) string {
	var args, flags []string
	for i, word := range strings.Fields(line) {
		switch {
		case i == 0 && word != "hooktop":
			return "it is not hooktop's"
		case i == 0 || word == strings.ToUpper(word):
		case strings.HasPrefix(word, "--"):
			flags = append(flags, word)
		case len(flags) == 0:
			args = append(args, word)
		}
	}
	var out, errs bytes.Buffer
	d := deps()
	d.Out, d.Err, d.OutTTY, d.InTTY, d.Env = &out, &errs, false, false, func(string) string { return "" }
	if code := cli.Run(context.Background(), d, append(args, "--help")); code != 0 {
		return errs.String()
	}
	usage, _, _ := strings.Cut(out.String(), "\n\n")
	if !strings.Contains(out.String(), strings.Join(append([]string{"hooktop"}, args...), " ")) {
		return usage
	}
	for _, f := range flags {
		if !strings.Contains(out.String(), f) {
			return "no flag " + f
		}
	}
	return ""
}

// esc leads back to where one came from, whatever was looked at in between; who chose a
// tab stays on it.
func TestEscLeadsBackWhereOneCameFrom(t *testing.T) {
	for way, c := range map[string]struct {
		keys []string
		at   string
	}{
		"of the metrics":          {[]string{"4", "enter", "esc"}, "metrics.wider"},
		"a filter cleared":        {[]string{"4", "enter", "f", "esc", "esc"}, "metrics.wider"},
		"a delivery opened":       {[]string{"4", "enter", "enter", "esc", "esc"}, "metrics.wider"},
		"the same again":          {[]string{"4", "enter", "4", "enter", "esc"}, "metrics.wider"},
		"grouped meanwhile":       {[]string{"4", "enter", "o", "r", "esc", "esc"}, "metrics.wider"},
		"a group opened":          {[]string{"4", "enter", "o", "r", "enter", "esc", "esc", "esc"}, "metrics.wider"},
		"of a webhook":            {[]string{"D", "esc"}, "hook.new"},
		"of a webhook's page":     {[]string{"enter", "D", "esc"}, "detail.open"},
		"an event emitted":        {[]string{"E", "enter", "s", "esc"}, "hook.new"},
		"the tab chosen":          {[]string{"4", "enter", "1", "2", "esc", "esc", "esc"}, "delivery.replay"},
		"nothing left of it":      {[]string{"4", "enter", "esc", "2"}, "delivery.replay"},
		"a webhook's, at its end": {[]string{"4", "1", "D", "enter", "esc", "esc"}, "hook.new"},
	} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			d, app := product(t, text.EN, false)
			d.Press(c.keys...)
			if !slices.ContainsFunc(app.Actions(), func(a page.Action) bool { return a.ID == c.at }) {
				t.Errorf("%v leads elsewhere:\n%s", c.keys, d.Screen())
			}
			if way == "nothing left of it" && strings.Contains(d.Screen(), "filter: ") {
				t.Errorf("the filter is still there:\n%s", d.Screen())
			}
		})
	}
}
