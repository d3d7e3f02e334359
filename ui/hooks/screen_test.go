package hooks

import (
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/uitest"
)

type look = uitest.Look

var (
	es80 = look{W: 80, H: 24, Lang: text.ES}
	en80 = look{W: 80, H: 24, Lang: text.EN}
)

// envOf is the environment of a look, at the time it always is here.
func envOf(l look) *page.Env {
	env := l.Env(at)
	env.Demo = true
	return env
}

// open starts the whole screen on the list.
func open(t *testing.T, f *fake, l look) *uitest.Driver {
	t.Helper()
	return openOn(t, l, func(env *page.Env) page.Page { return New(env, f.verbs()) })
}

// openOn starts the whole screen on any page.
func openOn(t *testing.T, l look, first func(*page.Env) page.Page) *uitest.Driver {
	t.Helper()
	t.Setenv("TZ", "UTC")
	app := ui.New(ui.Options{Env: envOf(l), Tabs: []ui.Tab{{
		Key: "webhooks", Title: func(w *text.Words) string { return w.Shell.Webhooks }, New: first,
	}}})
	return uitest.New(t, app, l.W, l.H)
}

// goldens draws a state in every look.
func goldens(t *testing.T, name string, state func(t *testing.T, l look) *uitest.Driver) {
	for _, l := range uitest.Looks() {
		t.Run(l.String(), func(t *testing.T) {
			state(t, l).Golden(name + "-" + l.String())
		})
	}
}

// crm, bi, flow and old are one webhook in each state a list can show.
func crm() model.HookView {
	h := hookOf("wh_01CRM", "crm-prod", "https://crm.example.com/hooks/empower", model.HookActive, allEvents()...)
	h.Authorization = model.NewSecret("Bearer 0123456789abcdef3f9a")
	h.Secret = model.NewSecret("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")
	v := verifiedBy(h)
	v.Key = model.KeyEnforced
	r := testOf(h, model.Event{ID: "evt_1", Type: "call.processed"}, &model.Response{Status: 200}, nil)
	return model.HookView{Hook: h, Verification: &v, LastAttempt: &r}
}

func bi() model.HookView {
	h := hookOf("wh_02BI", "bi-panel", "https://bi.example.com/in", model.HookPaused, "call.processed", "call.score.changed", "call.tag.added")
	v := verifiedBy(h)
	v.Echo, v.At = model.EchoJSON, at.Add(-26*time.Hour)
	r := testOf(h, model.Event{ID: "evt_2", Type: "call.tag.added"}, &model.Response{Status: 401},
		&model.Failure{Code: model.CodeAuthRejected, Host: "bi.example.com:443"})
	return model.HookView{Hook: h, Verification: &v, LastAttempt: &r}
}

func flow() model.HookView {
	h := hookOf("wh_03FLOW", "flujo-puntuación", "http://127.0.0.1:8787/h/flow", model.HookDraft, "call.score.changed")
	v := unverifiedBy(h, &model.Failure{Code: model.CodeRefused, Host: "127.0.0.1:8787"})
	r := testOf(h, model.Event{ID: "evt_3", Type: "call.score.changed"}, nil, &model.Failure{Code: model.CodeRefused, Host: "127.0.0.1:8787"})
	return model.HookView{Hook: h, Verification: &v, LastAttempt: &r}
}

func old() model.HookView {
	h := hookOf("wh_04OLD", "datalake", "https://lake.example.com/"+"a-long-path/that-goes-on/and-on/to-the-edge/of-most-screens", model.HookDisabled, allEvents()...)
	h.Reason = model.DisabledGone
	v := verifiedBy(h)
	v.AuthFingerprint = "other"
	return model.HookView{Hook: h, Verification: &v}
}

func hookOf(id, name, url string, s model.HookState, events ...string) model.Hook {
	return model.Hook{ID: id, Name: name, URL: url, State: s, Events: model.NormalizeEvents(events), Revision: 3,
		CreatedAt: at.Add(-72 * time.Hour), UpdatedAt: at.Add(-2 * time.Hour)}
}

func allEvents() []string { return newFake().Catalogue().Types() }

// few are four webhooks; many are more than any screen has lines.
func few() *fake { return newFake(crm(), bi(), flow(), old()) }

func many() *fake {
	var all []model.HookView
	for i := range 120 {
		h := crm()
		h.ID, h.Name = fmt.Sprintf("wh_%03d", i), fmt.Sprintf("crm-%03d", i)
		v := verifiedBy(h.Hook)
		h.Verification = &v
		all = append(all, h)
	}
	return newFake(all...)
}

// quiet is a page that does nothing, to stand below another.
type quiet struct{ got []tea.Msg }

func (q *quiet) Init() tea.Cmd            { return nil }
func (q *quiet) Update(m tea.Msg) tea.Cmd { q.got = append(q.got, m); return nil }
func (q *quiet) View() string             { return "quiet" }
func (q *quiet) SetSize(int, int)         {}
func (q *quiet) Cursor() *tea.Cursor      { return nil }
func (q *quiet) Actions() []page.Action   { return nil }
func (q *quiet) Title() string            { return "quiet" }
func (q *quiet) Typing() bool             { return false }
