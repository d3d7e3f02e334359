package cli

import (
	"strconv"

	"hooktop/model"
	"hooktop/ui/compare"
)

type diffJSON struct {
	With            string            `json:"with"`
	This            sideJSON          `json:"this"`
	Other           sideJSON          `json:"other"`
	Later           bool              `json:"later"`
	RequestHeaders  []headerDeltaJSON `json:"request_headers"` // those that differ; keys masked
	RequestBody     bodyDeltaJSON     `json:"request_body"`
	ResponseHeaders []headerDeltaJSON `json:"response_headers"`
	ResponseBody    *bodyDeltaJSON    `json:"response_body"` // null: there are not two answers to compare
	Changes         []changeJSON      `json:"changes"`       // of the webhook, since the earlier attempt; none between two webhooks
}

// sideJSON is one of the two attempts; of a sample, or of a delivery before its first
// attempt, most is empty.
type sideJSON struct {
	DeliveryID    string        `json:"delivery_id"`
	HookID        string        `json:"hook_id"`
	Attempt       int           `json:"attempt"`
	StartedAt     stamp         `json:"started_at"`
	URL           string        `json:"url"`
	Revision      int64         `json:"revision"`      // 0 between two webhooks, and no fingerprint
	Authorization string        `json:"authorization"` // masked
	Fingerprint   string        `json:"authorization_fingerprint"`
	Outcome       model.Outcome `json:"outcome"`
	HTTPStatus    int           `json:"http_status"`
	Error         model.Code    `json:"error"`
	Duration      float64       `json:"duration_ms"`
}

type headerDeltaJSON struct {
	Name   string  `json:"name"`
	Before *string `json:"before"` // null: it was not there
	After  *string `json:"after"`
}

type bodyDeltaJSON struct {
	JSON        bool        `json:"json"` // compared by path; else line by line
	Differences []deltaJSON `json:"differences"`
	More        bool        `json:"more"` // there are more than these
}

type deltaJSON struct {
	Kind   model.DeltaKind `json:"kind"`
	From   *string         `json:"from"` // its path, or the number of its line; null: it was added
	To     *string         `json:"to"`   // null: it was removed
	Before *bytesJSON      `json:"before"`
	After  *bytesJSON      `json:"after"`
}

func diffOf(c compare.Comparison) diffJSON {
	with := map[compare.Against]string{compare.Previous: withPrevious, compare.Success: withSuccess,
		compare.SampleES: withSample, compare.SampleEN: withSample, compare.Againsts: withDelivery}
	out := diffJSON{With: with[c.With], This: sideOf(c.This), Other: sideOf(c.Other), Later: c.Later,
		RequestBody: bodyDeltaOf(c.Request), RequestHeaders: []headerDeltaJSON{}, ResponseHeaders: []headerDeltaJSON{}, Changes: []changeJSON{}}
	if c.Sample() || c.This.Attempt == nil {
		return out
	}
	reply := bodyDeltaOf(c.Reply)
	out.ResponseBody = &reply
	out.RequestHeaders = headerDeltas(c.Other.Attempt.Request, c.This.Attempt.Request)
	out.ResponseHeaders = headerDeltas(c.Other.Headers(), c.This.Headers())
	for _, change := range c.Between() {
		out.Changes = append(out.Changes, changeOf(change))
	}
	if c.Elsewhere() { // each webhook counts and salts for itself
		out.This.Revision, out.This.Fingerprint, out.Other.Revision, out.Other.Fingerprint = 0, "", 0, ""
	}
	return out
}

func sideOf(s compare.Side) sideJSON {
	out := sideJSON{DeliveryID: s.View.ID, HookID: s.View.HookID}
	t := s.Attempt
	if t == nil {
		return out
	}
	out.Attempt, out.StartedAt, out.URL, out.Revision = t.N, stamp(t.StartedAt), t.URL, t.Revision
	out.Authorization, out.Fingerprint = model.HeaderValue(t.Request, "Authorization"), t.AuthFingerprint
	out.Outcome, out.Duration = t.Outcome, millis(t.Timings.Total)
	if t.Response != nil {
		out.HTTPStatus = t.Response.Status
	}
	if t.Failure != nil {
		out.Error = t.Failure.Code
	}
	return out
}

func headerDeltas(a, b []model.Header) []headerDeltaJSON {
	out := []headerDeltaJSON{}
	for _, h := range compare.Headers(a, b) {
		if h.Before == nil || h.After == nil || *h.Before != *h.After {
			out = append(out, headerDeltaJSON{h.Name, h.Before, h.After})
		}
	}
	return out
}

func bodyDeltaOf(d model.Diff) bodyDeltaJSON {
	out := bodyDeltaJSON{JSON: d.JSON, More: d.More, Differences: []deltaJSON{}}
	for _, x := range d.Deltas {
		row := deltaJSON{Kind: x.Kind}
		row.From, row.Before = valueOf(d.JSON, x.From, x.Before)
		row.To, row.After = valueOf(d.JSON, x.To, x.After)
		out.Differences = append(out.Differences, row)
	}
	return out
}

// valueOf is where a value stands on one side, and the value; nil where it is not.
func valueOf(json bool, at *model.Place, raw []byte) (*string, *bytesJSON) {
	if at == nil {
		return nil, nil
	}
	where, value := at.String(), bytesOf(raw)
	if !json {
		where = strconv.Itoa(at.Line())
	}
	return &where, &value
}
