package main

import (
	"context"
	"math"
	"os"
	"time"

	"hooktop/model"
	"hooktop/sender/link"
	"hooktop/ui/page"
)

// stateEvery is how often the screens look at what the sender does. They are told
// only when that has changed.
const stateEvery = time.Second

// engineStates asks again and again what the sender does until ctx ends; the channel
// is closed then.
func engineStates(ctx context.Context, every time.Duration, ask func(context.Context) page.EngineMsg) <-chan page.EngineMsg {
	out := make(chan page.EngineMsg)
	go func() {
		defer close(out)
		defer func() { _ = recover() }() // the header stays as it was; the program goes on
		for last := (page.EngineMsg{}); ; {
			if now := ask(ctx); !now.Equal(last) && ctx.Err() == nil {
				select {
				case out <- now:
					last = now
				case <-ctx.Done():
					return
				}
			}
			if !pause(ctx, every) {
				return
			}
		}
	}()
	return out
}

// stateBeside asks the owner over its socket. Where nobody answers, another owner is
// waited for; it may be this process.
func stateBeside(c *link.Client) func(context.Context) page.EngineMsg {
	return func(ctx context.Context) page.EngineMsg {
		s, err := c.Snapshot(ctx)
		if err != nil {
			return page.EngineMsg{State: page.EngineConnecting}
		}
		o, err := c.Owner(ctx)
		if err != nil || o.PID == os.Getpid() {
			o.PID = 0
		}
		return stateOf(s, o.PID)
	}
}

// stateOf is what an engine does, as the header says it. pid is that of the program
// it runs in; 0: this one. The rate is rounded as it is shown.
func stateOf(s model.EngineSnapshot, pid int) page.EngineMsg {
	m := page.EngineMsg{State: page.EngineStopped, Owner: pid}
	switch {
	case s.Running && !s.Stalled:
		m.State = page.EngineLive
	case s.Beginning && s.Err == "":
		m.State = page.EngineConnecting
	}
	m.Rate = math.Round(s.Rate*10) / 10
	if s.Rate >= 10 {
		m.Rate = math.Round(s.Rate)
	}
	m.Alerts = alertsOf(s, time.Now())
	return m
}
