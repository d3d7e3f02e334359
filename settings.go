package main

import (
	"os"

	"hooktop/ui/cli"
	"hooktop/ui/settings"
	"hooktop/ui/text"
)

// settingsOf are the settings of a run. The demonstration keeps nothing.
func settingsOf(o cli.Options, p cli.Paths, demo bool) settings.Verbs {
	v := settings.Verbs{Sources: map[string]settings.Source{}}
	for key, s := range o.Sources {
		v.Sources[key] = settings.Source{From: s.From, Name: s.Name}
	}
	fact := func(key, value string) {
		v.Facts = append(v.Facts, settings.Fact{Key: key, Value: func(*text.Words) string { return value }})
	}
	v.Facts = append(v.Facts, settings.Fact{Key: "egress", Value: func(w *text.Words) string { return w.Settings.Names[o.Egress] }})
	v.Facts = append(v.Facts, settings.Fact{Key: "retention", Value: func(w *text.Words) string {
		return w.Settings.Kept(w.Duration(keepDelivered), w.Duration(keepDead), w.Size(keepBytes))
	}})
	for _, f := range [][2]string{{"config", p.Config}, {"db", p.DB}, {"key", p.Key}, {"samples", p.Samples}, {"state", p.State}, {"log", p.Log}, {"token", p.Token}, {"version", version}} {
		if theirs := f[0] == "config" || f[0] == "state" || f[0] == "token"; demo && theirs {
			continue // the demonstration writes none of the user's files
		}
		fact(f[0], f[1])
	}
	if !demo {
		v.Save = func(key string, value any) error { return cli.SetConfig(p.Config, key, value) }
	}
	v.Plain = o.Color == "never" || o.Color != "always" && os.Getenv("NO_COLOR") != ""
	return v
}
