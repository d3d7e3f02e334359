package widget

import (
	"bytes"
	"context"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/page"
)

// Viewer shows bytes from anywhere as a tree, indented, as they are, or in hex; it
// searches in them and runs jq on them. Nothing is decoded for showing: numbers,
// keys, their order and duplicates are what the bytes say, and every control
// character is a visible mark.
//
// It keeps the bytes it is given and never writes to them. What it knows of them is
// offsets: of values of 256 bytes or more, of every 64th row, of what was folded by
// hand. So neither depth, nor lines of any length, nor their number blow it up. What
// takes longer than a key may is in commands; their answers carry the sheet they are
// about and are dropped when it has gone.
type Viewer struct {
	Quiet bool // keys are for something else: the node under the cursor is not marked

	env    *page.Env
	key    string
	wish   ViewMode // asked for, shown if the bytes can be shown so
	body   *sheet
	result *sheet // what a jq expression yields, over the body

	prompt prompt
	field  *Field
	note   string // why the last search or expression came to nothing; clean
	jq     job

	width, height int
}

// prompt is what the field is for.
type prompt int

const (
	promptNone prompt = iota
	promptFind
	promptJQ
)

// job is a command that can be cancelled and whose answer has an identity.
type job struct {
	id   int
	stop context.CancelFunc // nil: none runs
}

func (j *job) start() (context.Context, int) {
	j.cancel()
	ctx, stop := context.WithCancel(context.Background())
	j.id, j.stop = j.id+1, stop
	return ctx, j.id
}

// cancel reports whether one ran.
func (j *job) cancel() bool {
	ran := j.stop != nil
	if ran {
		j.stop()
		j.stop = nil
	}
	return ran
}

// took reports that the answer is the one waited for.
func (j *job) took(id int) bool { return id == j.id && j.cancel() }

// NewViewer returns a viewer that shows nothing yet.
func NewViewer(env *page.Env) *Viewer { return &Viewer{env: env, field: NewField()} }

// Bytes are the bytes of the body, as they were given.
func (v *Viewer) Bytes() []byte {
	if v.body == nil {
		return nil
	}
	return v.body.raw
}

// Set shows bytes; key says what they are. The same bytes of the same key change
// nothing: folds, place, search and jq result stay.
func (v *Viewer) Set(key string, raw []byte) tea.Cmd {
	same := v.body != nil && key == v.key
	if same && bytes.Equal(v.body.raw, raw) {
		return nil
	}
	place := goal{}
	if same && v.body.width > 0 {
		place = goal{goalByte, v.body.place()}
	}
	v.Cancel()
	v.closePrompt()
	v.key, v.result, v.note = key, nil, ""
	v.body = v.sheet(raw)
	v.body.goal = place
	return v.open(v.body)
}

func (v *Viewer) sheet(raw []byte) *sheet {
	return &sheet{raw: raw, mode: ViewRaw, sym: &v.env.Theme.Sym}
}

// open lays a new sheet out. A big one shows its beginning, raw, until it is known
// whether it is JSON.
func (v *Viewer) open(s *sheet) tea.Cmd {
	s.sym = &v.env.Theme.Sym
	if len(s.raw) <= syncBytes {
		s.outline, s.why = outlineOf(s.raw, s.many)
		v.outlined(s)
		return v.work()
	}
	v.lay()
	s.begin()
	s.due = s.due && !looksJSON(s.raw) // the rows of a tree are counted then
	return tea.Batch(v.work(), func() tea.Msg {
		o, why := outlineOf(s.raw, s.many)
		return outlinedMsg{s, o, why}
	})
}

// outlined begins a sheet of which it is known what it is.
func (v *Viewer) outlined(s *sheet) {
	s.read = true
	if o := s.outline; o != nil {
		s.folds.open = 1
		switch _, count := o.measure(o.root); {
		case len(s.raw) <= syncBytes:
			s.folds.open = allOpen - 1
		case count <= stride:
			s.folds.open = 2
		}
	}
	v.lay()
	s.show(v.fitting(s, v.wish))
}

