package deliveries

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"hooktop/model"
	"hooktop/ui/compare"
	"hooktop/ui/uitest"
)

// broken is a webhook whose key was changed twelve minutes ago: deliveries went well
// before, and are refused since.
func broken() *fake {
	f := some()
	bad := "dlv_0100000993" // zapier-es, 401
	good := dlv(500, "zapier-es", "call.tag.added", model.DeliveryDelivered, 200, 61*time.Millisecond)
	f.rows = append(f.rows, good)
	ok := attempt(good.ID, 1, 200, 61*time.Millisecond)
	ok.StartedAt, ok.AuthFingerprint = at.Add(-20*time.Minute), "1b127613"
	ok.Response.Body = []byte(`{"status":"ok"}`)
	refused := &f.attempts[bad][0]
	refused.Revision, refused.AuthFingerprint = 4, "e0c90358"
	refused.Request[1].Value = "Bearer ****77aa"
	f.attempts[bad] = []model.Attempt{*refused}
	f.attempts[good.ID] = []model.Attempt{ok}
	f.hooks["wh_zapier-es"] = model.Hook{ID: "wh_zapier-es", Name: "zapier-es", State: model.HookActive, Revision: 4}
	f.history = []model.Change{
		{HookID: "wh_zapier-es", At: at.Add(-12 * time.Minute), Kind: model.ChangeEdited, Revision: 4,
			Fields: []model.FieldDelta{{Field: model.FieldAuth, Before: "Bearer ****3f9a", After: "Bearer ****77aa"}}},
		{HookID: "wh_zapier-es", At: at.Add(-9 * time.Hour), Kind: model.ChangeActivated, Revision: 3},
	}
	return f
}

// refused opens the delivery that was refused, and presses keys.
func refused(t *testing.T, f *fake, l look, keys ...string) *stage {
	s := open(t, f, l)
	s.Press("down", "down", "down", "down", "enter").Press(keys...)
	return s
}

func TestGoldenDiff(t *testing.T) {
	for name, keys := range map[string][]string{
		"diff-success": {"D"}, "diff-none": {"D", "1"}, "diff-sample": {"D", "4"}, "diff-end": {"D", "G"},
		"detail-changes": {"c"}, "detail-anyway": {"w", "a"}, "detail-insist": {"w", "a", "enter"},
		"detail-headers": {"2", "H"}, "detail-copy": {"2", "down", "y"}, "detail-search": {"2", "/"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			goldens(t, name, func(t *testing.T, l look) *stage { return refused(t, broken(), l, keys...) })
		})
	}
}

func TestTheDiffSaysTheCauseFirst(t *testing.T) {
	s := refused(t, broken(), es80, "D")
	s.Has("Authorization cambió hace 12 min (revisión 3 a 4)", "La respuesta era 200 y es 401", "- Último éxito · #1 · 14:40:00 · dlv_0100000500",
		"+ Este intento · #5 ·", "- Revisión  3", "+ Revisión  4", "- Authorization  Bearer ****3f9a (1b127613)", "+ Authorization  Bearer ****77aa (e0c90358)")
	s.Press("G").Has("Cambios del webhook desde el último éxito (hace 20 min)", "Authorization: Bearer ****3f9a → Bearer ****77aa")
	refused(t, broken(), en80, "D").Has("Authorization changed 12 min ago (revision 3 to 4)", "The answer was 200 and is 401")
}

func TestTheDiffGoesFromDifferenceToDifference(t *testing.T) {
	s := refused(t, broken(), es80, "D", "n")
	s.Has("▌- Revisión  3").Press("n").Has("▌- Authorization  Bearer ****3f9a (1b127613)")
	s.Press("n").Has("▌- http  200").Press("N", "N").Has("▌- Revisión  3").Press("N").Has("▌- Revisión  3")
}

