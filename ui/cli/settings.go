package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"hooktop/model"
	"hooktop/ui/text"
)

// prelude finds what must be known before the flags are parsed, because help and
// usage errors are already written in the user's language: the configuration
// file and the language.
func (a *app) prelude(args []string) {
	a.opts.Config = scan(args, "--config")
	a.opts.ConfigGiven = a.opts.Config != ""
	if a.opts.Config == "" {
		a.opts.Config = a.Env("HOOKTOP_CONFIG")
	}
	if p, err := a.Paths(a.opts); err == nil {
		a.opts.Config = p.Config
	}
	// The file is read twice: it may name the language its warnings are written in.
	flag := scan(args, "--lang")
	a.language(flag)
	a.file, _ = config(a.opts.Config, a.words().Bad)
	a.language(flag)
	a.file, a.warnings = config(a.opts.Config, a.words().Bad)
}

// scan returns the value of a flag in unparsed arguments.
func scan(args []string, flag string) string {
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if v, ok := strings.CutPrefix(arg, flag+"="); ok {
			return v
		}
		if arg == flag && i+1 < len(args) {
			return args[i+1]
		}
	}
	return ""
}

// language chooses by flag, environment, file and locale, in this order. What was
// named on purpose and is not known is reported; a locale is not.
func (a *app) language(flag string) {
	var warn, place string
	fromFile, _ := a.file.Lang.(string)
	chosen := text.EN
	for _, c := range []struct {
		from, value string
		named       bool
	}{
		{"--lang", flag, true},
		{"HOOKTOP_LANG", a.Env("HOOKTOP_LANG"), true},
		{"lang", fromFile, true},
		{"LC_ALL", a.Env("LC_ALL"), false},
		{"LC_MESSAGES", a.Env("LC_MESSAGES"), false},
		{"LANG", a.Env("LANG"), false},
	} {
		if c.value == "" {
			continue
		}
		l, ok := text.Match(c.value)
		if ok {
			chosen = l
			break
		}
		if !c.named {
			break // a locale that is not ours is English, silently
		}
		if warn == "" {
			warn = c.from + "\x00" + c.value
			if c.from == "lang" {
				place = a.file.place("lang")
			}
		}
	}
	a.all = text.For(chosen).AtShell()
	a.opts.Lang = string(chosen)
	a.langWarning = ""
	if from, value, ok := strings.Cut(warn, "\x00"); ok {
		a.langWarning = place + fmt.Sprintf(a.words().Bad.Lang, text.Clean(value), from)
	}
}

// globals declares the flags that every command takes.
func (a *app) globals(fs *pflag.FlagSet) {
	w := a.words().Flag
	o := &a.opts
	fs.StringVar(&o.DB, "db", "", w.DB)
	fs.String("lang", "", w.Lang)
	fs.BoolVar(&o.JSON, "json", false, w.JSON)
	fs.StringVar(&o.JQ, "jq", "", w.JQ)
	fs.BoolVarP(&o.Quiet, "quiet", "q", false, w.Quiet)
	fs.BoolVar(&o.NoInput, "no-input", false, w.NoInput)
	fs.BoolVar(&o.ReadOnly, "readonly", false, w.ReadOnly)
	fs.StringVar(&o.Color, "color", "auto", w.Color)
	fs.BoolVar(&o.ASCII, "ascii", false, w.ASCII)
	fs.BoolVar(&o.Accessible, "accessible", false, w.Accessible)
	fs.StringVar(&o.Egress, "egress", "any", w.Egress)
	fs.BoolVar(&o.NoProxy, "no-proxy", false, w.NoProxy)
	fs.String("config", "", w.Config)
	fs.BoolVar(&o.Debug, "debug", false, w.Debug)
	fs.StringVar(&o.Open, "open", "", w.Open)
	placeholders(fs, map[string]string{"db": "PATH", "lang": "es|en", "jq": "EXPR", "color": "auto|always|never", "egress": "any|public", "config": "FILE", "open": "ID"})
}

