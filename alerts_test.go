package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"hooktop/model"
	"hooktop/ui/page"
)

// shelf is what the store can say, in memory.
type shelf struct {
	hooks     []model.HookView
	dead      int64
	decisions map[string][]model.Decision // by event
	events    []model.Event
	asked     int
	err       error
}

func (s *shelf) Hooks(context.Context) ([]model.HookView, error) { s.asked++; return s.hooks, s.err }
func (s *shelf) Stats(context.Context, string, time.Time) (model.Stats, error) {
	return model.Stats{Dead: s.dead}, s.err
}
func (s *shelf) Events(context.Context, model.Cursor, int) ([]model.Event, model.Cursor, error) {
	return s.events, "", s.err
}
func (s *shelf) Event(_ context.Context, id string) (model.Event, []model.Decision, error) {
	return model.Event{ID: id}, s.decisions[id], s.err
}

var noon = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)

func hookIn(id, name string, state model.HookState, reason model.DisableReason) model.HookView {
	return model.HookView{Hook: model.Hook{ID: id, Name: name, State: state, Reason: reason, UpdatedAt: noon.Add(-time.Hour)}}
}

func lookoutOn(t *testing.T, s *shelf) *lookout {
	t.Helper()
	path := filepath.Join(t.TempDir(), "hooktop.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return newLookout(s, path, func() time.Time { return noon })
}

func kinds(m page.EngineMsg) (out []page.AlertKind) {
	for _, a := range m.Alerts {
		out = append(out, a.Kind)
	}
	return out
}

func TestWhatTheEngineKnowsIsAlertedOf(t *testing.T) {
	active := func(h model.HookSnapshot) model.EngineSnapshot {
		h.HookID, h.State = "wh_1", model.HookActive
		return model.EngineSnapshot{Running: true, Hooks: []model.HookSnapshot{h}}
	}
	until := noon.Add(time.Minute)
	for name, c := range map[string]struct {
		s    model.EngineSnapshot
		want []page.Alert
	}{
		"well":                {model.EngineSnapshot{Running: true, Skew: time.Second}, nil},
		"stopped":             {model.EngineSnapshot{}, []page.Alert{{Kind: page.AlertStopped}}},
		"beginning":           {model.EngineSnapshot{Beginning: true}, nil},
		"beginning, and full": {model.EngineSnapshot{Beginning: true, Err: "no room", Code: model.CodeStoreFull}, []page.Alert{{Kind: page.AlertFull}}},
		"it cannot begin":     {model.EngineSnapshot{Beginning: true, Err: "\x1b[31mI/O"}, []page.Alert{{Kind: page.AlertStalled, Value: "␛[31mI/O"}}},
		"full":                {model.EngineSnapshot{Running: true, Stalled: true, Code: model.CodeStoreFull}, []page.Alert{{Kind: page.AlertFull}}},
		"gone":                {model.EngineSnapshot{Running: true, Stalled: true, Code: model.CodeStoreGone}, []page.Alert{{Kind: page.AlertGone}}},
		"stalled":             {model.EngineSnapshot{Running: true, Stalled: true, Err: "\x1b[31mI/O"}, []page.Alert{{Kind: page.AlertStalled, Value: "␛[31mI/O"}}},
		"clock":               {model.EngineSnapshot{Running: true, Skew: -2 * time.Hour}, []page.Alert{{Kind: page.AlertSkew, Span: -2 * time.Hour}}},
		"tripped":             {active(model.HookSnapshot{Breaker: model.Breaker{State: model.BreakerOpen, Until: until}}), []page.Alert{{Kind: page.AlertBreaker, Hook: "wh_1", Until: until}}},
		"probing":             {active(model.HookSnapshot{Breaker: model.Breaker{State: model.BreakerHalfOpen}}), []page.Alert{{Kind: page.AlertBreaker, Hook: "wh_1"}}},
		"failing, at first":   {active(model.HookSnapshot{Failing: model.Streak{Since: noon.Add(-4 * time.Minute), Attempts: 9}}), nil},
		"failing, two tries":  {active(model.HookSnapshot{Failing: model.Streak{Since: noon.Add(-time.Hour), Attempts: 2}}), nil},
		"failing, minutes":    {active(model.HookSnapshot{Failing: model.Streak{Since: noon.Add(-5 * time.Minute), Attempts: 3}}), []page.Alert{{Kind: page.AlertFailing, Hook: "wh_1", Since: noon.Add(-5 * time.Minute)}}},
	} {
		if got := (page.EngineMsg{Alerts: alertsOf(c.s, noon)}); !got.Equal(page.EngineMsg{Alerts: c.want}) {
			t.Errorf("%s: %+v, want %+v", name, got.Alerts, c.want)
		}
	}
}

func TestTheGravestComesFirstAndWebhooksHaveNames(t *testing.T) {
	s := &shelf{dead: 8, hooks: []model.HookView{
		hookIn("wh_1", "zapier", model.HookActive, ""), hookIn("wh_2", "crm\x1b", model.HookDisabled, model.DisabledGone),
		hookIn("wh_3", "bi", model.HookDisabled, model.DisabledFailing), hookIn("wh_4", "own", model.HookDisabled, model.DisabledByUser),
	}}
	m := lookoutOn(t, s).complete(t.Context(), page.EngineMsg{State: page.EngineLive, Owner: 4711, Alerts: []page.Alert{
		{Kind: page.AlertSkew, Span: time.Hour}, {Kind: page.AlertBreaker, Hook: "wh_1"}, {Kind: page.AlertBreaker, Hook: "wh_gone"}, {Kind: page.AlertFull},
	}})
	want := []page.Alert{
		{Kind: page.AlertFull},
		{Kind: page.AlertDisabled, Hook: "bi", Since: noon.Add(-time.Hour), Value: "failing"},
		{Kind: page.AlertDisabled, Hook: "crm␛", Since: noon.Add(-time.Hour), Value: "gone"},
		{Kind: page.AlertBreaker, Hook: "zapier"}, {Kind: page.AlertSkew, Span: time.Hour}, {Kind: page.AlertOwner, Value: "4711"},
	}
	if !m.Equal(page.EngineMsg{State: page.EngineLive, Owner: 4711, Failed: 8, Alerts: want}) {
		t.Errorf("%+v", m)
	}
}

func TestATrippedWebhookSaysWhyItFailedLast(t *testing.T) {
	h := hookIn("wh_1", "zapier", model.HookActive, "")
	h.LastAttempt = &model.TestResult{Attempt: model.Attempt{Failure: &model.Failure{Code: model.CodeServerError, Reason: "503"}}}
	m := lookoutOn(t, &shelf{hooks: []model.HookView{h}}).complete(t.Context(), page.EngineMsg{Alerts: []page.Alert{{Kind: page.AlertBreaker, Hook: "wh_1"}}})
	if want := (page.Alert{Kind: page.AlertBreaker, Hook: "zapier", Code: model.CodeServerError, Reason: "503"}); !slices.Contains(m.Alerts, want) {
		t.Errorf("%+v", m.Alerts)
	}
}

func TestNobodyIsSaidToSendWithoutTheFile(t *testing.T) {
	l := lookoutOn(t, &shelf{})
	if err := os.Remove(l.path); err != nil {
		t.Fatal(err)
	}
	if m := l.complete(t.Context(), page.EngineMsg{State: page.EngineLive}); m.State != page.EngineStopped {
		t.Errorf("state %q", m.State)
	}
}

func TestAFileThatWentAwayIsAlertedOf(t *testing.T) {
	l := lookoutOn(t, &shelf{})
	if m := l.complete(t.Context(), page.EngineMsg{}); len(m.Alerts) != 0 {
		t.Fatalf("%+v", m)
	}
	if err := os.Rename(l.path, l.path+".bak"); err != nil {
		t.Fatal(err)
	}
	if got := kinds(l.complete(t.Context(), page.EngineMsg{})); len(got) != 1 || got[0] != page.AlertGone {
		t.Errorf("away: %v", got)
	}
	if err := os.WriteFile(l.path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := kinds(l.complete(t.Context(), page.EngineMsg{Alerts: []page.Alert{{Kind: page.AlertGone}}})); len(got) != 1 {
		t.Errorf("replaced: %v", got)
	}
	if err := os.Rename(l.path+".bak", l.path); err != nil {
		t.Fatal(err)
	}
	if got := kinds(l.complete(t.Context(), page.EngineMsg{})); len(got) != 0 {
		t.Errorf("back: %v", got)
	}
}

func TestAConditionThatFailsIsAlertedOfUntilItWorks(t *testing.T) {
	h := hookIn("wh_1", "crm", model.HookActive, "")
	h.Condition = ".call_details.score > 3"
	ill := model.Decision{HookID: "wh_1", Result: model.DecisionFiltered, Clause: model.ClauseConditionError, Value: "cannot iterate"}
	well := model.Decision{HookID: "wh_1", Result: model.DecisionFiltered, Clause: model.ClauseCondition}
	other := model.Decision{HookID: "wh_1", Result: model.DecisionFiltered, Clause: model.ClauseEvents}
	event := func(id string, age time.Duration) model.Event { return model.Event{ID: id, CreatedAt: noon.Add(-age)} }
	for name, c := range map[string]struct {
		newest []model.Decision
		age    time.Duration
		want   int
	}{
		"fails":                    {[]model.Decision{ill}, time.Minute, 1},
		"works again":              {[]model.Decision{well}, time.Minute, 0},
		"another type came since":  {[]model.Decision{other}, time.Minute, 1},
		"the webhook was mended":   {[]model.Decision{other}, 2 * time.Hour, 0},
		"nothing was asked of it.": {nil, time.Minute, 1},
	} {
		s := &shelf{hooks: []model.HookView{h}, events: []model.Event{event("evt_2", 0), event("evt_1", c.age)},
			decisions: map[string][]model.Decision{"evt_2": c.newest, "evt_1": {ill}}}
		m := lookoutOn(t, s).complete(t.Context(), page.EngineMsg{})
		if len(m.Alerts) != c.want {
			t.Errorf("%s: %+v", name, m.Alerts)
		}
	}
}

// The store is asked seldom, and at once when the engine's alerts change; what it
// cannot say stays as it was.
func TestTheStoreIsAskedSeldom(t *testing.T) {
	now := noon
	s := &shelf{dead: 3}
	l := lookoutOn(t, s)
	l.now = func() time.Time { return now }
	for range 5 {
		l.complete(t.Context(), page.EngineMsg{})
	}
	if s.asked != 1 {
		t.Errorf("asked %d times at one moment", s.asked)
	}
	l.complete(t.Context(), page.EngineMsg{Alerts: []page.Alert{{Kind: page.AlertFull}}})
	now = now.Add(lookEvery)
	s.err = errors.New("ill")
	m := l.complete(t.Context(), page.EngineMsg{Alerts: []page.Alert{{Kind: page.AlertFull}}})
	if s.asked != 3 || m.Failed != 3 {
		t.Errorf("asked %d times, failed %d", s.asked, m.Failed)
	}
}
