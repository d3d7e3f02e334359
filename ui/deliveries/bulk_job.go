package deliveries

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/widget"
)

// job is the replay of many that was begun here last. It goes on in the engine
// whatever is shown of it: this only counts what has become of it.
type job struct {
	id      string
	total   int
	shown   bool // in full, else as a word on line 2
	held    bool
	over    bool
	since   time.Time // when it began, or went on after a pause
	before  int       // done by then
	counter counter
	going   bool // the program ends with it under way: said
}

func (j *job) running() bool { return j.id != "" && !j.over }

// replayed is the filter of a replay's deliveries; also has what must hold besides.
func (l *list) replayed(id, also string) (model.Filter, error) {
	f, fault := model.ParseFilter("replay:"+id+" "+also, l.env.Now())
	if fault != nil {
		return f, fault
	}
	return f, nil
}

// unsent are the states in which cancelling comes in time.
const unsent = "state:queued,retrying,held"

// run watches a replay that has begun.
func (l *list) run(made model.Replayed) tea.Cmd {
	l.job.counter.forget()
	l.job = job{id: made.ID, total: made.Count, shown: true, since: l.env.Now(), counter: counter{of: l, pause: jobPause}}
	l.lay()
	f, err := l.replayed(made.ID, "")
	if err != nil {
		l.job.over, l.job.shown = true, false
		return page.Toast(page.ToastGood, l.env.Words.Deliveries.Sent(made.Count))
	}
	return l.job.counter.count(f)
}

// done counts what has left the queue, and of that what was given up.
func (j *job) done() (done, failed, waits int) {
	t, _ := j.counter.tally()
	failed, waits = t.In(model.DeliveryDead), t.In(model.DeliveryRetrying)
	return t.In(model.DeliveryDelivered, model.DeliveryCancelled) + failed + waits, failed, waits
}

// progress looks at what has become of the replay; it is over when each delivery has
// been tried once.
func (l *list) progress() tea.Cmd {
	j := &l.job
	if !j.running() || !j.counter.has {
		return nil
	}
	done, _, _ := j.done()
	if done < j.total {
		return j.counter.touch()
	}
	j.over, j.shown = true, false
	l.lay()
	return l.result()
}

// result says how it ended; a key shows the deliveries.
func (l *list) result() tea.Cmd {
	w, t := l.env.Words.Deliveries.List, l.job.counter.old
	kind := page.ToastGood
	if t.In(model.DeliveryDead, model.DeliveryRetrying) > 0 {
		kind = page.ToastWarn
	}
	return page.Toast(kind, w.Result(t.In(model.DeliveryDelivered), t.In(model.DeliveryDead), t.In(model.DeliveryRetrying), t.In(model.DeliveryCancelled)))
}

// heldMsg is an answer to pause; stoppedMsg one to halt.
type heldMsg struct {
	to   *list
	id   string
	held bool
	err  error
}

// pause holds back what has not been sent, or lets it go on.
func (l *list) pause() tea.Cmd {
	m, v, ctx := heldMsg{to: l, id: l.job.id, held: !l.job.held}, l.v, l.ctx
	return func() tea.Msg {
		if m.held {
			_, m.err = v.HoldReplay(ctx, m.id)
		} else {
			_, m.err = v.ResumeReplay(ctx, m.id)
		}
		return m
	}
}

func (l *list) paused(m heldMsg) tea.Cmd {
	switch {
	case m.to != l || m.id != l.job.id:
		return nil
	case m.err != nil:
		return page.Toast(page.ToastError, l.env.Words.Fault(m.err).String())
	}
	l.job.held = m.held
	l.job.since = l.env.Now()
	l.job.before, _, _ = l.job.done()
	return nil
}

// halt cancels what of the replay has not been sent; what is under way ends.
func (l *list) halt() tea.Cmd {
	f, err := l.replayed(l.job.id, unsent)
	v, ctx, deeds, w := l.v, l.ctx, l.do(), l.env.Words.Deliveries
	return func() tea.Msg {
		n := 0
		if err == nil {
			n, err = v.Cancel(ctx, model.Selection{Filter: f}, false)
		}
		return deeds.said(n, err, w.Cancelled, w.NotCancelled)
	}
}

// Interrupt implements page.Interrupter: a search or a replay on the screen stops.
func (l *list) Interrupt() tea.Cmd {
	if cmd := l.pane.Interrupt(); l.side && cmd != nil {
		return cmd
	}
	switch {
	case l.wait.Long():
		return l.giveUp()
	case l.job.running() && l.job.shown:
		return l.halt()
	case l.job.running():
		return l.showJob()
	case l.searching():
		return l.rest()
	}
	return nil
}

// showJob shows the replay in full, or what came of it.
func (l *list) showJob() tea.Cmd {
	if l.job.over {
		return l.visit("replay:"+l.job.id, "", byTime)
	}
	l.job.shown = !l.job.shown
	l.lay()
	return func() tea.Msg { return nil }
}

// Leave implements page.Leaver: who quits is told of the replay once. It goes on where
// another process sends.
func (l *list) Leave() tea.Cmd {
	others := slices.ContainsFunc(l.env.Alerts, func(a page.Alert) bool { return a.Kind == page.AlertOwner })
	if !l.job.running() || l.job.going || others {
		return nil
	}
	w := l.env.Words.Deliveries.List
	leave := func() tea.Cmd {
		l.job.going = true
		return page.Quit()
	}
	said := w.QuitText
	if l.env.Passing {
		said = w.QuitPassing
	}
	return l.env.Open(widget.NewConfirm(l.env, w.QuitTitle, []string{said}, widget.Entry{Key: "s", Label: w.QuitDo, Do: leave}))
}

// jobActions are what can be done with the replay.
func (l *list) jobActions() []page.Action {
	w, j := l.env.Words.Deliveries.List.Do, &l.job
	if j.id == "" {
		return nil
	}
	show := page.Act("replay.show", w.JobShow, l.showJob, "v")
	show.Twin = "hooktop delivery list --filter"
	if !j.running() || !j.shown {
		return []page.Action{show}
	}
	pause := offer(page.Act("replay.pause", w.JobPause, l.pause, "p"), true, !j.held)
	resume := offer(page.Act("replay.resume", w.JobResume, l.pause, "p"), true, j.held)
	stop := page.Act("replay.stop", w.JobStop, l.halt)
	for _, a := range []*page.Action{&pause, &resume, &stop} {
		a.Writes = true
	}
	pause.Twin, resume.Twin, stop.Twin = "hooktop delivery hold", "hooktop delivery resume", "hooktop delivery cancel --filter"
	hide := offer(page.Act("replay.hide", w.JobHide, l.showJob, "esc"), true, true)
	return []page.Action{pause, resume, stop, hide}
}
