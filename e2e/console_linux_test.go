package e2e

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"hooktop/internal/term"
)

// BenchmarkConsole is the console over a file of a million deliveries (another number:
// HOOKTOP_CONSOLE_ROWS) to which a separate serve adds a thousand a second: the first
// screen on a cold and on a warm file, the time from a key to the screen, the
// processor time, the memory, and how often the selection moved by itself. Marks: 1 s,
// 100 ms, p95 20 ms, 5 % of a core, 60 MB, never.
//
// A file that internal/crowd made before: HOOKTOP_CONSOLE_DB, with HOOKTOP_KEY_FILE.
//
//	HOOKTOP_TIER2=1 go test ./e2e -run '^$' -bench Console -benchtime 1x -timeout 30m
func BenchmarkConsole(b *testing.B) {
	if os.Getenv("HOOKTOP_TIER2") == "" {
		b.Skip("second tier: set HOOKTOP_TIER2=1")
	}
	rows := "1000000"
	if n := os.Getenv("HOOKTOP_CONSOLE_ROWS"); n != "" {
		rows = n
	}
	c := newCrowd(b, rows)
	for b.Loop() {
		c.evict(b)
		cold := c.first(b)
		warm := c.first(b)
		for range 4 {
			warm = min(warm, c.first(b))
		}
		c.load(b, "1000")
		x, _ := c.console(b)
		keys, moved := keyTimes(b, x)
		share, written := idle(b, x, 10*time.Second)
		b.ReportMetric(float64(cold.Milliseconds()), "cold-ms")
		b.ReportMetric(float64(warm.Milliseconds()), "warm-ms")
		b.ReportMetric(quantile(keys, 50), "key-p50-ms")
		b.ReportMetric(quantile(keys, 95), "key-p95-ms")
		b.ReportMetric(100*share, "%core")
		b.ReportMetric(resident(b, x.Pid(), "VmRSS"), "MB")
		b.ReportMetric(written/1024, "KiB-written/s")
		b.ReportMetric(float64(moved), "moved")
		x.Close()
	}
}

// crowd is a file with many deliveries, and the program that makes more.
type crowd struct {
	program string
	db      string
	env     []string
}

func newCrowd(b *testing.B, rows string) *crowd {
	b.Helper()
	dir := b.TempDir()
	c := &crowd{program: filepath.Join(dir, "crowd"), db: filepath.Join(dir, "hooktop.db"), env: append(benchHome(b), "HOOKTOP_KEY_FILE="+os.Getenv("HOOKTOP_KEY_FILE"))}
	if made := os.Getenv("HOOKTOP_CONSOLE_DB"); made != "" {
		c.db, rows = made, "0"
	}
	build := exec.Command("go", "build", "-o", c.program, "../internal/crowd")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	if rows == "0" {
		return c
	}
	fill := exec.Command(c.program, "-db", c.db, "-rows", rows)
	fill.Env = c.env
	if out, err := fill.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return c
}

// load has a separate serve deliver so many new events a second, until the benchmark
// ends.
func (c *crowd) load(b *testing.B, rate string) {
	b.Helper()
	cmd := exec.Command(c.program, "-db", c.db, "-rows", "0", "-rate", rate, "-hooktop", program)
	cmd.Env = c.env
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	})
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		b.Fatal("the load did not start: ", err)
	}
}

// evict takes the file out of the system's cache.
func (c *crowd) evict(b *testing.B) {
	b.Helper()
	for _, suffix := range []string{"", "-wal", "-shm"} {
		f, err := os.Open(c.db + suffix)
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			b.Fatal(err)
		}
		const dontNeed = 4 // POSIX_FADV_DONTNEED
		if _, _, errno := syscall.Syscall6(syscall.SYS_FADVISE64, f.Fd(), 0, 0, dontNeed, 0, 0); errno != 0 {
			b.Fatal(errno)
		}
		_ = f.Close()
	}
}

// console starts the screens on the deliveries and says how long it took until there
// were rows.
func (c *crowd) console(b *testing.B) (*term.Terminal, time.Duration) {
	b.Helper()
	cmd := exec.Command(program, "--db", c.db, "--lang", "en", "--fresh")
	cmd.Env = c.env
	began := time.Now()
	x, err := term.Start(cmd, 120, 40)
	if err != nil {
		b.Fatal(err)
	}
	if err := x.Press("2"); err != nil {
		b.Fatal(err)
	}
	if err := x.WaitFor("▌"); err != nil {
		b.Fatal(err)
	}
	if err := x.WaitFor("delivered "); err != nil {
		b.Fatal(err)
	}
	return x, time.Since(began)
}

func (c *crowd) first(b *testing.B) time.Duration {
	x, took := c.console(b)
	x.Close()
	return took
}

// selection is the line of the cursor on the screen and the row there, without what
// may change in it.
func selection(screen string) (line int, row string) {
	for i, l := range strings.Split(screen, "\n") {
		if after, ok := strings.CutPrefix(l, "▌"); ok {
			f := strings.Fields(after)
			return i, strings.Join(f[:min(3, len(f))], " ")
		}
	}
	return -1, ""
}

// keyTimes goes down and up the screen while rows arrive and says how long each key
// took to move the cursor, in ms, and how often that moved between two keys.
func keyTimes(b *testing.B, x *term.Terminal) (took []float64, moved int) {
	b.Helper()
	type place struct {
		line int
		row  string
	}
	at := func(screen string) (p place) {
		p.line, p.row = selection(screen)
		return p
	}
	var stood place
	for i := range 200 {
		key := "down"
		if i%40 >= 20 {
			key = "up"
		}
		before := at(x.Screen())
		if i > 0 && before != stood {
			moved++
		}
		began := time.Now()
		if err := x.Press(key); err != nil {
			b.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(b.Context(), 2*time.Second)
		err := x.Wait(ctx, func(s string) bool { return at(s).line != before.line })
		cancel()
		if err != nil {
			b.Fatalf("key %d: %v", i, err)
		}
		took = append(took, float64(time.Since(began).Microseconds())/1000)
		stood = at(x.Screen())
	}
	return took, moved
}

// idle lets the console follow the newest rows for a while, and says how much of a
// core it used and how many bytes it wrote each second.
func idle(b *testing.B, x *term.Terminal, d time.Duration) (share, written float64) {
	b.Helper()
	if err := x.Press("g"); err != nil {
		b.Fatal(err)
	}
	used, began, wrote := spent(b, x.Pid()), time.Now(), len(x.Raw())
	ctx, cancel := context.WithTimeout(b.Context(), d)
	defer cancel()
	_ = x.Wait(ctx, func(string) bool { return false })
	passed := time.Since(began).Seconds()
	return (spent(b, x.Pid()) - used).Seconds() / passed, float64(len(x.Raw())-wrote) / passed
}

// spent is the processor time of another process.
func spent(b *testing.B, pid int) time.Duration {
	b.Helper()
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		b.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(data), ") ")
	f := strings.Fields(rest)
	user, err1 := strconv.Atoi(f[11])
	system, err2 := strconv.Atoi(f[12])
	if err1 != nil || err2 != nil {
		b.Fatal(err1, err2)
	}
	return time.Duration(user+system) * 10 * time.Millisecond
}
