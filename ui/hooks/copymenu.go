package hooks

import (
	"bytes"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/widget"
)

// copyMenu offers what can be copied of a test, sent or about to be. The payload
// is the exact bytes; Authorization is its mask in headers and a variable in curl.
func copyMenu(env *page.Env, _ Verbs, r model.TestResult) page.Dialog {
	w := env.Words.Trial
	entry := func(key, label string, data []byte) widget.Entry {
		return widget.Entry{Key: key, Label: label, Do: func() tea.Cmd { return page.Copy(label, data) }}
	}
	response := widget.Entry{Key: "r", Label: w.CopyResponse, Note: w.NoResponse, Off: true}
	if res := r.Attempt.Response; res != nil {
		response = entry("r", w.CopyResponse, res.Body)
	}
	return widget.NewMenu(env, w.Copy,
		entry("j", w.CopyJSON, r.Event.Body),
		entry("c", w.CopyCurl, []byte(curl(r))),
		entry("h", w.CopyHeaders, headerBytes(r.Attempt.Request)),
		response,
		entry("i", w.CopyID, []byte(r.Event.ID)),
		entry("u", w.CopyURL, []byte(r.Attempt.URL)),
	)
}

// argLimit is what fits into one argument of a command with room to spare (Linux:
// 128 KiB, MAX_ARG_STRLEN).
const argLimit = 100 << 10

// ownHeaders are set by curl itself, or only true for the one request they were
// made for.
var ownHeaders = []string{"host", "content-length", "accept-encoding", "connection", "authorization",
	"webhook-signature", "webhook-timestamp"}

// curl is a command for a POSIX shell that sends the same bytes to the same URL. It
// reads Authorization from $WEBHOOK_AUTH. The signature is left out: it is bound to
// its time.
func curl(r model.TestResult) string {
	var b strings.Builder
	data := "--data-binary " + quote(r.Event.Body)
	if len(r.Event.Body) > argLimit {
		b.WriteString("printf %s " + quote(r.Event.Body) + " | ")
		data = "--data-binary @-"
	}
	b.WriteString("curl -g -X POST " + quote([]byte(r.Attempt.URL)))
	for _, h := range r.Attempt.Request {
		if own(h.Name) {
			continue
		}
		line := h.Name + ": " + h.Value
		if h.Value == "" {
			line = h.Name + ";" // curl's way to send a header without a value
		}
		b.WriteString(" \\\n  -H " + quote([]byte(line)))
	}
	if model.HeaderValue(r.Attempt.Request, "Authorization") != "" {
		b.WriteString(" \\\n  -H \"Authorization: $WEBHOOK_AUTH\"")
	}
	b.WriteString(" \\\n  " + data + "\n")
	return b.String()
}

func own(name string) bool {
	for _, o := range ownHeaders {
		if strings.EqualFold(o, name) {
			return true
		}
	}
	return false
}

// quote is s as one word of a POSIX shell: nothing is special between single
// quotes but the quote itself.
func quote(s []byte) string {
	return "'" + string(bytes.ReplaceAll(s, []byte("'"), []byte(`'\''`))) + "'"
}
