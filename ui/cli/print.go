package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"hooktop/ui/text"
)

// emit writes one JSON object as one line, through the --jq expression if any.
func (a *app) emit(v any) error {
	if a.jq != nil {
		return a.query(v)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	_, err := a.Out.Write(escape(b.Bytes()))
	return err
}

// escape writes the characters that a terminal obeys or hides as \u escapes, which
// means the same JSON; encoding/json leaves those beyond ASCII as they are.
func escape(line []byte) []byte {
	if !bytes.ContainsFunc(line, obeyed) {
		return line
	}
	var out []byte
	for _, r := range string(line) {
		if !obeyed(r) {
			out = utf8.AppendRune(out, r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			out = fmt.Appendf(out, `\u%04x`, unit)
		}
	}
	return out
}

func obeyed(r rune) bool {
	return r >= 0x7f && (unicode.Is(unicode.Cc, r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp))
}

// say writes a line for people: to stdout, or to stderr when stdout is JSON's.
func (a *app) say(format string, args ...any) {
	switch {
	case a.opts.JSON:
		a.note(format, args...)
	case !a.opts.Quiet:
		fmt.Fprintf(a.Out, format+"\n", args...)
	}
}

// note writes a line beside the result: always to stderr, which is a person's, so
// that every text in it is cleaned.
func (a *app) note(format string, args ...any) {
	if a.opts.Quiet {
		return
	}
	for i, arg := range args {
		if s, ok := arg.(string); ok {
			args[i] = text.Clean(s)
		}
	}
	fmt.Fprintf(a.Err, format+"\n", args...)
}

// line makes untrusted text fit for one line of output: cleaned for a terminal,
// as it is for a pipe but without what would start another line.
func (a *app) line(s string) string {
	if a.OutTTY {
		return text.Clean(strings.ReplaceAll(s, "\n", " "))
	}
	return strings.NewReplacer("\n", " ", "\r", " ").Replace(s)
}

// raw writes bytes: cleaned for a terminal, exact for a pipe.
func (a *app) raw(b []byte) error {
	if a.OutTTY {
		s := text.CleanBlock(string(b))
		if !strings.HasSuffix(s, "\n") {
			s += "\n"
		}
		_, err := fmt.Fprint(a.Out, s)
		return err
	}
	_, err := a.Out.Write(b)
	return err
}

// table writes rows in columns as wide as their widest cell in terminal cells;
// the last column is not padded. The first row is the heading.
func (a *app) table(rows [][]string) error {
	var widths []int
	for _, r := range rows {
		for i, cell := range r {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], ansi.StringWidth(cell))
		}
	}
	var b strings.Builder
	for _, r := range rows {
		for i, cell := range r {
			if i > 0 {
				b.WriteString("  ")
			}
			b.WriteString(cell)
			if i < len(r)-1 {
				b.WriteString(strings.Repeat(" ", widths[i]-ansi.StringWidth(cell)))
			}
		}
		b.WriteString("\n")
	}
	_, err := fmt.Fprint(a.Out, b.String())
	return err
}
