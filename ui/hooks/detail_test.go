package hooks

import (
	"errors"
	"strings"
	"testing"
	"time"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/uitest"
)

func containsAny(s, chars string) bool { return strings.ContainsAny(s, chars) }

// lived is the CRM's webhook with a past.
func lived() *fake {
	h := crm()
	f := newFake(h)
	for i, typ := range []string{"call.processed", "call.tag.added", "call.score.changed"} {
		r := testOf(h.Hook, model.Event{ID: "evt_" + typ, Type: typ}, &model.Response{Status: 200}, nil)
		r.Attempt.StartedAt = at.Add(-time.Duration(i) * time.Hour)
		f.tests[h.ID] = append(f.tests[h.ID], r)
	}
	f.tests[h.ID][1] = testOf(h.Hook, model.Event{ID: "evt_x", Type: "call.tag.added"}, nil, &model.Failure{Code: model.CodeTimeout, Reason: "headers"})
	f.changes[h.ID] = []model.Change{
		{HookID: h.ID, At: at.Add(-time.Hour), Kind: model.ChangeEdited, Revision: 3, Fields: []model.FieldDelta{
			{Field: model.FieldAuth, Before: "", After: "Bearer ********3f9a"},
			{Field: model.FieldURL, Before: "https://old.example.com/hooks", After: "https://crm.example.com/hooks/empower"}}},
		{HookID: h.ID, At: at.Add(-2 * time.Hour), Kind: model.ChangeDrafted, Revision: 2, Reason: string(model.CodeRefused)},
		{HookID: h.ID, At: at.Add(-3 * time.Hour), Kind: model.ChangeCreated, Revision: 1},
	}
	bad := failing(h.Hook)["rejected"]
	f.verifications[h.ID] = []model.Verification{*h.Verification, bad}
	return f
}

func detailed(t *testing.T, l look, f *fake) *uitest.Driver {
	t.Helper()
	return openOn(t, l, func(env *page.Env) page.Page { return newDetail(env, f.verbs(), "wh_01CRM") })
}

func TestGoldenDetail(t *testing.T) {
	for i, name := range []string{"summary", "triggers", "attempts", "history", "checks"} {
		t.Run(name, func(t *testing.T) {
			goldens(t, "detail-"+name, func(t *testing.T, l look) *uitest.Driver {
				d := detailed(t, l, lived())
				for range i {
					d.Press("right")
				}
				return d
			})
		})
	}
	t.Run("empty", func(t *testing.T) {
		goldens(t, "detail-no-attempts", func(t *testing.T, l look) *uitest.Driver {
			return detailed(t, l, newFake(crm())).Press("right", "right")
		})
	})
	t.Run("explain", func(t *testing.T) {
		goldens(t, "explain", func(t *testing.T, l look) *uitest.Driver {
			return detailed(t, l, lived()).Press("right", "down", "i")
		})
	})
}

func TestR06_TheDetailShowsAllOfAWebhook(t *testing.T) {
	d := detailed(t, es80, lived())
	d.Has("crm-prod", "● activo", "✓ Verificado", "https://crm.example.com/hooks/empower", "Bearer ********3f9a", "84 ms", "hasta 2026-05-16 (63 días)")
	d.Press("right").Has("[x] Llamada creada y procesada", "call.processed")
	d.Press("right").Has("✓ 200 PRUEBA", "✗ sin respuesta PRUEBA")
	d.Press("right").Has("editado", "Authorization: vacío → Bearer ********3f9a", "pasado a borrador", "creado")
	d.Press("right").Has("✓ Verificado", "✗ Falló la verificación", "401")
	d.Press("right").Has("Identificador")
}

func TestR13_TheTriggersOfAWebhookAreShownWithTheFinerChoice(t *testing.T) {
	f := newFake(bi())
	openOn(t, es80, func(env *page.Env) page.Page { return newDetail(env, f.verbs(), "wh_02BI") }).Press("right").
		Has("[x] Llamada creada y procesada", "[~] Etiqueta añadida o eliminada", "[x] Etiqueta añadida", "[ ] Etiqueta eliminada", "[ ] Resumen modificado")
}

func TestTheDetailOpensWhatItLists(t *testing.T) {
	d := detailed(t, es80, lived())
	d.Press("right", "enter").Has("Llamada creada y procesada", "call.processed", "énfasis").Press("esc")
	d.Press("right", "enter").Has("call.processed · crm-prod").Press("esc")
	d.Press("right", "right", "down", "enter").Has("Verificar crm-prod", "✗ POST", "401 application/json").Press("esc")
	d.Has("Verificaciones")
}

