package ui_test

import (
	"fmt"
	"testing"

	tea "charm.land/bubbletea/v2"

	"hooktop/ui"
	"hooktop/ui/page"
	"hooktop/ui/text"
	"hooktop/ui/widget"
)

// withMouse is a fake page that writes down what the mouse does on it.
type withMouse struct{ *fakePage }

func (p withMouse) Click(x, y int, again bool) tea.Cmd {
	p.note(fmt.Sprintf("click %d,%d %v", x, y, again))
	return nil
}

func (p withMouse) Wheel(n int) tea.Cmd {
	p.note(fmt.Sprintf("wheel %d", n))
	return nil
}

// mousy makes the first page one that takes the mouse.
func mousy(o *ui.Options) {
	first := o.Tabs[0].New
	o.Tabs[0].New = func(e *page.Env) page.Page { return withMouse{first(e).(*fakePage)} }
}

// tabbed adds a tab with the number 5.
func tabbed(o *ui.Options) {
	o.Tabs = append(o.Tabs, ui.Tab{
		Key: "five", Number: 5, Title: func(*text.Words) string { return "Cinco" },
		New: func(e *page.Env) page.Page { return &fakePage{env: e, title: "la quinta"} },
	})
}

func TestClicksReachThePageInItsOwnCoordinates(t *testing.T) {
	s := newStage(t, 80, 24, mousy)
	s.Click(7, 3)
	s.saw(t, "click 7,2 false")
	s.Wheel(1).Wheel(-1)
	s.saw(t, "wheel 3", "wheel -3")
}

func TestTheWheelDoesAsTheKeysWhereAPageKnowsNoWheel(t *testing.T) {
	s := newStage(t, 80, 24)
	s.Wheel(1)
	s.saw(t)
	s.page.more = []page.Action{{ID: "test.linedown", Do: s.page.does("down")}, {ID: "test.lineup", Do: s.page.does("up")}}
	s.Wheel(1).Wheel(-1)
	s.saw(t, "do down", "do down", "do down", "do up", "do up", "do up")
}

func TestASecondClickIsOneOnTheSameLineWithNothingBetween(t *testing.T) {
	s := newStage(t, 80, 24, mousy)
	s.Click(7, 3).Click(9, 3).Click(9, 4).Press("x").Click(9, 4).Wheel(1).Click(9, 4)
	s.saw(t, "click 7,2 false", "click 9,2 true", "click 9,3 false", "key x", "click 9,3 false", "wheel 3", "click 9,3 false")
}

func TestTabsAreClickedAndKeepTheirNumbers(t *testing.T) {
	s := newStage(t, 80, 24, tabbed)
	s.Has(" 1 Webhooks  5 Cinco").ClickOn("5 Cinco").Has("la quinta")
	s.Press("1").Has("Uno").Press("2").Has("Uno").Press("5").Has("la quinta")
	s.Resize(40, 12).ClickOn(" 1 ").Has("Uno")
}

func TestTheFooterIsClicked(t *testing.T) {
	s := newStage(t, 80, 24, mousy)
	s.ClickOn("n nuevo")
	s.saw(t, "do new")
	s.ClickOn("ctrl+s").ClickOn("? ayuda").Has("En esta pantalla")
	s.saw(t, "do save")
}

func TestReadOnlyIsReadOnlyForTheMouseToo(t *testing.T) {
	s := newStage(t, 80, 24, mousy, func(o *ui.Options) { o.Env.ReadOnly = true })
	s.Lacks("n nuevo").ClickOn("q salir")
	if !s.Quit() {
		t.Error("the footer did not quit")
	}
}

func TestAClickChoosesInAMenu(t *testing.T) {
	s := newStage(t, 80, 24, mousy)
	s.Press("?").ClickOn("Guardar lo escrito").Lacks("En esta pantalla")
	s.saw(t, "do save")
	s.Press("?").ClickOn("Verificar la dirección").Has("En esta pantalla") // off
	s.ClickOn("En esta pantalla").Has("En esta pantalla")
	s.Click(0, 0).Lacks("En esta pantalla") // beside it
	s.saw(t)
	s.Press(":").Type("escrito").ClickOn("Guardar lo escrito")
	s.saw(t, "do save")
	s.Press("?").Wheel(2).Press("enter").Has("Ayuda") // verify is off, and selected
	s.saw(t)
}

func TestOneClickDoesNotConfirm(t *testing.T) {
	s := newStage(t, 80, 24)
	done := 0
	ask := page.DialogMsg{Dialog: widget.NewConfirm(s.env, "¿Purgar?", []string{"todo"},
		widget.Entry{Key: "s", Label: "purgar todo", Do: func() tea.Cmd { done++; return nil }})}
	s.Send(ask).ClickOn("purgar todo").Has("¿Purgar?")
	if done != 0 {
		t.Fatal("one click did what cannot be undone")
	}
	s.ClickOn("purgar todo").Lacks("¿Purgar?")
	if done != 1 {
		t.Errorf("done %d times", done)
	}
	s.Send(ask).ClickOn("cancelar").Lacks("¿Purgar?")
	if done != 1 {
		t.Error("cancelling did it")
	}
}

func TestTheMouseCanBeGivenBack(t *testing.T) {
	s := newStage(t, 80, 24, mousy)
	if s.View().MouseMode != tea.MouseModeCellMotion {
		t.Fatal("the mouse is off at first")
	}
	s.Send(tea.MouseMotionMsg{X: 4, Y: 4, Button: tea.MouseNone}).Lacks("m: seleccionar")
	s.Send(tea.MouseMotionMsg{X: 4, Y: 4, Button: tea.MouseLeft}).Has("m: seleccionar con el ratón")
	s.Fire().Send(tea.MouseMotionMsg{X: 5, Y: 5, Button: tea.MouseLeft}).Lacks("m: seleccionar") // said once
	s.Press("m").Has("El ratón selecciona texto")
	if s.View().MouseMode != tea.MouseModeNone {
		t.Error("m left the mouse with us")
	}
	s.Click(7, 3)
	s.saw(t)
	s.Press("m")
	if s.View().MouseMode != tea.MouseModeCellMotion {
		t.Error("m did not take the mouse back")
	}
	s = newStage(t, 80, 24, func(o *ui.Options) { o.NoMouse = true })
	if s.View().MouseMode != tea.MouseModeNone {
		t.Error("the configuration did not turn the mouse off")
	}
}
