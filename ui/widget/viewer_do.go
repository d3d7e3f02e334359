package widget

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/text"
)

// jqMsg is what an expression yields.
type jqMsg struct {
	v    *Viewer
	id   int
	expr string
	out  []byte
	n    int
	err  error
}

// Show changes the way of showing, if the bytes can be shown so.
func (v *Viewer) Show(m ViewMode) tea.Cmd {
	s := v.front()
	if s == nil || !s.can(m) {
		return nil
	}
	v.wish = m
	s.show(m)
	return v.work()
}

// Cycle shows the bytes in the next way they can be shown.
func (v *Viewer) Cycle() tea.Cmd {
	s := v.front()
	if s == nil {
		return nil
	}
	m := (s.mode + 1) % viewModes
	for !s.can(m) {
		m = (m + 1) % viewModes
	}
	return v.Show(m)
}

// Typing reports that the field of a search or an expression has the focus.
func (v *Viewer) Typing() bool { return v.prompt != promptNone }

// Find opens the field for a text to search.
func (v *Viewer) Find() tea.Cmd {
	if v.body == nil {
		return nil
	}
	return v.ask(promptFind, v.front().find.query)
}

// JQ opens the field for an expression.
func (v *Viewer) JQ() tea.Cmd {
	was := ""
	if v.body == nil || v.body.outline == nil {
		return nil
	}
	if v.result != nil {
		was = v.result.head
	}
	return v.ask(promptJQ, was)
}

func (v *Viewer) ask(p prompt, was string) tea.Cmd {
	v.prompt, v.note = p, ""
	v.field.SetValue(was)
	v.field.Focus()
	v.lay()
	return v.work()
}

func (v *Viewer) closePrompt() {
	v.prompt = promptNone
	v.field.Blur()
	v.lay()
}

// apply takes what was typed.
func (v *Viewer) apply() tea.Cmd {
	p, value := v.prompt, v.field.Value()
	v.note = ""
	v.closePrompt()
	if p == promptJQ {
		if value == "" {
			return v.work()
		}
		return v.run(value)
	}
	return v.search(value)
}

// search looks for a text from the place one is at on. No text ends the search.
func (v *Viewer) search(query string) tea.Cmd {
	s := v.front()
	s.find.job.cancel()
	s.find = finder{query: query, job: s.find.job}
	if query == "" {
		v.lay()
		return v.work()
	}
	ctx, id := s.find.job.start()
	raw := s.raw
	look := func() tea.Msg {
		hits, more := findAll(ctx, raw, query)
		return foundMsg{s, id, hits, more}
	}
	if len(raw) <= syncBytes {
		return v.Update(look())
	}
	v.lay()
	return tea.Batch(v.work(), look)
}

func (v *Viewer) found(s *sheet, hits []hit, more bool) {
	from := s.place()
	s.find.hits, s.find.more = hits, more
	v.lay()
	if len(hits) > 0 {
		s.find.first(from)
		s.reveal(int(s.find.now().start))
	}
}

// match goes n matches on.
func (v *Viewer) match(n int) tea.Cmd {
	s := v.front()
	if len(s.find.hits) > 0 {
		s.find.step(n)
		s.reveal(int(s.find.now().start))
	}
	return v.work()
}

// run runs an expression on the body.
func (v *Viewer) run(expr string) tea.Cmd {
	ctx, id := v.jq.start()
	raw := v.body.raw
	v.lay()
	return tea.Batch(v.work(), func() tea.Msg {
		out, n, err := runJQ(ctx, expr, raw)
		return jqMsg{v, id, expr, out, n, err}
	})
}

// answered shows what an expression yields, or opens the field again with what is
// wrong.
func (v *Viewer) answered(m jqMsg) tea.Cmd {
	w := v.env.Words.Viewer
	switch {
	case errors.Is(m.err, errJQTime):
		v.note = w.JQTime(v.env.Words.Duration(jqTime))
	case errors.Is(m.err, errJQSize):
		v.note = w.JQSize(v.env.Words.Size(jqSize))
	case m.err != nil:
		v.note = w.JQBad(text.Clean(m.err.Error()))
	default:
		v.result = v.sheet(m.out)
		v.result.head, v.result.many = m.expr, m.n > 1
		return v.open(v.result)
	}
	note := v.note
	cmd := v.ask(promptJQ, m.expr)
	v.note = note
	v.lay()
	return cmd
}

// back undoes one thing: the field, what runs, the search, the result of jq.
func (v *Viewer) back() tea.Cmd {
	s := v.front()
	switch {
	case v.prompt != promptNone:
		v.note = ""
		v.closePrompt()
	case v.Cancel():
	case s.find.query != "":
		s.find = finder{job: s.find.job}
	default:
		v.result = nil
	}
	v.lay()
	return v.work()
}

// deep reports that back has something to undo.
func (v *Viewer) deep() bool {
	s := v.front()
	return v.prompt != promptNone || v.result != nil || v.jq.stop != nil || s.find.query != ""
}

// Click selects the row of the tree at y; again, or on its mark, folds or unfolds it.
func (v *Viewer) Click(x, y int, again bool) tea.Cmd {
	s := v.front()
	if s == nil || v.Typing() || s.mode != ViewTree {
		return nil
	}
	row := s.top + y - len(v.heads(s))
	if row < s.top || row >= min(s.top+s.height, s.marks.rows) {
		return nil
	}
	at := s.marks.spot(row)
	mark := 2 + min(2*at.depth, s.width/2)
	s.move(row - s.at)
	if again || x >= mark && x < mark+2 && !at.mid {
		s.toggle()
	}
	return v.work()
}

// Wheel goes n rows down.
func (v *Viewer) Wheel(n int) tea.Cmd {
	if s := v.front(); s != nil {
		s.move(n)
	}
	return v.work()
}
