package hooks

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
)

// deeds are the verbs on one webhook, the same on its row and on its own page.
type deeds struct {
	env  *page.Env
	v    Verbs
	from any // the page that asks: it alone says what came of it
}

// deed names a verb whose answer is a doneMsg.
type deed int

const (
	didEnable deed = iota
	didDisable
	didPause
	didResume
	didDelete
	didRestore
	didActivate // saved as active, verified before or on purpose unverified
)

// doneMsg says that a webhook was changed, or why not. Every page of webhooks
// reads again; the one that asked also shows a toast.
type doneMsg struct {
	from any
	did  deed
	hook model.Hook
	err  error
}

// changedMsg tells every page of webhooks that something else was changed or
// recorded: they read again.
type changedMsg struct{}

func changed() tea.Msg { return changedMsg{} }

func (d deeds) run(did deed, h model.Hook, verb func(context.Context) error) tea.Cmd {
	return func() tea.Msg {
		return doneMsg{d.from, did, h, verb(context.Background())}
	}
}

// toggle turns a webhook on or off. One that does not receive yet is verified
// first, on a page of its own that shows how, unless its URL is verified already.
func (d deeds) toggle(h model.HookView) tea.Cmd {
	switch {
	case h.State == model.HookActive || h.State == model.HookPaused:
		return d.run(didDisable, h.Hook, func(ctx context.Context) error {
			_, err := d.v.Disable(ctx, h.ID)
			return err
		})
	case h.State == model.HookDisabled && (len(h.Events) == 0 || h.VerifyState().OK()):
		return d.run(didEnable, h.Hook, func(ctx context.Context) error {
			_, err := d.v.Enable(ctx, h.ID)
			return err
		})
	case len(h.Events) == 0 || h.VerifyState().OK():
		return d.run(didActivate, h.Hook, func(ctx context.Context) error {
			_, err := d.v.Save(ctx, h.Hook, model.SaveActivate, nil)
			return err
		})
	}
	return d.env.Push(newActivate(d.env, d.v, h.Hook))
}

// pause pauses an active webhook and lets a paused one send again. Of one that
// receives nothing it says so.
func (d deeds) pause(h model.HookView) tea.Cmd {
	if h.State == model.HookPaused {
		return d.run(didResume, h.Hook, func(ctx context.Context) error {
			_, err := d.v.Resume(ctx, h.ID)
			return err
		})
	}
	if h.State != model.HookActive {
		w := d.env.Words
		return page.Toast(page.ToastInfo, w.Hooks.NoPause(nameOf(h.Hook), w.HookState(h.State), "s"))
	}
	return d.run(didPause, h.Hook, func(ctx context.Context) error {
		_, err := d.v.Pause(ctx, h.ID)
		return err
	})
}

// remove deletes; it needs no question because it can be undone.
func (d deeds) remove(h model.HookView) tea.Cmd {
	return d.run(didDelete, h.Hook, func(ctx context.Context) error { return d.v.Delete(ctx, h.ID) })
}

func (d deeds) restore(h model.Hook) tea.Cmd {
	return d.run(didRestore, h, func(ctx context.Context) error {
		_, err := d.v.Restore(ctx, h.ID)
		return err
	})
}

// clone opens the form on a copy. It is a new webhook: nothing is verified, it is
// a draft, and its name is still to be chosen.
func (d deeds) clone(h model.HookView) tea.Cmd {
	fresh := d.v.New()
	c := h.Clone()
	c.ID, c.State, c.Reason, c.Revision = fresh.ID, model.HookDraft, "", 0
	c.CreatedAt, c.UpdatedAt, c.DeletedAt = fresh.CreatedAt, fresh.UpdatedAt, fresh.DeletedAt
	c.Name = d.env.Words.Hooks.CloneOf(h.Name)
	return d.env.Push(newForm(d.env, d.v, c))
}

func (d deeds) create() tea.Cmd                 { return d.env.Push(newForm(d.env, d.v, d.v.New())) }
func (d deeds) edit(h model.HookView) tea.Cmd   { return d.env.Push(newForm(d.env, d.v, h.Hook)) }
func (d deeds) verify(h model.HookView) tea.Cmd { return d.env.Push(newVerify(d.env, d.v, h.Hook)) }
func (d deeds) test(h model.HookView) tea.Cmd   { return d.env.Push(newTest(d.env, d.v, h.Hook)) }

// deliveries shows what was sent to the webhook, or waits for it.
func (d deeds) deliveries(h model.Hook) tea.Cmd {
	return d.env.Go(page.GoMsg{Tab: "deliveries", Filter: model.Filter{Hooks: []string{h.Name}}.String()})
}

