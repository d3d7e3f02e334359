package hooks

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/text"
	"hooktop/ui/uitest"
)

func TestGoldenList(t *testing.T) {
	states := map[string]func(t *testing.T, l look) *uitest.Driver{
		"list-few":  func(t *testing.T, l look) *uitest.Driver { return open(t, few(), l) },
		"list-many": func(t *testing.T, l look) *uitest.Driver { return open(t, many(), l).Press("G") },
		"list-filtered": func(t *testing.T, l look) *uitest.Driver {
			return open(t, few(), l).Press("/").Type("crm").Press("enter")
		},
		"list-no-match": func(t *testing.T, l look) *uitest.Driver { return open(t, few(), l).Press("/").Type("zapier") },
		"list-pulse":    func(t *testing.T, l look) *uitest.Driver { return open(t, busy(), l) },
		"list-actions":  func(t *testing.T, l look) *uitest.Driver { return open(t, few(), l).Press("x") },
		"first-run":     func(t *testing.T, l look) *uitest.Driver { return open(t, newFake(), l) },
		"list-error": func(t *testing.T, l look) *uitest.Driver {
			f := few()
			f.faults["Hooks"] = &model.Fault{Code: model.CodeStoreLocked, Field: model.FieldDB, Value: "/home/ana/hooktop.db", Err: errors.New("pid 4711")}
			return open(t, f, l).Press("enter")
		},
	}
	for name, state := range states {
		t.Run(name, func(t *testing.T) { goldens(t, name, state) })
	}
}

func TestR04_TheListSaysWhereItStands(t *testing.T) {
	open(t, few(), es80).Has("Configuración > Licencias > Configuración de Webhook")
	open(t, few(), en80).Has("Settings > Licenses > Webhook configuration")
	open(t, few(), look{W: 40, H: 12, Lang: text.ES}).Has("Configuración de Webhook")
}

func TestR05_TheListHasAllWebhooks(t *testing.T) {
	d := open(t, few(), es80)
	d.Has("crm-prod", "bi-panel", "datalake", "4 webhooks · 1 activo · 1 pausado · 1 desactivado · 1 borrador")
	d.Has("● activo", "‖ pausado", "○ borrador", "■ desactivado")
	d.Has("✓ hace 2 h", "✓ eco hace 1 d", "✗ falló", "! caducada", "7/7", "3/7", "1/7")
	open(t, few(), en80).Has("4 webhooks · 1 active · 1 paused · 1 disabled · 1 draft")
}

func TestR06_AnArrowBesideEachRowOpensEditsAndDeletes(t *testing.T) {
	f := few()
	d := open(t, f, es80)
	if n := strings.Count(d.Screen(), "▸ "); n != 4 {
		t.Errorf("%d arrows beside 4 webhooks:\n%s", n, d.Screen())
	}
	d.Press("right").Has("Resumen", "Disparadores", "Historial").Press("esc")
	d.Press("enter").Has("Resumen").Press("esc")
	d.Press("x").Has("Editar", "Eliminar", "Abrir").Press("esc")
	d.Press("down", "d")
	if _, ok := f.sees("bi-panel"); ok {
		t.Error("the webhook under the cursor was not deleted")
	}
}

func TestR25_DeletingIsEasyAndCanBeUndone(t *testing.T) {
	f := few()
	d := open(t, f, es80).Press("d")
	d.Has("«crm-prod» eliminado · u deshace", "3 webhooks").Lacks("▸ crm-prod")
	d.Press("u").Has("«crm-prod» restaurado", "4 webhooks")
	if _, ok := f.sees("crm-prod"); !ok {
		t.Error("undo did not bring the webhook back")
	}
}

func TestDeletedWebhooksComeBackThroughThePalette(t *testing.T) {
	f := newFake(crm())
	d := open(t, f, es80).Press("d").Fire()
	d.Has("Aún no hay webhooks").Press(":").Type("restaurar").Press("enter")
	if _, ok := f.sees("crm-prod"); !ok {
		t.Errorf("not restored; calls %q\n%s", f.called(), d.Screen())
	}
}

func TestR29_TheSampleOfTheFirstTriggerStandsBeside(t *testing.T) {
	d := open(t, few(), look{W: 120, H: 40, Lang: text.ES})
	d.Has("Ejemplo de carga útil: call.processed", `"call_details"`, "10126872918086418832")
	d.Press("down", "down").Has("Ejemplo de carga útil: call.score.changed")
}

func TestTheLayoutChangesAtItsWidths(t *testing.T) {
	for _, c := range []struct {
		width int
		head  bool // columns with heads
		side  bool
	}{{79, false, false}, {80, true, false}, {119, true, false}, {120, true, true}} {
		d := open(t, few(), look{W: c.width, H: 24, Lang: text.ES}).Fits()
		if got := strings.Contains(d.Screen(), "éxito"); got != c.head {
			t.Errorf("%d columns: heads %v, want %v\n%s", c.width, got, c.head, d.Screen())
		}
		if got := strings.Contains(d.Screen(), "Ejemplo de carga útil"); got != c.side {
			t.Errorf("%d columns: side %v, want %v", c.width, got, c.side)
		}
	}
}

