package cli

import (
	"context"
	"net"

	"github.com/spf13/cobra"

	"hooktop/model"
)

// ServeOptions are the flags of serve.
type ServeOptions struct {
	Listen      string
	TokenFile   string   // empty: the usual place
	Hosts       []string // accepted in Host beside this machine's own names
	Metrics     string   // address of its own for metrics, without a token; empty: none
	Concurrency int      // attempts in flight over all
}

// Serving is what serve tells when it accepts.
type Serving struct {
	URL       string       // of the ingest API
	Metrics   string       // URL; empty: none
	TokenFile string       //
	NewToken  model.Secret // set when it was just made: the moment to show it
	Recovered int          // deliveries an unclean stop had left in flight
}

func (a *app) serveCmd() *cobra.Command {
	w := a.all.Engine
	var o ServeOptions
	cmd := &cobra.Command{
		Use:   "serve",
		Short: w.Serve,
		Long:  w.ServeLong,
		Args:  a.arguments(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if a.opts.ReadOnly {
				return &model.Fault{Code: model.CodeReadOnly}
			}
			if o.Concurrency < 1 || o.Concurrency > 4096 {
				return &model.Fault{Code: model.CodeLimit, Field: model.FieldConcurrency, Limit: 4096}
			}
			for _, f := range []string{"listen", "metrics"} {
				addr := cmd.Flag(f).Value.String()
				if _, _, err := net.SplitHostPort(addr); err != nil && addr != "" {
					return usage(a.words().Bad.Address, addr, "--"+f)
				}
			}
			return a.Serve(cmd.Context(), a.opts, o, a.serving)
		},
	}
	cmd.Flags().StringVar(&o.Listen, "listen", "127.0.0.1:8711", w.FlagListen)
	cmd.Flags().StringVar(&o.TokenFile, "token-file", "", w.FlagToken)
	cmd.Flags().StringArrayVar(&o.Hosts, "allow-host", nil, w.FlagHost)
	cmd.Flags().StringVar(&o.Metrics, "metrics", "", w.FlagMetrics)
	cmd.Flags().IntVar(&o.Concurrency, "concurrency", model.MaxConcurrency, w.FlagConcurrency)
	placeholders(cmd.Flags(), map[string]string{"listen": "ADDR", "token-file": "FILE", "allow-host": "NAME", "metrics": "ADDR", "concurrency": "N"})
	return cmd
}

type servingJSON struct {
	Ready     string `json:"ready"`
	Metrics   string `json:"metrics,omitempty"`
	TokenFile string `json:"token_file"`
	Token     string `json:"token,omitempty"` // only when it was just made
	Recovered int    `json:"recovered"`
}

// serving prints the one line that scripts wait for.
func (a *app) serving(s Serving) error {
	w := a.all.Engine
	if s.Recovered > 0 {
		a.note(w.Recovered, a.all.Number(s.Recovered))
	}
	if a.opts.JSON {
		return a.emit(servingJSON{s.URL, s.Metrics, s.TokenFile, s.NewToken.Reveal(), s.Recovered})
	}
	if !s.NewToken.IsZero() {
		a.note(w.NewToken, s.NewToken.Reveal(), s.TokenFile)
	}
	return a.raw([]byte("ready " + s.URL + "\n"))
}

// ServeFunc is the headless sender with the ingest API; it returns when ctx ends.
type ServeFunc func(ctx context.Context, o Options, s ServeOptions, ready func(Serving) error) error
