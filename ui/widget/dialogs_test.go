package widget_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/theme"
	"hooktop/ui/uitest"
	"hooktop/ui/widget"
)

func testEnv(ascii bool) *page.Env {
	return &page.Env{Words: text.For(text.ES), Theme: theme.New(theme.Auto, true, ascii)}
}

// runs makes an entry that writes down that it ran.
func runs(log *[]string, k, label string) widget.Entry {
	return widget.Entry{Key: k, Label: label, Do: func() tea.Cmd { *log = append(*log, label); return nil }}
}

// press gives a dialog keys until it is done, and says whether it was.
func press(d page.Dialog, keys ...string) bool {
	for _, k := range keys {
		if _, done := d.Update(uitest.Key(k)); done {
			return true
		}
	}
	return false
}

func TestMenuRunsByKeyAndByEnter(t *testing.T) {
	var log []string
	menu := func() *widget.Menu {
		return widget.NewMenu(testEnv(false), "Copiar", runs(&log, "j", "JSON"),
			widget.Entry{Key: "r", Label: "respuesta", Off: true}, runs(&log, "c", "curl"))
	}
	for _, c := range []struct {
		keys string
		ran  string
		done bool
	}{
		{"j", "JSON", true}, // an entry's key, not "down"
		{"c", "curl", true},
		{"enter", "JSON", true},
		{"down down enter", "curl", true},
		{"down enter", "", false}, // off
		{"r", "", false},
		{"up up enter", "JSON", true},
		{"end enter", "curl", true},
		{"end home enter", "JSON", true},
		{"k", "", false},
		{"esc", "", true},
		{"q", "", true},
		{"x", "", false},
	} {
		log = nil
		done := press(menu(), strings.Fields(c.keys)...)
		if got := strings.Join(log, ","); got != c.ran || done != c.done {
			t.Errorf("%s: ran %q, closed %v; want %q, %v", c.keys, got, done, c.ran, c.done)
		}
	}
}

func TestListsShowKeysAndRunByEnterOnly(t *testing.T) {
	var log []string
	l := widget.NewList(testEnv(false), "Ayuda", widget.Entry{Head: true, Label: "Aquí"},
		runs(&log, "n", "nuevo"), widget.Entry{Head: true, Label: "Siempre"}, runs(&log, "q", "salir"))
	if press(l, "n") {
		t.Error("a key of the list closed it")
	}
	press(l, "j", "enter") // past the heading
	if strings.Join(log, ",") != "salir" {
		t.Errorf("ran %v, want salir", log)
	}
}

func TestMenuFitsAndKeepsTheSelectedInSight(t *testing.T) {
	var list []widget.Entry
	for range 30 {
		list = append(list, widget.Entry{Key: "ctrl+s", Label: "Guardar lo escrito y activar el webhook", Note: "hooktop hook save", Do: func() tea.Cmd { return nil }})
	}
	for _, ascii := range []bool{false, true} {
		for _, size := range [][2]int{{40, 9}, {40, 10}, {80, 22}, {200, 58}} {
			m := widget.NewMenu(testEnv(ascii), "Título", list...)
			for n := range 30 {
				v := m.View(size[0], size[1])
				if w, h := lipgloss.Size(v); w > size[0] || h > size[1] {
					t.Fatalf("%dx%d in %v", w, h, size)
				}
				c := m.Cursor()
				lines := strings.Split(uitest.Strip(v), "\n")
				mark := "▌"
				if ascii {
					mark = ">"
				}
				if at := []rune(lines[c.Y])[c.X : c.X+1]; string(at) != mark {
					t.Fatalf("entry %d: cursor on %q of %q", n, string(at), lines[c.Y])
				}
				press(m, "down")
			}
		}
	}
}

func TestMenuOnAlmostNoRoomDoesNotPanic(t *testing.T) {
	m := widget.NewMenu(testEnv(false), "Título", runs(new([]string), "a", "una"))
	c := widget.NewConfirm(testEnv(false), "¿Seguro?", []string{"Sí"}, runs(new([]string), "s", "enviar"))
	empty := widget.NewMenu(testEnv(false), "")
	for w := range 8 {
		for h := range 6 {
			for _, d := range []page.Dialog{m, c, empty} {
				d.View(w, h)
				d.Cursor()
				press(d, "down", "up")
			}
		}
	}
	press(empty, "enter", "end", "pgdown")
}

func TestConfirmIsCancelledByDefault(t *testing.T) {
	for _, c := range []struct {
		keys string
		ran  bool
		done bool
	}{
		{"enter", false, true},
		{"esc", false, true},
		{"s", true, true},
		{"right enter", true, true},
		{"tab tab enter", false, true},
		{"left enter", true, true},
		{"r", false, false}, // the key that asked does not answer
		{"q", false, false},
	} {
		var log []string
		d := widget.NewConfirm(testEnv(false), "¿Reenviar 3?", []string{"a hooks.zapier.com"}, runs(&log, "s", "enviar"))
		done := press(d, strings.Fields(c.keys)...)
		if (len(log) == 1) != c.ran || done != c.done {
			t.Errorf("%s: ran %v, closed %v", c.keys, log, done)
		}
	}
}

func TestConfirmShowsEverythingAt40Columns(t *testing.T) {
	d := widget.NewConfirm(testEnv(false), "¿Descartar los cambios?",
		[]string{"Los cambios de este formulario no se han guardado en ninguna parte."},
		runs(new([]string), "d", "descartar"))
	v := uitest.Strip(d.View(40, 10))
	if w, _ := lipgloss.Size(v); w > 40 {
		t.Errorf("%d columns:\n%s", w, v)
	}
	for _, want := range []string{"¿Descartar los cambios?", "ninguna parte", "esc  cancelar", "d  descartar"} {
		if !strings.Contains(v, want) {
			t.Errorf("lacks %q:\n%s", want, v)
		}
	}
	lines := strings.Split(v, "\n")
	if c := d.Cursor(); !strings.Contains(lines[c.Y], "cancelar") {
		t.Errorf("cursor on %q, want cancel", lines[c.Y])
	}
	press(d, "down")
	if c := d.Cursor(); !strings.Contains(lines[c.Y], "descartar") {
		t.Errorf("cursor on %q, want the other choice", lines[c.Y])
	}
}

func TestAMenuMeasuresItsTitleInColumns(t *testing.T) {
	width := func(title string) int {
		var log []string
		return lipgloss.Width(widget.NewMenu(testEnv(false), title, runs(&log, "a", "uno")).View(80, 24))
	}
	if wide, narrow := width(strings.Repeat("ó", 30)), width(strings.Repeat("o", 30)); wide != narrow {
		t.Errorf("a title of 30 columns makes a menu of %d or of %d", wide, narrow)
	}
}
