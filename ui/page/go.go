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

// DoMsg asks the first page of a tab for one of its actions, by the action's id. The
// page in front stays there: what has to be asked is asked over it.
type DoMsg struct{ Tab, Action string }

// Do posts a DoMsg.
func (e *Env) Do(tab, action string) tea.Cmd { return e.Post(DoMsg{tab, action}) }

// Doer is the first page of a tab that others can ask for an action. It may be called
// before anything has been read.
type Doer interface{ Do(action string) tea.Cmd }
