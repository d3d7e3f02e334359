package metrics

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"hooktop/model"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// all is the id of the row over all webhooks.
const all = "*"

// headHeight is the stretches and the sums.
const headHeight = 2

// place is where something is drawn on the page.
type place struct{ x, y, width, height int }

// leftWidth is what the charts and the table take.
func (s *screen) leftWidth() int {
	if !s.wide() {
		return s.width
	}
	return s.width - s.sideWidth() - 3
}

func (s *screen) sideWidth() int { return 44 + max(s.width-sideBySide, 0)/4 }

// chartHeight is that of each of the two charts, their title and times included; 0:
// there is no room for them.
func (s *screen) chartHeight() int {
	if s.width < wideEnough || s.height < 18 {
		return 0
	}
	rows := min(s.rows[panelHooks].Len(), 8) // of the table below, which scrolls
	return min(max((s.height-headHeight-2-rows)/2, 4), 14)
}

// places are those of the panels' rows; no height: not drawn.
func (s *screen) places() [panels]place {
	var out [panels]place
	top := headHeight + 2*s.chartHeight() + 1
	below := place{0, top, s.leftWidth(), max(s.height-top, 1)}
	if !s.wide() {
		out[s.panel] = below
		return out
	}
	out[panelHooks] = below
	x, half := s.leftWidth()+3, (s.height-headHeight)/2
	out[panelCauses] = place{x, headHeight + 1, s.sideWidth(), max(half-2, 1)}
	out[panelSlowest] = place{x, headHeight + half + 1, s.sideWidth(), max(s.height-headHeight-half-1, 1)}
	return out
}

// lay gives the panels their rows and their room.
func (s *screen) lay() {
	if s.width == 0 || !s.ready {
		return
	}
	ids := []string{all}
	for _, h := range s.hooks {
		ids = append(ids, h.ID)
	}
	s.rows[panelHooks].SetIDs(ids)
	series := s.of(s.chosen())
	ids = nil
	for _, c := range series.Causes {
		ids = append(ids, causeID(c))
	}
	s.rows[panelCauses].SetIDs(ids)
	ids = nil
	for _, d := range series.Slowest {
		ids = append(ids, slowID(d))
	}
	s.rows[panelSlowest].SetIDs(ids)
	for p, at := range s.places() {
		s.rows[p].Quiet = panel(p) != s.panel
		if at.height > 0 {
			s.rows[p].SetSize(at.width, at.height, 1)
		}
	}
}

func (s *screen) View() string {
	switch {
	case !s.ready && s.err != nil:
		return widget.Clip(widget.Problem(s.env, s.err, s.cause, s.width), s.height)
	case !s.ready:
		return s.wait.Line(s.env)
	}
	left := s.charts()
	if s.wide() {
		left = append(left, s.panelLines(panelHooks)...)
		right := append(s.panelLines(panelCauses), s.panelLines(panelSlowest)...)
		body := widget.Beside(s.env.Theme, strings.Join(left, "\n"), strings.Join(right, "\n"), s.leftWidth(), s.height-headHeight)
		return s.head() + "\n" + body
	}
	left = append(left, s.panelLines(s.panel)...)
	return widget.Clip(append([]string{s.head()}, left...), s.height)
}

// head is the stretches with the one shown and whose figures they are, and the sums.
func (s *screen) head() string {
	th, w := s.env.Theme, s.env.Words.Metrics
	var line widget.Line
	for i, name := range []string{w.Hour, w.Day, w.Week, w.Month} {
		style := th.Tab
		if i == s.span {
			style = th.TabActive
		}
		line = append(line, widget.Span{Text: " " + name + " ", Style: style}, widget.Span{Text: " "})
	}
	who := w.All
	if id := s.chosen(); id != "" {
		who = text.Clean(s.name(id))
	}
	if s.chosen() == "" && line.Width()+1+text.Width(who) > s.width {
		who = "" // the row says it, too
	}
	line = append(line, widget.Span{Text: " " + who, Style: th.Bold})
	since, _ := s.stretch().bounds(s.env.Now())
	line = append(line, widget.Span{Text: "  " + text.DateTime(since)[:16] + " " + th.Sym.Closed + " " + text.Clock(s.read), Style: th.Dim})
	return line.Fit(s.width, th.Sym.Ellipsis).Render() + "\n" + s.sums().Render()
}

