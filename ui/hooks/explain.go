package hooks

import (
	"html"
	"regexp"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/glamour/v2"
	"charm.land/glamour/v2/ansi"
	"charm.land/glamour/v2/styles"

	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/theme"
	"hooktop/ui/widget"
)

// readable is how wide prose may get.
const readable = 100

// explain shows the page that comes with a trigger: what fires it, its fields,
// an example. Markdown is cleaned first and drawn in a command.
type explain struct {
	env *page.Env
	v   Verbs
	key string

	asked  string // identity of the newest drawing: width, language, theme
	lines  []string
	rows   widget.Rows
	width  int
	height int
}

// explainedMsg is a page drawn.
type explainedMsg struct {
	to    *explain
	asked string
	lines []string
}

func newExplain(env *page.Env, v Verbs, key string) page.Page {
	return &explain{env: env, v: v, key: key, rows: widget.Rows{Plain: true}}
}

func (e *explain) Init() tea.Cmd { return e.draw() }

// draw asks for the page as it has to look now; nil if it does already.
func (e *explain) draw() tea.Cmd {
	lang, th, width := string(e.env.Words.Lang), e.env.Theme, min(e.width, readable)-2
	asked := strings.Join([]string{lang, string(th.Name), strconv.FormatBool(th.ASCII), strconv.Itoa(width)}, " ")
	if asked == e.asked || width <= 0 {
		return nil
	}
	e.asked = asked
	return func() tea.Msg {
		return explainedMsg{e, asked, markdown(e.v.Page(e.key, lang), width, th)}
	}
}

func (e *explain) Update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(explainedMsg); ok {
		if m.to == e && m.asked == e.asked {
			e.lines = m.lines
			ids, _ := numbered(make([]widget.Line, len(m.lines)))
			e.rows.SetIDs(ids)
		}
		return nil
	}
	return e.draw() // whatever happened, a new size or language asks for a new drawing
}

func (e *explain) SetSize(width, height int) {
	e.width, e.height = width, height
	e.rows.SetSize(width, height-2, 1)
}

func (e *explain) View() string {
	th := e.env.Theme
	head := widget.Line{{Text: e.Title(), Style: th.Bold}, {Text: "  " + text.Clean(e.key), Style: th.Dim}}
	body := e.rows.View(th, func(id string) []widget.Line {
		n, _ := strconv.Atoi(id)
		return []widget.Line{widget.Say(e.lines[n], theme.Style{})}
	})
	return head.Fit(e.width, th.Sym.Ellipsis).Render() + "\n" + th.Rule.Render(strings.Repeat(th.Sym.HLine, e.width)) + "\n" + body
}

func (e *explain) Actions() []page.Action {
	return moves(e.env.Words, &e.rows, func(f func()) tea.Cmd { f(); return nil })
}

func (e *explain) Cursor() *tea.Cursor { return tea.NewCursor(0, 2) }
func (e *explain) Typing() bool        { return false }
func (e *explain) Title() string       { return text.Clean(e.v.Label(e.key, string(e.env.Words.Lang))) }

// markdown draws a page in lines of at most width columns, in the terminal's own
// colours. Markdown that cannot be drawn is shown as it is written.
func markdown(source string, width int, th *theme.Theme) []string {
	clean := text.CleanBlock(entities(source))
	if first, rest, ok := strings.Cut(clean, "\n"); ok && strings.HasPrefix(first, "# ") {
		clean = rest // the page's own title stands above already
	}
	r, err := glamour.NewTermRenderer(glamour.WithStyles(proseStyle(th)), glamour.WithWordWrap(width))
	if err != nil {
		return widget.Wrap(clean, width)
	}
	out, err := r.Render(clean)
	if err != nil {
		return widget.Wrap(clean, width)
	}
	return strings.Split(strings.Trim(styled(out), "\n"), "\n")
}

// entities cleans what a character reference stands for: Glamour decodes references,
// some of them twice. Harmless ones stay. Every round ends with fewer or shorter ones.
func entities(s string) string {
	for {
		next := reference.ReplaceAllStringFunc(s, func(ref string) string {
			meant := html.UnescapeString(ref)
			if c := text.Clean(meant); c != meant || meant == "&" { // "&amp;#27;" hides one in another
				return c
			}
			return ref
		})
		if next == s {
			return s
		}
		s = next
	}
}

var (
	// reference is a character reference as HTML decodes it, also without its semicolon.
	reference = regexp.MustCompile(`&(#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);?`)
	// sgr is the one control sequence that only changes how text looks.
	sgr = regexp.MustCompile("\x1b\\[[0-9;:]*m")
	// link is OSC 8, which Glamour puts around links: a target nobody sees.
	link = regexp.MustCompile("\x1b\\]8;[^\x1b\x07]*(\x07|\x1b\\\\)")
)

// styled leaves looks and lines in what was drawn, and cleans everything else.
func styled(drawn string) string {
	drawn = link.ReplaceAllString(drawn, "")
	var b strings.Builder
	at := 0
	for _, m := range sgr.FindAllStringIndex(drawn, -1) {
		b.WriteString(text.CleanBlock(drawn[at:m[0]]) + drawn[m[0]:m[1]])
		at = m[1]
	}
	return b.String() + text.CleanBlock(drawn[at:])
}

// proseStyle is Glamour's plainest style with weight, not marks, for headings,
// emphasis and code.
func proseStyle(th *theme.Theme) ansi.StyleConfig {
	s := styles.NoTTYStyleConfig
	if th.ASCII {
		s = styles.ASCIIStyleConfig
	}
	yes := true
	zero := uint(0)
	s.Document.Margin = &zero
	s.Document.BlockPrefix, s.Document.BlockSuffix = "", ""
	s.Heading.Bold = &yes
	s.Code.StylePrimitive, s.Strong, s.Emph = ansi.StylePrimitive{Bold: &yes}, ansi.StylePrimitive{Bold: &yes}, ansi.StylePrimitive{Italic: &yes}
	s.H2.Prefix, s.H3.Prefix = "", ""
	if th.ASCII {
		s.Item.BlockPrefix = "- "
	}
	return s
}
