package deliveries

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// exchange is one half of an attempt, the request or the response: headers and a
// body, all of it someone else's text in a marked frame.
type exchange struct {
	env           *page.Env
	key           string // what is shown, so that the place in it is kept
	headers, body *widget.Body
}

func newExchange(env *page.Env, mode widget.BodyMode) *exchange {
	e := &exchange{env: env, headers: widget.NewBody(widget.BodyExact), body: widget.NewBody(mode)}
	e.headers.Frame, e.body.Frame = true, true
	return e
}

// set shows headers and a body. The same key again changes nothing.
func (e *exchange) set(key string, headers []model.Header, body []byte) tea.Cmd {
	if key == e.key {
		return nil
	}
	e.key = key
	return tea.Batch(e.headers.SetBytes(headerBytes(headers)), e.body.SetBytes(body))
}

// headerBytes are header lines, to be shown or copied. Each is cleaned here, so that
// none can begin a line of its own.
func headerBytes(headers []model.Header) []byte {
	var b strings.Builder
	for _, h := range headers {
		b.WriteString(text.Clean(h.Name) + ": " + text.Clean(h.Value) + "\n")
	}
	return []byte(b.String())
}

func (e *exchange) Update(msg tea.Msg) tea.Cmd {
	return tea.Batch(e.headers.Update(msg), e.body.Update(msg))
}

// SetSize shares the height: a third at most for the headers, and none of it where
// there is hardly room for the body.
func (e *exchange) SetSize(width, height int) {
	e.headers.SetSize(width, 0)
	_, _, rows := e.headers.Span()
	heads, rest := 0, height
	if height > 5 && len(e.headers.Bytes()) > 0 {
		heads = min(rows, height/3)
		rest = height - heads - 1
	}
	e.headers.SetSize(width, heads)
	e.body.SetSize(width, max(rest, 0))
}

func (e *exchange) lines() []string {
	th := e.env.Theme
	var out []string
	if h := e.headers.View(th); h != "" {
		out = append(strings.Split(h, "\n"), th.Rule.Render(th.Sym.VLine+strings.Repeat(th.Sym.HLine, 8)))
	}
	if len(e.body.Bytes()) == 0 {
		return append(out, th.Rule.Render(th.Sym.VLine)+" "+th.Dim.Render(e.env.Words.Trial.EmptyBody))
	}
	return append(out, strings.Split(e.body.View(th), "\n")...)
}

// about is where one is in a body longer than the screen, and why it is not
// indented; "" when there is nothing to say.
func (e *exchange) about() string {
	w := e.env.Words.Trial
	switch e.body.Why() {
	case widget.PlainTooLarge:
		return w.NotIndented[0]
	case widget.PlainTooDeep:
		return w.NotIndented[1]
	}
	if first, last, total := e.body.Span(); last-first+1 < total {
		return w.Span(first, last, total)
	}
	return ""
}

// reformat changes between indented JSON and the exact bytes.
func (e *exchange) reformat() tea.Cmd {
	if e.body.Mode() == widget.BodyExact {
		return e.body.SetMode(widget.BodyPretty)
	}
	return e.body.SetMode(widget.BodyExact)
}

// answered is a response in short: status, type, and how much of it is kept.
func answered(w *text.Words, r *model.Response) []string {
	parts := []string{text.Clean(r.Proto), w.Size(int64(len(r.Body)))}
	if r.Truncated {
		parts[1] = w.Deliveries.BytesRead(w.Size(int64(len(r.Body))), w.Size(r.BodyRead))
	}
	if t := r.Get("Content-Type"); t != "" {
		parts = append(parts, text.Clean(t))
	}
	if parts[0] == "" {
		parts = parts[1:]
	}
	return parts
}