// fitting is the way asked for, or raw.
func (v *Viewer) fitting(s *sheet, m ViewMode) ViewMode {
	if s.can(m) {
		return m
	}
	return ViewRaw
}

// front is the sheet on the screen.
func (v *Viewer) front() *sheet {
	if v.result != nil {
		return v.result
	}
	return v.body
}

// SetSize sets the cells to draw in.
func (v *Viewer) SetSize(width, height int) {
	v.width, v.height = max(width, 0), max(height, 0)
	v.lay()
}

// minFlow is the least columns that rows are cut for; less shows their beginnings.
const minFlow = 8

// lay gives the sheets their room.
func (v *Viewer) lay() {
	for _, s := range []*sheet{v.body, v.result} {
		if s == nil || v.width == 0 {
			continue
		}
		s.height = max(v.height-len(v.heads(s))-len(v.feet(s)), 0)
		if w := max(v.width-2, minFlow); w != s.width {
			first := s.width == 0
			if !first {
				s.goal = goal{goalByte, s.place()}
			}
			s.width = w
			if s.read || !first {
				s.begin()
			}
		}
		s.clamp()
	}
}

type (
	outlinedMsg struct {
		s       *sheet
		outline *outline
		why     PlainReason
	}
	countedMsg struct {
		s     *sheet
		gen   int
		marks marks
	}
	foundMsg struct {
		s    *sheet
		id   int
		hits []hit
		more bool
	}
)

// Update takes the answers of commands, and what is typed while a field has the
// focus.
func (v *Viewer) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case outlinedMsg:
		if v.has(m.s) {
			m.s.outline, m.s.why = m.outline, m.why
			v.outlined(m.s)
		}
	case countedMsg:
		if v.has(m.s) && m.s.gen == m.gen && m.marks.done {
			m.s.marks = m.marks
			m.s.settle()
		}
	case foundMsg:
		if v.has(m.s) && m.s.find.job.took(m.id) {
			v.found(m.s, m.hits, m.more)
		}
	case jqMsg:
		if m.v == v && v.jq.took(m.id) {
			return v.answered(m)
		}
	case page.RestyledMsg:
		for _, s := range []*sheet{v.body, v.result} {
			if s != nil {
				s.sym, s.marks.sym = &v.env.Theme.Sym, &v.env.Theme.Sym
			}
		}
	case tea.KeyPressMsg, tea.PasteMsg:
		if v.Typing() {
			v.edit(msg)
		}
	}
	return v.work()
}

// edit gives the field what was typed or pasted; a note goes with the first change.
func (v *Viewer) edit(msg tea.Msg) {
	changed, refused := v.field.Update(msg)
	switch {
	case refused:
		v.note = v.env.Words.Form.PasteRefused
	case changed:
		v.note = ""
	}
	v.lay()
}

// has reports that an answer is about what this viewer shows.
func (v *Viewer) has(s *sheet) bool { return s == v.body || s == v.result }

// work is the command for the counts that are due, or nil.
func (v *Viewer) work() tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range []*sheet{v.body, v.result} {
		if s == nil || !s.due {
			continue
		}
		s.due = false
		ctx, _ := s.job.start()
		gen, m := s.gen, s.marks.clone()
		cmds = append(cmds, func() tea.Msg {
			m.countAll(ctx)
			return countedMsg{s, gen, m}
		})
	}
	return tea.Batch(cmds...)
}

// Cancel stops the search and the expression that run and reports whether any did.
func (v *Viewer) Cancel() bool {
	stopped := v.jq.cancel()
	for _, s := range []*sheet{v.body, v.result} {
		if s != nil && s.find.job.cancel() {
			s.find = finder{job: s.find.job}
			stopped = true
		}
	}
	if stopped {
		v.lay()
	}
	return stopped
}
