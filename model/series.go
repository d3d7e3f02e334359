package model

import (
	"strconv"
	"time"
)

// Point is what happened within one step of a Series. Tests are left out.
type Point struct {
	At            time.Time // its beginning
	Delivered     int64
	Failed        int64 // attempts that failed
	Dead          int64
	P50, P95, P99 time.Duration // of the attempts, as in Stats; 0: there were none
}

// Cause is how often attempts failed in one way.
type Cause struct {
	HTTPStatus int // 0: no answer
	Error      Code
	Count      int64
}

// Failure is the cause in the shape that has words.
func (c Cause) Failure() *Failure {
	f := &Failure{Code: c.Error}
	if c.HTTPStatus > 0 {
		f.Reason = strconv.Itoa(c.HTTPStatus)
	}
	return f
}

// Slow is the slowest attempt of a minute or an hour.
type Slow struct {
	DeliveryID string
	HookID     string
	Hook       string // the webhook's name as it is now
	Type       string
	At         time.Time
	Took       time.Duration
}

// Series is a stretch of time in equal steps, of one webhook or of all.
type Series struct {
	Since, Until time.Time
	Step         time.Duration
	Points       []Point // oldest first, without gaps
	Total        Stats
	Causes       []Cause // the most frequent first
	// One of each minute, in steps of an hour or more one of each hour; the slowest
	// first, at most ten.
	Slowest []Slow
}
