package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
	"time"

	"hooktop/sender/link"
	"hooktop/ui"
	"hooktop/ui/cli"
	"hooktop/ui/text"
)

// farewell says what a person should know once the screens are gone and the file is
// closed: after a signal what happened, where the log is and, where that is known, what
// became of the deliveries; else, if that is so, that some wait and nobody sends. err is
// how the screens ended, closed what kept the file from being closed in order.
func farewell(out io.Writer, o cli.Options, p cli.Paths, err, closed error, waiting int) {
	words := text.For(text.Lang(o.Lang))
	sends := sends(p)
	var ended *ui.SignalError
	switch {
	case errors.As(err, &ended):
		fmt.Fprintf(out, words.CLI.Say.Ended+"\n", signalName(ended.Signal), text.Clean(p.Log))
		switch {
		case closed != nil: // what could not be recorded is found at the next start
		case sends:
			fmt.Fprintln(out, words.CLI.Say.SafeElse)
		case !o.ReadOnly:
			fmt.Fprintln(out, words.CLI.Say.Safe)
		}
	case waiting > 0 && !o.ReadOnly && !sends:
		fmt.Fprintln(out, words.Alert.Waiting(words.Number(waiting)))
	}
}

// curtain is the farewell of a demonstration, which leaves neither a log nor deliveries.
func curtain(out io.Writer, o cli.Options, err error) {
	var ended *ui.SignalError
	if errors.As(err, &ended) {
		fmt.Fprintf(out, text.For(text.Lang(o.Lang)).CLI.Say.DemoEnded+"\n", signalName(ended.Signal))
	}
}

// sends reports that a program owns the file; true too where that cannot be told.
func sends(p cli.Paths) bool {
	db, err := link.Canonical(p.DB)
	if err != nil {
		return true
	}
	there, err := owned(db)
	return there || err != nil
}

// waiting is how many deliveries are not done; 0 where that cannot be told at once.
func (s *seat) waiting(ctx context.Context) int {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer stop()
	now, err := s.db.Stats(ctx, "", time.Now())
	if err != nil {
		return 0
	}
	return int(now.Pending + now.Retrying)
}

// signalName is as people write it; those that end the screens.
func signalName(s os.Signal) string {
	switch s {
	case syscall.SIGHUP:
		return "SIGHUP"
	case syscall.SIGINT:
		return "SIGINT"
	case syscall.SIGQUIT:
		return "SIGQUIT"
	case syscall.SIGTERM:
		return "SIGTERM"
	}
	return s.String()
}
