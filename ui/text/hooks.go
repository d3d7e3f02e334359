package text

import (
	"fmt"

	"hooktop/model"
)

// Act is short for ActionWords where many stand together.
type Act = ActionWords

// HooksWords are the words of the webhooks' list, detail and verify pages.
// Functions of one text take a name, an event or a date that is already clean.
type HooksWords struct {
	Path                            string // where the page stands in the product it follows
	Count                           func(n int) string
	InState                         func(n int, s model.HookState) string
	Name, State, Verified, Triggers string // heads of columns
	TriggersShort                   string // of five columns
	Last, Hour, Success             string
	Tripped                         string // the state of one whose breaker is open
	BreakerOpen                     func(in string) string
	BreakerUntil                    func(at string) string
	BreakerTrying, BreakersUnknown  string
	Failing                         func(since string) string

	Loading                   string
	LoadingFor                func(seconds int) string
	LoadingEnds               string
	NoneMatches               func(filter string) string
	Filter                    string
	Shown                     func(n, all int) string
	NotVerified, Stale, Echo  string // short words of the column Verified
	Failed                    string
	NoAttempt, NoAnswer, Test string
	ActionsFor, CopyFrom      func(name string) string
	CloneOf                   func(name string) string
	Sample                    func(event string) string
	NoPause                   func(name, state, key string) string
	Why                       string // heads the raw cause of an error

	First  FirstRunWords
	Detail DetailWords
	Verify VerifyWords
	Do     HookActs
	Done   HookDone
}

// FirstRunWords are the words of the very first screen.
type FirstRunWords struct {
	Empty, Intro      string
	Create, CreateWhy string
	Demo, DemoWhy     string
	Language, Switch  string // the language now; the name of the other one
}

// DetailWords are the words of a webhook's own page.
type DetailWords struct {
	Summary, Triggers, Attempts, History, Checks string // tabs
	URL, Auth, AuthNone, Signature               string
	Signed, Unsigned                             string
	OldSecret                                    func(until string) string
	Verified, State, Last, Retry, Limits         string
	LimitsOf                                     func(connect, tls, headers, total string) string
	Rate, Unlimited, Concurrency                 string
	PerSecond                                    func(n string) string
	Condition, Headers, TLS, SkipVerify          string
	CA, Private, PrivateYes, Yes                 string
	ID, Revision, Created, Updated, Certificate  string
	DaysLeft                                     func(date string, days int) string
	NoTests, NoHistory, NoChecks                 string
	ExplainHint, OpenHint, Empty                 string
}

// VerifyWords are the words of the verify page.
type VerifyWords struct {
	Title, Activating    func(name string) string
	RunningFor           func(seconds int) string
	Cancelled            string
	EchoNone             string
	Answer, NoBytes      string
	Location, RetryAfter string
	FollowHint           func(key string) string
	SampleHint           func(key, event string) string
	Draft                string
	NotDone              string
}

// HookActs are the actions of the webhooks' pages.
type HookActs struct {
	Open, New, Edit, Verify, Test                 Act
	Enable, Disable, Pause, Resume                Act
	Delete, Restore, Clone, Copy, Actions         Act
	Filter, Keep, Unfilter, Reload, Cause, GiveUp Act
	CopyURL, CopyID, CopyName                     Act
	TabNext, TabPrev, Explain, Anyway             Act
	Repeat, Done, Create, Demo, Language          Act
	VerifySample, Follow, Deliveries              Act
	Up, Down, PageUp, PageDown                    Act
	HalfUp, HalfDown, Home, End                   Act
}

// HookDone are the toasts after a verb; all take the name.
type HookDone struct {
	Enabled, Disabled, Paused, Resumed func(name string) string
	Deleted, Restored, Saved           func(name string) string
}

// one chooses between the word for one and the word for any other number.
func one(n int, single, other string) string {
	if n == 1 {
		return single
	}
	return other
}

// with makes a word of a format that takes one text.
func with(format string) func(string) string {
	return func(s string) string { return fmt.Sprintf(format, s) }
}
