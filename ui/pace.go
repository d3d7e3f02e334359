package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

const (
	// dataBeat is the least time between two drawings of what came by itself: ten in
	// a second are all that anyone can read.
	dataBeat = 100 * time.Millisecond
	// handFor is how long after a person did something each message is drawn at once:
	// it may be the answer.
	handFor = time.Second
)

// pace says when the screen is drawn. Whatever has changed is drawn at most a beat
// later, and at once where a person waits for it.
type pace struct {
	beat time.Duration // 0: everything is drawn at once
	hand time.Time     // when a person last did something
	drew time.Time
	due  bool // draw at the next View
	more bool // something has changed since drew
	owed bool // a frameMsg is on its way
}

// frameMsg says that it is time to draw what has changed.
type frameMsg struct{}

// saw takes note of a message that may have changed something.
func (p *pace) saw(msg tea.Msg, now time.Time) tea.Cmd {
	switch msg.(type) {
	case tea.KeyMsg, tea.MouseMsg, tea.PasteMsg, tea.WindowSizeMsg:
		p.hand = now
	}
	p.more = true
	wait := p.beat - now.Sub(p.drew)
	if wait <= 0 || now.Sub(p.hand) < handFor {
		p.draw(now)
		return nil
	}
	if p.owed {
		return nil
	}
	p.owed = true
	return tea.Tick(wait, func(time.Time) tea.Msg { return frameMsg{} })
}

// frame is the end of a wait.
func (p *pace) frame(now time.Time) {
	p.owed = false
	if p.more {
		p.draw(now)
	}
}

func (p *pace) draw(now time.Time) { p.due, p.more, p.drew = true, false, now }
