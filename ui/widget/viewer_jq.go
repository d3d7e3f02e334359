package widget

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/itchyny/gojq"
)

// Bounds of a jq expression on a body.
const (
	jqTime = 2 * time.Second
	jqSize = 1 << 20 // bytes of all results
	jqText = 4 << 10 // bytes of the expression
)

var (
	errJQTime = errors.New("the expression took too long")
	errJQSize = errors.New("the expression yields too much")
)

// runJQ runs an expression on a JSON text and returns its results one behind the
// other, each on a line, and how many there are. Files, modules, the environment and
// other inputs are out of its reach; whole numbers stay exact whatever their length.
func runJQ(ctx context.Context, expr string, raw []byte) (out []byte, n int, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("run jq: %v", p)
		}
	}()
	ctx, cancel := context.WithTimeoutCause(ctx, jqTime, errJQTime)
	defer cancel()
	if len(expr) > jqText {
		return nil, 0, errJQSize
	}
	query, err := gojq.Parse(expr)
	if err != nil {
		return nil, 0, err
	}
	code, err := gojq.Compile(query)
	if err != nil {
		return nil, 0, err
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var input any
	if err := d.Decode(&input); err != nil {
		return nil, 0, err
	}
	for it := code.RunWithContext(ctx, input); ; n++ {
		v, ok := it.Next()
		if !ok {
			return out, n, nil
		}
		if fault, failed := v.(error); failed {
			var halt *gojq.HaltError
			switch {
			case ctx.Err() != nil:
				return nil, 0, context.Cause(ctx)
			case errors.As(fault, &halt) && halt.Value() == nil:
				return out, n, nil
			}
			return nil, 0, fault
		}
		line, err := gojq.Marshal(v)
		if err != nil {
			return nil, 0, err
		}
		if len(out)+len(line) > jqSize {
			return nil, 0, errJQSize
		}
		out = append(append(out, line...), '\n')
	}
}
