package deliveries

import (
	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/widget"
)

// copyMenu offers what can be copied of a delivery. The payload is the exact bytes;
// keys are their masks in headers and variables in curl. What the list does not hold
// is read when it is chosen.
func (d deeds) copyMenu(m model.Delivery) page.Dialog {
	w, none := d.env.Words.Trial, d.env.Words.Deliveries
	entry := func(key, label, absent string, of func(model.DeliveryView) []byte) widget.Entry {
		return widget.Entry{Key: key, Label: label, Do: func() tea.Cmd {
			return func() tea.Msg {
				v, err := d.v.shown(d.ctx, m.ID)
				if err != nil {
					return page.ToastMsg{Kind: page.ToastError, Text: d.env.Words.Fault(err).String()}
				}
				if data := of(v); data != nil {
					return page.CopyMsg{What: label, Data: data}
				}
				return page.ToastMsg{Kind: page.ToastWarn, Text: absent}
			}
		}}
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
	return widget.NewMenu(d.env, w.Copy,
		entry("j", w.CopyJSON, none.Lost, func(v model.DeliveryView) []byte { return v.Event.Body }),
		entry("c", w.CopyCurl, none.NoAttempt, at(func(v model.DeliveryView, a *model.Attempt) []byte { return []byte(d.env.Words.Curl(*a, v.Event.Body)) })),
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
	)
}
