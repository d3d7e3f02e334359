package text

import (
	"fmt"
	"strconv"

	"hooktop/model"
)

func hooksEN() HooksWords {
	return HooksWords{
		Path: "Settings > Licenses > Webhook configuration",
		Count: func(n int) string {
			return strconv.Itoa(n) + one(n, " webhook", " webhooks")
		},
		InState: func(n int, s model.HookState) string {
			return strconv.Itoa(n) + " " + map[model.HookState]string{
				model.HookActive: "active", model.HookDraft: one(n, "draft", "drafts"),
				model.HookPaused: "paused", model.HookDisabled: "disabled",
			}[s]
		},
		Name: "name", State: "state", Verified: "verified", Triggers: "triggers", TriggersShort: "trig.", Last: "last attempt",
		Hour: "last hour", Success: "success", Tripped: "tripped",
		BreakerOpen: with("circuit breaker open · next try in %s"), BreakerTrying: "circuit breaker open · being tried now",
		BreakersUnknown: "circuit breakers: unknown",
		BreakerUntil:    with("circuit breaker open · next try at %s"),
		Failing:         with("failing since %s"),

		Loading:     "Loading…",
		LoadingFor:  func(n int) string { return fmt.Sprintf("Loading… %d s", n) },
		LoadingEnds: "esc cancels",
		NoneMatches: with("None matches \"%s\". esc clears the filter."),
		Filter:      "filter",
		Shown:       func(n, all int) string { return fmt.Sprintf("%d of %d", n, all) },
		NotVerified: "not verified", Stale: "out of date", Echo: "echo", Failed: "failed",
		NoAttempt: "none", NoAnswer: "no answer", Test: "TEST",
		ActionsFor: with("Actions for %s"), CopyFrom: with("Copy from %s"), CloneOf: with("%s copy"),
		NoPause: func(name, state, key string) string {
			return fmt.Sprintf("\"%s\" is %s: there is nothing to pause. %s enables it", name, state, key)
		},
		Sample: with("Sample payload: %s"), Why: "Cause",
		First: FirstRunWords{
			Empty: "No webhooks yet.",
			Intro: "A webhook sends data automatically to a URL of yours once an event or a call has been processed: " +
				"to your internal systems, your CRM, your BI platform or another application.",
			Create: "Create my first webhook", CreateWhy: "name, URL, key, triggers and a test: one minute",
			Demo: "See the demonstration (no network)", DemoWhy: "a receiver and three webhooks that work; leaves nothing behind",
			Language: "Language: English", Switch: "Español",
		},
		Detail: detailEN(), Verify: verifyEN(), Do: hookActsEN(),
		Done: HookDone{
			Enabled: with("\"%s\" is active"), Disabled: with("\"%s\" is disabled; its deliveries are held"),
			Paused: with("\"%s\" is paused; its deliveries wait"), Resumed: with("\"%s\" sends again"),
			Deleted: with("\"%s\" deleted · u undoes"), Restored: with("\"%s\" restored"),
			Saved: with("That's it! \"%s\" saved and active"),
		},
	}
}

func detailEN() DetailWords {
	return DetailWords{
		Summary: "Summary", Triggers: "Triggers", Attempts: "Attempts", History: "History", Checks: "Verifications",
		URL: "URL", Auth: "Authorization", AuthNone: "no key is sent", Signature: "Signature",
		Signed: "yes: every request is signed", Unsigned: "no",
		OldSecret: with("with the previous secret too, until %s"),
		Verified:  "Verified", State: "State", Last: "Last attempt", Retry: "Retries", Limits: "Limits",
		LimitsOf: func(connect, tls, headers, total string) string {
			return fmt.Sprintf("connect %s, TLS %s, headers %s, total %s", connect, tls, headers, total)
		},
		Rate: "Rate", Unlimited: "unlimited", Concurrency: "Concurrency", PerSecond: with("%s per second"),
		Condition: "Condition", Headers: "Headers", TLS: "TLS", SkipVerify: "certificates are NOT checked",
		CA: "Own CA", Private: "Addresses", PrivateYes: "private and local ones are allowed", Yes: "yes",
		ID: "Id", Revision: "Revision", Created: "Created", Updated: "Changed", Certificate: "Certificate",
		DaysLeft: func(date string, days int) string {
			return fmt.Sprintf("until %s (%d %s)", date, days, one(days, "day", "days"))
		},
		NoTests: "No attempts yet. t tests a trigger.", NoHistory: "No changes yet.",
		NoChecks:    "Never verified. v verifies the URL.",
		ExplainHint: "enter or i explains the trigger", OpenHint: "enter opens", Empty: "empty",
	}
}

