package text

// DeliveryListWords are those of marks, groups, counts and verbs on many in the list
// of deliveries.
type DeliveryListWords struct {
	Marked      func(n int, more bool) string
	MarkedAll   string // toasts, which can be undone
	UnmarkedAll string

	FoundOf    func(n, of int) string        // of all there are
	FoundUntil func(n int, at string) string // still counting: so many back to that time
	SearchedTo func(at string) string        // while a text is searched for
	StoppedAt  func(at string) string
	Stopped    string
	CallOf     func(id string, n, hooks int) string

	SortTitle    string
	By           map[string]string // entries of the sort menu, by grouping
	Reason       string            // heads of columns
	Count, Share string
	Newest       string
	Hooks        func(n int) string
	NoGroups     string

	Spark     func(span string, most int) string
	SparkNone string

	ReplaySome, CancelSome, RetrySome string // titles while it counts
	RetryMany                         func(n int) string
	RetryHow                          string // what holds all the same
	ReplayMany, CancelMany            func(n int) string
	CancelThem                        string
	NotEnded, Others                  func(n int) string // nothing to replay: so many have not ended; so many are left out
	Counting, NothingYet              string
	OtherHosts                        string
	Rate, NoRate, AtOnce              string
	Takes                             func(span string) string
	TypeNumber                        func(n string) string

	Job, JobHeld string
	JobAt        func(done, of int) string
	JobRate      func(n string) string
	JobFailed    func(n int) string
	JobWaits     func(n int) string
	Result       func(delivered, failed, retrying, cancelled int) string
	SentUndo     string // behind "1 delivery replayed"

	QuitTitle, QuitText, QuitDo string
	QuitPassing                 string // in the demonstration

	Unchanged, NoCall      string
	EmitTitle, EmitAsk     string
	InHand                 string // sending, of many: some of them wait for a slot
	EmitText               string
	EmitEdited, EmitSample string
	EmitDo, EmittedNone    string
	Emitted                func(n int) string

	Do DeliveryListActs
}

// DeliveryListActs are the actions of the list beside those of one delivery.
type DeliveryListActs struct {
	Mark, MarkUp, MarkDown, MarkAll, Unmark Act
	ReplayMarked, CancelMarked              Act
	RetryMarked, RetryAll                   Act
	ReplayAll, CancelAll, ReplayGroup       Act
	Sort, Ungroup, Into, Back, Stop         Act
	SortTime, SortReason, SortHook          Act
	SortType                                Act
	Resend, Emit, Call, Zoom, Pane          Act
	JobShow, JobPause, JobResume            Act
	JobStop, JobHide                        Act
}

// parts joins those of a result that are not nothing.
func parts(all ...string) string {
	out := ""
	for _, p := range all {
		switch {
		case p == "":
		case out == "":
			out = p
		default:
			out += ", " + p
		}
	}
	return out
}
