package main

import (
	"context"
	"maps"
	"net/http"
	"net/http/httptest"
	"reflect"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"hooktop/model"
	"hooktop/sender"
	"hooktop/ui"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/uitest"
)

// poison is what would draw on a terminal: a title, the clipboard, colours, a forged
// row, C1, bidi controls, zero width, a bell.
const poison = "\x1b]0;owned\x07\x1b]52;c;b3duZWQ=\x07\x1b[31mRED\x1b[2J\rFAKE ✓ 200" +
	"\u009d52;c;b3duZWQ=\u009c\u202egnp.exe\u2066\u200b\u2028\x7f\x08"

// poisoned is an event's body that has the same in the ways JSON allows: as
// characters, and as escapes that a tree would decode.
const poisoned = `{"call_details":{"id":"77","agent":"José ` + "\u202e\u009d52;c;b3duZWQ=\u009c\u200b" + `","\u001b]0;owned\u0007":"\u001b[2J\rFAKE \u2713 200"},` +
	"\r\n" + `"漢字 👩‍👩‍👧‍👦 e` + "\u0301" + ` עברית":[1,{"a":null}]}`

// places are states of the product beside those of the registry, which leads only
// through pages: dialogs, groups, the ways a body is shown, questions.
var places = map[string][]string{
	"help":                  {"f1"},
	"palette":               {"ctrl+p"},
	"messages":              {"!"},
	"copy a webhook":        {"y"},
	"actions of a webhook":  {"x"},
	"find no webhook":       {"/", "q", "q", "q", "enter"},
	"form, open":            {"n", "down", "down", "down", "down", "down", "down", "down", "down"},
	"emit an event":         {"E"},
	"copy a delivery":       {"2", "y"},
	"actions of a delivery": {"2", "x"},
	"sorts":                 {"2", "o"},
	"failed only":           {"2", "f"},
	"one marked":            {"2", "space"},
	"replay of all":         {"2", "a", "r"},
	"replay of a group":     {"2", "o", "r", "r"},
	"by reason":             {"2", "o", "r"},
	"by webhook":            {"2", "o", "w"},
	"found nothing":         {"2", "/", "h", "o", "o", "k", ":", "q", "enter"},
	"a wrong filter":        {"2", "/", "q", "q", ":", "q", "enter"},
	"a call":                {"2", "c"},
	"frozen":                {"2", "p"},
	"pane":                  {"2", "tab"},
	"one pane":              {"2", "z"},
	"emit":                  {"2", "E"},
	"body, readable":        {"2", "enter", "2", "v"},
	"body, raw":             {"2", "enter", "2", "v", "v"},
	"body, hex":             {"2", "enter", "2", "v", "v", "v"},
	"answer":                {"2", "enter", "3"},
	"answer, raw":           {"2", "enter", "3", "v", "v"},
	"answer, hex":           {"2", "enter", "3", "v", "v", "v"},
	"search in a body":      {"2", "enter", "2", "/", "7", "enter"},
	"jq in a body":          {"2", "enter", "2", "=", ".", "enter"},
	"the keys of a body":    {"2", "enter", "2", "f1"},
	"find in the palette":   {"2", "ctrl+p", "r", "e"},
	"copy in a body":        {"2", "enter", "2", "y"},
	"timing":                {"2", "enter", "5"},
	"changes":               {"2", "enter", "c"},
	"diff, sample":          {"2", "enter", "D", "4"},
	"metrics, a day":        {"4", "right"},
}

// shown are texts that some places must have, or the rules would hold for nothing.
var shown = map[string]string{
	"answer":        "␛]0;owned",
	"answer, raw":   "␛]52;c;b3duZWQ=␇",
	"answer, hex":   "1b 5d 30 3b",
	"body, raw":     "⟦U+202E⟧⟦U+009D⟧52",
	"body, hex":     "e2 80 ae c2 9d",
	"diff, sample":  "⟦U+202E⟧⟦U+009D⟧52",
	"delivery, why": "hostile",
	"by reason":     "401",
	"by webhook":    "עברית",
	"metrics":       "客戶資料",
}

