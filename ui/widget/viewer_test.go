package widget

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/theme"
	"hooktop/ui/uitest"
)

func viewerEnv(lang text.Lang, ascii bool) *page.Env {
	return &page.Env{Words: text.For(lang), Theme: theme.New(theme.Auto, true, ascii), Now: time.Now}
}

// stage is a Viewer as a page has it: keys go to its actions or to its field.
type stage struct {
	*uitest.Driver
	t testing.TB
	v *Viewer
}

func (s stage) Init() tea.Cmd { return nil }

func (s stage) View() tea.View { return tea.NewView(s.v.View()) }

func (s stage) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch m := msg.(type) {
	case tea.WindowSizeMsg:
		s.v.SetSize(m.Width, m.Height)
	case tea.KeyPressMsg:
		if s.v.Typing() && m.Text != "" {
			break
		}
		for _, a := range s.v.Actions() {
			if !a.Off && slices.Contains(a.Keys, m.String()) {
				return s, a.Do()
			}
		}
		s.t.Errorf("%q does nothing", m.String())
	}
	return s, s.v.Update(msg)
}

func stageOf(t testing.TB, env *page.Env, raw string, w, h int) *stage {
	t.Helper()
	s := &stage{t: t, v: NewViewer(env)}
	s.Driver = uitest.New(t, s, w, h)
	all(s.v, s.v.Set("k", []byte(raw)))
	return s
}

func english(t testing.TB, raw string) *stage {
	t.Helper()
	return stageOf(t, viewerEnv(text.EN, false), raw, 60, 16)
}

// Press is the driver's, for what a stage can be asked behind it.
func (s *stage) Press(keys ...string) *stage {
	s.t.Helper()
	s.Driver.Press(keys...)
	return s
}

// is fails the test unless the screen is that.
func (s *stage) is(want string) *stage {
	s.t.Helper()
	if got, want := strings.Trim(s.Screen(), "\n"), strings.Trim(want, "\n"); got != want {
		s.t.Errorf("screen is\n%s\nwant\n%s", got, want)
	}
	return s
}

// copies are the value, the path and the bytes under the cursor.
func (s *stage) copies(value, path, subtree string) *stage {
	s.t.Helper()
	for want, of := range map[string]func() (string, []byte, bool){"v" + value: s.v.Value, "p" + path: s.v.Path, "s" + subtree: s.v.Subtree} {
		if what, got, ok := of(); !ok || what == "" || string(got) != want[1:] {
			s.t.Errorf("copies %q as %q (%v), want %q", got, what, ok, want[1:])
		}
	}
	return s
}

const call = `{"call_details": {"id": "10126872918086418832", "agent":"José \u004e", "tags": [{"name":"a"}, {"name":"b c"}], "odd key": 1.0e400},
 "call_score": [1,2,3], "empty": {}, "none": [], "id": 1, "id": 2}`

func TestViewerScreens(t *testing.T) {
	states := map[string]func(s *stage){
		"tree":   func(*stage) {},
		"folded": func(s *stage) { s.Press("-", "down") },
		"pretty": func(s *stage) { s.Press("v") },
		"raw":    func(s *stage) { s.Press("v", "v") },
		"hex":    func(s *stage) { s.Press("v", "v", "v") },
		"search": func(s *stage) { s.Press("-", "/").Type("NAME").Press("enter", "n") },
		"none":   func(s *stage) { s.Press("/").Type("nowhere").Press("enter") },
		"asking": func(s *stage) { s.Press("/").Type("nam") },
		"jq":     func(s *stage) { s.Press("=").Type(".call_details.tags[]").Press("enter") },
		"badjq":  func(s *stage) { s.Press("=").Type(".call_details | keys | map(").Press("enter") },
		"text":   func(s *stage) { all(s.v, s.v.Set("t", []byte("no\x1b[31m \u202ejson\r\nline 2\xff\n\n\tend\n"))) },
		"empty":  func(s *stage) { all(s.v, s.v.Set("t", nil)) },
	}
	for name, state := range states {
		for _, size := range [][2]int{{60, 16}, {30, 12}} {
			for _, look := range []struct {
				name  string
				lang  text.Lang
				ascii bool
			}{{"es", text.ES, false}, {"en", text.EN, false}, {"ascii", text.EN, true}} {
				file := fmt.Sprintf("viewer-%s-%dx%d-%s", name, size[0], size[1], look.name)
				t.Run(file, func(t *testing.T) {
					t.Parallel()
					s := stageOf(t, viewerEnv(look.lang, look.ascii), call, size[0], size[1])
					state(s)
					uitest.CheckActions(t, s.v.Actions(), page.ReservedKeys()...)
					s.Golden(file)
				})
			}
		}
	}
}

