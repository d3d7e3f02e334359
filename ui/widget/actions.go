package widget

import (
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
	"hooktop/ui/text"
)

// Entries are the actions that can run now as lines of a menu: each with its key, if
// it has one, and said once, in its longest words.
func Entries(env *page.Env, actions []page.Action) []Entry {
	var out []Entry
	for _, a := range actions {
		if a.Off || a.Writes && env.ReadOnly {
			continue
		}
		e := Entry{Label: Sentence(a.Help), Do: a.Do}
		if a.Help == "" {
			e.Label = Sentence(a.Label)
		}
		if len(a.Keys) > 0 {
			e.Key = a.Keys[0]
		}
		out = append(out, e)
	}
	return out
}

// Sentence begins with a capital.
func Sentence(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// Moves are the movements that lists and pages to read share; by wraps each.
func Moves(words *text.Words, r *Rows, by func(func()) tea.Cmd) []page.Action {
	w := words.Hooks.Do
	does := func(f func()) func() tea.Cmd { return func() tea.Cmd { return by(f) } }
	return []page.Action{
		page.Act("move.up", w.Up, does(func() { r.Move(-1) }), "up", "k"),
		page.Act("move.down", w.Down, does(func() { r.Move(1) }), "down", "j"),
		page.Act("move.pageup", w.PageUp, does(func() { r.Page(-1) }), "pgup"),
		page.Act("move.pagedown", w.PageDown, does(func() { r.Page(1) }), "pgdown"),
		page.Act("move.halfup", w.HalfUp, does(func() { r.Half(-1) }), "ctrl+u"),
		page.Act("move.halfdown", w.HalfDown, does(func() { r.Half(1) }), "ctrl+d"),
	}
}
