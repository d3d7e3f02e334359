package hooks

import (
	"context"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"hooktop/model"
	"hooktop/ui/uitest"
)

// judge says what a condition comes to, and keeps what it was asked.
type judge struct {
	asked []string
	say   func(expr string) (string, bool, error)
}

func (j *judge) TryCondition(_ context.Context, expr string, body []byte) (string, bool, error) {
	j.asked = append(j.asked, expr+" on "+string(body[:40]))
	return j.say(expr)
}

// onCondition is a form with the focus on its condition.
func onCondition(t *testing.T, j *judge, h model.Hook) *form {
	t.Helper()
	v := newFake().verbs()
	v.Judge = j
	f := newForm(envOf(es80), v, h).(*form)
	f.SetSize(80, 40)
	f.focus(idCondition)
	return f
}

// typeAll types text and runs nothing.
func typeAll(f *form, s string) (cmds []tea.Cmd) {
	for _, r := range s {
		cmds = append(cmds, f.Update(uitest.Key(string(r))))
	}
	return cmds
}

func TestAConditionIsTriedAgainstASampleWhileItIsTyped(t *testing.T) {
	j := &judge{say: func(expr string) (string, bool, error) {
		switch expr {
		case ".a":
			return "true", true, nil
		case ".b":
			return "null", false, nil
		}
		return "", false, &model.Fault{Code: model.CodeCondition, Field: model.FieldCondition, Value: "unexpected token \"|\""}
	}}
	for typed, want := range map[string]string{
		".a": "✓ Con el ejemplo de call.score.changed se entrega: da true",
		".b": "! Con el ejemplo de call.score.changed no se entrega: da null",
		"|":  "✗ La condición jq no es válida",
	} {
		f := onCondition(t, j, model.Hook{ID: "wh_1", Events: []string{"call.score.changed"}})
		f.adv.condition.SetValue(typed)
		run(f, f.Update(nil))
		if s := uitest.Strip(f.View()); !strings.Contains(s, want) {
			t.Errorf("%q: no %q in\n%s", typed, want, s)
		}
		if h, _ := f.hook(); h.Condition != typed || !f.dirty() {
			t.Errorf("%q is saved as %q", typed, h.Condition)
		}
	}
	if last := j.asked[len(j.asked)-1]; !strings.Contains(last, "{") {
		t.Errorf("tried %q", last)
	}
}

// One trial at a time; of what was typed meanwhile only the newest is tried, and a
// result is never shown beside another expression.
func TestAStaleTrialIsDropped(t *testing.T) {
	j := &judge{say: func(expr string) (string, bool, error) { return "saw " + expr, true, nil }}
	f := onCondition(t, j, model.Hook{ID: "wh_1"})
	cmds := typeAll(f, "xyz")
	if len(j.asked) > 0 {
		t.Fatal("tried in Update")
	}
	run(f, cmds[0])
	if len(j.asked) != 2 || !strings.HasPrefix(j.asked[1], "xyz on") {
		t.Errorf("tried %q", j.asked)
	}
	if s := uitest.Strip(f.View()); !strings.Contains(s, "da saw xyz") {
		t.Errorf("no result in\n%s", s)
	}
}

// The check of the whole webhook may find that it is none: that stands at its field.
func TestAFaultyConditionIsShownAtItsField(t *testing.T) {
	f := onCondition(t, nil, model.Hook{ID: "wh_1"})
	f.v.Judge = nil
	f.focus(idName)
	if id := f.show(&model.Fault{Code: model.CodeCondition, Field: model.FieldCondition, Value: "nope"}); id != idCondition {
		t.Errorf("shown at %q", id)
	}
}

func TestAConditionIsTriedAgainstTheSampleBesideIt(t *testing.T) {
	j := &judge{say: func(string) (string, bool, error) { return "true", true, nil }}
	f := onCondition(t, j, model.Hook{ID: "wh_1", Events: []string{"call.note.added", "call.score.changed"}})
	f.sample.typ = "call.score.changed"
	f.adv.condition.SetValue(".a")
	if m, ok := f.tryCondition()().(conditionMsg); !ok || m.result.typ != "call.score.changed" {
		t.Errorf("tried against %v", m.result.typ)
	}
	f.sample.typ = "call.flag.added" // shown, but never delivered
	f.adv.preview = preview{}
	if m, ok := f.tryCondition()().(conditionMsg); !ok || m.result.typ != "call.note.added" {
		t.Errorf("tried against %v", m.result.typ)
	}
}
