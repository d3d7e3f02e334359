package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
	"hooktop/ui/text"
)

// top is the page in front; nil before the first one is shown.
func (a *App) top() page.Page {
	if a.tab >= len(a.stacks) || len(a.stacks[a.tab]) == 0 {
		return nil
	}
	stack := a.stacks[a.tab]
	return stack[len(stack)-1]
}

// number is the key of the tab at place i.
func (t Tab) number(i int) int {
	if t.Number > 0 {
		return t.Number
	}
	return i + 1
}

// depth is how many pages are on the stack of the tab shown.
func (a *App) depth() int {
	if a.tab >= len(a.stacks) {
		return 0
	}
	return len(a.stacks[a.tab])
}

// way is where the page opened on a tab leads back to, once no more than depth pages are
// left there: the tab it was opened from. At depth 0 the first page itself was led to: it
// leads back when there is nothing else to pop.
type way struct{ tab, depth int }

// led is a tab that was shown for a page that is yet to come, and the tab it is opened
// from. It may not come, as when what it is about is gone; what a person does next is
// the tab's own.
type led struct {
	on, from int
	waits    bool
}

// show brings a tab to the front. Then the pages on it are its own, whoever opened them.
func (a *App) show(tab int) tea.Cmd {
	if tab >= len(a.stacks) {
		return nil
	}
	if tab != a.tab {
		delete(a.ways, tab)
	}
	a.tab, a.led.waits = tab, false
	return a.begin(tab)
}

// begin makes the page of a tab the first time.
func (a *App) begin(tab int) tea.Cmd {
	if len(a.stacks[tab]) > 0 {
		return nil
	}
	p := a.opt.Tabs[tab].New(a.env)
	if k, ok := p.(page.Keeper); ok {
		k.Restore(a.opt.Session.Pages[a.opt.Tabs[tab].Key])
	}
	return a.pushOn(tab, p)
}

// lead shows a tab on which a page is about to be opened from the one shown.
func (a *App) lead(tab int) tea.Cmd {
	from := a.tab
	shown := a.show(tab)
	a.led = led{tab, from, from != tab && len(a.stacks[from]) > 0}
	return shown
}

// comeBack shows the tab that the page just popped was opened from.
func (a *App) comeBack(tab int) {
	w, ok := a.ways[tab]
	if !ok || len(a.stacks[tab]) > w.depth {
		return
	}
	delete(a.ways, tab)
	if a.tab == tab {
		a.tab = w.tab
	}
}

// openID shows what has the id on the tab that knows such ids.
func (a *App) openID(id string) tea.Cmd {
	for i, t := range a.opt.Tabs {
		if t.Opens == nil || !t.Opens(id) {
			continue
		}
		shown := a.lead(i)
		if o, ok := a.stacks[i][0].(page.Opener); ok {
			return tea.Batch(shown, o.OpenID(id))
		}
	}
	return page.Toast(page.ToastError, a.env.Words.Shell.NotOpened(text.Clean(id)))
}

// goTo shows the first page of a tab, and on it what was asked for. Pages that stand
// on it go, unless one objects.
func (a *App) goTo(msg page.GoMsg) tea.Cmd {
	tab := a.tabOf(msg.Tab)
	if tab < 0 {
		return nil
	}
	var cmds []tea.Cmd
	for _, p := range a.stacks[tab][min(len(a.stacks[tab]), 1):] {
		if l, ok := p.(page.Leaver); ok {
			if cmd := l.Leave(); cmd != nil {
				return cmd
			}
		}
	}
	a.stacks[tab] = a.stacks[tab][:min(len(a.stacks[tab]), 1)]
	if a.ways[tab].depth > 0 {
		delete(a.ways, tab)
	}
	if from := a.tab; msg.ID == "" {
		cmds = append(cmds, a.show(tab))
		if from != tab && len(a.stacks[from]) > 0 {
			a.ways[tab] = way{tab: from}
		}
	} else {
		cmds = append(cmds, a.lead(tab))
	}
	root := a.stacks[tab][0]
	if o, ok := root.(page.Opener); ok && msg.ID != "" {
		cmds = append(cmds, o.OpenID(msg.ID))
	}
	if f, ok := root.(page.Filterer); ok && msg.Filter != "" {
		cmds = append(cmds, f.Filter(msg.Filter))
	}
	return tea.Batch(cmds...)
}

