package model

import "time"

// Filter chooses deliveries. It is the one grammar of the screen and the command
// line: words parted by blanks, all of which must hold; a leading "!" turns a word
// around; key:value with the keys state, hook, event, status, since, until, test, id
// and call; any other word is searched for in ids and texts.
type Filter struct {
	States   []DeliveryState
	Hooks    []string // names or ids
	Types    []string // event types or toggle keys
	Statuses []string // "503", "5xx"
	Since    time.Time
	Until    time.Time
	Test     *bool
	Subject  string
	Words    []string
	Not      *Filter // what must not hold; never nested further
}
