package main

import (
	"testing"

	"hooktop/ui/cli"
)

// What the demonstration does not write is not shown as its own.
func TestTheDemonstrationShowsItsOwnFilesOnly(t *testing.T) {
	p := cli.Paths{Config: "c", DB: "d", Key: "k", Samples: "s", State: "st", Log: "l", Token: "t"}
	shown := func(demo bool) map[string]bool {
		keys := map[string]bool{}
		for _, f := range settingsOf(cli.Options{}, p, demo).Facts {
			keys[f.Key] = true
		}
		return keys
	}
	own, demo := shown(false), shown(true)
	for _, key := range []string{"config", "state", "token"} {
		if !own[key] || demo[key] {
			t.Errorf("%s: own %v, demonstration %v", key, own[key], demo[key])
		}
	}
	if !demo["db"] || !demo["key"] || !demo["log"] {
		t.Errorf("demonstration %v", demo)
	}
}
