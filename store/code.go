package store

import (
	"slices"

	"hooktop/model"
)

// Codes of delivery states as they are stored. Two of them mean sending: claimed
// from the queue, or stored as being sent when the event came. Two of them mean held:
// kept back with its replay is stored; a waiting delivery of a webhook that is not
// active is held without a code of its own. The indexes depend on their order: those
// below stateDelivered are listed by state, those below stateClaimed wait.
const (
	stateKept      = 0
	stateQueued    = 1
	stateRetrying  = 2
	stateClaimed   = 3
	stateDead      = 4
	stateCancelled = 5
	stateDelivered = 6
	stateSent      = 7
)

// stateNames are the words for them.
var stateNames = [...]model.DeliveryState{
	stateKept: model.DeliveryHeld, stateQueued: model.DeliveryQueued, stateRetrying: model.DeliveryRetrying, stateClaimed: model.DeliverySending,
	stateDead: model.DeliveryDead, stateCancelled: model.DeliveryCancelled, stateDelivered: model.DeliveryDelivered,
	stateSent: model.DeliverySending,
}

// stateCode is the first code of a state; -1: it is none.
func stateCode(s model.DeliveryState) int64 { return int64(slices.Index(stateNames[:], s)) }

var outcomes = [...]model.Outcome{1: model.OutcomeDelivered, 2: model.OutcomeFailed, 3: model.OutcomeUnknown, 4: model.OutcomeInterrupted}

var results = [...]model.DecisionResult{1: model.DecisionMatched, 2: model.DecisionFiltered, 3: model.DecisionDisabled, 4: model.DecisionDraft}

// codeOfName is the place of a word in its table; 0: it is none of them.
func codeOfName[T comparable](table []T, word T) int64 {
	return int64(max(slices.Index(table, word), 0))
}

// nameOf is the word at a place; "" beyond the table, as of a newer program.
func nameOf[T ~string](table []T, code int64) T {
	if code < 0 || code >= int64(len(table)) {
		return ""
	}
	return table[code]
}
