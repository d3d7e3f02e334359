// Command crowd makes the file and the load that the console is measured with:
//
//	go run ./internal/crowd -db FILE -rows 1000000
//	go run ./internal/crowd -db FILE -rows 0 -rate 1000
//
// The first fills a new file with that many deliveries of six webhooks over thirty
// days: 97 % arrived, the others are dead or retrying with 401, 500, 503 and timeouts.
// The second starts `hooktop serve` on it with a receiver of its own, has it make so
// many deliveries a second and prints a line when it does, until it is interrupted.
// Both at once: first one, then the other.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/adrg/xdg"

	"hooktop/internal/plant"
	"hooktop/model"
	"hooktop/store"
)

type options struct {
	db, key, program string
	rows             int
	rate             int
}

func main() {
	var o options
	flag.StringVar(&o.db, "db", "", "database file; made if there is none")
	flag.StringVar(&o.key, "key", os.Getenv("HOOKTOP_KEY_FILE"), "key file; hooktop's own by default")
	flag.StringVar(&o.program, "hooktop", "", "the program to serve with; built by default")
	flag.IntVar(&o.rows, "rows", 1_000_000, "deliveries to fill a new file with")
	flag.IntVar(&o.rate, "rate", 0, "new deliveries a second, until interrupted; 0: none")
	flag.Parse()
	if o.key == "" {
		o.key = filepath.Join(xdg.ConfigHome, "hooktop", "key")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "crowd:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	if o.db == "" {
		return fmt.Errorf("-db is missing")
	}
	if o.rows > 0 {
		if err := fill(ctx, o); err != nil {
			return err
		}
	}
	if o.rate > 0 {
		return load(ctx, o)
	}
	return nil
}

// fill stores the deliveries of the past.
func fill(ctx context.Context, o options) (err error) {
	if _, err := os.Stat(o.db); err == nil {
		return fmt.Errorf("%s is there already; use -rows 0", o.db)
	}
	began := time.Now()
	db, err := store.Open(o.db, store.Options{KeyFile: o.key, Now: time.Now})
	if err != nil {
		return err
	}
	defer func() {
		if closed := db.Close(); err == nil {
			err = closed
		}
	}()
	if _, err := db.Recover(ctx, began); err != nil { // it is we who send now
		return err
	}
	hooks, err := putHooks(ctx, db, "https://%s.example/hook")
	if err != nil {
		return err
	}
	p := past{hooks: hooks, now: began, rows: o.rows}
	if err := plant.Sow(ctx, db, o.rows, p.seed); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%d deliveries in %v\n", o.rows, time.Since(began).Round(time.Second))
	return nil
}

// putHooks stores the webhooks, with that URL for each name.
func putHooks(ctx context.Context, db *store.DB, url string) ([]model.Hook, error) {
	known, _, err := db.Fleet(ctx)
	if err != nil {
		return nil, err
	}
	revisions := map[string]int64{}
	for _, h := range known {
		revisions[h.ID] = h.Revision
	}
	var out []model.Hook
	for i, c := range consumers() {
		h := model.Hook{ID: fmt.Sprintf("wh_%026d", i+1), Name: c.name, URL: fmt.Sprintf(url, c.name), Events: c.events,
			State: model.HookActive, Concurrency: 32, CreatedAt: time.Now().AddDate(0, 0, -days)}
		kind := model.ChangeCreated
		if r, ok := revisions[h.ID]; ok {
			h.Revision, kind = r, model.ChangeEdited
		}
		h, err := db.PutHook(ctx, h, model.Change{At: time.Now(), Kind: kind})
		if err != nil {
			return nil, err
		}
		out = append(out, h)
	}
	return out, nil
}
