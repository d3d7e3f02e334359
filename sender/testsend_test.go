package sender

import (
	"bytes"
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"hooktop/model"
)

func TestR22_TestPostsTheShownBytesOnce(t *testing.T) {
	s, m := house(t)
	in := receive(t, status(503, "Retry-After", "1"))
	h := hookTo(s, in.URL)
	h.Events, h.State = nil, model.HookDisabled // neither triggers nor state matter
	ev, err := s.Mint("call.processed", "es")
	if err != nil {
		t.Fatal(err)
	}
	shown := bytes.Clone(ev.Body)
	got, err := s.Test(t.Context(), h, ev)
	if err != nil {
		t.Fatal(err)
	}
	all := in.requests()
	if len(all) != 1 {
		t.Fatalf("%d requests for one test", len(all))
	}
	r := all[0]
	if r.body != string(shown) || !bytes.Equal(got.Event.Body, shown) {
		t.Errorf("shown\n%s\narrived\n%s", shown, r.body)
	}
	for name, want := range map[string]string{
		"X-Hooktop-Test": "true", "X-Hooktop-Attempt": "1", "X-Hooktop-Delivery": got.Delivery.ID,
		"X-Hooktop-Event": "call.processed", "Webhook-Id": ev.ID, "Content-Type": "application/json",
	} {
		if r.header.Get(name) != want {
			t.Errorf("%s: %q, want %q", name, r.header.Get(name), want)
		}
	}
	d := got.Delivery
	if d.State != model.DeliveryDead || d.HTTPStatus != 503 || d.Error != model.CodeServerError || d.Attempts != 1 || !d.Test ||
		!strings.HasPrefix(d.ID, "dlv_") || d.DoneAt.IsZero() || d.EventID != ev.ID || d.HookID != h.ID {
		t.Errorf("%+v", d)
	}
	if got.Attempt.N != 1 || got.Attempt.DeliveryID != d.ID || got.Attempt.Response.Get("Retry-After") != "1" {
		t.Errorf("%+v", got.Attempt)
	}
	if stored, _ := s.Tests(t.Context(), h.ID, 5); len(stored) != 1 || len(m.hooks) != 0 {
		t.Errorf("%d tests kept", len(stored))
	}
	if err := s.Forget(t.Context(), h.ID); err != nil || len(m.tests) != 0 {
		t.Errorf("the tests of a draft that is dropped go with it: %v", err)
	}
}

func TestR21_MintingOverwritesInPlace(t *testing.T) {
	at := time.Date(2030, 1, 2, 3, 4, 5, 678e6, time.UTC)
	s, _ := house(t, func(c *Config) { c.Now = func() time.Time { return at } })
	one, err := s.Mint("call.processed", "es")
	if err != nil {
		t.Fatal(err)
	}
	two, _ := s.Mint("call.processed", "es")
	if one.ID == two.ID || !strings.HasPrefix(one.ID, "evt_") {
		t.Errorf("ids %s %s", one.ID, two.ID)
	}
	want := strings.NewReplacer("evt_SAMPLE", one.ID, "2026-03-12T09:41:07.312Z", "2030-01-02T03:04:05.678Z").Replace(sampleCall)
	if string(one.Body) != want {
		t.Errorf("minted\n%s\nwant\n%s", one.Body, want)
	}
	if one.Subject != "0f" || !one.Test || one.Type != "call.processed" {
		t.Errorf("%+v", one)
	}
	_, err = s.Mint("call.unknown", "es")
	isFault(t, err, model.CodeUnknownEvent, "")
}

func TestR21_OnesOwnBodyStaysAsItIs(t *testing.T) {
	s, _ := house(t)
	in := receive(t, status(200))
	body := "\n{ \"id\" : 17432891650918235647 , \"id\":1.00, \"x\":\"\\u00e9\" }\r\n\t"
	ev, err := s.Own("call.tag.added", []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Test(t.Context(), hookTo(s, in.URL), ev)
	if err != nil || got.Attempt.Outcome != model.OutcomeDelivered || got.Delivery.State != model.DeliveryDelivered || got.Delivery.Error != "" {
		t.Fatalf("%+v %v", got, err)
	}
	if r := in.requests()[0]; r.body != body || r.header.Get("webhook-id") != ev.ID {
		t.Errorf("arrived %q", r.body)
	}
}

func TestNothingIsSentOfWhatCannotBe(t *testing.T) {
	s, m := house(t)
	in := receive(t, status(200))
	good := func() (model.Hook, model.Event) {
		return hookTo(s, in.URL), model.Event{Type: "call.processed", Body: []byte("{}")}
	}
	for name, c := range map[string]struct {
		change func(h *model.Hook, ev *model.Event)
		code   model.Code
		field  model.Field
	}{
		"no body":  {func(_ *model.Hook, ev *model.Event) { ev.Body = nil }, model.CodeBodyEmpty, model.FieldBody},
		"not json": {func(_ *model.Hook, ev *model.Event) { ev.Body = []byte("{a}") }, model.CodeBodyJSON, model.FieldBody},
		"too large": {func(_ *model.Hook, ev *model.Event) {
			ev.Body = []byte(`"` + strings.Repeat("x", model.MaxBody) + `"`)
		}, model.CodeBodyTooLarge, model.FieldBody},
		"utf-8":   {func(_ *model.Hook, ev *model.Event) { ev.Body = []byte("\"\xff\"") }, model.CodeBodyUTF8, model.FieldBody},
		"unknown": {func(_ *model.Hook, ev *model.Event) { ev.Type = "call.gone" }, model.CodeUnknownEvent, model.FieldTriggers},
		"url":     {func(h *model.Hook, _ *model.Event) { h.URL = "" }, model.CodeURLEmpty, model.FieldURL},
		"auth":    {func(h *model.Hook, _ *model.Event) { h.Authorization = model.NewSecret(" k") }, model.CodeAuthBlanks, model.FieldAuth},
	} {
		h, ev := good()
		c.change(&h, &ev)
		_, err := s.Test(t.Context(), h, ev)
		if err == nil {
			t.Errorf("%s: sent", name)
		}
		isFault(t, err, c.code, c.field)
	}
	if len(in.requests()) != 0 || len(m.tests) != 0 {
		t.Errorf("%d requests, %d tests", len(in.requests()), len(m.tests))
	}
}

func TestACancelledTestIsInterruptedAndKept(t *testing.T) {
	s, m := house(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	h := hookTo(s, raw(t, func(c *net.TCPConn) { cancel(); silence(c) }))
	ev, _ := s.Mint("call.processed", "en")
	got, err := s.Test(ctx, h, ev)
	if err != nil || got.Attempt.Outcome != model.OutcomeInterrupted || got.Delivery.State != model.DeliveryCancelled ||
		got.Attempt.Failure.Code != model.CodeCancelled {
		t.Errorf("%+v %v", got, err)
	}
	if len(m.tests) != 1 {
		t.Error("bytes may have left: the test must be kept")
	}
}

// forgetful cannot store tests.
type forgetful struct{ *memory }

func (forgetful) PutTest(context.Context, model.TestResult) error { return errors.New("disk full") }

func TestWhatWasSentIsNoErrorEvenIfItCannotBeKept(t *testing.T) {
	s, _ := house(t, func(c *Config) { c.Records = forgetful{&memory{}} })
	ev, _ := s.Mint("call.processed", "en")
	got, err := s.Test(t.Context(), hookTo(s, receive(t, status(200)).URL), ev)
	if err != nil || got.Attempt.Outcome != model.OutcomeDelivered || got.Unkept != model.CodeStoreIO {
		t.Errorf("%+v %v", got, err)
	}
}
