package hooks

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/text"
)

const idCondition = string(model.FieldCondition)

// Judge tries a jq condition against a body, as the decision on an event would.
// value is what it yielded; errors are *model.Fault.
type Judge interface {
	TryCondition(ctx context.Context, expr string, body []byte) (value string, matched bool, err error)
}

// preview is what the condition makes of a sample, and how far that is known: one
// trial at a time, and of those wanted meanwhile only the newest.
type preview struct {
	busy    bool
	asked   string // the trial in short; empty: none
	known   bool   // what follows is its result
	typ     string // of the sample
	value   string
	matched bool
	err     error
}

// conditionMsg is the result of a trial.
type conditionMsg struct {
	form   *form
	result preview
}

// tryCondition tries the condition as typed against the sample beside the form if its
// event is chosen, or else of the first event chosen, or of the first there is, unless
// that is known or on its way.
func (f *form) tryCondition() tea.Cmd {
	p := &f.adv.preview
	expr := strings.TrimSpace(f.adv.condition.Value())
	types := append(f.events[:len(f.events):len(f.events)], f.v.Catalogue().Types()...)
	if expr == "" || f.v.Judge == nil || len(types) == 0 {
		*p = preview{busy: p.busy}
		return nil
	}
	typ, lang := types[0], string(f.env.Words.Lang)
	if slices.Contains(f.events, f.sample.typ) {
		typ = f.sample.typ
	}
	asked := typ + " " + lang + " " + expr
	if p.busy || p.asked == asked {
		return nil
	}
	p.busy, p.asked = true, asked
	return func() tea.Msg {
		r := preview{asked: asked, known: true, typ: typ}
		ev, err := f.v.Mint(typ, lang)
		if err == nil {
			r.value, r.matched, err = f.v.TryCondition(context.Background(), expr, ev.Body)
		}
		r.err = err
		return conditionMsg{f, r}
	}
}

func (f *form) tookCondition(m conditionMsg) {
	if m.form != f {
		return
	}
	f.adv.preview.busy = false
	if m.result.asked == f.adv.preview.asked {
		f.adv.preview = m.result
	}
}

// conditionNotes are what the condition makes of the sample, or else what it is for.
func (d *formDraw) conditionNotes(e entry) {
	th, w, p := d.env.Theme, d.env.Words, d.adv.preview
	switch {
	case strings.TrimSpace(e.field.Value()) == "":
		if e.id == d.at {
			d.say(e.id, th.Hint, d.indent(), w.Condition.Hint)
		}
	case !p.known:
	case p.err != nil:
		d.sayMarked(e.id, th.Sym.Fail, w.Fault(p.err).String(), false)
	case p.matched:
		d.say(e.id, th.Good, d.indent(), th.Sym.OK+" "+w.Condition.Holds(text.Clean(p.typ), text.Clean(p.value)))
	default:
		d.sayMarked(e.id, th.Sym.Warn, w.Condition.Fails(text.Clean(p.typ), text.Clean(p.value)), true)
	}
}
