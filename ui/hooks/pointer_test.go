package hooks

import (
	"strings"
	"testing"

	"hooktop/ui"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/uitest"
)

func TestAClickSelectsAndTheSecondOneOpens(t *testing.T) {
	for _, width := range []int{60, 80, 120} {
		d := open(t, few(), look{W: width, H: 24, Lang: text.ES})
		d.ClickOn("bi-panel")
		y := d.View().Cursor.Y
		if !strings.Contains(d.Line(y), "bi-panel") {
			t.Errorf("%d columns: the cursor is on %q", width, d.Line(y))
		}
		d.Click(10, y).Has("Historial", "bi-panel")
	}
}

func TestAClickOnTheArrowOpens(t *testing.T) {
	open(t, few(), es80).ClickOn("▸ bi-panel").Has("Historial", "bi-panel")
}

// Rows may have moved under the pointer between two clicks.
func TestTheSecondClickOpensOnlyWhatTheFirstSelected(t *testing.T) {
	d := open(t, few(), es80).ClickOn("crm-prod")
	d.ClickOn("bi-panel").Lacks("Historial")
}

func TestTheWheelMovesThroughTheList(t *testing.T) {
	d := open(t, few(), es80).Wheel(1)
	if y := d.View().Cursor.Y; strings.Contains(d.Line(y), "crm-prod") {
		t.Errorf("the cursor is still on %q", d.Line(y))
	}
}

func TestTheFirstRunIsClickedThrough(t *testing.T) {
	d := open(t, newFake(), es80)
	d.ClickOn("1  ").ClickOn("1  ").Has("Nuevo webhook")
}

func TestAWebhookIsOpenedByItsNameOrID(t *testing.T) {
	for id, want := range map[string]string{"bi-panel": "Resumen", few().hooks[1].ID: "Resumen", "nadie": "No existe"} {
		app := ui.New(ui.Options{Env: envOf(es80), Open: id, Tabs: []ui.Tab{{
			Key: "webhooks", Title: func(w *text.Words) string { return w.Shell.Webhooks },
			New:   func(env *page.Env) page.Page { return New(env, few().verbs()) },
			Opens: func(string) bool { return true },
		}}})
		uitest.New(t, app, 80, 24).Has(want)
	}
}

func TestTheFilterAndTheSelectionAreKept(t *testing.T) {
	f := few()
	first := New(envOf(es80), f.verbs()).(*list)
	openOn(t, es80, func(*page.Env) page.Page { return first }).Press("/").Type("a").Press("enter", "down")
	kept := first.Keep()
	again := New(envOf(es80), f.verbs()).(*list)
	d := reopened(t, again, kept)
	d.Has("filtro: [a")
	if got := again.rows.Selected(); got != first.rows.Selected() || got == "" {
		t.Errorf("selected %q, was %q", got, first.rows.Selected())
	}
	strange := New(envOf(es80), f.verbs()).(*list)
	reopened(t, strange, map[string]string{"selected": "wh_gone", "pane": "?"}).Has("crm-prod", "bi-panel")
}

// reopened starts the whole screen on a list as another session left it.
func reopened(t *testing.T, l *list, kept map[string]string) *uitest.Driver {
	t.Helper()
	return uitest.New(t, ui.New(ui.Options{
		Env: envOf(es80), Session: ui.Session{Pages: map[string]map[string]string{"webhooks": kept}},
		Tabs: []ui.Tab{{Key: "webhooks", Title: func(w *text.Words) string { return w.Shell.Webhooks }, New: func(*page.Env) page.Page { return l }}},
	}), 80, 24)
}

func TestTheTabsOfAWebhookAreClicked(t *testing.T) {
	d := open(t, few(), es80).Press("enter").ClickOn("Disparadores  ")
	d.Has("call.tag")
	d.ClickOn("call.tag").Has("Resumen")
	d.Click(5, d.View().Cursor.Y).Lacks("Resumen").Has("Etiqueta")
	narrow := open(t, few(), look{W: 40, H: 14, Lang: text.ES}).Press("enter")
	narrow.ClickOn("Resumen").Has("Disparadores").Wheel(1)
}

func TestTheFormIsClickedThrough(t *testing.T) {
	d := open(t, few(), es80).Press("n").ClickOn("URL").Type("http://example.com").Has("[http://example.com")
	d.ClickOn("call.flag").Has("[ ] Marcador")
	d.ClickOn("call.flag").Has("[x] Marcador")
	d.ClickOn("Avanzado").Lacks("Condición jq").ClickOn("Avanzado").Has("Condición jq")
	d.Click(70, 23)
}