func TestResizingKeepsTheSelection(t *testing.T) {
	d := open(t, many(), es80).Press("G", "up", "up")
	for _, size := range [][2]int{{40, 12}, {200, 60}, {120, 40}, {80, 24}} {
		d.Resize(size[0], size[1]).Fits()
	}
	d.Press("enter").Has("crm-117")
}

func TestRefreshingKeepsTheSelection(t *testing.T) {
	f := many()
	d := open(t, f, es80).Press("pgdown", "pgdown")
	was, line := d.View().Cursor.Y, d.Line(d.View().Cursor.Y)
	f.mu.Lock()
	f.hooks = append([]model.HookView{flow(), old()}, f.hooks...)
	f.mu.Unlock()
	d.Send(changedMsg{})
	if now := d.View().Cursor.Y; now != was || d.Line(now) != line {
		t.Errorf("the cursor was on %q, is on %q", line, d.Line(now))
	}
}

func TestTheFilterNarrowsWithEveryLetter(t *testing.T) {
	d := open(t, few(), es80).Press("/")
	d.Type("p").Has("4 de 4").Type("untuacion").Has("1 de 4", "flujo-puntuación").Lacks("crm-prod")
	d.Press("esc").Has("4 webhooks", "crm-prod")
	d.Press("/").Type("BORRADOR").Press("enter").Has("1 de 4", "flujo-puntuación")
	d.Press("esc").Has("4 webhooks")
	d.Press("/").Type("lake.example").Press("enter", "enter").Has("Resumen", "datalake")
}

func TestAFilterThatMatchesNothingSaysHowToGetOut(t *testing.T) {
	open(t, few(), es80).Press("/").Type("crm\x1b").Lacks("\x1b")
	open(t, few(), es80).Press("/").Type("nada").Has("Ninguno coincide con «nada». esc quita el filtro.")
	open(t, few(), en80).Press("/").Type("nil").Has("None matches \"nil\". esc clears the filter.")
}

func TestReadingThatTakesLongSaysSoWithAClock(t *testing.T) {
	now := at
	v := newFake().verbs()
	v.Book = dying{v.Book}
	l := New(envOf(es80), v).(*list)
	l.env.Now = func() time.Time { return now }
	l.SetSize(80, 22)
	read := l.read()().(tea.BatchMsg)[0]
	if l.View() != "" {
		t.Errorf("it speaks at once: %q", l.View())
	}
	l.Update(slowMsg{l, l.reading})
	if got := uitest.Strip(l.View()); got != " Cargando…" {
		t.Errorf("after 150 ms %q", got)
	}
	now = at.Add(4 * time.Second)
	if got := uitest.Strip(l.View()); got != " Cargando… 4 s" {
		t.Errorf("after 4 s %q", got)
	}
	uitest.CheckPage(t, l)
	l.Interrupt()
	m := read().(readMsg)
	if !errors.Is(m.err, context.Canceled) {
		t.Error("the read goes on")
	}
	l.Update(m)
	if got := l.View(); l.ready || !strings.Contains(got, "Cancelado") || !strings.Contains(got, "reintentar") {
		t.Errorf("given up: %q", got)
	}
	l.Actions()[0].Do()
	if got := l.View(); got != "" {
		t.Errorf("while it is tried again: %q", got)
	}
	l.Update(slowMsg{l, l.reading})
	if got := uitest.Strip(l.View()); got != " Cargando…" {
		t.Errorf("tried again for 150 ms: %q", got)
	}
}

// dying is a book whose reads last as long as they may.
type dying struct{ Book }

func (dying) Hooks(ctx context.Context) ([]model.HookView, error) { return nil, ctx.Err() }

func TestAStaleReadIsDropped(t *testing.T) {
	l := New(envOf(es80), newFake().verbs()).(*list)
	l.SetSize(80, 22)
	l.Init()
	l.read()
	l.Update(readMsg{to: l, n: 1, hooks: []model.HookView{crm()}})
	if l.ready {
		t.Error("the answer to an older read was taken")
	}
	l.Update(readMsg{to: l, n: 2, hooks: []model.HookView{crm()}})
	if !l.ready {
		t.Error("the answer to the newest read was not taken")
	}
}

func TestAReadThatFailsCanBeRepeated(t *testing.T) {
	f := few()
	f.faults["Hooks"] = &model.Fault{Code: model.CodeStoreLocked, Field: model.FieldDB, Err: errors.New("busy: pid 4711")}
	d := open(t, f, es80).Lacks("pid 4711").Press("enter").Has("pid 4711")
	f.mu.Lock()
	delete(f.faults, "Hooks")
	f.mu.Unlock()
	d.Press("r").Has("crm-prod", "4 webhooks")
}

