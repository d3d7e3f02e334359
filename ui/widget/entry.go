package widget

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/theme"
)

// Entry is one line of a menu. Label and Note must be clean.
type Entry struct {
	Key   string // Bubble Tea's name of the key; empty: chosen by enter only
	Label string
	Note  string // dimmed, after the label
	Head  bool   // a heading, never chosen
	Off   bool   // listed, never chosen
	Do    func() tea.Cmd
}

func (e Entry) choosable() bool { return !e.Head && !e.Off && e.Do != nil }

// entries is a list of entries with one selected, shared by menus of every kind.
type entries struct {
	list []Entry
	sel  int
}

// set replaces the list and selects its first entry that can be chosen.
func (e *entries) set(list []Entry) {
	e.list, e.sel = list, 0
	if len(list) > 0 && list[0].Head {
		e.move(1)
	}
}

// move goes n entries down, past headings, and stays within the list.
func (e *entries) move(n int) {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for at := e.sel + step; n > 0 && at >= 0 && at < len(e.list); at += step {
		if !e.list[at].Head {
			e.sel = at
			n--
		}
	}
}

func (e *entries) current() *Entry {
	if e.sel >= len(e.list) || e.list[e.sel].Head {
		return nil
	}
	return &e.list[e.sel]
}

// scroll moves with the keys every menu has and reports whether k was one.
func (e *entries) scroll(k string) bool {
	switch k {
	case "up":
		e.move(-1)
	case "down":
		e.move(1)
	case "pgup":
		e.move(-8)
	case "pgdown":
		e.move(8)
	case "home":
		e.move(-len(e.list))
	case "end":
		e.move(len(e.list))
	default:
		return false
	}
	return true
}

// row is one line on the screen and the entry it belongs to.
type row struct {
	line  Line
	entry int
}

// rows lays the entries out in width columns; what does not fit goes on below.
func (e *entries) rows(env *page.Env, width int) []row {
	th := env.Theme
	keys := e.keyWidth(env)
	indent := 2
	if keys > 0 {
		indent += keys + 2
	}
	var out []row
	for i, en := range e.list {
		mark := "  "
		if i == e.sel {
			mark = th.Sym.Cursor + " "
		}
		if en.Head {
			out = append(out, row{Line{{Text: en.Label, Style: th.Bold}}, i})
			continue
		}
		first := Line{{Text: mark, Style: th.Text}}
		if keys > 0 {
			name := env.Words.Shell.KeyName(en.Key)
			first = append(first, Span{Text: name + strings.Repeat(" ", keys-text.Width(name)+2), Style: th.Key})
		}
		for n, part := range en.wrap(th, width-indent) {
			if n > 0 {
				first = Line{{Text: strings.Repeat(" ", indent), Style: th.Text}}
			}
			out = append(out, row{append(first[:len(first):len(first)], part...), i})
		}
	}
	return out
}

// wrap is the label and the note in lines of at most width columns.
func (en Entry) wrap(th *theme.Theme, width int) []Line {
	style := th.Text
	if en.Off {
		style = th.Dim
	}
	width = max(width, 8)
	var out []Line
	for l := range strings.SplitSeq(ansi.Wrap(en.Label, width, ""), "\n") {
		out = append(out, Say(l, style))
	}
	if en.Note == "" {
		return out
	}
	last := len(out) - 1
	if out[last].Width()+2+text.Width(en.Note) <= width {
		out[last] = append(out[last], Span{Text: "  " + en.Note, Style: th.Dim})
		return out
	}
	for l := range strings.SplitSeq(ansi.Wrap(en.Note, width, ""), "\n") {
		out = append(out, Say(l, th.Dim))
	}
	return out
}

func (e *entries) keyWidth(env *page.Env) int {
	w := 0
	for _, en := range e.list {
		w = max(w, text.Width(env.Words.Shell.KeyName(en.Key)))
	}
	return w
}

// natural is the width the entries would like.
func (e *entries) natural(env *page.Env) int {
	w := 0
	for _, en := range e.list {
		n := text.Width(en.Label)
		if en.Note != "" {
			n += 2 + text.Width(en.Note)
		}
		w = max(w, n)
	}
	if k := e.keyWidth(env); k > 0 {
		w += k + 2
	}
	return w + 2
}

// window is what is drawn in the given height around the selected entry, and on
// which of the lines that entry starts.
func (e *entries) window(env *page.Env, width, height int) (shown []row, at int) {
	all := e.rows(env, width)
	for i, r := range all {
		if r.entry == e.sel {
			at = i
			break
		}
	}
	top := min(max(at-height/2, 0), max(len(all)-height, 0))
	return all[top:min(top+height, len(all))], at - top
}

// draw gives the lines of the window, and on which of them the selected entry starts.
func (e *entries) draw(env *page.Env, width, height int) (lines []string, at int) {
	shown, at := e.window(env, width, height)
	for _, r := range shown {
		l := r.line.Fit(width, env.Theme.Sym.Ellipsis)
		if r.entry == e.sel && !e.list[r.entry].Head {
			lines = append(lines, env.Theme.Selected.Render(l.Pad(width).Plain()))
			continue
		}
		lines = append(lines, l.Render())
	}
	return lines, at
}

// hit is the entry on line y of the window; false: none that can be selected.
func (e *entries) hit(env *page.Env, width, height, y int) (int, bool) {
	shown, _ := e.window(env, width, height)
	if y < 0 || y >= len(shown) || e.list[shown[y].entry].Head {
		return 0, false
	}
	return shown[y].entry, true
}

// turn moves with the wheel.
func (e *entries) turn(b tea.MouseButton) {
	switch b {
	case tea.MouseWheelUp:
		e.move(-1)
	case tea.MouseWheelDown:
		e.move(1)
	}
}
