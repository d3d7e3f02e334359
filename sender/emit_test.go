package sender

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"hooktop/model"
)

// emitter is an engine that does not run: events wait in its ledger.
func emitter(t *testing.T, hooks ...model.Hook) (*Engine, *ledger) {
	t.Helper()
	l := newLedger(hooks...)
	s, _ := house(t)
	return NewEngine(EngineConfig{Sender: s, Outbox: l, Recovery: l}), l
}

func withState(h model.Hook, s model.HookState) model.Hook { h.State = s; return h }

func TestEveryWebhookGetsADecision(t *testing.T) {
	condition := func(id, expr string) model.Hook {
		h := activeHook(id)
		h.Condition = expr
		return h
	}
	other := activeHook("other")
	other.Events = []string{"call.tag.added"}
	disabled := withState(activeHook("disabled"), model.HookDisabled)
	disabled.Reason = model.DisabledGone
	e, l := emitter(t,
		activeHook("active"), withState(activeHook("paused"), model.HookPaused), withState(activeHook("draft"), model.HookDraft),
		disabled, other, condition("long", ".call_details.duration > 60"), condition("short", ".call_details.duration < 60"),
		condition("broken", ".call_details +"), condition("fails", ".call_details + 1"), condition("endless", "range(infinite) | false"))
	body := []byte(`{"type": "call.processed", "call_details": {"call_id": 17432891650918235647, "duration": 61}}`)
	accepted, err := e.Emit(t.Context(), model.Event{Type: "call.processed", Body: body}, "")
	if err != nil || accepted.Deliveries != 3 || accepted.Duplicate || !strings.HasPrefix(accepted.EventID, "evt_") {
		t.Fatalf("%+v %v", accepted, err)
	}
	in := l.events[accepted.EventID]
	if in.Event.Subject != "17432891650918235647" || in.Event.Test || in.Event.CreatedAt.IsZero() || !bytes.Equal(in.Event.Body, body) {
		t.Errorf("%+v", in.Event)
	}
	want := map[string]model.Decision{
		"active":   {Result: model.DecisionMatched},
		"paused":   {Result: model.DecisionMatched},
		"draft":    {Result: model.DecisionDraft},
		"disabled": {Result: model.DecisionDisabled, Value: "gone"},
		"other":    {Result: model.DecisionFiltered, Clause: model.ClauseEvents, Value: "call.processed"},
		"long":     {Result: model.DecisionMatched, Value: "true"},
		"short":    {Result: model.DecisionFiltered, Clause: model.ClauseCondition, Value: "false"},
		"broken":   {Result: model.DecisionFiltered, Clause: model.ClauseConditionError},
		"fails":    {Result: model.DecisionFiltered, Clause: model.ClauseConditionError},
		"endless":  {Result: model.DecisionFiltered, Clause: model.ClauseConditionError},
	}
	if len(in.Decisions) != len(want) {
		t.Errorf("%d decisions", len(in.Decisions))
	}
	for _, d := range in.Decisions {
		w := want[d.HookID]
		if d.Result != w.Result || d.Clause != w.Clause || d.Hook != d.HookID || (d.DeliveryID != "") != (w.Result == model.DecisionMatched) {
			t.Errorf("%+v", d)
		}
		if w.Clause == model.ClauseConditionError && d.Value == "" || w.Clause != model.ClauseConditionError && d.Value != w.Value {
			t.Errorf("%s: value %q", d.HookID, d.Value)
		}
		if r := l.rows[d.DeliveryID]; d.DeliveryID != "" && (r == nil || r.HookID != d.HookID || r.State != model.DeliveryQueued) {
			t.Errorf("%s: delivery %+v", d.HookID, r)
		}
	}
}

func TestEventsThatMatchNothingAreKept(t *testing.T) {
	e, l := emitter(t)
	accepted, err := e.Emit(t.Context(), model.Event{ID: "evt_mine", Type: "call.processed", Body: []byte(`{}`)}, "")
	if err != nil || accepted.EventID != "evt_mine" || accepted.Deliveries != 0 || len(l.events) != 1 {
		t.Errorf("%+v %v", accepted, err)
	}
}

func TestKeysOfCommonForm(t *testing.T) {
	e, _ := emitter(t)
	for _, key := range []string{"order:12/3.a", strings.Repeat("~", 255), "order:12 7"} {
		if _, err := e.Emit(t.Context(), model.Event{Type: "call.processed", Body: []byte(`{}`)}, key); err != nil {
			t.Errorf("%q: %v", key, err)
		}
	}
}

