package hooks

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// sideWidth is what the side takes of a screen of width columns: 45 of 120, 85 of 200.
// So all columns of the list have room beside it.
func sideWidth(width int) int { return 45 + max(width-sideBySide, 0)/2 }

// side is the right half of a wide screen: the webhook in short, and the sample of
// a trigger, so that a payload is seen before anything is sent (R29).
type side struct {
	env    *page.Env
	v      Verbs
	hook   model.HookView
	short  bool                             // the sample alone
	stands func(model.HookView) widget.Line // how it is now; nil: as it is set
	asked  string                           // event type and language of the newest sample asked for
	typ    string
	body   *widget.Body
	width  int
	height int
}

// mintedMsg is a sample asked for by a side.
type mintedMsg struct {
	to    *side
	asked string
	body  []byte
}

func newSide(env *page.Env, v Verbs) *side {
	return &side{env: env, v: v, body: widget.NewBody(widget.BodyExact)}
}

func (s *side) SetSize(width, height int) {
	s.width, s.height = width, height
	s.fit()
}

// fit gives the sample what the facts leave.
func (s *side) fit() { s.body.SetSize(s.width, max(s.height-len(s.facts())-1, 0)) }

// Show shows a webhook with the sample of an event type; of its first trigger if
// typ is empty. The sample is minted in a command.
func (s *side) Show(h model.HookView, typ string) tea.Cmd {
	s.hook = h
	if typ == "" {
		typ = s.firstEvent(h.Events)
	}
	s.typ = typ
	s.fit()
	lang := string(s.env.Words.Lang)
	asked := typ + " " + lang
	if asked == s.asked || typ == "" {
		return nil
	}
	s.asked = asked
	return func() tea.Msg {
		ev, err := s.v.Mint(typ, lang)
		if err != nil {
			return mintedMsg{s, asked, nil} // a page without its sample is still a page
		}
		return mintedMsg{s, asked, ev.Body}
	}
}

// firstEvent is the first event, in the catalogue's order, that the webhook has
// chosen; of a webhook without triggers the catalogue's first.
func (s *side) firstEvent(events []string) string {
	types := s.v.Catalogue().Types()
	for _, t := range types {
		for _, e := range events {
			if e == t {
				return t
			}
		}
	}
	if len(types) == 0 {
		return ""
	}
	return types[0]
}

func (s *side) Update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(mintedMsg); ok {
		if m.to != s || m.asked != s.asked {
			return nil
		}
		return s.body.SetBytes(m.body)
	}
	return s.body.Update(msg)
}

func (s *side) state() widget.Line {
	if s.stands == nil {
		return pen{s.env}.state(s.hook.State)
	}
	return s.stands(s.hook)
}

// facts are the webhook in short.
func (s *side) facts() []widget.Line {
	if s.short || s.hook.ID == "" {
		return nil
	}
	th, w, p, h := s.env.Theme, s.env.Words.Hooks, pen{s.env}, s.hook
	out := []widget.Line{append(widget.Say(nameOf(h.Hook)+"  ", th.Bold), s.state()...)}
	if why := p.why(h); why != "" {
		out = append(out, wrapLines(why, s.width, 0, nil)...)
	}
	out = append(out, wrapLines(text.Clean(h.URL), s.width, 0, nil)...)
	verdict := p.verdict(h.VerifyState())
	if v := h.Verification; v != nil {
		verdict = append(verdict, widget.Span{Text: " " + p.ago(v.At), Style: th.Dim})
	}
	out = append(out, verdict)
	auth := h.Authorization.Masked()
	if auth == "" {
		auth = w.Detail.AuthNone
	}
	out = append(out, widget.Line{{Text: w.Detail.Auth + " ", Style: th.Dim}, {Text: text.Clean(auth)}}, nil)
	for _, t := range s.v.Catalogue().Triggers() {
		out = append(out, p.trigger(s.v, t, h.Events))
	}
	return append(out, nil)
}

// View draws the facts, the sample's heading and as much of the sample as fits.
func (s *side) View() string {
	th := s.env.Theme
	var out []string
	for _, l := range s.facts() {
		out = append(out, l.Fit(s.width, th.Sym.Ellipsis).Render())
	}
	if s.typ != "" {
		head := widget.Say(s.env.Words.Hooks.Sample(text.Clean(s.typ)), th.Bold)
		out = append(out, head.Fit(s.width, th.Sym.Ellipsis).Render(), s.body.View(th))
	}
	return widget.Clip(strings.Split(strings.Join(out, "\n"), "\n"), s.height)
}
