package deliveries

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/uitest"
)

func press(keys ...string) func(t *testing.T, l look) *stage {
	return func(t *testing.T, l look) *stage {
		s := open(t, some(), l)
		s.Press(keys...)
		return s
	}
}

func filtered(f *fake, t *testing.T, l look, query string) *stage {
	s := open(t, f, l)
	s.Press("/").Type(query).Press("enter")
	return s
}

func TestEveryStateHasASymbolAndAWord(t *testing.T) {
	open(t, some(), es80).Has("· en cola", "✓ entregada", "▸ enviando", "↻ reintento", "✗ fallida", "‖ retenida", "■ cancelada")
	open(t, some(), en80).Has("· queued", "✓ delivered", "▸ sending", "↻ retrying", "✗ failed", "‖ held", "■ cancelled")
}

func TestTestsCarryTheirTag(t *testing.T) {
	for _, l := range uitest.Looks() {
		tag := map[bool]string{true: "PRUEBA", false: "TEST"}[l.Lang == "es"]
		s := open(t, some(), l)
		s.Press("f", "f", "f").Has(tag, "test:yes")
	}
}

func TestTheSummaryComesFromTheRollup(t *testing.T) {
	open(t, some(), es80).Has("hoy 12.433   ✓ 12.380   ↻ 43   ✗ 8   · 2 pendientes   p50 41 ms   p95 210 ms")
	open(t, some(), en80).Has("today 12,433   ✓ 12,380   ↻ 43   ✗ 8   · 2 pending   p50 41 ms   p95 210 ms")
}

func TestTheListFollowsUntilItIsMoved(t *testing.T) {
	s := open(t, many(50), es80)
	add := func(n int) {
		s.fake.add(dlv(n, fmt.Sprintf("hook-%d", n), "call.processed", model.DeliveryDelivered, 200, time.Millisecond))
		s.fresh()
	}
	add(1001)
	s.Has("▌    15:00:01 hook-1001").Lacks("nueva")
	s.Press("down")
	add(1002)
	s.Has("▲ 1 nueva · g para verla").Lacks("hook-1002")
	add(1003)
	s.Has("▲ 2 nuevas · g para verlas").Lacks("hook-1003")
	s.Press("g").Has("▌    15:00:03 hook-1003", "hook-1002").Lacks("nuevas")
	add(1004)
	s.Has("▌    15:00:04 hook-1004")
}

// UX 4.17, check 6: a thousand changes move nothing that is being read.
func TestAnchoredSelectionNeverMovesByItself(t *testing.T) {
	f := many(500)
	f.changes = make(chan struct{}, 1)
	l := newList(t.Context(), envOf(es80), f.verbs())
	l.beat = 0
	l.SetSize(80, 22)
	l.changes = f.Changes(t.Context())
	drive(t, l, l.read())
	for range 7 {
		drive(t, l, l.move(func() { l.rows.Move(1) }))
	}
	id, line := l.rows.Selected(), l.rows.Line()
	watch := l.watch()
	for i := range 1000 {
		f.add(dlv(1000+i, "bi-panel", "call.processed", model.DeliveryQueued, 0, 0))
		f.change(id, func(d *model.Delivery) { d.Attempts = i })
		f.tell()
		cmd := l.Update(watch())
		watch = l.watch() // what Update armed again, without its siblings
		_ = cmd
		if l.rows.Selected() != id || l.rows.Line() != line {
			t.Fatalf("change %d moved the selection from %s on line %d to %s on line %d", i, id, line, l.rows.Selected(), l.rows.Line())
		}
	}
	if l.news.n != 1000 || l.news.more {
		t.Errorf("%d new (more: %v), want 1000", l.news.n, l.news.more)
	}
	if len(l.win.byID) > maxPages*pageRows {
		t.Errorf("the window holds %d rows", len(l.win.byID))
	}
}