func TestEmitRefuses(t *testing.T) {
	e, l := emitter(t, activeHook("a"))
	good := model.Event{Type: "call.processed", Body: []byte(`{}`)}
	for name, c := range map[string]struct {
		change func(*model.Event)
		key    string
		code   model.Code
	}{
		"unknown type": {func(e *model.Event) { e.Type = "call.unknown" }, "", model.CodeUnknownEvent},
		"verification": {func(e *model.Event) { e.Type = model.VerificationType }, "", model.CodeUnknownEvent},
		"bad JSON":     {func(e *model.Event) { e.Body = []byte(`{"a":`) }, "", model.CodeBodyJSON},
		"empty":        {func(e *model.Event) { e.Body = nil }, "", model.CodeBodyEmpty},
		"too large":    {func(e *model.Event) { e.Body = bytes.Repeat([]byte(" "), model.MaxBody+1) }, "", model.CodeBodyTooLarge},
		"not UTF-8":    {func(e *model.Event) { e.Body = []byte("\"\xff\"") }, "", model.CodeBodyUTF8},
		"id with dot":  {func(e *model.Event) { e.ID = "evt.1" }, "", model.CodeEventID},
		"id with CR":   {func(e *model.Event) { e.ID = "evt\r\nX: y" }, "", model.CodeEventID},
		"key with tab": {func(*model.Event) {}, "k\t1", model.CodeEventID},
		"key in words": {func(*model.Event) {}, "k one", model.CodeEventID},
		"long key":     {func(*model.Event) {}, strings.Repeat("k", 256), model.CodeEventID},
	} {
		ev := good
		c.change(&ev)
		_, err := e.Emit(t.Context(), ev, c.key)
		var f *model.Fault
		if !errors.As(err, &f) || f.Code != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.Emit(gone, good, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if len(l.events) != 0 {
		t.Errorf("%d events stored", len(l.events))
	}
}

func TestEmitDecidesAgainWhenWebhooksChange(t *testing.T) {
	e, l := emitter(t, activeHook("a"))
	ev := model.Event{Type: "call.processed", Body: []byte(`{}`)}
	if _, err := e.Emit(t.Context(), ev, ""); err != nil {
		t.Fatal(err)
	}
	l.mu.Lock()
	l.hooks = append(l.hooks, activeHook("b"))
	l.revision++
	l.mu.Unlock()
	if accepted, err := e.Emit(t.Context(), ev, ""); err != nil || accepted.Deliveries != 2 {
		t.Errorf("%+v %v", accepted, err)
	}
	l.stale = 100
	if _, err := e.Emit(t.Context(), ev, ""); !errors.Is(err, model.ErrStale) || l.stale != 100-staleTries {
		t.Errorf("%v after %d tries", err, 100-l.stale)
	}
}

func TestRepeatedEventsAreSentOnce(t *testing.T) {
	inTime(t, newLedger(activeHook("a")), func(b *bench) {
		b.start()
		ev := model.Event{ID: "evt_1", Type: "call.processed", Body: []byte(`{}`)}
		for i := range 3 {
			accepted, err := b.Emit(b.t.Context(), ev, "key")
			if err != nil || accepted.Duplicate != (i > 0) || accepted.Deliveries != 1 {
				b.t.Errorf("%+v %v", accepted, err)
			}
		}
		ev.Body = []byte(`{"other":1}`)
		var f *model.Fault
		if _, err := b.Emit(b.t.Context(), ev, ""); !errors.As(err, &f) || f.Code != model.CodeDuplicate {
			b.t.Errorf("%v", err)
		}
		b.wait(time.Hour)
		if n := len(b.started("a")); n != 1 {
			b.t.Errorf("%d attempts", n)
		}
	})
}

// A webhook that changes while its event is on the way to the disk.
func TestAPauseDuringAnIngestQueues(t *testing.T) {
	l := newLedger(activeHook("a"))
	inTime(t, l, func(b *bench) {
		b.start()
		ctx, cancel := context.WithCancel(b.t.Context())
		l.onIngest = func(*model.Ingest) {
			l.onIngest = nil
			cancel() // too late: nobody could tell whether the event was accepted
			b.Engine.mu.Lock()
			lane := b.lanes["a"]
			h := withState(*lane.hook, model.HookPaused)
			lane.hook = &h
			b.Engine.mu.Unlock()
		}
		if _, err := b.Emit(ctx, model.Event{Type: "call.processed", Body: []byte(`{}`)}, ""); err != nil {
			b.t.Fatal(err)
		}
		b.wait(time.Minute)
		b.want(model.DeliveryQueued, 1)
	})
}

func TestMintEventIsNoTest(t *testing.T) {
	s, _ := house(t)
	ev, err := s.MintEvent("call.processed", "es")
	if err != nil || ev.Test || ev.Subject != "0f" || !bytes.Contains(ev.Body, []byte(`"test": false`)) || !bytes.Contains(ev.Body, []byte(ev.ID)) {
		t.Errorf("%+v %v\n%s", ev, err, ev.Body)
	}
	if _, err := s.MintEvent("call.unknown", "es"); err == nil {
		t.Error("an unknown event was minted")
	}
}

// TestOneReadsForAll promises that of all who find the webhooks changed one reads
// them.
func TestOneReadsForAll(t *testing.T) {
	e, l := emitter(t, activeHook("a"))
	stale, err := e.fleetNow(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	l.revision++
	l.fleets = 0
	for range 256 {
		if err := e.renew(t.Context(), stale); err != nil {
			t.Fatal(err)
		}
	}
	if f := e.fleet.Load(); l.fleets != 1 || f == stale || f.revision != l.revision {
		t.Errorf("read %d times, revision %d", l.fleets, f.revision)
	}
}

// TestConditionsOfAnEventAreBounded promises that an event is decided soon, however
// many webhooks have conditions that do not end.
func TestConditionsOfAnEventAreBounded(t *testing.T) {
	const n = int(conditionsTime/conditionTime) + 3
	var hooks []model.Hook
	for i := range n {
		h := activeHook(string(rune('a' + i)))
		h.Condition = "last(repeat(1))"
		hooks = append(hooks, h)
	}
	e, l := emitter(t, hooks...)
	if _, err := e.Emit(t.Context(), model.Event{ID: "evt_1", Type: "call.processed", Body: []byte(`{}`)}, ""); err != nil {
		t.Fatal(err)
	}
	for i, d := range l.events["evt_1"].Decisions {
		if d.Result != model.DecisionFiltered || d.Clause != model.ClauseConditionError {
			t.Errorf("%d: %+v", i, d)
		}
		if i >= n-3 && d.Value != errConditionsTime.Error() {
			t.Errorf("%d had time of its own: %+v", i, d)
		}
	}
}

// TestDeliveriesThatCameUnseenAreSent: an ingest that was answered as failed may
// have its rows in the outbox once the file is back.
func TestDeliveriesThatCameUnseenAreSent(t *testing.T) {
	ev := model.Event{ID: "evt_1", Type: "call.processed", Body: []byte(`{}`)}
	gone := &model.Fault{Code: model.CodeStoreGone}
	for _, tt := range []struct {
		name string
		back func(b *bench)
	}{
		{"when they are emitted again", func(b *bench) {
			if got, err := b.Emit(b.t.Context(), ev, ""); err != nil || !got.Duplicate {
				b.t.Error(got, err)
			}
		}},
		{"by themselves", func(b *bench) {}},
	} {
		l := newLedger(activeHook("a"))
		inTime(t, l, func(b *bench) {
			b.start()
			b.emit(1)
			b.wait(time.Minute)
			l.broken = gone
			if tt.name[0] == 'w' {
				l.broken = errDisk
			}
			if _, err := b.Emit(b.t.Context(), ev, ""); err == nil {
				b.t.Error("accepted")
			}
			b.wait(0)
			l.mu.Lock()
			l.broken = nil
			in := model.Ingest{Event: ev, Deliveries: []model.Delivery{{ID: "dlv_1", HookID: "a", State: model.DeliveryQueued, NextAt: b.Now()}}}
			l.events[ev.ID] = in
			l.rows["dlv_1"] = &row{Delivery: in.Deliveries[0], event: ev, order: 9}
			l.mu.Unlock()
			tt.back(b)
			b.wait(time.Minute)
			if n := len(b.started("a")); n != 2 {
				b.t.Errorf("%s: %d attempts", tt.name, n)
			}
		})
	}
}
