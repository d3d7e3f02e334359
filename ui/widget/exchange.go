package widget

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
)

// Exchange is one half of an attempt, the request or the response: headers and a
// body, all of it someone else's text in a marked frame.
type Exchange struct {
	env           *page.Env
	key           string // what is shown, so that the place in it is kept
	headers, body *Body
}

// NewExchange makes one whose body is shown in that mode.
func NewExchange(env *page.Env, mode BodyMode) *Exchange {
	e := &Exchange{env: env, headers: NewBody(BodyExact), body: NewBody(mode)}
	e.headers.Frame, e.body.Frame = true, true
	return e
}

// Set shows headers and a body. The same key again changes nothing.
func (e *Exchange) Set(key string, headers []model.Header, body []byte) tea.Cmd {
	if key == e.key {
		return nil
	}
	e.key = key
	return tea.Batch(e.headers.SetBytes(HeaderBytes(headers)), e.body.SetBytes(body))
}

// HeaderBytes are header lines, to be shown or copied. Each is cleaned here, so that
// none can begin a line of its own.
func HeaderBytes(headers []model.Header) []byte {
	var b strings.Builder
	for _, h := range headers {
		b.WriteString(text.Clean(h.Name) + ": " + text.Clean(h.Value) + "\n")
	}
	return []byte(b.String())
}

// Update passes finished layouts on.
func (e *Exchange) Update(msg tea.Msg) tea.Cmd {
	return tea.Batch(e.headers.Update(msg), e.body.Update(msg))
}

// SetSize shares the height: a third at most for the headers, and none of it where
// there is hardly room for the body.
func (e *Exchange) SetSize(width, height int) {
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

// Lines are the headers, a rule, and the body.
func (e *Exchange) Lines() []string {
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

// Body is the part that scrolls.
func (e *Exchange) Body() *Body { return e.body }

// About is where one is in a body longer than the screen, and why it is not
// indented; "" when there is nothing to say.
func (e *Exchange) About() string {
	w := e.env.Words.Trial
	switch e.body.Why() {
	case PlainTooLarge:
		return w.NotIndented[0]
	case PlainTooDeep:
		return w.NotIndented[1]
	}
	if first, last, total := e.body.Span(); last-first+1 < total {
		return w.Span(first, last, total)
	}
	return ""
}

// Reformat changes between indented JSON and the exact bytes.
func (e *Exchange) Reformat() tea.Cmd {
	if e.body.Mode() == BodyExact {
		return e.body.SetMode(BodyPretty)
	}
	return e.body.SetMode(BodyExact)
}
