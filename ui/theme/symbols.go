package theme

// unicodeSymbols and asciiSymbols are twins: the same length in cells, so that a
// layout never depends on which one is drawn.
func unicodeSymbols() Symbols {
	return Symbols{
		OK: "✓", Fail: "✗", Retry: "↻", Queued: "·", On: "●", Off: "○", Stop: "■", Pause: "‖",
		Cursor: "▌", Up: "▲", Open: "▾", Closed: "▸", VLine: "│", HLine: "─", Dot: "·",
		Warn: "!", Ellipsis: "…",
		Bars: []string{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"},
		TL:   "┌", TR: "┐", BL: "└", BR: "┘",
	}
}

func asciiSymbols() Symbols {
	return Symbols{
		OK: "+", Fail: "x", Retry: "~", Queued: ".", On: "*", Off: "o", Stop: "#", Pause: "=",
		Cursor: ">", Up: "^", Open: "v", Closed: ">", VLine: "|", HLine: "-", Dot: ".",
		Warn: "!", Ellipsis: "~",
		Bars: []string{".", ".", ":", ":", "|", "|", "#", "#"},
		TL:   "+", TR: "+", BL: "+", BR: "+",
	}
}