func TestTheDiffTellsWhatItComparesWith(t *testing.T) {
	s := refused(t, broken(), es80, "D", "tab")
	s.Has("- Ejemplo ES", `+ .id  "evt_01"`, "+ Este intento").Lacks("Resultado")
	s.Press("tab").Has("- Ejemplo EN").Press("tab").Has("No hay un intento anterior.").Press("shift+tab").Has("- Ejemplo EN")
	f := broken()
	f.change("dlv_0100000500", func(d *model.Delivery) { d.Type = "call.note.added" })
	refused(t, f, es80, "D").Has("Sin éxitos de este disparador: se compara con uno de call.note.added.")
	f.change("dlv_0100000500", func(d *model.Delivery) { d.CreatedAt = at })
	refused(t, f, es80, "D").Has("este éxito es posterior")
	// Without a success the attempt before tells most.
	retrying(t, es80, "D").Has("- Intento anterior · #2", "La configuración es la misma (revisión 3)")
	// A webhook that was deleted has no history any more.
	f = broken()
	f.fail("History", &model.Fault{Code: model.CodeNotFound})
	refused(t, f, es80, "D").Has("Authorization cambió (revisión 3 a 4)")
}

func TestTheDiffSaysWhatFails(t *testing.T) {
	f := broken()
	s := refused(t, f, es80)
	f.fail("Page", &model.Fault{Code: model.CodeStoreIO, Field: model.FieldDB, Err: errors.New("disk I/O error")})
	s.Press("D").Has("✗").Press("enter").Has("disk I/O error")
	f.fail("Page", nil)
	s.Press("r").Has("Authorization cambió")
}

func TestAStaleComparisonIsDropped(t *testing.T) {
	f := broken()
	v := f.verbs()
	view, err := v.shown(context.Background(), "dlv_0100000993")
	if err != nil {
		t.Fatal(err)
	}
	d := newDiff(t.Context(), envOf(es80), v, view, last(view))
	d.SetSize(80, 22)
	old := d.Init()()
	d.Update(d.compare(compare.SampleES)())
	if d.Update(old); d.what != compare.SampleES || strings.Contains(d.View(), "Authorization") {
		t.Errorf("an older answer took the place of the newer:\n%s", d.View())
	}
}

func TestTheDiffIsCopied(t *testing.T) {
	s := refused(t, broken(), es80, "D", "y")
	want := "Authorization cambió hace 12 min (revisión 3 a 4)\n"
	if !strings.HasPrefix(s.Clipboard(), want) {
		t.Errorf("copied %q", s.Clipboard())
	}
	s = refused(t, broken(), es80, "y", "d")
	if !strings.HasPrefix(s.Clipboard(), want) || !strings.Contains(s.Clipboard(), "\n- http  200\n+ http  401\n") {
		t.Errorf("copied %q", s.Clipboard())
	}
}

// Texts that are no JSON are compared line by line, and a stretch of lines is one stop.
func TestTextsAreComparedByLine(t *testing.T) {
	f := broken()
	f.attempts["dlv_0100000993"][0].Response.Body = []byte("<html>\nno\nkey\n</html>")
	f.attempts["dlv_0100000500"][0].Response.Body = []byte("<html>\nfine\n</html>")
	s := refused(t, f, es80, "D", "G").Has()
	s.Press("N").Has("▌- 2  fine").Press("n").Has("▌- 2  fine")
	s.Has("línea a línea", "+ 2  no", "+ 3  key")
}

func TestRegistryOfTheDiff(t *testing.T) {
	f := broken()
	v := f.verbs()
	view, err := v.shown(context.Background(), "dlv_0100000993")
	if err != nil {
		t.Fatal(err)
	}
	d := newDiff(t.Context(), envOf(es80), v, view, last(view))
	d.SetSize(80, 22)
	uitest.CheckPage(t, d)
	for what := range compare.Againsts {
		d.Update(d.compare(what)())
		uitest.CheckPage(t, d)
	}
	f.fail("Page", errors.New("broken"))
	d.Update(d.compare(compare.Success)())
	uitest.CheckPage(t, d)
}

// A comparison of the largest bodies is drawn without one long frame.
func TestTheDiffOfLargeBodiesIsBounded(t *testing.T) {
	f := broken()
	var b strings.Builder
	for i := 0; b.Len() < 1<<20; i++ {
		fmt.Fprintf(&b, `,"key %d":"%s"`, i, strings.Repeat("x", 500+i%1000))
	}
	f.body = []byte("{" + b.String()[1:] + "}")
	s := refused(t, f, es80, "D", "3")
	s.Has("Ejemplo ES").Press("G").Has("más)", "No se muestran ")
	if n := strings.Count(b.String(), "key"); n < 400 {
		t.Errorf("only %d differences", n)
	}
	s.Fits()
}
