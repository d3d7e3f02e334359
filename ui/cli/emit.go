package cli

import (
	"context"
	"sync"

	"github.com/spf13/cobra"
	"golang.org/x/time/rate"

	"hooktop/model"
)

// Outbox takes events and commands on deliveries. What it answers is on disk.
type Outbox interface {
	// MintEvent is a real event of the type: its sample with a fresh id and time.
	MintEvent(typ, lang string) (model.Event, error)
	Emit(ctx context.Context, ev model.Event, key string) (model.Accepted, error)
	Replay(ctx context.Context, s model.Selection, rate float64, dry bool) (model.Replayed, error)
	Cancel(ctx context.Context, s model.Selection, dry bool) (int, error)
	// Retry tries now what waits for its next try.
	Retry(ctx context.Context, s model.Selection, dry bool) (int, error)
	// HoldReplay keeps back what of a replay has not been sent; ResumeReplay sends it
	// on at the same rate. Both say how many deliveries it was.
	HoldReplay(ctx context.Context, id string) (int, error)
	ResumeReplay(ctx context.Context, id string) (int, error)
}

// inFlight is how many events wait for the disk at a time: they share commits.
const inFlight = 64

// emission are the flags of emit.
type emission struct {
	data, id, key, lang string
	count               int
	rate                float64
	ack                 bool
}

func (a *app) emitCmd() *cobra.Command {
	w, flag := a.all.Engine, a.words().Flag
	var e emission
	cmd := &cobra.Command{
		Use:               "emit EVENT",
		Short:             w.Emit,
		Long:              w.EmitLong,
		Args:              a.arguments(1, "EVENT"),
		ValidArgsFunction: a.completeEvents,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.checkEmission(e); err != nil {
				return err
			}
			return a.writing(cmd.Context(), func(d *Desk) error { return a.emitAll(cmd.Context(), d, args[0], e) })
		},
	}
	cmd.Flags().StringVar(&e.data, "data", "", flag.Data)
	cmd.Flags().StringVar(&e.id, "id", "", w.FlagID)
	cmd.Flags().StringVar(&e.key, "idempotency-key", "", w.FlagKey)
	cmd.Flags().IntVar(&e.count, "count", 1, w.FlagCount)
	cmd.Flags().Float64Var(&e.rate, "rate", 0, w.FlagRate)
	cmd.Flags().BoolVar(&e.ack, "print-ack", false, w.FlagAck)
	a.sampleLang(cmd, &e.lang)
	placeholders(cmd.Flags(), map[string]string{"data": "FILE|-", "id": "ID", "idempotency-key": "KEY", "count": "N", "rate": "R"})
	return cmd
}

func (a *app) checkEmission(e emission) error {
	w := a.words().Bad
	switch {
	case e.count < 1:
		return usage(w.Value, "0", "--count")
	case e.rate < 0 || e.rate > 1e6:
		return usage(w.Value, "?", "--rate")
	case e.count > 1 && e.id != "":
		return usage(w.Together, "--count, --id")
	case e.count > 1 && e.key != "":
		return usage(w.Together, "--count, --idempotency-key")
	case e.key != "" && !model.IsKey(e.key):
		return &model.Fault{Code: model.CodeEventID, Field: model.FieldIdempotency, Value: e.key}
	}
	return nil
}

// source makes the events to emit, one after the other.
func (a *app) source(ctx context.Context, d *Desk, typ string, e emission) (func() (model.Event, error), error) {
	lang, err := a.bodyLang(e.lang)
	if err != nil {
		return nil, err
	}
	var body []byte
	if e.data != "" {
		if body, err = a.body(ctx, e.data); err != nil {
			return nil, err
		}
	}
	return func() (model.Event, error) {
		if e.data != "" {
			return model.Event{ID: e.id, Type: typ, Body: body}, nil
		}
		ev, err := d.MintEvent(typ, lang)
		if e.id != "" {
			ev.ID, ev.Body = e.id, model.Stamp(ev.Body, e.id, ev.CreatedAt, false)
		}
		return ev, err
	}, nil
}

// emitAll emits count events, many at a time, at a rate if there is one. The first
// error stops it; what was accepted before stays so.
func (a *app) emitAll(ctx context.Context, d *Desk, typ string, e emission) error {
	next, err := a.source(ctx, d, typ, e)
	if err != nil {
		return err
	}
	limit := rate.NewLimiter(rate.Inf, 1)
	if e.rate > 0 {
		limit.SetLimit(rate.Limit(e.rate))
	}
	run := emitRun{app: a, show: e.count == 1 || e.ack}
	slots := make(chan struct{}, inFlight)
	var wg sync.WaitGroup
	for range e.count {
		if err := limit.Wait(ctx); err != nil {
			run.fail(context.Cause(ctx))
			break
		}
		ev, err := next()
		if err != nil {
			run.fail(err)
		}
		if run.failed() != nil {
			break
		}
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			run.one(ctx, d, ev, e.key)
		})
	}
	wg.Wait()
	if !run.show && !a.opts.JSON {
		a.say("%s", a.all.Engine.Accepted(run.count, a.line(typ)))
	}
	if run.count > 0 && d.Sending != nil && !d.Sending() {
		a.note("%s", a.all.Engine.NobodySends)
	}
	return run.failed()
}

// emitRun is what several goroutines of one emit share.
type emitRun struct {
	*app
	show  bool
	mu    sync.Mutex
	count int
	err   error
}

func (r *emitRun) fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err == nil {
		r.err = err
	}
}

func (r *emitRun) failed() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.err
}

type acceptedJSON struct {
	ID         string `json:"id"`
	Type       string `json:"type"`
	Deliveries int    `json:"deliveries"`
	Duplicate  bool   `json:"duplicate"`
}

// one emits an event and says so once it is on disk.
func (r *emitRun) one(ctx context.Context, d *Desk, ev model.Event, key string) {
	got, err := d.Emit(ctx, ev, key)
	if err != nil {
		r.fail(err)
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.count++
	switch {
	case r.opts.JSON:
		err = r.app.emit(acceptedJSON{got.EventID, ev.Type, got.Deliveries, got.Duplicate})
	case r.show:
		err = r.raw([]byte("ACK " + got.EventID + "\n"))
	}
	if err != nil && r.err == nil {
		r.err = err
	}
}
