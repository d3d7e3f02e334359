package text

import "fmt"

func differencesEN(n int, more bool) string {
	if more {
		return "more than " + EN.Count(n, "difference", "differences", "differences")
	}
	return EN.Count(n, "difference", "differences", "differences")
}

func deliveryEN() DeliveryWords {
	return DeliveryWords{
		Step:   func(n, of int) string { return fmt.Sprintf("Attempt %d of %d", n, of) },
		Due:    func(in, at string) string { return "next " + in + " (" + at + ")" },
		DueNow: "next as soon as its turn comes",
		Then:   with("then after %s"), LastTry: "it is the last",
		Waiting: "Waiting for its turn; no attempt has been made yet.", SendingNow: "The sender has it: it is being sent, or goes out next.",
		GaveUp: func(n int) string {
			return "It is not tried again: " + EN.Count(n, "attempt", "attempts", "attempts") + ". r replays it."
		},
		Delivered: func(n int, after string) string {
			return fmt.Sprintf("Delivered by attempt %d, %s after it was created.", n, after)
		},
		Cancelled: "Cancelled: it is not tried again. r replays it.", Gone: "The webhook was deleted.",
		HeldPaused: "Held: the webhook is paused. It goes out when you resume it.", HeldDraft: "Held: the webhook is a draft. It goes out when you activate it.",
		HeldTripped:  "Held: the circuit breaker is open after several failures in a row. One at a time is tried until the receiver answers.",
		HeldUntil:    with("Held: the circuit breaker is open. It goes out by itself once the receiver answers; next try at %s."),
		HeldTrying:   "Held: the receiver is being tried, one delivery at a time.",
		HeldElse:     "Held until its webhook, or its replay, is resumed.",
		HeldDisabled: with("Held: the webhook is disabled (%s). It goes out when you activate it."),
		AnywayTitle:  "Deliver anyway to", AnywaySend: "deliver", AnywayNone: "Every webhook had this event.",
		AnywayOff: "That webhook sends nothing now: the delivery is held until you activate it.",
		AnywayAsk: func(event, hook string) string {
			return "A delivery of " + event + " to “" + hook + "” will be made, whatever its filter says."
		},
		Trace:   "What was decided for each webhook",
		Changes: "Changes of the webhook", NoChanges: "Nothing has changed on this webhook.",
		SinceSuccess: with("since the last success (%s)"), SinceCreation: with("since the delivery was created (%s)"),
		MadeWith: func(r int64) string { return fmt.Sprintf("The attempt was made with revision %d.", r) },
		NowAt:    func(r int64) string { return fmt.Sprintf("It is %d now.", r) },
		Revisions: func(from, to int64) string {
			return fmt.Sprintf("revision %d to %d", from, to)
		},
		None: "none", Today: with("%s, today"), ThisAttempt: "this attempt", Slower: with("slower than %s of today's"),
		MoreHeaders: func(n int) string { return EN.Count(n, "header, H shows it", "", "headers, H shows them") },
		Compare:     "Compare", Previous: "Previous attempt", Success: "Last success", Other: "Another delivery", SampleES: "Sample ES", SampleEN: "Sample EN",
		NoPrevious: "There is no earlier attempt.", NoSuccess: "This webhook has no successful delivery yet.",
		NoSample:  "There is no sample of this trigger.",
		OtherType: with("No success of this trigger: compared with one of %s."), Later: "There was none before: this success came later.",
		OtherHook:   with("The other delivery is of another webhook, %s: keys, revisions and changes are not compared."),
		TypesDiffer: with("The other delivery is of another trigger, %s."), OtherLater: "The other attempt came after this one.",
		Same: "the same", Differences: differencesEN, ByLine: "line by line", Working: "Comparing…",
		KeyChanged: "Authorization changed", KeyAdded: "Authorization was not sent, and now is", KeyRemoved: "Authorization is not sent any more",
		URLChanged: "The URL changed", ConfigSame: func(r int64) string { return fmt.Sprintf("The configuration is the same (revision %d)", r) },
		ConfigChanged: with("The configuration changed: %s"),
		StatusChanged: func(before, after string) string { return "The answer was " + before + " and is " + after },
		BodyDiffers:   func(n int, more bool) string { return "The body has " + differencesEN(n, more) },
		Configuration: "Configuration", Result: "Result", RequestHeaders: "Request headers", ResponseHeaders: "Response headers",
		RequestBody: "Request body", ResponseBody: "Response body", NoAnswer: "no answer",
		Hidden:   func(n int, more bool) string { return differencesEN(n, more) + " not shown." },
		Left:     func(n int) string { return "(" + EN.Size(int64(n)) + " more)" },
		CopyDiff: "differences as text",
		CopySave: "save the payload to a file",
		Do: DeliveryDeeds{
			Diff:        Act{"compare", "Compare with the previous attempt, the last success or the sample"},
			Changes:     Act{"changes", "What has changed on the webhook since the last success"},
			Anyway:      Act{"deliver anyway", "Deliver the event to a webhook that did not get it"},
			NextDiff:    Act{"difference", "Next difference"},
			PrevDiff:    Act{"previous", "Previous difference"},
			NextAgainst: Act{"against", "Compare with the next in the list"},
			PrevAgainst: Act{"against previous", "Compare with the previous in the list"},
			Previous:    Act{"previous attempt", "Compare with the previous attempt"},
			Success:     Act{"last success", "Compare with the last success of the same webhook"},
			SampleES:    Act{"sample ES", "Compare with the Spanish sample"},
			SampleEN:    Act{"sample EN", "Compare with the English sample"},
			CopyDiff:    Act{"copy", "Copy the differences as text"},
			Headers:     Act{"headers", "Show or hide the headers"},
		},
	}
}
