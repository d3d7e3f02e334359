package deliveries

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/compare"
)

// record reads one delivery with its attempts: one reading at a time, and of those
// asked for meanwhile only the newest.
type record struct {
	ctx   context.Context
	v     Verbs
	whole bool // what it is judged against is wanted too
	today func() time.Time

	id     string // asked for last
	busy   bool
	again  bool
	view   model.DeliveryView // as last read; its id is empty before
	around around             // of view
	stop   context.CancelFunc // of the reading of around; nil: none was begun
	err    error
	failed string // the id err is about
}

// around is what a delivery is judged against. It may take longer to read than the
// delivery, so it comes after it.
type around struct {
	read    bool               // all that follows is known
	err     error              // why it is not
	why     []model.Decision   // of its event
	hook    model.Hook         // its keys are not for showing
	gone    bool               // the webhook was deleted
	changes []model.Change     // of the webhook, newest first
	success model.DeliveryView // the last one before it; its id is empty: none
	stats   model.Stats        // of the webhook today
}

// recordMsg is an answer to load.
type recordMsg struct {
	to   *record
	id   string
	view model.DeliveryView
	err  error
}

// aroundMsg is what was found around a delivery as it was then.
type aroundMsg struct {
	to     *record
	of     model.Delivery
	around around
}

// load reads the delivery.
func (r *record) load(id string) tea.Cmd {
	r.id = id
	if r.busy {
		r.again = true
		return nil
	}
	r.busy, r.again = true, false
	return func() tea.Msg {
		m := recordMsg{to: r, id: id}
		m.view, m.err = r.v.shown(r.ctx, id)
		return m
	}
}

// survey reads what is around the delivery when something has happened to it.
func (r *record) survey(was model.Delivery) tea.Cmd {
	now := r.view.Delivery
	if !r.whole || sameState(was, now) {
		return nil
	}
	if was.ID != now.ID {
		r.around = around{}
	}
	if r.stop != nil {
		r.stop()
	}
	ctx, stop := context.WithCancel(r.ctx)
	r.stop = stop
	today := r.today()
	return func() tea.Msg {
		defer stop()
		found, err := r.v.around(ctx, now, today)
		found.read, found.err = err == nil, err
		return aroundMsg{r, now, found}
	}
}

// saw takes what is around the delivery.
func (r *record) saw(m aroundMsg) bool {
	if m.to != r || !sameState(m.of, r.view.Delivery) {
		return false
	}
	r.around = m.around
	return true
}

// took takes an answer; fresh says that there is something new to draw.
func (r *record) took(m recordMsg) (cmd tea.Cmd, fresh bool) {
	if m.to != r {
		return nil, false
	}
	r.busy = false
	if r.again {
		cmd = r.load(r.id)
	}
	if m.id != r.id {
		return cmd, false
	}
	r.err, r.failed = m.err, m.id
	if m.err == nil {
		was := r.view.Delivery
		r.view = m.view
		cmd = tea.Batch(cmd, r.survey(was))
	}
	return cmd, true
}

// has reports that the delivery asked for has been read.
func (r *record) has() bool { return r.id != "" && r.view.ID == r.id }

// fault is why the delivery asked for could not be read.
func (r *record) fault() error {
	if r.failed != r.id {
		return nil
	}
	return r.err
}

// around reads what a delivery is judged against; today is when the day began.
func (v Verbs) around(ctx context.Context, d model.Delivery, today time.Time) (out around, err error) {
	if _, out.why, err = v.Event(ctx, d.EventID); err != nil {
		return out, err
	}
	hook, err := v.Hook(ctx, d.HookID)
	if out.gone = missing(err); err != nil && !out.gone {
		return out, err
	}
	out.hook = hook.Hook
	if out.changes, err = v.History(ctx, d.HookID); err != nil && !missing(err) {
		return out, err
	}
	if out.stats, err = v.Stats(ctx, d.HookID, today); err != nil {
		return out, err
	}
	out.success, _, err = compare.LastSuccess(ctx, v, d)
	return out, err
}

// missing reports that what was asked for is not there.
func missing(err error) bool {
	var f *model.Fault
	return errors.As(err, &f) && f.Code == model.CodeNotFound
}
