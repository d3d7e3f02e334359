package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

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
// returns its path. It has a stack and no values of ours: secrets print as masks.
func writeCrash(dir string, cause any) (string, error) {
	now := time.Now().UTC()
	report := fmt.Sprintf("hooktop %s %s %s/%s\n%s\n\npanic: %v\n\n%s", version, runtime.Version(), runtime.GOOS, runtime.GOARCH,
		now.Format(time.RFC3339), cause, debug.Stack())
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	path := filepath.Join(dir, now.Format("20060102-150405.000")+".txt")
	return path, os.WriteFile(path, []byte(report), 0o600)
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
