package ui

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
	"hooktop/ui/text"
)

// counted is a page that counts how often it is drawn.
type counted struct{ drawn int }

func (c *counted) Init() tea.Cmd          { return nil }
func (c *counted) Update(tea.Msg) tea.Cmd { return nil }
func (c *counted) View() string           { c.drawn++; return "" }
func (c *counted) SetSize(int, int)       {}
func (c *counted) Cursor() *tea.Cursor    { return nil }
func (c *counted) Actions() []page.Action { return nil }
func (c *counted) Title() string          { return "" }
func (c *counted) Typing() bool           { return false }

// paced is a shell as on a terminal, nobody having touched it for a while. send gives
// it a message, draws, and says in how long it wants to be woken; 0: not.
func paced() (p *counted, send func(tea.Msg) time.Duration) {
	p = &counted{}
	a := New(Options{Env: &page.Env{}, Tabs: []Tab{{Title: func(*text.Words) string { return "" }, New: func(*page.Env) page.Page { return p }}}})
	a.Init()
	a.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	a.View()
	a.pace = pace{beat: dataBeat, drew: time.Now()}
	time.Sleep(2 * handFor)
	p.drawn = 0
	return p, func(msg tea.Msg) time.Duration {
		owed := a.pace.owed
		a.Update(msg)
		a.View()
		if owed || !a.pace.owed {
			return 0
		}
		return dataBeat + dataLate - time.Since(a.pace.drew)
	}
}

func TestWhatComesByItselfIsDrawnTenTimesASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, send := paced()
		var wake time.Time
		for began := time.Now(); time.Since(began) < 10*time.Second; time.Sleep(7 * time.Millisecond) {
			if !wake.IsZero() && !time.Now().Before(wake) {
				send(frameMsg{})
				wake = time.Time{}
			}
			if in := send("data"); in > 0 {
				wake = time.Now().Add(in)
			}
		}
		if p.drawn < 90 || p.drawn > 101 {
			t.Errorf("drawn %d times in ten seconds, want ten times a second", p.drawn)
		}
	})
}

func TestWhatComesOnceABeatIsDrawnWhenItComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, send := paced()
		var wake time.Time
		said := func(msg tea.Msg) {
			if in := send(msg); in > 0 {
				wake = time.Now().Add(in)
			}
		}
		for ms := range 3000 {
			if !wake.IsZero() && !time.Now().Before(wake) {
				wake = time.Time{}
				said(frameMsg{})
			}
			before := p.drawn
			switch {
			case ms%101 == 0:
				if said("rows"); p.drawn != before+1 {
					t.Fatalf("after %d ms: not drawn when they came", ms)
				}
			case ms%70 == 0:
				said("counts")
			}
			time.Sleep(time.Millisecond)
		}
	})
}

func TestTheLastChangeIsDrawnWithinABeatAndAHalf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, send := paced()
		if in := send("data"); p.drawn != 1 || in != 0 {
			t.Fatalf("the first is drawn %d times, and again in %v", p.drawn, in)
		}
		time.Sleep(dataBeat / 4)
		in := send("data")
		if p.drawn != 1 || in != dataBeat*5/4 {
			t.Fatalf("the second: drawn %d times, and again in %v", p.drawn, in)
		}
		time.Sleep(in)
		if send(frameMsg{}); p.drawn != 2 {
			t.Errorf("drawn %d times at the end of the wait, want 2", p.drawn)
		}
		time.Sleep(dataBeat)
		if send(frameMsg{}); p.drawn != 2 {
			t.Error("drawn again where nothing has changed")
		}
	})
}

func TestAnAnswerToAKeyIsDrawnAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, send := paced()
		send("data")
		for n, msg := range []tea.Msg{tea.KeyPressMsg{Code: 'x', Text: "x"}, "answer", "another"} {
			time.Sleep(time.Millisecond)
			if send(msg); p.drawn != n+2 {
				t.Errorf("%v: drawn %d times, want %d", msg, p.drawn, n+2)
			}
		}
	})
}

func TestWhoAsksHearsWhetherSomebodyIsThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var told []bool
		p := pace{beat: dataBeat, hand: time.Now(), tell: func(calm bool) { told = append(told, calm) }}
		for _, msg := range []tea.Msg{"data", "data", tea.KeyPressMsg{Code: 'x', Text: "x"}, "data", "data"} {
			p.saw(msg, time.Now())
			time.Sleep(handFor)
		}
		if want := []bool{true, false, true}; !slices.Equal(told, want) {
			t.Errorf("told %v, want %v", told, want)
		}
	})
}
