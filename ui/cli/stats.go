package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hooktop/model"
)

// causeJSON is how often attempts failed in one way.
type causeJSON struct {
	HTTPStatus int        `json:"http_status"`
	Error      model.Code `json:"error"`
	Count      int64      `json:"count"`
}

type statsJSON struct {
	HookID    string      `json:"hook_id"` // "": all webhooks
	Hook      string      `json:"hook"`
	Since     stamp       `json:"since"`
	Until     stamp       `json:"until"`
	Delivered int64       `json:"delivered"`
	Failed    int64       `json:"failed"` // attempts
	Dead      int64       `json:"dead"`
	Retrying  int64       `json:"retrying"`
	Pending   int64       `json:"pending"`
	P50       float64     `json:"p50_ms"`
	P95       float64     `json:"p95_ms"`
	P99       float64     `json:"p99_ms"`
	Causes    []causeJSON `json:"causes"`
}

// statsCmd is the twin of the metrics screen.
func (a *app) statsCmd() *cobra.Command {
	w := a.all.Metrics
	var hook, since string
	cmd := &cobra.Command{Use: "stats", Short: w.Stats, Long: w.StatsLong, Args: a.arguments(0)}
	cmd.Flags().StringVar(&hook, "hook", "", w.FlagHook)
	cmd.Flags().StringVar(&since, "since", "24h", a.all.Engine.FlagSince)
	placeholders(cmd.Flags(), map[string]string{"hook": "HOOK", "since": "24h"})
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		f, err := a.filter(&filterFlags{since: since})
		if err != nil {
			return err
		}
		return a.desk(cmd.Context(), func(d *Desk) error { return a.stats(cmd.Context(), d, hook, f.Since) })
	}
	return cmd
}

func (a *app) stats(ctx context.Context, d *Desk, hook string, since time.Time) error {
	all := []model.HookView{{}}
	if hook != "" {
		h, err := d.Hook(ctx, hook)
		if err != nil {
			return err
		}
		all = []model.HookView{h}
	} else {
		hooks, err := d.Hooks(ctx)
		if err != nil {
			return err
		}
		all = append(all, hooks...)
	}
	w := a.all.Metrics
	head := []string{w.Webhook, w.Count, w.OK, w.DeadHead, "p50", "p95", "p99"}
	for i := range head {
		head[i] = strings.ToUpper(head[i])
	}
	rows := [][]string{head}
	var causes []model.Cause // of the first row
	until := a.Now()
	for i, h := range all {
		s, err := d.Series(ctx, h.ID, since, until, max(until.Sub(since), time.Minute))
		switch {
		case err != nil:
			return err
		case a.opts.JSON:
			if err := a.emit(statsOf(h, s)); err != nil {
				return err
			}
		default:
			rows = append(rows, a.statsRow(h, s.Total))
		}
		if i == 0 {
			causes = s.Causes
		}
	}
	if a.opts.JSON {
		return nil
	}
	if err := a.table(rows); err != nil {
		return err
	}
	for _, c := range causes {
		a.say("%6s  %s", a.all.Number(int(c.Count)), a.all.Failure(c.Failure()).What)
	}
	return nil
}

func statsOf(h model.HookView, s model.Series) statsJSON {
	t := s.Total
	out := statsJSON{HookID: h.ID, Hook: h.Name, Since: stamp(s.Since), Until: stamp(s.Until), Delivered: t.Delivered, Failed: t.Failed,
		Dead: t.Dead, Retrying: t.Retrying, Pending: t.Pending, P50: millis(t.P50), P95: millis(t.P95), P99: millis(t.P99), Causes: []causeJSON{}}
	for _, c := range s.Causes {
		out.Causes = append(out.Causes, causeJSON(c))
	}
	return out
}

func (a *app) statsRow(h model.HookView, t model.Stats) []string {
	name, ok := a.line(h.Name), "-"
	if h.ID == "" {
		name = a.all.Metrics.All
	}
	tries := t.Delivered + t.Failed
	late := func(d time.Duration) string {
		if tries == 0 {
			return "-"
		}
		return a.all.Duration(d)
	}
	if tries > 0 {
		ok = a.all.Lang.Percent(t.Delivered, tries)
	}
	return []string{name, a.all.Number(int(tries)), ok, a.all.Number(int(t.Dead)), late(t.P50), late(t.P95), late(t.P99)}
}
