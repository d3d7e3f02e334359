package hooks

import (
	"strings"
	"testing"

	"hooktop/ui/page"
	"hooktop/ui/text"
)

// Whoever discards by mistake gets the draft back where drafts wait: nothing opens by
// itself, and no key of it is ever on the disk.
func TestDiscardingAFormCanBeUndone(t *testing.T) {
	for lang, words := range map[text.Lang][3]string{
		text.ES: {"u lo recupera como borrador, sin las claves", "Cambios descartados · u los recupera sin las claves", "Se recuperó el borrador de un webhook nuevo, «crm-nuevo» · n lo abre"},
		text.EN: {"u brings it back as a draft, without the keys", "Changes discarded · u brings them back without the keys", `The draft of a new webhook, "crm-nuevo", is back · n opens it`},
	} {
		box := &drawer{drafts: map[string]string{}}
		d := drafting(t, few(), box, look{W: 80, H: 24, Lang: lang}, "n")
		d.Type("crm-nuevo").Press("tab", "tab").Type("Bearer canary-77").Fire()
		d.Press("esc").Has(words[0]).Press("d").Has(words[1], "crm-prod")
		if box.has("new") != "" {
			t.Error("it can be undone before it is done")
		}
		d.Press("u").Has(words[2], "crm-prod").Lacks("[crm-nuevo")
		if kept := box.has("new"); !strings.Contains(kept, "crm-nuevo") || strings.Contains(kept, "canary") {
			t.Errorf("kept %q", kept)
		}
		d.Press("n", "r").Has("[crm-nuevo").Lacks("[****").Press("esc", "d").Has("crm-prod")
	}
}

// What was discarded of a stored webhook says by its name where it is.
func TestAnUndoneDraftSaysWhichKeyOpensIt(t *testing.T) {
	box := &drawer{drafts: map[string]string{}}
	d := drafting(t, few(), box, es80, "e", "end").Type("2").Press("esc", "d", "u")
	d.Has("Se recuperó el borrador de «crm-prod» · e sobre él lo abre").Press("e", "r").Has("[crm-prod2")
}

// Neither a form that is open nor another draft is lost to an undo; it stays possible.
func TestAnUndoneDraftTakesNothingAway(t *testing.T) {
	box := &drawer{drafts: map[string]string{}}
	d := drafting(t, few(), box, es80, "n").Type("first").Press("esc", "d")
	d.Press("n").Type("second").Fire()
	d.Press("ctrl+p").Type("undo").Press("enter").Has("[second", "Hay otro borrador de ese webhook")
	if kept := box.has("new"); !strings.Contains(kept, "second") {
		t.Errorf("kept %q", kept)
	}
	d.Press("esc", "d", "u").Has("«second»", "n lo abre").Press("u").Has("Hay otro borrador")
	if kept := box.has("new"); !strings.Contains(kept, "second") {
		t.Errorf("kept %q", kept)
	}
	d.Press("n", "d", "esc", "u").Has("«second»").Press("n", "d", "esc") // the newest first
	d.Press("u", "n", "r").Has("[second")
}

func TestDiscardingAFoundDraftCanBeUndone(t *testing.T) {
	box := &drawer{drafts: map[string]string{"new": `{"Name":"crm-nuevo"}`}}
	d := drafting(t, few(), box, es80, "n", "d").Has("Borrador descartado · ctrl+p deshacer lo recupera").Lacks("crm-nuevo")
	d.Press("ctrl+p").Type("undo").Press("enter").Has("[crm-nuevo").Wait(func() bool { return box.has("new") != "" })

	box = &drawer{drafts: map[string]string{"new": `{"Name":"crm-nuevo"}`}}
	d = drafting(t, few(), box, es80, "n", "d").Type("since") // what was typed since stays
	d.Press("ctrl+p").Type("undo").Press("enter").Has("[since", "Hay otro borrador")

	box = &drawer{drafts: map[string]string{"new": `{"Name":"crm-nuevo"}`}}
	d = drafting(t, few(), box, es80, "n", "d", "esc") // and after the form was left
	d.Press("u").Has("Se recuperó el borrador de un webhook nuevo, «crm-nuevo» · n lo abre")
	d.Press("n").Has("Se conservó un borrador de crm-nuevo")
}

// A draft that is put back while a form opens is either found by it or kept from it.
func TestADraftIsNeverPutBackUnderAFormThatOpens(t *testing.T) {
	for range 200 {
		box := &drawer{drafts: map[string]string{}}
		table := &desk{drafts: box}
		form := &keeping{desk: table, id: "new"}
		back := make(chan bool)
		go func() {
			ok, err := table.putBack("new", []byte("{}"))
			back <- ok && err == nil
		}()
		if _, found := form.begin(); found != <-back {
			t.Fatal("the form does not know of the draft under it")
		}
	}
}

// A form that has ended neither keeps nor drops, however late its commands run.
func TestAnEndedFormLeavesTheDraftsAlone(t *testing.T) {
	box := &drawer{drafts: map[string]string{}}
	k := &keeping{desk: &desk{drafts: box}, id: "new"}
	k.begin()
	if err := k.end(true); err != nil {
		t.Fatal(err)
	}
	if ok, err := k.desk.putBack("new", []byte("back")); !ok || err != nil {
		t.Fatalf("not put back: %v", err)
	}
	if k.keep([]byte("late")) != nil || k.drop() != nil || k.end(true) != nil || box.has("new") != "back" {
		t.Errorf("kept %q", box.has("new"))
	}
}

// A draft that was neither taken nor discarded waits for the next form.
func TestADeclinedDraftOutlivesTheForm(t *testing.T) {
	box := &drawer{drafts: map[string]string{"new": `{"Name":"crm-nuevo"}`}}
	drafting(t, few(), box, es80, "n", "esc", "esc").Has("crm-prod").Press("n").Has("Se conservó un borrador de crm-nuevo")
}

// Where nothing is kept nothing is promised.
func TestWithoutDraftsADiscardIsNotUndone(t *testing.T) {
	d := openOn(t, es80, func(env *page.Env) page.Page { return New(env, few().verbs()) })
	d.Press("n").Type("x").Press("esc").Lacks("u lo recupera").Press("d").Has("Cambios descartados").Lacks("u los")
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
