package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hooktop/model"
	"hooktop/samples/receiver"
	"hooktop/sender/link"
	"hooktop/ui/cli"
)

// until asks again and again until the answer is yes: what other programs do can be
// seen in no other way.
func until(t *testing.T, what string, ask func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !ask(); <-time.After(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: it never came to that", what)
		}
	}
}

// TestAnAttachedScreenTakesOver promises that two screens work side by side on one
// database, and that the second one goes on sending when the first is closed.
func TestAnAttachedScreenTakesOver(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	o := cli.Options{Egress: "any", Lang: "en"}
	p := cli.Paths{DB: filepath.Join(dir, "x.db"), Key: filepath.Join(dir, "key"), Log: filepath.Join(dir, "log"), Samples: filepath.Join(dir, "none")}
	key := model.NewSecret("Bearer of-the-second-screen")
	in := receiver.New(receiver.Options{Authorization: key}) // 401 without it
	srv, err := receiver.Listen("127.0.0.1:0", in)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = srv.Close(ctx) }()

	first, err := take(ctx, o, p)
	if err != nil {
		t.Fatal(err)
	}
	second, err := take(ctx, o, p)
	if err != nil {
		t.Fatal(err)
	}
	away, ok := second.verbs.(attachment)
	if !ok {
		t.Fatal("the second is an owner too")
	}
	h := away.New()
	h.Name, h.URL, h.Events = "crm", srv.URL(), first.samples.Catalogue().Types()
	h.Authorization = key
	saved, err := away.Save(ctx, h, model.SaveUnverified, nil)
	if err != nil {
		t.Fatal(err)
	}
	if v, err := first.verbs.Hook(ctx, "crm"); err != nil || !v.Authorization.Equal(key) {
		t.Fatal("the first does not have what the second saved", err)
	}
	send := func(want int) {
		t.Helper()
		ev, err := away.MintEvent("call.processed", "en")
		if err != nil {
			t.Fatal(err)
		}
		until(t, "emit", func() bool { _, err = away.Emit(ctx, ev, ""); return err == nil })
		until(t, "deliver", func() bool { return len(in.Requests()) == want })
	}
	send(1)
	if err := first.close(); err != nil {
		t.Fatal(err)
	}
	send(2)
	if got, err := second.verbs.Hook(ctx, saved.Hook.ID); err != nil || got.Name != "crm" {
		t.Fatal(err)
	}
	until(t, "record", func() bool {
		rows, _, err := second.db.Page(ctx, model.Filter{States: []model.DeliveryState{model.DeliveryDelivered}}, "", 10)
		return err == nil && len(rows) == 2
	})
	if err := second.close(); err != nil {
		t.Fatal(err)
	}
	if owned, _ := link.Owned(p.DB); owned {
		t.Error("the lock outlives its owners")
	}
}

// TestAnOwnerWithoutASocket is a locked database, not a fault of the machine.
func TestAnOwnerWithoutASocket(t *testing.T) {
	db := filepath.Join(t.TempDir(), "x.db")
	lock, err := link.Acquire(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = lock.Release() }()
	_, err = attach(t.Context(), db, time.Millisecond)
	var f *model.Fault
	if !errors.As(err, &f) || f.Code != model.CodeStoreLocked || f.Field != model.FieldSocket {
		t.Fatal(err)
	}
}

// program is hooktop as a process of its own, at home in a folder.
func program(home string, args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), runAsProgram+"=1", "HOME="+home, "LANG=en_US.UTF-8",
		"XDG_CONFIG_HOME=", "XDG_DATA_HOME=", "XDG_STATE_HOME=", "XDG_RUNTIME_DIR=")
	return cmd
}

func output(t *testing.T, home string, args ...string) string {
	t.Helper()
	cmd := program(home, args...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, errs.String())
	}
	return string(out)
}

// startServer returns when the server accepts.
func startServer(t *testing.T, home string) *exec.Cmd {
	t.Helper()
	cmd := program(home, "serve", "--listen", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); !strings.HasPrefix(line, "ready ") {
		t.Fatal(line, err)
	}
	return cmd
}

