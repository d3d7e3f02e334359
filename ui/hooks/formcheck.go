package hooks

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// hook is the webhook as it stands in the form, with what is wrong, by entry.
func (f *form) hook() (model.Hook, map[string]issue) {
	issues := map[string]issue{}
	h := f.base.Clone()
	h.Name, h.URL = strings.TrimSpace(f.name.Value()), f.url.Value()
	h.Authorization = model.NewSecret(f.auth.Value())
	h.Events = model.NormalizeEvents(f.events)
	note(issues, idName, model.CheckName(h.Name))
	note(issues, idURL, model.CheckURL(h.URL))
	note(issues, idAuth, model.CheckAuthorization(f.auth.Value()))
	f.adv.apply(&h, issues)
	return h, issues
}

// checkedMsg is the answer of the static check.
type checkedMsg struct {
	form     *form
	url      string
	warnings []model.Warning
	err      error
}

// left checks the entry the focus has left: at once what can be seen from the
// value alone, in a command what needs the other webhooks. An empty field is no
// mistake until one saves.
func (f *form) left(id string) tea.Cmd {
	if id == f.at {
		return nil
	}
	h, issues := f.hook()
	if e := f.entries(); indexOf(e, id) >= 0 {
		if field := e[indexOf(e, id)].field; field != nil && field.Value() != "" && issues[id] != nil {
			f.issues[id] = issues[id]
		}
	}
	switch {
	case id == idCA:
		return f.readCA()
	case id == idSecret:
		f.hide()
	case (id == idURL || id == idAuth) && h.URL != "" && issues[idURL] == nil:
		return f.check(h)
	}
	return f.tryCondition()
}

func (f *form) check(h model.Hook) tea.Cmd {
	return func() tea.Msg {
		ws, err := f.v.Check(context.Background(), h)
		return checkedMsg{f, h.URL, ws, err}
	}
}

func (f *form) took(m checkedMsg) {
	if m.form != f || m.url != f.url.Value() {
		return
	}
	f.warnings, f.checked = m.warnings, m.url
	if m.err != nil {
		f.show(m.err)
	}
}

// show puts an error where it belongs: at its field, or above the form.
func (f *form) show(err error) (id string) {
	says := func(w *text.Words) string { return w.Fault(err).String() }
	var fault *model.Fault
	if errors.As(err, &fault) {
		if fault.Code == model.CodeConflict {
			says = func(w *text.Words) string { return w.Form.Conflict }
		} else if id = f.place(fault); id != "" {
			f.issues[id] = says
			return id
		}
	}
	f.banner = says
	return ""
}

// verify opens the checklist with the webhook as it stands here.
func (f *form) verify() tea.Cmd {
	h, issues := f.hook()
	for _, id := range []string{idURL, idAuth} {
		if issues[id] != nil {
			f.issues[id] = issues[id]
			f.focus(id)
			f.relayout()
			return nil
		}
	}
	return f.env.Push(newVerify(f.env, f.v, h))
}

// caMsg is a certificate file that was read.
type caMsg struct {
	form      *form
	path, pem string
	err       error
}

// maxCA bounds what is read of a certificate file, in bytes.
const maxCA = 1 << 20

var errTooLarge = errors.New("file too large")

// readCA reads the file named in the form, if it is not the one read last.
func (f *form) readCA() tea.Cmd {
	path := strings.TrimSpace(f.adv.ca.Value())
	if path == f.adv.caPath {
		return nil
	}
	if path == "" || path == "-" {
		f.adv.caPath, f.adv.caPEM = path, ""
		return nil
	}
	return func() tea.Msg {
		pem, err := readFile(path, maxCA)
		if len(pem) > maxCA {
			err = errTooLarge
		}
		return caMsg{f, path, string(pem), err}
	}
}

// readFile reads at most limit bytes of a file, and one more if there are more, by
// which the check of what was read knows.
func readFile(path string, limit int64) ([]byte, error) {
	file, err := os.Open(expand(path))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, limit+1))
}

// expand replaces a leading ~ as a shell would.
func expand(path string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	return path
}

func (f *form) tookCA(m caMsg) tea.Cmd {
	if m.form != f || m.path != strings.TrimSpace(f.adv.ca.Value()) {
		return nil
	}
	mode := f.pending
	f.pending = ""
	if m.err != nil {
		f.issues[idCA] = func(w *text.Words) string {
			if errors.Is(m.err, errTooLarge) {
				return w.Form.CATooLarge(text.Clean(m.path), w.Size(maxCA))
			}
			return w.Form.CAUnread(text.Clean(m.path), text.Clean(cause(m.err)))
		}
		if mode != "" { // all that is wrong is shown at once
			_, issues := f.hook()
			issues[idCA] = f.issues[idCA]
			f.issues = issues
			f.focusIssue()
		}
		return nil
	}
	f.adv.caPath, f.adv.caPEM = m.path, m.pem
	delete(f.issues, idCA)
	note(f.issues, idCA, model.CheckCA(m.pem))
	if mode != "" {
		return f.save(mode)
	}
	return nil
}

// cause is the innermost reason: without the path, which the sentence names already.
func cause(err error) string {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// secretMsg is a signing secret made for the form.
type secretMsg struct {
	form   *form
	secret model.Secret
	err    error
}

// generate makes a signing secret.
func (f *form) generate() tea.Cmd {
	return func() tea.Msg {
		secret, err := f.v.NewSecret()
		return secretMsg{f, secret, err}
	}
}

// tookSecret shows a new secret until the focus leaves it.
func (f *form) tookSecret(m secretMsg) {
	if m.form != f || f.at != idSecret || f.adv.secret.Value() != "" {
		return
	}
	if m.err != nil {
		f.show(m.err)
		return
	}
	f.adv.secret.SetValue(m.secret.Reveal())
	f.adv.secret.Reveal(true)
	f.adv.fresh = true
	delete(f.issues, idSecret)
}

func (f *form) copySecret() tea.Cmd {
	return page.Copy(f.env.Words.Form.Secret, []byte(f.adv.secret.Value()))
}

// userinfo is the user and password of the URL as typed; nil when there are none,
// or when Authorization has a value already.
func (f *form) userinfo() *url.Userinfo {
	fault := model.CheckURL(f.url.Value())
	if fault == nil || fault.Code != model.CodeURLUserinfo || f.auth.Value() != "" {
		return nil
	}
	u, err := url.Parse(f.url.Value())
	if err != nil {
		return nil
	}
	return u.User
}

// moveUser takes user and password out of the URL and makes them a Basic
// Authorization (RFC 7617), which is what a browser would have sent.
func (f *form) moveUser() tea.Cmd {
	user := f.userinfo()
	if user == nil {
		return nil
	}
	password, _ := user.Password()
	f.auth.SetValue("Basic " + base64.StdEncoding.EncodeToString([]byte(user.Username()+":"+password)))
	f.url.SetValue(withoutUser(f.url.Value()))
	delete(f.issues, idURL)
	f.relayout()
	return nil
}

// withoutUser is a URL, well formed or not, without user and password.
func withoutUser(raw string) string {
	start := 0
	if i := strings.Index(raw, "//"); i >= 0 {
		start = i + 2
	}
	authority := raw[start:] // ends where path, query or fragment begin (RFC 3986, section 3.2)
	if i := strings.IndexAny(authority, "/?#"); i >= 0 {
		authority = authority[:i]
	}
	return raw[:start] + raw[start+strings.LastIndex(authority, "@")+1:]
}

// secretField is the masked field that the reveal key is about.
func (f *form) secretField() *widget.Field {
	if f.at == idSecret {
		return f.adv.secret
	}
	return f.auth
}
