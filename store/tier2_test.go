package store_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"hooktop/model"
	"hooktop/store/storetest"
)

// tier2 skips what needs root and a file system of its own.
func tier2(t *testing.T) {
	t.Helper()
	if os.Getenv("HOOKTOP_TIER2") != "1" || os.Geteuid() != 0 {
		t.Skip("second tier: needs HOOKTOP_TIER2=1 and root, to mount a file system")
	}
}

// smallDisk is the folder of a file system of that size, as mount says it.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	tier2(t)
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size="+size, "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("mount: %v %s", err, out)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

func TestTier2RealFullDisk(t *testing.T) {
	dir := smallDisk(t, "8m")
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
