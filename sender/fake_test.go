package sender

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"hooktop/model"
)

// memory keeps webhooks and records in memory, as the store promises to.
type memory struct {
	mu            sync.Mutex
	hooks         []model.Hook
	changes       []model.Change
	verifications []model.Verification
	tests         []model.TestResult
}

func (m *memory) Hooks(context.Context) ([]model.HookView, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []model.HookView
	for _, h := range m.hooks {
		if h.DeletedAt.IsZero() {
			out = append(out, m.view(h))
		}
	}
	return out, nil
}

func (m *memory) view(h model.Hook) model.HookView {
	v := model.HookView{Hook: h.Clone()}
	for _, p := range slices.Backward(m.verifications) {
		if p.HookID == h.ID {
			v.Verification = &p
			break
		}
	}
	return v
}

func (m *memory) Hook(_ context.Context, nameOrID string) (model.HookView, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, h := range m.hooks {
		if (h.ID == nameOrID || h.Name == nameOrID) && h.DeletedAt.IsZero() {
			return m.view(h), nil
		}
	}
	return model.HookView{}, &model.Fault{Code: model.CodeNotFound, Value: nameOrID}
}

func (m *memory) PutHook(_ context.Context, h model.Hook, c model.Change) (model.Hook, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	i := slices.IndexFunc(m.hooks, func(o model.Hook) bool { return o.ID == h.ID })
	switch {
	case i < 0 && h.Revision == 0:
		m.hooks = append(m.hooks, model.Hook{})
		i = len(m.hooks) - 1
	case i < 0 || m.hooks[i].Revision != h.Revision:
		return model.Hook{}, &model.Fault{Code: model.CodeConflict}
	}
	h.Revision++
	c.Revision = h.Revision
	m.hooks[i] = h.Clone()
	if h.Revision == 1 && c.Kind != model.ChangeCreated {
		created := c
		created.Kind, created.Reason, created.Fields = model.ChangeCreated, "", nil
		m.changes = append(m.changes, created)
	}
	m.changes = append(m.changes, c)
	return h, nil
}

func (m *memory) DeleteHook(_ context.Context, id string, at time.Time) error {
	_, err := m.mark(id, at, model.ChangeDeleted, at)
	return err
}

func (m *memory) RestoreHook(_ context.Context, id string, at time.Time) (model.Hook, error) {
	return m.mark(id, time.Time{}, model.ChangeRestored, at)
}

func (m *memory) mark(id string, deleted time.Time, kind model.ChangeKind, at time.Time) (model.Hook, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, h := range m.hooks {
		if h.ID == id {
			m.hooks[i].DeletedAt = deleted
			m.changes = append(m.changes, model.Change{HookID: id, At: at, Kind: kind})
			return m.hooks[i], nil
		}
	}
	return model.Hook{}, &model.Fault{Code: model.CodeNotFound, Value: id}
}

func (m *memory) History(_ context.Context, id string) ([]model.Change, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return newestFirst(m.changes, func(c model.Change) bool { return c.HookID == id }), nil
}

func (m *memory) PutVerification(_ context.Context, v model.Verification) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.verifications = append(m.verifications, v)
	return nil
}

func (m *memory) Verifications(_ context.Context, id string) ([]model.Verification, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return newestFirst(m.verifications, func(v model.Verification) bool { return v.HookID == id }), nil
}

func (m *memory) PutTest(_ context.Context, t model.TestResult) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.tests = append(m.tests, t)
	return nil
}

func (m *memory) Tests(_ context.Context, id string, limit int) ([]model.TestResult, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := newestFirst(m.tests, func(t model.TestResult) bool { return t.Delivery.HookID == id })
	return out[:min(limit, len(out))], nil
}

func (m *memory) Forget(_ context.Context, id string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.verifications = slices.DeleteFunc(m.verifications, func(v model.Verification) bool { return v.HookID == id })
	m.tests = slices.DeleteFunc(m.tests, func(t model.TestResult) bool { return t.Delivery.HookID == id })
	return nil
}

func newestFirst[T any](all []T, keep func(T) bool) []T {
	var out []T
	for _, x := range slices.Backward(all) {
		if keep(x) {
			out = append(out, x)
		}
	}
	return out
}

// twelve is a small catalogue.
type twelve struct{}

func (twelve) Catalogue() model.Catalogue {
	return model.NewCatalogue([]string{"call.processed", "call.tag.added", "call.tag.removed"})
}

const sampleCall = `{ "id":"evt_SAMPLE",  "type" : "call.processed",
  "timestamp": "2026-03-12T09:41:07.312Z", "test": true,
  "call_details": {"call_id": "17432891650918235647", "call_uuid": "0f", "n": 1.10, "n": 1.10}}
`

const sampleVerification = `{
  "id": "evt_SAMPLE",
  "type": "webhook.verification",
  "timestamp": "2026-03-12T09:41:07.312Z",
  "schema_version": "1",
  "test": true,
  "challenge": "old",
  "webhook": {
    "id": "wh_demo",
    "name": "CRM"
  }
}
`

func (c twelve) Body(typ, _ string) ([]byte, error) {
	switch {
	case typ == model.VerificationType:
		return []byte(sampleVerification), nil
	case c.Catalogue().Has(typ):
		return []byte(sampleCall), nil
	}
	return nil, &model.Fault{Code: model.CodeUnknownEvent, Value: typ}
}

// house makes a Sender over memory. change may alter the configuration.
func house(t testing.TB, change ...func(*Config)) (*Sender, *memory) {
	t.Helper()
	m := &memory{}
	c := Config{Hooks: m, Records: m, Samples: twelve{}, Version: "1.2.3", NoProxy: true}
	for _, f := range change {
		f(&c)
	}
	s := New(c)
	t.Cleanup(s.Close)
	return s, m
}

// hookTo is a webhook to a URL with limits that tests can wait for.
func hookTo(s *Sender, url string) model.Hook {
	h := s.New()
	h.Name, h.URL = "crm-prod", url
	h.Limits = model.Limits{Connect: 2 * time.Second, TLS: 2 * time.Second, Headers: 2 * time.Second, Total: 4 * time.Second}
	return h
}
