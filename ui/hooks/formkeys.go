package hooks

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
)

// revealFor is how long a revealed value stays readable (RELIABILITY X3).
const revealFor = 10 * time.Second

// Actions are the keys of the form. Which of the plain ones work depends on the
// entry with the focus: in a text field they are text.
func (f *form) Actions() []page.Action {
	w := f.env.Words.Form.Do
	e := f.entry()
	_, onTrigger := f.onTrigger()
	idle := f.job == nil
	saves := func(m model.SaveMode) func() tea.Cmd { return func() tea.Cmd { return f.save(m) } }
	out := []page.Action{
		offer(writing(act("form.save", w.Save, saves(model.SaveActivate), "ctrl+s")), true, idle),
		offer(writing(act("form.anyway", w.Anyway, saves(model.SaveUnverified), "ctrl+g")), true, idle && f.anyway),
		offer(writing(act("form.draft", w.Draft, saves(model.SaveDraft), "ctrl+d")), true, idle),
		offer(act("form.verify", w.Verify, f.verify, verifyKey(e)), true, idle && (onTrigger || e.id == idURL)),
		offer(act("form.moveuser", w.MoveUser, f.moveUser, "ctrl+o"), true, f.userinfo() != nil),
		offer(act("form.follow", w.Follow, func() tea.Cmd { f.takeURL(f.location()); return nil }, "ctrl+r"), true, idle && f.location() != ""),
		offer(act("form.generate", w.Generate, f.generate, "enter"), true, e.id == idSecret && f.adv.secret.Value() == ""),
		offer(act("form.copysecret", w.CopySecret, f.copySecret, "ctrl+y"), true, f.adv.fresh),
		offer(act("form.test", w.Test, f.test, "t"), true, idle && onTrigger),
		offer(act("form.copy", w.Copy, f.copySample, "y"), true, onTrigger),
		offer(act("form.toggle", w.Toggle, f.toggle, "space"), false, onTrigger || e.flag != nil),
		offer(act("form.all", w.All, func() tea.Cmd { return f.choose(f.v.Catalogue().Types()) }, "+"), false, onTrigger),
		offer(act("form.none", w.None, func() tea.Cmd { return f.choose(nil) }, "-"), false, onTrigger),
		offer(act("form.unfold", w.Unfold, func() tea.Cmd { return f.fold(true) }, "right", "l", "enter"), false, f.folds(true)),
		offer(act("form.fold", w.Fold, func() tea.Cmd { return f.fold(false) }, "left", "h", "enter"), false, f.folds(false)),
		offer(act("form.explain", w.Explain, f.explain, "i"), false, idle && onTrigger),
		act("form.reveal", w.Reveal, f.toggleReveal, "ctrl+t"),
		act("form.next", w.Next, func() tea.Cmd { return f.move(1) }, f.moveKeys("tab", "down", "j")...),
		act("form.prev", w.Prev, func() tea.Cmd { return f.move(-1) }, f.moveKeys("shift+tab", "up", "k")...),
	}
	for i := range out {
		out[i].Twin = f.twin(out[i].ID)
		does := out[i].Do
		out[i].Do = func() tea.Cmd { return tea.Batch(does(), f.keepDraft()) }
	}
	return out
}

// twin is the command that does what an action of the form does, if it is more than
// filling it in.
func (f *form) twin(id string) string {
	save, draft, secret := "hooktop hook add", "hooktop hook add --draft", "hooktop hook add --secret generate"
	if f.base.Revision > 0 {
		save, draft, secret = "hooktop hook edit HOOK", "hooktop hook edit HOOK", "hooktop hook rotate-secret HOOK"
	}
	return map[string]string{
		"form.save": save, "form.anyway": save + " --no-verify", "form.draft": draft,
		"form.verify": "hooktop hook verify HOOK", "form.generate": secret, "form.test": "hooktop test HOOK EVENT",
		"form.copy": "hooktop sample EVENT", "form.explain": "hooktop sample EVENT",
	}[id]
}

