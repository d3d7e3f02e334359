package link

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"hooktop/model"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fill puts a value other than zero into everything below v, so that what the wire
// loses is seen.
func fill(v reflect.Value, n *int) {
	*n++
	switch x := v.Addr().Interface().(type) {
	case *time.Time:
		*x = time.Date(2026, 3, 12, 10, 0, 0, *n, time.UTC)
		return
	case *model.Secret:
		*x = model.NewSecret("secret value " + strings.Repeat("x", *n))
		return
	case *error:
		*x = errors.New("a cause")
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(v.Index(i), n)
		}
	case reflect.Pointer:
		if v.Type() == reflect.TypeFor[*model.Filter]() && *n > 400 {
			return // it holds itself
		}
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.String:
		v.SetString("text " + strings.Repeat("ñ", *n%5))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(float64(*n) / 7)
	case reflect.Uint8, reflect.Uint32:
		v.SetUint(uint64(*n%250 + 1))
	default:
		v.SetInt(int64(*n))
	}
}

func filled[T any](seed int) T {
	var v T
	fill(reflect.ValueOf(&v).Elem(), &seed)
	return v
}

// fakeOwner answers every verb with a full value and remembers what it was asked.
type fakeOwner struct {
	asked []any
	err   error
	block chan struct{}
}

func (f *fakeOwner) ask(name string, args ...any) {
	f.asked = append(f.asked, append([]any{name}, args...))
}

func answerOf[T any](f *fakeOwner, name string, args ...any) (T, error) {
	f.ask(name, args...)
	if f.err != nil {
		var zero T
		return zero, f.err
	}
	return filled[T](len(name)), nil
}

func (f *fakeOwner) Hooks(context.Context) ([]model.HookView, error) {
	return answerOf[[]model.HookView](f, "hooks")
}
func (f *fakeOwner) Hook(_ context.Context, id string) (model.HookView, error) {
	return answerOf[model.HookView](f, "hook", id)
}
func (f *fakeOwner) Save(_ context.Context, h model.Hook, m model.SaveMode, w func(model.Verification)) (model.Saved, error) {
	for n := range 3 {
		w(filled[model.Verification](n))
	}
	return answerOf[model.Saved](f, "save", h, m)
}
func (f *fakeOwner) Enable(_ context.Context, id string) (model.Hook, error) {
	return answerOf[model.Hook](f, "enable", id)
}
func (f *fakeOwner) Disable(_ context.Context, id string) (model.Hook, error) {
	return answerOf[model.Hook](f, "disable", id)
}
func (f *fakeOwner) Pause(_ context.Context, id string) (model.Hook, error) {
	return answerOf[model.Hook](f, "pause", id)
}
func (f *fakeOwner) Resume(_ context.Context, id string) (model.Hook, error) {
	return answerOf[model.Hook](f, "resume", id)
}
func (f *fakeOwner) Restore(_ context.Context, id string) (model.Hook, error) {
	return answerOf[model.Hook](f, "restore", id)
}
func (f *fakeOwner) RotateSecret(_ context.Context, id string, s model.Secret, keep time.Duration) (model.Hook, error) {
	return answerOf[model.Hook](f, "rotate", id, s.Reveal(), keep)
}
func (f *fakeOwner) Delete(_ context.Context, id string) error { f.ask("delete", id); return f.err }
func (f *fakeOwner) History(_ context.Context, id string) ([]model.Change, error) {
	return answerOf[[]model.Change](f, "history", id)
}
func (f *fakeOwner) Verifications(_ context.Context, id string) ([]model.Verification, error) {
	return answerOf[[]model.Verification](f, "verifications", id)
}
func (f *fakeOwner) Tests(_ context.Context, id string, n int) ([]model.TestResult, error) {
	return answerOf[[]model.TestResult](f, "tests", id, n)
}
func (f *fakeOwner) Forget(_ context.Context, id string) error { f.ask("forget", id); return f.err }
func (f *fakeOwner) Check(_ context.Context, h model.Hook) ([]model.Warning, error) {
	return answerOf[[]model.Warning](f, "check", h)
}
func (f *fakeOwner) Verify(ctx context.Context, h model.Hook, w func(model.Verification)) (model.Verification, error) {
	if f.block != nil {
		close(f.block)
		<-ctx.Done()
		return model.Verification{}, ctx.Err()
	}
	w(filled[model.Verification](1))
	return answerOf[model.Verification](f, "verify", h)
}
func (f *fakeOwner) VerifySample(_ context.Context, h model.Hook, typ string, w func(model.Verification)) (model.Verification, error) {
	w(filled[model.Verification](1))
	return answerOf[model.Verification](f, "verify-sample", h, typ)
}
func (f *fakeOwner) Test(_ context.Context, h model.Hook, ev model.Event) (model.TestResult, error) {
	return answerOf[model.TestResult](f, "test", h, ev)
}
func (f *fakeOwner) Emit(_ context.Context, ev model.Event, key string) (model.Accepted, error) {
	return answerOf[model.Accepted](f, "emit", ev, key)
}
func (f *fakeOwner) Replay(_ context.Context, s model.Selection, rate float64, dry bool) (model.Replayed, error) {
	return answerOf[model.Replayed](f, "replay", s, rate, dry)
}
func (f *fakeOwner) Retry(_ context.Context, s model.Selection, dry bool) (int, error) {
	return answerOf[int](f, "retry", s, dry)
}
func (f *fakeOwner) HoldReplay(_ context.Context, id string) (int, error) {
	return answerOf[int](f, "hold-replay", id)
}
func (f *fakeOwner) ResumeReplay(_ context.Context, id string) (int, error) {
	return answerOf[int](f, "resume-replay", id)
}
func (f *fakeOwner) Cancel(_ context.Context, s model.Selection, dry bool) (int, error) {
	return answerOf[int](f, "cancel", s, dry)
}
func (f *fakeOwner) Delivery(_ context.Context, id string) (model.DeliveryView, error) {
	return answerOf[model.DeliveryView](f, "delivery", id)
}
func (f *fakeOwner) DeletedHooks(context.Context) ([]model.Hook, error) {
	return answerOf[[]model.Hook](f, "deleted-hooks")
}
func (f *fakeOwner) Info(context.Context) (model.StoreInfo, error) {
	return answerOf[model.StoreInfo](f, "info")
}
func (f *fakeOwner) Changed() { f.ask("changed") }
func (f *fakeOwner) Snapshot() model.EngineSnapshot {
	f.ask("snapshot")
	return filled[model.EngineSnapshot](3)
}

