package metrics

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/uitest"
)

// heavy is an archive whose reads take a while and which changes all the time.
type heavy struct {
	*fake
	takes   time.Duration
	changes chan struct{}
	reads   int
}

func (h *heavy) Hooks(ctx context.Context) ([]model.HookView, error) {
	h.reads++
	select {
	case <-time.After(h.takes):
		return h.fake.Hooks(ctx)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (h *heavy) Changes(context.Context) <-chan struct{} { return h.changes }

// life runs a screen's commands until the time is over, and changes the store as
// often as anybody looks.
func life(t *testing.T, h *heavy, lasts time.Duration) *screen {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	s := New(ctx, es80.Env(at), Verbs{h, h}).(*screen)
	msgs := make(chan tea.Msg)
	var run func(cmd tea.Cmd)
	run = func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		go func() {
			switch m := cmd().(type) {
			case tea.BatchMsg:
				for _, c := range m {
					run(c)
				}
			case page.AfterMsg:
			default:
				select {
				case msgs <- m:
				case <-ctx.Done():
				}
			}
		}()
	}
	go func() {
		for {
			select {
			case h.changes <- struct{}{}:
			case <-ctx.Done():
				return
			}
		}
	}()
	run(s.Init())
	end := time.After(lasts)
	for {
		select {
		case m := <-msgs:
			run(s.Update(m))
		case <-end:
			stop()
			synctest.Wait()
			return s
		}
	}
}

// A read that takes longer than the rest is not made stale by the next change, and
// reading costs less than a twentieth of the time however long it takes.
func TestReadsNeitherOvertakeEachOtherNorTakeTheMachine(t *testing.T) {
	for _, takes := range []time.Duration{time.Millisecond, 100 * time.Millisecond, 5 * time.Second} {
		synctest.Test(t, func(t *testing.T) {
			h := &heavy{fake: some(), takes: takes, changes: make(chan struct{})}
			const lasts = 10 * time.Minute
			s := life(t, h, lasts)
			if !s.ready {
				t.Errorf("%v a read: nothing was ever shown", takes)
			}
			rest := max(2*time.Second, share*takes)
			if want := int(lasts / (rest + takes)); h.reads < want || h.reads > want+1 {
				t.Errorf("%v a read: %d of them in %v, want %d", takes, h.reads, lasts, want)
			}
		})
	}
}

// What changes while a read is under way is read after it.
func TestAChangeDuringAReadIsNotForgotten(t *testing.T) {
	s := open(t, some(), es80).screen
	s.changes = make(chan struct{})
	s.load()
	gen := s.reading.gen
	if cmd := s.Update(changedMsg{s}); cmd != nil || s.reading.gen != gen {
		t.Error("a second read was begun beside the first")
	}
	if cmd := s.took(readMsg{to: s, gen: gen}); cmd == nil || !s.reading.changed {
		t.Error("nobody reads again")
	}
}

// A person who chooses another stretch does not wait for the one before.
func TestAnotherStretchEndsTheReadBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &heavy{fake: some(), takes: time.Hour}
		s := New(t.Context(), es80.Env(at), Verbs{h, h}).(*screen)
		first := s.load()().(tea.BatchMsg)[0]
		s.look(1)
		if m := first().(readMsg); m.err == nil || s.Update(m) != nil || s.ready {
			t.Error("the older read went on")
		}
	})
}

func TestAFirstReadCanBeGivenUp(t *testing.T) {
	h := &heavy{fake: some(), takes: time.Hour}
	s := New(t.Context(), es80.Env(at), Verbs{h, h}).(*screen)
	s.SetSize(80, 22)
	read := s.load()().(tea.BatchMsg)[0]
	if len(s.Actions()) != 0 || s.Interrupt() != nil {
		t.Error("there is a way out of what nobody waits for yet")
	}
	s.Update(slowMsg{s, s.reading.gen})
	if got := uitest.Strip(s.View()); got != " Cargando…" {
		t.Errorf("it says %q", got)
	}
	uitest.CheckPage(t, s)
	s.Actions()[0].Do()
	m := read().(readMsg)
	if !errors.Is(m.err, context.Canceled) {
		t.Error("the read goes on")
	}
	s.Update(m)
	if got := s.View(); !strings.Contains(got, "Cancelado") || !strings.Contains(got, "reintentar") {
		t.Errorf("it says %q", got)
	}
	s.Actions()[0].Do()
	if got := s.View(); got != "" {
		t.Errorf("while it is tried again: %q", got)
	}
	s.Update(slowMsg{s, s.reading.gen})
	if got := uitest.Strip(s.View()); got != " Cargando…" {
		t.Errorf("tried again for 150 ms: %q", got)
	}
}

// Where nothing moves no clock is asked for.
func TestAFirstReadHasNoClockWithoutMotion(t *testing.T) {
	for _, motion := range []bool{true, false} {
		s := New(t.Context(), es80.Env(at), Verbs{some(), some()}).(*screen)
		s.env.Motion = motion
		s.load()
		if cmd := s.Update(slowMsg{s, s.reading.gen}); (cmd != nil) != motion {
			t.Errorf("motion %v: clock %v", motion, cmd != nil)
		}
	}
}

// What was given up is read again after the next change, and after as long a rest as
// if it had been read.
func TestAReadGivenUpFollowsTheNextChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := at
		h := &heavy{fake: some(), changes: make(chan struct{}, 1)}
		s := New(t.Context(), es80.Env(at), Verbs{h, h}).(*screen)
		s.env.Now = func() time.Time { return now }
		s.Init()
		s.Update(slowMsg{s, s.reading.gen})
		now = at.Add(10 * time.Second)
		watch, ok := s.Interrupt()().(tea.BatchMsg)
		if !ok {
			t.Fatal("nobody waits for a change")
		}
		h.changes <- struct{}{}
		began := time.Now()
		m, ok := watch[0]().(changedMsg)
		if rest := time.Since(began); !ok || rest != share*10*time.Second {
			t.Errorf("%T after %v", m, rest)
		}
		if read := s.Update(m)().(tea.BatchMsg)[0]; s.Update(read()) == nil || !s.ready {
			t.Error("it is not read again")
		}
	})
}
