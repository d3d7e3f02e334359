package text

// DeliveryWords are the words of one delivery: why it stands as it does, what has
// changed since it went well, and what differs between it and another one. Functions
// of texts take something clean.
type DeliveryWords struct {
	Step                               func(n, of int) string // how many attempts of how many
	Due                                func(in, at string) string
	DueNow                             string
	Then                               func(wait string) string // before the attempt after the next
	LastTry                            string                   // none follows the next
	Waiting, SendingNow                string
	GaveUp                             func(n int) string
	Delivered                          func(n int, after string) string
	Cancelled, Gone                    string
	HeldPaused, HeldDraft, HeldTripped string
	HeldDisabled                       func(why string) string
	HeldUntil                          func(at string) string // the breaker is open; at: a clock
	HeldTrying, HeldElse               string                 // the breaker tries one; the webhook, or a replay, waits for a person
	AnywayTitle, AnywayOff, AnywaySend string
	AnywayNone                         string // every webhook had it
	AnywayAsk                          func(event, hook string) string
	Trace                              string
	Changes, NoChanges                 string
	SinceSuccess, SinceCreation        func(when string) string
	MadeWith, NowAt                    func(revision int64) string
	Revisions                          func(from, to int64) string
	None                               string // where there is no value
	Today                              func(hook string) string
	ThisAttempt                        string
	Slower                             func(percentile string) string // than this many of a hundred of today's
	MoreHeaders                        func(n int) string
	Compare                            string
	Previous, Success, Other           string // what one can compare with
	SampleES, SampleEN                 string
	NoPrevious, NoSuccess, NoSample    string
	OtherType                          func(typ string) string
	Later                              string
	OtherHook, TypesDiffer             func(of string) string // of two deliveries a person chose
	OtherLater                         string
	Same                               string
	Differences                        func(n int, more bool) string
	ByLine, Working                    string
	KeyChanged, KeyAdded, KeyRemoved   string
	URLChanged                         string
	ConfigSame                         func(revision int64) string
	ConfigChanged                      func(fields string) string
	StatusChanged                      func(before, after string) string
	BodyDiffers                        func(n int, more bool) string
	Configuration, Result              string
	RequestHeaders, ResponseHeaders    string
	RequestBody, ResponseBody          string
	NoAnswer                           string
	Hidden                             func(n int, more bool) string // differences that are not shown
	Left                               func(n int) string            // bytes of a value that are left out
	CopyDiff, CopySave                 string

	Do DeliveryDeeds
}

// DeliveryDeeds are the actions of the pages of one delivery.
type DeliveryDeeds struct {
	Diff, Changes, Anyway        Act
	NextDiff, PrevDiff           Act
	NextAgainst, PrevAgainst     Act
	Previous, Success            Act
	SampleES, SampleEN, CopyDiff Act
	Headers                      Act
}
