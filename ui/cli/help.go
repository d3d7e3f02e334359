package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const placeholder = "placeholder"

// placeholders names the values of flags for the help.
func placeholders(fs *pflag.FlagSet, names map[string]string) {
	for flag, name := range names {
		_ = fs.SetAnnotation(flag, placeholder, []string{name})
	}
}

// help is the whole help of a command in the user's language; cobra's own
// templates have English words in the code.
func (a *app) help(cmd *cobra.Command) string {
	w := a.words().Help
	var b strings.Builder
	about := cmd.Short
	if cmd.Long != "" {
		about = cmd.Long
	}
	fmt.Fprintf(&b, "%s\n\n%s:\n  %s\n", about, w.Usage, a.useLine(cmd))
	var rows [][2]string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() || c.Name() == "help" {
			rows = append(rows, [2]string{c.Name(), c.Short})
		}
	}
	section(&b, w.Commands, rows)
	own := cmd.LocalNonPersistentFlags()
	own.SortFlags = cmd.Flags().SortFlags // forms keep the order of their fields
	section(&b, w.Flags, flagRows(own, w.Default))
	if cmd.HasParent() {
		fmt.Fprintf(&b, "\n%s\n", fmt.Sprintf(w.More, "hooktop --help"))
	} else {
		section(&b, w.Global, flagRows(cmd.PersistentFlags(), w.Default))
	}
	return b.String()
}

// useLine is the command with its arguments; cobra's own adds an English word.
func (a *app) useLine(cmd *cobra.Command) string {
	line := cmd.Use
	if cmd.HasParent() {
		line = cmd.Parent().CommandPath() + " " + cmd.Use
	}
	line = strings.Replace(line, "COMMAND", a.words().Help.Command, 1)
	if cmd.HasAvailableLocalFlags() {
		line += " " + a.words().Help.Options
	}
	return line
}

func section(b *strings.Builder, title string, rows [][2]string) {
	if len(rows) == 0 {
		return
	}
	width := 0
	for _, r := range rows {
		width = max(width, len(r[0]))
	}
	fmt.Fprintf(b, "\n%s:\n", title)
	for _, r := range rows {
		fmt.Fprintf(b, "  %-*s  %s\n", width, r[0], r[1])
	}
}

func flagRows(fs *pflag.FlagSet, def string) [][2]string {
	var rows [][2]string
	fs.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		left := "--" + f.Name
		if f.Shorthand != "" {
			left = "-" + f.Shorthand + ", " + left
		}
		if p := f.Annotations[placeholder]; len(p) > 0 {
			left += " " + p[0]
		}
		right := f.Usage
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "[]" && f.DefValue != "0" && f.DefValue != "0s" {
			right += fmt.Sprintf(" ("+def+")", f.DefValue)
		}
		rows = append(rows, [2]string{left, right})
	})
	return rows
}
