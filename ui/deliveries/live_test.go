package deliveries

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/uitest"
)

// meter counts what the terminal is given.
type meter struct {
	mu             sync.Mutex
	bytes, flushes int
}

func (m *meter) Write(p []byte) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.bytes += len(p)
	m.flushes++
	return len(p), nil
}

func (m *meter) take() (bytes, flushes int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	bytes, flushes, m.bytes, m.flushes = m.bytes, m.flushes, 0, 0
	return bytes, flushes
}

// TestAThousandDeliveriesASecond is five seconds of them, on a clock of its own, while
// the list follows and while it is anchored: it reads about ten pages a second, writes
// little, and what is selected stays selected.
func TestAThousandDeliveriesASecond(t *testing.T) {
	for name, keys := range map[string][]string{"following": nil, "anchored": {"down", "down", "down"}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { liven(t, keys) })
		})
	}
}

func liven(t *testing.T, keys []string) {
	const seconds, rate, steps = 5, 1000, 100
	hooks := []string{"crm-prod", "bi-panel", "zapier-es", "客戶資料"}
	types := []string{"call.processed", "call.tag.added", "call.score.changed"}
	f := many(1000)
	f.changes = make(chan struct{}, 1)
	env := envOf(look{W: 120, H: 40, Lang: text.EN})
	l := newList(t.Context(), env, f.verbs())
	app := ui.New(ui.Options{Env: env, Tabs: []ui.Tab{{
		Key: "deliveries", Title: func(w *text.Words) string { return w.Deliveries.Tab },
		New: func(*page.Env) page.Page { return l },
	}}})
	var out meter
	p := tea.NewProgram(app, tea.WithInput(nil), tea.WithOutput(&out), tea.WithWindowSize(120, 40),
		tea.WithoutSignalHandler(), tea.WithEnvironment([]string{"TERM=xterm-256color", "COLORTERM=truecolor"}))
	ended := make(chan error, 1)
	go func() { _, err := p.Run(); ended <- err }()
	time.Sleep(time.Second)
	for _, k := range keys {
		p.Send(uitest.Key(k))
		time.Sleep(100 * time.Millisecond)
	}
	synctest.Wait()
	selected := l.rows.Selected()
	out.take()
	f.mu.Lock()
	before := f.pages
	f.mu.Unlock()

	for n := range seconds * steps {
		var rows []model.Delivery
		for i := rate / steps; i > 0; i-- {
			k := 1000 + n*rate/steps + i
			rows = append(rows, dlv(k, hooks[k*7%len(hooks)], types[k*5%len(types)], model.DeliveryDelivered, 200, time.Duration(k*37%900)*time.Millisecond))
		}
		f.add(rows...)
		f.tell()
		time.Sleep(time.Second / steps)
	}
	time.Sleep(time.Second)
	synctest.Wait()

	f.mu.Lock()
	pages := f.pages - before
	f.mu.Unlock()
	if got, most := pages, 11*(seconds+1); got == 0 || got > most {
		t.Errorf("%d pages were read in %d s, at most %d are promised", got, seconds+1, most)
	}
	bytes, flushes := out.take()
	if flushes == 0 || bytes/flushes > 4<<10 {
		t.Errorf("%d bytes in %d flushes", bytes, flushes)
	}
	t.Logf("%d pages, %d flushes of %d bytes", pages, flushes, bytes/max(flushes, 1))
	newest := dlv(1000+seconds*rate, "", "", "", 0, 0).ID
	switch got := l.rows.Selected(); {
	case keys == nil && got != newest:
		t.Errorf("selected is %s, followed it should be %s", got, newest)
	case keys != nil && got != selected:
		t.Errorf("selected was %s and is %s", selected, got)
	}
	close(f.changes)
	p.Quit()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	time.Sleep(time.Minute) // what still ticks comes to its end
}
