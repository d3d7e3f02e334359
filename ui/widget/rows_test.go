package widget

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"hooktop/ui/theme"
)

func ids(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = strconv.Itoa(i)
	}
	return out
}

func TestRowsKeepTheSelectedRowOnItsLine(t *testing.T) {
	var r Rows
	r.SetSize(20, 5, 1)
	r.SetIDs(ids(50))
	r.Move(20)
	r.Move(-2)
	line := r.Line()
	r.SetIDs(append([]string{"new", "newer"}, ids(50)...))
	if r.Selected() != "18" || r.Line() != line {
		t.Errorf("selected %s on line %d, want 18 on %d", r.Selected(), r.Line(), line)
	}
	r.SetIDs(slices.DeleteFunc(ids(50), func(id string) bool { return id == "18" }))
	if r.Selected() == "18" || r.Selected() == "" {
		t.Errorf("selected %q after its row has gone", r.Selected())
	}
}

// Whatever happens, a selection exists while there are rows, it is drawn, and the
// window is never larger than asked for.
func TestRowsAlwaysShowTheirSelection(t *testing.T) {
	th := theme.New(theme.Auto, true, false)
	rapid.Check(t, func(t *rapid.T) {
		var r Rows
		r.SetSize(rapid.IntRange(3, 30).Draw(t, "width"), rapid.IntRange(1, 12).Draw(t, "height"), rapid.IntRange(1, 3).Draw(t, "tall"))
		if rapid.Bool().Draw(t, "notes") {
			r.Notes = func(id string) int { return len(id) % 2 * 2 }
		}
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			switch rapid.IntRange(0, 5).Draw(t, "step") {
			case 0:
				r.SetIDs(ids(rapid.IntRange(0, 40).Draw(t, "rows")))
			case 1:
				r.Move(rapid.IntRange(-50, 50).Draw(t, "by"))
			case 2:
				r.Page(rapid.IntRange(-2, 2).Draw(t, "pages"))
			case 3:
				r.End()
			case 4:
				r.Home()
			case 5:
				r.SetSize(rapid.IntRange(3, 30).Draw(t, "width"), rapid.IntRange(1, 12).Draw(t, "height"), rapid.IntRange(1, 3).Draw(t, "tall"))
			}
			if r.Len() == 0 {
				continue
			}
			drawn := []string{}
			view := r.View(th, func(id string) []Line {
				drawn = append(drawn, id)
				return []Line{Say("row "+id+" ñandú 日本", theme.Style{})}
			})
			if !slices.Contains(drawn, r.Selected()) {
				t.Fatalf("%q is selected, drawn are %q", r.Selected(), drawn)
			}
			lines := strings.Split(view, "\n")
			if len(lines) > max(r.height, r.tall) {
				t.Fatalf("%d lines in a window of %d", len(lines), r.height)
			}
			if got := ansi.Strip(lines[r.Line()]); !strings.HasPrefix(got, th.Sym.Cursor) {
				t.Fatalf("the cursor's line is %q", got)
			}
			if id, ok := r.Hit(r.Line()); !ok || id != r.Selected() {
				t.Fatalf("on the cursor's line is %q, selected is %q", id, r.Selected())
			}
			for _, l := range lines {
				if ansi.StringWidth(l) > r.width {
					t.Fatalf("%q is wider than %d", l, r.width)
				}
			}
		}
	})
}

func TestOnlyVisibleRowsAreAskedFor(t *testing.T) {
	var r Rows
	r.SetSize(20, 10, 1)
	r.SetIDs(ids(100_000))
	r.End()
	n := 0
	r.View(theme.New(theme.Auto, true, false), func(string) []Line { n++; return nil })
	if n != 10 {
		t.Errorf("asked for %d rows of a window of 10", n)
	}
}

func TestASelectedRowIsOneStyleFromEdgeToEdge(t *testing.T) {
	th := theme.New(theme.Auto, true, false)
	var r Rows
	r.SetSize(12, 1, 1)
	r.SetIDs(ids(1))
	got := r.View(th, func(string) []Line { return []Line{{{"a", th.Good}, {"b", th.Bad}}} })
	if want := th.Selected.Render("▌ab         "); got != want {
		t.Errorf("drawn %q, want %q", got, want)
	}
}

func TestHiddenRowsAreMarkedInTheMargin(t *testing.T) {
	th := theme.New(theme.Auto, true, false)
	r := Rows{Plain: true}
	r.SetSize(12, 3, 1)
	r.SetIDs(ids(9))
	draw := func(id string) []Line { return []Line{Say(id, th.Text)} }
	for _, c := range []struct {
		move int
		want string
	}{{0, " 0\n 1\n▾2"}, {3, "▲3\n 4\n▾5"}, {9, "▲6\n 7\n 8"}} {
		if r.Move(c.move); ansi.Strip(r.View(th, draw)) != c.want {
			t.Errorf("after %d: %q, want %q", c.move, ansi.Strip(r.View(th, draw)), c.want)
		}
	}
}

func TestColumnsFitTheirCells(t *testing.T) {
	plain := theme.Style{}
	cols := []Column{{Width: 5}, {Width: 4, Right: true}, {Width: 3}}
	got := Columns(cols, []Line{Say("日本語日", plain), Say("7", plain), Say("abc", plain)}, "…").Plain()
	if want := "日本…    7 abc"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
