package deliveries

import (
	"strings"

	"hooktop/model"
	"hooktop/ui/compare"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// changes are a webhook's changes: when and what, each field with its old and its new
// value. Secrets are masks already.
func (p pen) changes(list []model.Change, width int) []widget.Line {
	th, w := p.env.Theme, p.env.Words
	var out []widget.Line
	for _, c := range list {
		head := widget.Line{{Text: "  " + p.clock(c.At) + "  ", Style: th.Text}, {Text: w.ChangeKind(c.Kind), Style: th.Bold},
			{Text: "  " + w.Ago(c.At, p.env.Now()) + " " + th.Sym.Dot + " " + p.revision(c.Revision), Style: th.Dim}}
		out = append(out, head.Fit(width, th.Sym.Ellipsis))
		if why := w.ChangeReason(c); why != "" {
			out = append(out, lines(why, "    ", width, th.Text)...)
		}
		for _, f := range c.Fields {
			said := w.Field(f.Field) + ": " + p.value(f.Before) + " " + p.arrow() + " " + p.value(f.After)
			out = append(out, lines(said, "    ", width, th.Text)...)
		}
	}
	return out
}

// lately is what has changed on the webhook since the delivery should have gone well:
// since its last success, or since the delivery was made.
func (p pen) lately(v model.DeliveryView, around around, width int) []widget.Line {
	th, w := p.env.Theme, p.env.Words.Delivery
	from, words := v.CreatedAt, w.SinceCreation
	if a := last(around.success); a != nil {
		from, words = a.StartedAt, w.SinceSuccess
	}
	title := w.Changes + " " + words(p.env.Words.Ago(from, p.env.Now()))
	out := boldLines(title, width, th.Bold)
	if a := last(v); a != nil && a.Revision > 0 {
		said := w.MadeWith(a.Revision)
		if around.hook.Revision > a.Revision {
			said += " " + w.NowAt(around.hook.Revision)
		}
		out = append(out, lines(said, "  ", width, th.Text)...)
	}
	list := compare.Since(around.changes, from)
	if len(list) == 0 {
		return append(out, lines(w.NoChanges, "  ", width, th.Dim)...)
	}
	return append(out, p.changes(list, width)...)
}

func (p pen) arrow() string {
	if p.env.Theme.ASCII {
		return "->"
	}
	return "→"
}

// value is an old or new value of a field, in one short line.
func (p pen) value(s string) string {
	if s == "" {
		return p.env.Words.Delivery.None
	}
	return text.Clean(clipped(strings.TrimSpace(s), 400, p.env.Theme.Sym.Ellipsis))
}