func TestABurstOfUncountedRowsIsSaidToBeMore(t *testing.T) {
	s := open(t, many(50), es80)
	s.Press("down")
	for i := range pageRows + 50 {
		s.fake.add(dlv(1000+i, "bi-panel", "call.processed", model.DeliveryQueued, 0, 0))
	}
	s.fresh().Has("▲ más de 200 nuevas · g para verlas")
}

func TestRowsThatStandAreKeptUpToDate(t *testing.T) {
	s := open(t, some(), es80)
	s.Press("down", "down", "down")
	for i := range pageRows + 1 { // the newest page does not reach them any more
		s.fake.add(dlv(1000+i, "bi-panel", "call.processed", model.DeliveryQueued, 0, 0))
	}
	s.fake.change("dlv_0100000996", func(d *model.Delivery) { d.State, d.HTTPStatus, d.Error = model.DeliveryDelivered, 200, "" })
	s.fresh().Has("▌    14:59:56 datalake").Lacks("↻ reintento    503")
	if !strings.Contains(s.Line(s.View().Cursor.Y), "✓ entregada") {
		t.Errorf("the row under the cursor is %q", s.Line(s.View().Cursor.Y))
	}
}

func TestTheWindowReadsBackWhatItGaveUp(t *testing.T) {
	s := open(t, many(3000), es80)
	for range 40 {
		s.Press("G")
	}
	if n := len(s.list.win.byID); n > maxPages*pageRows {
		t.Errorf("%d rows are held", n)
	}
	if id := s.list.rows.Selected(); id != "dlv_0100000001" {
		t.Errorf("the end is %s", id)
	}
	for range 400 {
		s.Press("pgup")
	}
	if id := s.list.rows.Selected(); id != "dlv_0100003000" {
		t.Errorf("the top is %s", id)
	}
	if s.fake.most > pageRows {
		t.Errorf("a page of %d rows was read", s.fake.most)
	}
}

func TestAFrozenViewStandsWhileDeliveriesGoOn(t *testing.T) {
	s := open(t, some(), es80)
	s.Press("p").Has("‖ VISTA FIJA").Lacks("EN VIVO")
	before := s.Line(3)
	s.fake.add(dlv(1001, "crm-prod", "call.processed", model.DeliveryDelivered, 200, time.Millisecond))
	s.fresh().Has("▲ 1 nueva")
	if s.Line(3) != before {
		t.Errorf("the first row changed to %q", s.Line(3))
	}
	s.Press("p").Has("● EN VIVO", "15:00:01").Lacks("nueva ·")
}

func TestTheFilterIsTheCommandLines(t *testing.T) {
	s := filtered(some(), t, es80, "state:dead hook:zapier-es")
	s.Has("filtro: state:dead hook:zapier-es", "1 de 9", "esc quitar", "zapier-es").Lacks("datalake")
	s.Press("esc").Has("hoy 12.433", "datalake")
}

func TestAWrongFilterStaysInTheFieldAndIsExplained(t *testing.T) {
	s := open(t, some(), es80)
	s.Press("/").Type("estado:x").Press("enter")
	if !s.list.Typing() {
		t.Error("a wrong filter was applied")
	}
	s.Press("esc").Has("hoy 12.433")
}

func TestTheQuickFilterGoesRound(t *testing.T) {
	s := open(t, some(), es80)
	for _, want := range []string{"state:dead", "state:retrying", "test:yes", "hoy 12.433"} {
		s.Press("f").Has(want)
	}
}

func TestAFilterThatMatchesNothingSaysHowToGetOut(t *testing.T) {
	filtered(some(), t, es80, "hook:nadie").Has("Nada coincide con «hook:nadie». esc quita el filtro.")
	filtered(some(), t, en80, "hook:nobody").Has(`Nothing matches "hook:nobody". esc clears the filter.`)
}

