package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"hooktop/ui/text"
)

// file is the configuration file: flat keys, every value optional. Values are
// any so that a wrong type costs a warning and not the rest of the file.
type file struct {
	Lang       any `toml:"lang"`
	Theme      any `toml:"theme"`
	DB         any `toml:"db"`
	KeyFile    any `toml:"key_file"`
	Color      any `toml:"color"`
	Egress     any `toml:"egress"`
	ASCII      any `toml:"ascii"`
	Accessible any `toml:"accessible"`
	Motion     any `toml:"motion"`
	Mouse      any `toml:"mouse"`
	Notify     any `toml:"notify"`

	places map[string]string // of the keys in the file: "path:line:column"
}

// place is where a key's value stands, for the beginning of a sentence.
func (f file) place(key string) string {
	if at := f.places[key]; at != "" {
		return at + ": "
	}
	return ""
}

// config reads the file at path. What cannot be read or is not known becomes a
// warning with its line and column; the program always starts.
func config(path string, w text.UsageWords) (file, []string) {
	var f file
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) || path == "" {
		return f, nil
	}
	if err != nil {
		return f, []string{fmt.Sprintf(w.ConfigRead, text.Clean(path), text.Clean(err.Error()))}
	}
	dec := toml.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	err = dec.Decode(&f)
	var strict *toml.StrictMissingError
	var bad *toml.DecodeError
	var out []string
	switch {
	case errors.As(err, &strict):
		for _, e := range strict.Errors {
			line, col := e.Position()
			out = append(out, fmt.Sprintf(w.ConfigKey, at(path, line, col), text.Clean(strings.Join(e.Key(), "."))))
		}
	case errors.As(err, &bad):
		line, col := bad.Position() // what came before it is not judged: nothing of the file counts
		return file{}, []string{fmt.Sprintf(w.ConfigRead, at(path, line, col), text.Clean(bad.Error()))}
	case err != nil:
		out = append(out, fmt.Sprintf(w.ConfigRead, text.Clean(path), text.Clean(err.Error())))
	}
	return f, append(out, f.check(path, raw, w)...)
}

// check empties the values of a wrong type and says where they stand.
func (f *file) check(path string, raw []byte, w text.UsageWords) []string {
	var out []string
	drop := func(key string, v *any) {
		out = append(out, fmt.Sprintf(w.ConfigValue, f.places[key], key, text.Clean(fmt.Sprint(*v))))
		*v = nil
	}
	f.places = map[string]string{}
	for _, k := range f.keys() {
		if *k.value == nil {
			continue
		}
		line, col := where(raw, k.name)
		f.places[k.name] = at(path, line, col)
		_, isText := (*k.value).(string)
		_, isBool := (*k.value).(bool)
		if k.flag && !isBool || !k.flag && !isText {
			drop(k.name, k.value)
		}
	}
	return out
}

type configKey struct {
	name  string
	value *any
	flag  bool // true or false; otherwise a text
}

func (f *file) keys() []configKey {
	return []configKey{
		{"lang", &f.Lang, false}, {"theme", &f.Theme, false}, {"db", &f.DB, false},
		{"key_file", &f.KeyFile, false}, {"color", &f.Color, false}, {"egress", &f.Egress, false},
		{"ascii", &f.ASCII, true}, {"accessible", &f.Accessible, true}, {"motion", &f.Motion, true},
		{"mouse", &f.Mouse, true}, {"notify", &f.Notify, true},
	}
}

func at(path string, line, col int) string {
	if line == 0 {
		return text.Clean(path)
	}
	return fmt.Sprintf("%s:%d:%d", text.Clean(path), line, col)
}

// where finds a top-level key; 0, 0 when it is written in some other way.
func where(raw []byte, key string) (line, col int) {
	loc := regexp.MustCompile(`(?m)^([ \t]*)` + regexp.QuoteMeta(key) + `[ \t]*=`).FindSubmatchIndex(raw)
	if loc == nil {
		return 0, 0
	}
	return bytes.Count(raw[:loc[0]], []byte("\n")) + 1, loc[3] - loc[2] + 1
}
