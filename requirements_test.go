package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// requirements is how many the source article has.
const requirements = 30

// TestRequirementsHaveTests: each of R1 to R30 has a test that carries its number,
// and the table in ARCHITECTURE.md names those tests and no others. With UPDATE=1 in
// the environment the table is written instead.
func TestRequirementsHaveTests(t *testing.T) {
	named := map[string][]string{} // "R1" -> the tests' names
	test := regexp.MustCompile(`(?m)^func (TestR(\d\d)_\w+)\(`)
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range test.FindAllStringSubmatch(string(src), -1) {
			id := "R" + strings.TrimLeft(m[2], "0")
			named[id] = append(named[id], m[1])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for id := range named {
		slices.Sort(named[id]) // two packages may prove one thing by one name
		named[id] = slices.Compact(named[id])
	}
	doc, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	row := regexp.MustCompile(`(?m)^(\| (R\d+) \|.*\| )(.+)( \|)$`)
	if os.Getenv("UPDATE") != "" {
		doc = row.ReplaceAllFunc(doc, func(line []byte) []byte {
			m := row.FindSubmatch(line)
			return []byte(string(m[1]) + cell(named[string(m[2])]) + string(m[4]))
		})
		if err := os.WriteFile("ARCHITECTURE.md", doc, 0o644); err != nil { //nolint:gosec // a public document
			t.Fatal(err)
		}
	}
	listed := map[string][]string{}
	for _, m := range row.FindAllStringSubmatch(string(doc), -1) {
		for name := range strings.SplitSeq(m[3], ", ") {
			listed[m[2]] = append(listed[m[2]], "Test"+strings.Trim(name, "`"))
		}
	}
	for n := 1; n <= requirements; n++ {
		id := fmt.Sprintf("R%d", n)
		slices.Sort(listed[id])
		switch {
		case len(named[id]) == 0:
			t.Errorf("%s has no test", id)
		case !slices.Equal(named[id], listed[id]):
			t.Errorf("%s: the table of ARCHITECTURE.md should say: %s; UPDATE=1 writes it", id, cell(named[id]))
		}
	}
}

// cell is what the table says of a requirement's tests.
func cell(names []string) string {
	var out []string
	for _, n := range names {
		out = append(out, "`"+strings.TrimPrefix(n, "Test")+"`")
	}
	return strings.Join(out, ", ")
}

// TestEveryFaultHasTests: docs/faults.md names for each of D1 to D9 and I1 to I10 tests
// that there are.
func TestEveryFaultHasTests(t *testing.T) {
	there := map[string]bool{}
	declared := regexp.MustCompile(`(?m)^func (Test\w+)\(`)
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if there[d.Name()] = strings.HasSuffix(path, ".txtar"); !strings.HasSuffix(path, "_test.go") {
			return nil
		}
		src, err := os.ReadFile(path)
		for _, m := range declared.FindAllStringSubmatch(string(src), -1) {
			there[m[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile("docs/faults.md")
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]int{}
	row := regexp.MustCompile(`(?m)^\| ([DI]\d+) \|.*\| (.+) \|$`)
	test := regexp.MustCompile("`(Test\\w+|\\w+\\.txtar)`")
	for _, m := range row.FindAllStringSubmatch(string(doc), -1) {
		for _, name := range test.FindAllStringSubmatch(m[2], -1) {
			if named[m[1]]++; !there[name[1]] {
				t.Errorf("%s: there is no %s", m[1], name[1])
			}
		}
	}
	for letter, last := range map[string]int{"D": 9, "I": 10} {
		for n := 1; n <= last; n++ {
			if id := fmt.Sprint(letter, n); named[id] == 0 {
				t.Errorf("%s has no test", id)
			}
		}
	}
}
