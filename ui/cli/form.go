package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"hooktop/model"
)

// form are the flags of `hook add` and `hook edit`. What was not given leaves the
// webhook as it is. There is no flag that takes a secret as its value.
type form struct {
	credentials
	name, url                string
	triggers, headers, clear []string
	condition                string
	retry, timeout, ca       string
	rate                     float64
	concurrency              int
	skipVerify, private      bool
	draft, noVerify          bool
}

func (a *app) formFlags(fs *pflag.FlagSet, edit bool) *form {
	w := a.words().Flag
	f := &form{credentials: credentials{fs: fs}}
	fs.SortFlags = false
	fs.StringVar(&f.name, "name", "", w.Name)
	fs.StringVar(&f.url, "url", "", w.URL)
	f.authFlags(w)
	fs.StringSliceVar(&f.triggers, "trigger", nil, w.Trigger)
	if !edit { // rotate-secret is the way afterwards
		f.secretFlags(w)
	}
	fs.StringArrayVar(&f.headers, "header", nil, w.Header)
	fs.StringVar(&f.retry, "retry", "", w.Retry)
	fs.StringVar(&f.timeout, "timeout", "", w.Timeout)
	fs.Float64Var(&f.rate, "rate", 0, w.Rate)
	fs.IntVar(&f.concurrency, "concurrency", 0, w.Concurrency)
	fs.StringVar(&f.condition, "condition", "", a.all.Condition.Flag)
	fs.StringVar(&f.ca, "ca", "", w.CA)
	fs.BoolVar(&f.skipVerify, "skip-verify", false, w.SkipVerify)
	fs.BoolVar(&f.private, "allow-private", false, w.AllowPrivate)
	if edit {
		fs.StringSliceVar(&f.clear, "clear", nil, w.Clear)
	} else {
		fs.BoolVar(&f.draft, "draft", false, w.Draft)
	}
	fs.BoolVar(&f.noVerify, "no-verify", false, w.NoVerify)
	fs.BoolVar(&a.opts.NoKeyCheck, "no-key-check", false, w.NoKeyCheck)
	placeholders(fs, map[string]string{"name": "N", "url": "URL", "trigger": "KEY|EVENT|all,...", "header": "NAME:VALUE", "retry": "PRESET|LIST",
		"timeout": "30s|PHASE=5s,...", "rate": "N", "concurrency": "N", "condition": "JQ", "ca": "FILE", "clear": "FIELD,..."})
	return f
}

// fill puts what was given into h. It asks for secrets last, when all else is right.
func (a *app) fill(ctx context.Context, f *form, h *model.Hook) error {
	if err := a.checkForm(f); err != nil {
		return err
	}
	for _, field := range []struct {
		flag string
		set  func() error
	}{
		{"name", to(&h.Name, &f.name)},
		{"url", to(&h.URL, &f.url)},
		{"trigger", func() error { return a.setTriggers(f, h) }},
		{"header", func() error { return a.setHeaders(f, h) }},
		{"retry", func() error { return setRetry(f, h) }},
		{"timeout", func() error { return a.limits(f.timeout, &h.Limits) }},
		{"rate", to(&h.Rate, &f.rate)},
		{"concurrency", to(&h.Concurrency, &f.concurrency)},
		{"condition", to(&h.Condition, &f.condition)},
		{"ca", func() error { return a.setCA(f, h) }},
		{"skip-verify", to(&h.TLS.SkipVerify, &f.skipVerify)},
		{"allow-private", to(&h.AllowPrivate, &f.private)},
	} {
		if !f.fs.Changed(field.flag) {
			continue
		}
		if err := field.set(); err != nil {
			return err
		}
	}
	if err := a.clear(f.clear, h); err != nil {
		return err
	}
	auth, secret, err := a.readCredentials(ctx, &f.credentials)
	if !auth.IsZero() {
		h.Authorization = auth
	}
	if !secret.IsZero() {
		h.Secret = secret
	}
	return err
}

// to sets a field to what its flag gave.
func to[T any](field, given *T) func() error {
	return func() error { *field = *given; return nil }
}

func (a *app) setTriggers(f *form, h *model.Hook) error {
	s, err := a.Samples(a.opts, a.left)
	if err != nil {
		return err
	}
	events, err := s.Catalogue().Expand(f.triggers)
	if err == nil {
		h.Events = events
	}
	return err
}

func (a *app) setHeaders(f *form, h *model.Hook) error {
	h.Headers = nil
	for _, line := range f.headers {
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			return usage(a.words().Bad.HeaderSyntax, "--header")
		}
		h.Headers = append(h.Headers, model.Header{Name: name, Value: strings.TrimPrefix(value, " ")})
	}
	return nil
}

func setRetry(f *form, h *model.Hook) error {
	s, fault := model.ParseSchedule(f.retry)
	if fault != nil {
		return fault
	}
	h.Retry = s
	return nil
}

// maxCA is as large as a file of certificates may be, in bytes.
const maxCA = 1 << 20

func (a *app) setCA(f *form, h *model.Hook) error {
	pem, err := a.readFile(f.ca, model.FieldCA, maxCA)
	h.TLS.CA = string(pem)
	return err
}

func (a *app) checkForm(f *form) error {
	w := a.words().Bad
	if err := a.checkCredentials(&f.credentials); err != nil {
		return err
	}
	if f.draft && f.noVerify {
		return usage(w.Together, "--draft, --no-verify")
	}
	return nil
}

// clear empties fields of a webhook by their names.
func (a *app) clear(fields []string, h *model.Hook) error {
	for _, name := range fields {
		switch model.Field(name) {
		case model.FieldAuth:
			h.Authorization = model.Secret{}
		case model.FieldSecret:
			h.Secret, h.OldSecret, h.OldSecretUntil = model.Secret{}, model.Secret{}, time.Time{}
		case model.FieldHeader:
			h.Headers = nil
		case model.FieldCA:
			h.TLS.CA = ""
		case model.FieldCondition:
			h.Condition = ""
		case model.FieldRetry:
			h.Retry = model.Schedule{}
		case model.FieldTimeout:
			h.Limits = model.Limits{}
		default:
			return usage(a.words().Bad.Choice, name, "--clear", "authorization, secret, header, ca, condition, retry, timeout")
		}
	}
	return nil
}

// limits reads "30s" (the total) or "connect=5s,tls=5s,headers=15s,total=30s".
func (a *app) limits(s string, l *model.Limits) error {
	for part := range strings.SplitSeq(s, ",") {
		phase, value, ok := strings.Cut(part, "=")
		if !ok {
			phase, value = "total", part
		}
		d, err := time.ParseDuration(strings.TrimSpace(value))
		if err != nil || d <= 0 {
			return usage(a.words().Bad.Duration, value, "--timeout")
		}
		switch strings.TrimSpace(phase) {
		case "connect":
			l.Connect = d
		case "tls":
			l.TLS = d
		case "headers":
			l.Headers = d
		case "total":
			l.Total = d
		default:
			return usage(a.words().Bad.Choice, phase, "--timeout", "connect, tls, headers, total")
		}
	}
	return nil
}
