package sender

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"hooktop/model"
)

// Check is the static check of a webhook's URL: no network. Warnings do not make
// it fail; an error is a *model.Fault of the URL, or of the store.
func (s *Sender) Check(ctx context.Context, h model.Hook) ([]model.Warning, error) {
	u, err := target(h.URL)
	if err != nil {
		return nil, err
	}
	out := s.urlWarnings(h, u)
	others, err := s.hooks.Hooks(ctx)
	if err != nil {
		return out, fmt.Errorf("list webhooks: %w", err)
	}
	for _, o := range others {
		if o.ID != h.ID && sameURL(o.URL, u) {
			return append(out, model.WarnSharedURL), nil
		}
	}
	return out, nil
}

// urlWarnings tells what is odd about a URL and the way to it.
func (s *Sender) urlWarnings(h model.Hook, u *url.URL) []model.Warning {
	var out []model.Warning
	warn := func(w model.Warning, when bool) {
		if when {
			out = append(out, w)
		}
	}
	typed := typedHost(h.URL)
	plain := u.Scheme == "http" && !loopback(u.Hostname())
	warn(model.WarnHTTP, plain)
	warn(model.WarnHTTPToken, plain && !h.Authorization.IsZero())
	warn(model.WarnIDN, u.Hostname() != typed)
	warn(model.WarnMixedScripts, confusable(typed))
	warn(model.WarnSkipVerify, h.TLS.SkipVerify && u.Scheme == "https")
	warn(model.WarnProxy, s.wire.proxied(h.URL))
	return out
}

// typedHost is the host of a URL as it was typed.
func typedHost(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// sameURL compares as receivers would: hosts without case, default ports left out.
func sameURL(raw string, u *url.URL) bool {
	o, err := target(raw)
	return err == nil && o.Scheme == u.Scheme &&
		strings.EqualFold(hostPort(o.String()), hostPort(u.String())) && o.RequestURI() == u.RequestURI()
}
