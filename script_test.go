package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/tidwall/gjson"

	"hooktop/model"
	"hooktop/samples/receiver"
)

// runAsProgram makes the test binary be the program, for tests that start it.
const runAsProgram = "HOOKTOP_TEST_RUN"

func TestMain(m *testing.M) {
	if os.Getenv(runAsProgram) != "" {
		main()
	}
	testscript.Main(m, map[string]func(){"hooktop": main})
}

// TestScripts runs the program as a shell sees it: testdata/script/*.txtar, each
// in a home of its own.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("LANG", "en_US.UTF-8")
			env.Setenv("TZ", "UTC")
			env.Values["receivers"] = map[string]*receiver.Receiver{}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":    exits,
			"owned":    waitOwned,
			"failing":  ownFailing,
			"settled":  settled,
			"receiver": startReceiver,
			"mirror":   startMirror,
			"received": received,
			"objects":  objects,
			"field":    field,
			"setfield": setField,
			"bigfile":  bigFile,
			"lock":     lock,
			"newer":    newer,
			"nowhere":  nowhere,
		},
	})
}

// exits CODE PROGRAM ARGS... runs the program and wants exactly that exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM [ARG...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	err = ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("%s: exit code %d, want %d", strings.Join(args[1:], " "), got, want)
	}
}

// startReceiver NAME [auth=VALUE] [secret=FILE] [status=N] [header=K:V] [echo] serves
// a receiver until the script ends and puts its URL into $NAME, its host and port into
// ${NAME}_ADDR.
func startReceiver(ts *testscript.TestScript, _ bool, args []string) {
	var opt receiver.Options
	status := 200
	var headers []model.Header
	for _, arg := range args[1:] {
		key, value, _ := strings.Cut(arg, "=")
		switch key {
		case "auth":
			opt.Authorization = model.NewSecret(value)
		case "secret":
			opt.Secrets = []model.Secret{model.NewSecret(strings.TrimSpace(ts.ReadFile(value)))}
		case "status":
			n, err := strconv.Atoi(value)
			ts.Check(err)
			status = n
		case "header":
			name, v, _ := strings.Cut(value, ":")
			headers = append(headers, model.Header{Name: name, Value: v})
		case "echo":
			opt.Echo = true
		default:
			ts.Fatalf("receiver: unknown option %s", arg)
		}
	}
	r := receiver.New(opt)
	if status != 200 || headers != nil {
		r.Answer(status, headers...)
	}
	s, err := receiver.Listen("127.0.0.1:0", r)
	ts.Check(err)
	ts.Defer(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = s.Close(ctx)
	})
	ts.Value("receivers").(map[string]*receiver.Receiver)[args[0]] = r
	ts.Setenv(args[0], s.URL())
	ts.Setenv(args[0]+"_ADDR", s.Addr())
}

// received NAME N [FILE] wants N requests, the last one's body equal to FILE.
func received(ts *testscript.TestScript, _ bool, args []string) {
	all := ts.Value("receivers").(map[string]*receiver.Receiver)[args[0]].Requests()
	want, err := strconv.Atoi(args[1])
	ts.Check(err)
	if len(all) != want {
		ts.Fatalf("%s got %d requests, want %d", args[0], len(all), want)
	}
	if len(args) < 3 {
		return
	}
	if got := all[len(all)-1].Body; string(got) != ts.ReadFile(args[2]) {
		ts.Fatalf("%s got another body than %s:\n%q", args[0], args[2], got)
	}
}

// objects FILE N wants N lines, each one JSON object.
func objects(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[1])
	ts.Check(err)
	lines := strings.SplitAfter(ts.ReadFile(args[0]), "\n")
	if last := lines[len(lines)-1]; last != "" {
		ts.Fatalf("the last line has no end: %q", last)
	}
	lines = lines[:len(lines)-1]
	for _, l := range lines {
		if !gjson.Valid(l) || !gjson.Parse(l).IsObject() {
			ts.Fatalf("no JSON object: %s", l)
		}
	}
	if len(lines) != want {
		ts.Fatalf("%d objects, want %d", len(lines), want)
	}
}

// field FILE PATH VALUE wants the value at the path of the first object.
func field(ts *testscript.TestScript, neg bool, args []string) {
	got := at(ts, args[0], args[1])
	if (got == args[2]) == neg {
		ts.Fatalf("%s is %q", args[1], got)
	}
}

// setfield NAME FILE PATH puts the value at the path into $NAME.
func setField(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[0], at(ts, args[1], args[2]))
}

func at(ts *testscript.TestScript, file, path string) string {
	line, _, _ := strings.Cut(ts.ReadFile(file), "\n")
	r := gjson.Get(line, path)
	if !r.Exists() {
		ts.Fatalf("no %s in %s", path, line)
	}
	return r.String()
}

// bigfile FILE BYTES makes a JSON text of that size.
func bigFile(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), append(append([]byte{'"'}, bytes.Repeat([]byte("a"), n-2)...), '"'), 0o600))
}

// lock FILE holds SQLite's write lock on the file until the script ends.
func lock(ts *testscript.TestScript, _ bool, args []string) {
	db, err := sql.Open("sqlite3", "file:"+ts.MkAbs(args[0])+"?_txlock=exclusive")
	ts.Check(err)
	tx, err := db.Begin()
	ts.Check(err)
	ts.Defer(func() { _ = tx.Rollback(); _ = db.Close() })
}

// newer FILE makes it look as if a later hooktop had written it.
func newer(ts *testscript.TestScript, _ bool, args []string) {
	db, err := sql.Open("sqlite3", "file:"+ts.MkAbs(args[0]))
	ts.Check(err)
	_, err = db.Exec("PRAGMA user_version = 9999")
	ts.Check(err)
	ts.Check(db.Close())
}

// nowhere TEXT wants the text in no file below the working directory, and in none
// of the outputs so far.
func nowhere(ts *testscript.TestScript, _ bool, args []string) {
	looked := 0
	ts.Check(filepath.WalkDir(ts.MkAbs("."), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		looked++
		if bytes.Contains(b, []byte(args[0])) {
			ts.Fatalf("%s has it", path)
		}
		return nil
	}))
	if looked < 2 {
		ts.Fatalf("only %d files were looked at", looked)
	}
}