func TestR25_DeletingOnTheDetailGoesBackToTheList(t *testing.T) {
	f := few()
	d := open(t, f, es80).Press("enter").Has("Resumen").Press("d")
	d.Has("3 webhooks", "«crm-prod» eliminado").Press("u").Has("4 webhooks", "«crm-prod» restaurado")
}

func TestTheDetailFollowsItsVerbs(t *testing.T) {
	f := few()
	d := open(t, f, es80).Press("enter", "p").Has("‖ pausado", "«crm-prod» está en pausa").Press("p").Has("● activo")
	d.Press("c").Has("crm-prod copia")
}

func TestLeavingTheDetailStopsItsReads(t *testing.T) {
	d := newDetail(envOf(es80), few().verbs(), "wh_01CRM").(*detail)
	d.Init()
	if d.Leave() != nil || d.ctx.Err() == nil {
		t.Error("the reads go on after the page is left")
	}
}

func TestADetailReadTwiceShowsTheNewest(t *testing.T) {
	d := newDetail(envOf(es80), few().verbs(), "wh_01CRM").(*detail)
	d.SetSize(80, 22)
	d.Init()
	d.read()
	d.Update(detailMsg{to: d, n: 1, hook: old()})
	if d.ready() {
		t.Error("the answer to an older read was taken")
	}
}

func TestTheSampleBesideFollowsTheTrigger(t *testing.T) {
	d := detailed(t, look{W: 120, H: 40, Lang: text.EN}, lived()).Has("Sample payload: call.processed")
	d.Press("right", "down").Has("Sample payload: call.tag.added", `"type": "call.tag.added"`)
}

func TestAWebhookThatIsGoneIsSaidInWords(t *testing.T) {
	f := newFake()
	openOn(t, es80, func(env *page.Env) page.Page { return newDetail(env, f.verbs(), "wh_gone") }).Has("✗", "r reintentar")
	f = lived()
	f.faults["History"] = errors.New("disk I/O")
	detailed(t, es80, f).Press("enter").Has("disk I/O")
}

func TestThePageOfATriggerIsCleanedBeforeItIsDrawn(t *testing.T) {
	md := "# Title\x1b[31m\n\ntext\u202e `code`\rforged\n\n- one\n- two\n"
	for _, l := range uitest.Looks() {
		for _, line := range markdown(md, 60, envOf(l).Theme) {
			if s := uitest.Strip(line); containsAny(s, "\x1b\r\u202e") {
				t.Errorf("%q", s)
			}
		}
	}
}

func TestNothingHidesInTheMarkdownOfAPage(t *testing.T) {
	const poison = "x &#27;]8;;https://evil.example&#7;go&#27;]8;;&#7; &#27;[31mred &#x1b;[2J &#13;FORGED &#x202e;evil &#27[35m"
	md := "# Title\n\n" + poison + "\n\n`code " + poison + "`\n\n> " + poison + "\n\n[a link](https://evil.example/&#27;[32m)\n" +
		"![img](https://evil.example/i.png \"" + poison + "\")\n\n| a | b |\n|---|---|\n| " + poison + " | &amp;#27;[36m &amp;amp;#27;[34m |\n\n```json\n" +
		poison + "\n```\n\n<b>" + poison + "</b>\n\na && b &lt;tag&gt; &ntilde;\n\n`a && b &lt;`\n"
	for _, l := range uitest.Looks() {
		drawn := strings.Join(markdown(md, 60, envOf(l).Theme), "\n")
		for _, bad := range []string{"\x1b]", "\x07", "\r", "\u202e", "\x1b[2J", "\x1b[31m", "\x1b[32m", "\x1b[34m", "\x1b[35m", "\x1b[36m"} {
			if strings.Contains(drawn, bad) {
				t.Fatalf("%s: %q went through:\n%q", l, bad, drawn)
			}
		}
		for _, want := range []string{"␛", "a && b", "<tag>", "ñ", "https://evil.example/"} {
			if !strings.Contains(drawn, want) {
				t.Fatalf("%s: %q is lost:\n%q", l, want, drawn)
			}
		}
	}
}

