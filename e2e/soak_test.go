package e2e

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const soakSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

// longer multiplies what the soak and the power cuts do: HOOKTOP_SOAK=10.
func longer(t *testing.T) int {
	t.Helper()
	v := os.Getenv("HOOKTOP_SOAK")
	if v == "" {
		return 1
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 {
		t.Fatalf("HOOKTOP_SOAK is %q", v)
	}
	return n
}

// nodeReceiver is testdata/receiver.js as it runs.
type nodeReceiver struct {
	url  string
	mu   sync.Mutex
	got  arrivals
	bad  []string // what the library said of signatures
	five int      // answered 503
}

// startNode starts the receiver. The package standardwebhooks is looked for in
// NODE_PATH, where .ci/run puts it.
func startNode(t *testing.T) *nodeReceiver {
	t.Helper()
	cmd := exec.Command("node", "testdata/receiver.js", soakSecret)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	n := &nodeReceiver{got: arrivals{map[string]int{}, map[string]int{}}}
	if !lines.Scan() {
		t.Fatal("the receiver in Node did not start: npm install standardwebhooks")
	}
	n.url = lines.Text()
	done := make(chan struct{})
	go func() {
		defer close(done)
		for lines.Scan() {
			n.note(t, lines.Bytes())
		}
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-done
		_ = cmd.Wait()
	})
	return n
}

// reached is how many deliveries were answered 200.
func (n *nodeReceiver) reached() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return len(n.got.good)
}

func (n *nodeReceiver) note(t *testing.T, line []byte) {
	var got struct {
		Delivery, Error string
		Status          int
	}
	if err := json.Unmarshal(line, &got); err != nil {
		t.Errorf("the receiver said %q", line)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.got.requests[got.Delivery]++
	if got.Status == 200 {
		n.got.good[got.Delivery]++
	} else {
		n.five++
	}
	if got.Error != "" {
		n.bad = append(n.bad, got.Delivery+": "+got.Error)
	}
}

// TestSoak takes 2,000 events over HTTP while the server is killed eight times, for a
// receiver that fails every ninth request and verifies each signature with the
// official library: all are delivered, all signatures are good, and what arrived
// twice is on record as an attempt whose end nobody knew.
func TestSoak(t *testing.T) {
	tier2(t)
	if err := exec.Command("node", "-e", "require('standardwebhooks')").Run(); err != nil {
		t.Skip("needs node and, in NODE_PATH, the npm package standardwebhooks; .ci/run installs it")
	}
	node := startNode(t)
	h := newHouse(t, program, t.TempDir())
	h.run(soakSecret, "hook", "add", "--name", "soak", "--url", node.url, "--trigger", "all", "--no-verify", "--concurrency", "16",
		"--secret-stdin", "--retry", "0,100ms,200ms,400ms,800ms,1s,1s,1s,1s,1s")
	events, kills := 2000*longer(t), 8*longer(t)
	h.start()
	var url atomic.Value
	url.Store(h.url)
	var acked atomic.Int64
	ids := make([]string, events)
	var publishers sync.WaitGroup
	work := make(chan int)
	for range 8 {
		publishers.Go(func() {
			for i := range work {
				ids[i] = publish(h, &url, i)
				acked.Add(1)
			}
		})
	}
	go func() {
		defer close(work)
		tick := time.NewTicker(2 * time.Millisecond) // 4,000 a second at most, so that kills meet work
		defer tick.Stop()
		for i := range events {
			work <- i
			if i%8 == 0 {
				<-tick.C
			}
		}
	}()
	for k := range kills {
		waitUntil(t, func() bool { return int(acked.Load()) >= (k+1)*events/(kills+2) })
		<-time.After(rand.N(100 * time.Millisecond)) // any moment of the work, not one of its own
		h.kill()
		h.start()
		url.Store(h.url)
	}
	publishers.Wait()
	all := h.settle(time.Minute)
	waitUntil(t, func() bool { return node.reached() >= events }) // its lines are on their way

	node.mu.Lock()
	defer node.mu.Unlock()
	stored := h.events()
	for i, id := range ids {
		if !stored[id] {
			t.Errorf("event %d (%s) was acknowledged and is lost", i, id)
		}
	}
	if len(stored) != events || len(all) != events {
		t.Errorf("%d events and %d deliveries on disk, %d sent", len(stored), len(all), events)
	}
	if len(node.bad) > 0 {
		t.Errorf("%d signatures were refused, such as %s", len(node.bad), node.bad[0])
	}
	if node.five < events/10 {
		t.Errorf("the receiver failed only %d requests", node.five)
	}
	duplicates, unsure := h.compare(node.got, all)
	if unsure == 0 {
		t.Error("no kill met an attempt: nothing was proven")
	}
	t.Logf("%d events, %d kills, %d answered 503, %d arrived again, %d attempts recorded as interrupted or unknown",
		events, kills, node.five, duplicates, unsure)
}

// publish posts an event until it is acknowledged, whichever server is up.
func publish(h *house, url *atomic.Value, i int) string {
	body := fmt.Appendf(nil, `{"type":"call.processed","n":%d,"text":%q}`, i, strings.Repeat("¿qué tal? ", 20))
	for {
		id, err := h.post(url.Load().(string), fmt.Sprintf("soak-%d", i), body)
		if err == nil {
			return id
		}
		<-time.After(10 * time.Millisecond)
	}
}

// waitUntil looks again and again, for a minute at most.
func waitUntil(t *testing.T, done func() bool) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(time.Minute); !done(); <-tick.C {
		if time.Now().After(deadline) {
			t.Fatal("waited a minute for nothing")
		}
	}
}
