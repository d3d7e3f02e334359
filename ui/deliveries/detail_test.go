package deliveries

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"hooktop/model"
	"hooktop/ui/uitest"
)

// retrying opens the detail of the delivery that is tried again, and presses keys.
func retrying(t *testing.T, l look, keys ...string) *stage {
	s := open(t, some(), l)
	s.Press("down", "down", "down", "enter").Press(keys...)
	return s
}

func TestGoldenDetail(t *testing.T) {
	states := map[string][]string{
		"detail-summary": nil, "detail-request": {"2"}, "detail-response": {"3"},
		"detail-attempts": {"4", "up"}, "detail-timing": {"5"}, "detail-why": {"6"},
	}
	for name, keys := range states {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			goldens(t, name, func(t *testing.T, l look) *stage { return retrying(t, l, keys...) })
		})
	}
	t.Run("detail-none", func(t *testing.T) {
		goldens(t, "detail-none", func(t *testing.T, l look) *stage {
			s := open(t, some(), l)
			s.Press("enter", "4")
			return s
		})
	})
	t.Run("detail-lost", func(t *testing.T) {
		goldens(t, "detail-lost", func(t *testing.T, l look) *stage {
			f := some()
			f.fail("Delivery", &model.Fault{Code: model.CodeStoreIO, Field: model.FieldDB, Err: errors.New("disk I/O error")})
			s := open(t, f, l)
			s.Press("enter")
			return s
		})
	})
}

func TestTheDetailSaysWhyAndWhatNext(t *testing.T) {
	retrying(t, es80).Has("datalake · call.score.changed", "↻ reintento", "[4/9]", "503", "intento 3", "Siguiente    en 41 s", "10126872918086418832")
	s := open(t, some(), es80)
	s.Press("down", "down", "down", "w").Has("✓ coincide  datalake", "esta entrega", "○ filtrado  crm-prod", "disparador no marcado", "valor: call.score.changed",
		"la condición no se cumple", "! filtrado  zapier-es", "la condición falló", "■ desactivado  antiguo", "○ borrador  nuevo")
}

func TestTheSummaryHasTheBeginningOfTheNewestAnswer(t *testing.T) {
	f := some()
	body := "begins \x1b[2J\n"
	for i := range 30 {
		body += "line " + strconv.Itoa(i) + "\n"
	}
	attempts := f.attempts["dlv_0100000996"]
	attempts[len(attempts)-1].Response.Body = []byte(body)
	s := open(t, f, es120)
	s.Press("down", "down", "down", "enter")
	s.Has("#1 14:59:01  ✗ 503", "#3 14:59:03  ✗ 503", "Respuesta  HTTP/1.1", "begins ␛[2J", "line 6", "…").Lacks("line 7")
}

// No character of an answer is parted where its beginning ends.
func TestTheBeginningOfAnAnswerEndsBetweenCharacters(t *testing.T) {
	for _, before := range []string{"", "x", "xx"} {
		f := some()
		attempts := f.attempts["dlv_0100000996"]
		attempts[len(attempts)-1].Response.Body = []byte(before + strings.Repeat("€", storyBytes))
		s := open(t, f, look{W: 200, H: 40, Lang: "en"})
		s.Press("down", "down", "down", "enter").Has(before+"€€", "…").Lacks(`\x`)
	}
}

func TestTabsTurnByKeysAndDigits(t *testing.T) {
	s := retrying(t, es80)
	s.Press("tab").Has("POST https://crm.example.com/hooks/empower", "Bearer ****3f9a", "José Núñez")
	s.Press("tab").Has("✗ 503", "Retry-After: 60", "upstream timeout")
	s.Press("4").Has("#1", "#2", "#3").Press("5").Has("DNS", "4 ms", "espera", "total")
	s.Press("1").Has("Creada").Press("shift+tab").Has("coincide")
	s.Press("esc").Has("▌    14:59:56 datalake")
}

func TestAnAttemptChosenIsShownOnTheOtherTabs(t *testing.T) {
	s := retrying(t, es80, "4", "home", "5")
	s.Has("intento 1", "902 ms")
	s.Press("4", "end", "5").Has("intento 3", "1,2 s")
}

func TestNextAndPreviousStayWithinTheFilter(t *testing.T) {
	s := retrying(t, es80, "J")
	s.Has("zapier-es · call.tag.added", "[5/9]")
	s.Press("K", "K").Has("flujo-puntuación", "[3/9]").Press("K", "K", "K", "K").Has("[1/9]")
	s.Press("esc").Has("▌    14:59:59 crm-prod")
}

