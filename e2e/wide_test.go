package e2e

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// wide are names that terminals measure in cells other than characters, and not all of
// them alike: emoji of several characters, and Thai with SARA AM.
var wide = []string{
	"客戶資料-漢字", "e\u0301n\u0303andu\u0301", "👩👧 familia", "שלום עולם", "مرحبا", "ไทย", "ＡＢＣ", "ﾊﾝｶｸ", "한국어", "plain",
	"👩\u200d👩\u200d👧 ❤\ufe0f", "👍🏽 1\ufe0f\u20e3", "น้ำ ນ້ຳ",
}

// TestWideTextShiftsNoRow looks at what tmux has in its cells: the line between the
// list and the delivery beside it stands in one column on every row, whatever stands
// before it, also after the rows have moved.
func TestWideTextShiftsNoRow(t *testing.T) {
	tier2(t)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(poison))
	}))
	t.Cleanup(s.Close)
	env := home(t, "HOOKTOP_LANG=en")
	file := filepath.Join(t.TempDir(), "body.json")
	body := `{"names":["` + strings.Join(wide, `","`) + `"]}`
	if err := os.WriteFile(file, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range wide {
		run(t, env, "hook", "add", "--name", name, "--url", s.URL, "--trigger", "call.processed", "--no-verify")
	}
	run(t, env, "emit", "call.processed", "--data", file)
	x := newTmux(t, 120, 40, env, program)
	x.waitFor("plain", "13 webhooks")
	x.run("set-buffer", "mine")
	x.press("2")
	x.waitFor("today 13", "call.processed", "plain", "✗")
	checkColumn(t, x, len(wide))
	for _, k := range []string{"Down", "Down", "Down", "G", "k", "k", "g", "Tab", "Tab"} {
		x.press(k)
	}
	checkColumn(t, x, len(wide))
	for _, keys := range [][]string{{"Enter", "3"}, {"v"}, {"v"}, {"v"}, {"2"}, {"6"}, {"D"}} {
		x.press(keys...)
	}
	x.waitFor("This attempt")
	if got := string(x.clipboard()); got != "mine" {
		t.Errorf("the clipboard has %q", got)
	}
	if title := strings.TrimSpace(x.run("display-message", "-p", "#{pane_title}")); !strings.HasPrefix(title, "hooktop") {
		t.Errorf("the title is %q", title)
	}
	x.quit()
}

// checkColumn wants at least so many rows, and the line in the same cell of each. tmux
// is asked how many cells the text before it takes.
func checkColumn(t *testing.T, x *tmux, rows int) {
	t.Helper()
	at := map[int][]string{} // column: what stands before it
	n := 0
	for line := range strings.Lines(x.screen()) {
		before, _, ok := strings.Cut(line, "│")
		if !ok {
			continue
		}
		n++
		col := x.cells(before)
		at[col] = append(at[col], before)
	}
	if n < rows {
		t.Errorf("only %d rows have the line", n)
	}
	if len(at) != 1 {
		t.Errorf("the line stands in %d columns: %v", len(at), at)
	}
}

// cells is the width of a text as tmux has it: where its cursor is behind it.
func (x *tmux) cells(text string) int {
	x.t.Helper()
	x.run("new-window", "-d", "-n", "ruler", "printf %s "+quote(text+"|")+"; cat")
	defer x.run("kill-window", "-t", "ruler")
	for range 1000 {
		if strings.Contains(x.run("capture-pane", "-p", "-t", "ruler"), "|") {
			break
		}
	}
	col, err := strconv.Atoi(strings.TrimSpace(x.run("display-message", "-p", "-t", "ruler", "#{cursor_x}")))
	if err != nil {
		x.t.Fatal(err)
	}
	return col - 1
}
