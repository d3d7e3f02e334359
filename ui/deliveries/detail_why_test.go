package deliveries

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"hooktop/model"
	"hooktop/ui/text"
)

func TestTheDeliverySaysWhyItStandsAsItDoes(t *testing.T) {
	env := envOf(en80)
	failed := []model.Attempt{attempt("d", 1, 503, time.Second), attempt("d", 2, 503, time.Second)}
	torn := append(slices.Clone(failed), model.Attempt{N: 3, Outcome: model.OutcomeInterrupted})
	demo, _ := model.Preset(model.PresetDemo)
	none, _ := model.Preset(model.PresetNone)
	for name, c := range map[string]struct {
		state    model.DeliveryState
		attempts []model.Attempt
		next     time.Time
		hook     model.Hook
		gone     bool
		want     string
	}{
		"waits":       {state: model.DeliveryQueued, want: "Waiting for its turn; no attempt has been made yet."},
		"sent":        {state: model.DeliverySending, want: "The sender has it: it is being sent, or goes out next."},
		"retried":     {state: model.DeliveryRetrying, attempts: failed, next: at.Add(41 * time.Second), want: "Attempt 2 of 10, next in 41 s (15:00:41), then after 30 min."},
		"interrupted": {state: model.DeliveryQueued, attempts: torn, next: at, want: "Attempt 2 of 10, next as soon as its turn comes, then after 30 min."},
		"last":        {state: model.DeliveryRetrying, attempts: torn[:2:2], next: at.Add(time.Second), hook: model.Hook{Retry: model.Schedule{Waits: demo.Waits[:3]}}, want: "Attempt 2 of 3, next in 1 s (15:00:01), it is the last."},
		"over":        {state: model.DeliveryRetrying, attempts: failed, next: at.Add(time.Second), hook: model.Hook{Retry: none}, want: "Attempt 2 of 2, next in 1 s (15:00:01)."},
		"given up":    {state: model.DeliveryDead, attempts: failed, want: "It is not tried again: 2 attempts. r replays it."},
		"cancelled":   {state: model.DeliveryCancelled, want: "Cancelled: it is not tried again. r replays it."},
		"paused":      {state: model.DeliveryHeld, hook: model.Hook{State: model.HookPaused}, want: "Held: the webhook is paused. It goes out when you resume it."},
		"draft":       {state: model.DeliveryHeld, hook: model.Hook{State: model.HookDraft}, want: "Held: the webhook is a draft. It goes out when you activate it."},
		"disabled":    {state: model.DeliveryHeld, hook: model.Hook{State: model.HookDisabled, Reason: model.DisabledGone}, want: "Held: the webhook is disabled (your receiver answered 410: it wants no more). It goes out when you activate it."},
		"tripped":     {state: model.DeliveryHeld, attempts: failed, next: at, hook: model.Hook{State: model.HookActive}, want: "Attempt 2 of 10, then after 30 min."},
		"deleted":     {state: model.DeliveryRetrying, attempts: failed, gone: true, want: "The webhook was deleted."},
	} {
		v := model.DeliveryView{Delivery: model.Delivery{State: c.state, NextAt: c.next, CreatedAt: at.Add(-time.Minute)}, Attempts: c.attempts}
		got := pen{env}.standing(v, around{read: true, hook: c.hook, gone: c.gone})
		if !slices.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if name == "tripped" && !strings.Contains(strings.Join(got, " "), "circuit breaker is open") {
			t.Errorf("%s: %q", name, got)
		}
	}
	ok := attempt("d", 1, 200, time.Second)
	v := model.DeliveryView{Delivery: model.Delivery{State: model.DeliveryDelivered, CreatedAt: ok.StartedAt.Add(-time.Second)}, Attempts: []model.Attempt{ok}}
	if got := (pen{env}).standing(v, around{}); !slices.Equal(got, []string{"Delivered by attempt 1, 2 s after it was created."}) {
		t.Errorf("delivered: %q", got)
	}
}

// Whatever was measured, each phase has its bar within the chart, after the one before.
func TestTheWaterfallHasEveryPhaseInOrder(t *testing.T) {
	env := envOf(es80)
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 3))
		some := func() time.Duration { return []time.Duration{0, 1, 100 * 1e3, 3e6, 2e9}[r.IntN(5)] }
		m := model.Timings{DNS: some(), Connect: some(), TLS: some(), Wait: some(), Body: some()}
		m.Total = m.DNS + m.Connect + m.TLS + m.Wait + m.Body + some()
		width := 20 + r.IntN(180)
		list, last := phases(env.Words, m), 0
		for i, l := range waterfall(env.Theme, env.Words, list, width) {
			if l.Width() > max(width, 40) {
				t.Fatalf("%+v in %d columns: %q", m, width, l.Plain())
			}
			start := ansi.StringWidth(l[2].Text)
			bar := len([]rune(l[3].Text))
			if (bar > 0) != (list[i].dur > 0) {
				t.Fatalf("%s took %v and has %d cells", list[i].name, list[i].dur, bar)
			}
			if i < 5 && list[i].dur > 0 {
				if start < last-1 {
					t.Fatalf("%+v: %q begins before the phase before it", m, l.Plain())
				}
				last = start
			}
		}
	}
}