// night is the product after some bad deliveries: to a receiver that refuses the key
// of a webhook with a wide name, and to one that answers with poison.
func night(t *testing.T) func(lang text.Lang) ui.Options {
	t.Helper()
	answers := func(status int, body string) string {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["X-Odd"] = []string{"\u009d52;c;b3duZWQ=\u009c\u202egnp"}
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}))
		t.Cleanup(s.Close)
		return s.URL
	}
	o, p := home(t)
	o.Theme = "auto"
	w := newOwner(t, o, p)
	for name, to := range map[string]struct {
		url   string
		event []string
	}{
		"crm": {answers(200, `{"ok":true}`), []string{"call.processed"}},
		"客戶資料 👩‍👩‍👧‍👦 e\u0301 עברית": {answers(401, "no"), []string{"call.processed"}},
		"hostile": {answers(400, poison), []string{"call.tag.added"}},
	} {
		h := w.sender.New()
		h.Name, h.URL, h.Events = name, to.url, to.event
		h.Authorization = model.NewSecret("Bearer CANARY-0123456789abcdef")
		if _, err := w.sender.Save(t.Context(), h, model.SaveUnverified, nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, typ := range []string{"call.processed", "call.processed", "call.tag.added"} {
		ev, err := w.sender.Own(typ, []byte(poisoned))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.engine.Emit(t.Context(), ev, ""); err != nil {
			t.Fatal(err)
		}
	}
	attempted(t, w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	still, err := openWorkspace(o, p, sender.EngineConfig{}) // what is drawn twice must be the same
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = still.Close() })
	now := time.Now()
	return func(lang text.Lang) ui.Options {
		seen := o
		seen.Lang = string(lang)
		opt := console(t.Context(), seen, p, still.seat(), false)
		opt.Env.Now = func() time.Time { return now }
		return opt
	}
}

// attempted waits until every delivery has an attempt.
func attempted(t *testing.T, w *owner) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	changes := w.db.Changes(ctx)
	for {
		all, _, err := w.db.Page(ctx, model.Filter{}, "", 10)
		if err != nil {
			t.Fatal(err)
		}
		waiting := 0
		for _, d := range all {
			if d.Attempts == 0 {
				waiting++
			}
		}
		if len(all) == 5 && waiting == 0 {
			return
		}
		select {
		case <-changes:
		case <-ctx.Done():
			t.Fatalf("%d of %d deliveries have no attempt", waiting, len(all))
		}
	}
}

// TestEveryScreenKeepsTheRules draws every page and dialog of the product in every
// size, language and set of symbols, with and without colour: nothing is wider than
// the screen, no label is cut, nothing that came from outside is a control, colour is
// all that NO_COLOR takes, and a paste is no command.
func TestEveryScreenKeepsTheRules(t *testing.T) {
	open := night(t)
	all := maps.Clone(places)
	for name, at := range stops {
		all[name] = at.keys
	}
	var at sync.WaitGroup
	room := make(chan struct{}, 6)
	for _, lang := range []text.Lang{text.ES, text.EN} {
		labels := labelsOf(lang)
		for name, keys := range all {
			if name == "verify" { // it changes what the others look at
				continue
			}
			at.Go(func() {
				room <- struct{}{}
				defer func() { <-room }()
				keepsTheRules(guest{t, lang, name}, open(lang), labels, keys)
			})
		}
	}
	at.Wait()
	for _, lang := range []text.Lang{text.ES, text.EN} {
		at.Go(func() { keepsTheRules(guest{t, lang, "verify"}, open(lang), labelsOf(lang), all["verify"]) })
		at.Wait()
	}
}

// guest is a test that goes on in a goroutine of its own: waiting is most of it, and
// what may run in parallel are as many as there are processors.
type guest struct {
	*testing.T
	lang  text.Lang
	place string
}

func (g guest) Errorf(format string, args ...any) {
	g.T.Helper()
	g.T.Errorf(string(g.lang)+", "+g.place+": "+format, args...)
}

func (g guest) Fatalf(format string, args ...any) {
	g.T.Helper()
	g.Errorf(format, args...)
	runtime.Goexit()
}

