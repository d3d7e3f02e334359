package hooks

import (
	"slices"
	"strings"

	"hooktop/model"
	"hooktop/ui/widget"
)

// Ids of the form's entries; those of fields are the model's names for them.
const (
	idName     = string(model.FieldName)
	idURL      = string(model.FieldURL)
	idAuth     = string(model.FieldAuth)
	idSecret   = string(model.FieldSecret)
	idRetry    = string(model.FieldRetry)
	idRate     = string(model.FieldRate)
	idParallel = string(model.FieldConcurrency)
	idCA       = string(model.FieldCA)
	idSkip     = string(model.FieldSkipVerify)
	idPrivate  = string(model.FieldPrivate)
	idAdvanced = "advanced"
	idTotal    = "timeout:total"

	triggerPrefix = "trigger:"
	eventPrefix   = "event:"
	headerPrefix  = "header:"
)

// entry is one row of the form that can have the focus: a text field, a toggle, a
// trigger, one of its events, or the fold.
type entry struct {
	id      string
	label   string
	field   *widget.Field
	flag    *bool
	trigger model.Trigger // of a trigger's row or of one of its events'
	event   string        // of an event's row
}

// entries lists the rows in order, as far as they are unfolded.
func (f *form) entries() []entry {
	w := f.env.Words.Form
	out := []entry{
		{id: idName, label: w.Name, field: f.name},
		{id: idURL, label: w.URL, field: f.url},
		{id: idAuth, label: w.Auth, field: f.auth},
	}
	for _, t := range f.v.Catalogue().Triggers() {
		out = append(out, entry{id: triggerPrefix + t.Key, trigger: t})
		if !f.unfolded[t.Key] {
			continue
		}
		for _, typ := range t.Events {
			out = append(out, entry{id: eventPrefix + typ, trigger: t, event: typ})
		}
	}
	out = append(out, entry{id: idAdvanced})
	if f.adv.open {
		out = append(out, f.adv.entries(f.env.Words)...)
	}
	return out
}

// entry is the row with the focus.
func (f *form) entry() entry {
	all := f.entries()
	if i := indexOf(all, f.at); i >= 0 {
		return all[i]
	}
	return all[0]
}

func indexOf(all []entry, id string) int {
	return slices.IndexFunc(all, func(e entry) bool { return e.id == id })
}

// focus moves the focus to the entry, unfolding what hides it.
func (f *form) focus(id string) {
	if advancedEntry(id) {
		f.adv.open = true
	}
	if e := f.entry(); e.field != nil {
		e.field.Blur()
	}
	f.at = id
	if e := f.entry(); e.field != nil {
		e.field.Focus()
	}
}

func advancedEntry(id string) bool {
	switch id {
	case idName, idURL, idAuth, idAdvanced:
		return false
	}
	return !strings.HasPrefix(id, triggerPrefix) && !strings.HasPrefix(id, eventPrefix)
}

// step moves the focus n entries on, staying within the form.
func (f *form) step(n int) {
	all := f.entries()
	i := min(max(indexOf(all, f.at)+n, 0), len(all)-1)
	f.focus(all[i].id)
}

// onTrigger reports whether the focus is on a trigger or one of its events, and
// the event type that testing and copying are about.
func (f *form) onTrigger() (typ string, ok bool) {
	e := f.entry()
	switch {
	case e.event != "":
		return e.event, true
	case len(e.trigger.Events) > 0:
		return e.trigger.Events[0], true
	}
	return "", false
}

// place is the entry at which a fault is shown; empty: above the form.
func (f *form) place(fault *model.Fault) string {
	switch fault.Field {
	case model.FieldName, model.FieldURL, model.FieldAuth, model.FieldSecret, model.FieldRetry,
		model.FieldRate, model.FieldConcurrency, model.FieldCA, model.FieldCondition:
		return string(fault.Field)
	case model.FieldTriggers:
		if ts := f.v.Catalogue().Triggers(); len(ts) > 0 {
			return triggerPrefix + ts[0].Key
		}
	case model.FieldHeader:
		return f.adv.headerEntry(fault.Value)
	case model.FieldTimeout:
		return idTotal
	}
	return ""
}
