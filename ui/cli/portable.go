package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"hooktop/model"
)

// portable is a webhook as it is exported: without keys. Values of headers may be keys
// too; that a certificate is not checked is never taken along (RELIABILITY.md S8, X4).
type portable struct {
	Name           string   `json:"name" toml:"name"`
	URL            string   `json:"url" toml:"url"`
	Events         []string `json:"events" toml:"events"` // or triggers
	Condition      string   `json:"condition,omitempty" toml:"condition,omitempty"`
	Retry          string   `json:"retry,omitempty" toml:"retry,omitempty"` // a preset, or waits: "0s,5s"
	ConnectTimeout string   `json:"connect_timeout,omitempty" toml:"connect_timeout,omitempty"`
	TLSTimeout     string   `json:"tls_timeout,omitempty" toml:"tls_timeout,omitempty"`
	HeadersTimeout string   `json:"headers_timeout,omitempty" toml:"headers_timeout,omitempty"`
	TotalTimeout   string   `json:"total_timeout,omitempty" toml:"total_timeout,omitempty"`
	Rate           float64  `json:"rate,omitempty" toml:"rate,omitempty"`
	Concurrency    int      `json:"concurrency,omitempty" toml:"concurrency,omitempty"`
	AllowPrivate   bool     `json:"allow_private,omitempty" toml:"allow_private,omitempty"`
	CA             string   `json:"ca,omitempty" toml:"ca,multiline,omitempty"`
	Authorization  bool     `json:"authorization,omitempty" toml:"authorization,omitempty"` // it had one
	Signed         bool     `json:"signed,omitempty" toml:"signed,omitempty"`
	Headers        []string `json:"headers,omitempty" toml:"headers,omitempty"` // names
}

// portables is a file of them.
type portables struct {
	Hooks []portable `toml:"hook"`
}

func portableOf(h model.Hook) portable {
	p := portable{Name: h.Name, URL: h.URL, Events: some(h.Events), Condition: h.Condition, Rate: h.Rate, Concurrency: h.Concurrency,
		AllowPrivate: h.AllowPrivate, CA: h.TLS.CA, Authorization: !h.Authorization.IsZero(), Signed: !h.Secret.IsZero(),
		ConnectTimeout: limitText(h.Limits.Connect), TLSTimeout: limitText(h.Limits.TLS), HeadersTimeout: limitText(h.Limits.Headers), TotalTimeout: limitText(h.Limits.Total)}
	if h.Retry.Name != "" {
		p.Retry = h.Retry.String()
	}
	for _, header := range h.Headers {
		p.Headers = append(p.Headers, header.Name)
	}
	return p
}

func limitText(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

// apply puts what was exported into a webhook. Keys stay as they are.
func (p portable) apply(h *model.Hook, c model.Catalogue) error {
	events, err := c.Expand(p.Events)
	if err != nil {
		return err
	}
	h.Name, h.URL, h.Events, h.Condition = p.Name, p.URL, events, p.Condition
	h.Rate, h.Concurrency, h.AllowPrivate, h.TLS.CA = p.Rate, p.Concurrency, p.AllowPrivate, p.CA
	h.Retry = model.Schedule{}
	if p.Retry != "" {
		s, fault := model.ParseSchedule(p.Retry)
		if fault != nil {
			return fault
		}
		h.Retry = s
	}
	for _, l := range []struct {
		to   *time.Duration
		text string
	}{
		{&h.Limits.Connect, p.ConnectTimeout}, {&h.Limits.TLS, p.TLSTimeout}, {&h.Limits.Headers, p.HeadersTimeout}, {&h.Limits.Total, p.TotalTimeout},
	} {
		*l.to = 0
		if l.text == "" {
			continue
		}
		if *l.to, err = time.ParseDuration(l.text); err != nil {
			return &model.Fault{Code: model.CodeLimit, Field: model.FieldTimeout, Value: l.text}
		}
	}
	return nil
}

// readPortables reads what export prints: TOML, or objects of JSON.
func readPortables(b []byte) ([]portable, error) {
	if !bytes.HasPrefix(bytes.TrimSpace(b), []byte("{")) {
		var file portables
		d := toml.NewDecoder(bytes.NewReader(b))
		d.DisallowUnknownFields()
		if err := d.Decode(&file); err != nil {
			return nil, tomlFault(err)
		}
		return file.Hooks, nil
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	var out []portable
	for {
		var p portable
		switch err := d.Decode(&p); {
		case errors.Is(err, io.EOF):
			return out, nil
		case err != nil:
			before := b[:min(int(d.InputOffset()), len(b))]
			return nil, &model.Fault{Code: model.CodeImport, Field: model.FieldFile, Err: err,
				Line: 1 + bytes.Count(before, []byte("\n")), Col: len(before) - bytes.LastIndexByte(before, '\n')}
		}
		out = append(out, p)
	}
}

func tomlFault(err error) error {
	f := &model.Fault{Code: model.CodeImport, Field: model.FieldFile, Err: err}
	var strict *toml.StrictMissingError
	var bad *toml.DecodeError
	switch {
	case errors.As(err, &strict) && len(strict.Errors) > 0:
		f.Line, f.Col = strict.Errors[0].Position()
		f.Value = strings.Join(strict.Errors[0].Key(), ".")
	case errors.As(err, &bad):
		f.Line, f.Col = bad.Position()
	}
	return f
}

// difference is one field of a webhook that an import changes.
type difference struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// differences are those fields of two webhooks that an import takes over.
func differences(before, after portable) []difference {
	var out []difference
	for _, f := range []struct {
		name   string
		before any
		after  any
	}{
		{"url", before.URL, after.URL},
		{"events", strings.Join(before.Events, ","), strings.Join(after.Events, ",")},
		{"condition", before.Condition, after.Condition},
		{"retry", before.Retry, after.Retry},
		{"connect_timeout", before.ConnectTimeout, after.ConnectTimeout},
		{"tls_timeout", before.TLSTimeout, after.TLSTimeout},
		{"headers_timeout", before.HeadersTimeout, after.HeadersTimeout},
		{"total_timeout", before.TotalTimeout, after.TotalTimeout},
		{"rate", before.Rate, after.Rate},
		{"concurrency", before.Concurrency, after.Concurrency},
		{"allow_private", before.AllowPrivate, after.AllowPrivate},
	} {
		if f.before != f.after {
			out = append(out, difference{f.name, fmt.Sprint(f.before), fmt.Sprint(f.after)})
		}
	}
	if before.CA != after.CA {
		out = append(out, difference{"ca", shortCA(before.CA), shortCA(after.CA)})
	}
	return out
}

func shortCA(pem string) string {
	if pem == "" {
		return ""
	}
	return model.Fingerprint("ca", pem)
}
