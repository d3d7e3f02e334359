package hooks

import (
	"strings"

	"hooktop/model"
	"hooktop/ui/text"
	"hooktop/ui/theme"
	"hooktop/ui/widget"
)

// wrapLines is widget.Wrap as lines in one style, behind an indent.
func wrapLines(s string, width, indent int, l widget.Line) []widget.Line {
	var out []widget.Line
	blank := strings.Repeat(" ", indent)
	for i, part := range widget.Wrap(s, width-max(indent, l.Width())) {
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
	head := widget.Line{{Text: label + strings.Repeat(" ", max(labels-text.Width(label), 0)) + " ", Style: th.Dim}}
	if width-head.Width() < 12 { // too narrow for two columns
		out := []widget.Line{widget.Say(label, th.Dim)}
		return append(out, wrapLines(value, width, 2, nil)...)
	}
	return wrapLines(value, width, head.Width(), head)
}

// certificate says until when the receiver's certificate holds; "" for plain HTTP.
func (p pen) certificate(v *model.Verification) string {
	if v == nil || v.TLSExpiry.IsZero() {
		return ""
	}
	days := int(v.TLSExpiry.Sub(p.env.Now()).Hours() / 24)
	return p.env.Words.Hooks.Detail.DaysLeft(p.day(v.TLSExpiry), days)
}
