package cli

import (
	"context"
	"net"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hooktop/model"
)

// ListenOptions are what a receiver asks of requests and answers them.
type ListenOptions struct {
	Addr          string
	Authorization model.Secret // none: not checked
	Secret        model.Secret // of signatures; none: not checked
	Script        string       // statuses, "500,500,200"; then 200
}

// Received is a request that has arrived. Auth and Signature are "" when they were not
// checked, else "ok" or the mistake; Refusal is "" or the first check that failed. All
// texts in it are the sender's choice.
type Received struct {
	N                        int // 1...
	At                       time.Time
	Method, Path, RemoteAddr string
	Headers                  []model.Header // of Authorization the mask
	Body                     []byte
	EventID, Type, Delivery  string
	Attempt                  int // 0: not said
	Test                     bool
	Auth, Signature, Refusal string
	Mistakes                 []string // that make a signature not match
	Seen                     int      // how often the event had passed the checks before
	Status                   int      // answered
}

// ListenFunc is a receiver; it returns when ctx ends. got is called for one request
// after the other, ready first.
type ListenFunc func(ctx context.Context, l ListenOptions, ready func(url string) error, got func(Received) error) error

// maxScript is as long as a file of statuses may be, in bytes.
const maxScript = 64 << 10

func (a *app) listenCmd() *cobra.Command {
	w := a.all.Listen
	var o ListenOptions
	cmd := &cobra.Command{Use: "listen", Short: w.Listen, Long: w.ListenLong, Args: a.arguments(0)}
	c := &credentials{fs: cmd.Flags()}
	cmd.Flags().SortFlags = false
	cmd.Flags().StringVar(&o.Addr, "addr", "127.0.0.1:8787", w.FlagAddr)
	c.authFlags(a.words().Flag)
	c.secretFlags(a.words().Flag)
	cmd.Flags().StringVar(&o.Script, "script", "", w.FlagScript)
	placeholders(cmd.Flags(), map[string]string{"addr": "ADDR", "script": "LIST|FILE"})
	cmd.RunE = func(cmd *cobra.Command, _ []string) (err error) {
		if _, _, err := net.SplitHostPort(o.Addr); err != nil {
			return usage(a.words().Bad.Address, o.Addr, "--addr")
		}
		if err := a.checkCredentials(c); err != nil {
			return err
		}
		if info, err := os.Stat(o.Script); err == nil && !info.IsDir() {
			b, err := a.readFile(o.Script, "script", maxScript)
			if err != nil {
				return err
			}
			o.Script = string(b)
		}
		if o.Authorization, o.Secret, err = a.readCredentials(cmd.Context(), c); err != nil {
			return err
		}
		made := c.secret != ""
		last := 0
		return a.Listen(cmd.Context(), o,
			func(url string) error { return a.listening(url, o.Secret, made) },
			func(r Received) error {
				if n := r.N - last - 1; n > 0 {
					a.note("%s", w.Skipped(n))
				}
				last = r.N
				return a.received(r)
			})
	}
	return cmd
}

type listeningJSON struct {
	Ready  string `json:"ready"`
	Secret string `json:"secret,omitempty"` // only when it was just made
}

// listening prints the one line that scripts wait for.
func (a *app) listening(url string, secret model.Secret, made bool) error {
	if !made {
		secret = model.Secret{}
	}
	if a.opts.JSON {
		return a.emit(listeningJSON{url, secret.Reveal()})
	}
	if made {
		a.note(a.words().Say.SecretOnce, secret.Reveal())
	}
	return a.raw([]byte("ready " + url + "\n"))
}

type receivedJSON struct {
	N             int            `json:"n"`
	At            stamp          `json:"at"`
	Status        int            `json:"status"` // answered
	Refusal       string         `json:"refusal"`
	Authorization string         `json:"authorization"` // "": not checked
	Signature     string         `json:"signature"`
	Mistakes      []string       `json:"mistakes"`
	Type          string         `json:"type"`
	EventID       string         `json:"event_id"`
	DeliveryID    string         `json:"delivery_id"`
	Attempt       int            `json:"attempt"`
	Test          bool           `json:"test"`
	Seen          int            `json:"seen"`
	Method        string         `json:"method"`
	Path          string         `json:"path"`
	RemoteAddr    string         `json:"remote_addr"`
	Headers       []model.Header `json:"headers"`
	Body          bytesJSON      `json:"body"`
}

func (a *app) received(r Received) error {
	if a.opts.JSON {
		return a.emit(receivedJSON{r.N, stamp(r.At), r.Status, r.Refusal, r.Auth, r.Signature, some(r.Mistakes), r.Type, r.EventID, r.Delivery, r.Attempt, r.Test,
			r.Seen, r.Method, r.Path, r.RemoteAddr, some(r.Headers), bytesOf(r.Body)})
	}
	w := a.all.Listen
	words := []string{r.At.Local().Format(time.TimeOnly), a.all.Number(r.Status), r.Method + " " + r.Path, r.Type, a.all.Size(int64(len(r.Body))),
		w.Key[r.Auth], w.Signature[r.Signature], w.Refused[r.Refusal]}
	if r.Test {
		words = append(words, w.Test)
	}
	if r.Attempt > 1 {
		words = append(words, w.Attempt(r.Attempt))
	}
	if r.Seen > 0 {
		words = append(words, w.Again(r.Seen))
	}
	var line []string
	for _, word := range append(words, r.EventID) {
		if word != "" {
			line = append(line, a.line(word))
		}
	}
	out := strings.Join(line, "  ") + "\n"
	for _, m := range r.Mistakes {
		out += "  " + a.all.Signature.Mistakes[m].What + "\n"
	}
	return a.raw([]byte(out))
}
