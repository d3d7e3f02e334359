package main

import (
	"context"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"hooktop/sender/link"
)

// owned FILE waits until a program owns the database.
func waitOwned(ts *testscript.TestScript, neg bool, args []string) {
	db, err := link.Canonical(ts.MkAbs(args[0]))
	ts.Check(err)
	poll(ts, "owned "+args[0], func() bool {
		yes, err := link.Owned(db)
		ts.Check(err)
		return yes != neg
	})
}

// ownFailing FILE owns the database until the script ends, and breaks off in the midst
// of every verb.
func ownFailing(ts *testscript.TestScript, _ bool, args []string) {
	db, err := link.Canonical(ts.MkAbs(args[0]))
	ts.Check(err)
	lock, err := link.Acquire(context.Background(), db)
	ts.Check(err)
	s, err := link.Serve(socket(db), verbs{}.link(nil), link.Owner{PID: os.Getpid()}, slog.New(slog.DiscardHandler)) // each verb panics
	ts.Check(err)
	ts.Defer(func() {
		ctx, stop := context.WithTimeout(context.Background(), time.Second)
		defer stop()
		_ = s.Close(ctx)
		_ = lock.Release()
	})
}

// settled [FILTER] waits until every delivery is done, or no one matches the filter.
func settled(ts *testscript.TestScript, _ bool, args []string) {
	filter := "!state:delivered,dead,cancelled"
	if len(args) > 0 {
		filter = args[0]
	}
	poll(ts, "settled", func() bool {
		ts.Check(ts.Exec("hooktop", "delivery", "list", "--json", "--filter", filter))
		return strings.TrimSpace(ts.ReadFile("stdout")) == ""
	})
}

// poll asks until the answer is yes. Programs of their own can be watched in no other
// way.
func poll(ts *testscript.TestScript, what string, ask func() bool) {
	for deadline := time.Now().Add(10 * time.Second); !ask(); <-time.After(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			ts.Fatalf("%s: it never came to that", what)
		}
	}
}
