package main

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"hooktop/model"
	"hooktop/ui/page"
)

func TestScreensAreToldOnlyWhatHasChanged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		began := time.Now()
		out := engineStates(ctx, stateEvery, func(context.Context) page.EngineMsg {
			if time.Since(began) < time.Minute {
				return page.EngineMsg{State: page.EngineLive}
			}
			return page.EngineMsg{State: page.EngineStopped}
		})
		if m := <-out; m.State != page.EngineLive || time.Since(began) != 0 {
			t.Errorf("told %+v after %v", m, time.Since(began))
		}
		if m := <-out; m.State != page.EngineStopped || time.Since(began) != time.Minute {
			t.Errorf("told %+v after %v", m, time.Since(began))
		}
		stop()
		if _, ok := <-out; ok {
			t.Error("it goes on after the end")
		}
	})
}

func TestTheEnginesStateInAWord(t *testing.T) {
	for _, c := range []struct {
		s    model.EngineSnapshot
		want page.EngineMsg
	}{
		{model.EngineSnapshot{Running: true, Rate: 4.249}, page.EngineMsg{State: page.EngineLive, Rate: 4.2}},
		{model.EngineSnapshot{Running: true, Rate: 41.7}, page.EngineMsg{State: page.EngineLive, Rate: 42}},
		{model.EngineSnapshot{Running: true, Stalled: true}, page.EngineMsg{State: page.EngineStopped, Alerts: []page.Alert{{Kind: page.AlertStalled}}}},
		{model.EngineSnapshot{Beginning: true}, page.EngineMsg{State: page.EngineConnecting}},
		{model.EngineSnapshot{Beginning: true, Err: "I/O"}, page.EngineMsg{State: page.EngineStopped, Alerts: []page.Alert{{Kind: page.AlertStalled, Value: "I/O"}}}},
		{model.EngineSnapshot{}, page.EngineMsg{State: page.EngineStopped, Alerts: []page.Alert{{Kind: page.AlertStopped}}}},
	} {
		if got := stateOf(c.s, 0); !got.Equal(c.want) {
			t.Errorf("%+v is %+v, want %+v", c.s, got, c.want)
		}
	}
	if got := stateOf(model.EngineSnapshot{Running: true}, 4711); got.Owner != 4711 {
		t.Errorf("owner %d", got.Owner)
	}
}
