package term

import (
	"fmt"
	"html"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// Size of one cell of a picture, in pixels.
const (
	cellWidth  = 9
	cellHeight = 19
	fontSize   = 15
)

// Palette is the colours of a picture: the terminal's own two and its sixteen.
type Palette struct {
	Background, Foreground string
	Basic                  [16]string
}

// DarkPalette and LightPalette are the two the pictures use.
var (
	DarkPalette = Palette{Background: "#16181d", Foreground: "#d8dadf", Basic: [16]string{
		"#2a2e36", "#e5636b", "#7fbf6a", "#d8a657", "#6fa8dc", "#c08ad8", "#56b6b6", "#c9ccd2",
		"#7d828c", "#ef7b82", "#98d184", "#e6bd78", "#8dbdea", "#d3a4e6", "#74cccc", "#f2f3f5",
	}}
	LightPalette = Palette{Background: "#fbfbfa", Foreground: "#23262b", Basic: [16]string{
		"#23262b", "#c0303a", "#2e7d32", "#8a5a00", "#1f5fae", "#7b3fa0", "#0f7078", "#d5d7da",
		"#6b7079", "#a8242e", "#256b29", "#774d00", "#184f93", "#69348a", "#0b5d64", "#ffffff",
	}}
)

// SVG draws the screen as it stands.
func (t *Terminal) SVG(p Palette) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	w, h := t.screen.Width(), t.screen.Height()
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="%d">`+"\n",
		w*cellWidth+16, h*cellHeight+16, fontSize)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="6" fill="%s"/>`+"\n", p.Background)
	for y := range h {
		for x := 0; x < w; {
			x += t.drawRun(&b, p, x, y, w)
		}
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// drawRun draws the cells from x on that share a style and returns their number.
func (t *Terminal) drawRun(b *strings.Builder, p Palette, x, y, w int) int {
	first := t.screen.CellAt(x, y)
	if first == nil {
		return 1
	}
	var text strings.Builder
	n := 0
	for x+n < w {
		c := t.screen.CellAt(x+n, y)
		if c == nil || !c.Style.Equal(&first.Style) {
			break
		}
		text.WriteString(c.Content)
		n += max(c.Width, 1)
	}
	fg, bg := p.colours(first.Style)
	left, top := 8+x*cellWidth, 8+y*cellHeight
	if bg != "" {
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`, left, top, n*cellWidth, cellHeight, bg)
	}
	if s := strings.TrimRight(text.String(), " "); s != "" {
		extra := ""
		if first.Style.Attrs&uv.AttrBold != 0 {
			extra = ` font-weight="bold"`
		}
		fmt.Fprintf(b, `<text x="%d" y="%d" fill="%s"%s textLength="%d" xml:space="preserve">%s</text>`+"\n",
			left, top+fontSize-1, fg, extra, len([]rune(s))*cellWidth, html.EscapeString(s))
	}
	return n
}

func (p Palette) colours(s uv.Style) (fg, bg string) {
	fg, bg = p.hex(s.Fg, p.Foreground), p.hex(s.Bg, "")
	if s.Attrs&uv.AttrReverse != 0 {
		if bg == "" {
			bg = p.Background
		}
		fg, bg = bg, fg
	}
	if s.Attrs&uv.AttrFaint != 0 {
		fg = p.Basic[8]
	}
	return fg, bg
}

func (p Palette) hex(c color.Color, none string) string {
	if c == nil {
		return none
	}
	if basic, ok := c.(ansi.BasicColor); ok && int(basic) < len(p.Basic) {
		return p.Basic[basic]
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
