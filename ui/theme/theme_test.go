package theme

import (
	"image/color"
	"math"
	"reflect"
	"regexp"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// luminance and ratio are WCAG 2.1, "relative luminance" and "contrast ratio".
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	part := func(v uint32) float64 {
		x := float64(v) / 0xffff
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(b)
}

func ratio(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestRatioKnowsBlackAndWhite(t *testing.T) {
	if r := ratio(color.Black, color.White); math.Abs(r-21) > 0.01 {
		t.Fatalf("black on white is %.2f, want 21", r)
	}
}

// A 24-bit colour is one we chose, so it must be readable on the worst background
// it may meet; one of the terminal's 16 is the person's own choice.
func TestEveryColourOfOursCanBeRead(t *testing.T) {
	checked := 0
	for _, name := range Names() {
		for _, dark := range []bool{true, false} {
			ground := lipgloss.Color(worstLight)
			if dark {
				ground = lipgloss.Color(worstDark)
			}
			p := paletteFor(name, dark)
			for what, c := range map[string]color.Color{"good": p.good, "warn": p.warn, "bad": p.bad, "accent": p.accent} {
				if _, ours := c.(color.RGBA); !ours {
					continue
				}
				checked++
				if r := ratio(c, ground); r < 4.5 {
					t.Errorf("%s dark=%v %s: contrast %.2f, want 4.5", name, dark, what, r)
				}
			}
		}
	}
	if checked == 0 {
		t.Error("no colour was checked")
	}
}

func TestOnlyContrastChoosesColoursOfItsOwn(t *testing.T) {
	direct := regexp.MustCompile(`[34]8;[25];`)
	for _, name := range []Name{Auto, Dark, Light, Mono} {
		for what, s := range styles(New(name, true, false)) {
			if out := s.Render("x"); direct.MatchString(out) {
				t.Errorf("%s %s leaves the 16 colours: %q", name, what, out)
			}
		}
	}
}

func TestStylesCarryNoSize(t *testing.T) {
	for _, name := range Names() {
		for what, s := range styles(New(name, true, false)) {
			if got := ansi.Strip(s.Render("a b")); got != "a b" {
				t.Errorf("%s %s draws %q for %q", name, what, got, "a b")
			}
		}
	}
}

// What must differ without colour differs by bold, underline or reverse.
func TestWithoutColourStatesStillDiffer(t *testing.T) {
	colour := regexp.MustCompile(`\x1b\[(3[0-7]|9[0-7])m|;(3[0-7]|9[0-7])\b`)
	for _, name := range []Name{Auto, Mono} {
		th := New(name, true, false)
		bare := func(s Style) string { return colour.ReplaceAllString(s.Render("x"), "") }
		pairs := map[string][2]Style{
			"tab shown and others":    {th.TabActive, th.Tab},
			"row selected and others": {th.Selected, th.Text},
			"field with focus":        {th.InputFocus, th.Input},
			"failure and text":        {th.Bad, th.Text},
			"badge and text":          {th.Badge, th.Text},
			"title and text":          {th.Title, th.Text},
		}
		for what, p := range pairs {
			if bare(p[0]) == bare(p[1]) {
				t.Errorf("%s: %s look the same without colour", name, what)
			}
		}
	}
}

func TestSymbolsAreTwinsOfOneCell(t *testing.T) {
	u, a := symbols(unicodeSymbols()), symbols(asciiSymbols())
	if len(u) != len(a) || len(u) < 20 {
		t.Fatalf("%d symbols and %d twins", len(u), len(a))
	}
	for name, s := range u {
		if ansi.StringWidth(s) != 1 || ansi.StringWidth(a[name]) != 1 {
			t.Errorf("%s: %q and %q must be one cell wide", name, s, a[name])
		}
		if len(a[name]) != 1 || a[name][0] < ' ' || a[name][0] > '~' {
			t.Errorf("%s: %q is not ASCII", name, a[name])
		}
	}
}

func TestAnUnknownThemeIsAuto(t *testing.T) {
	if New("solarized", true, false).Good.Render("x") != New(Auto, true, false).Good.Render("x") {
		t.Error("an unknown name has colours of its own")
	}
}

func styles(t *Theme) map[string]Style {
	out := map[string]Style{}
	v := reflect.ValueOf(*t)
	for i := range v.NumField() {
		if s, ok := v.Field(i).Interface().(Style); ok {
			out[v.Type().Field(i).Name] = s
		}
	}
	return out
}

func symbols(s Symbols) map[string]string {
	out := map[string]string{}
	v := reflect.ValueOf(s)
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		switch x := v.Field(i).Interface().(type) {
		case string:
			out[name] = x
		case []string:
			for n, bar := range x {
				out[name+string(rune('0'+n))] = bar
			}
		}
	}
	return out
}
