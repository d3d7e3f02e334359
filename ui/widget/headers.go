package widget

import (
	"strings"

	"hooktop/model"
	"hooktop/ui/text"
)

// HeaderBytes are header lines, to be shown or copied. Each is cleaned here, so that
// none can begin a line of its own.
func HeaderBytes(headers []model.Header) []byte {
	var b strings.Builder
	for _, h := range headers {
		b.WriteString(text.Clean(h.Name) + ": " + text.Clean(h.Value) + "\n")
	}
	return []byte(b.String())
}
