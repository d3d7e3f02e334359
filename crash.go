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

// crash writes what is known of a panic to a file of its own and says where it
// is. The report has a stack and no values of ours: secrets print as masks.
func crash(cause any) int {
	report := fmt.Sprintf("hooktop %s %s %s/%s\n%s\n\npanic: %v\n\n%s", version, runtime.Version(), runtime.GOOS, runtime.GOARCH,
		time.Now().UTC().Format(time.RFC3339), cause, debug.Stack())
	where := "-"
	if p, err := paths(cli.Options{}); err == nil {
		path := filepath.Join(p.Crash, time.Now().UTC().Format("20060102T150405.000")+".txt")
		if os.MkdirAll(p.Crash, 0o700) == nil && os.WriteFile(path, []byte(report), 0o600) == nil {
			where = path
		}
	}
	lang, _ := text.Match(locale())
	fmt.Fprintf(os.Stderr, text.For(lang).CLI.Say.Crashed+"\n", where)
	return cli.ExitCrash
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
