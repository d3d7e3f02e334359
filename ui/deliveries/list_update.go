package deliveries

import (
	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
)

func (l *list) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg:
		return l.typed(msg)
	case freshMsg:
		return l.took(m)
	case moreMsg:
		return l.tookMore(m)
	case slowMsg:
		return l.waits(m)
	case stepMsg:
		return l.stepped(m)
	case page.RestyledMsg:
		l.lay()
	}
	if cmd, ok := l.tell(msg); ok {
		return cmd
	}
	if cmd, ok := l.answer(msg); ok {
		return cmd
	}
	return l.pane.Update(msg)
}

// tell takes what was counted.
func (l *list) tell(msg tea.Msg) (cmd tea.Cmd, ok bool) {
	switch m := msg.(type) {
	case statsMsg:
		return l.counted(m), true
	case countMsg:
		return l.countAgain(m), true
	case tallyMsg:
		return l.tallied(m), true
	case idleMsg:
		if m.to.of != l {
			return nil, true
		}
		return m.to.rested(m), true
	case sparkMsg:
		return l.measured(m), true
	case sparkAgainMsg:
		return l.measureAgain(m), true
	}
	return nil, false
}

// answer takes what a verb was waiting for.
func (l *list) answer(msg tea.Msg) (cmd tea.Cmd, ok bool) {
	switch m := msg.(type) {
	case lookedMsg:
		if m.to.of != l {
			return nil, true
		}
		return m.to.took(m), true
	case startedMsg:
		return l.started(m), true
	case heldMsg:
		return l.paused(m), true
	case bodyMsg:
		return l.edit(m), true
	case page.EditedMsg:
		return l.edited(m), true
	case draft:
		return l.offer(m), true
	case callMsg:
		return l.called(m), true
	}
	return nil, false
}
