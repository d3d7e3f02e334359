package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"hooktop/model"
	"hooktop/samples"
	"hooktop/samples/receiver"
)

// stagehand is all a feed needs, in memory, on a clock of its own.
type stagehand struct {
	clock   time.Duration
	until   time.Duration
	events  []string
	played  []string
	refuse  error
	refused int
}

func (s *stagehand) MintEvent(typ, lang string) (model.Event, error) {
	return model.Event{ID: "evt_" + lang, Type: typ}, nil
}

func (s *stagehand) Emit(_ context.Context, ev model.Event, _ string) (model.Accepted, error) {
	if s.refuse != nil {
		return model.Accepted{}, s.refuse
	}
	s.events = append(s.events, ev.Type)
	return model.Accepted{EventID: ev.ID}, nil
}

// acting is one of its receivers.
type acting struct {
	s    *stagehand
	path string
}

func (a acting) Play(after receiver.After, replies ...receiver.Reply) {
	s := fmt.Sprintf("%s %d", a.path, after)
	for _, r := range replies {
		s += fmt.Sprintf(" %d", r.Status)
	}
	a.s.played = append(a.s.played, s)
}

func play(t *testing.T, s *stagehand, seed uint64, rate float64) {
	t.Helper()
	set, _, err := samples.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	f := &demoFeed{
		script: newScript(seed, rate, set.Catalogue().Types()), lang: "es", mint: s, emit: s,
		actor: func(path string) actor { return acting{s, path} },
		wait:  func(_ context.Context, d time.Duration) bool { s.clock += d; return s.clock < s.until },
		warn:  func(error) { s.refused++ },
	}
	f.run(t.Context())
}

func TestDemoEventsAreTheSameForASeed(t *testing.T) {
	var all [3]stagehand
	for i, seed := range []uint64{7, 7, 8} {
		all[i].until = 5 * time.Minute
		play(t, &all[i], seed, 5)
	}
	if !slices.Equal(all[0].events, all[1].events) || !slices.Equal(all[0].played, all[1].played) {
		t.Error("the same seed made another demonstration")
	}
	if slices.Equal(all[0].events, all[2].events) {
		t.Error("another seed made the same demonstration")
	}
}

func TestDemoEventsKeepTheirRate(t *testing.T) {
	for _, rate := range []float64{0.5, 5, 50} {
		s := stagehand{until: 10 * time.Minute}
		play(t, &s, 1, rate)
		if got := float64(len(s.events)) / s.until.Seconds(); got < 0.9*rate || got > 1.1*rate {
			t.Errorf("%.2f events a second, want %.1f", got, rate)
		}
	}
}

// Every lesson comes within two minutes and is over before the next one: a retry, a
// tripped breaker, dead letters.
func TestDemoReceiversMisbehaveAndRecover(t *testing.T) {
	s := stagehand{until: 4 * time.Minute}
	play(t, &s, 1, 5)
	for _, want := range []string{"/bi 1 503 503 503", "/workflow 0 503", "/crm 0 401"} {
		if !slices.Contains(s.played, want) {
			t.Errorf("%q was not played: %q", want, s.played)
		}
	}
	bad := ""
	for _, p := range s.played {
		path, recovered := "", 0
		_, _ = fmt.Sscan(p, &path, &recovered)
		switch over := p == path+" 1"; {
		case over && bad != path:
			t.Errorf("%s recovered while %q was bad", path, bad)
		case over:
			bad = ""
		case bad != "":
			t.Errorf("%s misbehaves while %s does", path, bad)
		default:
			bad = path
		}
	}
}

func TestDemoEventsGoOnWhenOneIsRefused(t *testing.T) {
	s := stagehand{until: time.Minute, refuse: errors.New("full")}
	play(t, &s, 1, 5)
	if s.refused < 200 {
		t.Errorf("%d refusals were told of", s.refused)
	}
}

func TestPauseEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if pause(ctx, time.Hour) {
		t.Error("it says that the hour has passed")
	}
	if !pause(t.Context(), time.Microsecond) {
		t.Error("it says that the context has ended")
	}
}
