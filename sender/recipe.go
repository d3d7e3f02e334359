package sender

import (
	"fmt"
	"time"

	"hooktop/model"
	"hooktop/sender/sign"
)

// recipe is what all requests of a webhook have in common, worked out once. It never
// changes; many goroutines may use it at once.
type recipe struct {
	hook     *model.Hook
	to       place
	urlErr   error         // why there is no place
	policy   policy        // of connections that are kept
	total    time.Duration // an attempt's limit
	auth     string        // fingerprint of the Authorization
	shown    string        // its mask
	key, old *sign.Key     // of the signing secret, and of the one before; nil: none
	keyErr   error         // why nothing can be signed
	own      []model.Header
	masked   []model.Header // own, as they may be recorded
	secrets  *model.Keys    // to be hidden in what comes back
}

// recipeOf prepares the requests of a webhook. What is wrong with it is found by those
// requests that need it.
func recipeOf(h *model.Hook) *recipe {
	r := &recipe{
		hook: h, policy: policyOf(*h), total: h.Limits.OrDefaults().Total,
		auth: h.AuthFingerprint(), shown: h.Authorization.Masked(), secrets: model.KeysOf(*h),
	}
	r.to, r.urlErr = placeOf(h.URL)
	if !h.Secret.IsZero() {
		r.key, r.keyErr = sign.NewKey(h.Secret)
	}
	r.old, _ = sign.NewKey(h.OldSecret) // it was good when it was the first
	for _, own := range h.Headers {
		if !model.ForbiddenHeader(own.Name) {
			r.own = append(r.own, own)
			r.masked = append(r.masked, model.Header{Name: own.Name, Value: model.NewSecret(own.Value).Masked()})
		}
	}
	return r
}

// keys are those that sign at a time: after a rotation the old one signs too, until it
// ends (RELIABILITY.md S10).
func (r *recipe) keys(at time.Time) []*sign.Key {
	if r.old != nil && at.Before(r.hook.OldSecretUntil) {
		return []*sign.Key{r.key, r.old}
	}
	return []*sign.Key{r.key}
}

// signature is the value of webhook-signature for an event that is sent now.
func (r *recipe) signature(ev *model.Event, at time.Time) (string, error) {
	if r.keyErr != nil {
		return "", fmt.Errorf("sign request: %w", r.keyErr)
	}
	value, err := sign.Header(r.keys(at), ev.ID, at, ev.Body)
	if err != nil {
		return "", fmt.Errorf("sign request: %w", err)
	}
	return value, nil
}

// secretive reports whether a request has a header that may be a credential:
// Authorization, or one that the webhook adds.
func (r *recipe) secretive(bare bool) bool {
	return !bare && !r.hook.Authorization.IsZero() || len(r.own) > 0
}

// mask turns the headers of a request into what may be recorded.
func (r *recipe) mask(headers []model.Header) {
	for i := range headers {
		if headers[i].Name == authorization {
			headers[i].Value = r.shown
		}
	}
	copy(headers[len(headers)-len(r.masked):], r.masked)
}
