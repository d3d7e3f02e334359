package metrics

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"hooktop/model"
	"hooktop/ui"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/uitest"
)

func TestMain(m *testing.M) {
	time.Local = time.UTC // what the screens say must not depend on where they are tested
	os.Exit(m.Run())
}

// at is the time it always is in these tests.
var at = time.Date(2026, 3, 14, 15, 0, 30, 0, time.UTC)

// fake is an archive with figures made of the step's number.
type fake struct {
	mu    sync.Mutex
	hooks []model.HookView
	calm  bool // nothing has happened
	fault error
	asked []string
}

func (f *fake) Hooks(context.Context) ([]model.HookView, error) { return f.hooks, f.fault }

func (f *fake) Changes(context.Context) <-chan struct{} { return nil }

func (f *fake) Series(_ context.Context, hookID string, since, until time.Time, step time.Duration) (model.Series, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, fmt.Sprintf("%s %s %s %s", hookID, since.Format("02 15:04"), until.Format("02 15:04"), step))
	s := model.Series{Since: since, Until: until, Step: step}
	for i := 0; since.Before(until); i, since = i+1, since.Add(step) {
		p := model.Point{At: since}
		if !f.calm {
			p.Delivered, p.P95 = int64(20+i%7*5), time.Duration(80+i%5*30)*time.Millisecond
			if i%20 > 16 && hookID != "wh_crm" {
				p.Failed, p.P95 = int64(i%20), 1200*time.Millisecond
			}
		}
		s.Points = append(s.Points, p)
		s.Total.Delivered += p.Delivered
		s.Total.Failed += p.Failed
	}
	if f.calm {
		return s, f.fault
	}
	s.Total.P50, s.Total.P95, s.Total.P99 = 41*time.Millisecond, 210*time.Millisecond, 1204*time.Millisecond
	s.Total.Dead = s.Total.Failed / 10
	if s.Total.Failed > 0 {
		s.Causes = []model.Cause{{HTTPStatus: 503, Error: model.CodeServerError, Count: 130}, {HTTPStatus: 401, Error: model.CodeAuthRejected, Count: 12},
			{Error: model.CodeTimeout, Count: 1}}
	}
	s.Slowest = []model.Slow{
		{DeliveryID: "dlv_1", HookID: "wh_datalake", Hook: "datalake", Type: "call.score.changed", At: at.Add(-3 * time.Minute), Took: 1204 * time.Millisecond},
		{DeliveryID: "dlv_2", HookID: "wh_crm", Hook: "crm-prod", Type: "call.tag.added", At: at.Add(-9 * time.Minute), Took: 812 * time.Millisecond},
		{DeliveryID: "dlv_1", HookID: "wh_datalake", Hook: "datalake", Type: "call.score.changed", At: at.Add(-4 * time.Minute), Took: 704 * time.Millisecond},
	}
	return s, f.fault
}

func some() *fake {
	f := &fake{}
	for _, name := range []string{"crm-prod", "bi-panel", "zapier-es", "datalake"} {
		f.hooks = append(f.hooks, model.HookView{Hook: model.Hook{ID: "wh_" + name[:3], Name: name, State: model.HookActive}})
	}
	return f
}

type look = uitest.Look

var (
	es80  = look{W: 80, H: 24, Lang: text.ES}
	en120 = look{W: 120, H: 40, Lang: text.EN}
)

// stage is the whole screen, and what it was asked to show elsewhere.
type stage struct {
	*uitest.Driver
	screen *screen
	other  *other
}

// other is the page of the tab that rows lead to.
type other struct{ got []string }

func (o *other) Init() tea.Cmd              { return nil }
func (o *other) Update(tea.Msg) tea.Cmd     { return nil }
func (o *other) View() string               { return "elsewhere" }
func (o *other) SetSize(int, int)           {}
func (o *other) Cursor() *tea.Cursor        { return nil }
func (o *other) Actions() []page.Action     { return nil }
func (o *other) Title() string              { return "other" }
func (o *other) Typing() bool               { return false }
func (o *other) OpenID(id string) tea.Cmd   { o.got = append(o.got, "open "+id); return nil }
func (o *other) Filter(expr string) tea.Cmd { o.got = append(o.got, "filter "+expr); return nil }

func open(t *testing.T, f *fake, l look) *stage {
	t.Helper()
	env := l.Env(at)
	s := &stage{other: &other{}}
	s.screen = New(t.Context(), env, Verbs{f, f}).(*screen)
	app := ui.New(ui.Options{Env: env, Tabs: []ui.Tab{
		{Key: "metrics", Number: 4, Title: func(w *text.Words) string { return w.Metrics.Tab }, New: func(*page.Env) page.Page { return s.screen }},
		{Key: "deliveries", Number: 2, Title: func(w *text.Words) string { return w.Deliveries.Tab }, New: func(*page.Env) page.Page { return s.other }},
	}})
	s.Driver = uitest.New(t, app, l.W, l.H)
	return s
}

func TestGoldenMetrics(t *testing.T) {
	states := map[string]func(l look) *stage{
		"all":    func(l look) *stage { return open(t, some(), l) },
		"hook":   func(l look) *stage { s := open(t, some(), l); s.Press("down", "right"); return s },
		"causes": func(l look) *stage { s := open(t, some(), l); s.Press("tab", "down"); return s },
		"slowest": func(l look) *stage {
			s := open(t, some(), l)
			s.Press("tab", "tab", "right", "right", "right")
			return s
		},
		"calm": func(l look) *stage { f := some(); f.calm = true; return open(t, f, l) },
		"lost": func(l look) *stage {
			f := some()
			f.fault = &model.Fault{Code: model.CodeStoreIO, Field: model.FieldDB, Err: errors.New("disk I/O error")}
			return open(t, f, l)
		},
	}
	for name, state := range states {
		for _, l := range uitest.Looks() {
			t.Run(name+"-"+l.String(), func(t *testing.T) { state(l).Fits().Golden(name + "-" + l.String()) })
		}
	}
}

