package hooks

import (
	"slices"
	"sync"
)

// desk is the drafts of all forms, and who has one open. What it does for one form and
// for another never runs at the same time.
type desk struct {
	drafts Drafts

	mu   sync.Mutex
	open []*keeping // forms that were not left yet
}

// keeping is the draft of one form. Its methods may be called from any goroutine;
// after end nothing is kept and nothing is dropped.
type keeping struct {
	desk *desk // nil: nothing is kept
	id   string

	due   bool  // it will be looked at soon; these four are of the form's goroutine
	typed typed // what was kept last
	kept  bool
	left  bool

	ended bool // under the desk's mutex
}

// begin opens the draft, and finds what a form that was never left has kept of it.
func (k *keeping) begin() (Draft, bool) {
	k.desk.mu.Lock()
	defer k.desk.mu.Unlock()
	if k.ended {
		return Draft{}, false
	}
	k.desk.open = append(k.desk.open, k)
	all, err := k.desk.drafts.Kept()
	if i := indexDraft(all, k.id); err == nil && i >= 0 { // a form without its draft is still a form
		return all[i], true
	}
	return Draft{}, false
}

func (k *keeping) keep(data []byte) error {
	k.desk.mu.Lock()
	defer k.desk.mu.Unlock()
	if k.ended {
		return nil
	}
	return k.desk.drafts.Keep(k.id, data)
}

func (k *keeping) drop() error {
	k.desk.mu.Lock()
	defer k.desk.mu.Unlock()
	if k.ended {
		return nil
	}
	return k.desk.drafts.Drop(k.id)
}

// end closes the draft for good; drop says whether what is kept goes too.
func (k *keeping) end(drop bool) error {
	k.desk.mu.Lock()
	defer k.desk.mu.Unlock()
	if k.ended {
		return nil
	}
	k.ended = true
	k.desk.open = slices.DeleteFunc(k.desk.open, func(o *keeping) bool { return o == k })
	if !drop {
		return nil
	}
	return k.desk.drafts.Drop(k.id)
}

// putBack keeps what was discarded, and reports whether it did: never under a form
// that is open, nor over a draft that waits.
func (d *desk) putBack(id string, data []byte) (bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if slices.ContainsFunc(d.open, func(k *keeping) bool { return k.id == id }) {
		return false, nil
	}
	all, err := d.drafts.Kept()
	if err != nil || indexDraft(all, id) >= 0 {
		return false, err
	}
	return true, d.drafts.Keep(id, data)
}

func indexDraft(all []Draft, id string) int {
	return slices.IndexFunc(all, func(d Draft) bool { return d.ID == id })
}