func TestReplayOneNeedsNoQuestionWhereTheListStands(t *testing.T) {
	s := open(t, some(), es80)
	s.Press("down", "r").Has("1 entrega reenviada")
	if got := s.fake.called("Replay"); len(got) != 1 || got[0] != "Replay dlv_0100000998" {
		t.Errorf("calls %q", got)
	}
}

// While the list follows, the row under the cursor may have changed under the key.
func TestReplayOfAMovingRowIsAskedFor(t *testing.T) {
	s := open(t, some(), es80)
	s.Press("r").Has("¿Esta entrega?", "crm-prod · call.processed")
	if got := s.fake.called("Replay"); len(got) > 0 {
		t.Errorf("sent unasked: %q", got)
	}
	s.fake.add(dlv(1001, "otra", "call.processed", model.DeliveryQueued, 0, 0))
	s.fresh().Press("s").Has("1 entrega reenviada")
	if got := s.fake.called("Replay"); len(got) != 1 || got[0] != "Replay dlv_0100000999" {
		t.Errorf("calls %q", got)
	}
}

func TestCancelIsInTheActionsOfWhatIsNotDone(t *testing.T) {
	s := open(t, some(), es80)
	s.Press("down", "x").Lacks("Cancelar la entrega").Press("esc")
	s.Press("down", "down", "x").Has("Cancelar la entrega")
	s.Press("down", "down", "down", "down", "down", "enter")
	if got := s.fake.called("Cancel"); len(got) != 1 || got[0] != "Cancel dlv_0100000996" {
		t.Errorf("calls %q\n%s", got, s.Screen())
	}
}

func TestReadOnlyOffersNoVerbs(t *testing.T) {
	s := open(t, some(), es80)
	s.list.env.ReadOnly = true
	s.Press("down", "r")
	s.Press("x").Lacks("reenviar").Press("esc")
	if got := append(s.fake.called("Replay"), s.fake.called("Cancel")...); len(got) > 0 {
		t.Errorf("calls %q", got)
	}
}

func TestCopiesAreExactAndWithoutTheKey(t *testing.T) {
	s := open(t, some(), es80)
	s.Press("down", "down", "down", "y", "j")
	if s.Clipboard() != string(s.fake.body) {
		t.Errorf("copied %q", s.Clipboard())
	}
	s.Press("y", "c")
	if c := s.Clipboard(); !strings.Contains(c, `-H "Authorization: $WEBHOOK_AUTH"`) || strings.Contains(c, "3f9a") || !strings.Contains(c, "-H 'webhook-signature: ") || !strings.HasPrefix(c, "# La firma vale hasta las ") {
		t.Errorf("curl is %s", c)
	}
	s.Press("y", "i")
	if s.Clipboard() != "dlv_0100000996" {
		t.Errorf("id is %q", s.Clipboard())
	}
	s.Press("g", "down", "y", "c").Has("Aún no ha salido ningún intento.")
}

// Keys go to what the key before has opened, even before any command has run.
func TestKeysBehindTheOneThatOpensGoToWhatItOpened(t *testing.T) {
	for _, keys := range [][]string{{"enter", "r"}, {"y", "r"}, {"x", "r"}} {
		s := open(t, some(), es80)
		s.Press("down", "down", "down")
		for _, k := range keys {
			_, cmd := s.app.Update(uitest.Key(k))
			if k == "r" {
				drive(t, s.list, cmd)
			}
		}
		if got := s.fake.called("Replay"); len(got) > 0 {
			t.Errorf("%q on the list: %q", keys, got)
		}
	}
}

