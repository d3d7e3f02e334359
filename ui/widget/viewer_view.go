package widget

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"hooktop/ui/text"
	"hooktop/ui/theme"
)

// View draws at most the height of SetSize in lines, none wider.
func (v *Viewer) View() string {
	s, th := v.front(), v.env.Theme
	if s == nil || v.width == 0 {
		return ""
	}
	var out []string
	for _, l := range v.heads(s) {
		out = append(out, l.Fit(v.width, th.Sym.Ellipsis).Render())
	}
	if len(s.raw) == 0 {
		out = append(out, Line{{th.Sym.VLine + " ", th.Rule}, {v.env.Words.Trial.EmptyBody, th.Dim}}.Fit(v.width, th.Sym.Ellipsis).Render())
	}
	out = append(out, v.rows(s)...)
	if v.prompt != promptNone {
		for len(out) < v.height-len(v.feet(s)) {
			out = append(out, "")
		}
	}
	for _, l := range v.feet(s) {
		out = append(out, l.Fit(v.width, th.Sym.Ellipsis).Render())
	}
	if v.prompt != promptNone {
		out[len(out)-1] = v.promptLine()
	}
	return Clip(out, v.height)
}

// heads are the lines above a sheet: the expression it comes from.
func (v *Viewer) heads(s *sheet) []Line {
	if s.head == "" {
		return nil
	}
	th := v.env.Theme
	return []Line{{{"jq: ", th.Dim}, {text.Clean(s.head), th.Bold}}}
}

// feet are the lines below it: what came to nothing, and the field or the search.
func (v *Viewer) feet(s *sheet) []Line {
	th, w := v.env.Theme, v.env.Words.Viewer
	var out []Line
	if v.note != "" {
		out = append(out, Say(v.note, th.Bad))
	}
	switch f := &s.find; {
	case v.prompt != promptNone:
		out = append(out, nil)
	case v.jq.stop != nil || f.job.stop != nil:
		out = append(out, Say(w.Working, th.Dim))
	case f.query != "":
		out = append(out, Line{{"/" + text.Clean(f.query) + "  ", th.Dim}, {v.score(f), th.Text}})
	}
	return out
}

// score is which match of how many one is at.
func (v *Viewer) score(f *finder) string {
	if len(f.hits) == 0 {
		return v.env.Words.Viewer.NoMatch
	}
	of := v.env.Words.Number(len(f.hits))
	if f.more {
		of += "+"
	}
	return v.env.Words.Number(f.at+1) + "/" + of
}

// rows draws what is on the screen of a sheet.
func (v *Viewer) rows(s *sheet) []string {
	th := v.env.Theme
	last := min(s.top+s.height, s.marks.rows)
	if s.top >= last {
		return nil
	}
	out := make([]string, 0, last-s.top)
	at := s.marks.spot(s.top)
	now := s.find.now()
	for i := s.top; i < last; i++ {
		p := pencil{raw: s.raw, sym: &th.Sym, width: s.width, draw: true}
		next, _ := s.marks.flow.row(at, &p)
		selected := s.mode == ViewTree && i == s.at && !v.Quiet
		margin := Span{th.Sym.VLine + " ", th.Rule}
		if here := int(now.start); selected || s.mode != ViewTree && now.end > 0 && here >= at.off && here < next.off {
			margin = Span{th.Sym.Cursor + " ", th.Accent}
		}
		l := append(Line{margin}, paint(th, s, p.inks, selected)...)
		out = append(out, text.Cut(l.Render(), v.width))
		at = next
	}
	return out
}

// paint gives the pieces of a row their styles. Matches are underlined, the one one
// is at is reversed: on the selected row, which is reversed, bold.
func paint(th *theme.Theme, s *sheet, inks []ink, selected bool) Line {
	start, end := 0, 0
	for _, k := range inks {
		if k.off >= 0 {
			if end == 0 {
				start = k.off
			}
			start, end = min(start, k.off), max(end, k.end)
		}
	}
	hits, first := s.find.over(start, end)
	type look struct {
		tone     tone
		hit, now bool
	}
	var out Line
	var was look
	var run strings.Builder
	flush := func() {
		if run.Len() > 0 {
			out = append(out, Span{run.String(), styleFor(th, was.tone, selected, was.hit, was.now)})
			run.Reset()
		}
	}
	for _, k := range inks {
		is := look{tone: k.tone}
		for i, h := range hits {
			if k.off >= 0 && int(h.start) < k.end && int(h.end) > k.off {
				is.hit, is.now = true, first+i == s.find.at
			}
		}
		if is != was {
			flush()
			was = is
		}
		run.WriteString(k.text)
	}
	flush()
	return out
}

func styleFor(th *theme.Theme, t tone, selected, hit, now bool) theme.Style {
	st := th.Text
	switch {
	case selected:
		st = th.Selected
	case t == toneKey:
		st = th.JSONKey
	case t == toneString:
		st = th.JSONString
	case t == toneNumber:
		st = th.JSONNumber
	case t == toneDim:
		st = th.Dim
	}
	if hit {
		st = st.Underline()
	}
	if now {
		st = st.Reverse().Bold()
	}
	return st
}

// promptLine is the field with what it is for.
func (v *Viewer) promptLine() string {
	name := v.promptName()
	return ansi.Truncate(v.env.Theme.Key.Render(name)+v.field.View(v.env.Theme, max(v.width-len(name), 3)), v.width, "")
}

func (v *Viewer) promptName() string {
	if v.prompt == promptJQ {
		return "jq "
	}
	return "/ "
}

// Cursor is the place of the real cursor: in the field, or on the selected row.
func (v *Viewer) Cursor() *tea.Cursor {
	s := v.front()
	switch {
	case s == nil || v.width == 0 || v.height == 0:
		return nil
	case v.prompt != promptNone:
		name := v.promptName()
		x := len(name) + v.field.CursorX(max(v.width-len(name), 3))
		return tea.NewCursor(min(x, v.width-1), v.height-1)
	case s.marks.rows == 0 || s.height == 0:
		return nil
	}
	y := len(v.heads(s))
	if s.mode == ViewTree {
		y += s.at - s.top
	}
	return tea.NewCursor(min(2, v.width-1), y)
}

// Mode says how the bytes are shown and where one is: "tree 3/120". Why there is no
// tree is said as well.
func (v *Viewer) Mode() string {
	s, w := v.front(), v.env.Words
	if s == nil || len(s.raw) == 0 {
		return ""
	}
	from := s.at
	if s.mode != ViewTree {
		from = min(s.top+s.height, s.marks.rows) - 1
	}
	of := w.Number(s.marks.rows)
	if !s.marks.done {
		of += "+"
	}
	out := w.Viewer.Modes[s.mode] + " " + w.Number(from+1) + "/" + of
	if why := v.Why(); why != "" && v.wish == ViewTree {
		out += " " + v.env.Theme.Sym.Dot + " " + why
	}
	return out
}

// Why says why there is no tree; "" if there is, or if it is not known yet.
func (v *Viewer) Why() string {
	w := v.env.Words.Viewer
	switch s := v.front(); {
	case s == nil || !s.read || s.outline != nil || len(s.raw) == 0:
		return ""
	case s.why == PlainTooLarge:
		return w.TooLarge
	}
	return w.NotJSON
}
