package ui_test

import (
	"image/color"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"hooktop/ui"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/theme"
)

func toast(kind page.ToastKind, words string) page.ToastMsg {
	return page.ToastMsg{Kind: kind, Text: words}
}

func TestSuccessesFadeAndErrorsStay(t *testing.T) {
	s := newStage(t, 80, 24)
	s.Send(toast(page.ToastGood, "guardado"))
	s.Has("✓ guardado")
	if w := s.Timers()[0].Wait; w != 4*time.Second {
		t.Errorf("a success stays %v, want 4 s", w)
	}
	s.Fire().Lacks("guardado")

	s.Send(toast(page.ToastError, "disco lleno")).Fire().Press("x").Has("✗ disco lleno")
	s.Press("esc").Lacks("disco lleno")
	s.page.seen = nil
	s.Press("esc")
	s.saw(t, "key esc")

	s.Send(toast(page.ToastWarn, "ojo")).Fire().Has("! ojo")
	s.Press("x").Lacks("ojo")
}

func TestAnOldTimerDoesNotTakeANewerToastAway(t *testing.T) {
	s := newStage(t, 80, 24)
	s.Send(toast(page.ToastGood, "primero"))
	s.Send(toast(page.ToastError, "segundo"))
	s.Fire().Has("segundo").Lacks("primero")
}

func TestAToastStealsTheLastRowOfTheBody(t *testing.T) {
	s := newStage(t, 80, 24)
	before := s.Screen()
	s.Send(toast(page.ToastInfo, "aviso"))
	after := strings.Split(s.Screen(), "\n")
	for i, l := range strings.Split(before, "\n") {
		if i != 22 && after[i] != l {
			t.Errorf("row %d moved: %q, was %q", i, after[i], l)
		}
	}
	if after[22] != "· aviso" {
		t.Errorf("row 22 is %q", after[22])
	}
}

func TestUndoActsOnce(t *testing.T) {
	s := newStage(t, 80, 24)
	undone := 0
	deleted := page.ToastMsg{Kind: page.ToastGood, Text: "«crm-prod» eliminado", Undo: func() tea.Cmd { undone++; return nil }}
	s.Send(deleted)
	if w := s.Timers()[0].Wait; w != 10*time.Second {
		t.Errorf("undo is offered for %v, want 10 s", w)
	}
	s.Press("u", "u")
	if undone != 1 {
		t.Errorf("undone %d times", undone)
	}
	s.Has("No hay nada que deshacer")
}

func TestEachUndoTakesBackTheNextOlderDeed(t *testing.T) {
	s := newStage(t, 80, 24)
	var undone []string
	for _, name := range []string{"uno", "dos", "tres"} {
		s.Send(page.ToastMsg{Kind: page.ToastGood, Text: name + " eliminado", Undo: func() tea.Cmd {
			undone = append(undone, name)
			return page.Toast(page.ToastGood, name+" restaurado")
		}})
	}
	s.Fire() // the toast has gone, what it offered has not
	s.Press("u").Has("tres restaurado").Press("u").Has("dos restaurado").Press("u").Has("uno restaurado")
	if want := []string{"tres", "dos", "uno"}; !slices.Equal(undone, want) {
		t.Errorf("undone %q, want %q", undone, want)
	}
	s.Press("u").Has("No hay nada que deshacer")
}

func TestAToastDropsWholePartsAndCutsNoWord(t *testing.T) {
	const long = "Enviado al terminal, 73 B: respuesta de la prueba. Si no se pega: y f lo guarda en un archivo"
	for text, want := range map[string]string{
		long: "Enviado al terminal, 73 B: respuesta de la prueba",
		"«crm-fichas» eliminado · u deshace (10 s, y después en la lista de comandos, donde queda)": "«crm-fichas» eliminado · u deshace",
	} {
		s := newStage(t, 80, 24)
		s.Send(toast(page.ToastGood, text))
		if got := strings.TrimSpace(s.Line(22)); got != "✓ "+want {
			t.Errorf("%q is drawn %q", text, got)
		}
		s.Resize(120, 24).Has(text)
	}
}

func TestATinyScreenIsToldInWholeWords(t *testing.T) {
	s := newStage(t, 30, 8)
	for width, want := range map[int]string{
		20: "40×12  Uno", 7: "40×12", 30: "Agrande la ventana a 40×12", 39: "Agrande la ventana a 40×12  Uno",
	} {
		if got := strings.TrimSpace(s.Resize(width, 8).Line(0)); got != want {
			t.Errorf("%d columns: %q, want %q", width, got, want)
		}
	}
}

func TestAsciiHasNoOtherSeparator(t *testing.T) {
	s := newStage(t, 80, 24, func(o *ui.Options) { o.Env.Theme = theme.New(theme.Auto, true, true) })
	s.Send(toast(page.ToastGood, "Verificado · eco…")).Lacks("·").Lacks("…").Has("Verificado")
}

