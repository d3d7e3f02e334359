package cli

import "github.com/spf13/pflag"

// Where a setting comes from.
const (
	FromFlag    = "flag"
	FromEnv     = "env"
	FromFile    = "file"
	FromDefault = "default"
)

// Source is where a setting comes from, and the flag, variable or place in the file.
type Source struct{ From, Name string }

// sources says of each setting of the screens where it comes from.
func (a *app) sources(fs *pflag.FlagSet) map[string]Source {
	out := map[string]Source{}
	for _, s := range []struct {
		key, flag string
		env       []string
		file      any
	}{
		{"lang", "lang", []string{"HOOKTOP_LANG"}, a.file.Lang},
		{"theme", "", []string{"HOOKTOP_THEME"}, a.file.Theme},
		{"color", "color", []string{"HOOKTOP_COLOR"}, a.file.Color},
		{"ascii", "ascii", []string{"HOOKTOP_ASCII"}, a.file.ASCII},
		{"motion", "", []string{"REDUCE_MOTION", "HOOKTOP_MOTION"}, a.file.Motion},
		{"mouse", "", []string{"HOOKTOP_MOUSE"}, a.file.Mouse},
		{"notify", "", []string{"HOOKTOP_NOTIFY"}, a.file.Notify},
		{"egress", "egress", []string{"HOOKTOP_EGRESS"}, a.file.Egress},
	} {
		out[s.key] = a.origin(fs, s.key, s.flag, s.env, s.file)
	}
	if out["lang"].From == FromDefault {
		out["lang"] = a.origin(fs, "lang", "", []string{"LC_ALL", "LC_MESSAGES", "LANG"}, nil)
	}
	return out
}

func (a *app) origin(fs *pflag.FlagSet, key, flag string, env []string, file any) Source {
	if flag != "" && fs.Changed(flag) {
		return Source{FromFlag, "--" + flag}
	}
	for _, name := range env {
		if a.Env(name) != "" {
			return Source{FromEnv, name}
		}
	}
	if file != nil {
		return Source{FromFile, a.file.places[key]}
	}
	return Source{From: FromDefault}
}
