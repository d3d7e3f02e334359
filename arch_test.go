package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers is the import table of ARCHITECTURE.md: for each package, the packages of
// ours it may import. A package that is not listed has no place yet.
var layers = map[string][]string{
	"model":            {},
	"sender/sign":      {"model"},
	"store":            {"model"},
	"sender":           {"model", "sender/sign"},
	"sender/ingest":    {"model", "sender/sign"},
	"sender/link":      {"model", "sender/sign"},
	"samples":          {"model", "sender/sign"},
	"samples/receiver": {"model", "sender/sign"},
	"ui/text":          {"model"},
	"ui/compare":       {"model", "ui/text"},
	"ui/clip":          {},
	"ui/theme":         {"model", "ui/text"},
	"ui/page":          {"model", "ui/text", "ui/theme"},
	"ui/widget":        {"model", "ui/text", "ui/theme", "ui/page"},
	"ui/hooks":         {"model", "ui/text", "ui/theme", "ui/page", "ui/widget"},
	"ui/deliveries":    {"model", "ui/text", "ui/theme", "ui/page", "ui/widget", "ui/compare"},
	"ui/inbox":         {"model", "ui/text", "ui/theme", "ui/page", "ui/widget"},
	"ui/metrics":       {"model", "ui/text", "ui/theme", "ui/page", "ui/widget"},
	"ui/settings":      {"model", "ui/text", "ui/theme", "ui/page", "ui/widget"},
	"ui/cli":           {"model", "ui/text", "ui/compare", "sender/sign"},
	"ui":               {"model", "ui/*"},
}

// testers are packages that only tests and tools import: they may import what they
// drive.
var testers = []string{"ui/uitest", "store/storetest", "internal", "e2e"}

// screens must not reach the network or a database on their own.
var screens = []string{"ui/hooks", "ui/deliveries", "ui/inbox", "ui/metrics", "ui/settings"}

// TestImports reads every file of the tree and holds its imports against the table.
func TestImports(t *testing.T) {
	seen := 0
	eachFile(t, func(pkg, path string, imports []string) {
		if pkg == "." || inside(pkg, testers) || strings.HasSuffix(path, "_test.go") {
			return // tests may reach what they drive
		}
		allowed, listed := layers[pkg]
		if !listed {
			t.Errorf("%s: package %s is not in the import table", path, pkg)
			return
		}
		for _, imp := range imports {
			seen++
			own, ours := strings.CutPrefix(imp, "hooktop/")
			switch {
			case ours && inside(own, testers):
				t.Errorf("%s: %s is for tests only", path, own)
			case ours && !permitted(own, allowed):
				t.Errorf("%s: %s must not import %s", path, pkg, own)
			case ours:
			case pkg == "model" && strings.Contains(strings.Split(imp, "/")[0], "."):
				t.Errorf("%s: model must not import %s: standard library only", path, imp)
			case slices.Contains(screens, pkg) && (imp == "net/http" || imp == "database/sql"):
				t.Errorf("%s: a screen must not import %s", path, imp)
			}
		}
	})
	if seen < 20 {
		t.Fatalf("only %d imports were checked: the walk is broken", seen)
	}
}

// TestModelIsPure keeps clocks, files and the network out of the rules.
func TestModelIsPure(t *testing.T) {
	eachFile(t, func(pkg, path string, imports []string) {
		if pkg != "model" || strings.HasSuffix(path, "_test.go") {
			return
		}
		for _, imp := range imports {
			if slices.Contains([]string{"os", "io/fs", "net", "net/http", "database/sql", "math/rand", "math/rand/v2", "crypto/rand"}, imp) {
				t.Errorf("%s: model must not import %s", path, imp)
			}
		}
	})
}

func permitted(own string, allowed []string) bool {
	for _, a := range allowed {
		if a == own || strings.HasSuffix(a, "/*") && strings.HasPrefix(own, strings.TrimSuffix(a, "*")) {
			return true
		}
	}
	return false
}

func inside(pkg string, roots []string) bool {
	return slices.ContainsFunc(roots, func(r string) bool { return pkg == r || strings.HasPrefix(pkg, r+"/") })
}

func eachFile(t *testing.T, visit func(pkg, path string, imports []string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") {
			return nil
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, src, parser.ImportsOnly)
		if err != nil {
			return err
		}
		var imports []string
		for _, i := range file.Imports {
			p, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			imports = append(imports, p)
		}
		visit(filepath.ToSlash(filepath.Dir(path)), path, imports)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
