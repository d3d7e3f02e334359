package model

import (
	"slices"
	"time"
)

// Filter chooses deliveries. It is the one grammar of the screen and the command
// line: words parted by blanks, all of which must hold; a leading "!" turns a word
// around; key:value with these keys, any other word is searched for in ids and
// texts. Quotation marks keep a word together, or keep it from being read as
// key:value; in them \" and \\ stand for themselves.
//
//	state:dead,retrying         one of the delivery states
//	hook:crm                    a webhook's name or id
//	event:call.tag              an event type, or a toggle that stands for several
//	status:503 status:5xx       the last answer's status, or its class
//	error:timeout               the code of what went wrong last
//	since:2h until:2026-03-12   a time, a date, or how long ago (90m, 3d, 2w)
//	test:yes, test; !test       tests only; no tests
//	id:dlv_...                  a delivery's or an event's id
//	call:17432891650918235647   the call the event is about
//	replay:rpl_...              what a replay made
//
// Several words of one key, and several values parted by commas, are alternatives.
type Filter struct {
	States   []DeliveryState
	Hooks    []string // names or ids
	Types    []string // event types or toggle keys
	Statuses []string // "503", "5xx"
	Errors   []string // codes
	IDs      []string // of deliveries or events
	Since    time.Time
	Until    time.Time
	Test     *bool
	Subjects []string // calls
	Replays  []string // ids of replays
	Words    []string // every one must be found
	Not      *Filter  // nothing of it may hold: neither one of its states, nor of its words...; lists only
}

// MaxFilter bounds the text of a filter, in bytes.
const MaxFilter = 4096

// DeliveryStates lists the states in the order of a delivery's life.
func DeliveryStates() []DeliveryState {
	return []DeliveryState{
		DeliveryQueued, DeliverySending, DeliveryRetrying, DeliveryHeld, DeliveryDelivered, DeliveryDead, DeliveryCancelled,
	}
}

// IsZero reports whether the filter lets everything through.
func (f Filter) IsZero() bool {
	return f.Since.IsZero() && f.Until.IsZero() && f.Test == nil && f.noLists() && (f.Not == nil || f.Not.noLists())
}

func (f Filter) noLists() bool {
	return len(f.States)+len(f.Hooks)+len(f.Types)+len(f.Statuses)+len(f.Errors)+len(f.IDs)+len(f.Subjects)+
		len(f.Replays)+len(f.Words) == 0
}

// list is where the values of a key are kept; nil for a key without a list.
func (f *Filter) list(key string) *[]string {
	switch key {
	case keyHook:
		return &f.Hooks
	case keyEvent:
		return &f.Types
	case keyStatus:
		return &f.Statuses
	case keyError:
		return &f.Errors
	case keyID:
		return &f.IDs
	case keyCall:
		return &f.Subjects
	case keyReplay:
		return &f.Replays
	case keyWord:
		return &f.Words
	}
	return nil
}

// add takes a value into the list of its key, once.
func (f *Filter) add(key, value string) {
	if key == keyState {
		if s := DeliveryState(value); !slices.Contains(f.States, s) {
			f.States = append(f.States, s)
		}
		return
	}
	if list := f.list(key); !slices.Contains(*list, value) {
		*list = append(*list, value)
	}
}