// A receiver that sends the keys back never gets them onto the screen or into a copy.
func TestEchoedKeysAreMasked(t *testing.T) {
	const key, own = "Bearer s3cr3t-0123456789-abcdef", "api-key-0123456789"
	f := some()
	id := "dlv_0100000996"
	f.hooks = map[string]model.Hook{"wh_datalake": {ID: "wh_datalake", Authorization: model.NewSecret(key),
		Headers: []model.Header{{Name: "X-Api-Key", Value: own}}}}
	a := &f.attempts[id][2]
	a.Request = append(a.Request, model.Header{Name: "X-Api-Key", Value: own}, model.Header{Name: "X-Two\nInjected", Value: "1"})
	a.Response.Body = []byte(`{"you sent":"` + key + `","and":"` + own + `"}`)
	a.Response.Headers = append(a.Response.Headers, model.Header{Name: "X-Echo", Value: key})
	for _, l := range []look{es80, {W: 200, H: 60, Lang: "en"}} {
		s := open(t, f, l)
		bare := func(where, shown string) {
			t.Helper()
			for _, secret := range []string{"s3cr3t-01234", "api-key-01234"} {
				if strings.Contains(shown, secret) {
					t.Errorf("%v: %s shows %q: %s", l, where, secret, shown)
				}
			}
		}
		s.Press("down", "down", "down")
		bare("list", s.Raw())
		for _, k := range []string{"c", "h", "r"} {
			s.Press("y", k)
			bare("copy "+k, s.Clipboard())
			if k == "h" && (strings.Contains(s.Clipboard(), "\nInjected") || !strings.Contains(s.Clipboard(), "X-Api-Key: ****")) {
				t.Errorf("headers are %s", s.Clipboard())
			}
			if k == "c" && !strings.Contains(s.Clipboard(), `-H 'X-Api-Key: '"$WEBHOOK_HEADER_X_API_KEY"`) {
				t.Errorf("curl is %s", s.Clipboard())
			}
		}
		s.Press("enter")
		for n := range tabs {
			s.Press(string(rune('1' + n)))
			bare("tab "+string(rune('1'+n)), s.Raw())
		}
	}
}

func TestThePaneShowsTheSelectedDelivery(t *testing.T) {
	s := open(t, some(), es120)
	s.Press("down", "down", "down").Has("datalake · call.score.changed", "Intentos", "#3", "503", "POST https://crm.example.com",
		"Bearer ****3f9a", "Cuerpo", "José Núñez", "upstream timeout", "próximo intento en 41 s")
	s.Press("down").Has("zapier-es · call.tag.added", "401")
}

// While rows rush by, the pane stays with one for a while; its time tells it from the
// selected one.
func TestAPaneThatStaysSaysOfWhen(t *testing.T) {
	s := open(t, some(), es120)
	if title := s.list.pane.facts()[0].Plain(); strings.Contains(title, "14:59:59") {
		t.Errorf("%q repeats the time of the selected row", title)
	}
	s.list.busy, s.list.turned, s.list.follow = true, time.Now().Add(time.Hour), true
	s.list.pane.row = dlv(7, "otro", "call.tag.added", model.DeliveryDelivered, 200, time.Millisecond)
	s.list.show()
	if title := s.list.pane.facts()[0].Plain(); !strings.HasSuffix(title, (pen{s.list.env}).clock(s.list.pane.row.CreatedAt)) {
		t.Errorf("%q does not say of when it is", title)
	}
}

func TestTheLayoutChangesAtItsWidths(t *testing.T) {
	for _, c := range []struct {
		width      int
		head, pane bool
	}{{79, false, false}, {80, true, false}, {119, true, false}, {120, true, true}} {
		s := open(t, some(), look{W: c.width, H: 24, Lang: "es"})
		s.Fits().Press("down", "down", "down")
		if got := strings.Contains(s.Screen(), "latencia"); got != c.head {
			t.Errorf("%d columns: heads %v\n%s", c.width, got, s.Screen())
		}
		if got := strings.Contains(s.Screen(), "Intentos"); got != c.pane {
			t.Errorf("%d columns: pane %v", c.width, got)
		}
	}
}

