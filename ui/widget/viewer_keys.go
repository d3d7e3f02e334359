package widget

import (
	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
	"hooktop/ui/text"
)

// Actions are all that can be done now: movements, folding, views, search, jq and
// copying. While a field has the focus only its own are left.
func (v *Viewer) Actions() []page.Action {
	s, w := v.front(), v.env.Words.Viewer.Do
	if s == nil {
		return nil
	}
	if v.Typing() {
		apply, stop := w.Search, w.Leave
		if v.prompt == promptJQ {
			apply = w.Run
		}
		return []page.Action{
			foot(page.Act("view.apply", apply, v.apply, "enter")),
			foot(page.Act("view.back", stop, v.back, "esc")),
		}
	}
	hits := len(s.find.hits) > 0
	out := []page.Action{
		foot(page.Act("view.find", w.Find, v.Find, "/")),
		when(hits, page.Act("view.nextmatch", w.Next, func() tea.Cmd { return v.match(1) }, "n")),
		when(hits, page.Act("view.prevmatch", w.Prev, func() tea.Cmd { return v.match(-1) }, "N")),
		foot(page.Act("view.cycle", w.Cycle, v.Cycle, "v")),
		when(v.body.outline != nil, page.Act("view.jq", w.JQ, v.JQ, "=")),
		when(v.deep(), page.Act("view.back", w.Back, v.back, "esc")),
	}
	for m, words := range [viewModes]text.Act{w.Tree, w.Pretty, w.Raw, w.Hex} {
		id := [viewModes]string{"view.tree", "view.pretty", "view.raw", "view.hex"}[m]
		out = append(out, when(s.can(ViewMode(m)), page.Act(id, words, func() tea.Cmd { return v.Show(ViewMode(m)) })))
	}
	return append(append(out, v.treeActions(s)...), v.moves(s)...)
}

// treeActions fold, unfold and copy what the cursor is on.
func (v *Viewer) treeActions(s *sheet) []page.Action {
	w := v.env.Words.Viewer.Do
	does := func(f func()) func() tea.Cmd {
		return func() tea.Cmd { f(); return v.work() }
	}
	_, _, _, can := s.turnable()
	tree := s.mode == ViewTree && s.marks.rows > 0
	out := []page.Action{
		when(can, page.Act("view.toggle", w.Toggle, does(s.toggle), "enter")),
		when(tree, page.Act("view.unfold", w.Unfold, does(s.unfold), "right", "l")),
		when(tree, page.Act("view.fold", w.Fold, does(s.fold), "left", "h")),
		when(tree, page.Act("view.foldall", w.FoldAll, does(func() { s.foldTo(1) }), "-")),
		when(tree, page.Act("view.unfoldall", w.UnfoldAll, does(func() { s.foldTo(allOpen) }), "+")),
	}
	for _, c := range []struct {
		id    string
		words text.Act
		of    func() (string, []byte, bool)
		can   bool
	}{
		{"view.copyvalue", w.CopyValue, v.Value, tree},
		{"view.copypath", w.CopyPath, v.Path, tree && !s.many},
		{"view.copysubtree", w.CopySubtree, v.Subtree, tree},
	} {
		out = append(out, when(c.can, page.Act(c.id, c.words, func() tea.Cmd {
			what, data, ok := c.of()
			if !ok {
				return nil
			}
			return page.Copy(what, data)
		})))
	}
	return out
}

// moves go through the rows.
func (v *Viewer) moves(s *sheet) []page.Action {
	w := v.env.Words.Hooks.Do
	by := func(n int) func() tea.Cmd {
		return func() tea.Cmd { s.move(n); return v.work() }
	}
	screen, half := max(s.height-1, 1), max(s.height/2, 1)
	return []page.Action{
		page.Act("move.up", w.Up, by(-1), "up", "k"),
		page.Act("move.down", w.Down, by(1), "down", "j"),
		page.Act("move.pageup", w.PageUp, by(-screen), "pgup"),
		page.Act("move.pagedown", w.PageDown, by(screen), "pgdown"),
		page.Act("move.halfup", w.HalfUp, by(-half), "ctrl+u"),
		page.Act("move.halfdown", w.HalfDown, by(half), "ctrl+d"),
		page.Act("move.home", w.Home, func() tea.Cmd { s.move(-s.marks.rows); return v.work() }, "g", "home"),
		page.Act("move.end", w.End, func() tea.Cmd { s.end(); return v.work() }, "G", "end"),
	}
}

func foot(a page.Action) page.Action {
	a.Foot = true
	return a
}

// when takes an action away unless it is possible now.
func when(possible bool, a page.Action) page.Action {
	a.Off = !possible
	return a
}
