package term

import (
	"context"
	"os/exec"
	"strings"
	"testing"
	"time"
)

func TestTerminalShowsWhatTheProgramDraws(t *testing.T) {
	cmd := exec.Command("sh", "-c", `printf 'hello \033[31mred\033[0m'; read x; printf '\r\ngot %s' "$x"`)
	cmd.Env = []string{"TERM=xterm-256color"}
	tt, err := Start(cmd, 40, 5)
	if err != nil {
		t.Fatal(err)
	}
	defer tt.Close()
	if err := tt.WaitFor("hello red"); err != nil {
		t.Fatal(err)
	}
	if err := tt.Press("a", "b", "enter"); err != nil {
		t.Fatal(err)
	}
	if err := tt.WaitFor("got ab"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if code, err := tt.Exit(ctx); err != nil || code != 0 {
		t.Fatalf("exit = %d, %v", code, err)
	}
	if !strings.Contains(string(tt.Raw()), "\x1b[31m") {
		t.Error("the raw bytes lack the colour sequence")
	}
	if svg := tt.SVG(DarkPalette); !strings.Contains(svg, ">red</text>") {
		t.Errorf("picture lacks the coloured run:\n%s", svg)
	}
}
