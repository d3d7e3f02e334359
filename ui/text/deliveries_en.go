package text

import (
	"fmt"

	"hooktop/model"
)

func deliveriesEN() DeliveriesWords {
	return DeliveriesWords{
		Tab:  "Deliveries",
		Time: "time", Hook: "webhook", Trigger: "trigger", State: "status",
		HTTP: "http", Latency: "latency", Tries: "att.",
		Today:     func(n string) string { return "today " + n },
		Delivered: func(n int) string { return EN.Number(n) + " delivered" },
		Retrying:  func(n int) string { return EN.Number(n) + " retrying" },
		Failed:    func(n int) string { return EN.Number(n) + " failed" },
		Pending:   func(n int) string { return EN.Number(n) + " pending" },
		P50:       "p50", P95: "p95", P99: "p99",

		Empty:    "No deliveries yet. Test a trigger: 1, choose a webhook, t.",
		NoMatch:  with("Nothing matches %q."),
		Searched: "Looked in ids, names and payloads; for reasons use error:… or status:….",
		NoneOf:   with("No deliveries of %q yet. E emits a real event."),
		Filter:   "filter", Clears: "esc clears", GoesBack: "esc back", EscClears: "esc clears the filter.", EscGoesBack: "esc goes back.", Searching: "Searching further back…",
		Found: func(n int, more bool) string {
			if more {
				return "more than " + EN.Number(n)
			}
			return EN.Count(n, "delivery", "deliveries", "deliveries")
		},
		News: func(n int, more bool) string {
			if more {
				return "more than " + EN.Number(n) + " new · g shows them"
			}
			return EN.Count(n, "new · g shows it", "new · g shows them", "new · g shows them")
		},
		Stale: with("Not up to date: %s"),

		ActionsFor: with("Actions for %s"),
		Sent: func(n int) string {
			return EN.Count(n, "delivery replayed", "deliveries replayed", "deliveries replayed")
		},
		Cancelled: func(n int) string {
			return EN.Count(n, "delivery cancelled", "deliveries cancelled", "deliveries cancelled")
		},
		NotSent: "There is nothing to replay", NotCancelled: "It had ended already: there is nothing to cancel",
		NotSentYet: "It has not ended: it goes out by itself, there is nothing to replay · t tries it now",
		Retried: func(n int) string {
			return EN.Count(n, "delivery is due now", "", "deliveries are due now")
		},
		NotRetried: "No try to wait for: it has ended, is being sent, or its webhook or its replay is stopped", AskRetry: "try now",
		AskTitle: "This delivery?", AskReplay: "replay", AskCancel: "cancel the delivery",
		AskText:   func(hook, event string) string { return hook + " · " + event },
		AskWhy:    "The list was moving when the key was pressed. Check that this is the one you meant.",
		NoAttempt: "No attempt has been made yet.", NoResponse: "No response came.",

		Summary: "Summary", Request: "Request", Response: "Response", Attempts: "Attempts", Timing: "Timing", Why: "Why",
		Place:    func(n, of int, more bool) string { return fmt.Sprintf("[%d/%s]", n, many(of, more)) },
		Attempt:  func(n int) string { return fmt.Sprintf("attempt %d", n) },
		NextTry:  with("next try %s"),
		Lost:     "This delivery is not in the database any more.",
		Delivery: "Delivery", Event: "Event", Call: "Call", Type: "Trigger",
		Created: "Created", Done: "Ended", ReplayOf: "Replay of", TestYes: "yes: left out of the statistics",
		Body: "Body", Reason: "Reason", Cure: "Try", Next: "Next try", Webhook: "Webhook", CopyID: "delivery id",
		RevisionOf: "Revision", Address: "Address", TLS: "TLS",
		BytesRead: func(kept, read string) string { return kept + " kept of " + read },
		NoTrace:   "No decision was kept of this event.",
		OnlyTests: "It is a test: it goes to the webhook chosen only, whatever its triggers.",
		Decision: map[model.DecisionResult]string{
			model.DecisionMatched: "matched", model.DecisionFiltered: "filtered",
			model.DecisionDisabled: "disabled", model.DecisionDraft: "draft",
		},
		Clause: map[model.Clause]string{
			model.ClauseEvents: "trigger not chosen", model.ClauseCondition: "the condition does not hold",
			model.ClauseConditionError: "the condition failed",
		},
		Saw: with("value: %s"), This: "this delivery",
		FlagRate: "live events a second; 0: none", FlagSeed: "seed: the same one gives the same events",
		List: deliveryListEN(),
		Do: DeliveryActs{
			Open:     Act{"open", "Open the delivery"},
			Filter:   Act{"filter", "Filter: state:dead hook:crm event:call.tag !test words"},
			Quick:    Act{"quick", "Quick filter: all, failed, retrying, tests"},
			Unfilter: Act{"clear filter", "Clear the filter"},
			Apply:    Act{"apply", "Apply the filter"},
			Replay:   Act{"replay", "Send the same event again, as another delivery"},
			Retry:    Act{"try now", "Try it now, whatever the schedule says: once the receiver is mended"},
			Cancel:   Act{"cancel delivery", "Cancel the delivery: try it no more"},
			Copy:     Act{"copy", "Copy the payload, curl, headers, response or id"},
			Pager:    Act{"pager", "Read the body in $PAGER"},
			Why:      Act{"why", "Why it was, or was not, delivered to each webhook"},
			Actions:  Act{"actions", "All that can be done with the delivery"},
			Freeze:   Act{"freeze", "Freeze the view; sending goes on"},
			Thaw:     Act{"unfreeze", "Back to the live view"},
			Follow:   Act{"follow", "Go to the newest and follow what comes"},
			End:      Act{"end", "Go to the last one loaded and read more"},
			Next:     Act{"next", "Next delivery"},
			Prev:     Act{"previous", "Previous delivery"},
			TabNext:  Act{"section", "Next section"},
			TabPrev:  Act{"previous section", "Previous section"},
			Summary:  Act{"summary", "What it is and how it stands"},
			Request:  Act{"request", "What was sent"},
			Response: Act{"response", "What the receiver answered"},
			Attempts: Act{"attempts", "All attempts"},
			Timing:   Act{"timing", "How long each phase took"},
		},
	}
}
