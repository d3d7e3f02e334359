// Package uitest drives a Bubble Tea model in a test without a terminal: it runs
// each command, feeds the message back, and goes on until nothing is left to do.
// Messages reach the model only from the test's goroutine. No clock is waited for:
// what page.After asks for is kept until Fire, and a bare tea.Tick is dropped.
package uitest

import (
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
)

const (
	quick   = 10 * time.Millisecond // a command that takes longer lets the next one start
	patient = 10 * time.Second      // how long Wait waits before the test fails
)

// Driver holds a model and what it has done so far.
type Driver struct {
	t       testing.TB
	m       tea.Model
	w, h    int
	queue   []job
	answers chan answer
	running int // commands started, neither answered nor parked
	parked  map[int]bool
	next    int
	timers  []page.AfterMsg
	copied  string
	quit    bool
}

// job is a command and, for a sequence, what follows once it has answered.
type job struct {
	cmd  tea.Cmd
	rest []tea.Cmd
}

type answer struct {
	id       int
	msg      tea.Msg
	rest     []tea.Cmd
	panicked any
}

// New starts m at the given size and lets it come to rest.
func New(t testing.TB, m tea.Model, width, height int) *Driver {
	t.Helper()
	d := &Driver{t: t, m: m, answers: make(chan answer, 1024), parked: map[int]bool{}}
	d.do(m.Init())
	return d.Resize(width, height)
}

// Send gives msg to the model and lets everything that follows happen.
func (d *Driver) Send(msg tea.Msg) *Driver {
	d.t.Helper()
	d.deliver(msg)
	d.rest()
	return d
}

// Wait lets answers from other goroutines come in until ok says so; the test fails
// if it never does.
func (d *Driver) Wait(ok func() bool) *Driver {
	d.t.Helper()
	deadline := time.NewTimer(patient)
	defer deadline.Stop()
	poll := time.NewTicker(time.Millisecond)
	defer poll.Stop()
	for !ok() {
		select {
		case a := <-d.answers:
			d.take(a)
			d.rest()
		case <-poll.C: // ok may look at something that no message announces
		case <-deadline.C:
			d.t.Fatalf("still waiting after %v; the screen is\n%s", patient, d.Screen())
		}
	}
	return d
}

// WaitFor waits until the screen contains want.
func (d *Driver) WaitFor(want string) *Driver {
	d.t.Helper()
	return d.Wait(func() bool { return strings.Contains(d.Screen(), want) })
}

// Timers are what page.After has asked for and Fire has not given yet.
func (d *Driver) Timers() []page.AfterMsg { return d.timers }

// Fire lets every timer asked for so far go off, in order of their waits.
func (d *Driver) Fire() *Driver {
	d.t.Helper()
	due := d.timers
	d.timers = nil
	for len(due) > 0 {
		first := 0
		for i := range due {
			if due[i].Wait < due[first].Wait {
				first = i
			}
		}
		msg := due[first].Msg
		due = append(due[:first:first], due[first+1:]...)
		d.Send(msg)
	}
	return d
}

// Quit reports that the model has asked the program to end.
func (d *Driver) Quit() bool { return d.quit }

// Clipboard is what was last sent to the terminal's clipboard (OSC 52).
func (d *Driver) Clipboard() string { return d.copied }

// deliver gives one message to the model and queues what it answers.
func (d *Driver) deliver(msg tea.Msg) {
	var cmd tea.Cmd
	d.m, cmd = d.m.Update(msg)
	d.do(cmd)
}

func (d *Driver) do(cmds ...tea.Cmd) {
	for _, c := range cmds {
		if c != nil && !isTick(c) {
			d.queue = append(d.queue, job{cmd: c})
		}
	}
}

// rest runs commands until none is left, or those left have been silent so long
// that they wait for something outside; these are parked and never waited for again.
func (d *Driver) rest() {
	d.t.Helper()
	for {
		for len(d.queue) > 0 {
			j := d.queue[0]
			d.queue = d.queue[1:]
			d.start(j)
			d.await(quick)
		}
		if d.running == 0 && len(d.answers) == 0 {
			return
		}
		if !d.await(settle) {
			d.park()
			return
		}
	}
}

// await takes what has answered, waiting at most for the given time while a
// command is running. It reports whether anything came.
func (d *Driver) await(limit time.Duration) bool {
	d.t.Helper()
	if d.running == 0 && len(d.answers) == 0 {
		return false
	}
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case a := <-d.answers:
		d.take(a)
		return true
	case <-timer.C:
		return false
	}
}

func (d *Driver) start(j job) {
	d.next++
	id := d.next
	d.running++
	d.parked[id] = false
	go func() {
		a := answer{id: id, rest: j.rest}
		defer func() {
			a.panicked = recover()
			d.answers <- a
		}()
		a.msg = j.cmd()
	}()
}

// park stops counting on the commands that are still running.
func (d *Driver) park() {
	for id := range d.parked {
		d.parked[id] = true
	}
	d.running = 0
}

// take handles one answer: commands are unpacked, timers kept, the rest delivered.
func (d *Driver) take(a answer) {
	d.t.Helper()
	if a.panicked != nil {
		d.t.Fatalf("command panicked: %v", a.panicked)
	}
	if !d.parked[a.id] {
		d.running--
	}
	delete(d.parked, a.id)
	if len(a.rest) > 0 {
		defer func() {
			d.queue = append(d.queue, job{cmd: a.rest[0], rest: a.rest[1:]})
		}()
	}
	switch msg := a.msg.(type) {
	case nil:
	case tea.BatchMsg:
		d.do(msg...)
	case tea.QuitMsg:
		d.quit = true
	case page.AfterMsg:
		d.timers = append(d.timers, msg)
	default:
		d.takeUnnamed(msg)
	}
}

// takeUnnamed knows the messages Bubble Tea keeps private by their shape.
func (d *Driver) takeUnnamed(msg tea.Msg) {
	v := reflect.ValueOf(msg)
	switch {
	case v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]():
		var cmds []tea.Cmd
		for i := range v.Len() {
			if c := v.Index(i).Interface().(tea.Cmd); c != nil && !isTick(c) {
				cmds = append(cmds, c)
			}
		}
		if len(cmds) > 0 {
			d.queue = append(d.queue, job{cmd: cmds[0], rest: cmds[1:]})
		}
	case v.Type().PkgPath() == teaPath && v.Kind() == reflect.String:
		d.copied = v.String()
	default:
		d.deliver(msg)
	}
}

var teaPath = reflect.TypeFor[tea.QuitMsg]().PkgPath()

// isTick knows the commands of tea.Tick and tea.Every, which would block.
func isTick(c tea.Cmd) bool {
	name := runtime.FuncForPC(reflect.ValueOf(c).Pointer()).Name()
	return strings.Contains(name, "bubbletea/v2.Tick.") || strings.Contains(name, "bubbletea/v2.Every.")
}
