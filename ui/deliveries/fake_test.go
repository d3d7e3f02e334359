package deliveries

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"hooktop/model"
)

// at is the time it always is in these tests.
var at = time.Date(2026, 3, 14, 15, 0, 0, 0, time.UTC)

// fake is all verbs in memory, newest first.
type fake struct {
	quiet    bool // there were no attempts
	strict   bool // only what has ended is replayed
	mu       sync.Mutex
	rows     []model.Delivery
	attempts map[string][]model.Attempt
	trace    []model.Decision
	hooks    map[string]model.Hook
	history  []model.Change
	body     []byte
	stats    model.Stats
	changes  chan struct{} // nil: nothing is told
	calls    []string
	pages    int // how often a page was read
	most     int // the largest page asked for
	minted   int // how many events were made
	look     int // how many rows a page looks at, at most; 0: all
	faults   map[string]error
}

func (f *fake) verbs() Verbs { return Verbs{f, f, f, f, f} }

func (f *fake) enter(verb string, words ...any) error {
	f.calls = append(f.calls, strings.TrimSpace(verb+" "+fmt.Sprint(words...)))
	return f.faults[verb]
}

func (f *fake) called(prefix string) []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(f.calls), func(s string) bool { return !strings.HasPrefix(s, prefix) })
}

// add puts a delivery on top.
func (f *fake) add(d ...model.Delivery) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rows = append(slices.Clone(d), f.rows...)
}

// change edits the delivery in place.
func (f *fake) change(id string, by func(*model.Delivery)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range f.rows {
		if f.rows[i].ID == id {
			by(&f.rows[i])
		}
	}
}

func (f *fake) fail(verb string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.faults == nil {
		f.faults = map[string]error{}
	}
	f.faults[verb] = err
}

// tell says that something has changed.
func (f *fake) tell() {
	select {
	case f.changes <- struct{}{}:
	default:
	}
}

func lets(q model.Filter, d model.Delivery) bool {
	in := func(list []string, values ...string) bool {
		return len(list) == 0 || slices.ContainsFunc(values, func(v string) bool { return slices.Contains(list, v) })
	}
	for _, w := range q.Words {
		if !strings.Contains(d.ID+d.Hook+d.Type, w) {
			return false
		}
	}
	status := fmt.Sprint(d.HTTPStatus)
	if !q.Until.IsZero() && d.CreatedAt.After(q.Until) || q.Not != nil && slices.Contains(q.Not.IDs, d.ID) {
		return false
	}
	return (len(q.States) == 0 || slices.Contains(q.States, d.State)) && in(q.Statuses, status, status[:1]+"xx") &&
		in(q.Errors, string(d.Error)) && in(q.Replays, d.ReplayOf) && in(q.Hooks, d.Hook, d.HookID) &&
		in(q.IDs, d.ID, d.EventID) && in(q.Types, d.Type, model.TriggerKey(d.Type)) && (q.Test == nil || *q.Test == d.Test)
}

func (f *fake) Page(_ context.Context, q model.Filter, from model.Cursor, limit int) ([]model.Delivery, model.Cursor, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pages++
	f.most = max(f.most, limit)
	if err := f.enter("Page", q.String()); err != nil {
		return nil, "", err
	}
	var out []model.Delivery
	looked := 0
	for _, d := range f.rows {
		if from == "" || d.ID < string(from) {
			if looked++; f.look > 0 && looked > f.look && len(q.IDs) == 0 {
				return out, model.Cursor(f.rows[slices.IndexFunc(f.rows, func(e model.Delivery) bool { return e.ID == d.ID })-1].ID), nil
			}
		}
		switch {
		case from != "" && d.ID >= string(from) || !lets(q, d):
		case len(out) == limit:
			return out, model.Cursor(out[limit-1].ID), nil
		default:
			out = append(out, d)
		}
	}
	return out, "", nil
}

