package page

import tea "charm.land/bubbletea/v2"

// GoMsg shows the first page of a tab, and on it one thing or what a filter matches:
// so a screen leads to another without knowing it.
type GoMsg struct {
	Tab    string // Tab.Key
	ID     string // for an Opener
	Filter string // for a Filterer, in the grammar of model.ParseFilter
}

// Go posts a GoMsg.
func (e *Env) Go(to GoMsg) tea.Cmd { return e.Post(to) }

// Filterer is the first page of a tab that can be told what to show. It may be
// called before anything has been read.
type Filterer interface{ Filter(expr string) tea.Cmd }