// link starts a server for the owner and a client of it.
func link(t *testing.T, f *fakeOwner) *Client {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.sock")
	s, err := Serve(path, Verbs{f, f, f, f, f, f}, Owner{PID: 42, Version: "v"}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	c := Dial(path)
	t.Cleanup(func() {
		_ = c.Close()
		if err := s.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return c
}

// verbs are all verbs with full arguments: asked of an owner, and what it answers.
func verbs(ctx context.Context, v interface {
	Book
	Record
	Wire
	Outbox
	File
}, watch func(model.Verification)) map[string]func() (any, error) {
	h, ev, sel := filled[model.Hook](7), filled[model.Event](9), filled[model.Selection](11)
	return map[string]func() (any, error){
		"hooks":         func() (any, error) { return v.Hooks(ctx) },
		"hook":          func() (any, error) { return v.Hook(ctx, "crm ñ") },
		"save":          func() (any, error) { return v.Save(ctx, h, model.SaveActivate, watch) },
		"enable":        func() (any, error) { return v.Enable(ctx, "1") },
		"disable":       func() (any, error) { return v.Disable(ctx, "2") },
		"pause":         func() (any, error) { return v.Pause(ctx, "3") },
		"resume":        func() (any, error) { return v.Resume(ctx, "4") },
		"restore":       func() (any, error) { return v.Restore(ctx, "5") },
		"rotate":        func() (any, error) { return v.RotateSecret(ctx, "6", model.NewSecret("whsec_abc"), time.Hour) },
		"delete":        func() (any, error) { return nil, v.Delete(ctx, "7") },
		"history":       func() (any, error) { return v.History(ctx, "8") },
		"verifications": func() (any, error) { return v.Verifications(ctx, "9") },
		"tests":         func() (any, error) { return v.Tests(ctx, "10", 3) },
		"forget":        func() (any, error) { return nil, v.Forget(ctx, "11") },
		"check":         func() (any, error) { return v.Check(ctx, h) },
		"verify":        func() (any, error) { return v.Verify(ctx, h, watch) },
		"verify-sample": func() (any, error) { return v.VerifySample(ctx, h, "call.processed", watch) },
		"test":          func() (any, error) { return v.Test(ctx, h, ev) },
		"emit":          func() (any, error) { return v.Emit(ctx, ev, "key") },
		"replay":        func() (any, error) { return v.Replay(ctx, sel, 2.5, true) },
		"cancel":        func() (any, error) { return v.Cancel(ctx, sel, true) },
		"retry":         func() (any, error) { return v.Retry(ctx, sel, true) },
		"hold-replay":   func() (any, error) { return v.HoldReplay(ctx, "rpl_1") },
		"resume-replay": func() (any, error) { return v.ResumeReplay(ctx, "rpl_2") },
		"delivery":      func() (any, error) { return v.Delivery(ctx, "12") },
		"deleted-hooks": func() (any, error) { return v.DeletedHooks(ctx) },
		"info":          func() (any, error) { return v.Info(ctx) },
	}
}

// TestEveryVerb promises that a verb over the socket asks and answers what it does
// without, secrets, times and bytes included.
func TestEveryVerb(t *testing.T) {
	near, far := &fakeOwner{}, &fakeOwner{}
	c := link(t, far)
	var nearSeen, farSeen []model.Verification
	direct := verbs(t.Context(), near, func(v model.Verification) { nearSeen = append(nearSeen, v) })
	for name, ask := range verbs(t.Context(), c, func(v model.Verification) { farSeen = append(farSeen, v) }) {
		near.asked, far.asked, nearSeen, farSeen = nil, nil, nil, nil
		got, err := ask()
		want, _ := direct[name]()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s answers\n%#v, want\n%#v", name, got, want)
		}
		if !reflect.DeepEqual(far.asked, near.asked) {
			t.Errorf("%s asks\n%v, want\n%v", name, far.asked, near.asked)
		}
		if !reflect.DeepEqual(farSeen, nearSeen) {
			t.Errorf("%s shows %d states, want %d", name, len(farSeen), len(nearSeen))
		}
	}
	if s, err := c.Snapshot(t.Context()); err != nil || !reflect.DeepEqual(s, near.Snapshot()) {
		t.Error(s, err)
	}
	if o, err := c.Owner(t.Context()); err != nil || o != (Owner{42, "v"}) {
		t.Error(o, err)
	}
	far.asked = nil
	if err := c.Changed(t.Context()); err != nil || len(far.asked) != 1 {
		t.Error(err, far.asked)
	}
}

// TestEveryFault promises that a fault arrives as it was, with every verb.
func TestEveryFault(t *testing.T) {
	want := filled[model.Fault](1)
	far := &fakeOwner{err: &want}
	for name, ask := range verbs(t.Context(), link(t, far), nil) {
		_, err := ask()
		var got *model.Fault
		if !errors.As(err, &got) || !reflect.DeepEqual(*got, want) {
			t.Errorf("%s: %#v", name, err)
		}
	}
	far.err = errors.New("any other")
	if _, err := link(t, far).Hooks(t.Context()); err == nil || err.Error() != "any other" {
		t.Error(err)
	}
}

// TestNoSecretIsPrinted keeps values out of logs that print arguments.
func TestNoSecretIsPrinted(t *testing.T) {
	h := filled[model.Hook](1)
	if s := toWire(h).String(); strings.Contains(s, "secret value") {
		t.Error(s)
	}
}

// TestCancelReachesTheOwner ends a verification when the one who asked gives up.
func TestCancelReachesTheOwner(t *testing.T) {
	f := &fakeOwner{block: make(chan struct{})}
	c := link(t, f)
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-f.block; cancel() }()
	if _, err := c.Verify(ctx, model.Hook{}, nil); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}

func isFault(t *testing.T, err error, code model.Code, field model.Field) {
	t.Helper()
	var f *model.Fault
	if !errors.As(err, &f) || f.Code != code || f.Field != field {
		t.Errorf("%v, want %s of %s", err, code, field)
	}
}

func TestNobodyThere(t *testing.T) {
	c := Dial(filepath.Join(t.TempDir(), "none.sock"))
	_, err := c.Hooks(t.Context())
	isFault(t, err, model.CodeLocal, model.FieldSocket)
}

// TestSilentOwner is what a stopped process looks like: it is connected to and says
// nothing.
func TestSilentOwner(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.sock")
	ln, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	c := Dial(path)
	c.quiet = 20 * time.Millisecond
	_, err = c.Hooks(t.Context())
	isFault(t, err, model.CodeStoreLocked, model.FieldSocket)
}

// TestLongVerb shows signs of life for longer than the silence that ends a call.
func TestLongVerb(t *testing.T) {
	f := &fakeOwner{block: make(chan struct{})}
	c := link(t, f)
	c.quiet = pulse + pulse/2
	ctx, cancel := context.WithTimeout(t.Context(), 2*pulse)
	defer cancel()
	if _, err := c.Verify(ctx, model.Hook{}, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
}

func TestSocketIsPrivate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	path := filepath.Join(dir, "x.sock")
	for range 2 { // the second one finds what the first left
		f := &fakeOwner{}
		s, err := Serve(path, Verbs{f, f, f, f, f, f}, Owner{}, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		for p, want := range map[string]os.FileMode{path: 0o600, dir: 0o700} {
			if info, err := os.Stat(p); err != nil || info.Mode().Perm() != want {
				t.Error(p, info.Mode(), err)
			}
		}
		if err := s.Close(t.Context()); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(path); !os.IsNotExist(err) {
			t.Error("the socket is left behind")
		}
		_ = os.WriteFile(path, nil, 0o600)
	}
}
