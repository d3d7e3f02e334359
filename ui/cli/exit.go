package cli

import (
	"context"
	"errors"

	"hooktop/model"
)

// Exit codes of hooktop. 129, 130 and 143 stand for signals and are given by main.
const (
	ExitOK          = 0
	ExitFailed      = 1 // the receiver's side: delivery, verification or check
	ExitUsage       = 2 // usage, an unknown event or bad input
	ExitNotFound    = 3
	ExitLocked      = 4 // locked or busy
	ExitUnreachable = 5 // our own engine, socket or machine
	ExitRefused     = 6 // by policy: guard, readonly
	ExitStore       = 7
	ExitCrash       = 70
	ExitInterrupt   = 130
)

// Failed is a failure that was already reported: on the way to the receiver, that there
// is nothing to compare with, or nothing to replay, or what a look at the database found.
type Failed struct{ Code model.Code }

func (f *Failed) Error() string { return "reported: " + string(f.Code) }

// ExitCode is the one place where what went wrong becomes a number.
func ExitCode(err error) int {
	var failed *Failed
	var fault *model.Fault
	var crash *Crash
	switch {
	case err == nil:
		return ExitOK
	case errors.As(err, &crash):
		return ExitCrash
	case errors.As(err, &failed):
		return failureCode(failed.Code)
	case errors.As(err, &fault) && fault.Code == model.CodeConflict && fault.Field == model.FieldState:
		return ExitUsage // not possible in the state it is in; trying again does not help
	case errors.As(err, &fault):
		return faultCode(fault.Code)
	case errors.Is(err, context.Canceled):
		return ExitInterrupt
	}
	return ExitStore
}

func failureCode(c model.Code) int {
	switch c {
	case model.CodeBlockedAddress:
		return ExitRefused
	case model.CodeInvalidURL, model.CodeConflict: // the latter: not possible in the state it is in
		return ExitUsage
	case model.CodeLocal:
		return ExitUnreachable
	case model.CodeCancelled:
		return ExitInterrupt
	case model.CodeNotFound:
		return ExitNotFound
	}
	if ofStore(c) {
		return ExitStore
	}
	return ExitFailed
}

// ofStore reports whether it is the database, or its key, that something is wrong with.
func ofStore(c model.Code) bool {
	switch c {
	case model.CodeStoreForeign, model.CodeStoreNewer, model.CodeStoreOlder, model.CodeStoreCorrupt, model.CodeStoreReadOnly,
		model.CodeStoreFull, model.CodeStoreGone, model.CodeStoreIO, model.CodeStorePath,
		model.CodeKeyMissing, model.CodeKeyWrong, model.CodeKeyMode:
		return true
	}
	return false
}

func faultCode(c model.Code) int {
	switch c {
	case model.CodeNotFound:
		return ExitNotFound
	case model.CodeStoreLocked, model.CodeConflict, model.CodePortInUse:
		return ExitLocked
	case model.CodeReadOnly, model.CodeDuplicate:
		return ExitRefused
	case model.CodeBlockedAddress, model.CodeDNS, model.CodeRefused, model.CodeUnreachable, model.CodeReset,
		model.CodeTimeout, model.CodeTLS, model.CodeProtocol, model.CodeProxy, model.CodeLocal, model.CodeCancelled:
		return failureCode(c)
	}
	if ofStore(c) {
		return ExitStore
	}
	return ExitUsage
}
