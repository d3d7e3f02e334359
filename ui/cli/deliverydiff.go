package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"hooktop/model"
	"hooktop/ui/compare"
)

// The values of --with, beside the id of a delivery.
const (
	withSuccess  = "last-success"
	withPrevious = "previous"
	withSample   = "sample"
	withDelivery = "delivery"
)

// compared is what a comparison reads from.
type compared struct {
	*Desk
	body func(typ, lang string) ([]byte, error)
}

func (c compared) Body(typ, lang string) ([]byte, error) { return c.body(typ, lang) }

// deliveryDiff compares an attempt, the last one unless another is asked for.
func (a *app) deliveryDiff() *cobra.Command {
	w := a.all.Engine
	var with, lang string
	var n int
	cmd := &cobra.Command{Use: "diff DELIVERY_ID", Short: w.Diff, Long: w.DiffLong, Args: a.arguments(1, "DELIVERY_ID")}
	cmd.Flags().StringVar(&with, "with", "", w.FlagWith)
	cmd.Flags().IntVar(&n, "attempt", 0, w.FlagAttempt)
	a.sampleLang(cmd, &lang)
	placeholders(cmd.Flags(), map[string]string{"with": "last-success|previous|sample|ID", "attempt": "N"})
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		lang, err := a.bodyLang(lang)
		if err != nil {
			return err
		}
		return a.desk(cmd.Context(), func(d *Desk) error {
			r := compared{d, func(typ, lang string) ([]byte, error) {
				s, err := a.Samples(a.opts, a.left)
				if err != nil {
					return nil, err
				}
				return s.Body(typ, lang)
			}}
			this, err := a.side(cmd.Context(), r, args[0], n)
			if err != nil {
				return err
			}
			c, err := compareWith(cmd.Context(), r, this, with, compare.Sample(lang))
			switch {
			case err != nil:
				return err
			case c.None:
				fmt.Fprintln(a.Err, c.Missing(a.all))
				return &Failed{model.CodeNotFound}
			case a.opts.JSON:
				return a.emit(diffOf(c))
			}
			return a.showDiff(c)
		})
	}
	return cmd
}

// side is a delivery with its attempt n; 0: the last one.
func (a *app) side(ctx context.Context, r compared, id string, n int) (compare.Side, error) {
	v, err := compare.Shown(ctx, r, id)
	if err != nil || n == 0 {
		return compare.Of(v, compare.Last(v)), err
	}
	for i := range v.Attempts {
		if v.Attempts[i].N == n {
			return compare.Of(v, &v.Attempts[i]), nil
		}
	}
	return compare.Side{}, &model.Fault{Code: model.CodeNotFound, Field: model.FieldID, Value: fmt.Sprintf("%s #%d", id, n)}
}

// compareWith compares with what --with says; nothing: with what tells most.
func compareWith(ctx context.Context, r compared, this compare.Side, with string, sample compare.Against) (compare.Comparison, error) {
	switch with {
	case "":
		return compare.First(ctx, r, this, sample)
	case withSuccess:
		return compare.With(ctx, r, this, compare.Success)
	case withPrevious:
		return compare.With(ctx, r, this, compare.Previous)
	case withSample:
		return compare.With(ctx, r, this, sample)
	}
	other, err := compare.Shown(ctx, r, with)
	if err != nil {
		return compare.Comparison{}, err
	}
	return compare.Sides(ctx, r, this, compare.Of(other, compare.Last(other)))
}

// showDiff says what was found, what is compared, and all that differs.
func (a *app) showDiff(c compare.Comparison) error {
	w := a.all.Delivery
	var b strings.Builder
	for _, s := range c.Findings(a.all, a.Now()) {
		b.WriteString(s + "\n")
	}
	for _, s := range c.Notes(a.all) {
		b.WriteString("! " + s + "\n")
	}
	b.WriteString("\n- " + c.Name(a.all) + c.Other.About("·", a.clock) + "\n+ " + w.ThisAttempt + c.This.About("·", a.clock) + "\n")
	sign := map[compare.Mark]string{compare.Old: "- ", compare.New: "+ "}
	for _, e := range c.Tell(a.all) {
		line := strings.TrimRight(e.Label+"  "+e.Value, " ")
		switch {
		case e.Mark == compare.Head:
			b.WriteString("\n" + line + "\n")
		case sign[e.Mark] != "":
			b.WriteString(sign[e.Mark] + line + "\n")
		default:
			b.WriteString("  " + line + "\n")
		}
	}
	_, err := fmt.Fprint(a.Out, b.String())
	return err
}
