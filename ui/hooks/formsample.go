package hooks

import (
	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/widget"
)

// sampleOf is the minted body of the trigger under the cursor: what is shown
// beside the form is what the copy key copies.
type sampleOf struct {
	asked string // event type and language
	typ   string
	event model.Event
	body  *widget.Body
}

// sampleMsg is a sample asked for by a form.
type sampleMsg struct {
	form  *form
	asked string
	event model.Event
	err   error
}

// mintSample asks for the sample of the trigger under the cursor, or of the first
// one, unless it is there already.
func (f *form) mintSample() tea.Cmd {
	typ, ok := f.onTrigger()
	if types := f.v.Catalogue().Types(); !ok && f.sample.typ == "" && len(types) > 0 {
		typ, ok = types[0], true
	}
	lang := string(f.env.Words.Lang)
	if !ok {
		typ = f.sample.typ
	}
	asked := typ + " " + lang
	if typ == "" || asked == f.sample.asked {
		return nil
	}
	f.sample.asked, f.sample.typ, f.sample.event = asked, typ, model.Event{}
	return func() tea.Msg {
		ev, err := f.v.Mint(typ, lang)
		return sampleMsg{f, asked, ev, err}
	}
}

func (f *form) tookSample(m sampleMsg) tea.Cmd {
	if m.form != f || m.asked != f.sample.asked {
		return nil
	}
	if m.err != nil {
		f.show(m.err)
		return nil
	}
	f.sample.event = m.event
	return f.sample.body.SetBytes(m.event.Body)
}

// copySample copies the payload that is, or on a wide screen would be, shown.
func (f *form) copySample() tea.Cmd {
	typ, _ := f.onTrigger()
	if f.sample.event.Type != typ {
		return f.mintSample() // still on its way; the next press finds it
	}
	return page.Copy(f.env.Words.Form.Payload(typ), f.sample.event.Body)
}

// test opens the test page on the trigger under the cursor.
func (f *form) test() tea.Cmd {
	typ, _ := f.onTrigger()
	h, issues := f.hook()
	for _, id := range []string{idURL, idAuth} {
		if issues[id] != nil {
			f.issues[id] = issues[id]
			f.focus(id)
			f.relayout()
			return nil
		}
	}
	return f.env.Push(newTestOf(f.env, f.v, h, typ))
}

func (f *form) explain() tea.Cmd {
	return f.env.Push(newExplain(f.env, f.v, f.entry().trigger.Key))
}