func TestResizingKeepsTheSelection(t *testing.T) {
	s := open(t, many(100), es80)
	s.Press("pgdown", "pgdown")
	id := s.list.rows.Selected()
	for _, size := range [][2]int{{40, 12}, {200, 60}, {120, 40}, {80, 24}} {
		s.Resize(size[0], size[1]).Fits()
	}
	if s.list.rows.Selected() != id {
		t.Errorf("selected %s, was %s", s.list.rows.Selected(), id)
	}
}

func TestAReadThatFailsCanBeRepeated(t *testing.T) {
	f := some()
	f.fail("Page", &model.Fault{Code: model.CodeStoreLocked, Field: model.FieldDB, Err: errors.New("busy: pid 4711")})
	s := open(t, f, es80)
	s.Lacks("pid 4711").Press("enter").Has("pid 4711")
	f.fail("Page", nil)
	s.Press("r").Has("crm-prod", "hoy 12.433")
}

func TestReadingThatTakesLongSaysSoWithAClock(t *testing.T) {
	now := at
	v := some().verbs()
	v.Archive = dying{v.Archive}
	l := newList(t.Context(), envOf(es80), v)
	l.env.Now = func() time.Time { return now }
	l.SetSize(80, 22)
	read := l.read()().(tea.BatchMsg)[0]
	if l.View() != "" {
		t.Errorf("it speaks at once: %q", l.View())
	}
	l.Update(slowMsg{l, l.gen})
	if !strings.Contains(l.View(), "Cargando…") {
		t.Errorf("after 150 ms %q", l.View())
	}
	now = at.Add(4 * time.Second)
	if !strings.Contains(l.View(), "Cargando… 4 s") {
		t.Errorf("after 4 s %q", l.View())
	}
	uitest.CheckPage(t, l)
	l.Interrupt()
	m := read().(freshMsg)
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
	l.Update(slowMsg{l, l.gen})
	if !strings.Contains(l.View(), "Cargando…") {
		t.Errorf("tried again for 150 ms: %q", l.View())
	}
}

// dying is an archive whose reads last as long as they may.
type dying struct{ Archive }

func (dying) Page(ctx context.Context, _ model.Filter, _ model.Cursor, _ int) ([]model.Delivery, model.Cursor, error) {
	return nil, "", ctx.Err()
}

func TestAStaleReadIsDropped(t *testing.T) {
	s := open(t, some(), es80)
	old := s.list.fetch(t.Context(), s.list.asks.get())
	s.Press("f").Has("zapier-es").Lacks("crm-prod")
	s.Send(old).Lacks("crm-prod")
}

// A page of the store may be short although there is more: it looks at a part of
// the file only. The list goes on by itself until its screen is full.
func TestASearchGoesThroughTheWholeFile(t *testing.T) {
	f := many(3000)
	f.look = 100
	for _, n := range []int{2950, 1500, 7} {
		f.change(fmt.Sprintf("dlv_01%08d", n), func(d *model.Delivery) { d.Hook = fmt.Sprintf("aguja-%d", n) })
	}
	s := filtered(f, t, es80, "aguja")
	s.Has("aguja-2950", "aguja-1500", "aguja-7", "3 de 3.000").Lacks("Buscando")
	s.fake.add(dlv(3001, "aguja-3001", "call.processed", model.DeliveryDelivered, 200, time.Millisecond))
	s.fresh().Has("▌    15:33:21 aguja-3001", "aguja-1500", "aguja-7", "4 de 3.000")
	s.Press("down")
	s.fresh().Has("aguja-7")
	filtered(f, t, es80, "nada").Has("Nada coincide con «nada».")
}

func TestASearchUnderWaySaysSo(t *testing.T) {
	l := newList(t.Context(), envOf(es80), many(10).verbs())
	l.SetSize(80, 22)
	l.query, l.ready, l.reading = "aguja", true, true
	l.win.renew(stretch{next: "dlv_5"})
	if !strings.Contains(l.View(), "Buscando más atrás…") || strings.Contains(l.View(), "Nada coincide") {
		t.Errorf("it says %q", l.View())
	}
}