// said is the toast for an answer to a verb of this page; nil for another page's.
func (d deeds) said(m doneMsg) tea.Cmd {
	if m.from != d.from {
		return nil
	}
	if m.err != nil {
		return page.Toast(page.ToastError, d.env.Words.Fault(m.err).String())
	}
	w := d.env.Words.Hooks.Done
	name := nameOf(m.hook)
	toast := page.ToastMsg{Kind: page.ToastGood}
	switch m.did {
	case didEnable:
		toast.Text = w.Enabled(name)
	case didDisable:
		toast.Text = w.Disabled(name)
	case didPause:
		toast.Text = w.Paused(name)
	case didResume:
		toast.Text = w.Resumed(name)
	case didDelete:
		toast.Text = w.Deleted(name)
		toast.Undo = func() tea.Cmd { return d.restore(m.hook) }
	case didRestore:
		toast.Text = w.Restored(name)
	case didActivate:
		toast.Text = w.Saved(name)
	}
	return func() tea.Msg { return toast }
}

// act makes an action of its words.
func act(id string, w text.ActionWords, do func() tea.Cmd, keys ...string) page.Action {
	return page.Action{ID: id, Keys: keys, Label: w.Label, Help: w.Help, Do: do}
}

// on are the actions on one webhook in the order of the footer; foot names those
// the footer shows. ok is false when there is no webhook to act on.
func (d deeds) on(h model.HookView, ok bool) []page.Action {
	w := d.env.Words.Hooks.Do
	toggle, pause := w.Enable, w.Pause
	toggling, pausing := "hook enable", "hook pause"
	if h.State == model.HookActive || h.State == model.HookPaused {
		toggle, toggling = w.Disable, "hook disable"
	}
	if h.State == model.HookPaused {
		pause, pausing = w.Resume, "hook resume"
	}
	does := func(f func(model.HookView) tea.Cmd) func() tea.Cmd { return func() tea.Cmd { return f(h) } }
	all := []page.Action{
		act("hook.edit", w.Edit, does(d.edit), "e"),
		act("hook.verify", w.Verify, does(d.verify), "v"),
		act("hook.test", w.Test, does(d.test), "t"),
		act("hook.toggle", toggle, does(d.toggle), "s"),
		act("hook.pause", pause, does(d.pause), "p"),
		act("hook.delete", w.Delete, does(d.remove), "d"),
		act("hook.clone", w.Clone, does(d.clone), "c"),
	}
	twins := []string{"hook edit", "hook verify", "test", toggling, pausing, "hook delete", "hook add"}
	for i := range all {
		all[i].Foot, all[i].Writes, all[i].Off = true, true, !ok
		all[i].Twin = "hooktop " + twins[i]
	}
	all[4].Foot = h.State == model.HookActive || h.State == model.HookPaused
	return append(all, d.copying(h, ok)...)
}

// sent leads to the deliveries of a webhook.
func (d deeds) sent(h model.HookView, ok bool) page.Action {
	a := act("hook.deliveries", d.env.Words.Hooks.Do.Deliveries, func() tea.Cmd { return d.deliveries(h.Hook) }, "D")
	a.Foot, a.Off, a.Twin = true, !ok, "hooktop delivery list --filter"
	return a
}

// emit makes a real event for every webhook that matches: the screen of deliveries
// asks which.
func (d deeds) emit() page.Action {
	const id = "event.emit"
	a := act(id, d.env.Words.Deliveries.List.Do.Emit, func() tea.Cmd { return d.env.Do("deliveries", id) }, "E")
	a.Writes, a.Twin = true, "hooktop emit"
	return a
}

// copying are what can be copied of a webhook: the menu, and its entries for the palette.
func (d deeds) copying(h model.HookView, ok bool) []page.Action {
	w := d.env.Words.Hooks.Do
	copies := func(what text.ActionWords, data string) func() tea.Cmd {
		return func() tea.Cmd { return page.Copy(what.Label, []byte(data)) }
	}
	entries := []page.Action{
		act("hook.copy.url", w.CopyURL, copies(w.CopyURL, h.URL), "u"),
		act("hook.copy.id", w.CopyID, copies(w.CopyID, h.ID), "i"),
		act("hook.copy.name", w.CopyName, copies(w.CopyName, h.Name), "n"),
	}
	menu := act("hook.copy", w.Copy, func() tea.Cmd {
		return d.env.Open(menuOf(d.env, d.env.Words.Hooks.CopyFrom(nameOf(h.Hook)), entries))
	}, "y")
	menu.Off = !ok
	out := []page.Action{menu}
	for _, e := range entries {
		e.Keys, e.Off = nil, !ok
		out = append(out, e)
	}
	return out
}
