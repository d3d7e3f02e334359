package main

import (
	"fmt"
	"os"
	"runtime/debug"

	"hooktop/ui"
	"hooktop/ui/cli"
	"hooktop/ui/text"
)

// protect runs the program; what panics in it goes to rescue.
func protect(program func() int, rescue func(any) int) (code int) {
	defer func() {
		if r := recover(); r != nil {
			code = rescue(r)
		}
	}()
	return program()
}

// crash reports a panic and says where the report is.
func crash(cause any) int {
	where := "-"
	if p, err := paths(cli.Options{}); err == nil {
		if path, err := writeCrash(p.Crash, cause); err == nil {
			where = path
		}
	}
	lang, _ := text.Match(locale())
	fmt.Fprintf(os.Stderr, text.For(lang).CLI.Say.Crashed+"\n", where)
	return cli.ExitCrash
}

// writeCrash puts what is known of a panic into a file of its own in dir and
// returns its path.
func writeCrash(dir string, cause any) (string, error) {
	return ui.CrashReport{Version: version, Cause: cause, Stack: debug.Stack()}.Write(dir)
}

// locale is the language of the environment: here nothing may fail any more.
func locale() string {
	for _, name := range []string{"HOOKTOP_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			return v
		}
	}
	return ""
}
