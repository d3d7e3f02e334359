package text

import "hooktop/model"

func stateEN() StateWords {
	return StateWords{
		Hook: map[model.HookState]string{
			model.HookDraft: "draft", model.HookActive: "active", model.HookPaused: "paused", model.HookDisabled: "disabled",
		},
		Verify: map[model.VerifyState]string{
			model.Unverified: "Not verified", model.Verified: "Verified", model.VerifiedEcho: "Verified · echo",
			model.VerifyFailed: "Verification failed", model.VerifyStale: "Out of date",
		},
		Delivery: map[model.DeliveryState]string{
			model.DeliveryQueued: "queued", model.DeliverySending: "sending", model.DeliveryRetrying: "retrying",
			model.DeliveryHeld: "held", model.DeliveryDelivered: "delivered", model.DeliveryDead: "failed", model.DeliveryCancelled: "cancelled",
		},
		Outcome: map[model.Outcome]string{
			model.OutcomeDelivered: "delivered", model.OutcomeFailed: "failed",
			model.OutcomeUnknown: "not known if it arrived", model.OutcomeInterrupted: "interrupted",
		},
		Breaker: map[model.BreakerState]string{
			model.BreakerClosed: "normal", model.BreakerOpen: "tripped", model.BreakerHalfOpen: "probing",
		},
		Change: map[model.ChangeKind]string{
			model.ChangeCreated: "created", model.ChangeEdited: "edited", model.ChangeActivated: "activated",
			model.ChangeUnverified: "activated without verification", model.ChangePaused: "paused", model.ChangeResumed: "resumed",
			model.ChangeDisabled: "disabled", model.ChangeDrafted: "made a draft", model.ChangeDeleted: "deleted",
			model.ChangeRestored: "restored", model.ChangeSecretRotated: "signing secret rotated",
		},
		Disabled: map[model.DisableReason]string{
			model.DisabledByUser: "a person disabled it", model.DisabledGone: "your receiver answered 410: it wants no more",
			model.DisabledFailing:  "no 2xx in 5 days and 10 attempts",
			model.DisabledImported: "it came from a file and awaits your confirmation",
		},
		Step: map[model.StepName]string{
			model.StepURL: "URL", model.StepDNS: "DNS", model.StepConnect: "connection", model.StepTLS: "TLS",
			model.StepPost: "POST", model.StepEcho: "echo", model.StepKey: "without key",
		},
		Doing: map[model.StepState]string{
			model.StepPending: "pending", model.StepRunning: "running", model.StepOK: "good",
			model.StepWarn: "warning", model.StepFailed: "failed", model.StepSkipped: "skipped",
		},
		Warning: map[model.Warning]string{
			model.WarnHTML:         "The answer is an HTML page. Check that the URL is your receiver's.",
			model.WarnHTTP:         "No HTTPS; content travels in clear. Use https:// if your receiver can.",
			model.WarnHTTPToken:    "No HTTPS; the Authorization key travels in clear. Use https:// before you activate.",
			model.WarnSharedURL:    "Another webhook sends to this same URL. If that is not intended, change one of the two.",
			model.WarnKeyOpen:      "Your receiver accepts requests without the key. Make it check the key and answer 401 when it is missing.",
			model.WarnIDN:          "The host is written differently on the network. Compare the ASCII name with the one you expect.",
			model.WarnMixedScripts: "The host name mixes scripts or imitates another. Check it letter by letter.",
			model.WarnClockSkew:    "Your receiver's clock and this machine's differ by more than 60 s. Set the wrong one right.",
			model.WarnSkipVerify:   "The certificate is not checked. Add your CA instead of skipping the check.",
			model.WarnProxy:        "Requests go through a proxy. Use NO_PROXY if they should go directly.",
		},
		Echo: map[model.Echo]string{
			model.EchoNone: "no echo", model.EchoJSON: "echo in the JSON field challenge", model.EchoText: "echo in the text of the answer",
			model.EchoForm: "echo in a form field", model.EchoHeader: "echo in the Validation-Token header",
		},
		Key: map[model.KeyCheck]string{
			model.KeySkipped: "key not checked", model.KeyEnforced: "checked: without the key your receiver rejects the request",
			model.KeyOpen: "your receiver accepts requests without the key", model.KeyUnknown: "the answer without the key does not tell whether it is checked",
		},
		Field: map[model.Field]string{
			model.FieldName: "Name", model.FieldURL: "URL", model.FieldAuth: "Authorization", model.FieldTriggers: "Triggers",
			model.FieldSecret: "Signing secret", model.FieldHeader: "Headers", model.FieldRetry: "Retries", model.FieldTimeout: "Time limits",
			model.FieldRate: "Rate", model.FieldConcurrency: "In flight", model.FieldCondition: "Condition", model.FieldCA: "Own CA",
			model.FieldSkipVerify: "Skip the TLS check", model.FieldPrivate: "Private addresses", model.FieldBody: "Body",
			model.FieldState: "State", model.FieldDB: "Database", model.FieldKey: "Key file", model.FieldBackup: "Backup", model.FieldFile: "File",
			model.FieldFilter: "Filter", model.FieldID: "Id", model.FieldIdempotency: "Idempotency key", model.FieldOwner: "Owner", model.FieldSocket: "Socket",
		},
	}
}
