package store_test

import (
	"bufio"
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"hooktop/model"
	"hooktop/store"
	"hooktop/store/storetest"
)

// The steps of an event's way at which a process is killed. Between them lie the
// points of the writer's groups.
var steps = []string{
	"ingest queued", "ingest filled", "ingest committed", "acknowledged",
	"sent", "finish filled", "finish committed", "finished",
}

// killDB, killKey and killStep tell the child of TestKilledAtEveryStep what to do.
const killDB, killKey, killStep = "STORE_TEST_KILL_DB", "STORE_TEST_KILL_KEY", "STORE_TEST_KILL_STEP"

func TestKilledAtEveryStep(t *testing.T) {
	if step := os.Getenv(killStep); step != "" {
		publishUntilKilled(t, files{db: os.Getenv(killDB), key: os.Getenv(killKey)}, step)
		return
	}
	for _, step := range steps {
		t.Run(step, func(t *testing.T) {
			t.Parallel()
			f := newFiles(t)
			told := runKilled(t, f, step)
			if told.acks+told.groups == 0 {
				t.Fatal("the child did nothing before it was killed")
			}
			checkAfterKill(t, f, told)
		})
	}
}

// told is what the child said before it died.
type told struct {
	acks, groups int
	acked        map[string]bool // deliveries of acknowledged events
	posted       map[string]int  // requests by delivery
	finished     map[string]bool
}

func runKilled(t *testing.T, f files, step string) told {
	t.Helper()
	self, err := os.Executable()
	fatal(t, err)
	cmd := exec.Command(self, "-test.run=^TestKilledAtEveryStep$")
	cmd.Env = append(os.Environ(), killDB+"="+f.db, killKey+"="+f.key, killStep+"="+step)
	out, err := cmd.StdoutPipe()
	fatal(t, err)
	fatal(t, cmd.Start())
	told := told{acked: map[string]bool{}, posted: map[string]int{}, finished: map[string]bool{}}
	for s := bufio.NewScanner(out); s.Scan(); {
		word, id, _ := strings.Cut(s.Text(), " ")
		switch word {
		case "ACK":
			told.acks++
			told.acked[id] = true
		case "POST":
			told.posted[id]++
		case "DONE":
			told.finished[id] = true
		case "GROUP":
			told.groups++
		case "FAIL":
			t.Error(s.Text())
		}
	}
	_ = cmd.Wait()
	if s := cmd.ProcessState.Sys().(syscall.WaitStatus); s.Signal() != syscall.SIGKILL {
		t.Fatalf("the child ended with %v", s)
	}
	return told
}

// publishUntilKilled is the child: publishers take events all the way, and say so
// on stdout, until the process kills itself at the step.
func publishUntilKilled(t *testing.T, f files, step string) {
	d, err := store.Open(f.db, f.options())
	fatal(t, err)
	h := storetest.Active(t, d, 1)
	_, err = d.Recover(t.Context(), time.Now())
	fatal(t, err)
	var left atomic.Int64
	left.Store(23) // the second batch
	if strings.HasSuffix(step, "filled") || strings.HasSuffix(step, "committed") {
		left.Store(3)
	}
	at := func(s string) {
		if s == step && left.Add(-1) == 0 {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	}
	var finishing atomic.Bool
	store.Probe(d, func(point string) {
		fmt.Println("GROUP")
		at(map[bool]string{false: "ingest ", true: "finish "}[finishing.Load()] + point)
	})
	for batch := 0; ; batch++ {
		facts := make([]model.Ingest, 20)
		for i := range facts {
			facts[i] = storetest.Fact(t, d, batch*len(facts)+i, model.DeliverySending, h)
		}
		finishing.Store(false)
		all(facts, func(in model.Ingest) {
			at("ingest queued")
			if _, err := d.Ingest(context.Background(), in); err != nil {
				fmt.Println("FAIL", err)
			}
			fmt.Println("ACK", in.Deliveries[0].ID)
			at("acknowledged")
		})
		finishing.Store(true)
		all(facts, func(in model.Ingest) {
			fmt.Println("POST", in.Deliveries[0].ID)
			at("sent")
			f := storetest.Result(in.Deliveries[0], 1, model.OutcomeDelivered, model.DeliveryDelivered)
			if err := d.Finish(context.Background(), f); err != nil {
				fmt.Println("FAIL", err)
			}
			fmt.Println("DONE", in.Deliveries[0].ID)
			at("finished")
		})
	}
}

func all(facts []model.Ingest, f func(model.Ingest)) {
	var wg sync.WaitGroup
	for _, in := range facts {
		wg.Go(func() { f(in) })
	}
	wg.Wait()
}

// checkAfterKill opens the file as the next process would and sends what is left.
func checkAfterKill(t *testing.T, f files, told told) {
	t.Helper()
	d := f.open(t)
	if !d.Unclean() {
		t.Error("the unclean stop was not noticed")
	}
	i, err := d.Info(t.Context())
	if err != nil || i.Integrity != "ok" {
		t.Errorf("integrity is %q, %v", i.Integrity, err)
	}
	for id := range told.acked {
		if _, err := d.Delivery(t.Context(), id); err != nil {
			t.Errorf("acknowledged and lost: %s: %v", id, err)
		}
	}
	now := storetest.Epoch().Add(24 * time.Hour)
	interrupted, err := d.Recover(t.Context(), now)
	fatal(t, err)
	for id := range told.finished {
		if v, err := d.Delivery(t.Context(), id); err != nil || v.State != model.DeliveryDelivered {
			t.Errorf("a result was lost: %s is %s, %v", id, v.State, err)
		}
	}
	work, err := d.Claim(t.Context(), storetest.Hook(1).ID, now, 10_000, math.MaxInt)
	fatal(t, err)
	if len(work) != interrupted {
		t.Errorf("%d are sent again, %d were interrupted", len(work), interrupted)
	}
	duplicates := 0
	for _, w := range work {
		if told.posted[w.DeliveryID] > 0 {
			duplicates++
		}
		v, err := d.Delivery(t.Context(), w.DeliveryID)
		if err != nil || len(v.Attempts) != 1 || v.Attempts[0].Outcome != model.OutcomeInterrupted || w.N != 2 {
			t.Errorf("sent again: %+v, attempts %+v, %v", w, v.Attempts, err)
		}
	}
	if duplicates > interrupted {
		t.Errorf("%d duplicates, %d attempts recorded as interrupted", duplicates, interrupted)
	}
	t.Log("acknowledged " + strconv.Itoa(told.acks) + ", interrupted " + strconv.Itoa(interrupted) + ", duplicates " + strconv.Itoa(duplicates))
	fatal(t, d.Close())
	if f.open(t).Unclean() {
		t.Error("a clean stop counts as unclean")
	}
}
