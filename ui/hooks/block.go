package hooks

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/theme"
	"hooktop/ui/widget"
)

// wrap breaks clean text into lines of at most width columns, within a word only
// if the word alone is wider.
func wrap(s string, width int) []string {
	return strings.Split(ansi.Wrap(s, max(width, 1), ""), "\n")
}

// wrapLines is wrap as lines in one style, behind an indent.
func wrapLines(s string, width, indent int, l widget.Line) []widget.Line {
	var out []widget.Line
	blank := strings.Repeat(" ", indent)
	for i, part := range wrap(s, width-max(indent, l.Width())) {
		head := widget.Line{{Text: blank}}
		if i == 0 && l != nil {
			head = l
		}
		out = append(out, append(head[:len(head):len(head)], widget.Span{Text: part}))
	}
	return out
}

// fact is a label of a fixed width and its value, which goes on below the value.
func fact(th *theme.Theme, label, value string, labels, width int) []widget.Line {
	head := widget.Line{{Text: label + strings.Repeat(" ", max(labels-ansi.StringWidth(label), 0)) + " ", Style: th.Dim}}
	if width-head.Width() < 12 { // too narrow for two columns
		out := []widget.Line{widget.Say(label, th.Dim)}
		return append(out, wrapLines(value, width, 2, nil)...)
	}
	return wrapLines(value, width, head.Width(), head)
}

// beside puts the right block next to the left one, a rule between them.
func beside(left, right string, leftWidth, height int, th *theme.Theme) string {
	l, r := strings.Split(left, "\n"), strings.Split(right, "\n")
	rule := " " + th.Rule.Render(th.Sym.VLine) + " "
	out := make([]string, height)
	for i := range out {
		var a, b string
		if i < len(l) {
			a = l[i]
		}
		if i < len(r) {
			b = r[i]
		}
		a = ansi.Truncate(a, leftWidth, "")
		out[i] = a + strings.Repeat(" ", leftWidth-ansi.StringWidth(a)) + rule + b
	}
	return strings.Join(out, "\n")
}

// problem says what happened and what helps, with the keys; the raw cause on request.
func problem(env *page.Env, m text.Message, err error, cause bool, width int) []string {
	th, w := env.Theme, env.Words.Hooks
	var out []string
	add := func(s string, style theme.Style) {
		for _, l := range wrap(s, width-2) {
			out = append(out, " "+style.Render(l))
		}
	}
	add(th.Sym.Fail+" "+m.What, th.Bad)
	add(m.Cure, th.Text)
	out = append(out, "", " "+th.Key.Render("r")+" "+w.Do.Reload.Label+"   "+th.Key.Render("enter")+" "+w.Do.Cause.Label)
	if cause && err != nil {
		out = append(out, "")
		add(w.Why+": "+text.Clean(err.Error()), th.Dim)
	}
	return out
}

// clip cuts a block to height lines.
func clip(lines []string, height int) string {
	return strings.Join(lines[:min(len(lines), max(height, 0))], "\n")
}

// certificate says until when the receiver's certificate holds; "" for plain HTTP.
func (p pen) certificate(v *model.Verification) string {
	if v == nil || v.TLSExpiry.IsZero() {
		return ""
	}
	days := int(v.TLSExpiry.Sub(p.env.Now()).Hours() / 24)
	return p.env.Words.Hooks.Detail.DaysLeft(p.day(v.TLSExpiry), days)
}
