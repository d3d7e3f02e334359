package deliveries

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/widget"
)

// grouping is what the rows are put together by; empty: each stands alone, by time.
type grouping string

const (
	byTime   grouping = ""
	byReason grouping = "reason"
	byHook   grouping = "webhook"
	byType   grouping = "event"
)

func groupings() []grouping { return []grouping{byTime, byReason, byHook, byType} }

// group is one row of a grouped list.
type group struct {
	key    string
	like   model.Group // what its deliveries have in common, by what they are grouped
	typ    string
	hooks  map[string]bool
	count  int
	bad    int // given up
	newest time.Time
	terms  []string // the words of the filter that matches it
}

// groups is the grouped list. It is made of tallies; no delivery is read for it.
type groups struct {
	by      grouping
	rows    widget.Rows
	byKey   map[string]group
	laid    map[string]laid
	cols    []widget.Column
	all     int      // deliveries in all groups
	order   []string // as first shown: rows do not change places under the reader
	types   []string // event types still to be counted, the current one first
	counter counter  // of one event type
	sums    map[string]model.Tally
}

// group puts the list together by g.
func (l *list) group(g grouping) tea.Cmd {
	l.groups.forget()
	l.groups.by = g
	l.focus(false)
	l.lay()
	return tea.Batch(l.recount(), l.show())
}

// forget drops what was counted.
func (g *groups) forget() {
	g.counter.forget()
	g.order, g.byKey, g.laid, g.sums, g.types = nil, nil, nil, nil, nil
	g.rows.SetIDs(nil)
}

// recount counts anew what the filter matches, where that is shown.
func (l *list) recount() tea.Cmd {
	l.found.forget()
	l.groups.counter.forget()
	if l.query == "" && l.groups.by == byTime {
		return nil
	}
	cmds := []tea.Cmd{l.found.count(l.filter), l.countTypes()}
	switch {
	case l.query == "" || l.every.running:
	case l.every.has:
		cmds = append(cmds, l.every.touch())
	default:
		cmds = append(cmds, l.every.count(model.Filter{}))
	}
	return tea.Batch(cmds...)
}

// countTypes counts each event type that the filter lets through, one by one.
func (l *list) countTypes() tea.Cmd {
	g := &l.groups
	if g.by != byType {
		return nil
	}
	g.types = slices.DeleteFunc(l.v.Catalogue().Types(), func(typ string) bool {
		in := func(list []string) bool {
			return slices.Contains(list, typ) || slices.Contains(list, model.TriggerKey(typ))
		}
		return len(l.filter.Types) > 0 && !in(l.filter.Types) || l.filter.Not != nil && in(l.filter.Not.Types)
	})
	return l.countType()
}

func (l *list) countType() tea.Cmd {
	if len(l.groups.types) == 0 {
		return nil
	}
	f := l.filter
	f.Types = l.groups.types[:1]
	return l.groups.counter.count(f)
}

// tallied takes a slice of a count to whoever it is for.
func (l *list) tallied(m tallyMsg) tea.Cmd {
	if m.to.of != l {
		return nil
	}
	cmd := m.to.took(m)
	g := &l.groups
	switch m.to {
	case &g.counter:
		if m.gen == g.counter.gen && g.counter.has && len(g.types) > 0 {
			if g.sums == nil {
				g.sums = map[string]model.Tally{}
			}
			g.sums[g.types[0]] = g.counter.old
			g.types = g.types[1:]
			cmd = l.countType()
		}
	case &l.found:
		if l.found.has && g.by == byType && len(g.types) == 0 && len(g.sums) > 0 {
			cmd = tea.Batch(cmd, l.countTypes())
		}
	case &l.job.counter:
		cmd = tea.Batch(cmd, l.progress())
	}
	if m.to == &l.found || m.to == &g.counter {
		l.regroup()
	}
	return cmd
}

// regroup makes the rows of what has been counted.
func (l *list) regroup() {
	g := &l.groups
	if g.by == byTime {
		return
	}
	g.byKey = map[string]group{}
	if g.by == byType {
		for typ, t := range g.sums {
			for _, m := range t.Groups {
				g.add(group{key: typ, typ: typ, terms: []string{model.Filter{Types: []string{typ}}.String()}}, m)
			}
		}
	} else {
		t, _ := l.found.tally()
		for _, m := range t.Groups {
			g.add(g.of(m), m)
		}
	}
	g.sort()
	l.layGroups()
	g.rows.SetIDs(g.order)
}

// of is the group a tally's group belongs to: what failed goes by its reason and its
// webhook, what did not by its state.
func (g *groups) of(m model.Group) group {
	hook := model.Filter{Hooks: []string{m.Hook}}.String()
	switch {
	case g.by == byHook:
		return group{key: m.HookID, like: model.Group{HookID: m.HookID, Hook: m.Hook}, terms: []string{hook}}
	case m.Error == "":
		return group{key: string(m.State), like: model.Group{State: m.State}, terms: []string{"state:" + string(m.State)}}
	case m.HTTPStatus > 0:
		status := strconv.Itoa(m.HTTPStatus)
		return group{key: m.HookID + " " + status, like: m, terms: []string{"status:" + status, hook}}
	}
	return group{key: m.HookID + " " + string(m.Error), like: m, terms: []string{"error:" + string(m.Error), hook}}
}

// add counts m into its group.
func (g *groups) add(to group, m model.Group) {
	if was, ok := g.byKey[to.key]; ok {
		to = was
	} else {
		to.hooks = map[string]bool{}
	}
	to.count += m.Count
	to.hooks[m.Hook] = true
	if m.State == model.DeliveryDead {
		to.bad += m.Count
	}
	if m.NewestAt.After(to.newest) {
		to.newest = m.NewestAt
	}
	g.byKey[to.key] = to
}

// sort puts the rows in order the first time: what failed before what did not, the
// most frequent first. Those that come later stand below, those that are gone go.
func (g *groups) sort() {
	g.order = slices.DeleteFunc(slices.Clone(g.order), func(key string) bool { _, ok := g.byKey[key]; return !ok })
	var fresh []string
	for key := range g.byKey {
		if !slices.Contains(g.order, key) {
			fresh = append(fresh, key)
		}
	}
	fine := func(key string) int {
		if g.by == byReason && g.byKey[key].like.Error == "" {
			return 1
		}
		return 0
	}
	slices.SortFunc(fresh, func(a, b string) int {
		return cmp.Or(cmp.Compare(fine(a), fine(b)), cmp.Compare(g.byKey[b].count, g.byKey[a].count), strings.Compare(a, b))
	})
	g.order = append(g.order, fresh...)
}

// grouped reports that groups are shown instead of deliveries.
func (l *list) grouped() bool { return l.groups.by != byTime }

// into shows the deliveries of the selected group; esc comes back.
func (l *list) into() tea.Cmd {
	g, ok := l.groups.byKey[l.groups.rows.Selected()]
	if !ok {
		return nil
	}
	return l.visit(narrower(l.query, g.terms...), "", byTime)
}

// sortMenu asks what the rows shall be put together by.
func (l *list) sortMenu() tea.Cmd {
	w := l.env.Words.Deliveries.List
	keys := map[grouping]string{byTime: "t", byReason: "r", byHook: "w", byType: "e"}
	var entries []widget.Entry
	at := 0
	for i, g := range groupings() {
		if g == l.groups.by {
			at = i
		}
		entries = append(entries, widget.Entry{Key: keys[g], Label: w.By[string(g)], Do: func() tea.Cmd { return l.group(g) }})
	}
	return l.env.Open(widget.NewMenu(l.env, w.SortTitle, entries...).Select(at))
}
