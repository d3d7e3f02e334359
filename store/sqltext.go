package store

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"hooktop/model"
)

func stateCondition(v model.DeliveryState, b blocked) string {
	held := "x.hook IN (" + numbers(keys(b.nums)) + ")"
	switch v {
	case model.DeliveryHeld:
		return "x.state = 0 OR x.state < 3 AND " + held
	case model.DeliverySending:
		return "x.state IN (3, 7)"
	case model.DeliveryQueued, model.DeliveryRetrying:
		return fmt.Sprintf("x.state = %d AND NOT %s", stateCode(v), held)
	}
	return fmt.Sprintf("x.state = %d", stateCode(v))
}

// statuses is the range of "503" or "5xx".
func statuses(v string) (from, to int64) {
	if class, ok := strings.CutSuffix(v, "xx"); ok {
		n, _ := strconv.ParseInt(class, 10, 64)
		return 100 * n, 100*n + 99
	}
	n, _ := strconv.ParseInt(v, 10, 64)
	return n, n
}

func statusCondition(v string) string {
	from, to := statuses(v)
	return fmt.Sprintf("x.http_status BETWEEN %d AND %d", from, to)
}

func isStatus(n int64, v string) bool {
	from, to := statuses(v)
	return from <= n && n <= to
}

// numbers is a list for IN; they are ours, not somebody's text.
func numbers(list []int64) string {
	b := make([]byte, 0, 8*len(list))
	for i, n := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, n, 10)
	}
	return string(b)
}

// marks and values are a list for IN in a statement that stays the same.
func marks[T any](list []T) string { return strings.TrimSuffix(strings.Repeat("?,", len(list)), ",") }

func values[T any](list []T) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = v
	}
	return out
}

func keys(m map[int64]bool) []int64 { return slices.Sorted(maps.Keys(m)) }