func verifyEN() VerifyWords {
	return VerifyWords{
		Title: with("Verify %s"), Activating: with("Verify and activate %s"),
		RunningFor: func(n int) string { return fmt.Sprintf("%d s · ctrl+c cancels", n) },
		Cancelled:  "Cancelled. Nothing new was saved.",
		EchoNone:   "no echo; none is needed",
		Answer:     "Answer", NoBytes: "empty body",
		FollowHint: with("%s uses that URL"),
		SampleHint: func(key, event string) string {
			return key + " verifies with a sample of " + event + ": some receivers take only what they know"
		},
		Location: "Redirects to", RetryAfter: "Asks to wait",
		Draft:   "It stays a draft: nothing is sent to it",
		NotDone: "not done",
	}
}

func hookActsEN() HookActs {
	return HookActs{
		Open: Act{"open", "open the webhook"}, New: Act{"new", "add a webhook"}, Edit: Act{"edit", "edit the webhook"},
		Verify: Act{"verify", "verify the URL"}, Test: Act{"test", "test a trigger with sample data"},
		Enable: Act{"enable", "activate the webhook (verifies first if need be)"}, Disable: Act{"disable", "disable the webhook: its deliveries are held"},
		Pause: Act{"pause", "pause: deliveries wait in the queue"}, Resume: Act{"resume", "send again"},
		Delete: Act{"delete", "delete the webhook (can be undone)"}, Restore: Act{"restore", "restore the webhook deleted last"},
		Clone: Act{"clone", "open a copy as a new webhook"}, Copy: Act{"copy", "copy the URL or the id"},
		Actions: Act{"actions", "all actions, each with its key"},
		Filter:  Act{"filter", "filter by name, URL or state"}, Keep: Act{"apply", "keep the filter and go back to the list"},
		Unfilter: Act{"clear filter", "clear the filter"}, Reload: Act{"try again", "read again"}, Cause: Act{"cause", "show the exact cause"},
		GiveUp:  Act{"cancel", "stop waiting for what is read"},
		CopyURL: Act{"URL", "copy the URL"}, CopyID: Act{"id", "copy the id"}, CopyName: Act{"name", "copy the name"},
		TabNext: Act{"section", "next section"}, TabPrev: Act{"previous section", "go back to the previous section"},
		Explain: Act{"explain", "explain the trigger"}, Anyway: Act{"activate unverified", "activate without verification; the history records it"},
		VerifySample: Act{"with a sample", "verify with a sample of call.processed"},
		Deliveries:   Act{"deliveries", "show the deliveries of this webhook"},
		Follow:       Act{"use its URL", "use the URL that your receiver redirects to"},
		Repeat:       Act{"repeat", "verify again"}, Done: Act{"back", "go back with the result"},
		Create: Act{"create", "create the first webhook"}, Demo: Act{"demonstration", "see the demonstration, no network"}, Language: Act{"Español", "change the language"},
		Up: Act{"up", "one line up"}, Down: Act{"down", "one line down"},
		PageUp: Act{"page up", "one page up"}, PageDown: Act{"page down", "one page down"},
		HalfUp: Act{"half page up", "half a page up"}, HalfDown: Act{"half page down", "half a page down"},
		Home: Act{"top", "go to the top"}, End: Act{"bottom", "go to the bottom"},
	}
}
