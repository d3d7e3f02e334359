package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// disk is an ext4 file system on a loop device that can lose its power.
type disk struct {
	t     *testing.T
	image string
	dir   string // where it is mounted
}

// newDisk makes a disk and mounts it. Without the right to do so it skips the test.
func newDisk(t *testing.T) *disk {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("needs root, for a file system that can be shut down")
	}
	dir := t.TempDir()
	d := &disk{t: t, image: filepath.Join(dir, "image"), dir: filepath.Join(dir, "disk")}
	if err := os.Mkdir(d.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(d.image)
	if err == nil {
		err = f.Truncate(512 << 20)
		_ = f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	d.do("mkfs.ext4", "-q", "-F", d.image)
	if out, err := exec.Command("mount", "-o", "loop", d.image, d.dir).CombinedOutput(); err != nil {
		t.Skipf("needs a loop device that may be mounted: %s", out)
	}
	t.Cleanup(func() { _ = exec.Command("umount", d.dir).Run() })
	return d
}

func (d *disk) do(argv ...string) {
	d.t.Helper()
	if out, err := exec.Command(argv[0], argv[1:]...).CombinedOutput(); err != nil {
		d.t.Fatalf("%v: %v\n%s", argv, err, out)
	}
}

// What linux/fs/ext4/ext4.h calls EXT4_IOC_SHUTDOWN and EXT4_GOING_FLAGS_NOLOGFLUSH.
const (
	ioctlShutdown = 0x8004587d // _IOR('X', 125, __u32)
	noLogFlush    = 2
)

// cut takes the power away: from now on nothing reaches the disk, neither what is in
// the page cache nor what the journal has not committed. It is what
// "xfs_io -x -c shutdown" does.
func (d *disk) cut() {
	d.t.Helper()
	f, err := os.Open(d.dir)
	if err != nil {
		d.t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if err := unix.IoctlSetPointerInt(int(f.Fd()), ioctlShutdown, noLogFlush); err != nil {
		d.t.Fatal("shut the file system down: ", err)
	}
}

// restore is the machine that comes up again. Nobody may have a file open.
func (d *disk) restore() {
	d.t.Helper()
	d.do("umount", d.dir)
	d.do("mount", "-o", "loop", d.image, d.dir)
}