// keepsTheRules goes where the keys lead and looks at it in every way.
func keepsTheRules(t guest, opt ui.Options, labels map[string]bool, keys []string) {
	app := ui.New(opt)
	d := uitest.New(t, app, 120, 40)
	d.WaitFor("hostile")
	before := d.Screen()
	for i, k := range keys {
		if d.Press(k); i == 0 && k == "2" {
			d.WaitFor("tag.added") // nothing can be opened before it was read
		}
	}
	if len(keys) > 0 && d.Screen() == before {
		t.Fatalf("%v leads nowhere:\n%s", keys, before)
	}
	if want := shown[t.place]; !strings.Contains(d.Screen(), want) {
		t.Errorf("%q is not shown:\n%s", want, d.Screen())
	}
	for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}, {200, 60}} {
		d.Resize(size[0], size[1])
		for _, ascii := range []bool{false, true} {
			coloured, plain := inBoth(d, opt, ascii)
			d.Fits()
			checkControls(t, coloured)
			checkLabels(t, d.Screen(), opt.Env.Theme.Sym.Ellipsis, labels)
			checkColour(t, coloured, plain, t.place == "settings") // which says what was chosen
		}
	}
	top, offered := d.Line(0), len(app.Actions())
	d.Paste("drsxEq1\r\x03\x1a\x1b[Aaye")
	if d.Quit() || d.Line(0) != top || len(app.Actions()) != offered {
		t.Errorf("a paste did something:\n%s", d.Screen())
	}
	checkControls(t, d.Raw())
	if d.Clipboard() != "" {
		t.Errorf("the clipboard has %q", d.Clipboard())
	}
	if title := d.View().WindowTitle; !strings.HasPrefix(title, "hooktop") || strings.ContainsFunc(title, unicode.IsControl) {
		t.Errorf("the window's title is %q", title)
	}
}

// inBoth draws the screen with colour and without. On a busy machine an answer may come
// in between, which is no matter of colour: then both are drawn again.
func inBoth(d *uitest.Driver, opt ui.Options, ascii bool) (coloured, plain string) {
	c := opt.Env.Choices
	c.ASCII = ascii
	draw := func(color string) string {
		c.Color = color
		d.Send(page.ChooseMsg{Choices: c})
		return d.Raw()
	}
	for range 20 {
		coloured, plain = draw("auto"), draw("never")
		if draw("auto") == coloured {
			break
		}
	}
	return coloured, plain
}

var (
	anySGR = regexp.MustCompile(`\x1b\[[0-9;:]*m`)
	colour = regexp.MustCompile(`\x1b\[([0-9;:]*[;:])?([349][0-7]|10[0-7]|[34]8)([;:][0-9;:]*)?m`)
)

// checkControls wants no control but line feeds and our own styles.
func checkControls(t testing.TB, raw string) {
	t.Helper()
	for i, r := range anySGR.ReplaceAllString(raw, "") {
		if r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == 0x200b || r == 0x2028 || r == 0x2029 {
			t.Errorf("%U is drawn at %d", r, i)
			return
		}
	}
}

// checkColour wants the same text, unless it has to be another, and no colour in the
// plain one.
func checkColour(t testing.TB, coloured, plain string, other bool) {
	t.Helper()
	if !other && ansi.Strip(coloured) != ansi.Strip(plain) {
		t.Errorf("without colour the text is\n%s\nwith it\n%s", ansi.Strip(plain), ansi.Strip(coloured))
	}
	if found := colour.FindString(plain); found != "" {
		t.Errorf("without colour %q is drawn", found)
	}
}

// checkLabels looks at what stands before every sign of a cut: it may be the begin of
// some data, not that of a word of ours.
func checkLabels(t testing.TB, screen, sign string, labels map[string]bool) {
	t.Helper()
	for line := range strings.SplitSeq(screen, "\n") {
		for rest := line; strings.Contains(rest, sign); {
			before, after, _ := strings.Cut(rest, sign)
			rest = after
			cell := before
			if i := strings.LastIndexAny(cell, "│|["); i >= 0 {
				_, cell, _ = strings.Cut(cell[i:], string([]rune(cell[i:])[0]))
			}
			if i := strings.LastIndex(cell, "  "); i >= 0 {
				cell = cell[i:]
			}
			cell = strings.TrimSpace(cell)
			if len([]rune(cell)) < 3 || labels[cell+"…"] {
				continue
			}
			for label := range labels {
				if strings.HasPrefix(label, cell) && label != cell {
					t.Errorf("%q is cut to %q in\n%s", label, cell+sign, screen)
					break
				}
			}
		}
	}
}

// labelsOf are all words of a language.
func labelsOf(lang text.Lang) map[string]bool {
	out := map[string]bool{}
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			if s := v.String(); len([]rune(s)) <= 40 {
				out[s] = true
			}
		case reflect.Struct:
			for i := range v.NumField() {
				walk(v.Field(i))
			}
		case reflect.Map:
			for _, k := range v.MapKeys() {
				walk(v.MapIndex(k))
			}
		case reflect.Slice, reflect.Array:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		}
	}
	walk(reflect.ValueOf(*text.For(lang)))
	return out
}