func TestAnEventIsDeliveredAnyway(t *testing.T) {
	s := refused(t, broken(), es80, "w", "a")
	s.Has("crm-prod · filtrado · disparador no marcado", "antiguo · desactivado").Lacks("nuevo · borrador")
	s.Press("down", "enter").Has("Se creará una entrega de call.tag.added a «bi-panel»").Press("s").Has("1 entrega reenviada")
	if got := s.fake.called("Replay"); len(got) != 1 || got[0] != "Replay evt_0100000993 wh_bi-panel" {
		t.Errorf("called %q", got)
	}
	s.Press("a", "end", "enter").Has("quedará retenida").Press("enter")
	if got := s.fake.called("Replay"); len(got) != 1 {
		t.Errorf("enter on the question, which is on cancel, called %q", got)
	}
}

func TestTheDetailSaysWhatHasChanged(t *testing.T) {
	s := refused(t, broken(), look{W: 120, H: 40, Lang: text.ES})
	s.Has("Cambios del webhook desde el último éxito (hace 20 min)", "El intento salió con la revisión 4.", "Authorization: Bearer ****3f9a → Bearer ****77aa").
		Lacks("activado")
	f := broken()
	f.hooks["wh_zapier-es"] = model.Hook{Revision: 6}
	refused(t, f, es80, "c").Has("El intento salió con la revisión 4. Ahora es la 6.")
}

func TestTheNodeUnderTheCursorIsCopied(t *testing.T) {
	s := retrying(t, es80, "2", "down", "down", "down", "down", "y", "p")
	if got := s.Clipboard(); got != ".call_details.id" {
		t.Errorf("the path is %q", got)
	}
	s.Press("y", "v")
	if got := s.Clipboard(); got != "10126872918086418832" {
		t.Errorf("the value is %q", got)
	}
	s.Press("up", "y", "b")
	if got := s.Clipboard(); got != `{"id":"10126872918086418832","agent":"José Núñez"}` {
		t.Errorf("the subtree is %q", got)
	}
	s.Press("tab").Press("y").Has("p  ruta jq").Press("esc", "1", "y").Lacks("ruta jq")
}

func TestBodiesAreSearchedWhereTheyStand(t *testing.T) {
	s := retrying(t, es80, "2", "/")
	s.Type("Núñez").Press("enter")
	s.Has("/Núñez  1/1", `agent: "José Núñez"`).Press("v").Has("legible").Press("v", "v").Has("hex")
	s.Press("esc").Has("2 Petición").Press("esc").Has("datalake")
	if s.list.rows.Selected() != "dlv_0100000996" {
		t.Errorf("on %s", s.list.rows.Selected())
	}
}

// What a delivery is judged against may take long to find; the delivery is shown before.
func TestTheDeliveryIsShownBeforeWhatIsAroundIt(t *testing.T) {
	f := broken()
	s := refused(t, f, es80)
	f.fail("Stats", &model.Fault{Code: model.CodeStoreIO, Field: model.FieldDB})
	s.Press("J", "K").Has("zapier-es · call.tag.added", "Authorization").Lacks("Cambios del webhook")
	s.Press("w").Has("401: su receptor rechazó la clave.", "✗").Lacks("Decisión de cada webhook")
}

func TestAStaleSurveyIsDropped(t *testing.T) {
	f := broken()
	r := record{ctx: t.Context(), v: f.verbs(), whole: true, today: func() time.Time { return at }}
	load := func(id string) aroundMsg {
		cmd, _ := r.took(r.load(id)().(recordMsg))
		return cmd().(aroundMsg)
	}
	old, now := load("dlv_0100000993"), load("dlv_0100000996")
	if r.saw(old) || r.around.read {
		t.Error("what is around another delivery was taken")
	}
	if !r.saw(now) || !r.around.read || r.around.hook.Name != "datalake" {
		t.Errorf("took %+v", r.around)
	}
}

func TestTheNodeUnderTheCursorOfThePaneIsCopied(t *testing.T) {
	s := open(t, some(), es120)
	s.Press("down", "down", "down", "tab", "down", "y", "p")
	if got := s.Clipboard(); got != ".id" {
		t.Errorf("the path is %q", got)
	}
}