func TestStatesChangeByTheirKeys(t *testing.T) {
	f := few()
	state := func(name string) model.HookState { h, _ := f.sees(name); return h.State }
	d := open(t, f, es80)
	for _, step := range []struct {
		key  string
		want model.HookState
	}{{"p", model.HookPaused}, {"p", model.HookActive}, {"s", model.HookDisabled}, {"s", model.HookActive}} {
		if d.Press(step.key); state("crm-prod") != step.want {
			t.Errorf("%s: crm-prod is %s, want %s", step.key, state("crm-prod"), step.want)
		}
	}
}

func TestADraftIsVerifiedBeforeItIsActivated(t *testing.T) {
	f := few()
	d := open(t, f, es80).Press("down", "down", "s")
	d.Has("Verificar y activar flujo-puntuación", "¡Eso es todo! Guardado y activo", "Verificado")
	if h, _ := f.sees("flujo-puntuación"); h.State != model.HookActive {
		t.Errorf("state %s", h.State)
	}
	d.Press("r").Has("Verificar flujo-puntuación", "Verificado").Lacks("Guardado y activo", "pendiente")
	d.Press("enter").Has("2 activos")
}

func TestADraftThatFailsCanBeActivatedAnyway(t *testing.T) {
	f := few()
	h, _ := f.sees("flujo-puntuación")
	bad := unverifiedBy(h.Hook, &model.Failure{Code: model.CodeRefused, Host: "127.0.0.1:8787"})
	f.answer = &bad
	d := open(t, f, es80).Press("down", "down", "s")
	d.Has("Queda como borrador", "Falló la verificación", "A activar sin verificar")
	if h, _ := f.sees("flujo-puntuación"); h.State != model.HookDraft {
		t.Errorf("state %s after a failed verification", h.State)
	}
	d.Press("A").Has("Guardado y activo")
	if h, _ := f.sees("flujo-puntuación"); h.State != model.HookActive {
		t.Errorf("state %s", h.State)
	}
}

func TestAFaultOfAVerbIsSaidInWords(t *testing.T) {
	f := few()
	f.faults["Pause"] = &model.Fault{Code: model.CodeStoreFull, Field: model.FieldDB}
	d := open(t, f, es80).Press("p").Has(strings.TrimSuffix(text.For(text.ES).Fault(f.faults["Pause"]).What, "."))
	d.Lacks("store_full")
}

func TestTheCopyMenuGivesTheURL(t *testing.T) {
	d := open(t, few(), es80).Press("y").Has("Copiar de crm-prod").Press("u")
	if d.Clipboard() != "https://crm.example.com/hooks/empower" {
		t.Errorf("copied %q", d.Clipboard())
	}
	if d.Press("y", "i"); d.Clipboard() != "wh_01CRM" {
		t.Errorf("copied %q", d.Clipboard())
	}
}

func TestEveryVerbSaysThatItWrites(t *testing.T) {
	l := New(envOf(es80), few().verbs()).(*list)
	l.Update(readMsg{to: l, n: 0, hooks: few().hooks})
	for _, a := range l.Actions() {
		if strings.HasPrefix(a.ID, "hook.") && a.ID != "hook.open" && a.ID != "hook.deliveries" && !strings.HasPrefix(a.ID, "hook.copy") && !a.Writes {
			t.Errorf("%s writes and does not say so", a.ID)
		}
	}
}

func TestHostileNamesAndURLsAreMarked(t *testing.T) {
	h := crm()
	h.Name, h.URL = "a\x1b[31mb\u202ec\rd", "https://x.example/\x1b]52;c;aGk=\x07\u200b"
	for _, l := range uitest.Looks() {
		d := open(t, newFake(h), l).Fits()
		for _, keys := range [][]string{nil, {"enter"}, {"esc", "x"}, {"esc", "y"}, {"esc", "v"}, {"esc", "d"}} {
			d.Press(keys...).Fits()
			if s := uitest.Strip(d.Raw()); strings.ContainsAny(s, "\x1b\r\x07\u202e\u200b") || strings.Contains(d.Raw(), "\x1b]52") {
				t.Fatalf("%s after %v: %q", l, keys, s)
			}
		}
	}
}

func TestR30_TheFirstRunLeadsToTheFirstWebhook(t *testing.T) {
	d := open(t, newFake(), es80)
	d.Has("Aún no hay webhooks.", "1  Crear mi primer webhook", "2  Ver la demostración (sin red)", "Idioma: Español · L English")
	d.Press("L").Has("Create my first webhook", "Language: English · L Español")
	d.Press("1").Has("Name", "URL")
}

func TestTheFirstRunOffersADemonstrationOnlyIfThereIsOne(t *testing.T) {
	env := envOf(es80)
	env.Demo = false
	l := New(env, newFake().verbs()).(*list)
	l.SetSize(80, 22)
	l.Update(readMsg{to: l, n: 0})
	if s := uitest.Strip(l.View()); strings.Contains(s, "demostración") {
		t.Errorf("it offers what is not there:\n%s", s)
	}
}
