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

// show brings a tab to the front and makes its page the first time.
func (a *App) show(tab int) tea.Cmd {
	if tab >= len(a.stacks) {
		return nil
	}
	a.tab = tab
	if len(a.stacks[tab]) > 0 {
		return nil
	}
	p := a.opt.Tabs[tab].New(a.env)
	if k, ok := p.(page.Keeper); ok {
		k.Restore(a.opt.Session.Pages[a.opt.Tabs[tab].Key])
	}
	return a.push(p)
}

// openID shows what has the id on the tab that knows such ids.
func (a *App) openID(id string) tea.Cmd {
	for i, t := range a.opt.Tabs {
		if t.Opens == nil || !t.Opens(id) {
			continue
		}
		shown := a.show(i)
		if o, ok := a.stacks[i][0].(page.Opener); ok {
			return tea.Sequence(shown, o.OpenID(id))
		}
	}
	return page.Toast(page.ToastError, a.env.Words.Shell.NotOpened(text.Clean(id)))
}

// goTo shows the first page of a tab, and on it what was asked for. Pages that stand
// on it go, unless one objects.
func (a *App) goTo(msg page.GoMsg) tea.Cmd {
	tab := slices.IndexFunc(a.opt.Tabs, func(t Tab) bool { return t.Key == msg.Tab })
	if tab < 0 {
		return nil
	}
	for _, p := range a.stacks[tab][min(len(a.stacks[tab]), 1):] {
		if l, ok := p.(page.Leaver); ok {
			if cmd := l.Leave(); cmd != nil {
				return cmd
			}
		}
	}
	a.stacks[tab] = a.stacks[tab][:min(len(a.stacks[tab]), 1)]
	cmds := []tea.Cmd{a.show(tab)}
	root := a.stacks[tab][0]
	if o, ok := root.(page.Opener); ok && msg.ID != "" {
		cmds = append(cmds, o.OpenID(msg.ID))
	}
	if f, ok := root.(page.Filterer); ok && msg.Filter != "" {
		cmds = append(cmds, f.Filter(msg.Filter))
	}
	return tea.Sequence(cmds...)
}

func (a *App) push(p page.Page) tea.Cmd {
	a.stacks[a.tab] = append(a.stacks[a.tab], p)
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
	}
	return a.quit()
}

// pop takes the top page away unless it objects. The first page of a tab stays.
func (a *App) pop(msg page.PopMsg) tea.Cmd {
	if msg.From != nil {
		return a.popFrom(msg)
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
