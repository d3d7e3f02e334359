package model

import (
	"bytes"
	"slices"
	"strings"
)

// argLimit is what fits into one argument of a command with room to spare (Linux:
// 128 KiB, MAX_ARG_STRLEN).
const argLimit = 100 << 10

// curlHeaders are set by curl itself, but for Authorization, which is a key.
var curlHeaders = []string{"host", "content-length", "accept-encoding", "connection", "authorization"}

// Curl is a command for a POSIX shell that sends the same bytes to the same URL. It
// reads Authorization from $WEBHOOK_AUTH and the webhook's own headers, which may be
// keys, from $WEBHOOK_HEADER_ and their name. The signature is the one that was sent,
// good for as long as the receiver takes its time.
func (a Attempt) Curl(body []byte) string {
	var b strings.Builder
	data := "--data-binary " + shellWord(body)
	if len(body) > argLimit {
		b.WriteString("printf %s " + shellWord(body) + " | ")
		data = "--data-binary @-"
	}
	b.WriteString("curl -g -X POST " + shellWord([]byte(a.URL)))
	for _, h := range a.Request {
		if slices.Contains(curlHeaders, strings.ToLower(h.Name)) {
			continue
		}
		line, variable := h.Name+": "+h.Value, ""
		switch {
		case h.Value == "":
			line = h.Name + ";" // curl's way to send a header without a value
		case !ForbiddenHeader(h.Name):
			line, variable = h.Name+": ", `"$`+headerVariable(h.Name)+`"`
		}
		b.WriteString(" \\\n  -H " + shellWord([]byte(line)) + variable)
	}
	if HeaderValue(a.Request, "Authorization") != "" {
		b.WriteString(" \\\n  -H \"Authorization: $WEBHOOK_AUTH\"")
	}
	b.WriteString(" \\\n  " + data + "\n")
	return b.String()
}

// headerVariable is the shell variable for a webhook's own header: X-Api-Key is read
// from WEBHOOK_HEADER_X_API_KEY.
func headerVariable(name string) string {
	return "WEBHOOK_HEADER_" + strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' {
			return r
		}
		return '_'
	}, strings.ToUpper(name))
}

// shellWord is s as one word of a POSIX shell: nothing is special between single
// quotes but the quote itself.
func shellWord(s []byte) string {
	return "'" + string(bytes.ReplaceAll(s, []byte("'"), []byte(`'\''`))) + "'"
}
