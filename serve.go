package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"hooktop/model"
	"hooktop/sender"
	"hooktop/sender/ingest"
	"hooktop/ui/cli"
	"hooktop/ui/text"
)

// serve sends and takes events over HTTP until ctx ends.
func serve(ctx context.Context, o cli.Options, s cli.ServeOptions, ready func(cli.Serving) error) (err error) {
	collect(servePercent, serveLimit)
	p, err := paths(o)
	if err != nil {
		return err
	}
	if s.TokenFile == "" {
		s.TokenFile = p.Token
	}
	w, err := claim(ctx, p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	token, made, err := ingest.Token(s.TokenFile)
	if err != nil {
		return err
	}
	api, err := w.listen(s.Listen) // before anything is sent
	if err != nil {
		return err
	}
	if err := w.start(ctx, o, p, sender.EngineConfig{Concurrency: s.Concurrency}); err != nil {
		return err
	}
	api.Serve(ingest.New(ingest.Config{
		Outbox: w.engine, Token: token, Hosts: hosts(s.Hosts, s.Listen), Say: text.For(text.Lang(o.Lang)).IngestMessage,
		Metrics: w.metrics, Ready: w.accepts, Log: w.log,
	}), w.log)
	told := cli.Serving{URL: api.URL(), TokenFile: s.TokenFile, Recovered: w.engine.Snapshot().Recovered}
	if made {
		told.NewToken = token
	}
	if s.Metrics != "" {
		m, err := w.listen(s.Metrics)
		if err != nil {
			return err
		}
		m.Serve(ingest.OnlyHosts(hosts(s.Hosts, s.Metrics), http.HandlerFunc(w.serveMetrics)), w.log)
		told.Metrics = m.URL()
	}
	if err := ready(told); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case err := <-api.Done():
		return fmt.Errorf("serve: %w", err)
	}
}

// listen takes an address that Close gives back.
func (w *owner) listen(addr string) (*ingest.Server, error) {
	s, err := ingest.Listen(addr)
	if err == nil {
		w.servers = append(w.servers, s)
	}
	return s, err
}

// hosts are the names a server is reached by beside this machine's own: those asked
// for, and the one address it listens on.
func hosts(names []string, listen string) []string {
	var out []string
	for _, h := range names {
		out = append(out, strings.ToLower(h))
	}
	host, _, _ := net.SplitHostPort(listen)
	if ip := net.ParseIP(host); ip != nil && !ip.IsUnspecified() {
		out = append(out, ip.String())
	}
	return out
}

// accepts reports whether an event can be stored now.
func (w *workspace) accepts(context.Context) error { return stalled(w.engine.Snapshot()) }

// stalled is why results cannot be written; nil while they can.
func stalled(s model.EngineSnapshot) error {
	if !s.Stalled {
		return nil
	}
	return &model.Fault{Code: cmp.Or(s.Code, model.CodeStoreIO), Field: model.FieldDB, Err: errors.New(s.Err)}
}

func (w *workspace) serveMetrics(out http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet || r.URL.Path != "/metrics" {
		http.NotFound(out, r)
		return
	}
	out.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	w.metrics(out)
}

// metrics tells what the engine does, in Prometheus' text format.
func (w *workspace) metrics(out io.Writer) {
	s := w.engine.Snapshot()
	one := func(kind, name, help string, v any) {
		fmt.Fprintf(out, "# HELP %s %s\n# TYPE %s %s\n%s %v\n", name, help, name, kind, name, v)
	}
	one("counter", "hooktop_attempts_total", "Attempts since the start.", s.Sent)
	one("gauge", "hooktop_in_flight", "Attempts under way.", s.InFlight)
	one("gauge", "hooktop_ready", "Deliveries that wait for a slot.", s.Ready)
	one("gauge", "hooktop_saving", "Results on their way to the disk.", s.Saving)
	one("gauge", "hooktop_stalled", "1 while results cannot be written.", number(s.Stalled))
	one("gauge", "hooktop_clock_skew_seconds", "How far the system's clock was set ahead while running.", s.Skew.Seconds())
	family := func(kind, name, help string, v func(model.HookSnapshot) any) {
		fmt.Fprintf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
		for _, h := range s.Hooks {
			fmt.Fprintf(out, "%s{hook=%q} %v\n", name, h.HookID, v(h))
		}
	}
	family("counter", "hooktop_hook_attempts_total", "Attempts of a webhook since the start.", func(h model.HookSnapshot) any { return h.Sent })
	family("gauge", "hooktop_hook_ready", "Deliveries of a webhook that wait for a slot.", func(h model.HookSnapshot) any { return h.Ready })
	family("gauge", "hooktop_hook_breaker_open", "1 unless the webhook's breaker is closed.", func(h model.HookSnapshot) any {
		return number(h.Breaker.State == model.BreakerOpen || h.Breaker.State == model.BreakerHalfOpen)
	})
	family("gauge", "hooktop_hook_failing_seconds", "How long a webhook has had no success; 0: it has.", func(h model.HookSnapshot) any {
		if h.Failing.Attempts == 0 {
			return 0
		}
		return time.Since(h.Failing.Since).Seconds()
	})
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}
