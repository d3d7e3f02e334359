package cli

import (
	"os"
	"path/filepath"
	"testing"
)

func TestSettingsAreEditedInPlace(t *testing.T) {
	for name, c := range map[string]struct {
		before string
		key    string
		value  any
		after  string // empty: an error, and the file as it was
	}{
		"missing file":       {"", "lang", "es", "lang = \"es\"\n"},
		"comments stay":      {"# mine\nlang = 'en'  # house language\ntheme=\"dark\"\n", "lang", "es", "# mine\nlang = \"es\"  # house language\ntheme=\"dark\"\n"},
		"a new key":          {"theme = \"dark\" # x", "motion", false, "theme = \"dark\" # x\nmotion = false\n"},
		"a bool":             {"ascii = true\r\nlang = \"es\"\r\n", "ascii", false, "ascii = false\r\nlang = \"es\"\r\n"},
		"before a table":     {"lang = \"es\"\n[later]\nlang = 1\n", "theme", "mono", "lang = \"es\"\ntheme = \"mono\"\n[later]\nlang = 1\n"},
		"commented out":      {"#lang = \"en\"\n", "lang", "es", "#lang = \"en\"\nlang = \"es\"\n"},
		"another's prefix":   {"language = \"x\"\n", "lang", "es", "language = \"x\"\nlang = \"es\"\n"},
		"in a table only":    {"[ui]\nlang = \"x\"\n", "lang", "es", ""},
		"quoted key":         {"\"lang\" = \"en\"\n", "lang", "es", ""},
		"in a long string":   {"db = \"\"\"\nlang = \"x\"\n\"\"\"\n", "lang", "es", ""},
		"not TOML":           {"lang = \n", "theme", "dark", ""},
		"a value of no kind": {"lang = [\"es\"]\n", "lang", "es", ""},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "hooktop", "config.toml")
			if c.before != "" {
				if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(c.before), 0o640); err != nil {
					t.Fatal(err)
				}
			}
			err := SetConfig(path, c.key, c.value)
			want := c.after
			if c.after == "" {
				want = c.before
			}
			got, rerr := os.ReadFile(path)
			if rerr != nil || string(got) != want || (err != nil) != (c.after == "") {
				t.Errorf("%q, %v, %v; want %q", got, err, rerr, want)
			}
			if info, err := os.Stat(path); err == nil && c.before != "" && info.Mode().Perm() != 0o640 {
				t.Errorf("mode %v", info.Mode())
			}
			if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".config*")); len(left) > 0 {
				t.Errorf("left behind %v", left)
			}
		})
	}
}

func TestALinkedConfigurationStaysALink(t *testing.T) {
	dir := t.TempDir()
	real, link := filepath.Join(dir, "dotfiles.toml"), filepath.Join(dir, "config.toml")
	if err := os.WriteFile(real, []byte("lang = \"en\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(real, link); err != nil {
		t.Fatal(err)
	}
	if err := SetConfig(link, "lang", "es"); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("%v, %v", info, err)
	}
	if got, _ := os.ReadFile(real); string(got) != "lang = \"es\"\n" {
		t.Errorf("%q", got)
	}
}
