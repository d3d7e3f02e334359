package hooks

import (
	"bytes"
	"errors"
	"os"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// copyMenu offers what can be copied of a test, sent or about to be. The payload
// is the exact bytes; keys are their masks in headers and variables in curl.
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
		entry("h", w.CopyHeaders, headerLines(r.Attempt.Request)),
		response,
		entry("i", w.CopyID, []byte(r.Event.ID)),
		entry("u", w.CopyURL, []byte(r.Attempt.URL)),
		widget.Entry{Key: "f", Label: w.Save, Do: func() tea.Cmd { return savePrompt(env, r) }},
	)
}

// savePrompt asks where to save the payload, byte for byte.
func savePrompt(env *page.Env, r model.TestResult) tea.Cmd {
	w := env.Words
	return env.Open(newPrompt(env, w.Trial.Save, r.Event.Type+".json", w.Trial.PathHint, func(path string) tea.Cmd {
		return func() tea.Msg {
			if err := writeNew(expand(path), r.Event.Body); err != nil {
				return page.ToastMsg{Kind: page.ToastError, Text: w.Trial.Unsaved(text.Clean(path), text.Clean(cause(err)))}
			}
			return page.ToastMsg{Kind: page.ToastGood, Text: w.Shell.SavedTo(w.Trial.CopyJSON, text.Clean(path))}
		}
	}))
}

// writeNew writes a file for its owner only, and never over another one.
func writeNew(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// argLimit is what fits into one argument of a command with room to spare (Linux:
// 128 KiB, MAX_ARG_STRLEN).
const argLimit = 100 << 10

// ownHeaders are set by curl itself, or only true for the one request they were
// made for.
var ownHeaders = []string{"host", "content-length", "accept-encoding", "connection", "authorization",
	"webhook-signature", "webhook-timestamp"}

// curl is a command for a POSIX shell that sends the same bytes to the same URL. It
// reads Authorization from $WEBHOOK_AUTH and the webhook's own headers, which may be
// keys, from $WEBHOOK_HEADER_ and their name. The signature is left out: it is bound
// to its time.
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
		line, variable := h.Name+": "+h.Value, ""
		switch {
		case h.Value == "":
			line = h.Name + ";" // curl's way to send a header without a value
		case !model.ForbiddenHeader(h.Name):
			line, variable = h.Name+": ", `"$`+variableOf(h.Name)+`"`
		}
		b.WriteString(" \\\n  -H " + quote([]byte(line)) + variable)
	}
	if model.HeaderValue(r.Attempt.Request, "Authorization") != "" {
		b.WriteString(" \\\n  -H \"Authorization: $WEBHOOK_AUTH\"")
	}
	b.WriteString(" \\\n  " + data + "\n")
	return b.String()
}

// variableOf is the shell variable for a webhook's own header: X-Api-Key is read
// from WEBHOOK_HEADER_X_API_KEY.
func variableOf(header string) string {
	return "WEBHOOK_HEADER_" + strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' {
			return r
		}
		return '_'
	}, strings.ToUpper(header))
}

// headerLines are header lines as they were sent, for a copy.
func headerLines(hs []model.Header) []byte {
	var b strings.Builder
	for _, h := range hs {
		b.WriteString(h.Name + ": " + h.Value + "\n")
	}
	return []byte(b.String())
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
