package hooks

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/text"
	"hooktop/ui/uitest"
)

func TestMovingUserAndPasswordNeverChangesTheHost(t *testing.T) {
	for typed, want := range map[string]string{
		"https://u:p@crm.example.com?mail=ana@evil.example":   "https://crm.example.com?mail=ana@evil.example",
		"https://u:p@crm.example.com/a?mail=ana@evil.example": "https://crm.example.com/a?mail=ana@evil.example",
		"https://u:p%40@crm.example.com:8443/@x":              "https://crm.example.com:8443/@x",
	} {
		f := newForm(envOf(es80), newFake().verbs(), model.Hook{ID: "wh_1"}).(*form)
		f.url.SetValue(typed)
		f.moveUser()
		if f.url.Value() != want {
			t.Errorf("%s became %s, want %s", typed, f.url.Value(), want)
		}
	}
}

func TestACertificateFileThatIsTooLargeIsRefusedWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(path, []byte(strings.Repeat("-", maxCA+1)), 0o600); err != nil {
		t.Fatal(err)
	}
	f := newForm(envOf(es80), newFake().verbs(), model.Hook{ID: "wh_1"}).(*form)
	f.SetSize(120, 40)
	f.focus(idCA)
	f.adv.ca.SetValue(path)
	run(f, f.move(1))
	if s := strings.Join(strings.Fields(uitest.Strip(f.View())), " "); !strings.Contains(s, "ocupa más de 1 MiB") || f.adv.caPEM != "" {
		t.Errorf("%d bytes were taken:\n%s", len(f.adv.caPEM), s)
	}
}

func TestASecretThatCannotBeMadeIsSaidAtItsField(t *testing.T) {
	f := newFake()
	f.faults["NewSecret"] = &model.Fault{Code: model.CodeStoreIO, Field: model.FieldSecret}
	p := newForm(envOf(es80), f.verbs(), model.Hook{ID: "wh_1"}).(*form)
	p.SetSize(80, 40)
	p.focus(idSecret)
	run(p, p.generate())
	if p.adv.secret.Value() != "" || p.issues[idSecret] == nil {
		t.Errorf("secret %q, issues %v", p.adv.secret.Value(), p.issues)
	}
}

func TestASkippedVerificationOfCertificatesIsARedBadge(t *testing.T) {
	h := crm()
	h.TLS.SkipVerify = true
	h.Name = strings.Repeat("a-long-name-", 9)
	for _, l := range uitest.Looks() {
		d := open(t, newFake(bi(), h), l).Fits().Has(envOf(l).Theme.Sym.Fail + " TLS ")
		if !strings.Contains(d.Raw(), envOf(l).Theme.BadgeBad.Render(" "+envOf(l).Theme.Sym.Fail+" TLS ")) {
			t.Errorf("%s: the badge is not red", l)
		}
		if n := strings.Count(d.Screen(), " TLS "); l.W < sideBySide && n > 2 {
			t.Errorf("%s: webhooks that check certificates have it too:\n%s", l, d.Screen())
		}
	}
	open(t, newFake(h), es80).Has("los certificados NO se comprueban")
}

func TestADetailThatCannotBeReadAgainSaysSo(t *testing.T) {
	f := few()
	d := detailed(t, es80, f).Has("● activo")
	f.mu.Lock()
	f.faults["History"] = &model.Fault{Code: model.CodeStoreLocked, Field: model.FieldDB, Err: errors.New("busy")}
	f.mu.Unlock()
	for _, l := range uitest.Looks() {
		d.Resize(l.W, l.H)
		d.Send(changedMsg{}).Fits().Has("crm-prod", "✗ ")
	}
	what := text.For(text.ES).Fault(f.faults["History"]).What
	d.Has(what)
	f.mu.Lock()
	delete(f.faults, "History")
	f.mu.Unlock()
	d.Press("r").Lacks(what)
}

func TestAnEventIsSentOnceOnly(t *testing.T) {
	f := newFake()
	p := aTrial(f, crm().Hook)
	batch := p.send()().(tea.BatchMsg)
	p.Update(batch[0]()) // the next event is asked for, and not there yet
	if cmd := p.send(); cmd != nil {
		t.Error("the event just sent can be sent again")
	}
}

func TestATestThatIsNotKeptIsSaid(t *testing.T) {
	f := newFake()
	f.unkept = model.CodeStoreFull
	w := text.For(text.ES)
	testing80(t, f, look{W: 200, H: 60, Lang: text.ES}, crm().Hook).Press("enter").
		Has("✓ 200", w.CLI.Say.Unkept, w.Fault(&model.Fault{Code: model.CodeStoreFull, Field: model.FieldDB}).What)
}

func TestAStepThatWasNotDoneHasNoTime(t *testing.T) {
	f := few()
	v := failing(crm().Hook)["dns"]
	for i := range v.Steps {
		v.Steps[i].Took = 400_000
	}
	f.answer = &v
	d := verifying(t, en80, f)
	for _, l := range strings.Split(d.Screen(), "\n") {
		if strings.Contains(l, "not done") && strings.Contains(l, "ms") {
			t.Errorf("%q", l)
		}
	}
}

func TestTheTestPageOpensOnTheFirstEventOfTheCatalogue(t *testing.T) {
	if p := aTrial(newFake(), crm().Hook); p.typ() != "call.processed" {
		t.Errorf("it opens on %s", p.typ())
	}
}

func TestHelpKeepsTheKeysOfWhatCannotBeDoneNow(t *testing.T) {
	d := form80(t, newFake(), look{W: 120, H: 60, Lang: text.ES}).Press("f1")
	d.Has("v          Verificar la URL", "t          Probar este disparador", "espacio    Marcar o desmarcar")
}
