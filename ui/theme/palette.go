package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"
)

// palette is the colours of a theme by meaning. Nil means the terminal's own.
type palette struct {
	good, warn, bad, accent color.Color
	faint                   bool // dim text is drawn faint
	strong                  bool // every status is bold
}

// paletteFor picks the colours. Only contrast leaves the 16 colours of the
// terminal, because only there we must know what the eye gets.
func paletteFor(name Name, dark bool) palette {
	switch name {
	case Mono:
		return palette{faint: true, strong: true}
	case Contrast:
		return contrastPalette(dark)
	case Dark:
		return darkPalette()
	case Light:
		return lightPalette()
	}
	if dark {
		return darkPalette()
	}
	return lightPalette()
}

func darkPalette() palette {
	return palette{good: lipgloss.BrightGreen, warn: lipgloss.Yellow, bad: lipgloss.BrightRed, accent: lipgloss.Cyan, faint: true}
}

func lightPalette() palette {
	return palette{good: lipgloss.Green, warn: lipgloss.Yellow, bad: lipgloss.Red, accent: lipgloss.Cyan, faint: true}
}

// Backgrounds a contrast theme is drawn on at worst: the lightest that still
// counts as dark and the darkest that still counts as light.
const (
	worstDark  = "#303030"
	worstLight = "#e4e4e4"
)

func contrastPalette(dark bool) palette {
	if dark {
		return palette{good: lipgloss.Color("#7dff8a"), warn: lipgloss.Color("#ffe066"), bad: lipgloss.Color("#ffb3b3"), accent: lipgloss.Color("#8ef0ff"), strong: true}
	}
	return palette{good: lipgloss.Color("#004d0f"), warn: lipgloss.Color("#5c3500"), bad: lipgloss.Color("#8f0000"), accent: lipgloss.Color("#003d66"), strong: true}
}
