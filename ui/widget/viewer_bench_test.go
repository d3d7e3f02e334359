package widget

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui/text"
)

// hostile are the bodies that a viewer must not suffer from: 10 MB, 100,000 levels
// and 500,000 lines, or that divided.
func hostile(by int) map[string][]byte {
	var lines strings.Builder
	lines.WriteString("[\n")
	for i := range 499_998 / by {
		fmt.Fprintf(&lines, "  %d,\n", i)
	}
	lines.WriteString("  0]")
	mb := func(s string) string { return strings.Repeat(s, 10<<20/by/len(s)) }
	return map[string][]byte{
		"10MBLine":  []byte("[" + mb(`{"id":"01234567890123456789","name":"José Núñez","score":12345},`) + "0]"),
		"10MBText":  []byte(mb("año ")),
		"10MBValue": []byte(`{"a":"` + mb("x") + `"}`),
		"10MBBlank": []byte(`{"a":` + mb(" ") + `1,"b":[{"c":2}]}`),
		"10MBWide":  []byte("[" + mb("0,") + "0]"),
		"10MBMarks": []byte(`{"a":"e` + mb("\u0301") + `"}`),
		"100kDeep":  nested(100_000 / by),
		"500kLines": []byte(lines.String()),
	}
}

// all runs commands and their answers to the end, each Update and View on the
// goroutine of the caller.
func all(v *Viewer, cmd tea.Cmd) {
	for cmd != nil {
		msg := cmd()
		cmd = nil
		switch m := msg.(type) {
		case nil:
		case tea.BatchMsg:
			for _, c := range m {
				all(v, c)
			}
		default:
			cmd = v.Update(m)
		}
	}
}

func opened(raw []byte) *Viewer {
	v := NewViewer(viewerEnv(text.EN, false))
	v.SetSize(120, 40)
	all(v, v.Set("k", raw))
	_ = v.View()
	return v
}

// BenchmarkViewerOpen is from the bytes to the screen with everything counted.
func BenchmarkViewerOpen(b *testing.B) {
	for name, raw := range hostile(1) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				opened(raw)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N), "ms/open")
		})
	}
}

// keyed are the keys that are measured, in every way of showing.
var viewerKeys = []string{"down", "pgdown", "G", "up", "pgup", "left", "-", "enter", "right", "+", "G", "left", "g", "enter", "enter"}

// BenchmarkViewerKey is the worst key in every way of showing: what holds the screen
// up (Actions, the key, View), and until its command has been answered as well.
func BenchmarkViewerKey(b *testing.B) {
	for name, raw := range hostile(1) {
		for mode := range viewModes {
			v := opened(raw)
			if !v.front().can(mode) {
				continue
			}
			b.Run(fmt.Sprintf("%s/%s", name, v.env.Words.Viewer.Modes[mode]), func(b *testing.B) {
				held, settled := make([][]time.Duration, len(viewerKeys)), make([][]time.Duration, len(viewerKeys))
				for b.Loop() {
					all(v, v.Show(mode))
					for i, k := range viewerKeys {
						h, s := pressTimed(v, k)
						held[i], settled[i] = append(held[i], h), append(settled[i], s)
					}
				}
				b.ReportMetric(worst(b, "held", held), "ms/key")
				b.ReportMetric(worst(b, "settled", settled), "ms/settled")
			})
		}
	}
}

// worst is the greatest of the keys' medians, in ms.
func worst(b *testing.B, what string, times [][]time.Duration) float64 {
	var most time.Duration
	var key string
	for i, t := range times {
		slices.Sort(t)
		if median := t[len(t)/2]; median > most {
			most, key = median, viewerKeys[i]
		}
	}
	b.Logf("worst key %s: %q %v", what, key, most)
	return float64(most.Microseconds()) / 1000
}

// pressTimed presses a key and draws: how long that holds the screen up, and how
// long it takes until nothing is left to do.
func pressTimed(v *Viewer, key string) (held, settled time.Duration) {
	start := time.Now()
	var cmd tea.Cmd
	for _, a := range v.Actions() {
		for _, k := range a.Keys {
			if k == key && !a.Off {
				cmd = a.Do()
			}
		}
	}
	_ = v.View()
	held = time.Since(start)
	all(v, cmd)
	_ = v.View()
	return held, time.Since(start)
}

// BenchmarkViewerFind is a search to its end, for what is not there and for what is
// everywhere.
func BenchmarkViewerFind(b *testing.B) {
	for name, raw := range hostile(1) {
		for _, q := range []string{"núñez 7", "0"} {
			b.Run(name+"/"+q, func(b *testing.B) {
				v := opened(raw)
				for b.Loop() {
					all(v, v.search(q))
					_ = v.View()
				}
				b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N), "ms/search")
			})
		}
	}
}
