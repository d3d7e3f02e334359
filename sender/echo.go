package sender

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/url"

	"hooktop/model"
)

// headerToken carries the challenge of a verification there and, if the receiver
// likes, back.
const headerToken = "Validation-Token"

// echoOf finds the challenge in an answer, strictly: a receiver that wraps what it
// got in something of its own has not echoed it (DOMAIN.md 4.3).
func echoOf(r *model.Response, challenge string) model.Echo {
	switch body := bytes.TrimSpace(r.Body); {
	case challenge == "":
		return model.EchoNone
	case echoedJSON(body, challenge):
		return model.EchoJSON
	case string(body) == challenge:
		return model.EchoText
	case echoedForm(body, r.Get("Content-Type"), challenge):
		return model.EchoForm
	case r.Get(headerToken) == challenge:
		return model.EchoHeader
	}
	return model.EchoNone
}

// echoedJSON reports whether body is one whole JSON object with a member
// "challenge" of that value at its top level.
func echoedJSON(body []byte, challenge string) bool {
	d := json.NewDecoder(bytes.NewReader(body))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return false
	}
	found := false
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return false
		}
		var value json.RawMessage // a nested object stays unread
		if d.Decode(&value) != nil {
			return false
		}
		if key == "challenge" {
			var text string
			found = found || (json.Unmarshal(value, &text) == nil && text == challenge)
		}
	}
	if _, err := d.Token(); err != nil {
		return false
	}
	_, err := d.Token()
	return found && errors.Is(err, io.EOF)
}

// echoedForm reports whether body is a form with a field "challenge" of that
// value. Without the content type of a form it must be the only field.
func echoedForm(body []byte, contentType, challenge string) bool {
	if string(body) == "challenge="+challenge {
		return true
	}
	if kind, _, err := mime.ParseMediaType(contentType); err != nil || kind != "application/x-www-form-urlencoded" {
		return false
	}
	form, err := url.ParseQuery(string(body))
	return err == nil && form.Get("challenge") == challenge
}
