package hooks

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/uitest"
)

// testing80 opens the test page on a webhook.
func testing80(t *testing.T, f *fake, l look, h model.Hook) *uitest.Driver {
	t.Helper()
	return openOn(t, l, func(env *page.Env) page.Page { return &below{newTest(env, f.verbs(), h)} })
}

// aTrial is a test page without a shell, with its first body.
func aTrial(f *fake, h model.Hook) *trial {
	p := newTest(envOf(es80), f.verbs(), h).(*trial)
	p.SetSize(80, 22)
	run(p, p.Init())
	return p
}

func rejected() (func(model.Event) *model.Response, *model.Failure) {
	return func(model.Event) *model.Response {
		body := []byte(`{"error":"bad key","id":10126872918086418832}`)
		return &model.Response{Status: 401, Proto: "HTTP/1.1", Body: body, BodyRead: int64(len(body)), ContentLength: int64(len(body)),
			Headers: []model.Header{{Name: "Content-Type", Value: "application/json; charset=utf-8"}, {Name: "WWW-Authenticate", Value: "Bearer"}}}
	}, &model.Failure{Code: model.CodeAuthRejected, Reason: "401", Host: "crm.example.com:443"}
}

func TestGoldenTrial(t *testing.T) {
	sends := func(script func(*fake), h model.Hook, keys ...string) func(t *testing.T, l look) *uitest.Driver {
		return func(t *testing.T, l look) *uitest.Driver {
			f := newFake()
			script(f)
			return testing80(t, f, l, h).Press(keys...)
		}
	}
	well := func(*fake) {}
	failed := func(f *fake) { f.reply, f.failure = rejected() }
	refused := func(f *fake) {
		f.reply = func(model.Event) *model.Response { return nil }
		f.failure = &model.Failure{Code: model.CodeRefused, Host: "127.0.0.1:8787"}
	}
	states := map[string]func(t *testing.T, l look) *uitest.Driver{
		"test-ready":      sends(well, crm().Hook),
		"test-not-chosen": sends(well, flow().Hook, "up", "up"),
		"test-sent":       sends(well, crm().Hook, "enter"),
		"test-failed":     sends(failed, crm().Hook, "enter"),
		"test-no-answer":  sends(refused, flow().Hook, "enter"),
		"test-copy":       sends(well, crm().Hook, "y"),
		"test-open":       sends(well, crm().Hook, "o"),
		"test-own": func(t *testing.T, l look) *uitest.Driver {
			return testing80(t, newFake(), l, crm().Hook).Paste(`{"mine": 1}`)
		},
		"test-refused": func(t *testing.T, l look) *uitest.Driver {
			return testing80(t, newFake(), l, crm().Hook).Paste("{\n  \"mine\": nope\n}")
		},
		"test-sending": func(t *testing.T, l look) *uitest.Driver {
			f := newFake()
			f.hold = make(chan struct{})
			t.Cleanup(func() { close(f.hold) })
			return testing80(t, f, l, crm().Hook).Press("enter").Fire()
		},
	}
	for name, state := range states {
		t.Run(name, func(t *testing.T) { goldens(t, name, state) })
	}
}

func TestR21_R29_TheBodyIsShownBeforeItIsSentAndCopiedExactly(t *testing.T) {
	f := newFake()
	p := aTrial(f, crm().Hook)
	screen := uitest.Strip(p.View())
	for _, l := range strings.Split(strings.TrimSpace(string(p.event.Body)), "\n") {
		if !strings.Contains(screen, l) {
			t.Errorf("line %q of the body is not shown:\n%s", l, screen)
		}
	}
	if len(f.tests) > 0 {
		t.Error("something was sent")
	}
	if got := copied(t, p.env, p.v, p.preview(), "j"); !bytes.Equal(got, p.event.Body) {
		t.Errorf("copied %q", got)
	}
}

func TestR22_ATestSendsTheSampleOnScreenByteForByte(t *testing.T) {
	f := newFake()
	p := aTrial(f, crm().Hook)
	for range 3 {
		shown := slices.Clone(p.body.Bytes())
		run(p, p.send())
		sent := f.tests["wh_01CRM"][0].Event.Body
		if !bytes.Equal(sent, shown) {
			t.Fatalf("sent %q, shown %q", sent, shown)
		}
		if got := copied(t, p.env, p.v, *p.result, "j"); !bytes.Equal(got, sent) {
			t.Errorf("copied %q, sent %q", got, sent)
		}
		if bytes.Equal(p.event.Body, sent) {
			t.Error("the next test would have the same id")
		}
	}
}

