package store_test

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"hooktop/model"
	"hooktop/store"
	"hooktop/store/storetest"
)

// BenchmarkOutbox makes deliveries from event to result, so many at once. The
// figures that matter are deliveries/s, CPU time and commits per delivery.
func BenchmarkOutbox(b *testing.B) {
	for _, rows := range []int{0, 1_000_000} {
		for _, publishers := range []int{1, 32, 256} {
			b.Run(fmt.Sprintf("rows=%d/publishers=%d", rows, publishers), func(b *testing.B) {
				benchmarkOutbox(b, benchStore(b, rows), publishers)
			})
		}
	}
}

func benchmarkOutbox(b *testing.B, d *store.DB, publishers int) {
	_, revision, err := d.Fleet(b.Context())
	fatal(b, err)
	hook := storetest.Hook(1).ID
	body := make([]byte, 2<<10)
	var n atomic.Int64
	var wg sync.WaitGroup
	commits, before, wrote := store.Commits(d), cpu(), written(b)
	start := time.Now()
	b.ResetTimer()
	for range publishers {
		wg.Go(func() {
			for i := n.Add(1); i <= int64(b.N); i = n.Add(1) {
				in, f := benchDelivery(hook, revision, fmt.Sprintf("%026d", start.UnixNano()+i), body)
				if _, err := d.Ingest(context.Background(), in); err != nil {
					b.Error(err)
					return
				}
				if err := d.Finish(context.Background(), f); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	count := float64(b.N)
	b.ReportMetric(float64(written(b)-wrote)/1024/count, "KB-written/delivery")
	b.ReportMetric(count/time.Since(start).Seconds(), "deliveries/s")
	b.ReportMetric(float64((cpu()-before).Microseconds())/count, "cpu-us/delivery")
	b.ReportMetric(float64(store.Commits(d)-commits)/count, "commits/delivery")
}

func benchDelivery(hook string, revision int64, id string, body []byte) (model.Ingest, *model.Finish) {
	now := time.Now()
	ev := model.Event{ID: "evt_" + id, Type: "call.processed", Subject: "call-" + id, Body: body, CreatedAt: now}
	v := model.Delivery{ID: "dlv_" + id, HookID: hook, State: model.DeliverySending, CreatedAt: now}
	in := model.Ingest{Event: ev, Hooks: revision, Deliveries: []model.Delivery{v}, Decisions: []model.Decision{
		{HookID: hook, Hook: "crm 1", Result: model.DecisionMatched, DeliveryID: v.ID}}}
	a := storetest.Test(hook, 1, nil).Attempt
	a.DeliveryID, a.StartedAt, a.Outcome, a.Failure = v.ID, now, model.OutcomeDelivered, nil
	a.Response.Status = 200
	return in, &model.Finish{HookID: hook, Attempt: a, Verdict: model.Verdict{State: model.DeliveryDelivered}}
}

// written is how many bytes this process has handed to the system.
func written(b *testing.B) int64 {
	b.Helper()
	io, err := os.ReadFile("/proc/self/io")
	if err != nil {
		return 0 // not Linux
	}
	var read, wrote int64
	_, err = fmt.Sscanf(string(io), "rchar: %d\nwchar: %d", &read, &wrote)
	fatal(b, err)
	return wrote
}

func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// benchStore is a store with an active webhook and so many finished deliveries.
func benchStore(b *testing.B, rows int) *store.DB {
	f := newFiles(b)
	o := f.options()
	o.Now = time.Now
	d, err := store.Open(f.db, o)
	fatal(b, err)
	b.Cleanup(func() { d.Close() })
	h := storetest.Hook(1)
	h.State, h.Reason = model.HookActive, ""
	_, err = d.PutHook(b.Context(), h, model.Change{At: time.Now(), Kind: model.ChangeCreated})
	fatal(b, err)
	fatal(b, store.Fill(b.Context(), d, rows))
	_, err = d.Recover(b.Context(), time.Now())
	fatal(b, err)
	h.Revision, h.URL = 1, "https://crm.example/other"
	_, err = d.PutHook(b.Context(), h, model.Change{At: time.Now(), Kind: model.ChangeEdited}) // writes the low mark
	fatal(b, err)
	return d
}
