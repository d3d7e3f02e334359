package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

const (
	// dataBeat is the least time between two drawings of what came by itself: ten in
	// a second are all that anyone can read.
	dataBeat = 100 * time.Millisecond
	// dataLate is how much later than a beat what waits is drawn by itself: what comes once
	// a beat shall find the beat over, and be drawn when it comes, together with what waits.
	dataLate = dataBeat / 2
	// handFor is how long after a person did something each message is drawn at once:
	// it may be the answer.
	handFor = time.Second
)

// pace says when the screen is drawn: when something comes and the last drawing is a beat
// ago, a little later where nothing comes, and at once where a person waits for it.
type pace struct {
	beat time.Duration // 0: everything is drawn at once
	hand time.Time     // when a person last did something
	drew time.Time
	due  bool            // draw at the next View
	more bool            // something has changed since drew
	owed bool            // a frameMsg is on its way
	calm bool            // nobody waits for anything
	tell func(calm bool) // whoever asks for that; may be nil
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
	p.rest(now.Sub(p.hand) >= handFor)
	if now.Sub(p.drew) >= p.beat || !p.calm {
		p.draw(now)
		return nil
	}
	return p.owe(now)
}

// rest takes note of whether anybody waits for something.
func (p *pace) rest(calm bool) {
	if calm != p.calm && p.tell != nil {
		p.tell(calm)
	}
	p.calm = calm
}

// owe has what has changed drawn a while after the last drawing.
func (p *pace) owe(now time.Time) tea.Cmd {
	if p.owed {
		return nil
	}
	p.owed = true
	return tea.Tick(p.beat+dataLate-now.Sub(p.drew), func(time.Time) tea.Msg { return frameMsg{} })
}

// frame is the end of a wait. What waits may have come after a drawing that was not
// waited for.
func (p *pace) frame(now time.Time) tea.Cmd {
	p.owed = false
	switch {
	case !p.more:
		return nil
	case now.Sub(p.drew) < p.beat:
		return p.owe(now)
	}
	p.draw(now)
	return nil
}

func (p *pace) draw(now time.Time) { p.due, p.more, p.drew = true, false, now }
