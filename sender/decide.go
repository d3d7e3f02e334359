package sender

import (
	"context"
	"slices"

	"hooktop/model"
)

// fleet is the set of webhooks that decisions are made against. It never changes.
type fleet struct {
	revision   int64
	members    []member
	conditions bool // there are any
}

// member is a webhook with what its decisions need.
type member struct {
	hook      *model.Hook
	recipe    *recipe
	lane      *lane
	condition *condition
	err       error // why the condition cannot be compiled
}

// decide says for every webhook whether it gets the event, and why. The lanes are
// those of the matched ones, in order. Conditions that had no time left are errors.
func (f *fleet) decide(ctx context.Context, ev model.Event) ([]model.Decision, []*lane) {
	out := make([]model.Decision, len(f.members))
	var lanes []*lane
	body := &lazyBody{bytes: ev.Body}
	if f.conditions {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, conditionsTime, errConditionsTime)
		defer cancel()
	}
	for i := range f.members {
		m := &f.members[i]
		d := &out[i]
		*d = model.Decision{HookID: m.hook.ID, Hook: m.hook.Name}
		d.Result, d.Clause, d.Value = m.decide(ctx, ev.Type, body)
		if d.Result == model.DecisionMatched {
			lanes = append(lanes, m.lane)
		}
	}
	return out, lanes
}

func (m *member) decide(ctx context.Context, typ string, body *lazyBody) (model.DecisionResult, model.Clause, string) {
	switch m.hook.State {
	case model.HookDraft:
		return model.DecisionDraft, "", ""
	case model.HookDisabled:
		return model.DecisionDisabled, "", string(m.hook.Reason)
	}
	if !slices.Contains(m.hook.Events, typ) {
		return model.DecisionFiltered, model.ClauseEvents, typ
	}
	if m.hook.Condition == "" {
		return model.DecisionMatched, "", ""
	}
	if m.err != nil {
		return model.DecisionFiltered, model.ClauseConditionError, cut(m.err.Error(), valueText)
	}
	input, err := body.decoded()
	if err != nil {
		return model.DecisionFiltered, model.ClauseConditionError, cut(err.Error(), valueText)
	}
	value, matched, err := m.condition.test(ctx, input)
	switch {
	case err != nil:
		return model.DecisionFiltered, model.ClauseConditionError, cut(err.Error(), valueText)
	case !matched:
		return model.DecisionFiltered, model.ClauseCondition, value
	}
	return model.DecisionMatched, "", value
}

// lazyBody decodes a body once, and only when a condition asks.
type lazyBody struct {
	bytes []byte
	done  bool
	value any
	err   error
}

func (b *lazyBody) decoded() (any, error) {
	if !b.done {
		b.value, b.err = decode(b.bytes)
		b.done = true
	}
	return b.value, b.err
}
