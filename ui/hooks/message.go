package hooks

import "hooktop/model"

// Verbs is all the webhooks' screens can do beyond drawing.
type Verbs struct {
	Book
	Record
	Wire
	Keys
	Samples
	Judge         // nil: conditions are not tried while they are typed
	Health        // nil: how webhooks fare is not shown
	Drafts Drafts // nil: what is typed into forms is not kept
	// Notices are what was wrong at the start and was left out: said once.
	Notices []error
	// Changed waits until something in the store may have changed, by whichever
	// program, and reports false when nothing more will come. Nil: nobody tells.
	Changed func() bool

	desk *desk // of Drafts, one for all pages of a tab
}

// savedMsg is what the form pops with: the webhook was stored.
type savedMsg struct{ saved model.Saved }

// redirectMsg is what the verify page pops with when the address of a redirect is to
// become the webhook's.
type redirectMsg struct{ id, url string }

// verifiedMsg is what the verify page pops with: the newest result for the
// webhook as it was given to the page.
type verifiedMsg struct {
	hook   model.Hook
	result model.Verification
}
