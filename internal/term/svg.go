package term

import (
	"fmt"
	"html"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
)

// Size of one cell of a picture, in pixels.
const (
	cellWidth  = 9
	cellHeight = 19
	fontSize   = 15
)

// Palette is the colours of a picture.
type Palette struct{ Background, Foreground string }

// DarkPalette and LightPalette are the two the pictures use.
var (
	DarkPalette  = Palette{Background: "#16181d", Foreground: "#d8dadf"}
	LightPalette = Palette{Background: "#fbfbfa", Foreground: "#23262b"}
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
	fg, bg = hex(s.Fg, p.Foreground), hex(s.Bg, "")
	if s.Attrs&uv.AttrReverse != 0 {
		if bg == "" {
			bg = p.Background
		}
		fg, bg = bg, fg
	}
	if s.Attrs&uv.AttrFaint != 0 {
		fg = "#7d828c"
	}
	return fg, bg
}

func hex(c color.Color, none string) string {
	if c == nil {
		return none
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
