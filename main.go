// Command hooktop is a console for webhooks that runs in a terminal.
//
// Package main wires: it hands the command line what it needs, each thing made
// only when a verb asks for it. It decides nothing about webhooks.
package main

import (
	"os"
	"time"

	"github.com/charmbracelet/x/term"

	"hooktop/ui/cli"
)

// version is set by the build of a release.
var version = "0.1.0-dev"

func main() { os.Exit(protect(func() int { return run(os.Args[1:]) }, crash)) }

// run is the program without its exit. A signal decides the exit code over what
// the verb made of being cancelled.
func run(args []string) int {
	ctx, caught, stop := signals()
	defer stop()
	code := cli.Run(ctx, deps(), args)
	if sig := caught(); sig != 0 {
		return 128 + sig
	}
	return code
}

func deps() cli.Deps {
	return cli.Deps{
		Version:       version,
		Env:           os.Getenv,
		In:            os.Stdin,
		Out:           os.Stdout,
		Err:           os.Stderr,
		InTTY:         term.IsTerminal(os.Stdin.Fd()),
		OutTTY:        term.IsTerminal(os.Stdout.Fd()),
		Now:           time.Now,
		Themes:        themes(),
		Paths:         paths,
		Samples:       loadSamples,
		Open:          open,
		Screen:        screen,
		Demo:          demo,
		Serve:         serve,
		Listen:        listen,
		ReadPassword:  readPassword,
		ResetTerminal: resetTerminal,
	}
}
