package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/editor"
)

const (
	drainFor = 50 * time.Millisecond // terminals answer queries late
	giveUp   = 5 * time.Second       // from a signal to the end by force
	late     = time.Second           // a signal to all may reach us after a child that ended of it
)

// SignalError says that a signal ended the program.
type SignalError struct{ Signal os.Signal }

func (e *SignalError) Error() string { return "ended by signal: " + e.Signal.String() }

// ExitCode is 128 and the signal's number, as shells have it.
func (e *SignalError) ExitCode() int {
	if s, ok := e.Signal.(syscall.Signal); ok {
		return 128 + int(s)
	}
	return 1
}

// Run shows the product on the terminal until it is quit. When it returns, the
// terminal is as it was. The error is a *SignalError, a *CrashError, ctx's error,
// or one of the terminal's.
func Run(ctx context.Context, opt Options) error {
	stop, lent := make(chan struct{}), new(atomic.Int32)
	if opt.Exec == nil {
		opt.Exec = func(c *exec.Cmd, done tea.ExecCallback) tea.Cmd {
			return tea.Exec(&child{Cmd: c, stop: stop, lent: lent}, done)
		}
	}
	if opt.Editor == nil {
		opt.Editor = func(path string) (*exec.Cmd, error) { return editor.Command(Name, path) }
	}
	app := New(opt)
	app.pace.beat, app.pace.hand, app.pace.tell = dataBeat, time.Now(), opt.Calm
	g := newGuard(app)
	p := tea.NewProgram(g, options(ctx, opt, g)...)
	g.quit = p.Quit

	caught := watchSignals(p, stop, lent)
	_, err := p.Run()
	sig := caught()
	drain(drainFor)
	g.app.drafts.sweep()
	if g.crash() == nil {
		g.app.keep.write(g.app.session(), true)
	}
	opt.Clip.Sweep(time.Now())

	switch {
	case g.crash() != nil:
		return g.report(opt)
	case sig != nil:
		return &SignalError{sig}
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return fmt.Errorf("run terminal: %w", err)
	}
	return nil
}

func options(ctx context.Context, opt Options, g *guard) []tea.ProgramOption {
	out := []tea.ProgramOption{
		tea.WithContext(ctx), tea.WithFPS(120), tea.WithoutSignalHandler(), tea.WithFilter(g.filter),
	}
	switch env := os.Environ(); {
	case opt.Color == "always":
		out = append(out, tea.WithColorProfile(max(colorprofile.Env(env), colorprofile.ANSI)))
	case opt.plain():
		out = append(out, tea.WithColorProfile(colorprofile.Ascii))
	}
	return out
}

// plain reports that no colour may be drawn; any value of NO_COLOR says so.
func (o Options) plain() bool {
	return o.Color == "never" || o.Color != "always" && os.Getenv("NO_COLOR") != ""
}

// watchSignals turns the signals that end programs into a quiet end: what has the
// terminal is told first, then the program quits, by force if it must. While the
// terminal is lent, ^C is a matter of who has it, although the signal goes to us
// too. The function returned stops watching and gives the signal that came, if any.
func watchSignals(p *tea.Program, stop chan struct{}, lent *atomic.Int32) func() os.Signal {
	sigs := make(chan os.Signal, 1)
	signal.Notify(sigs, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	done, gone := make(chan struct{}), make(chan struct{})
	var got os.Signal
	go func() {
		defer close(gone)
		for got == nil {
			select {
			case sig := <-sigs:
				if sig != syscall.SIGINT || lent.Load() == 0 {
					got = sig
				}
			case <-done:
				return
			}
		}
		close(stop)
		force := time.AfterFunc(giveUp, p.Kill)
		defer force.Stop()
		p.Quit()
		<-done
	}()
	return func() os.Signal {
		signal.Stop(sigs)
		close(done)
		<-gone
		return got
	}
}

// child is a program that has the terminal and ends when the shell is told to.
type child struct {
	*exec.Cmd
	stop <-chan struct{}
	lent *atomic.Int32 // how many have the terminal
}

func (c *child) Run() error {
	c.lent.Add(1)
	defer time.AfterFunc(late, func() { c.lent.Add(-1) })
	if err := c.Start(); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() { done <- c.Wait() }()
	select {
	case err := <-done:
		return err
	case <-c.stop:
		err := c.Process.Signal(syscall.SIGTERM)
		select {
		case werr := <-done:
			return errors.Join(err, werr)
		case <-time.After(giveUp / 2):
			return errors.Join(err, c.Process.Kill(), <-done)
		}
	}
}

// SetStdin, SetStdout and SetStderr give the child the terminal.
func (c *child) SetStdin(r io.Reader)  { c.Stdin = r }
func (c *child) SetStdout(w io.Writer) { c.Stdout = w }
func (c *child) SetStderr(w io.Writer) { c.Stderr = w }