func TestLabelsAreNeverCut(t *testing.T) {
	for _, lang := range []text.Lang{text.ES, text.EN} {
		w := text.For(lang).Hooks
		p := pen{envOf(look{W: 80, H: 24, Lang: lang, ASCII: false})}
		l := New(p.env, few().verbs()).(*list)
		l.SetSize(200, 60)
		c := l.columns()
		heads := []string{w.Name, w.State, w.Verified, w.Triggers, w.Hour, w.Success, w.Last}
		for i, width := range []int{c.name, c.state, c.verified, c.triggers, c.hour, c.success, c.last} {
			if n := len([]rune(heads[i])); n > width {
				t.Errorf("%s: head %q has %d columns, needs %d", lang, heads[i], width, n)
			}
		}
		l.SetSize(80, 22)
		c = l.columns()
		for _, s := range []model.HookState{model.HookDraft, model.HookActive, model.HookPaused, model.HookDisabled} {
			if p.state(s).Width() > c.state {
				t.Errorf("%s: state %q does not fit", lang, p.state(s).Plain())
			}
		}
		for _, age := range []time.Duration{0, 59 * time.Second, 59 * time.Minute, 23 * time.Hour, 300 * 24 * time.Hour} {
			h := crm()
			h.Verification.At, h.Verification.Echo = at.Add(-age), model.EchoJSON
			if line := p.verified(h, c.verified); line.Width() > c.verified {
				t.Errorf("%s: %q does not fit", lang, line.Plain())
			}
			h.LastAttempt.Attempt.StartedAt = at.Add(-age)
			if line := p.last(h.LastAttempt, 19); line.Width() > 19 {
				t.Errorf("%s: %q does not fit", lang, line.Plain())
			}
		}
		d := w.Detail
		for _, label := range []string{d.URL, d.Auth, d.Signature, d.Verified, d.State, d.Last, d.Retry, d.Limits, d.Rate,
			d.Concurrency, d.Condition, d.Headers, d.TLS, d.CA, d.Private, d.ID, d.Revision, d.Created, d.Updated, d.Certificate, d.Triggers} {
			if len([]rune(label)) > labelWidth {
				t.Errorf("%s: label %q is wider than its column", lang, label)
			}
		}
	}
}

func TestTheActionsKeepTheRulesOfTheKeyMap(t *testing.T) {
	for _, l := range []look{es80, en80} {
		env := envOf(l)
		pages := map[string]page.Page{}
		full := New(env, few().verbs()).(*list)
		full.Update(readMsg{to: full, n: 0, hooks: few().hooks})
		empty := New(env, newFake().verbs()).(*list)
		empty.Update(readMsg{to: empty, n: 0})
		broken := New(env, newFake().verbs()).(*list)
		broken.Update(readMsg{to: broken, err: errors.New("x")})
		typing := New(env, few().verbs()).(*list)
		typing.Update(readMsg{to: typing, n: 0, hooks: few().hooks})
		typing.search()
		pages["list"], pages["first run"], pages["broken"], pages["filter"] = full, empty, broken, typing
		f := lived()
		for n := range tabs {
			d := newDetail(env, f.verbs(), "wh_01CRM").(*detail)
			d.tab = n
			d.Update(detailMsg{to: d, hook: crm(), tests: f.tests["wh_01CRM"], history: f.changes["wh_01CRM"], checks: f.verifications["wh_01CRM"]})
			pages["detail "+d.tabNames()[n]] = d
		}
		running := newVerify(env, f.verbs(), crm().Hook).(*verify)
		running.running = true
		failed := newActivate(env, f.verbs(), crm().Hook).(*verify)
		failed.err = errors.New("x")
		pages["verify"], pages["activate"], pages["explain"] = running, failed, newExplain(env, f.verbs(), "call.tag")
		for name, p := range pages {
			t.Run(name, func(t *testing.T) { uitest.CheckPage(t, p) })
		}
	}
}

func TestNothingIsCutWhereNothingIsLong(t *testing.T) {
	for _, l := range uitest.Looks() {
		if l.ASCII {
			continue // there the sign of a cut also means a trigger chosen in part
		}
		check := func(what string, d *uitest.Driver) {
			if s := d.Screen(); strings.Contains(s, "…") {
				t.Errorf("%s of %s has something cut:\n%s", what, l, s)
			}
		}
		check("list", open(t, newFake(crm(), bi()), l))
		check("first run", open(t, newFake(), l))
		d := detailed(t, l, lived())
		for range int(tabs) {
			check("detail", d)
			d.Press("right")
		}
		for name, v := range failing(crm().Hook) {
			f := few()
			f.answer = &v
			check("verify "+name, verifying(t, l, f))
		}
	}
}
