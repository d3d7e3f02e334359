package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"hooktop/ui/cli"
	"hooktop/ui/theme"
)

func themes() []string {
	var out []string
	for _, n := range theme.Names() {
		out = append(out, string(n))
	}
	return out
}

// loadSamples reads the embedded catalogue and the events of one's own.
func loadSamples(o cli.Options) (cli.Samples, error) {
	return nil, errors.New("load samples: pending")
}

func ownSamples(o cli.Options) (fs.FS, error) {
	p, err := paths(o)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(p.Samples); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return os.DirFS(p.Samples), nil
}

func open(ctx context.Context, o cli.Options) (*cli.Desk, error) {
	return nil, fmt.Errorf("open store: pending")
}

func screen(ctx context.Context, o cli.Options) error { return errors.New("screen: pending") }

func demo(ctx context.Context, o cli.Options, d cli.DemoOptions) error {
	return errors.New("demo: pending")
}
