package samples

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"hooktop/model"
)

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

func TestOwnEventsStandBesideTheEmbeddedOnes(t *testing.T) {
	odd := "{ \"type\":\"order.item.added\",\n\n\"n\":14820057731904466213.0, \"n\":1}\r\n"
	set, warnings, err := Load(fstest.MapFS{
		"order.paid.json":         file(`{"type": "order.paid", "lang": "any"}`),
		"order.paid.es.json":      file(`{"type": "order.paid", "lang": "es"}`),
		"order.paid.md":           file("# Paid\n"),
		"order.paid.es.md":        file("# Pagado\n"),
		"order.item.added.json":   file(odd),
		"order.item.removed.json": file(`{}`),
		"call.tag.renamed.json":   file(`{}`),
		"labels.toml": file(`
[[label]]
key = "order.paid"
es = "Pedido pagado"
en = "Order paid"
[[label]]
key = "order.item"
es = "Línea de pedido"
`),
		"README.md": file("about this folder"),
		"notes.txt": file("nothing of ours"),
		".git.json": file("nothing of ours"),
	})
	if err != nil || len(warnings) != 0 {
		t.Fatalf("warnings %v, err %v", warnings, err)
	}
	triggers := set.Catalogue().Triggers()
	if got := triggers[1].Events; !slices.Equal(got, []string{"call.tag.added", "call.tag.removed", "call.tag.renamed"}) {
		t.Errorf("call.tag = %v", got)
	}
	var own []string
	for _, tr := range triggers[7:] {
		own = append(own, tr.Key)
	}
	if !slices.Equal(own, []string{"order", "order.item"}) {
		t.Errorf("own triggers = %v, want the order of labels.toml", own)
	}
	if b, _ := set.Body("order.item.added", "en"); string(b) != odd {
		t.Errorf("body changed: %q", b)
	}
	for lang, want := range map[string]string{"es": `"es"`, "en": `"any"`, "fr": `"any"`} {
		if b, _ := set.Body("order.paid", lang); !bytes.Contains(b, []byte(want)) {
			t.Errorf("%s body = %s", lang, b)
		}
	}
	if set.Page("order.paid", "es") != "# Pagado\n" || set.Page("order.paid", "en") != "# Paid\n" {
		t.Errorf("pages: %q, %q", set.Page("order.paid", "es"), set.Page("order.paid", "en"))
	}
	if set.Label("order.paid", "en") != "Order paid" || set.Label("order.item", "en") != "Línea de pedido" || set.Label("order.item.added", "es") != "order.item.added" {
		t.Error("labels of one's own are not found")
	}
	if got := set.Label("order", "es"); got != "Pedido pagado" {
		t.Errorf("a toggle with one event and no label = %q, want the event's", got)
	}
}

func TestATogglesPageIsThatOfItsEventsIfItHasNone(t *testing.T) {
	set, _, _ := Load(fstest.MapFS{
		"order.item.added.json": file(`{}`), "order.item.removed.json": file(`{}`),
		"order.item.added.md": file("added\n"), "order.item.removed.md": file("removed\n"),
	})
	if got := set.Page("order.item", "es"); got != "added\n\nremoved\n" {
		t.Errorf("page = %q", got)
	}
	if got := set.Page("call.tag.added", "en"); !strings.HasPrefix(got, "# Tag added or removed") {
		t.Errorf("page of an event type = %.40q", got)
	}
}

