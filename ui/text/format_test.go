package text

import (
	"testing"
	"time"
)

func TestNumbersSizesDurations(t *testing.T) {
	cases := []struct{ name, es, en, wantES, wantEN string }{
		{"thousands", ES.Number(12431), EN.Number(12431), "12.431", "12,431"},
		{"four digits", ES.Number(1200), EN.Number(1200), "1.200", "1,200"},
		{"small", ES.Number(8), EN.Number(8), "8", "8"},
		{"decimal", ES.Decimal(99.2), EN.Decimal(99.2), "99,2", "99.2"},
		{"bytes", ES.Size(1023), EN.Size(1023), "1.023 B", "1,023 B"},
		{"KiB", ES.Size(4198), EN.Size(4198), "4,1 KiB", "4.1 KiB"},
		{"MiB", ES.Size(1 << 20), EN.Size(1 << 20), "1 MiB", "1 MiB"},
		{"none", ES.Duration(0), EN.Duration(0), "0 ms", "0 ms"},
		{"micro", ES.Duration(20 * time.Microsecond), EN.Duration(400 * time.Microsecond), "0,1 ms", "0.4 ms"},
		{"ms", ES.Duration(84 * time.Millisecond), EN.Duration(999 * time.Millisecond), "84 ms", "999 ms"},
		{"s", ES.Duration(1204 * time.Millisecond), EN.Duration(1204 * time.Millisecond), "1,2 s", "1.2 s"},
		{"whole s", ES.Duration(30 * time.Second), EN.Duration(5 * time.Second), "30 s", "5 s"},
		{"never 60 s", ES.Duration(59960 * time.Millisecond), EN.Duration(time.Minute), "1 min", "1 min"},
		{"min", ES.Duration(252 * time.Second), EN.Duration(time.Hour - time.Millisecond), "4 min 12 s", "1 h"},
		{"h", ES.Duration(125 * time.Minute), EN.Duration(24*time.Hour - time.Second), "2 h 5 min", "1 d"},
		{"d", ES.Duration(76 * time.Hour), EN.Duration(168 * time.Hour), "3 d 4 h", "7 d"},
		{"one", ES.Count(1, "nueva", "de nuevas", "nuevas"), EN.Count(1, "new", "new", "news"), "1 nueva", "1 new"},
		{"zero", ES.Count(0, "nueva", "de nuevas", "nuevas"), EN.Count(0, "a", "b", "c"), "0 nuevas", "0 c"},
		{"million", ES.Count(2000000, "nueva", "de nuevas", "nuevas"), EN.Count(2000000, "a", "b", "c"), "2.000.000 de nuevas", "2,000,000 c"},
	}
	for _, c := range cases {
		if c.es != c.wantES || c.en != c.wantEN {
			t.Errorf("%s: %q and %q, want %q and %q", c.name, c.es, c.en, c.wantES, c.wantEN)
		}
	}
}

func TestAgo(t *testing.T) {
	now := time.Date(2026, 3, 12, 9, 0, 0, 0, time.UTC)
	for d, want := range map[time.Duration][2]string{
		0:                         {"ahora", "now"},
		12 * time.Second:          {"hace 12 s", "12 s ago"},
		119 * time.Second:         {"hace 1 min", "1 min ago"},
		2*time.Hour + time.Minute: {"hace 2 h", "2 h ago"},
		49 * time.Hour:            {"hace 2 d", "2 d ago"},
		-41 * time.Second:         {"en 41 s", "in 41 s"},
		-500 * time.Millisecond:   {"ahora", "now"},
	} {
		if es, en := ES.Ago(now.Add(-d), now), EN.Ago(now.Add(-d), now); es != want[0] || en != want[1] {
			t.Errorf("%v: %q %q", d, es, en)
		}
	}
}

func TestTimesAreLocalAndISO(t *testing.T) {
	at := time.Date(2026, 3, 12, 21, 5, 7, 0, time.Local)
	if DateTime(at.UTC()) != "2026-03-12 21:05:07" || Date(at) != "2026-03-12" || Clock(at.UTC()) != "21:05:07" {
		t.Errorf("%s, %s, %s", DateTime(at.UTC()), Date(at), Clock(at.UTC()))
	}
}

func TestPercentagesAreRoundedButNeverToCertainty(t *testing.T) {
	for _, c := range []struct {
		part, of int64
		es, en   string
	}{{1, 1, "100 %", "100 %"}, {99999, 100000, "99,9 %", "99.9 %"}, {1, 100000, "0,1 %", "0.1 %"}, {0, 5, "0 %", "0 %"}, {2, 3, "66,7 %", "66.7 %"},
		{1, 7, "14,3 %", "14.3 %"}, {999, 1000, "99,9 %", "99.9 %"}, {1, 2, "50 %", "50 %"}} {
		if es, en := ES.Percent(c.part, c.of), EN.Percent(c.part, c.of); es != c.es || en != c.en {
			t.Errorf("%d of %d is %q and %q, want %q and %q", c.part, c.of, es, en, c.es, c.en)
		}
	}
}

func TestKeysHaveTheWordsOnThem(t *testing.T) {
	for key, want := range map[string][2]string{
		"shift+up": {"mayús+arriba", "shift+up"}, "pgdown": {"AvPág", "PgDn"}, "space": {"espacio", "space"},
		"ctrl+s": {"ctrl+s", "ctrl+s"}, "+": {"+", "+"}, "f2": {"F2", "F2"},
	} {
		if got := [2]string{For(ES).Shell.KeyName(key), For(EN).Shell.KeyName(key)}; got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
}
