package e2e

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"
)

// TestPowerCut takes the power from the disk of a server that accepts and delivers:
// no event it acknowledged is lost, the file is whole, and all of them arrive. A kill
// cannot tell this from luck: what was written and not synced outlives it.
func TestPowerCut(t *testing.T) {
	tier2(t)
	p := newPower(t, program)
	cuts := 10 * longer(t)
	for range cuts {
		p.round()
		if lost := p.lost(); len(lost) > 0 {
			t.Fatalf("cut %d: %d of %d acknowledged events are lost, such as %s", p.cuts, len(lost), len(p.acked), lost[0])
		}
	}
	all := p.house.settle(time.Minute)
	duplicates, unsure := p.house.compare(p.arrived(), all)
	t.Logf("%d cuts, %d events acknowledged, 0 lost, %d arrived again, %d attempts recorded as interrupted or unknown",
		p.cuts, len(p.acked), duplicates, unsure)
}

// TestPowerCutWithoutSync is the control: the same program, built to trust the page
// cache, loses what it acknowledged, so that the test above can fail.
func TestPowerCutWithoutSync(t *testing.T) {
	tier2(t)
	p := newPower(t, buildNormal(t))
	var lost, acked int
	for range 3 {
		p.round()
		gone := p.lost()
		lost, acked = lost+len(gone), acked+len(p.acked)
		for _, id := range gone {
			delete(p.acked, id)
		}
	}
	if lost == 0 {
		t.Errorf("with synchronous=NORMAL nothing of %d events was lost in %d cuts: the cut is none", acked, p.cuts)
	}
	t.Logf("control: %d cuts, %d events lost", p.cuts, lost)
}

// buildNormal builds the program with synchronous=NORMAL. The source has no switch
// for that: a copy of one file, changed here, takes its place in the build.
func buildNormal(t *testing.T) string {
	t.Helper()
	file, err := filepath.Abs("../store/connect.go")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range [][2]string{
		{`"_journal_mode=WAL", "_synchronous=FULL"`, `"_journal_mode=WAL", "_synchronous=NORMAL"`},
		{`sync != 2`, `sync != 1`},
	} {
		if bytes.Count(source, []byte(change[0])) != 1 {
			t.Fatalf("%s: not one %q to change", file, change[0])
		}
		source = bytes.Replace(source, []byte(change[0]), []byte(change[1]), 1)
	}
	dir := t.TempDir()
	changed, overlay, out := filepath.Join(dir, "connect.go"), filepath.Join(dir, "overlay.json"), filepath.Join(dir, "hooktop-normal")
	replace, err := json.Marshal(map[string]any{"Replace": map[string]string{file: changed}})
	if err != nil {
		t.Fatal(err)
	}
	for path, content := range map[string][]byte{changed: source, overlay: replace} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	build := exec.Command("go", "build", "-overlay", overlay, "-o", out, "..")
	if text, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build the control: %v\n%s", err, text)
	}
	return out
}

// power is a server on a disk that is cut off under load. What was acknowledged is
// noted here, in memory, as a client would.
type power struct {
	t     *testing.T
	disk  *disk
	house *house
	cuts  int

	mu    sync.Mutex
	acked map[string]bool
	got   arrivals
}

func newPower(t *testing.T, program string) *power {
	p := &power{t: t, disk: newDisk(t), acked: map[string]bool{}, got: arrivals{map[string]int{}, map[string]int{}}}
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		id := r.Header.Get("X-Hooktop-Delivery")
		p.mu.Lock()
		defer p.mu.Unlock()
		p.got.requests[id]++
		p.got.good[id]++
	}))
	t.Cleanup(receiver.Close)
	p.house = newHouse(t, program, filepath.Join(p.disk.dir, "data"))
	p.house.run(soakSecret, "hook", "add", "--name", "power", "--url", receiver.URL, "--trigger", "all", "--no-verify",
		"--secret-stdin", "--concurrency", "8", "--retry", "0,100ms,200ms,400ms,800ms,1s,1s,1s")
	p.house.start()
	return p
}

func (p *power) arrived() arrivals {
	p.mu.Lock()
	defer p.mu.Unlock()
	return arrivals{maps.Clone(p.got.requests), maps.Clone(p.got.good)}
}

// round cuts the power while the server is at work, mounts the disk again, and starts
// the server anew.
func (p *power) round() {
	p.t.Helper()
	before, url := p.count(), p.house.url
	body := fmt.Appendf(nil, `{"type":"call.processed","text":%q}`, strings.Repeat("palabra ", 100))
	var publishers sync.WaitGroup
	for range 16 {
		publishers.Go(func() {
			for {
				id, err := p.house.post(url, "", body)
				if err != nil {
					return // the disk is gone, and the server says so or hangs on it
				}
				p.mu.Lock()
				p.acked[id] = true
				p.mu.Unlock()
			}
		})
	}
	waitUntil(p.t, func() bool { return p.count() >= before+100 })
	<-time.After(rand.N(300 * time.Millisecond)) // any moment of the work
	p.disk.cut()
	publishers.Wait()
	p.house.kill()
	p.disk.restore()
	p.house.start()
	p.cuts++
	p.t.Logf("cut %d: %d events acknowledged", p.cuts, p.count()-before)
	if got := p.integrity(); got != "ok" {
		p.t.Errorf("cut %d: integrity: %s", p.cuts, got)
	}
}

func (p *power) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.acked)
}

// lost are the events that were acknowledged and are not on disk.
func (p *power) lost() []string {
	stored := p.house.events()
	p.mu.Lock()
	defer p.mu.Unlock()
	var lost []string
	for id := range p.acked {
		if !stored[id] {
			lost = append(lost, id)
		}
	}
	return lost
}

// integrity is what SQLite says about the file after the cut.
func (p *power) integrity() (text string) {
	db, err := sql.Open("sqlite3", "file:"+p.house.db+"?mode=ro")
	if err == nil {
		defer func() { _ = db.Close() }()
		err = db.QueryRow("PRAGMA integrity_check").Scan(&text)
	}
	if err != nil {
		return err.Error()
	}
	return text
}
