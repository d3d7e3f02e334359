package settings

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/text"
	"hooktop/ui/widget"
)

const (
	headHeight = 1
	footHeight = 3  // a rule, and what the row is about
	wideEnough = 80 // where a row says where its value comes from
	labelWidth = 14
	fromWidth  = 26
)

func (s *screen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.rows.SetSize(width, max(height-headHeight-footHeight, 1), 1)
}

func (s *screen) View() string {
	th, w := s.env.Theme, s.env.Words.Settings
	head := widget.Columns(s.columns(w.From), []widget.Line{
		widget.Say(w.Setting, th.Bold), widget.Say(w.Value, th.Bold), widget.Say(w.From, th.Bold),
	}, th.Sym.Ellipsis)
	rows := s.rows.View(th, s.row)
	for n := strings.Count(rows, "\n") + 1; n < s.height-headHeight-footHeight; n++ {
		rows += "\n"
	}
	lines := append([]string{"  " + head.Render(), rows, th.Rule.Render(strings.Repeat(th.Sym.HLine, s.width))}, s.about()...)
	return strings.Join(lines, "\n")
}

// columns are the setting, its value, and where there is room, whence it comes; a
// value that comes from nowhere may have that room.
func (s *screen) columns(from string) []widget.Column {
	room := s.width - 3 - labelWidth
	if s.width < wideEnough || from == "" {
		return []widget.Column{{Width: labelWidth}, {Width: room}}
	}
	return []widget.Column{{Width: labelWidth}, {Width: room - fromWidth - 1}, {Width: fromWidth}}
}

func (s *screen) row(id string) []widget.Line {
	th := s.env.Theme
	value, style := s.value(id), th.Accent
	if !s.changes(id) {
		style = th.Text
	}
	return []widget.Line{append(widget.Line{{Text: " "}}, widget.Columns(s.columns(s.from(id)), []widget.Line{
		widget.Say(s.words(id).Label, th.Text), widget.Say(value, style), widget.Say(s.from(id), th.Dim),
	}, th.Sym.Ellipsis)...)}
}

// about is what the row under the cursor is for; on narrow screens also whence its
// value comes. What does not fit in its line stands there whole.
func (s *screen) about() []string {
	th, id := s.env.Theme, s.rows.Selected()
	say := s.words(id).Help
	if from := s.from(id); s.width < wideEnough && from != "" {
		say += " (" + from + ")"
	}
	if value := s.value(id); !s.changes(id) && text.Width(value) > s.columns(s.from(id))[1].Width {
		say = value
	}
	var out []string
	for _, l := range widget.Wrap(say, s.width-2) {
		out = append(out, " "+th.Dim.Render(l))
	}
	return out[:min(len(out), footHeight-1)]
}

func (s *screen) changes(id string) bool {
	for _, c := range s.choices {
		if c.key == id {
			return true
		}
	}
	return false
}

// value is what a setting is now, as people read it.
func (s *screen) value(id string) string {
	w := s.env.Words.Settings
	for _, c := range s.choices {
		if c.key != id {
			continue
		}
		switch v := c.now(s.env.Choices); v {
		case on:
			return w.On
		case off:
			return w.Off
		default:
			return w.Names[v]
		}
	}
	for _, f := range s.v.Facts {
		if f.Key == id {
			return text.Clean(f.Value(s.env.Words))
		}
	}
	return ""
}

// from is where the value comes from; facts without a source have none.
func (s *screen) from(id string) string {
	w := s.env.Words.Settings
	src, ok := s.sources[id]
	switch {
	case src.From == "flag":
		return w.FromFlag(src.Name)
	case src.From == "env":
		return w.FromEnv(src.Name)
	case src.From == "file":
		return w.FromFile
	case src.From == "now":
		return w.FromNow
	case ok && (s.changes(id) || src.From != ""):
		return w.FromDefault
	}
	return ""
}

// words are the name of a setting and what it is for.
func (s *screen) words(id string) text.SettingWords {
	w := s.env.Words.Settings
	return map[string]text.SettingWords{
		"lang": w.Lang, "theme": w.Theme, "color": w.Color, "ascii": w.ASCII, "motion": w.Motion, "mouse": w.Mouse, "notify": w.Notify,
		"egress": w.Egress, "retention": w.Retention, "version": w.Version, "config": w.Config, "db": w.Data, "key": w.Key,
		"samples": w.Samples, "state": w.State, "log": w.Log, "token": w.Token,
	}[id]
}

func (s *screen) Cursor() *tea.Cursor { return tea.NewCursor(1, headHeight+s.rows.Line()) }
