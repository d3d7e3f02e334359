package store

import (
	"math"
	"strconv"

	"hooktop/model"
)

// A cursor is the number of the last row of the page before.

func cursorAt(seq int64) model.Cursor { return model.Cursor(strconv.FormatInt(seq, 36)) }

// cursorSeq is the number below which the next page begins.
func cursorSeq(c model.Cursor) (int64, error) {
	if c == "" {
		return math.MaxInt64, nil
	}
	seq, err := strconv.ParseInt(string(c), 36, 64)
	if err != nil || seq < 0 {
		return 0, &model.Fault{Code: model.CodeFilterValue, Field: model.FieldFilter, Value: string(c), Err: err}
	}
	return seq, nil
}

// pageLimit bounds the length of a page.
func pageLimit(n int) int { return min(max(n, 1), 1000) }