func TestViewerShowsTheBytesAsTheyAre(t *testing.T) {
	s := stageOf(t, viewerEnv(text.EN, false), call, 100, 24)
	s.Has(`id: "10126872918086418832"`, `agent: "José \u004e"`, `"odd key": 1.0e400`, "id: 1", "id: 2")
	for _, want := range []string{`"id": 1`, `"call_score": [1,2,3]`, "1.0e4"} {
		s.Press("v").Has(want)
	}
}

func TestViewerFoldsAndUnfolds(t *testing.T) {
	s := english(t, `{"a":{"b":[1,[2]],"c":{}},"d":3}`)
	s.is("▌ ▾ {2}\n│   ▾ a {2}\n│     ▾ b [2]\n│         1\n│       ▾ [1]\n│           2\n│       c {}\n│     d: 3")
	s.Press("down", "down", "left").is("│ ▾ {2}\n│   ▾ a {2}\n▌     ▸ b [2]\n│       c {}\n│     d: 3")
	s.Press("left", "enter").is("│ ▾ {2}\n▌   ▸ a {2}\n│     d: 3")
	s.Press("right").is("│ ▾ {2}\n▌   ▾ a {2}\n│     ▸ b [2]\n│       c {}\n│     d: 3")
	s.Press("right", "right", "right", "down", "down").Press("-").is("│ ▾ {2}\n▌   ▸ a {2}\n│     d: 3")
	s.Press("+").is("│ ▾ {2}\n▌   ▾ a {2}\n│     ▾ b [2]\n│         1\n│       ▾ [1]\n│           2\n│       c {}\n│     d: 3")
}

func TestViewerUnfoldsLongTexts(t *testing.T) {
	long := strings.Repeat("0123456789", 8)
	s := stageOf(t, viewerEnv(text.EN, false), `{"t":"`+long+`","u":1}`, 40, 12)
	s.is("▌ ▾ {2}\n│   ▸ t: \"01234567890123456789012345678…\n│     u: 1")
	s.Press("down", "enter").is("│ ▾ {2}\n▌   ▾ t: \"012345678901234567890123456789\n│       01234567890123456789012345678901\n│       234567890123456789\"\n│     u: 1")
	s.Press("down", "down").copies(long, ".t", `"`+long+`"`)
	s.Press("left").is("│ ▾ {2}\n▌   ▸ t: \"01234567890123456789012345678…\n│     u: 1")
}

func TestViewerSearchesInEveryView(t *testing.T) {
	for mode := range viewModes {
		s := english(t, call)
		all(s.v, s.v.Show(mode))
		s.Press("/").Type("ID").Press("enter").Has("/ID  1/3").Press("n", "n").Has("3/3").Press("n").Has("1/3").Press("N").Has("3/3")
		s.Press("esc").Lacks("/ID")
		s.Press("/").Type("JOSÉ").Press("enter").Has("1/1")
	}
}

func TestViewerUnfoldsWhatHidesAMatch(t *testing.T) {
	s := stageOf(t, viewerEnv(text.EN, false), `{"a":[{"b":{"c":"`+strings.Repeat("x", 100)+`needle"}}],"z":0}`, 40, 12)
	s.Press("-").Lacks("b").Press("/").Type("Needle").Press("enter").Has("▌             xxxxxxxxxxxxxxxxxxxxxxxxne", "edle", "1/1", "z: 0")
	s.copies(strings.Repeat("x", 100)+"needle", ".a[0].b.c", `"`+strings.Repeat("x", 100)+`needle"`)
}