func TestTheDetailFollowsItsDelivery(t *testing.T) {
	s := retrying(t, es80)
	s.fake.change("dlv_0100000996", func(d *model.Delivery) { d.State, d.HTTPStatus, d.Error = model.DeliveryDelivered, 200, "" })
	s.fresh().Has("✓ entregada").Lacks("Siguiente")
	n := len(s.fake.called("Delivery"))
	s.fresh().fresh()
	if got := len(s.fake.called("Delivery")); got != n {
		t.Error("a delivery that is done is read again and again")
	}
}

func TestTheDetailHasTheVerbs(t *testing.T) {
	s := retrying(t, es80)
	s.Press("r").Has("1 entrega reenviada")
	s.Press("y", "j")
	if s.Clipboard() != string(s.fake.body) {
		t.Errorf("copied %q", s.Clipboard())
	}
	s.Press("x").Has("Cancelar la entrega", "dlv_0100000996")
}

func TestARegistryOfEveryState(t *testing.T) {
	s := open(t, some(), es80)
	check := func() { t.Helper(); uitest.CheckPage(t, s.list) }
	check()
	s.Press("down")
	check()
	s.Press("p")
	check()
	s.Press("p", "f")
	check()
	s.Press("/")
	check()
	s.Press("esc", "esc")
	f := some()
	f.fail("Page", errors.New("broken"))
	uitest.CheckPage(t, open(t, f, es80).list)
	d := newDetail(s.list, "dlv_0100000996", tabSummary).(*detail)
	d.SetSize(80, 22)
	drive(t, s.list, nil)
	d.Update(d.Init()())
	for n := range tabs {
		d.show(n)
		uitest.CheckPage(t, d)
	}
}

// Hostile texts from receivers, senders of events and people are marks, never controls.
func TestHostileTextsAreMarked(t *testing.T) {
	const evil = "\x1b]52;c;ZXZpbA==\x07\x1b[2J\r\u202e\u200bx"
	f := some()
	id := "dlv_0100000996"
	f.change(id, func(d *model.Delivery) { d.Hook, d.Type, d.ReplayOf = "h"+evil, "call.t"+evil, evil })
	f.body = []byte(`{"a":"` + evil + `"}`)
	f.trace[1].Hook, f.trace[1].Value = evil, evil
	f.history = []model.Change{{At: at, Kind: model.ChangeEdited, Revision: 4, Fields: []model.FieldDelta{{Field: model.FieldURL, Before: evil, After: evil}}}}
	a := &f.attempts[id][2]
	a.URL, a.RemoteAddr, a.TLSVersion = "https://x/"+evil, evil, evil
	a.Request = append(a.Request, model.Header{Name: "X-" + evil, Value: evil})
	a.Response.Body, a.Response.Proto = []byte(evil), evil
	a.Response.Headers = append(a.Response.Headers, model.Header{Name: evil, Value: evil}, model.Header{Name: "Content-Type", Value: evil})
	a.Failure = &model.Failure{Code: model.CodeTLS, Host: evil, Reason: evil, Detail: evil}
	for _, l := range []look{es80, es120, {W: 40, H: 12, Lang: "en"}} {
		s := open(t, f, l)
		bare := func(where string) {
			t.Helper()
			for _, bad := range []string{"\x1b]", "\x1b[2J", "\r", "\u202e", "\u200b", "\x07"} {
				if strings.Contains(s.Raw(), bad) {
					t.Errorf("%s at %v draws %q", where, l, bad)
				}
			}
			s.Fits()
		}
		s.Press("down", "down", "down")
		bare("list")
		s.Press("x")
		bare("actions")
		s.Press("esc", "y")
		bare("copy menu")
		s.Press("esc", "enter")
		for n := range tabs {
			s.Press(string(rune('1' + n)))
			bare("tab " + string(rune('1'+n)))
		}
		s.Press("2", "H")
		bare("headers")
		s.Press("H", "w", "a")
		bare("deliver anyway")
		s.Press("esc", "D", "1")
		bare("comparison")
		s.Press("3", "G")
		bare("comparison with the sample")
		s.Press("esc", "1", "esc", "/").Type("hook:nadie").Press("enter")
		bare("filter")
	}
}
