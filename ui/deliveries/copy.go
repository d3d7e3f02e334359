package deliveries

import (
	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/widget"
)

// copyMenu offers what can be copied of a delivery. The payload is the exact bytes;
// keys are their masks in headers and variables in curl. What the list does not hold
// is read when it is chosen. more is what only a page of its own can offer.
func (d deeds) copyMenu(m model.Delivery, more ...widget.Entry) page.Dialog {
	w, none, words := d.env.Words.Trial, d.env.Words.Deliveries, d.env.Words
	read := func(of func(model.DeliveryView) tea.Msg) func() tea.Cmd {
		return func() tea.Cmd {
			return func() tea.Msg {
				v, err := d.v.shown(d.ctx, m.ID)
				if err != nil {
					return page.ToastMsg{Kind: page.ToastError, Text: words.Fault(err).String()}
				}
				return of(v)
			}
		}
	}
	entry := func(key, label, absent string, of func(model.DeliveryView) []byte) widget.Entry {
		return widget.Entry{Key: key, Label: label, Do: read(func(v model.DeliveryView) tea.Msg {
			if data := of(v); data != nil {
				return page.CopyMsg{What: label, Data: data}
			}
			return page.ToastMsg{Kind: page.ToastWarn, Text: absent}
		})}
	}
	at := func(of func(model.DeliveryView, *model.Attempt) []byte) func(model.DeliveryView) []byte {
		return func(v model.DeliveryView) []byte {
			if a := last(v); a != nil {
				return of(v, a)
			}
			return nil
		}
	}
	id := func(key, label, value string) widget.Entry {
		return widget.Entry{Key: key, Label: label, Do: func() tea.Cmd { return page.Copy(label, []byte(value)) }}
	}
	save := widget.Entry{Key: "f", Label: words.Delivery.CopySave, Do: read(func(v model.DeliveryView) tea.Msg {
		return page.SaveMsg{What: w.CopyJSON, Name: "payload.json", Data: v.Event.Body}
	})}
	list := []widget.Entry{
		entry("j", w.CopyJSON, none.Lost, func(v model.DeliveryView) []byte { return v.Event.Body }),
		entry("c", w.CopyCurl, none.NoAttempt, at(func(v model.DeliveryView, a *model.Attempt) []byte { return []byte(words.Curl(*a, v.Event.Body)) })),
		entry("h", w.CopyHeaders, none.NoAttempt, at(func(_ model.DeliveryView, a *model.Attempt) []byte { return widget.HeaderBytes(a.Request) })),
		entry("r", w.CopyResponse, none.NoResponse, at(func(_ model.DeliveryView, a *model.Attempt) []byte {
			if a.Response == nil {
				return nil
			}
			return append([]byte{}, a.Response.Body...)
		})),
		id("i", none.CopyID, m.ID),
		id("e", w.CopyID, m.EventID),
		entry("u", w.CopyURL, none.NoAttempt, at(func(_ model.DeliveryView, a *model.Attempt) []byte { return []byte(a.URL) })),
	}
	return widget.NewMenu(d.env, w.Copy, append(append(list, more...), save)...)
}

// richer lets the copying action offer more, as it stands when the key is pressed.
func (d deeds) richer(m model.Delivery, actions []page.Action, more func() []widget.Entry) []page.Action {
	for i := range actions {
		if actions[i].ID == copyID {
			actions[i].Do = func() tea.Cmd { return d.env.Open(d.copyMenu(m, more()...)) }
		}
	}
	return actions
}

// nodeCopies are the copies of what is under the cursor of a body.
func nodeCopies(v *widget.Viewer) []widget.Entry {
	var out []widget.Entry
	for _, c := range []struct {
		key string
		of  func() (string, []byte, bool)
	}{{"p", v.Path}, {"v", v.Value}, {"b", v.Subtree}} {
		if what, data, ok := c.of(); ok {
			out = append(out, widget.Entry{Key: c.key, Label: what, Do: func() tea.Cmd { return page.Copy(what, data) }})
		}
	}
	return out
}

// copies are the copies of the node under the cursor, and of what differs.
func (d *detail) copies() []widget.Entry {
	var out []widget.Entry
	if f := d.front(); f != nil {
		out = nodeCopies(f.viewer)
	}
	return append(out, widget.Entry{Key: "d", Label: d.env.Words.Delivery.CopyDiff, Do: func() tea.Cmd {
		env := *d.env // as it is now: the command runs beside the screen
		compared := newDiff(d.rec.ctx, &env, d.rec.v, d.rec.view, d.shown())
		compared.SetSize(diffColumns, 1)
		compare := compared.Init()
		return func() tea.Msg {
			compared.Update(compare())
			return compared.copy()
		}
	}})
}

// diffColumns is how wide a comparison is that is copied unseen.
const diffColumns = 120