func TestThePaletteOffersEveryLanguageOnce(t *testing.T) {
	s := newStage(t, 80, 24)
	s.Press(":").Type("lang")
	if n := strings.Count(s.Screen(), "inglés"); n != 1 {
		t.Errorf("%d entries for English:\n%s", n, s.Screen())
	}
}

func TestMessagesCanBeReadAgain(t *testing.T) {
	s := newStage(t, 80, 24)
	s.Press("!").Has("Aún no hay mensajes").Press("esc")
	s.Send(toast(page.ToastGood, "primero"))
	s.Send(toast(page.ToastError, "segundo"))
	s.Press("esc", "!")
	s.Has("✓ primero", text.Clock(s.clock.now)+" ✗ segundo")
	if strings.Index(s.Screen(), "segundo") > strings.Index(s.Screen(), "primero") {
		t.Error("the newest message is not first")
	}
}

func TestErrorsWaitForWhoReadsThem(t *testing.T) {
	s := newStage(t, 80, 24)
	s.Send(toast(page.ToastError, "disco lleno"))
	s.Send(toast(page.ToastError, "sin red"))
	s.Send(toast(page.ToastGood, "guardado")).Has("✓ guardado").Lacks("sin red")
	s.Press("x").Fire().Has("✗ sin red")
	s.Press("esc").Has("✗ disco lleno").Lacks("sin red")
	s.Press("esc").Lacks("disco lleno")
}

func TestALongMessageIsReadWholeAndCopied(t *testing.T) {
	s := newStage(t, 40, 12)
	long := "No se pudo guardar: " + strings.Repeat("muy largo ", 12) + "fin"
	s.Send(toast(page.ToastError, long)).Lacks("fin")
	s.Press("!", "enter").Has("fin", "2026-08-14").Press("y")
	if s.Clipboard() != long {
		t.Errorf("copied %q", s.Clipboard())
	}
}

func TestHelpRunsWhatIsSelected(t *testing.T) {
	s := newStage(t, 80, 24)
	s.Press("?").Has("Ayuda", "ctrl+s  Guardar lo escrito", "hooktop fake save", "Salir de hooktop")
	s.Press("down", "enter").Lacks("Ayuda")
	s.saw(t, "do save")
	s.Press("?", "down", "down", "enter").Has("Ayuda") // verify is off
	s.saw(t)
	s.Press("n").Has("Ayuda") // keys are shown here, not pressed
	s.saw(t)
	s.Press("end", "pgup", "q").Lacks("Ayuda")
	if s.Quit() {
		t.Error("q in the help quit the program")
	}
}

func TestTheFooterEndsWithThePaletteWhereThereIsRoom(t *testing.T) {
	s := newStage(t, 80, 24)
	if foot := strings.TrimSpace(s.Line(23)); !strings.HasSuffix(foot, ": comandos") {
		t.Errorf("footer %q", foot)
	}
	s.page.typing = true
	if foot := strings.TrimSpace(s.Resize(80, 24).Line(23)); !strings.HasSuffix(foot, "ctrl+p comandos") {
		t.Errorf("footer while typing %q", foot)
	}
	s.page.typing = false
	if foot := s.Resize(40, 24).Line(23); strings.Contains(foot, ": com") || !strings.Contains(foot, "n nuevo") {
		t.Errorf("footer of 40 columns %q: the page's own go first", foot)
	}
}

func TestHelpShowsTheKeyOfWhatCannotBeDoneNow(t *testing.T) {
	s := newStage(t, 80, 24).Press("?")
	for _, l := range strings.Split(s.Screen(), "\n") {
		if strings.Contains(l, "Verificar la dirección") && strings.Contains(l, " v ") {
			return
		}
	}
	t.Errorf("no key beside it:\n%s", s.Screen())
}

func TestPaletteFindsByNameWithoutAccentsAndInOrder(t *testing.T) {
	s := newStage(t, 80, 24)
	for typed, want := range map[string]string{
		"guardar": "do save", "fake new": "do new", "escrito": "do save", "NUEVO": "do new",
	} {
		s.Press(":").Has("Comandos")
		s.Type(typed).Press("enter").Lacks("Comandos")
		s.saw(t, want)
	}
	s.Press("ctrl+p").Type("zzzz").Has("Ningún comando coincide").Press("enter", "esc").Lacks("Comandos")
	s.Press(":").Type("verif").Lacks("Verificar la dirección") // off
	s.Press("esc")
	s.saw(t)
}

func TestPaletteFoldsAccents(t *testing.T) {
	s := newStage(t, 80, 24)
	s.page.more = []page.Action{{ID: "metrics", Label: "métricas", Help: "Ver métricas", Do: s.page.does("metrics")}}
	s.Press(":").Type("metricas").Press("enter")
	s.saw(t, "do metrics")
	s.Press(":").Type("MÉTRICAS").Press("enter")
	s.saw(t, "do metrics")
}