func TestR22_AnswerStatusHeadersAndBodyAreShown(t *testing.T) {
	f := newFake()
	f.reply, f.failure = rejected()
	d := testing80(t, f, es80, crm().Hook).Press("enter")
	d.Has("✗ 401: su receptor rechazó la clave", "Revise Authorization", "Respuesta · 401 · application/json", "WWW-Authenticate: Bearer",
		`"id": 10126872918086418832`, "PRUEBA")
	d.Press("tab").Has("Cuerpo exacto").Lacks("WWW-Authenticate").Press("v").Has("WWW-Authenticate")
	ok := testing80(t, newFake(), en80, crm().Hook).Press("enter").Has("✓ 200 in 84 ms", "TEST")
	ok.Press("f").Has("ok")
}

func TestR13_ATriggerThatIsNotChosenCanBeTested(t *testing.T) {
	f := newFake()
	d := testing80(t, f, es80, flow().Hook).Press("up").Has("no marcado en este webhook", "call.summary.changed").Press("enter").Has("✓ 200")
	if !slices.Contains(f.called(), "Test flujo-puntuación call.summary.changed") {
		t.Errorf("calls %v\n%s", f.called(), d.Screen())
	}
}

func TestR14_to_R20_EveryEventCanBeTested(t *testing.T) {
	f := newFake()
	p := aTrial(f, crm().Hook)
	p.types.Home()
	run(p, p.mint(nil))
	var sent []string
	for i := range f.Catalogue().Types() {
		if i > 0 {
			run(p, p.pick(1))
		}
		run(p, p.send())
		ev := f.tests["wh_01CRM"][0].Event
		if !strings.Contains(string(ev.Body), `"type": "`+ev.Type+`"`) {
			t.Errorf("%s was sent with %s", ev.Type, ev.Body)
		}
		sent = append(sent, ev.Type)
	}
	if !slices.Equal(sent, f.Catalogue().Types()) {
		t.Errorf("sent %v", sent)
	}
}

func TestTrialOwnBody(t *testing.T) {
	const odd = "{ \"b\":1,\t\"a\":10126872918086418832,\r\n\"b\" : 1.0 }  "
	f := newFake()
	p := aTrial(f, crm().Hook)
	run(p, p.Update(page.EditedMsg{ID: p.editID(), Data: []byte(odd), Changed: true}))
	if string(p.event.Body) != odd {
		t.Fatalf("what was edited became %q", p.event.Body)
	}
	run(p, p.pick(1))
	if string(p.event.Body) != odd || p.event.Type != "call.tag.added" {
		t.Errorf("another event lost it: %s %q", p.event.Type, p.event.Body)
	}
	run(p, p.send())
	if got := f.tests["wh_01CRM"][0].Event.Body; string(got) != odd {
		t.Errorf("sent %q", got)
	}
	if string(p.event.Body) != odd {
		t.Errorf("after sending it is %q", p.event.Body)
	}
	run(p, p.sample())
	if p.own != nil || !strings.Contains(string(p.event.Body), "call.tag.added") {
		t.Errorf("b does not bring the sample back: %q", p.event.Body)
	}
}

func TestTrialRefusesABodyThatWillNotDoAndKeepsIt(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		says []string
	}{
		"not json": {"{\n  \"a\": nope\n}", []string{"línea 2", "columna 9"}},
		"empty":    {"  \n", []string{"vacío"}},
		"large":    {`"` + strings.Repeat("x", model.MaxBody) + `"`, []string{"1 MiB"}},
		"utf-8":    {"{\"a\":\"\xff\"}", []string{"UTF-8"}},
	} {
		f := newFake()
		p := aTrial(f, crm().Hook)
		before := slices.Clone(p.event.Body)
		run(p, p.Update(tea.PasteMsg{Content: c.body}))
		screen := strings.Join(strings.Fields(uitest.Strip(p.View())), " ")
		for _, s := range append(c.says, "Ese cuerpo no sirve") {
			if !strings.Contains(screen, s) {
				t.Errorf("%s: no %q in\n%s", name, s, uitest.Strip(p.View()))
			}
		}
		if !bytes.Equal(p.event.Body, before) {
			t.Errorf("%s: the body that will be sent changed", name)
		}
		m := p.edit()().(page.EditMsg)
		if string(m.Data) != c.body {
			t.Errorf("%s: the editor does not get it back", name)
		}
		run(p, p.Update(page.EditedMsg{ID: m.ID, Data: []byte(`{"a":1}`), Changed: true}))
		if string(p.event.Body) != `{"a":1}` || p.issue != nil {
			t.Errorf("%s: mended, it is %q", name, p.event.Body)
		}
	}
}

