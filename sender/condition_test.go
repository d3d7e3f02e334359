package sender

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"hooktop/model"
)

const conditionBody = `{"call_id": 17432891650918235647, "price": 1.10, "tags": ["a", "vip"], "duration": 61, "agent": {"name": "Ana"}}`

func TestConditions(t *testing.T) {
	s, _ := house(t)
	for _, c := range []struct {
		expr, value string
		matched     bool
	}{
		{`.duration > 60`, "true", true},
		{`.duration > 61`, "false", false},
		{`.agent.name == "Ana"`, "true", true},
		{`.nothing`, "null", false},
		{`empty`, "", false},
		{`.tags[] == "vip"`, "true", true},
		{`.tags[] | select(. == "none")`, "", false},
		{`.call_id == 17432891650918235647`, "true", true},
		{`.call_id == 17432891650918235648`, "false", false},
		{`.call_id | tostring`, `"17432891650918235647"`, true},
		{`(.call_id | tostring) == "17432891650918235647"`, "true", true},
		{`.call_id`, "17432891650918235647", true},
		{`.price == 1.1`, "true", true},
		{`.agent`, `{"name":"Ana"}`, true},
		{`env | length`, "0", true},
		{`$ENV.HOME`, "null", false},
		{`halt`, "", false},
	} {
		value, matched, err := s.TryCondition(t.Context(), c.expr, []byte(conditionBody))
		if err != nil || value != c.value || matched != c.matched {
			t.Errorf("%s: %s %v %v", c.expr, value, matched, err)
		}
	}
}

func TestConditionsThatFailSayWhy(t *testing.T) {
	s, _ := house(t)
	for _, expr := range []string{
		"", ".duration >", `.agent + 1`, `error("no")`, `input`, `import "a" as a; 1`, `unknown_function`,
		`range(infinite) | select(false)`, `def f: f; f`, `range(10000) | false`, `[limit(1e9; repeat(1))] | length`,
		strings.Repeat("(", 5000),
	} {
		began := time.Now()
		_, matched, err := s.TryCondition(t.Context(), expr, []byte(conditionBody))
		var f *model.Fault
		if matched || !errors.As(err, &f) || f.Code != model.CodeCondition || f.Field != model.FieldCondition {
			t.Errorf("%.30s: %v %v", expr, matched, err)
		}
		if took := time.Since(began); took > 20*conditionTime {
			t.Errorf("%.30s: took %v", expr, took)
		}
	}
	if _, _, err := s.TryCondition(t.Context(), ".", []byte("{")); err == nil {
		t.Error("a body that is no JSON")
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := s.TryCondition(gone, "range(infinite) | false", []byte("{}")); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
