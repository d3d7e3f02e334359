package deliveries

import (
	"strings"
	"time"

	"hooktop/model"
	"hooktop/ui/text"
	"hooktop/ui/theme"
	"hooktop/ui/widget"
)

// phase is one part of an attempt on the clock of the attempt.
type phase struct {
	name       string
	start, dur time.Duration
}

// phases are in order. The answer is what came last, so its phases are counted back
// from the end: what lies before them is the writing of the request.
func phases(w *text.Words, t model.Timings) []phase {
	x := w.Trial
	wait := max(t.Total-t.Body-t.Wait, t.DNS+t.Connect+t.TLS)
	return []phase{
		{x.DNS, 0, t.DNS}, {x.Connect, t.DNS, t.Connect}, {x.TLS, t.DNS + t.Connect, t.TLS},
		{x.Wait, wait, t.Wait}, {x.Read, wait + t.Wait, t.Body}, {x.Total, 0, t.Total},
	}
}

// waterfall draws when each phase began and how long it took, the number beside. What
// took any time has a cell at least.
func waterfall(th *theme.Theme, w *text.Words, list []phase, width int) []widget.Line {
	names, numbers := 0, 0
	whole := time.Duration(1)
	for _, p := range list {
		names = max(names, text.Width(p.name))
		numbers = max(numbers, text.Width(w.Duration(p.dur)))
		whole = max(whole, p.start+p.dur)
	}
	room := min(max(width-names-numbers-4, 1), 80)
	full := th.Sym.Bars[len(th.Sym.Bars)-1]
	cell := func(d time.Duration) int { return int(float64(d)/float64(whole)*float64(room) + 0.5) }
	var out []widget.Line
	for _, p := range list {
		from, to := cell(p.start), cell(p.start+p.dur)
		if p.dur > 0 {
			from = min(from, room-1)
			to = max(to, from+1)
		}
		number := w.Duration(p.dur)
		out = append(out, widget.Line{
			{Text: p.name + strings.Repeat(" ", names-text.Width(p.name)+1), Style: th.Text},
			{Text: strings.Repeat(" ", numbers-text.Width(number)) + number + "  ", Style: th.Bold},
			{Text: strings.Repeat(" ", from)}, {Text: strings.Repeat(full, to-from), Style: th.Accent},
		})
	}
	return out
}

// timing is the attempt shown on its clock, and how it compares with the webhook's
// others of today.
func (d *detail) timing() []widget.Line {
	a := d.shown()
	if a == nil {
		return nil
	}
	th, all, t := d.env.Theme, d.env.Words, a.Timings
	head := []string{all.Deliveries.Attempt(a.N)}
	if a.RemoteAddr != "" {
		head = append(head, text.Clean(a.RemoteAddr))
	}
	if a.TLSVersion != "" {
		head = append(head, "TLS "+text.Clean(a.TLSVersion))
	}
	if a.RemoteAddr != "" && t.Connect == 0 && t.Wait > 0 {
		head = append(head, all.Trial.Reused)
	}
	out := []widget.Line{widget.Say(strings.Join(head, " "+th.Sym.Dot+" "), th.Dim), nil}
	out = append(out, waterfall(th, all, phases(all, t), d.width-2)...)
	s := d.rec.around.stats
	if s.P99 == 0 {
		return out
	}
	w := all.Delivery
	title := widget.Line{{Text: w.Today(text.Clean(d.rec.view.Hook)), Style: th.Bold}}
	for _, p := range []struct {
		of   time.Duration
		name string
	}{{s.P99, "99 %"}, {s.P95, "95 %"}, {s.P50, "50 %"}} {
		if t.Total > p.of {
			title = append(title, widget.Span{Text: "  " + w.Slower(p.name), Style: th.Warn})
			break
		}
	}
	var bars []widget.Bar
	longest := float64(max(t.Total, s.P99))
	for _, b := range []struct {
		name string
		took time.Duration
	}{{w.ThisAttempt, t.Total}, {all.Deliveries.P50, s.P50}, {all.Deliveries.P95, s.P95}, {all.Deliveries.P99, s.P99}} {
		bars = append(bars, widget.Bar{Label: b.name, Number: all.Duration(b.took), Part: float64(b.took) / longest})
	}
	return append(append(out, nil, title), widget.Bars(th, bars, d.width-2)...)
}