// settle completes the options after the flags were parsed: flag, environment,
// file, default. A bad flag is a fault; a bad variable or key is a warning.
func (a *app) settle(fs *pflag.FlagSet) error {
	o, w := &a.opts, a.words().Bad
	if err := a.checkFlags(fs); err != nil {
		return err
	}
	a.pick(fs, "db", &o.DB, "HOOKTOP_DB", a.file.DB, nil)
	a.pick(fs, "", &o.KeyFile, "HOOKTOP_KEY_FILE", a.file.KeyFile, nil)
	a.pick(fs, "color", &o.Color, "HOOKTOP_COLOR", a.file.Color, colors())
	a.pick(fs, "egress", &o.Egress, "HOOKTOP_EGRESS", a.file.Egress, egresses())
	o.Theme = "auto"
	place := ""
	if v := a.Env("HOOKTOP_THEME"); v != "" {
		o.Theme = v
	} else if v, ok := a.file.Theme.(string); ok {
		o.Theme, place = v, a.file.place("theme")
	}
	if len(a.Themes) > 0 && !slices.Contains(a.Themes, o.Theme) {
		a.warn("%s"+w.Theme, place, text.Clean(o.Theme), strings.Join(a.Themes, ", "))
		o.Theme = "auto"
	}
	motion := true
	a.pickBool(fs, "", &motion, "HOOKTOP_MOTION", a.file.Motion)
	o.NoMotion = !motion || a.Env("REDUCE_MOTION") != ""
	mouse := true
	a.pickBool(fs, "", &mouse, "HOOKTOP_MOUSE", a.file.Mouse)
	o.NoMouse = !mouse
	a.pickBool(fs, "", &o.Notify, "HOOKTOP_NOTIFY", a.file.Notify)
	o.Sources = a.sources(fs)
	a.pickBool(fs, "ascii", &o.ASCII, "HOOKTOP_ASCII", a.file.ASCII)
	a.pickBool(fs, "accessible", &o.Accessible, "HOOKTOP_ACCESSIBLE", a.file.Accessible)
	a.pickBool(fs, "readonly", &o.ReadOnly, "HOOKTOP_READONLY", nil)
	a.pickBool(fs, "no-input", &o.NoInput, "HOOKTOP_NO_INPUT", nil)
	a.pickBool(fs, "quiet", &o.Quiet, "HOOKTOP_QUIET", nil)
	a.pickBool(fs, "debug", &o.Debug, "HOOKTOP_DEBUG", nil)
	a.pickBool(fs, "no-proxy", &o.NoProxy, "HOOKTOP_NO_PROXY", nil)
	o.OutIsTerminal = a.OutTTY
	o.Interactive = a.InTTY && a.OutTTY && !o.Accessible && !o.NoInput && !o.JSON && a.Env("TERM") != "dumb"
	if o.JQ != "" {
		o.JSON = true
		return a.compileJQ()
	}
	return nil
}

func (a *app) checkFlags(fs *pflag.FlagSet) error {
	o, w := &a.opts, a.words().Bad
	if fs.Changed("color") && !slices.Contains(colors(), o.Color) {
		return usage(w.Choice, o.Color, "--color", strings.Join(colors(), ", "))
	}
	if fs.Changed("egress") && !slices.Contains(egresses(), o.Egress) {
		return usage(w.Choice, o.Egress, "--egress", strings.Join(egresses(), ", "))
	}
	for _, name := range []string{"db", "config", "lang", "jq", "open"} {
		if f := fs.Lookup(name); f != nil && f.Changed && f.Value.String() == "" {
			return usage(w.EmptyValue, "--"+name)
		}
	}
	if a.opts.ConfigGiven && !exists(a.opts.Config) {
		return &model.Fault{Code: model.CodeNotFound, Field: "config", Value: a.opts.Config}
	}
	return nil
}

func colors() []string   { return []string{"auto", "always", "never"} }
func egresses() []string { return []string{"any", "public"} }

// pick fills a text the flag did not give. choices, if any, are what it may be.
func (a *app) pick(fs *pflag.FlagSet, flag string, to *string, env string, key any, choices []string) {
	if flag != "" && fs.Changed(flag) {
		return
	}
	from, v, place := env, a.Env(env), ""
	if v == "" {
		s, ok := key.(string)
		if !ok {
			return
		}
		from, v, place = flag, s, a.file.place(flag)
	}
	if choices != nil && !slices.Contains(choices, v) {
		a.warn("%s"+a.words().Bad.Env, place, text.Clean(v), from, strings.Join(choices, ", "))
		return
	}
	*to = v
}

func (a *app) pickBool(fs *pflag.FlagSet, flag string, to *bool, env string, key any) {
	if flag != "" && fs.Changed(flag) {
		return
	}
	if v := a.Env(env); v != "" {
		b, err := strconv.ParseBool(v)
		if err != nil {
			a.warn(a.words().Bad.Env, text.Clean(v), env, "0, 1")
			return
		}
		*to = b
		return
	}
	if b, ok := key.(bool); ok {
		*to = b
	}
}
