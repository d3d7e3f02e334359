package e2e

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// failingSync stands before the C library: every sync fails with EIO while the file
// named by SYNC_FAILS is there, and says so in a file beside it. SQLite calls fsync
// and fdatasync of the C library, so no disk is needed for that.
const failingSync = `
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static int failing(void) {
	char hit[PATH_MAX];
	const char *flag = getenv("SYNC_FAILS");
	if (flag == NULL || access(flag, F_OK) != 0) return 0;
	snprintf(hit, sizeof hit, "%s.hit", flag);
	close(open(hit, O_CREAT | O_WRONLY, 0600));
	errno = EIO;
	return 1;
}

int fsync(int fd) { return failing() ? -1 : (int)syscall(SYS_fsync, fd); }
int fdatasync(int fd) { return failing() ? -1 : (int)syscall(SYS_fdatasync, fd); }
`

// syncs makes the syncs of the house's programs fail on demand.
type syncs struct {
	t    *testing.T
	flag string
}

func newSyncs(t *testing.T, h *house) syncs {
	t.Helper()
	dir := t.TempDir()
	source, lib := filepath.Join(dir, "sync.c"), filepath.Join(dir, "sync.so")
	if err := os.WriteFile(source, []byte(failingSync), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("gcc", "-shared", "-fPIC", "-O1", "-o", lib, source).CombinedOutput(); err != nil {
		t.Fatalf("build the library: %v\n%s", err, out)
	}
	s := syncs{t, filepath.Join(dir, "fail")}
	h.env = append(h.env, "LD_PRELOAD="+lib, "SYNC_FAILS="+s.flag)
	return s
}

func (s syncs) fail() {
	s.t.Helper()
	if err := os.WriteFile(s.flag, nil, 0o600); err != nil {
		s.t.Fatal(err)
	}
}

func (s syncs) heal() { _ = os.Remove(s.flag) }

// failed reports whether a sync has failed.
func (s syncs) failed() bool {
	_, err := os.Stat(s.flag + ".hit")
	return err == nil
}

// TestFailingSync has the disk say EIO to syncs, and to nothing else, under load:
// from then on nothing is acknowledged, by nobody, and the store is not trusted again
// before it was opened anew, since a sync that succeeds later says nothing about what
// the failed one has dropped (fsyncgate). What was acknowledged is all there.
func TestFailingSync(t *testing.T) {
	tier2(t)
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) }))
	t.Cleanup(receiver.Close)
	h := newHouse(t, program, t.TempDir())
	disk := newSyncs(t, h)
	h.run("", "hook", "add", "--name", "sync", "--url", receiver.URL, "--trigger", "all", "--no-verify")
	h.start()
	body := fmt.Appendf(nil, `{"type":"call.processed","text":%q}`, strings.Repeat("palabra ", 100))

	var mu sync.Mutex
	acked := map[string]bool{}
	var late, refused int
	count := func() int { mu.Lock(); defer mu.Unlock(); return len(acked) }
	var publishers sync.WaitGroup
	for range 16 {
		publishers.Go(func() {
			for tries := 0; tries < 20; {
				after := disk.failed()
				id, err := h.post(h.url, "", body)
				mu.Lock()
				switch {
				case err == nil:
					acked[id] = true
					if after {
						late++
					}
				default:
					tries++
					refused++
					if !strings.HasPrefix(err.Error(), "503") || !strings.Contains(err.Error(), "store_io") {
						t.Errorf("refused with %v", err)
					}
				}
				mu.Unlock()
			}
		})
	}
	waitUntil(t, func() bool { return count() >= 200 })
	disk.fail()
	publishers.Wait()
	if !disk.failed() || refused == 0 {
		t.Fatal("no sync has failed: the test tests nothing")
	}
	if late > 0 {
		t.Errorf("%d events were acknowledged after a sync had failed", late)
	}
	h.refuses("emit", "call.processed", "--print-ack")

	disk.heal()
	if id, err := h.post(h.url, "", body); err == nil {
		t.Errorf("%s was acknowledged by a store that was not opened anew", id)
	}
	h.refuses("emit", "call.processed", "--print-ack")

	h.kill()
	disk.fail()
	h.refuses("emit", "call.processed", "--print-ack") // without a server
	if err := h.tryStart(); err == nil {
		t.Error("a server accepts on a disk that cannot sync")
	}
	disk.heal()
	h.start()
	if id, err := h.post(h.url, "", body); err != nil {
		t.Error(err)
	} else {
		acked[id] = true
	}
	stored := h.events()
	for id := range acked {
		if !stored[id] {
			t.Errorf("%s was acknowledged and is lost", id)
		}
	}
	h.settle(time.Minute)
	t.Logf("%d events acknowledged, 0 lost; %d requests refused", len(acked), refused)
}

// refuses runs a command that must fail because of the disk: exit code 7, what to do
// about it, and nothing acknowledged.
func (h *house) refuses(args ...string) {
	h.t.Helper()
	cmd := exec.Command(h.program, args...)
	cmd.Env = h.env
	var problem strings.Builder
	cmd.Stderr = &problem
	out, err := cmd.Output()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 7 || len(out) > 0 || !strings.Contains(problem.String(), "open hooktop again") {
		h.t.Errorf("hooktop %v: %v, want exit code 7\n%s%s", args, err, out, problem.String())
	}

}
