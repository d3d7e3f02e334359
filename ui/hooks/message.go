package hooks

import "hooktop/model"

// Verbs is all the webhooks' screens can do beyond drawing.
type Verbs struct {
	Book
	Record
	Wire
	Keys
	Samples
}

// savedMsg is what the form pops with: the webhook was stored.
type savedMsg struct{ saved model.Saved }

// verifiedMsg is what the verify page pops with: the newest result for the
// webhook as it was given to the page.
type verifiedMsg struct {
	hook   model.Hook
	result model.Verification
}
