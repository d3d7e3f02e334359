package main

import (
	"path/filepath"

	"github.com/adrg/xdg"

	"hooktop/ui/cli"
)

// usualDB is the database when none is named.
func usualDB() string { return filepath.Join(xdg.DataHome, "hooktop", "hooktop.db") }

// paths are the places hooktop uses: those of the XDG base directories unless the
// options name others. Nothing is made or looked at.
func paths(o cli.Options) (cli.Paths, error) {
	config := filepath.Join(xdg.ConfigHome, "hooktop")
	state := filepath.Join(xdg.StateHome, "hooktop")
	p := cli.Paths{
		Config:  filepath.Join(config, "config.toml"),
		Key:     filepath.Join(config, "key"),
		Samples: filepath.Join(config, "samples"),
		DB:      usualDB(),
		State:   state,
		Log:     filepath.Join(state, "log", "hooktop.log"),
		Crash:   filepath.Join(state, "crash"),
		Token:   filepath.Join(config, "token"),
	}
	for to, from := range map[*string]string{&p.Config: o.Config, &p.Key: o.KeyFile, &p.DB: o.DB} {
		if from != "" {
			*to = from
		}
	}
	return p, nil
}