func TestViewerDropsStaleAnswers(t *testing.T) {
	v := NewViewer(viewerEnv(text.EN, false))
	v.SetSize(60, 12)
	big := `{"a":"` + strings.Repeat("x ", syncBytes) + `"}`
	open := v.Set("1", []byte(big))
	all(v, v.Set("2", []byte(`{"b":1}`)))
	all(v, open)
	if got := uitest.Strip(v.View()); !strings.Contains(got, "b: 1") {
		t.Errorf("an answer about other bytes was taken:\n%s", got)
	}
	all(v, v.Set("1", []byte(big)))
	first := v.search("x")
	second := v.search("a")
	all(v, second)
	all(v, first)
	if s := v.front(); s.find.query != "a" || len(s.find.hits) != 1 {
		t.Errorf("%d matches of %q, want those of the newer search", len(s.find.hits), s.find.query)
	}
	all(v, v.search("x"))
	cancelled := v.search("x")
	if !v.Cancel() {
		t.Error("nothing to cancel")
	}
	all(v, cancelled)
	if n := len(v.front().find.hits); n != 0 {
		t.Errorf("a cancelled search found %d", n)
	}
}

func TestViewerKeepsItsPlace(t *testing.T) {
	s := english(t, call)
	s.Press("down", "enter", "/").Type("score").Press("enter")
	before := s.Screen()
	all(s.v, s.v.Set("k", []byte(call)))
	if s.Screen() != before {
		t.Errorf("the same bytes again changed\n%s\ninto\n%s", before, s.Screen())
	}
	all(s.v, s.v.Set("other", []byte(`{"x":1}`)))
	s.is("▌ ▾ {1}\n│     x: 1")
}

func TestViewerSaysWhyThereIsNoTree(t *testing.T) {
	s := english(t, "plain text")
	if got := s.v.Mode(); got != "raw 1/1 · no tree: not JSON" {
		t.Errorf("mode is %q", got)
	}
	s.Press("v")
	if got := s.v.Mode(); got != "hex 2/2" {
		t.Errorf("mode is %q", got)
	}
	if _, _, ok := s.v.Path(); ok {
		t.Error("a text has no paths")
	}
}

func TestViewerRunsJQ(t *testing.T) {
	s := english(t, call)
	s.Press("=").Type(".call_details | {id, n: (.tags|length)}").Press("enter")
	s.is("jq: .call_details | {id, n: (.tags|length)}\n▌ ▾ {2}\n│     id: \"10126872918086418832\"\n│     n: 2")
	s.Press("down").copies("10126872918086418832", ".call_details | {id, n: (.tags|length)} | .id", `"10126872918086418832"`)
	s.Press("esc").Has("call_score")
	s.Press("=").Type("[range(1e9)]|length").Press("enter")
	s.WaitFor("took more than 2 s")
	s.Press("esc", "=").Type(`range(1e9)|"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"`).Press("enter")
	s.WaitFor("too large")
	s.Press("esc").Lacks("too large").Has("call_score")
}

func TestViewerCursorIsWhereOneIs(t *testing.T) {
	s := english(t, call)
	s.Press("down", "down")
	if c := s.v.Cursor(); c == nil || c.Y != 2 || c.X != 2 {
		t.Errorf("cursor %+v", c)
	}
	s.Press("/").Type("añ")
	if c := s.v.Cursor(); c == nil || c.Y != 15 || c.X != 5 {
		t.Errorf("cursor in the field %+v", c)
	}
}

func TestViewerTakesTheMouse(t *testing.T) {
	s := english(t, call)
	all(s.v, s.v.Click(20, 10, false))
	if what, got, _ := s.v.Path(); string(got) != ".call_score" {
		t.Errorf("%s is %q", what, got)
	}
	all(s.v, s.v.Click(20, 10, true))
	s.Has("▸ call_score")
	all(s.v, s.v.Click(4, 1, false))
	s.Has("▸ call_details")
	all(s.v, s.v.Wheel(-1))
	if _, got, _ := s.v.Path(); string(got) != "." {
		t.Errorf("the wheel went to %q", got)
	}
}

// TestViewerRemembersLittle: what is known of a body is far less than the body, but
// where every level is long. The benchmarks have the times.
func TestViewerRemembersLittle(t *testing.T) {
	for name, raw := range hostile(10) {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			v := opened(raw)
			for _, k := range viewerKeys {
				pressTimed(v, k)
			}
			all(v, v.search("01"))
			runtime.GC()
			runtime.ReadMemStats(&after)
			if grew := int(after.HeapAlloc) - int(before.HeapAlloc); grew > 512<<10 {
				t.Errorf("remembers %d bytes about %d", grew, len(raw))
			}
			runtime.KeepAlive(v)
		})
	}
}
