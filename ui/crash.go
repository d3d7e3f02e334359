package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// CrashReport is what is known of a bug that ended the program.
type CrashReport struct {
	Version string
	Cause   any      // what was thrown
	Stack   []byte   // of the goroutine that threw
	Recent  []string // kinds of the last messages, never their content
}

// Thrown names the cause without its content: a message of the runtime, else the
// kind of value. What others throw may hold a secret or a payload.
func (c CrashReport) Thrown() string {
	if err, ok := c.Cause.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("%T", c.Cause)
}

// Write puts the report into a new file in dir that only its owner can read.
func (c CrashReport) Write(dir string) (path string, err error) {
	now := time.Now().UTC()
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n%s %s/%s\n%s\n\npanic: %s\n\n%s\n", Name, c.Version,
		runtime.Version(), runtime.GOOS, runtime.GOARCH, now.Format(time.RFC3339), c.Thrown(), c.Stack)
	if len(c.Recent) > 0 {
		fmt.Fprintf(&b, "last messages:\n%s\n", strings.Join(c.Recent, "\n"))
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	path = filepath.Join(dir, now.Format("20060102-150405.000")+".txt")
	return path, os.WriteFile(path, []byte(b.String()), 0o600)
}
