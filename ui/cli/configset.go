package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"

	"github.com/pelletier/go-toml/v2"
)

// SetConfig writes one setting, a string or a bool, into the configuration file at
// path. The file is edited in place: comments, order and line ends stay. A file that
// is missing is made. One that cannot be edited without touching anything else is
// left as it is, with an error.
func SetConfig(path, key string, value any) error {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real // a link stays a link
	}
	raw, err := os.ReadFile(path)
	mode := fs.FileMode(0o600)
	if err == nil {
		if info, err := os.Stat(path); err == nil {
			mode = info.Mode().Perm()
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read configuration: %w", err)
	}
	edited, err := setKey(raw, key, value)
	if err != nil {
		return fmt.Errorf("edit configuration: %w", err)
	}
	return replace(path, edited, mode)
}

var errByHand = errors.New("the file is written in a way that only a person can change")

// setKey puts a key with its value into a flat TOML file and checks that nothing
// else has become another.
func setKey(raw []byte, key string, value any) ([]byte, error) {
	before := map[string]any{}
	if err := toml.Unmarshal(raw, &before); err != nil {
		return nil, err
	}
	text := strconv.Quote(fmt.Sprint(value)) // names and words of ours: no escape differs from TOML's
	if b, ok := value.(bool); ok {
		text = strconv.FormatBool(b)
	}
	line := regexp.MustCompile(`(?m)^([ \t]*` + regexp.QuoteMeta(key) + `[ \t]*=[ \t]*)("[^"\n]*"|'[^'\n]*'|[^\s#"']+)`)
	var out []byte
	if at := line.FindSubmatchIndex(raw); at != nil {
		out = append(append(append(out, raw[:at[4]]...), text...), raw[at[5]:]...)
	} else {
		out = addLine(raw, key+" = "+text)
	}
	after := map[string]any{}
	if err := toml.Unmarshal(out, &after); err != nil {
		return nil, errors.Join(errByHand, err)
	}
	before[key] = value
	if !reflect.DeepEqual(before, after) {
		return nil, errByHand
	}
	return out, nil
}

// addLine puts a line before the first table, where top-level keys end.
func addLine(raw []byte, line string) []byte {
	end := "\n"
	if bytes.Contains(raw, []byte("\r\n")) {
		end = "\r\n"
	}
	at := len(raw)
	if table := regexp.MustCompile(`(?m)^[ \t]*\[`).FindIndex(raw); table != nil {
		at = table[0]
	}
	out := append([]byte(nil), raw[:at]...)
	if len(out) > 0 && out[len(out)-1] != '\n' {
		out = append(out, end...)
	}
	return append(append(out, line+end...), raw[at:]...)
}

// replace writes a file whole or not at all.
func replace(path string, data []byte, mode fs.FileMode) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make folder of the configuration: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".config-*")
	if err != nil {
		return fmt.Errorf("write configuration: %w", err)
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write configuration: %w", errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}
