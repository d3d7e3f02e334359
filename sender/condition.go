package sender

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/itchyny/gojq"

	"hooktop/model"
)

// Bounds of a jq condition.
const (
	conditionTime    = 50 * time.Millisecond
	conditionsTime   = 500 * time.Millisecond // of all webhooks for one event
	conditionText    = 4 << 10                // bytes of the expression
	conditionOutputs = 1000                   // values looked at before the condition counts as too long
	valueText        = 256                    // bytes kept of what it saw
)

var (
	errConditionTime    = errors.New("the condition took too long")
	errConditionsTime   = errors.New("the conditions of all webhooks took too long")
	errConditionOutputs = fmt.Errorf("the condition yields more than %d values", conditionOutputs)
)

// condition is a compiled jq expression. Files, modules, the environment and other
// inputs are out of its reach. It may be used by many goroutines at once.
type condition struct{ code *gojq.Code }

// compile reads a jq expression; the error is a *model.Fault that never has a
// position of its own, as jq's messages say where.
func compile(expr string) (*condition, error) {
	fault := func(err error) error {
		return &model.Fault{Code: model.CodeCondition, Field: model.FieldCondition, Value: cut(err.Error(), valueText), Err: err}
	}
	if len(expr) > conditionText {
		return nil, &model.Fault{Code: model.CodeCondition, Field: model.FieldCondition, Limit: conditionText}
	}
	query, err := gojq.Parse(expr)
	if err != nil {
		return nil, fault(err)
	}
	code, err := gojq.Compile(query)
	if err != nil {
		return nil, fault(err)
	}
	return &condition{code}, nil
}

// decode reads a body for conditions. Numbers stay json.Number: jq keeps whole
// ones exact whatever their length.
func decode(body []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, fmt.Errorf("decode body: %w", err)
	}
	return v, nil
}

// test runs the condition. It matches when one of its values is neither false nor
// null; value is that one, or else the last, and "" when there was none.
func (c *condition) test(ctx context.Context, input any) (value string, matched bool, err error) {
	defer func() {
		if p := recover(); p != nil {
			value, matched, err = "", false, fmt.Errorf("run condition: %v", p)
		}
	}()
	ctx, cancel := context.WithTimeoutCause(ctx, conditionTime, errConditionTime)
	defer cancel()
	if ctx.Err() != nil {
		return "", false, context.Cause(ctx)
	}
	values := c.code.RunWithContext(ctx, input)
	for range conditionOutputs {
		v, ok := values.Next()
		if !ok {
			return value, false, nil
		}
		if err, failed := v.(error); failed {
			var halt *gojq.HaltError
			switch {
			case errors.As(err, &halt) && halt.Value() == nil:
				return value, false, nil
			case ctx.Err() != nil:
				return "", false, context.Cause(ctx)
			}
			return "", false, err
		}
		value = show(v)
		if v != nil && v != false {
			return value, true, nil
		}
	}
	return "", false, errConditionOutputs
}

// show is the short JSON text of a value of jq.
func show(v any) string {
	switch v := v.(type) {
	case nil, bool, string, int, float64, *big.Int, json.Number:
		if s, ok := v.(string); ok && len(s) > valueText {
			v = cut(s, valueText)
		}
		text, err := gojq.Marshal(v)
		if err == nil {
			return cut(string(text), valueText)
		}
	}
	return cut(gojq.Preview(v), valueText)
}

// cut shortens s to at most n bytes of valid text.
func cut(s string, n int) string {
	if len(s) > n {
		s = s[:n]
	}
	return strings.ToValidUTF8(s, "")
}

// TryCondition runs a jq condition against a body, as the decision on an event
// would. value is what it yielded; the error is a *model.Fault of the condition or
// of the body.
func (s *Sender) TryCondition(ctx context.Context, expr string, body []byte) (value string, matched bool, err error) {
	c, err := compile(expr)
	if err != nil {
		return "", false, err
	}
	if f := model.CheckBody(body); f != nil {
		return "", false, f
	}
	input, err := decode(body)
	if err != nil {
		return "", false, &model.Fault{Code: model.CodeBodyJSON, Field: model.FieldBody, Err: err}
	}
	value, matched, err = c.test(ctx, input)
	if err != nil {
		if ctx.Err() != nil {
			return "", false, ctx.Err()
		}
		return "", false, &model.Fault{Code: model.CodeCondition, Field: model.FieldCondition, Value: cut(err.Error(), valueText), Err: err}
	}
	return value, matched, nil
}