func (f *fake) Delivery(_ context.Context, id string) (model.DeliveryView, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter("Delivery", id); err != nil {
		return model.DeliveryView{}, err
	}
	for _, d := range f.rows {
		if d.ID == id {
			ev := model.Event{ID: d.EventID, Type: d.Type, Subject: "10126872918086418832", Body: f.body, Test: d.Test, CreatedAt: d.CreatedAt}
			return model.DeliveryView{Delivery: d, Event: ev, Attempts: f.attempts[id]}, nil
		}
	}
	return model.DeliveryView{}, &model.Fault{Code: model.CodeNotFound, Value: id}
}

// Hook finds the webhook whose id it is; hooks it does not hold are deleted.
func (f *fake) Hook(_ context.Context, id string) (model.HookView, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter("Hook", id); err != nil {
		return model.HookView{}, err
	}
	if h, ok := f.hooks[id]; ok {
		return model.HookView{Hook: h}, nil
	}
	return model.HookView{}, &model.Fault{Code: model.CodeNotFound, Value: id}
}

func (f *fake) Event(_ context.Context, id string) (model.Event, []model.Decision, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return model.Event{ID: id, Body: f.body}, f.trace, f.enter("Event", id)
}

func (f *fake) Stats(context.Context, string, time.Time) (model.Stats, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.stats, f.enter("Stats")
}

// chosen are the rows of a selection that fit.
func (f *fake) chosen(s model.Selection, fits func(model.DeliveryState) bool) (ids []string) {
	q := s.Filter
	if len(s.IDs) > 0 {
		q = model.Filter{IDs: s.IDs}
	}
	for _, d := range f.rows {
		if lets(q, d) && fits(d.State) {
			ids = append(ids, d.ID)
		}
	}
	return ids
}

func (f *fake) Replay(_ context.Context, s model.Selection, rate float64, dry bool) (model.Replayed, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(s.Events) > 0 {
		return model.Replayed{ID: "rpl_1", Count: len(s.Events)}, f.enter("Replay", strings.Join(s.Events, " ")+" "+s.Hook)
	}
	ids := f.chosen(s, func(s model.DeliveryState) bool { return !f.strict || s.Done() })
	if dry {
		return model.Replayed{Count: len(ids)}, f.enter("DryReplay", s.Filter.String())
	}
	if len(ids) == 1 && len(s.IDs) == 1 {
		return model.Replayed{ID: "rpl_1", Count: 1}, f.enter("Replay", ids[0])
	}
	return model.Replayed{ID: "rpl_1", Count: len(ids)}, f.enter("Replay", rate, " ", strings.Join(ids, " "))
}

func (f *fake) Cancel(_ context.Context, s model.Selection, dry bool) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	ids := f.chosen(s, func(s model.DeliveryState) bool { return !s.Done() })
	if dry {
		return len(ids), f.enter("DryCancel")
	}
	return len(ids), f.enter("Cancel", strings.Join(s.IDs, " "), s.Filter.String())
}

func (f *fake) Retry(_ context.Context, s model.Selection, dry bool) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	ids := f.chosen(s, func(s model.DeliveryState) bool { return s == model.DeliveryRetrying || s == model.DeliveryHeld })
	if dry {
		return len(ids), f.enter("DryRetry")
	}
	return len(ids), f.enter("Retry", strings.Join(s.IDs, " "), s.Filter.String())
}

func (f *fake) HoldReplay(_ context.Context, id string) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return 1, f.enter("HoldReplay", id)
}

func (f *fake) ResumeReplay(_ context.Context, id string) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return 1, f.enter("ResumeReplay", id)
}

func (f *fake) Emit(_ context.Context, ev model.Event, _ string) (model.Accepted, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return model.Accepted{EventID: "evt_new", Deliveries: 1}, f.enter("Emit", ev.ID, ev.Type, string(ev.Body))
}

