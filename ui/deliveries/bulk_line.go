package deliveries

import (
	"strings"
	"time"

	"hooktop/ui/widget"
)

// maxBarWidth is the most columns that the bar of a replay takes.
const maxBarWidth = 40

// jobWord is a replay that goes on out of sight, and where there is room the key that
// shows it: "replay 312/1,200  v show replay".
func (l *list) jobWord() widget.Line {
	w := l.env.Words.Deliveries.List
	done, _, _ := l.job.done()
	word := w.Job + " " + w.JobAt(done, l.job.total)
	if l.job.held {
		word += " (" + w.JobHeld + ")"
	}
	line := widget.Say(word, l.env.Theme.Accent)
	if l.width < wideEnough {
		return line
	}
	return append(line, widget.Span{Text: "  v ", Style: l.env.Theme.Key}, widget.Span{Text: w.Do.JobShow.Label, Style: l.env.Theme.Text})
}

// jobLine is a replay in full: "replay ████░░░ 312/1,200 · 40/s · 3 failed · 22 s".
func (l *list) jobLine(width int) widget.Line {
	th, w := l.env.Theme, l.env.Words.Deliveries.List
	done, failed, waits := l.job.done()
	facts := []string{w.JobAt(done, l.job.total)}
	rate, left := l.job.speed(done, l.env.Now())
	switch {
	case l.job.held:
		facts = append(facts, w.JobHeld)
	case rate > 0:
		facts = append(facts, w.JobRate(l.env.Words.Lang.Decimal(rate)))
	}
	if failed > 0 {
		facts = append(facts, w.JobFailed(failed))
	}
	if waits > 0 {
		facts = append(facts, w.JobWaits(waits))
	}
	if left > 0 && !l.job.held {
		facts = append(facts, l.env.Words.Duration(left))
	}
	said := " " + strings.Join(facts, " "+th.Sym.Dot+" ")
	line := widget.Say(" "+w.Job+" ", th.Bold)
	room := min(width-line.Width()-widget.Say(said, th.Text).Width(), maxBarWidth)
	if room >= 5 {
		full := min(done*room/max(l.job.total, 1), room)
		line = append(line, widget.Span{Text: strings.Repeat(th.Sym.Bars[len(th.Sym.Bars)-1], full), Style: th.Accent},
			widget.Span{Text: strings.Repeat(th.Sym.Dot, room-full), Style: th.Dim})
	}
	return append(line, widget.Span{Text: said, Style: th.Text}).Fit(width, th.Sym.Ellipsis)
}

// speed is how many a second were done since the replay began or went on, and how
// long the others will take at that; 0: not known yet.
func (j *job) speed(done int, now time.Time) (rate float64, left time.Duration) {
	took := now.Sub(j.since).Seconds()
	if took < 1 || done <= j.before {
		return 0, 0
	}
	rate = float64(done-j.before) / took
	return rate, time.Duration(float64(j.total-done) / rate * float64(time.Second)).Round(time.Second)
}