// TestKilledServerLosesNothing kills the owner while events come in: what it had
// acknowledged is there after, and is delivered; duplicates are the attempts listed as
// interrupted.
func TestKilledServerLosesNothing(t *testing.T) {
	home := t.TempDir()
	in := receiver.New(receiver.Options{})
	srv, err := receiver.Listen("127.0.0.1:0", in)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = srv.Close(t.Context()) }()
	output(t, home, "hook", "add", "--name", "crm", "--url", srv.URL(), "--trigger", "all", "--no-verify")

	server := startServer(t, home)
	emit := program(home, "emit", "call.processed", "--count", "100000", "--print-ack")
	out, err := emit.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := emit.Start(); err != nil {
		t.Fatal(err)
	}
	acked := map[string]bool{}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		id, ok := strings.CutPrefix(lines.Text(), "ACK ")
		if acked[id] = true; !ok {
			t.Fatal(lines.Text())
		}
		if len(acked) == 300 {
			_ = server.Process.Kill()
		}
	}
	_, _ = emit.Process.Wait()
	_, _ = server.Process.Wait()
	if len(acked) < 300 {
		t.Fatalf("only %d were acknowledged", len(acked))
	}

	server = startServer(t, home)
	defer func() { _ = server.Process.Kill(); _, _ = server.Process.Wait() }()
	until(t, "deliver the rest", func() bool {
		return output(t, home, "delivery", "list", "--json", "--filter", "!state:delivered") == ""
	})
	attempts := map[string]int{}
	for rows := json.NewDecoder(strings.NewReader(output(t, home, "delivery", "list", "--json", "--limit", "10000"))); rows.More(); {
		var row struct {
			EventID  string `json:"event_id"`
			Attempts int    `json:"attempts"`
		}
		if err := rows.Decode(&row); err != nil {
			t.Fatal(err)
		}
		attempts[row.EventID] = row.Attempts
	}
	for id := range acked {
		if attempts[id] == 0 {
			t.Errorf("%s was acknowledged and lost", id)
		}
	}
	got := map[string]int{}
	for _, r := range in.Requests() {
		got[model.HeaderValue(r.Headers, "webhook-id")]++
	}
	for id, n := range attempts {
		if got[id] == 0 || got[id] > n {
			t.Errorf("%s: %d requests for %d attempts", id, got[id], n)
		}
	}
}

// TestOnlyTheOwnerNeedsTheKey promises that other programs read all beside it without
// the key: the owner opens what is sealed.
func TestOnlyTheOwnerNeedsTheKey(t *testing.T) {
	home := t.TempDir()
	srv, err := receiver.Listen("127.0.0.1:0", receiver.New(receiver.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = srv.Close(t.Context()) }()
	for _, name := range []string{"crm", "old"} {
		output(t, home, "hook", "add", "--name", name, "--url", srv.URL(), "--trigger", "call.processed", "--no-verify", "--secret", "generate")
	}
	server := startServer(t, home)
	defer func() { _ = server.Process.Kill(); _, _ = server.Process.Wait() }()
	if err := os.Rename(filepath.Join(home, ".config", "hooktop", "key"), filepath.Join(home, "key")); err != nil {
		t.Fatal(err)
	}
	output(t, home, "emit", "call.processed")
	until(t, "deliver", func() bool {
		return strings.Count(output(t, home, "delivery", "list", "--json", "--filter", "state:delivered"), "\n") == 2
	})
	var row struct{ ID string }
	if err := json.Unmarshal([]byte(output(t, home, "delivery", "list", "--json", "--limit", "1")), &row); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"hook", "list"}, {"hook", "show", "crm"}, {"hook", "history", "crm"}, {"hook", "delete", "old"}, {"hook", "restore", "old"},
		{"event", "list"}, {"delivery", "show", row.ID},
	} {
		if out := output(t, home, append(args, "--json")...); out == "" {
			t.Errorf("%v says nothing", args)
		}
	}
	if out := output(t, home, "delivery", "show", row.ID, "--json"); !strings.Contains(out, `"outcome":"delivered"`) {
		t.Error(out)
	}
}