// sums are as many parts as fit whole. A read that failed over figures already there
// is said here.
func (s *screen) sums() widget.Line {
	th, words := s.env.Theme, s.env.Words
	w, t := words.Metrics, s.of(s.chosen()).Total
	if s.err != nil {
		return widget.Say(th.Sym.Fail+" "+w.Stale(words.Fault(s.err).What), th.Bad).Fit(s.width, th.Sym.Ellipsis)
	}
	parts := []widget.Line{widget.Say(th.Sym.OK+" "+w.Delivered(int(t.Delivered)), th.Good)}
	if tries := t.Delivered + t.Failed; tries > 0 {
		parts = append(parts, widget.Say(w.Success(words.Lang.Percent(t.Delivered, tries)), th.Bold))
		if t.Failed > 0 {
			parts = append(parts, widget.Say(th.Sym.Retry+" "+w.Failed(int(t.Failed)), th.Warn))
		}
		if t.Dead > 0 {
			parts = append(parts, widget.Say(th.Sym.Fail+" "+w.Dead(int(t.Dead)), th.Bad))
		}
		rate := float64(tries) / (time.Duration(s.stretch().steps) * s.stretch().step).Seconds()
		if rate >= 0.1 {
			parts = append(parts, widget.Say(w.Rate(words.Lang.Decimal(rate)), th.Text))
		}
	}
	if t.P50 > 0 {
		d := words.Deliveries
		parts = append(parts, widget.Say(d.P50+" "+words.Duration(t.P50), th.Text),
			widget.Say(d.P95+" "+words.Duration(t.P95), th.Text), widget.Say(d.P99+" "+words.Duration(t.P99), th.Text))
	}
	var line widget.Line
	for _, p := range parts {
		if line.Width()+p.Width()+3 > s.width {
			break
		}
		line = append(append(line, widget.Span{Text: " "}), append(p, widget.Span{Text: "  "})...)
	}
	return line
}

// charts are the attempts with those that failed at their foot, and the latency.
func (s *screen) charts() []string {
	h := s.chartHeight()
	if h == 0 {
		return nil
	}
	th, words := s.env.Theme, s.env.Words
	w, series := words.Metrics, s.of(s.chosen())
	var tries, failed, late []float64
	for _, p := range series.Points {
		tries = append(tries, float64(p.Delivered+p.Failed))
		failed = append(failed, float64(p.Failed))
		late = append(late, float64(p.P95))
	}
	step := []string{w.StepMinute, w.StepHalf, w.StepThree, w.StepTwelve}[s.span]
	none := w.NoData([]string{w.Hour, w.Day, w.Week, w.Month}[s.span])
	from, to := s.times(series)
	var out []string
	for _, c := range []struct {
		title string
		chart widget.Chart
	}{
		{w.Attempts(step), widget.Chart{Values: tries, Bad: failed, Number: func(v float64) string { return words.Number(int(v)) }}},
		{w.Latency(step), widget.Chart{Values: late, Number: func(v float64) string { return words.Duration(time.Duration(v)) }}},
	} {
		c.chart.From, c.chart.To, c.chart.None = from, to, none
		out = append(out, " "+th.Bold.Render(ansi.Truncate(c.title, s.leftWidth()-1, "")))
		for _, l := range c.chart.Draw(th, s.leftWidth(), h-1) {
			out = append(out, l.Render())
		}
	}
	return out
}

// times are those of the first and the last column.
func (s *screen) times(series model.Series) (from, to string) {
	if len(series.Points) == 0 {
		return "", ""
	}
	form := "15:04"
	if s.span > 1 {
		form = "01-02 15:04"
	}
	last := series.Points[len(series.Points)-1].At
	return series.Points[0].At.Local().Format(form), last.Local().Format(form)
}

// Cursor is on the selected row of the panel in front.
func (s *screen) Cursor() *tea.Cursor {
	at := s.places()[s.panel]
	if !s.ready || s.rows[s.panel].Len() == 0 || at.height == 0 {
		return nil
	}
	return tea.NewCursor(at.x, at.y+s.rows[s.panel].Line())
}
