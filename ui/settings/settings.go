// Package settings has the screen of what a person can choose, and of where things
// are. A change counts at once, and is written to the configuration file.
package settings

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/theme"
	"hooktop/ui/widget"
)

// Source is where a setting came from at the start, and the flag's or the variable's
// name.
type Source struct {
	From string // flag, env, file; anything else: default
	Name string
}

// Fact is a setting that is only shown.
type Fact struct {
	Key   string
	Value func(*text.Words) string
}

// Verbs is all this screen can do beyond drawing.
type Verbs struct {
	Sources map[string]Source
	Facts   []Fact
	// Save writes a setting, a string or a bool; nil: nothing is kept here.
	Save  func(key string, value any) error
	Plain bool // the program was started without colours and cannot bring them back
}

// choice is a setting that can be changed: its values and what each makes of the
// choices.
type choice struct {
	key    string
	values []string
	now    func(page.Choices) string
	set    func(*page.Choices, string)
}

const (
	on  = "on"
	off = "off"
)

// choices are all that can be changed, in order.
func choices() []choice {
	flag := func(key string, of func(*page.Choices) *bool) choice {
		return choice{key, []string{on, off}, func(c page.Choices) string {
			if *of(&c) {
				return on
			}
			return off
		}, func(c *page.Choices, v string) { *of(c) = v == on }}
	}
	var themes []string
	for _, n := range theme.Names() {
		themes = append(themes, string(n))
	}
	return []choice{
		{"lang", []string{"es", "en"}, func(c page.Choices) string { return string(c.Lang) }, func(c *page.Choices, v string) { c.Lang = text.Lang(v) }},
		{"theme", themes, func(c page.Choices) string { return string(c.Theme) }, func(c *page.Choices, v string) { c.Theme = theme.Name(v) }},
		{"color", []string{"auto", "always", "never"}, func(c page.Choices) string { return c.Color }, func(c *page.Choices, v string) { c.Color = v }},
		flag("ascii", func(c *page.Choices) *bool { return &c.ASCII }),
		flag("motion", func(c *page.Choices) *bool { return &c.Motion }),
		flag("mouse", func(c *page.Choices) *bool { return &c.Mouse }),
		flag("notify", func(c *page.Choices) *bool { return &c.Notify }),
	}
}

// screen is the page of the settings tab.
type screen struct {
	env     *page.Env
	v       Verbs
	choices []choice
	sources map[string]Source // as they would be at the next start
	rows    widget.Rows
	width   int
	height  int
}

// New makes the page of the settings tab.
func New(env *page.Env, v Verbs) page.Page {
	s := &screen{env: env, v: v, choices: choices(), sources: map[string]Source{}}
	var ids []string
	for _, c := range s.choices {
		ids = append(ids, c.key)
		s.sources[c.key] = v.Sources[c.key]
	}
	for _, f := range v.Facts {
		ids = append(ids, f.Key)
		s.sources[f.Key] = v.Sources[f.Key]
	}
	s.rows.SetIDs(ids)
	return s
}

func (s *screen) Init() tea.Cmd { return nil }

// savedMsg is what became of writing a setting.
type savedMsg struct {
	to  *screen
	key string
	err error
}

func (s *screen) Update(msg tea.Msg) tea.Cmd {
	m, ok := msg.(savedMsg)
	if !ok || m.to != s {
		return nil
	}
	w := s.env.Words.Settings
	if m.err != nil {
		return page.Toast(page.ToastError, w.SaveFailed(text.Clean(m.err.Error())))
	}
	was := s.v.Sources[m.key]
	if was.From == "flag" || was.From == "env" {
		if m.key != "lang" || !isLocale(was.Name) {
			return page.Toast(page.ToastWarn, w.Wins(was.Name))
		}
	}
	s.sources[m.key] = Source{From: "file"}
	return nil
}

