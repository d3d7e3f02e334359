package deliveries

import (
	"bytes"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/widget"
)

// copyMenu offers what can be copied of a delivery. The payload is the exact bytes;
// Authorization is its mask in headers and a variable in curl. What the list does
// not hold is read when it is chosen.
func (d deeds) copyMenu(m model.Delivery) page.Dialog {
	w, none := d.env.Words.Trial, d.env.Words.Deliveries
	entry := func(key, label, absent string, of func(model.DeliveryView) []byte) widget.Entry {
		return widget.Entry{Key: key, Label: label, Do: func() tea.Cmd {
			return func() tea.Msg {
				v, err := d.v.Delivery(d.ctx, m.ID)
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
		entry("c", w.CopyCurl, none.NoAttempt, at(func(v model.DeliveryView, a *model.Attempt) []byte { return curl(*a, v.Event.Body) })),
		entry("h", w.CopyHeaders, none.NoAttempt, at(func(_ model.DeliveryView, a *model.Attempt) []byte { return headerBytes(a.Request) })),
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

// argLimit is what fits into one argument of a command with room to spare (Linux:
// 128 KiB, MAX_ARG_STRLEN).
const argLimit = 100 << 10

// curl is a command for a POSIX shell that sends the same bytes to the same URL. It
// reads Authorization from $WEBHOOK_AUTH. The signature is left out: it is bound to
// its time.
func curl(a model.Attempt, body []byte) []byte {
	var b strings.Builder
	data := "--data-binary " + quote(body)
	if len(body) > argLimit {
		b.WriteString("printf %s " + quote(body) + " | ")
		data = "--data-binary @-"
	}
	b.WriteString("curl -g -X POST " + quote([]byte(a.URL)))
	for _, h := range a.Request {
		if own(h.Name) {
			continue
		}
		line := h.Name + ": " + h.Value
		if h.Value == "" {
			line = h.Name + ";" // curl's way to send a header without a value
		}
		b.WriteString(" \\\n  -H " + quote([]byte(line)))
	}
	if model.HeaderValue(a.Request, "Authorization") != "" {
		b.WriteString(" \\\n  -H \"Authorization: $WEBHOOK_AUTH\"")
	}
	b.WriteString(" \\\n  " + data + "\n")
	return []byte(b.String())
}

// own are headers that curl sets itself, or that are only true for the one request
// they were made for.
func own(name string) bool {
	switch strings.ToLower(name) {
	case "host", "content-length", "accept-encoding", "connection", "authorization", "webhook-signature", "webhook-timestamp":
		return true
	}
	return false
}

// quote is s as one word of a POSIX shell.
func quote(s []byte) string {
	return "'" + string(bytes.ReplaceAll(s, []byte("'"), []byte(`'\''`))) + "'"
}
