package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hooktop/model"
	"hooktop/ui/text"
)

// oneEvent is the event type a word means: itself, or the only event of a trigger.
func (a *app) oneEvent(c model.Catalogue, word string) (string, error) {
	events := c.Events(word)
	switch {
	case c.Has(word):
		return word, nil
	case len(events) == 1:
		return events[0], nil
	case len(events) > 1:
		return "", usage(a.words().Bad.OneEvent, word, strings.Join(events, ", "))
	}
	return "", &model.Fault{Code: model.CodeUnknownEvent, Value: word}
}

func (a *app) sampleLang(cmd *cobra.Command, to *string) {
	cmd.Flags().StringVar(to, "sample-lang", "", a.words().Flag.SampleLang)
	placeholders(cmd.Flags(), map[string]string{"sample-lang": "es|en"})
}

// bodyLang is the language of sample bodies: the user's unless another is asked for.
func (a *app) bodyLang(lang string) (string, error) {
	if lang == "" {
		return a.opts.Lang, nil
	}
	if !slices.Contains([]string{"es", "en"}, lang) {
		return "", usage(a.words().Bad.Choice, lang, "--sample-lang", "es, en")
	}
	return lang, nil
}

func (a *app) sample() *cobra.Command {
	w := a.words()
	var lang string
	var fresh bool
	cmd := &cobra.Command{
		Use:               "sample [EVENT]",
		Short:             w.Cmd.Sample,
		Long:              w.Cmd.SampleLong,
		Args:              a.arguments(0, "EVENT"),
		ValidArgsFunction: a.completeEvents,
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := a.Samples(a.opts, a.left)
			if err != nil {
				return err
			}
			if lang, err = a.bodyLang(lang); err != nil {
				return err
			}
			if len(args) == 0 {
				return a.sampleList(s, lang)
			}
			typ := args[0]
			if typ != model.VerificationType {
				if typ, err = a.oneEvent(s.Catalogue(), typ); err != nil {
					return err
				}
			}
			body, err := sampleBody(s, typ, lang, fresh)
			if err != nil {
				return err
			}
			if a.opts.JSON {
				return a.emit(sampleJSON{typ, model.TriggerKey(typ), s.Label(typ, a.opts.Lang), bytesPtr(body)})
			}
			return a.raw(body)
		},
	}
	cmd.Flags().BoolVar(&fresh, "fresh", false, w.Flag.Fresh)
	a.sampleLang(cmd, &lang)
	return cmd
}

type sampleJSON struct {
	Type    string     `json:"type"`
	Trigger string     `json:"trigger"`
	Label   string     `json:"label"`
	Body    *bytesJSON `json:"body,omitempty"`
}

func bytesPtr(b []byte) *bytesJSON { j := bytesOf(b); return &j }

func sampleBody(s Samples, typ, lang string, fresh bool) ([]byte, error) {
	if !fresh {
		return s.Body(typ, lang)
	}
	ev, err := s.Mint(typ, lang)
	return ev.Body, err
}

func (a *app) sampleList(s Samples, lang string) error {
	w := a.words().Say
	rows := [][]string{{w.ColEvent, w.ColLabel}}
	for _, typ := range s.Catalogue().Types() {
		label := s.Label(typ, lang)
		if a.opts.JSON {
			if err := a.emit(sampleJSON{Type: typ, Trigger: model.TriggerKey(typ), Label: label}); err != nil {
				return err
			}
			continue
		}
		rows = append(rows, []string{a.line(typ), a.line(label)})
	}
	return a.rows(rows)
}

func (a *app) completeEvents(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	s, err := a.Samples(a.opts, a.left)
	if err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var out []string
	for _, typ := range s.Catalogue().Types() {
		out = append(out, fmt.Sprintf("%s\t%s", typ, s.Label(typ, a.opts.Lang)))
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

// left reports a file of one's own events that could not be used.
func (a *app) left(err error) { a.caution(a.all.Fault(err).String()) }

// caution writes a sentence that is no error.
func (a *app) caution(sentence string) {
	a.note("%s: %s", a.words().Bad.Warning, text.Continue(sentence))
}
