package hooks

import (
	"strings"
	"testing"

	"hooktop/ui/text"
)

// Whoever discards by mistake gets back what was typed, keys included; nothing of it
// was on the disk in the meantime.
func TestDiscardingAFormCanBeUndone(t *testing.T) {
	for lang, words := range map[text.Lang]string{text.ES: "Cambios descartados · u deshace", text.EN: "Changes discarded · u undoes"} {
		box := &drawer{drafts: map[string]string{}}
		d := drafting(t, few(), box, look{W: 80, H: 24, Lang: lang}, "n")
		d.Type("crm-nuevo").Press("tab", "tab").Type("Bearer canary-77").Fire()
		d.Press("esc", "d").Has(words, "crm-prod").Wait(func() bool { return box.has("new") == "" })
		d.Press("u").Has("[crm-nuevo", "[****").Wait(func() bool { return box.has("new") != "" })
		if strings.Contains(box.has("new"), "canary") {
			t.Error("a key is kept")
		}
		d.Press("esc", "d").Has("crm-prod").Wait(func() bool { return box.has("new") == "" }) // it can be left again
	}
}

func TestDiscardingAFoundDraftCanBeUndone(t *testing.T) {
	box := &drawer{drafts: map[string]string{"new": `{"Name":"crm-nuevo"}`}}
	d := drafting(t, few(), box, es80, "n", "d").Has("Borrador descartado · ctrl+p deshacer lo recupera").Lacks("crm-nuevo")
	d.Press("ctrl+p").Type("undo").Press("enter").Has("[crm-nuevo").Wait(func() bool { return box.has("new") != "" })

	d = drafting(t, few(), box, es80, "n", "d", "esc") // and after the form was left
	d.Wait(func() bool { return box.has("new") == "" })
	d.Press("u").Wait(func() bool { return box.has("new") != "" })
	d.Press("n").Has("Se conservó un borrador de crm-nuevo")
}

func TestTheListSaysOnceThatADraftWaits(t *testing.T) {
	for lang, want := range map[text.Lang][3]string{
		text.ES: {"Un webhook nuevo, «crm-nuevo», quedó sin guardar (12:03:", "n lo abre", "Quedó sin guardar un borrador de «crm-prod» (12:03:"},
		text.EN: {`A new webhook, "crm-nuevo", was never saved (12:03:`, "n opens it", `A draft of "crm-prod" was never saved (12:03:`},
	} {
		box := &drawer{drafts: map[string]string{"new": `{"Name":"crm-nuevo"}`, "wh_gone": `{}`}}
		l := look{W: 120, H: 24, Lang: lang}
		d := drafting(t, few(), box, l).Has(want[0], want[1])
		d.Press("down").Lacks(want[0]) // it has been seen
		d.Send(changedMsg{}).Lacks(want[0])

		box.drafts = map[string]string{"wh_01CRM": `{"Name":"x"}`}
		drafting(t, few(), box, l).Has(want[2]).Press("e", "r").Has("[x ")
		drafting(t, few(), &drawer{}, l).Lacks("(12:03:")
	}
}
