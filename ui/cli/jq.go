package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/itchyny/gojq"

	"hooktop/ui/text"
)

const (
	jqTime = 2 * time.Second
	jqSize = 16 << 20 // bytes written for one object
)

func (a *app) compileJQ() error {
	w := a.words().Bad
	q, err := gojq.Parse(a.opts.JQ)
	if err != nil {
		return usage(w.JQ, err.Error())
	}
	// No environment: an expression must not read HOOKTOP_* or tokens.
	a.jq, err = gojq.Compile(q, gojq.WithEnvironLoader(func() []string { return nil }))
	if err != nil {
		return usage(w.JQ, err.Error())
	}
	return nil
}

// query runs the expression on one object within jqTime and writes its results,
// one per line: a text as it is, everything else as JSON.
func (a *app) query(v any) error {
	w := a.words().Bad
	raw, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	var input any
	if err := json.Unmarshal(raw, &input); err != nil {
		return fmt.Errorf("read json: %w", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), jqTime)
	defer cancel()
	written := 0
	for it := a.jq.RunWithContext(ctx, input); ; {
		got, ok := it.Next()
		if !ok {
			return nil
		}
		if err, ok := got.(error); ok {
			var halt *gojq.HaltError
			if errors.As(err, &halt) && halt.Value() == nil {
				return nil
			}
			if ctx.Err() != nil {
				return usage(w.JQTime, jqTime.String())
			}
			return usage(w.JQ, err.Error())
		}
		out, err := jqLine(got)
		if err != nil {
			return usage(w.JQ, err.Error())
		}
		if written += len(out); written > jqSize {
			return usage(w.JQSize, jqSize>>20)
		}
		if a.OutTTY {
			out = []byte(text.Clean(string(out)))
		}
		if _, err := a.Out.Write(append(out, '\n')); err != nil {
			return err
		}
	}
}

func jqLine(v any) ([]byte, error) {
	if s, ok := v.(string); ok {
		return []byte(s), nil
	}
	return gojq.Marshal(v)
}
