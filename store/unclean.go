package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"

	"hooktop/model"
)

// process names this process among all that ever wrote: its id, when it started, and
// the machine's present run. Outside Linux only the id is known.
func process() string { return nameProcess(os.Getpid()) }

func nameProcess(pid int) string {
	boot, _ := os.ReadFile("/proc/sys/kernel/random/boot_id")
	started := ""
	if fields := statFields(pid); len(fields) > 19 {
		started = string(fields[19]) // field 22
	}
	return fmt.Sprintf("%d@%s@%s", pid, started, bytes.TrimSpace(boot))
}

// alive reports whether the process of that name is still there.
func alive(name string) bool {
	pid, _, _ := strings.Cut(name, "@")
	n, err := strconv.Atoi(pid)
	return err == nil && name == nameProcess(n) && syscall.Kill(n, 0) != syscall.ESRCH && !buried(n)
}

// buried reports whether a process has ended and nobody has asked for its end yet, which
// in a container may be for good.
func buried(pid int) bool {
	fields := statFields(pid)
	return len(fields) > 0 && strings.Contains("ZX", string(fields[0]))
}

// statFields are the fields of proc(5) behind the name, which may hold blanks and
// brackets: the state, then field 4 and so on. None outside Linux.
func statFields(pid int) [][]byte {
	stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
}

// checkAtOnce is the size in bytes up to which a file is checked before it is used.
// Nobody waits for the check of a larger one: a GiB can take ten seconds from disk.
const checkAtOnce = 64 << 20

// inspection is the check of a file behind the back of those who use it.
type inspection struct {
	stop context.CancelFunc // nil: there is none
	over sync.WaitGroup
	cut  bool // it did not come to its end: the next one to open the file checks it
}

// checkUnclean checks the whole file when the last process that wrote to it neither
// closed it nor lives. It remembers that for Unclean.
func (d *DB) checkUnclean(ctx context.Context) error {
	var last string
	err := d.read(ctx, "check after an unclean stop", func(tx querier) error {
		return tx.QueryRowContext(ctx, "SELECT writer FROM state").Scan(&last)
	})
	if err != nil || last == "" || alive(last) {
		return err
	}
	d.unclean, d.died = true, last
	if info, err := os.Stat(d.path); err != nil || info.Size() <= d.atOnce() {
		return d.quickCheck(ctx)
	}
	ctx, d.check.stop = context.WithCancel(ctx)
	d.check.over.Go(func() {
		defer func() {
			if recover() != nil {
				d.check.cut = true
			}
		}()
		var f *model.Fault
		switch err := d.quickCheck(ctx); {
		case errors.As(err, &f) && f.Code == model.CodeStoreCorrupt:
			d.broken.Store(f)
		case err != nil:
			d.check.cut = true
		}
	})
	return nil
}

func (d *DB) atOnce() int64 {
	if d.opt.checkAtOnce > 0 {
		return d.opt.checkAtOnce
	}
	return checkAtOnce
}

func (d *DB) quickCheck(ctx context.Context) error {
	return d.read(ctx, "check after an unclean stop", func(tx querier) error {
		var found string
		if err := tx.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil || found == "ok" {
			return err
		}
		return storeFault(model.CodeStoreCorrupt, d.path, fmt.Errorf("quick_check: %s", found))
	})
}

// end stops a check that is under way and waits for it.
func (c *inspection) end() {
	if c.stop != nil {
		c.stop()
		c.over.Wait()
	}
}

// Unclean reports that the process that wrote last before this store was opened
// neither closed it nor lives: it was killed, or the machine stopped.
func (d *DB) Unclean() bool { return d.unclean }
