package hooks

import (
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
// is the exact bytes; keys are their masks in headers and variables in curl. signs says
// that the webhook signs what it sends.
func copyMenu(env *page.Env, r model.TestResult, signs bool) page.Dialog {
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
		entry("c", w.CopyCurl, []byte(curl(env.Words, r, signs))),
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
	return env.Open(newPrompt(env, w.Trial.Save, r.Event.Type+".json", w.Trial.PathHint, func(path string) (tea.Msg, issue) {
		if err := writeNew(expand(path), r.Event.Body); err != nil {
			return nil, func(w *text.Words) string { return w.Trial.Unsaved(text.Clean(path), text.Clean(cause(err))) }
		}
		return page.ToastMsg{Kind: page.ToastGood, Text: w.Shell.SavedTo(w.Trial.CopyJSON, text.Clean(path))}, nil
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

// curl is the command for what was sent, or is about to be: then there is no
// signature yet, which a comment says.
func curl(w *text.Words, r model.TestResult, signs bool) string {
	command := w.Curl(r.Attempt, r.Event.Body)
	if signs && model.HeaderValue(r.Attempt.Request, "webhook-signature") == "" {
		return "# " + w.Trial.CurlUnsigned + "\n" + command
	}
	return command
}

// headerLines are header lines as they were sent, for a copy.
func headerLines(hs []model.Header) []byte {
	var b strings.Builder
	for _, h := range hs {
		b.WriteString(h.Name + ": " + h.Value + "\n")
	}
	return []byte(b.String())
}