// doOn asks the first page of a tab for one of its actions.
func (a *App) doOn(msg page.DoMsg) tea.Cmd {
	tab := a.tabOf(msg.Tab)
	if tab < 0 {
		return nil
	}
	begun := a.begin(tab)
	if d, ok := a.stacks[tab][0].(page.Doer); ok {
		return tea.Batch(begun, d.Do(msg.Action))
	}
	return begun
}

// tabOf is the place of the tab with a key; -1: there is none.
func (a *App) tabOf(key string) int {
	return slices.IndexFunc(a.opt.Tabs, func(t Tab) bool { return t.Key == key })
}

// push puts a page in front. If it is the one its tab was shown for, the way back is known.
func (a *App) push(p page.Page) tea.Cmd {
	if a.led.waits && a.led.on == a.tab {
		a.ways[a.tab] = way{a.led.from, a.depth()}
	}
	a.led.waits = false
	return a.pushOn(a.tab, p)
}

func (a *App) pushOn(tab int, p page.Page) tea.Cmd {
	a.stacks[tab] = append(a.stacks[tab], p)
	a.fit(p)
	return p.Init()
}

func (a *App) navigate(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case page.PushMsg:
		return a.push(msg.Page)
	case page.PopMsg:
		return a.pop(msg)
	case page.GoMsg:
		return a.goTo(msg)
	case page.DoMsg:
		return a.doOn(msg)
	}
	return a.quit()
}

// pop takes the top page away unless it objects. The first page of a tab stays, and goes
// back to where it was led to from.
func (a *App) pop(msg page.PopMsg) tea.Cmd {
	if msg.From != nil {
		return a.popFrom(msg)
	}
	if w, led := a.ways[a.tab]; led && a.depth() < 2 && msg.Result == nil {
		delete(a.ways, a.tab)
		a.tab = w.tab
		return nil
	}
	if a.depth() < 2 && msg.Result == nil && !msg.Force && !a.leaving {
		return nil // its way is gone, and nothing is left by it: there is nothing to ask
	}
	if l, ok := a.top().(page.Leaver); ok && !msg.Force {
		if cmd := l.Leave(); cmd != nil {
			return cmd
		}
	}
	if a.depth() > 1 {
		a.stacks[a.tab] = a.stacks[a.tab][:a.depth()-1]
	}
	var cmd tea.Cmd
	if msg.Result != nil {
		cmd = a.top().Update(msg.Result)
	}
	a.comeBack(a.tab)
	if a.leaving {
		return tea.Sequence(cmd, page.Quit())
	}
	return cmd
}

// popFrom takes a page away that may have others on it by now, or stand in a tab
// that is not shown. What stood on it is told, but cannot object.
func (a *App) popFrom(msg page.PopMsg) tea.Cmd {
	for tab, stack := range a.stacks {
		at := slices.Index(stack, msg.From)
		if at < 1 { // the first page of a tab stays
			continue
		}
		var cmds []tea.Cmd
		for _, p := range stack[at+1:] {
			if l, ok := p.(page.Leaver); ok {
				cmds = append(cmds, l.Leave())
			}
		}
		a.stacks[tab] = stack[:at:at]
		if msg.Result != nil {
			cmds = append(cmds, stack[at-1].Update(msg.Result))
		}
		a.comeBack(tab)
		if a.leaving {
			return tea.Sequence(tea.Batch(cmds...), page.Quit())
		}
		return tea.Batch(cmds...)
	}
	return nil
}

// quit ends the program unless a page of any tab objects. When the question that
// the page asks then ends with the page popped, quitting goes on by itself.
func (a *App) quit() tea.Cmd {
	for tab := range a.stacks {
		stack := a.stacks[tab]
		for i := len(stack) - 1; i >= 0; i-- {
			l, ok := stack[i].(page.Leaver)
			if !ok {
				continue
			}
			if cmd := l.Leave(); cmd != nil {
				a.tab, a.leaving = tab, true
				a.stacks[tab] = stack[:i+1]
				return cmd
			}
		}
	}
	return tea.Quit
}
