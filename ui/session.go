package ui

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/pelletier/go-toml/v2"

	"hooktop/ui/page"
)

const (
	keepEvery  = 3 * time.Second // from a change to its being kept
	maxSession = 64 << 10        // of a file that is worth reading
	maxKept    = 2000            // bytes of one thing a page keeps
)

// Session is how the screens were left: the tab in front, and for each tab what its
// first page wants kept.
type Session struct {
	Tab   string                       `toml:"tab"`
	Pages map[string]map[string]string `toml:"pages,omitempty"`
}

func (s Session) equal(o Session) bool {
	return s.Tab == o.Tab && maps.EqualFunc(s.Pages, o.Pages, maps.Equal)
}

// LoadSession reads a session. A file that is missing, broken or strange is an empty
// session: it must never keep the program from starting.
func LoadSession(path string) Session {
	var s Session
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxSession {
		return Session{}
	}
	raw, err := os.ReadFile(path)
	if err != nil || toml.Unmarshal(raw, &s) != nil {
		return Session{}
	}
	return s
}

// save writes the session in place of the file at once, for its owner only.
func (s Session) save(path string) (err error) {
	raw, err := toml.Marshal(s)
	if err != nil {
		return fmt.Errorf("encode session: %w", err)
	}
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make folder of the session: %w", err)
	}
	f, err := os.CreateTemp(dir, ".session-*") // 0600
	if err != nil {
		return fmt.Errorf("write session: %w", err)
	}
	_, err = f.Write(raw)
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write session: %w", errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}

// keeping is what is written of the session.
type keeping struct {
	path string // empty: nothing is kept
	last Session
	due  bool // it will be looked at soon

	mu    sync.Mutex // of the file
	ended bool       // the last word is written
}

// write writes the session; after the last word nothing is written over it. What goes
// wrong is of no use to anybody now.
func (k *keeping) write(s Session, last bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.path == "" || k.ended {
		return
	}
	k.ended = last
	_ = s.save(k.path)
}

// keepMsg says that it is time to look whether the session has changed.
type keepMsg struct{}

// session is how the screens stand now. Tabs that were not shown yet are as they
// were left the last time.
func (a *App) session() Session {
	s := Session{Pages: map[string]map[string]string{}}
	for i, t := range a.opt.Tabs {
		if i == a.tab {
			s.Tab = t.Key
		}
		kept := a.opt.Session.Pages[t.Key]
		if len(a.stacks[i]) > 0 {
			kept = nil
			if k, ok := a.stacks[i][0].(page.Keeper); ok {
				kept = bounded(k.Keep())
			}
		}
		if len(kept) > 0 {
			s.Pages[t.Key] = kept
		}
	}
	return s
}

// bounded leaves out what is empty, and what is too long or no text to be worth
// keeping.
func bounded(kept map[string]string) map[string]string {
	out := map[string]string{}
	for k, v := range kept {
		if v != "" && len(v) <= maxKept && utf8.ValidString(v) {
			out[k] = v
		}
	}
	return out
}

// remember asks for a look at the session soon after something was done. At rest
// there is no timer.
func (a *App) remember() tea.Cmd {
	if a.keep.path == "" || a.keep.due {
		return nil
	}
	a.keep.due = true
	return page.After(keepEvery, keepMsg{})
}

// keepNow writes the session in a command, if it has changed.
func (a *App) keepNow() tea.Cmd {
	a.keep.due = false
	now := a.session()
	if now.equal(a.keep.last) {
		return nil
	}
	a.keep.last = now
	return func() tea.Msg {
		a.keep.write(now, false)
		return nil
	}
}

// restoreTab is the tab that was in front.
func (a *App) restoreTab() int {
	for i, t := range a.opt.Tabs {
		if t.Key == a.opt.Session.Tab {
			return i
		}
	}
	return 0
}
