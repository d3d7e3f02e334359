package deliveries

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// draft is an event that is about to be emitted: for every webhook that matches it.
type draft struct {
	to    *list
	event model.Event
	typed bool // a person wrote its body
	err   error
}

// bodyMsg is the body of a delivery that shall be edited.
type bodyMsg struct {
	to   *list
	view model.DeliveryView
	err  error
}

// resend opens the body of the selected delivery in the editor.
func (l *list) resend() tea.Cmd {
	d, ok := l.selected()
	if !ok {
		return nil
	}
	v, ctx := l.v, l.ctx
	return func() tea.Msg {
		m := bodyMsg{to: l}
		m.view, m.err = v.Delivery(ctx, d.ID)
		return m
	}
}

// edit hands the body to the shell, which knows the editor.
func (l *list) edit(m bodyMsg) tea.Cmd {
	switch {
	case m.to != l:
		return nil
	case m.err != nil:
		return page.Toast(page.ToastError, l.env.Words.Fault(m.err).String())
	}
	l.edits.n++
	l.edits.id, l.edits.typ = "deliveries."+strconv.Itoa(l.edits.n), m.view.Event.Type
	ask := page.EditMsg{ID: l.edits.id, Name: text.Clean(m.view.Event.Type) + ".json", Data: m.view.Event.Body}
	return func() tea.Msg { return ask }
}

// edited asks before what was edited is emitted. The same bytes are not sent.
func (l *list) edited(m page.EditedMsg) tea.Cmd {
	if l.edits.id == "" || m.ID != l.edits.id {
		return nil
	}
	l.edits.id = ""
	switch {
	case m.Err != nil:
		return nil // the shell has said it
	case !m.Changed:
		return page.Toast(page.ToastInfo, l.env.Words.Deliveries.List.Unchanged)
	}
	return l.offer(draft{to: l, event: model.Event{Type: l.edits.typ, Body: m.Data}, typed: true})
}

var _ page.Doer = (*list)(nil)

// emitID is the action that other screens offer too.
const emitID = "event.emit"

func (l *list) emitAction() page.Action {
	a := page.Act(emitID, l.env.Words.Deliveries.List.Do.Emit, l.emit, "E")
	a.Writes, a.Twin = true, "hooktop emit"
	return a
}

// Do implements page.Doer.
func (l *list) Do(action string) tea.Cmd {
	if action != emitID {
		return nil
	}
	return l.emit()
}

// emit asks which event of the catalogue shall be emitted.
func (l *list) emit() tea.Cmd {
	var entries []widget.Entry
	for _, typ := range l.v.Catalogue().Types() {
		entries = append(entries, widget.Entry{Label: text.Clean(typ), Do: func() tea.Cmd { return l.mint(typ) }})
	}
	return l.env.Open(widget.NewMenu(l.env, l.env.Words.Deliveries.List.EmitTitle, entries...))
}

// mint makes a real event of the type's sample.
func (l *list) mint(typ string) tea.Cmd {
	v, lang := l.v, string(l.env.Words.Lang)
	return func() tea.Msg {
		ev, err := v.MintEvent(typ, lang)
		return draft{to: l, event: ev, err: err}
	}
}

// offer shows what would be emitted and asks.
func (l *list) offer(d draft) tea.Cmd {
	switch {
	case d.to != l:
		return nil
	case d.err != nil:
		return page.Toast(page.ToastError, l.env.Words.Fault(d.err).String())
	}
	w := l.env.Words.Deliveries.List
	body := []string{text.Clean(d.event.Type) + " " + l.env.Theme.Sym.Dot + " " + l.env.Words.Size(int64(len(d.event.Body))), "", w.EmitText}
	if d.typed {
		body = append(body, w.EmitEdited)
	} else {
		body = append(body, w.EmitSample)
	}
	send := widget.Entry{Key: "s", Label: w.EmitDo, Do: func() tea.Cmd { return tea.Batch(l.env.Go(page.GoMsg{Tab: "deliveries"}), l.send(d)) }}
	return l.env.Open(widget.NewConfirm(l.env, w.EmitAsk, body, send))
}

// send emits the event. A sample is made anew: its time is that of now, however long
// the question stood.
func (l *list) send(d draft) tea.Cmd {
	v, ctx, all := l.v, l.ctx, l.env.Words
	return func() tea.Msg {
		ev, err := d.event, error(nil)
		if !d.typed {
			ev, err = v.MintEvent(ev.Type, string(all.Lang))
		}
		var got model.Accepted
		if err == nil {
			got, err = v.Emit(ctx, ev, "")
		}
		w := all.Deliveries.List
		switch {
		case err != nil:
			return page.ToastMsg{Kind: page.ToastError, Text: all.Fault(err).String()}
		case got.Deliveries == 0:
			return page.ToastMsg{Kind: page.ToastWarn, Text: w.EmittedNone}
		}
		return page.ToastMsg{Kind: page.ToastGood, Text: w.Emitted(got.Deliveries)}
	}
}

// callMsg is the call that a delivery is about.
type callMsg struct {
	to      *list
	subject string
	err     error
}

// call shows everything that was sent about the call of the selected delivery.
func (l *list) call() tea.Cmd {
	d, ok := l.selected()
	if !ok {
		return nil
	}
	v, ctx := l.v, l.ctx
	return func() tea.Msg {
		view, err := v.Delivery(ctx, d.ID)
		return callMsg{l, view.Event.Subject, err}
	}
}

func (l *list) called(m callMsg) tea.Cmd {
	w := l.env.Words
	switch {
	case m.to != l:
		return nil
	case m.err != nil:
		return page.Toast(page.ToastError, w.Fault(m.err).String())
	case m.subject == "":
		return page.Toast(page.ToastWarn, w.Deliveries.List.NoCall)
	}
	return l.visit(model.Filter{Subjects: []string{m.subject}}.String(), text.Clean(m.subject), byTime)
}
