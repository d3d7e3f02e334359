package text

func deliveryListEN() DeliveryListWords {
	some := func(n int, word string) string {
		if n == 0 {
			return ""
		}
		return EN.Number(n) + " " + word
	}
	return DeliveryListWords{
		Marked: func(n int, more bool) string {
			if more {
				return EN.Number(n) + "+ marked"
			}
			return EN.Number(n) + " marked"
		},
		MarkedAll:   "All that the filter matches are marked · u undoes",
		UnmarkedAll: "Marks cleared · u undoes",

		FoundOf:    func(n, of int) string { return EN.Number(n) + " of " + EN.Number(of) },
		FoundUntil: func(n int, at string) string { return EN.Number(n) + "+ until " + at },
		SearchedTo: with("searching until %s… esc stops"),
		StoppedAt:  with("search stopped at %s"),
		Stopped:    "search stopped",
		CallOf: func(id string, n, hooks int) string {
			return "call " + id + ": " + EN.Count(n, "delivery", "deliveries", "deliveries") + " to " + EN.Count(hooks, "webhook", "webhooks", "webhooks")
		},

		SortTitle: "Sort and group",
		By: map[string]string{"": "by time, newest first", "reason": "group by reason",
			"webhook": "group by webhook", "event": "group by trigger"},
		Reason: "reason", Count: "count", Share: "share", Newest: "newest",
		Hooks:    func(n int) string { return EN.Count(n, "webhook", "webhooks", "webhooks") },
		NoGroups: "There is nothing to group. esc goes back to the list.",

		Spark: func(span string, most int) string {
			return "last " + span + ", max " + EN.Number(most) + "/min"
		},
		SparkNone: "no data in 2 h",

		ReplaySome: "Replay?", CancelSome: "Cancel?", RetrySome: "Try now?",
		RetryMany:  func(n int) string { return "Try " + EN.Count(n, "delivery", "", "deliveries") + " now?" },
		RetryHow:   "The webhook's rate and concurrency hold. If it is tripped, one goes out to see, and the others follow once the receiver answers.",
		ReplayMany: func(n int) string { return "Replay " + EN.Count(n, "delivery", "deliveries", "deliveries") + "?" },
		CancelMany: func(n int) string { return "Cancel " + EN.Count(n, "delivery", "deliveries", "deliveries") + "?" },
		CancelThem: "cancel the deliveries",
		NotEnded: func(n int) string {
			return EN.Count(n, "delivery has not ended, so it cannot be replayed. Held or waiting for its next try, it goes out by itself;",
				"deliveries have not ended, so they cannot be replayed. Held or waiting for their next try, they go out by themselves;",
				"deliveries have not ended, so they cannot be replayed. Held or waiting for their next try, they go out by themselves;") +
				" to see whether the receiver answers again, verify its webhook."
		},
		Others: func(n int) string {
			return EN.Count(n, "other has not ended: it goes on by itself.", "others have not ended: they go on by themselves.", "others have not ended: they go on by themselves.")
		},
		Counting: "Counting…", NothingYet: "Nothing is sent yet.", OtherHosts: "and others",
		Rate: "A second, at most:", NoRate: "0 to 1,000; 0: all at once", AtOnce: "all at once",
		Takes:      with("about %s"),
		TypeNumber: with("Type the number, %s:"),

		Job: "replay", JobHeld: "paused",
		JobAt:     func(done, of int) string { return EN.Number(done) + "/" + EN.Number(of) },
		JobRate:   with("%s/s"),
		JobFailed: func(n int) string { return EN.Number(n) + " failed" },
		JobWaits:  func(n int) string { return EN.Number(n) + " retrying" },
		Result: func(delivered, failed, retrying, cancelled int) string {
			return parts(some(delivered, "delivered"), some(failed, "failed"), some(retrying, "retrying"), some(cancelled, "cancelled")) +
				one(delivered+failed+retrying+cancelled, " · v shows it", " · v shows them")
		},
		SentUndo: " · u cancels it while it waits",

		QuitTitle: "Quit?", QuitText: "A replay is running. Quitting leaves it queued; it goes on next time.", QuitDo: "quit",
		QuitPassing: "A replay is running. The demonstration ends when you quit, and the replay with it: what is left is not sent.",

		Unchanged: "The body has not changed: nothing is sent.", NoCall: "The event does not say which call it is about.",
		EmitTitle: "Emit a real event", EmitAsk: "Emit the event?",
		InHand:     "sending or about to",
		EmitText:   "It is a real event: it is delivered to every active webhook that matches.",
		EmitEdited: "The body is sent exactly as you saved it, with a new event id.",
		EmitSample: "The body is the trigger's sample, with a fresh id and time.",
		EmitDo:     "emit", EmittedNone: "The event is stored; no webhook matches it.",
		Emitted: func(n int) string {
			return "Event emitted: " + EN.Count(n, "delivery", "deliveries", "deliveries")
		},
		Do: DeliveryListActs{
			Mark:         Act{"mark", "Mark the delivery, or take its mark away, and go down"},
			MarkUp:       Act{"mark up", "Stretch the marks upwards"},
			MarkDown:     Act{"mark down", "Stretch the marks downwards"},
			MarkAll:      Act{"all", "Mark all that the filter matches, or none"},
			Unmark:       Act{"unmark", "Take all marks away"},
			ReplayMarked: Act{"replay", "Replay the marked ones: first it shows how many and to whom"},
			RetryMarked:  Act{"try now", "Try the marked ones now that wait for their next try"},
			RetryAll:     Act{"try all now", "Try now all that the filter matches and that wait for their next try"},
			CancelMarked: Act{"cancel marked", "Cancel the marked ones: try them no more"},
			ReplayAll:    Act{"replay all", "Replay all that the filter matches"},
			CancelAll:    Act{"cancel all", "Cancel all that the filter matches and that has not ended"},
			ReplayGroup:  Act{"replay", "Replay all of the group"},
			Sort:         Act{"sort", "Sort by time, or group by reason, webhook or trigger"},
			Ungroup:      Act{"list", "Back to the list without groups"},
			Into:         Act{"open", "See the deliveries of the group"},
			Back:         Act{"back", "Back to the view before this one"},
			Stop:         Act{"stop", "Search no further back"},
			SortTime:     Act{"by time", "Sort by time, newest first"},
			SortReason:   Act{"by reason", "Group by reason"},
			SortHook:     Act{"by webhook", "Group by webhook"},
			SortType:     Act{"by trigger", "Group by trigger"},
			Resend:       Act{"edit and replay", "Edit the body and emit it as a new event"},
			Emit:         Act{"emit", "Emit a real event of the catalogue to every webhook that matches"},
			Call:         Act{"the call", "Everything sent about the same call"},
			Zoom:         Act{"zoom", "This pane alone, or both"},
			Pane:         Act{"other pane", "From the list to the detail, or back"},
			JobShow:      Act{"show replay", "See how the replay goes, or its result"},
			JobPause:     Act{"pause", "Hold back what is left of the replay"},
			JobResume:    Act{"resume", "Go on with the replay"},
			JobStop:      Act{"stop replay", "Cancel what is left of the replay (ctrl+c)"},
			JobHide:      Act{"hide", "Hide the replay, which goes on"},
		},
	}
}