func (f *fake) Series(_ context.Context, hookID string, since, until time.Time, step time.Duration) (model.Series, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := model.Series{Since: since, Until: until, Step: step}
	for at := since; at.Before(until); at = at.Add(step) {
		p := model.Point{At: at, Delivered: int64(len(s.Points) * len(s.Points) % 47)}
		if f.quiet {
			p.Delivered = 0
		}
		s.Points = append(s.Points, p)
	}
	return s, f.enter("Series", hookID)
}

// Tally looks at f.look rows at a time, at all of them without it.
func (f *fake) Tally(_ context.Context, q model.Filter, from model.Cursor) (model.Tally, model.Cursor, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter("Tally", q.String()); err != nil {
		return model.Tally{}, "", err
	}
	var t model.Tally
	looked := 0
	for i, d := range f.rows {
		if from != "" && d.ID >= string(from) {
			continue
		}
		if looked++; f.look > 0 && looked > f.look {
			t.Back = f.rows[i-1].CreatedAt
			return t, model.Cursor(f.rows[i-1].ID), nil
		}
		if lets(q, d) {
			t = t.Add(model.Tally{Count: 1, Groups: []model.Group{{HookID: d.HookID, Hook: d.Hook, State: d.State,
				HTTPStatus: d.HTTPStatus, Error: d.Error, Count: 1, Newest: d.ID, NewestAt: d.CreatedAt}}})
		}
	}
	return t, "", nil
}

func (f *fake) History(_ context.Context, hookID string) ([]model.Change, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter("History", hookID); err != nil {
		return nil, err
	}
	return f.history, nil
}

func (f *fake) Body(typ, lang string) ([]byte, error) { return []byte(`{"sample":"` + typ + `"}`), nil }

func (f *fake) Catalogue() model.Catalogue {
	return model.NewCatalogue([]string{"call.processed", "call.tag.added", "call.score.changed"})
}

func (f *fake) MintEvent(typ, lang string) (model.Event, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.minted++
	return model.Event{ID: fmt.Sprintf("evt_minted%d", f.minted), Type: typ, Body: []byte(`{"sample":"` + typ + `"}`)}, nil
}

func (f *fake) Changes(context.Context) <-chan struct{} { return f.changes }

// dlv is delivery n; higher numbers are newer.
func dlv(n int, hook, typ string, s model.DeliveryState, status int, took time.Duration) model.Delivery {
	d := model.Delivery{
		ID: fmt.Sprintf("dlv_01%08d", n), EventID: fmt.Sprintf("evt_01%08d", n), HookID: "wh_" + hook, Hook: hook, Type: typ,
		State: s, HTTPStatus: status, Duration: took, CreatedAt: at.Add(time.Duration(n-1000) * time.Second),
	}
	if status > 0 || took > 0 {
		d.Attempts = 1
	}
	return d
}

