package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"hooktop/internal/plant"
	"hooktop/model"
)

// days is how far back the past goes.
const days = 30

// consumer is who a webhook is for, and how it fails when it does.
type consumer struct {
	name    string
	events  []string
	weight  int // of a hundred
	status  int
	failure model.Failure
	took    time.Duration // of an answer, about
}

func consumers() []consumer {
	unauthorized := model.Failure{Code: model.CodeAuthRejected, Reason: "401"}
	broken := func(reason string) model.Failure { return model.Failure{Code: model.CodeServerError, Reason: reason} }
	silent := model.Failure{Code: model.CodeTimeout, Reason: model.PhaseHeaders}
	return []consumer{
		{"crm", []string{"call.processed"}, 40, 503, broken("503"), 45 * time.Millisecond},
		{"bi", []string{"call.score.changed"}, 25, 500, broken("500"), 120 * time.Millisecond},
		{"workflow", []string{"call.tag.added", "call.tag.removed"}, 15, 0, silent, 30 * time.Millisecond},
		{"quality", []string{"call.flag.added"}, 10, 401, unauthorized, 20 * time.Millisecond},
		{"archive", []string{"call.summary.changed"}, 8, 503, broken("503"), 300 * time.Millisecond},
		{"partner", []string{"call.note.added"}, 2, 401, unauthorized, 80 * time.Millisecond},
	}
}

// past is what has happened, the same for the same number and day.
type past struct {
	hooks []model.Hook
	now   time.Time
	rows  int
}

// seed is delivery i. Failures come in stretches, as they do; the recent ones are
// still retried.
func (p *past) seed(i int) plant.Seed {
	r := rand.New(rand.NewPCG(1, uint64(i)))
	at := p.now.Add(-days * 24 * time.Hour / time.Duration(p.rows) * time.Duration(p.rows-i))
	who, c := choose(r)
	s := plant.Seed{Hook: p.hooks[who], Event: event(r, i, c, at)}
	took := time.Duration(float64(c.took) * (0.5 + r.ExpFloat64()))
	// A stretch is a thousandth of the past; every tenth is bad for one of them.
	bad := i*1000/p.rows%10 == who && r.IntN(100) < 30
	if !bad {
		s.Attempts = []plant.Attempt{{At: at, Took: took, Status: 200}}
		return s
	}
	if c.status == 0 {
		took = 15 * time.Second
	}
	fails := 3
	recent := p.now.Sub(at) < 48*time.Hour
	if recent {
		fails = 2
		s.NextAt = p.now.Add(10*time.Minute + time.Duration(r.Int64N(int64(24*time.Hour))))
	}
	for n := range fails {
		failure := c.failure
		s.Attempts = append(s.Attempts, plant.Attempt{At: at.Add(time.Duration(n) * 2 * time.Minute), Took: took, Status: c.status, Failure: &failure})
	}
	return s
}

// choose picks a consumer by its weight.
func choose(r *rand.Rand) (int, consumer) {
	n := r.IntN(100)
	all := consumers()
	for i, c := range all {
		if n -= c.weight; n < 0 {
			return i, c
		}
	}
	return 0, all[0]
}

// event is one about a call; about four are about the same one.
func event(r *rand.Rand, i int, c consumer, at time.Time) model.Event {
	typ := c.events[r.IntN(len(c.events))]
	call := fmt.Sprintf("%08x-0000-4000-8000-%012x", uint32(i/4)*2654435761, i/4)
	return model.Event{Type: typ, Subject: call, CreatedAt: at, Body: body(r, typ, call, at)}
}

// body has 0.3 to 2 KB.
func body(r *rand.Rand, typ, call string, at time.Time) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `{"type":%q,"timestamp":%q,"call_details":{"call_uuid":%q,"agent":"agent-%d","duration":%d},"call_score":{"total":%d},"segments":[`,
		typ, at.UTC().Format(time.RFC3339), call, r.IntN(200), r.IntN(3600), r.IntN(101))
	lines := []string{"buenos días, ¿en qué puedo ayudarle?", "quisiera cambiar mi tarifa", "un momento, por favor", "muchas gracias"}
	for size := 300 + r.IntN(1650); b.Len() < size; {
		fmt.Fprintf(&b, `{"speaker":"agent","text":%q},`, lines[r.IntN(len(lines))])
	}
	return []byte(b.String() + `{"speaker":"end"}]}`)
}
