package store_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"unsafe"

	"hooktop/model"
	"hooktop/store"
	"hooktop/store/storetest"
)

// tier2 skips what needs root and a file system of its own.
func tier2(t *testing.T) {
	t.Helper()
	if os.Getenv("HOOKTOP_TIER2") != "1" || os.Geteuid() != 0 {
		t.Skip("second tier: needs HOOKTOP_TIER2=1 and root, to mount a file system")
	}
}

func TestTier2RealFullDisk(t *testing.T) {
	tier2(t)
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("mount: %v %s", err, out)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	f := files{db: filepath.Join(dir, "hooktop.db"), key: filepath.Join(t.TempDir(), "key")}
	d := f.open(t)
	h := storetest.Active(t, d, 1)
	ballast := filepath.Join(dir, "ballast")
	write(t, ballast, make([]byte, 3<<20))
	var accepted []model.Ingest
	full := false
	for n := 0; n < 200 && !full; n++ {
		in := storetest.Fact(t, d, n, model.DeliveryQueued, h)
		in.Event.Body = make([]byte, 100<<10)
		_, err := d.Ingest(t.Context(), in)
		var fault *model.Fault
		switch {
		case err == nil:
			accepted = append(accepted, in)
		case asFault(err, &fault) && fault.Code == model.CodeStoreFull:
			full = true
		default:
			t.Fatalf("event %d: %v", n, err)
		}
	}
	if !full || len(accepted) == 0 {
		t.Fatalf("full is %v after %d events", full, len(accepted))
	}
	remove(t, ballast)
	in := storetest.Fact(t, d, 900, model.DeliveryQueued, h)
	if _, err := d.Ingest(t.Context(), in); err != nil {
		t.Errorf("with space again: %v", err)
	}
	fatal(t, d.Close())
	d = f.open(t)
	for _, in := range append(accepted, in) {
		if _, _, err := d.Event(t.Context(), in.Event.ID); err != nil {
			t.Errorf("acknowledged and lost: %v", err)
		}
	}
	if i, err := d.Info(t.Context()); err != nil || i.Integrity != "ok" {
		t.Errorf("integrity %q, %v", i.Integrity, err)
	}
}

// shutdown is EXT4_IOC_SHUTDOWN; without flushing the log it is as if the power went.
const shutdown, noLogFlush = 0x8004587d, uint32(2)

// cutPower makes every later write and fsync on the file system fail.
func cutPower(t *testing.T, dir string) {
	t.Helper()
	f, err := os.Open(dir)
	fatal(t, err)
	defer f.Close()
	flag := noLogFlush
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, f.Fd(), shutdown, uintptr(unsafe.Pointer(&flag))); errno != 0 {
		t.Skipf("shut the file system down: %v", errno)
	}
}

// loopFS mounts an ext4 of its own; mount does so again after umount.
func loopFS(t *testing.T) (dir string, mount, umount func()) {
	t.Helper()
	image, dir := filepath.Join(t.TempDir(), "image"), t.TempDir()
	fatal(t, os.WriteFile(image, nil, 0o600))
	fatal(t, os.Truncate(image, 256<<20))
	run := func(name string, args ...string) string {
		out, err := exec.Command(name, args...).CombinedOutput()
		if err != nil {
			t.Skipf("%s: %v %s", name, err, out)
		}
		return strings.TrimSpace(string(out))
	}
	run("mkfs.ext4", "-q", "-F", image)
	loop := run("losetup", "-f", "--show", image)
	t.Cleanup(func() { _ = exec.Command("losetup", "-d", loop).Run() })
	mount = func() { run("mount", loop, dir) }
	umount = func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) }
	t.Cleanup(umount)
	mount()
	return dir, mount, umount
}

// TestTier2PowerCut cuts the power under load and counts acknowledged events that are
// gone. The control, which does not wait for the disk, must lose some.
func TestTier2PowerCut(t *testing.T) {
	tier2(t)
	for mode, cuts := range map[string]int{"FULL": 10, "NORMAL": 5} {
		t.Run(mode, func(t *testing.T) {
			acked, lost := 0, 0
			for range cuts {
				a, l := oneCut(t, mode)
				acked, lost = acked+a, lost+l
			}
			t.Logf("%d cuts, %d acknowledged, %d lost", cuts, acked, lost)
			if acked == 0 || (mode == "FULL" && lost > 0) || (mode == "NORMAL" && lost == 0) {
				t.Error("not as promised")
			}
		})
	}
}

func oneCut(t *testing.T, mode string) (acked, lost int) {
	dir, mount, umount := loopFS(t)
	f := files{db: filepath.Join(dir, "hooktop.db"), key: filepath.Join(t.TempDir(), "key")}
	d := f.open(t)
	store.Pragma(t, d, "synchronous = "+mode)
	h := storetest.Active(t, d, 1)
	_, revision, err := d.Fleet(t.Context())
	fatal(t, err)
	var mu sync.Mutex
	var ids []string
	var n, failed atomic.Int64
	var cut atomic.Bool
	var wg sync.WaitGroup
	enough := make(chan struct{})
	var once sync.Once
	for range 16 {
		wg.Go(func() {
			for {
				in := storetest.FactAt(revision, int(n.Add(1)), model.DeliveryQueued, h)
				in.Event.Body = make([]byte, 2<<10)
				if _, err := d.Ingest(context.Background(), in); err != nil {
					failed.Add(1)
					return
				}
				if cut.Load() {
					continue // nobody outlives his power to say yes; an fsync under way may
				}
				mu.Lock()
				if ids = append(ids, in.Event.ID); len(ids) == 500 {
					once.Do(func() { close(enough) })
				}
				mu.Unlock()
			}
		})
	}
	<-enough
	cut.Store(true)
	cutPower(t, dir)
	wg.Wait() // each ends with a refusal
	if failed.Load() != 16 {
		t.Errorf("%d publishers were refused", failed.Load())
	}
	err = d.Finish(t.Context(), storetest.Result(storetest.FactAt(revision, 1, model.DeliveryQueued, h).Deliveries[0], 1,
		model.OutcomeDelivered, model.DeliveryDelivered))
	if err == nil {
		t.Error("a write on a dead disk is said to be done")
	}
	_ = d.Close()
	umount()
	mount()
	d = f.open(t)
	defer d.Close()
	if i, err := d.Info(t.Context()); err != nil || i.Integrity != "ok" {
		t.Errorf("integrity %q, %v", i.Integrity, err)
	}
	for _, id := range ids {
		if _, _, err := d.Event(t.Context(), id); err != nil {
			lost++
		}
	}
	fatal(t, d.Close())
	umount()
	return len(ids), lost
}