func TestEveryStretchIsReadInWholeSteps(t *testing.T) {
	f := some()
	f.hooks = nil
	s := open(t, f, es80)
	s.Press("right", "right", "right", "right", "left")
	want := []string{
		" 14 14:01 14 15:01 1m0s", " 13 15:30 14 15:30 30m0s", " 07 18:00 14 18:00 3h0m0s",
		" 13 00:00 15 00:00 12h0m0s", " 07 18:00 14 18:00 3h0m0s",
	}
	want[3] = " 13 00:00 15 00:00 12h0m0s" // thirty days, of which the fifteenth has begun
	if len(f.asked) != len(want) {
		t.Fatalf("asked %q", f.asked)
	}
	for i := range want {
		if f.asked[i] != want[i] {
			t.Errorf("asked %q, want %q", f.asked[i], want[i])
		}
	}
}

func TestRowsLeadToTheDeliveriesTheyCount(t *testing.T) {
	for _, c := range []struct {
		keys []string
		want string
	}{
		{[]string{"enter"}, "filter since:2026-03-14T14:01:00Z"},
		{[]string{"down", "enter"}, "filter hook:crm-prod since:2026-03-14T14:01:00Z"},
		{[]string{"tab", "enter"}, "filter since:2026-03-14T14:01:00Z status:503"},
		{[]string{"tab", "down", "down", "enter"}, "filter since:2026-03-14T14:01:00Z error:timeout"},
		{[]string{"tab", "tab", "down", "enter"}, "open dlv_2"},
		{[]string{"tab", "tab", "down", "down", "up", "enter"}, "open dlv_2"}, // dlv_1 is there twice
	} {
		s := open(t, some(), en120)
		s.Press(c.keys...).Has("elsewhere")
		if len(s.other.got) != 1 || s.other.got[0] != c.want {
			t.Errorf("%v: asked for %q, want %q", c.keys, s.other.got, c.want)
		}
	}
}

// Three panels stand side by side; enter is for the one with the cursor.
func TestOnePanelHasTheCursor(t *testing.T) {
	s := open(t, some(), en120)
	mark := s.screen.env.Theme.Sym.Cursor
	for range 3 {
		if n := strings.Count(ansi.Strip(s.screen.View()), mark); n != 1 {
			t.Errorf("%d cursors", n)
		}
		s.Press("tab")
	}
}

// A full block at the end of a reversed row would look like the row's end.
func TestTheHighlightGoesOnBehindTheTrend(t *testing.T) {
	for _, l := range []look{es80, en120} {
		s := open(t, some(), l)
		rows := s.screen.rows[panelHooks].View(s.screen.env.Theme, oneLine(s.screen.hookRow))
		row, _, _ := strings.Cut(ansi.Strip(rows), "\n")
		if len(s.screen.of("").Points) == 0 || !strings.HasSuffix(row, " ") || strings.HasSuffix(row, "  ") {
			t.Errorf("%q does not end with one blank", row)
		}
	}
}

func TestTheSlowestSayOfWhatTheyAre(t *testing.T) {
	s := open(t, some(), en120)
	s.Has("Slowest, one per minute").Press("right").Has("Slowest, one per minute")
	s.Press("right").Has("Slowest, one per hour")
}

func TestAFailedReadLeavesWhatWasThere(t *testing.T) {
	f := some()
	s := open(t, f, en120)
	f.fault = &model.Fault{Code: model.CodeStoreIO, Field: model.FieldDB, Err: errors.New("disk I/O error")}
	s.Press("r").Has("Cannot read", "crm-prod", "Slowest, one per minute")
}

func TestWhatIsKeptComesBack(t *testing.T) {
	s := open(t, some(), es80)
	s.Press("right", "right", "down")
	kept := s.screen.Keep()
	again := New(t.Context(), s.screen.env, Verbs{some(), some()}).(*screen)
	again.Restore(kept)
	if again.span != 2 || again.chosen() != "wh_crm" {
		t.Errorf("%v came back as stretch %d of %q", kept, again.span, again.chosen())
	}
	again.Restore(map[string]string{"stretch": "1 year"})
	if again.span != 2 {
		t.Error("nonsense was taken")
	}
}

func TestTheRegistryHolds(t *testing.T) { uitest.CheckPage(t, open(t, some(), es80).screen) }

// Why attempts failed is said whole, on as many lines as it takes; a click finds its
// row all the same.
func TestCausesAreSaidWhole(t *testing.T) {
	for _, l := range []look{es80, en120} {
		s := open(t, some(), l)
		s.Press("tab").Lacks("fal…", "ha…")
		why := text.For(l.Lang).Failure(&model.Failure{Code: model.CodeServerError, Reason: "503"}).What
		for _, word := range strings.Fields(why) {
			s.Has(word)
		}
		s.ClickOn(" 12  401")
		if got := s.screen.rows[panelCauses].Selected(); !strings.Contains(got, "401") {
			t.Errorf("selected %q", got)
		}
	}
}
