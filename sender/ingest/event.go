package ingest

import (
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"hooktop/model"
)

const (
	typeJSON  = "application/json"
	typeLines = "application/x-ndjson"
)

// mediaType is the request's content type without its parameters. Only UTF-8 is
// JSON between systems (RFC 8259, section 8.1), and a coded body is not the bytes that
// are to be sent (RFC 9110, section 8.4).
func mediaType(h http.Header) (string, *problem) {
	media, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		return "", &problem{code: codeMedia}
	}
	if cs, ok := params["charset"]; ok && !strings.EqualFold(cs, "utf-8") {
		return "", &problem{code: codeMedia}
	}
	if coding := h.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		return "", &problem{code: codeMedia}
	}
	return media, nil
}

// envelope is what the headers say about the event, or about each of a batch.
type envelope struct {
	id      string // ce-id
	typ     string // X-Event-Type or ce-type; empty: the body says
	subject string // ce-subject
	key     string
}

// envelopeOf reads the headers: ours, and those of CloudEvents' binary mode (HTTP
// Protocol Binding 1.0.2, section 3.1). ce-time is checked and left aside: an
// event's time is when it was accepted, its body has the source's own.
func envelopeOf(h http.Header) (envelope, *problem) {
	e := envelope{id: h.Get("Ce-Id"), typ: h.Get("X-Event-Type"), subject: h.Get("Ce-Subject"), key: h.Get("Idempotency-Key")}
	if e.key != "" && !model.IsKey(e.key) {
		return e, &problem{code: model.CodeEventID, fault: &model.Fault{Code: model.CodeEventID, Field: model.FieldIdempotency, Value: e.key}}
	}
	if v := h.Get("Ce-Specversion"); v != "" && v != "1.0" {
		return e, &problem{code: codeHeader, fault: &model.Fault{Value: "ce-specversion"}}
	}
	if t := h.Get("Ce-Time"); t != "" {
		if _, err := time.Parse(time.RFC3339, t); err != nil {
			return e, &problem{code: codeHeader, fault: &model.Fault{Value: "ce-time"}}
		}
	}
	if ce := h.Get("Ce-Type"); ce != "" {
		if e.typ != "" && e.typ != ce {
			return e, &problem{code: model.CodeEventName, fault: &model.Fault{Code: model.CodeEventName, Value: ce}}
		}
		e.typ = ce
	}
	return e, nil
}

// event is the event of a body. A header that contradicts the body's own type is
// refused: one of them is wrong and we cannot know which.
func (e envelope) event(body []byte) (model.Event, *problem) {
	ev := model.Event{ID: e.id, Type: e.typ, Subject: e.subject, Body: body}
	own := gjson.GetBytes(body, "type")
	switch {
	case own.Type != gjson.String:
		if ev.Type != "" {
			return ev, nil
		}
	case ev.Type == "":
		ev.Type = own.Str
		return ev, nil
	case ev.Type == own.Str:
		return ev, nil
	}
	if f := model.CheckBody(body); f != nil { // what was read of broken JSON says nothing
		return ev, &problem{code: f.Code, fault: f}
	}
	f := &model.Fault{Code: model.CodeEventName, Field: model.FieldBody, Value: own.Str}
	if ev.Type == "" {
		f.Code = model.CodeUnknownEvent
	}
	return ev, &problem{code: f.Code, fault: f}
}
