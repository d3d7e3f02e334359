package main

import (
	"os"
	"runtime"
	"testing"
)

func TestAScreenThatWatchesIsContentWithOneProcessor(t *testing.T) {
	if os.Getenv("GOMAXPROCS") != "" {
		t.Skip("the environment sets them")
	}
	all := runtime.GOMAXPROCS(0)
	t.Cleanup(runtime.SetDefaultGOMAXPROCS)
	p := &processors{}
	for _, at := range []struct {
		when string
		do   func()
		want int
	}{
		{"nobody touches it", func() { p.calm(true) }, 1},
		{"somebody does", func() { p.calm(false) }, all},
		{"nobody again", func() { p.calm(true) }, 1},
		{"it takes over", p.send, all},
		{"nobody touches it then", func() { p.calm(true) }, all},
	} {
		if at.do(); runtime.GOMAXPROCS(0) != at.want {
			t.Errorf("%s: %d processors, want %d", at.when, runtime.GOMAXPROCS(0), at.want)
		}
	}
}
