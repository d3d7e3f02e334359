package e2e

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hooktop/model"
	"hooktop/store"
)

// house is a home with a database in it and a server that is started on it as often
// as it is killed.
type house struct {
	t       testing.TB
	program string
	env     []string
	db, key string // files
	token   string
	client  *http.Client

	cmd *exec.Cmd
	url string
	log bytes.Buffer // of all servers, after they ended
}

// newHouse makes a home. The database lies in dataDir, which may be on a disk of its
// own; all else lies elsewhere.
func newHouse(t testing.TB, program, dataDir string) *house {
	t.Helper()
	dir := t.TempDir()
	h := &house{
		t: t, program: program, db: filepath.Join(dataDir, "hooktop.db"), key: filepath.Join(dir, "key"), token: "token-of-the-soak-test",
		client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}, Timeout: 10 * time.Second},
	}
	h.env = []string{
		"HOME=" + dir, "PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8", "XDG_RUNTIME_DIR=" + dir,
		"HOOKTOP_DB=" + h.db, "HOOKTOP_KEY_FILE=" + h.key, "HOOKTOP_LANG=en",
	}
	if err := os.WriteFile(h.tokenFile(), []byte(h.token+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		h.kill()
		if t.Failed() {
			t.Logf("standard error of the servers:\n%s", tail(h.log.String(), 4000))
		}
	})
	return h
}

func (h *house) tokenFile() string { return h.key + ".token" }

func tail(s string, n int) string { return s[max(0, len(s)-n):] }

// run runs a command of the program to its end.
func (h *house) run(stdin string, args ...string) string {
	h.t.Helper()
	cmd := exec.Command(h.program, args...)
	cmd.Env, cmd.Stdin = h.env, strings.NewReader(stdin)
	var out, problem bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problem
	if err := cmd.Run(); err != nil {
		h.t.Fatalf("hooktop %v: %v\n%s%s", args, err, out.Bytes(), problem.Bytes())
	}
	return out.String()
}

// start starts the server and returns when it accepts.
func (h *house) start() {
	h.t.Helper()
	if err := h.tryStart(); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) tryStart() error {
	h.cmd = exec.Command(h.program, "serve", "--listen", "127.0.0.1:0", "--token-file", h.tokenFile())
	h.cmd.Env, h.cmd.Stderr = h.env, &h.log
	out, err := h.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := h.cmd.Start(); err != nil {
		return err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	url, ready := strings.CutPrefix(strings.TrimSpace(line), "ready ")
	if !ready {
		_ = h.cmd.Wait()
		return fmt.Errorf("serve said %q: %w\n%s", line, errors.Join(err, errors.New("not ready")), tail(h.log.String(), 2000))
	}
	h.url = url
	return nil
}

// kill ends the server as a power failure would end it: it is told nothing.
func (h *house) kill() {
	if h.cmd == nil {
		return
	}
	_ = h.cmd.Process.Kill()
	_ = h.cmd.Wait()
	h.cmd = nil
	h.client.CloseIdleConnections()
}

// post hands an event to a server and returns its id once it is acknowledged. A
// repetition with the same key is the same event.
func (h *house) post(url, key string, body []byte) (id string, err error) {
	r, err := http.NewRequest(http.MethodPost, url+"/v1/events", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	r.Header.Set("Authorization", "Bearer "+h.token)
	r.Header.Set("Content-Type", "application/json")
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	r.GetBody = nil
	resp, err := h.client.Do(r)
	if err != nil {
		return "", err
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if resp.StatusCode != http.StatusAccepted {
		return "", fmt.Errorf("%s: %s", resp.Status, answer)
	}
	// The status line is the acknowledgement; the id is only needed to look for it.
	var got struct{ ID string }
	if json.Unmarshal(answer, &got) != nil || got.ID == "" {
		return "", fmt.Errorf("202 with %q: %w", answer, err)
	}
	return got.ID, nil
}

// read opens the database beside the server.
func (h *house) read() *store.DB {
	h.t.Helper()
	d, err := store.Open(h.db, store.Options{KeyFile: h.key, ReadOnly: true})
	if err != nil {
		h.t.Fatal(err)
	}
	return d
}

// events are the ids of all events on disk.
func (h *house) events() map[string]bool {
	h.t.Helper()
	d := h.read()
	defer func() { _ = d.Close() }()
	ids := map[string]bool{}
	var after model.Cursor
	for {
		page, next, err := d.Events(context.Background(), after, 1000)
		if err != nil {
			h.t.Fatal(err)
		}
		for _, ev := range page {
			ids[ev.ID] = true
		}
		if next == "" {
			return ids
		}
		after = next
	}
}

// deliveries are all deliveries on disk.
func (h *house) deliveries() []model.Delivery {
	h.t.Helper()
	d := h.read()
	defer func() { _ = d.Close() }()
	var all []model.Delivery
	var after model.Cursor
	for {
		page, next, err := d.Page(context.Background(), model.Filter{}, after, 1000)
		if err != nil {
			h.t.Fatal(err)
		}
		all = append(all, page...)
		if next == "" {
			return all
		}
		after = next
	}
}

// settle waits until every delivery has arrived.
func (h *house) settle(limit time.Duration) []model.Delivery {
	h.t.Helper()
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(limit); ; <-tick.C {
		all := h.deliveries()
		open := 0
		var example model.Delivery
		for _, d := range all {
			if d.State != model.DeliveryDelivered {
				open, example = open+1, d
			}
		}
		if open == 0 {
			return all
		}
		if time.Now().After(deadline) {
			h.t.Fatalf("%d of %d deliveries have not arrived, such as %+v", open, len(all), example)
		}
	}
}

// arrivals are what a receiver got, by the delivery's id.
type arrivals struct {
	requests, good map[string]int // good: answered 200
}

// compare holds what arrived against what was recorded: every request is an attempt
// on record, and a delivery arrives again only after an attempt whose end nobody
// knew. It returns how many deliveries came again and how many such attempts there
// were.
func (h *house) compare(got arrivals, all []model.Delivery) (duplicates, unsure int) {
	h.t.Helper()
	d := h.read()
	defer func() { _ = d.Close() }()
	for _, v := range all {
		if v.Attempts == 1 && got.requests[v.ID] == 1 && got.good[v.ID] == 1 {
			continue
		}
		view, err := d.Delivery(context.Background(), v.ID)
		if err != nil {
			h.t.Fatal(err)
		}
		open := 0
		for _, a := range view.Attempts {
			if a.Outcome == model.OutcomeInterrupted || a.Outcome == model.OutcomeUnknown {
				open++
			}
		}
		unsure += open
		again := max(got.good[v.ID]-1, 0)
		duplicates += again
		if again > open {
			h.t.Errorf("%s arrived %d times; %d attempts are recorded as interrupted or unknown", v.ID, got.good[v.ID], open)
		}
		if got.requests[v.ID] > len(view.Attempts) {
			h.t.Errorf("%s: %d requests, %d attempts on record", v.ID, got.requests[v.ID], len(view.Attempts))
		}
		if got.good[v.ID] == 0 {
			h.t.Errorf("%s is said to be delivered and never was", v.ID)
		}
	}
	return duplicates, unsure
}
