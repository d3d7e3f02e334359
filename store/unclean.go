package store

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"

	"hooktop/model"
)

// process names this process among all that ever wrote: its id, when it started, and
// the machine's present run. Outside Linux only the id is known.
func process() string { return nameProcess(os.Getpid()) }

func nameProcess(pid int) string {
	boot, _ := os.ReadFile("/proc/sys/kernel/random/boot_id")
	stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	started := ""
	// Field 22 of proc(5); the name, field 2, may hold blanks and brackets.
	if fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:]); len(fields) > 19 {
		started = string(fields[19])
	}
	return fmt.Sprintf("%d@%s@%s", pid, started, bytes.TrimSpace(boot))
}

// alive reports whether the process of that name is still there.
func alive(name string) bool {
	pid, _, _ := strings.Cut(name, "@")
	n, err := strconv.Atoi(pid)
	return err == nil && name == nameProcess(n) && syscall.Kill(n, 0) != syscall.ESRCH
}

// checkUnclean checks the whole file when the last process that wrote to it neither
// closed it nor lives. It remembers that for Unclean.
func (d *DB) checkUnclean(ctx context.Context) error {
	return d.read(ctx, "check after an unclean stop", func(tx querier) error {
		var last, found string
		if err := tx.QueryRowContext(ctx, "SELECT writer FROM state").Scan(&last); err != nil {
			return err
		}
		if last == "" || alive(last) {
			return nil
		}
		d.unclean, d.died = true, last
		if err := tx.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil || found == "ok" {
			return err
		}
		return storeFault(model.CodeStoreCorrupt, d.path, fmt.Errorf("quick_check: %s", found))
	})
}

// Unclean reports that the process that wrote last before this store was opened
// neither closed it nor lives: it was killed, or the machine stopped.
func (d *DB) Unclean() bool { return d.unclean }