func TestTrialOpensAFileByteForByte(t *testing.T) {
	path := filepath.Join(t.TempDir(), "own.json")
	raw := []byte("{\"a\" :  1}\r\n")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	f := newFake()
	d := testing80(t, f, look{W: 120, H: 40, Lang: text.ES}, crm().Hook).Press("o").Paste(path + "\n").Press("enter").Has("Cuerpo propio")
	d.Press("enter")
	if got := f.tests["wh_01CRM"][0].Event.Body; !bytes.Equal(got, raw) {
		t.Errorf("sent %q", got)
	}
	testing80(t, f, es80, crm().Hook).Press("o").Paste("/no/such/file").Press("enter").Has("No se puede leer /no/such/file")
}

func TestTrialCancelsWhatIsInFlight(t *testing.T) {
	for _, key := range []string{"ctrl+c", "esc"} {
		f := newFake()
		f.hold = make(chan struct{})
		d := testing80(t, f, es80, crm().Hook).Press("enter").Lacks("Enviando")
		d.Fire().Has("Enviando…")
		if key == "ctrl+c" {
			d.Fire()
		}
		d.Press(key).WaitFor("✗").Lacks("Enviando…").Has("Probar crm-prod")
	}
}

func TestTrialDropsStaleAnswers(t *testing.T) {
	p := aTrial(newFake(), crm().Hook)
	before := p.event.ID
	late := p.mint(nil)
	run(p, p.pick(1))
	run(p, late)
	if p.event.Type != "call.tag.added" || p.event.ID == before {
		t.Errorf("a stale body was taken: %+v", p.event)
	}
	p.Update(sentMsg{job: &sendJob{}, result: model.TestResult{}})
	if p.result != nil {
		t.Error("a stale answer was taken")
	}
}

func TestTrialShowsHostileAnswersAsMarksOnly(t *testing.T) {
	const evil = "\x1b[2J\x1b]52;c;aGFjaw==\x07\r200 OK\u202eKO\u0085\u009b31m\x00\u200b"
	f := newFake()
	f.reply = func(model.Event) *model.Response {
		return &model.Response{Status: 500, Proto: "HTTP/1.1" + evil, Body: []byte("body" + evil + "\n" + evil),
			Headers: []model.Header{{Name: "X-Evil", Value: "head" + evil + "\r\nX-Forged: 1"}, {Name: "Content-Type", Value: "text/" + evil}}}
	}
	f.failure = &model.Failure{Code: model.CodeServerError, Reason: "500", Detail: evil, Host: "h" + evil}
	h := crm().Hook
	h.Name, h.URL = "n"+evil, "https://h/"+evil
	event := model.Event{ID: "evt_1", Type: "call.processed", Test: true, Body: []byte(`{"a":"` + evil + `"}`)}
	result := testOf(h, event, f.reply(event), f.failure)
	for name, d := range map[string]*uitest.Driver{
		"test":    testing80(t, f, look{W: 120, H: 40, Lang: text.ES}, h).Press("enter"),
		"attempt": openOn(t, look{W: 120, H: 40, Lang: text.ES}, func(env *page.Env) page.Page { return &below{newAttempt(env, f.verbs(), result)} }),
		"form":    openOn(t, look{W: 120, H: 40, Lang: text.ES}, func(env *page.Env) page.Page { return &below{newForm(env, f.verbs(), h)} }),
	} {
		for range 3 {
			raw := d.Raw()
			for _, bad := range []string{"\x1b[2J", "\x1b]", "\a", "\r", "\u202e", "\u0085", "\u009b", "\x00", "\u200b"} {
				if strings.Contains(raw, bad) {
					t.Errorf("%s lets %q through", name, bad)
				}
			}
			if strings.Contains(ansi.Strip(raw), "\nX-Forged") {
				t.Errorf("%s: a header forged a line", name)
			}
			d.Press("tab")
		}
		if name != "form" {
			d.Has("␛", "⟦U+202E⟧")
		}
	}
}
