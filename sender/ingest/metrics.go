package ingest

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// ackBounds are the upper bounds of the histogram of acknowledgements, in seconds.
var ackBounds = [...]float64{.0005, .001, .002, .005, .01, .02, .05, .1, .5, 1, 5}

// counters are what GET /metrics tells of the API itself.
type counters struct {
	answers    sync.Map // status -> *atomic.Int64
	events     atomic.Int64
	duplicates atomic.Int64
	bytes      atomic.Int64
	nanos      atomic.Int64
	acks       [len(ackBounds) + 1]atomic.Int64
}

func (c *counters) answer(status int) {
	n, ok := c.answers.Load(status)
	if !ok {
		n, _ = c.answers.LoadOrStore(status, new(atomic.Int64))
	}
	n.(*atomic.Int64).Add(1)
}

func (c *counters) accepted(size int, took time.Duration, duplicate bool) {
	if duplicate {
		c.duplicates.Add(1)
		return
	}
	c.events.Add(1)
	c.bytes.Add(int64(size))
	c.nanos.Add(int64(took))
	i, _ := slices.BinarySearch(ackBounds[:], took.Seconds())
	c.acks[i].Add(1)
}

// metrics answers in Prometheus' text format, version 0.0.4.
func (a *API) metrics(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	a.count.write(w)
	if a.Metrics != nil {
		a.Metrics(w)
	}
}

func (c *counters) write(w io.Writer) {
	fmt.Fprint(w, "# HELP hooktop_ingest_requests_total Answers by HTTP status.\n# TYPE hooktop_ingest_requests_total counter\n")
	var statuses []int
	c.answers.Range(func(k, _ any) bool { statuses = append(statuses, k.(int)); return true })
	slices.Sort(statuses)
	for _, s := range statuses {
		n, _ := c.answers.Load(s)
		fmt.Fprintf(w, "hooktop_ingest_requests_total{status=\"%d\"} %d\n", s, n.(*atomic.Int64).Load())
	}
	one := func(name, help string, v int64) {
		fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s counter\n%s %d\n", name, help, name, name, v)
	}
	one("hooktop_ingest_events_total", "Events accepted.", c.events.Load())
	one("hooktop_ingest_duplicates_total", "Events that had been accepted before.", c.duplicates.Load())
	one("hooktop_ingest_bytes_total", "Bytes of the bodies accepted.", c.bytes.Load())
	const ack = "hooktop_ingest_ack_seconds"
	fmt.Fprintf(w, "# HELP %s Time from a body to its commit on disk.\n# TYPE %s histogram\n", ack, ack)
	var sum int64
	for i, bound := range ackBounds {
		sum += c.acks[i].Load()
		fmt.Fprintf(w, "%s_bucket{le=\"%g\"} %d\n", ack, bound, sum)
	}
	sum += c.acks[len(ackBounds)].Load()
	fmt.Fprintf(w, "%s_bucket{le=\"+Inf\"} %d\n%s_sum %g\n%s_count %d\n", ack, sum, ack, time.Duration(c.nanos.Load()).Seconds(), ack, sum)
}