// some are deliveries in every state, from several webhooks.
func some() *fake {
	retry := dlv(996, "datalake", "call.score.changed", model.DeliveryRetrying, 503, 1204*time.Millisecond)
	retry.Error, retry.Attempts, retry.NextAt = model.CodeServerError, 3, at.Add(41*time.Second)
	dead := dlv(993, "zapier-es", "call.tag.added", model.DeliveryDead, 401, 88*time.Millisecond)
	dead.Error, dead.Attempts, dead.DoneAt = model.CodeAuthRejected, 5, at.Add(-2*time.Second)
	test := dlv(991, "crm-prod", "call.summary.changed", model.DeliveryDelivered, 200, 57*time.Millisecond)
	test.Test = true
	lost := dlv(988, "bi-panel", "call.note.added", model.DeliveryRetrying, 0, 30*time.Second)
	lost.Error, lost.NextAt = model.CodeTimeout, at.Add(5*time.Minute)
	f := &fake{
		rows: []model.Delivery{
			dlv(999, "crm-prod", "call.processed", model.DeliveryQueued, 0, 0),
			dlv(998, "bi-panel", "call.tag.added", model.DeliveryDelivered, 200, 51*time.Millisecond),
			dlv(997, "flujo-puntuación", "call.score.changed", model.DeliverySending, 0, 0),
			retry, dead, test,
			dlv(990, "enriquecimiento de registros del CRM", "call.moment.removed", model.DeliveryHeld, 503, 12*time.Millisecond),
			dlv(989, "bi-panel", "call.processed", model.DeliveryCancelled, 0, 0),
			lost,
		},
		attempts: map[string][]model.Attempt{},
		hooks:    map[string]model.Hook{"wh_datalake": {ID: "wh_datalake", Name: "datalake", State: model.HookActive, Revision: 4}},
		body:     []byte(`{"id":"evt_01","type":"call.score.changed","call_details":{"id":"10126872918086418832","agent":"José Núñez"},"call_score":{"total":87.5}}`),
		stats: model.Stats{Delivered: 12380, Retrying: 43, Dead: 8, Pending: 2,
			P50: 41 * time.Millisecond, P95: 210 * time.Millisecond, P99: 1200 * time.Millisecond},
		trace: []model.Decision{
			{HookID: "wh_datalake", Hook: "datalake", Result: model.DecisionMatched, DeliveryID: retry.ID},
			{HookID: "wh_crm-prod", Hook: "crm-prod", Result: model.DecisionFiltered, Clause: model.ClauseEvents, Value: "call.score.changed"},
			{HookID: "wh_bi-panel", Hook: "bi-panel", Result: model.DecisionFiltered, Clause: model.ClauseCondition, Value: "false"},
			{HookID: "wh_zapier-es", Hook: "zapier-es", Result: model.DecisionFiltered, Clause: model.ClauseConditionError, Value: "cannot iterate over: null"},
			{HookID: "wh_old", Hook: "antiguo", Result: model.DecisionDisabled},
			{HookID: "wh_draft", Hook: "nuevo", Result: model.DecisionDraft},
		},
	}
	for n, wait := range []time.Duration{902, 1190, 1204} {
		f.attempts[retry.ID] = append(f.attempts[retry.ID], attempt(retry.ID, n+1, 503, wait*time.Millisecond))
	}
	f.attempts[dead.ID] = []model.Attempt{attempt(dead.ID, 5, 401, 88*time.Millisecond)}
	f.attempts[test.ID] = []model.Attempt{attempt(test.ID, 1, 200, 57*time.Millisecond)}
	return f
}

func attempt(id string, n, status int, took time.Duration) model.Attempt {
	a := model.Attempt{
		DeliveryID: id, N: n, StartedAt: at.Add(time.Duration(n-60) * time.Second), Method: "POST", URL: "https://crm.example.com/hooks/empower",
		Revision: 3, Masked: true, Outcome: model.OutcomeFailed, RemoteAddr: "203.0.113.7:443", TLSVersion: "1.3",
		Request: []model.Header{{Name: "Content-Type", Value: "application/json"}, {Name: "Authorization", Value: "Bearer ****3f9a"},
			{Name: "webhook-id", Value: "evt_01"}, {Name: "webhook-signature", Value: "v1,K5oZ"}},
		Failure: model.ClassifyStatus(status),
		Response: &model.Response{Status: status, Proto: "HTTP/1.1", Headers: []model.Header{{Name: "Content-Type", Value: "application/json"},
			{Name: "Retry-After", Value: "60"}}, Body: []byte(`{"error":"upstream timeout"}`), BodyRead: 28},
		Timings: model.Timings{DNS: 4 * time.Millisecond, Connect: 12 * time.Millisecond, TLS: 30 * time.Millisecond,
			Wait: took - 48*time.Millisecond, Body: 2 * time.Millisecond, Total: took},
	}
	if a.Failure == nil {
		a.Outcome = model.OutcomeDelivered
	}
	return a
}

// many are n delivered deliveries.
func many(n int) *fake {
	f := &fake{attempts: map[string][]model.Attempt{}, body: []byte(`{}`)}
	for i := n; i > 0; i-- {
		f.rows = append(f.rows, dlv(i, "crm-prod", "call.processed", model.DeliveryDelivered, 200, 50*time.Millisecond))
	}
	return f
}