func TestBadOwnFilesAreWarningsThatNameFileAndPlace(t *testing.T) {
	for name, c := range map[string]struct {
		files     map[string]string
		code      model.Code
		line, col int
		value     string
	}{
		"no JSON":           {files: map[string]string{"order.paid.json": "{\n  \"a\": 1,\n  oops\n}"}, code: model.CodeBodyJSON, line: 3, col: 3},
		"cut off":           {files: map[string]string{"order.paid.json": "{\n\"a\": [1,"}, code: model.CodeBodyJSON, line: 2, col: 9},
		"a list":            {files: map[string]string{"order.paid.json": "\n [1]"}, code: model.CodeBodyJSON, line: 2, col: 2},
		"empty":             {files: map[string]string{"order.paid.json": " \n"}, code: model.CodeBodyEmpty},
		"byte order mark":   {files: map[string]string{"order.paid.json": "\ufeff{}"}, code: model.CodeBodyJSON, line: 1, col: 1},
		"no UTF-8":          {files: map[string]string{"order.paid.json": "{\n\"a\": \"\xff\"}"}, code: model.CodeBodyUTF8, line: 2, col: 7},
		"too large":         {files: map[string]string{"order.paid.json": `{"a":"` + strings.Repeat("x", model.MaxBody) + `"}`}, code: model.CodeBodyTooLarge},
		"another type":      {files: map[string]string{"order.paid.json": "{\n  \"type\": \"call.tag.added\"}"}, code: model.CodeEventName, line: 2, col: 11, value: "call.tag.added"},
		"one word":          {files: map[string]string{"order.es.json": "{}"}, code: model.CodeEventName, value: "order"},
		"capitals":          {files: map[string]string{"Order.Paid.json": "{}"}, code: model.CodeEventName, value: "Order.Paid"},
		"an embedded event": {files: map[string]string{"call.tag.added.json": "{}"}, code: model.CodeEventTaken, value: "call.tag.added"},
		"a toggle's name":   {files: map[string]string{"call.tag.json": "{}"}, code: model.CodeEventTaken, value: "call.tag"},
		"the verification":  {files: map[string]string{"webhook.verification.json": "{}"}, code: model.CodeEventTaken},
		"an embedded page":  {files: map[string]string{"call.tag.md": "mine"}, code: model.CodeEventTaken},
		"a page alone":      {files: map[string]string{"order.paid.md": "mine"}, code: model.CodeEventNoBody},
		"a label alone":     {files: map[string]string{"labels.toml": "[[label]]\nkey = \"order.paid\"\n"}, code: model.CodeEventNoBody, line: 2, value: "order.paid"},
		"no TOML":           {files: map[string]string{"labels.toml": "[[label]]\nkey = order\n"}, code: model.CodeOwnFile, line: 2},
		"an unknown key":    {files: map[string]string{"labels.toml": "colour = 1\n"}, code: model.CodeOwnFile, line: 1, value: "colour"},
	} {
		t.Run(name, func(t *testing.T) {
			own := fstest.MapFS{}
			wantFile := ""
			for f, text := range c.files {
				own[f], wantFile = file(text), f
			}
			set, warnings, err := Load(own)
			if err != nil || len(warnings) != 1 {
				t.Fatalf("warnings %v, err %v", warnings, err)
			}
			w := warnings[0]
			if w.File != wantFile || w.Fault.Code != c.code {
				t.Errorf("warning %v, want %s in %s", w, c.code, wantFile)
			}
			if c.line != 0 && w.Fault.Line != c.line || c.col != 0 && w.Fault.Col != c.col {
				t.Errorf("at %d:%d, want %d:%d", w.Fault.Line, w.Fault.Col, c.line, c.col)
			}
			if c.value != "" && w.Fault.Value != c.value {
				t.Errorf("value %q, want %q", w.Fault.Value, c.value)
			}
			if n := len(set.Catalogue().Types()); n != 11 {
				t.Errorf("%d event types are left, want the embedded 11", n)
			}
		})
	}
}

func TestOneBadFileDoesNotTakeTheOthersAlong(t *testing.T) {
	set, warnings, err := Load(fstest.MapFS{
		"order.paid.json": file(`{}`), "order.sent.json": file(`{`),
		"labels.toml": file("[[label]]\nkey = \"order.paid\"\nes = \"Pedido pagado\"\nfr = \"Commande payée\"\n"),
	})
	if err != nil || len(warnings) != 2 || !set.Catalogue().Has("order.paid") || set.Catalogue().Has("order.sent") {
		t.Errorf("warnings %v, err %v", warnings, err)
	}
	if got := set.Label("order.paid", "es"); got != "Pedido pagado" {
		t.Errorf("label = %q", got)
	}
}

func TestOwnFolderOnDisk(t *testing.T) {
	dir := t.TempDir()
	if _, warnings, err := Load(os.DirFS(filepath.Join(dir, "absent"))); err != nil || len(warnings) != 0 {
		t.Errorf("an absent folder: %v, %v", warnings, err)
	}
	if err := os.Mkdir(filepath.Join(dir, "order.new.json"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/dev/zero", filepath.Join(dir, "order.paid.json")); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	_, warnings, err := Load(os.DirFS(dir))
	if err != nil || len(warnings) != 1 || warnings[0].File != "order.paid.json" {
		t.Errorf("a device: %v, %v", warnings, err)
	}
}

func TestUnknownEventIsAFault(t *testing.T) {
	_, err := load(t).Body("call.lost", "es")
	var fault *model.Fault
	if !errors.As(err, &fault) || fault.Code != model.CodeUnknownEvent || fault.Value != "call.lost" {
		t.Errorf("err = %v", err)
	}
}

func TestBodyIsACopy(t *testing.T) {
	set := load(t)
	b, _ := set.Body("call.processed", "en")
	b[0] = 'x'
	if again, _ := set.Body("call.processed", "en"); again[0] != '{' {
		t.Error("a caller changed the sample")
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(`{"type": "order.paid"}`), []byte("[[label]]\nkey = \"order.paid\"\n"))
	f.Add([]byte("{\xff"), []byte("key ="))
	f.Fuzz(func(t *testing.T, body, labels []byte) {
		set, _, err := Load(fstest.MapFS{"order.paid.json": &fstest.MapFile{Data: body}, "labels.toml": &fstest.MapFile{Data: labels}})
		if err != nil {
			t.Fatal(err)
		}
		if b, err := set.Body("order.paid", "es"); err == nil && !bytes.Equal(b, body) {
			t.Errorf("%q came back as %q", body, b)
		}
	})
}