// offer says whether an action works now and is shown in the footer then.
func offer(a page.Action, foot, on bool) page.Action {
	a.Foot, a.Off = foot && on, !on
	return a
}

// writing marks an action that --readonly takes away.
func writing(a page.Action) page.Action {
	a.Writes = true
	return a
}

// verifyKey is enter on the URL, where letters are text, and v elsewhere.
func verifyKey(e entry) string {
	if e.id == idURL {
		return "enter"
	}
	return "v"
}

// moveKeys leaves the letter out where it is text, and adds enter to fields where
// it does nothing else.
func (f *form) moveKeys(keys ...string) []string {
	e := f.entry()
	if e.field == nil {
		return keys
	}
	keys = keys[:2:2]
	if keys[0] == "tab" && e.id != idURL && !(e.id == idSecret && e.field.Value() == "") {
		keys = append(keys, "enter")
	}
	return keys
}

// key takes what is no action: text, and the arrows between fields.
func (f *form) key(m tea.KeyPressMsg) tea.Cmd {
	switch m.String() {
	case "down":
		return f.move(1)
	case "up":
		return f.move(-1)
	}
	return f.edit(m)
}

// edit gives a key or a paste to the field with the focus.
func (f *form) edit(msg tea.Msg) tea.Cmd {
	e := f.entry()
	if e.field == nil {
		return nil
	}
	changed, refused := e.field.Update(msg)
	if refused {
		f.issues[e.id] = func(w *text.Words) string { return w.Form.PasteRefused }
	}
	if !changed {
		return nil
	}
	delete(f.issues, e.id)
	switch {
	case e.id == idURL:
		f.warnings, f.anyway, f.banner = nil, false, nil
	case e.id == idSecret:
		f.adv.fresh = false
	case strings.HasPrefix(e.id, headerPrefix):
		f.adv.grow()
	}
	return nil
}

// move goes n entries on; what was left is checked.
func (f *form) move(n int) tea.Cmd {
	from := f.at
	f.step(n)
	cmd := f.left(from)
	f.relayout()
	return tea.Batch(cmd, f.mintSample())
}

// choose sets the webhook's events.
func (f *form) choose(events []string) tea.Cmd {
	f.events = model.NormalizeEvents(events)
	for id := range f.issues {
		if strings.HasPrefix(id, triggerPrefix) {
			delete(f.issues, id)
		}
	}
	f.relayout()
	return nil
}

// toggle flips the trigger, the event or the flag with the focus.
func (f *form) toggle() tea.Cmd {
	e := f.entry()
	switch {
	case e.flag != nil:
		*e.flag = !*e.flag
		f.relayout()
	case e.event != "":
		return f.choose(model.ToggleEvent(f.events, e.event))
	case e.trigger.Key != "":
		return f.choose(e.trigger.Toggle(f.events))
	}
	return nil
}

// folds reports whether the row with the focus can be unfolded, or folded.
func (f *form) folds(open bool) bool {
	e := f.entry()
	switch {
	case e.id == idAdvanced:
		return f.adv.open != open
	case e.event != "":
		return !open
	}
	return len(e.trigger.Events) > 1 && f.unfolded[e.trigger.Key] != open
}

func (f *form) fold(open bool) tea.Cmd {
	e := f.entry()
	switch {
	case e.id == idAdvanced:
		f.adv.open = open
	default:
		f.unfolded[e.trigger.Key] = open
		f.focus(triggerPrefix + e.trigger.Key)
	}
	f.relayout()
	return nil
}

// revealMsg ends a reveal.
type revealMsg struct {
	form *form
	n    int
}

// toggleReveal shows a masked value for a while, or hides it at once.
func (f *form) toggleReveal() tea.Cmd {
	field := f.secretField()
	defer f.relayout()
	if field.Revealed() {
		f.hide()
		return nil
	}
	field.Reveal(true)
	f.reveal++
	return page.After(revealFor, revealMsg{f, f.reveal})
}

// hide masks everything again.
func (f *form) hide() {
	f.reveal++
	f.auth.Reveal(false)
	f.adv.secret.Reveal(false)
	f.adv.fresh = false
}
