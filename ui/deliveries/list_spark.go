package deliveries

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

const (
	sparkSpan = 2 * time.Hour
	sparkStep = time.Minute
	sparkWait = 5 * time.Second // between two readings
	sparkSoon = time.Second     // as long as a minute is all there is: a demonstration begins
	sparkTall = 30              // lines of the terminal from which there is room
)

// spark is the row of the attempts of the last two hours, minute by minute.
type spark struct {
	points []model.Point
	busy   bool // being read, or within the rest after it
	again  bool
}

type sparkMsg struct {
	to     *list
	points []model.Point
	err    error
}

type sparkAgainMsg struct{ to *list }

// sparks reports that there is room for the row. Three lines at most are the shell's.
func (l *list) sparks() bool { return l.wide() && l.height >= sparkTall-3 }

// measure reads the series where it is shown, now and then.
func (l *list) measure() tea.Cmd {
	s := &l.spark
	switch {
	case !l.sparks() || l.frozen:
		return nil
	case s.busy:
		s.again = true
		return nil
	}
	s.busy, s.again = true, false
	until := l.env.Now().Truncate(sparkStep).Add(sparkStep)
	v, ctx := l.v, l.ctx
	return func() tea.Msg {
		got, err := v.Series(ctx, "", until.Add(-sparkSpan), until, sparkStep)
		return sparkMsg{l, got.Points, err}
	}
}

func (l *list) measured(m sparkMsg) tea.Cmd {
	if m.to != l {
		return nil
	}
	if m.err == nil && !l.frozen {
		l.spark.points = m.points
	}
	wait := sparkWait
	if begins(l.spark.points) {
		wait = sparkSoon
	}
	return after(wait, sparkAgainMsg{l})
}

func (l *list) measureAgain(m sparkAgainMsg) tea.Cmd {
	if m.to != l {
		return nil
	}
	l.spark.busy = false
	if !l.spark.again {
		return nil
	}
	return l.measure()
}

// sparkline draws the newest minutes that there is room for, with their numbers.
func (l *list) sparkline() string {
	th, w := l.env.Theme, l.env.Words.Deliveries.List
	points := l.spark.points
	for n := len(points); ; n-- {
		points = points[len(points)-n:]
		most := highest(points)
		said := w.Spark(l.env.Words.Duration(time.Duration(n)*sparkStep), int(most))
		if n == 0 || most == 0 {
			return th.Dim.Render(w.SparkNone)
		}
		if end := (widget.Span{Text: "  " + said, Style: th.Dim}); n+text.Width(end.Text) <= l.width { // a bar is one column
			return widget.Line{{Text: bars(th.Sym.Bars, points, most), Style: th.Accent}, end}.Render()
		}
	}
}

// begins reports whether no more than one minute has attempts.
func begins(points []model.Point) bool {
	n := 0
	for _, p := range points {
		if p.Delivered+p.Failed > 0 {
			n++
		}
	}
	return n <= 1
}

// highest is the number of attempts of the busiest minute.
func highest(points []model.Point) int64 {
	most := int64(0)
	for _, p := range points {
		most = max(most, p.Delivered+p.Failed)
	}
	return most
}

// bars are the minutes as heights; one without an attempt is blank.
func bars(symbols []string, points []model.Point, most int64) string {
	var b strings.Builder
	for _, p := range points {
		n := p.Delivered + p.Failed
		if n == 0 || most == 0 {
			b.WriteByte(' ')
			continue
		}
		b.WriteString(symbols[min(int(n*int64(len(symbols))/(most+1)), len(symbols)-1)])
	}
	return b.String()
}
