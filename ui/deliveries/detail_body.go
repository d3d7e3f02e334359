package deliveries

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// half is one half of an attempt, the request or the response: headers, folded to one
// line until they are asked for, and the body in its viewer.
type half struct {
	env     *page.Env
	list    []model.Header
	headers *widget.Body
	viewer  *widget.Viewer
	open    bool // the headers are unfolded
	width   int
	height  int
}

func newHalf(env *page.Env) *half {
	h := &half{env: env, headers: widget.NewBody(widget.BodyExact), viewer: widget.NewViewer(env)}
	h.headers.Frame = true
	return h
}

// set shows headers and a body; key says what they are, so that the place in the same
// ones is kept.
func (h *half) set(key string, headers []model.Header, body []byte) tea.Cmd {
	h.list = headers
	cmd := tea.Batch(h.headers.SetBytes(widget.HeaderBytes(headers)), h.viewer.Set(key, body))
	h.lay()
	return cmd
}

func (h *half) Update(msg tea.Msg) tea.Cmd {
	return tea.Batch(h.headers.Update(msg), h.viewer.Update(msg))
}

func (h *half) setSize(width, height int) {
	h.width, h.height = width, height
	h.lay()
}

// lay gives the headers what they need: a line, or half of the room when unfolded.
func (h *half) lay() {
	heads := 0
	switch {
	case len(h.list) == 0 || h.height < 4:
	case h.open:
		h.headers.SetSize(h.width, 0)
		_, _, rows := h.headers.Span()
		heads = min(rows, h.height/2) + 1
	default:
		heads = 1
	}
	h.headers.SetSize(h.width, max(heads-1, 0))
	h.viewer.SetSize(h.width, max(h.height-heads, 0))
}

// fold unfolds the headers, or folds them.
func (h *half) fold() tea.Cmd {
	h.open = !h.open
	h.lay()
	return h.Update(nil)
}

// view draws both.
func (h *half) view() []string {
	th := h.env.Theme
	var out []string
	switch {
	case len(h.list) == 0 || h.height < 4:
	case h.open:
		out = append(strings.Split(h.headers.View(th), "\n"), th.Rule.Render(th.Sym.VLine+strings.Repeat(th.Sym.HLine, 8)))
	default:
		out = append(out, h.folded().Render())
	}
	return append(out, strings.Split(h.viewer.View(), "\n")...)
}

// folded is all headers on one line: how many, and the telling ones.
func (h *half) folded() widget.Line {
	th := h.env.Theme
	line := widget.Line{{Text: th.Sym.VLine + " ", Style: th.Rule}, {Text: th.Sym.Closed + " " + h.env.Words.Delivery.MoreHeaders(len(h.list)), Style: th.Dim}}
	for _, name := range []string{"Authorization", "Retry-After", "Location", "webhook-id", "Content-Type"} {
		lead := widget.Span{Text: "  " + name + ": ", Style: th.Dim}
		if line.Width()+len(lead.Text) >= h.width { // values may be cut, names may not
			break
		}
		if v := model.HeaderValue(h.list, name); v != "" {
			line = append(line, lead, widget.Span{Text: text.Clean(v), Style: th.Text})
		}
	}
	return line.Fit(h.width, th.Sym.Ellipsis)
}

// cursor is where the real cursor belongs, below the headers.
func (h *half) cursor() *tea.Cursor {
	c := h.viewer.Cursor()
	if c != nil {
		c.Y += h.above()
	}
	return c
}

// above is how many lines the headers take.
func (h *half) above() int {
	switch {
	case len(h.list) == 0 || h.height < 4:
		return 0
	case !h.open:
		return 1
	}
	return strings.Count(h.headers.View(h.env.Theme), "\n") + 2
}

// click selects a row of the tree, or unfolds the headers.
func (h *half) click(x, y int, again bool) tea.Cmd {
	if y < h.above() {
		return h.fold()
	}
	return h.viewer.Click(x, y-h.above(), again)
}
