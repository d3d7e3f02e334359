package main

import (
	"bufio"
	"context"
	"errors"
	"net/http"
	"path/filepath"
	"testing"

	"hooktop/model"
	"hooktop/ui/cli"
)

// TestMetricsRefuseStrangersNames: a page whose name was made to resolve to our
// address (DNS rebinding) sends that name as Host.
func TestMetricsRefuseStrangersNames(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"} {
		t.Setenv(name, dir)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ready, done := make(chan cli.Serving, 1), make(chan error, 1)
	go func() {
		done <- serve(ctx, cli.Options{DB: filepath.Join(dir, "x.db"), KeyFile: filepath.Join(dir, "key"), Egress: "any"},
			cli.ServeOptions{Listen: "127.0.0.1:0", Metrics: "127.0.0.1:0", Hosts: []string{"Metrics.example"}},
			func(s cli.Serving) error { ready <- s; return nil })
	}()
	var s cli.Serving
	select {
	case s = <-ready:
	case err := <-done:
		t.Fatal(err)
	}
	for host, status := range map[string]int{"": 200, "localhost": 200, "metrics.example:9": 200, "attacker.example": 421} {
		r, err := http.NewRequest(http.MethodGet, s.Metrics+"/metrics", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host, r.Close = host, true
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		line, _ := bufio.NewReader(resp.Body).ReadString('\n')
		_ = resp.Body.Close()
		if resp.StatusCode != status || (status == 200) != (line != "" && line[0] == '#') {
			t.Errorf("%q: %s %q", host, resp.Status, line)
		}
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestHealthNamesWhyNothingIsWritten: a full disk is mended in another way than an ill
// one.
func TestHealthNamesWhyNothingIsWritten(t *testing.T) {
	if err := stalled(model.EngineSnapshot{Running: true, Err: "an error of before"}); err != nil {
		t.Error(err)
	}
	for code, want := range map[model.Code]model.Code{model.CodeStoreFull: model.CodeStoreFull, model.CodeStoreGone: model.CodeStoreGone, "": model.CodeStoreIO} {
		var f *model.Fault
		if err := stalled(model.EngineSnapshot{Stalled: true, Err: "x", Code: code}); !errors.As(err, &f) || f.Code != want {
			t.Errorf("%q: %v", code, err)
		}
	}
}