func TestPaletteTakesAPaste(t *testing.T) {
	s := newStage(t, 80, 24)
	s.Press(":").Paste("guardar").Press("enter")
	s.saw(t, "do save")
}

func TestLanguageChangesLive(t *testing.T) {
	var told text.Lang
	s := newStage(t, 80, 24, func(o *ui.Options) { o.OnLang = func(l text.Lang) { told = l } })
	s.Press(":").Type("lang en").Press("enter")
	s.saw(t, "restyled")
	s.Has("? help", "n new", "Language: English").Lacks("ayuda")
	if told != text.EN {
		t.Errorf("told %q", told)
	}
	s.Send(page.LanguageMsg{}).Has("? ayuda")
	s.Send(page.LanguageMsg{Lang: text.ES}).Has("? ayuda")
}

func TestThemeChangesLive(t *testing.T) {
	var told theme.Name
	s := newStage(t, 80, 24, func(o *ui.Options) { o.OnTheme = func(n theme.Name) { told = n } })
	before := s.env.Theme
	s.Press(":").Type("theme mono").Press("enter")
	s.saw(t, "restyled")
	if told != theme.Mono || s.env.Theme == before || s.env.Theme.Name != theme.Mono {
		t.Errorf("told %q, theme %q", told, s.env.Theme.Name)
	}
}

func TestTheBackgroundRebuildsTheStyles(t *testing.T) {
	s := newStage(t, 80, 24)
	s.Send(tea.BackgroundColorMsg{Color: color.Black})
	s.saw(t) // dark was assumed
	s.Send(tea.BackgroundColorMsg{Color: color.White})
	s.saw(t, "restyled")
	if s.env.Theme.Good.Render("x") == theme.New(theme.Auto, true, false).Good.Render("x") {
		t.Error("a light background has the colours of a dark one")
	}
}

// coloured finds a colour of foreground or background.
var coloured = regexp.MustCompile(`\x1b\[([0-9;]*;)?([349][0-7]|10[0-7]|[34]8)(;[0-9;]*)?m`)

func TestWithoutColourEverythingIsStillTold(t *testing.T) {
	s := newStage(t, 80, 24)
	s.Send(toast(page.ToastError, "disco lleno"))
	before := s.Screen()
	if coloured.FindString(s.Raw()) == "" {
		t.Fatal("the automatic theme has no colour: this test proves nothing")
	}
	s.Press(":").Type("theme mono").Press("enter").Fire()
	s.Send(toast(page.ToastError, "disco lleno"))
	if s.Screen() != before {
		t.Errorf("colour off changes the text:\n%s\nwas\n%s", s.Screen(), before)
	}
	if found := coloured.FindString(s.Raw()); found != "" {
		t.Errorf("mono theme draws %q", found)
	}
}

func TestEveryTinySizeIsSurvived(t *testing.T) {
	s := newStage(t, 80, 24)
	s.Send(toast(page.ToastError, "«ñandú» 漢字"))
	for _, dialog := range []string{"", "?", ":"} {
		if dialog != "" {
			s.Press(dialog)
		}
		for w := 0; w <= 45; w++ {
			for h := 0; h <= 14; h++ {
				s.Send(tea.WindowSizeMsg{Width: w, Height: h})
				v := s.Raw()
				if lw, lh := lipgloss.Size(v); v != "" && (lw > w || lh > h) {
					t.Fatalf("%dx%d drawn on %dx%d", lw, lh, w, h)
				}
				if (w < 40 || h < 12) && strings.Contains(v, "\n") {
					t.Fatalf("more than a line on %dx%d", w, h)
				}
			}
		}
		s.Press("esc")
	}
	s.Resize(39, 24).Has("Agrande la ventana a 40×12")
	s.Resize(40, 11).Has("Agrande la ventana a 40×12")
	s.page.seen = nil
	s.Press("n")
	s.saw(t, "do new") // keys still work
	s.Resize(40, 12).Has("40 x 10").Lacks("Agrande")
}

func TestWhatAPageDrawsTooLargeIsCut(t *testing.T) {
	s := newStage(t, 80, 24)
	for range 40 {
		s.page.drawn = append(s.page.drawn, "\x1b[31m"+strings.Repeat("漢", 60)+"\x1b[m")
	}
	s.Fits()
	s.Press("?").Fits()
}

func TestTheWindowTitleIsConstant(t *testing.T) {
	s := newStage(t, 80, 24)
	s.page.title = "\x1b]52;c;evil\a"
	if v := s.View(); v.WindowTitle != "hooktop" || !v.AltScreen {
		t.Errorf("title %q, alternate screen %v", v.WindowTitle, v.AltScreen)
	}
}