// isLocale reports a variable that gives way to the file.
func isLocale(name string) bool { return name == "LANG" || strings.HasPrefix(name, "LC_") }

// selected is the choice under the cursor; nil on what is only shown.
func (s *screen) selected() *choice {
	i := slices.IndexFunc(s.choices, func(c choice) bool { return c.key == s.rows.Selected() })
	if i < 0 {
		return nil
	}
	return &s.choices[i]
}

// turn sets the value n further of the choice under the cursor.
func (s *screen) turn(n int) tea.Cmd {
	c := s.selected()
	if c == nil {
		return nil
	}
	next := s.env.Choices
	at := max(slices.Index(c.values, c.now(next)), 0)
	value := c.values[(at+n+len(c.values))%len(c.values)]
	c.set(&next, value)
	change := s.env.Post(page.ChooseMsg{Choices: next})
	w := text.For(next.Lang).Settings // the screens have changed when it is said
	var told tea.Cmd
	if c.key == "color" && s.v.Plain && value != "never" {
		told = page.Toast(page.ToastInfo, w.NextStart)
	}
	if s.v.Save == nil {
		s.sources[c.key] = Source{From: "now"}
		return tea.Batch(change, page.Toast(page.ToastInfo, w.NotKept))
	}
	return tea.Batch(change, told, s.save(c.key, value))
}

func (s *screen) save(key, value string) tea.Cmd {
	var v any = value
	if value == on || value == off {
		v = value == on
	}
	return func() tea.Msg { return savedMsg{s, key, s.v.Save(key, v)} }
}

// copy copies the value of what is only shown.
func (s *screen) copy() tea.Cmd {
	i := slices.IndexFunc(s.v.Facts, func(f Fact) bool { return f.Key == s.rows.Selected() })
	if i < 0 {
		return nil
	}
	f := s.v.Facts[i]
	return page.Copy(s.words(f.Key).Label, []byte(f.Value(s.env.Words)))
}

// Actions lists what can be done with the row under the cursor.
func (s *screen) Actions() []page.Action {
	w := s.env.Words.Settings
	next := page.Act("setting.next", w.Next, func() tea.Cmd { return s.turn(1) }, "enter", "space", "right", "l")
	prev := page.Act("setting.prev", w.Prev, func() tea.Cmd { return s.turn(-1) }, "left", "h")
	copied := page.Act("copy", w.Copy, s.copy, "y")
	next.Off, prev.Off, copied.Off = s.selected() == nil, s.selected() == nil, s.selected() != nil
	next.Foot, copied.Foot, copied.Twin = true, true, "hooktop paths"
	does := func(f func()) tea.Cmd { f(); return nil }
	do := s.env.Words.Hooks.Do
	return append(append([]page.Action{next, prev, copied}, widget.Moves(s.env.Words, &s.rows, does)...),
		page.Act("move.home", do.Home, func() tea.Cmd { return does(s.rows.Home) }, "g", "home"),
		page.Act("move.end", do.End, func() tea.Cmd { return does(s.rows.End) }, "G", "end"))
}

func (s *screen) Typing() bool { return false }

func (s *screen) Title() string { return s.env.Words.Settings.Tab }

// Click implements page.Pointer: the second click changes.
func (s *screen) Click(_, y int, again bool) tea.Cmd {
	id, ok := s.rows.Hit(y - headHeight)
	if !ok {
		return nil
	}
	was := s.rows.Selected()
	s.rows.Select(id)
	if again && was == id {
		return s.turn(1)
	}
	return nil
}

// Wheel implements page.Pointer.
func (s *screen) Wheel(n int) tea.Cmd {
	s.rows.Move(n)
	return nil
}

// Keep implements page.Keeper.
func (s *screen) Keep() map[string]string { return map[string]string{"selected": s.rows.Selected()} }

// Restore implements page.Keeper.
func (s *screen) Restore(kept map[string]string) { s.rows.Select(kept["selected"]) }
