package sender

import (
	"slices"
	"sync"
	"time"

	"hooktop/model"
)

// checklist is a verification under way. Every change is told to watch with a copy
// of its own, in order; after finish nothing is told any more.
type checklist struct {
	watch func(model.Verification)

	mu   sync.Mutex
	done bool
	v    model.Verification
}

func newChecklist(v model.Verification, watch func(model.Verification)) *checklist {
	for _, name := range []model.StepName{
		model.StepURL, model.StepDNS, model.StepConnect, model.StepTLS,
		model.StepPost, model.StepEcho, model.StepKey,
	} {
		v.Steps = append(v.Steps, model.Step{Name: name, State: model.StepPending})
	}
	return &checklist{v: v, watch: watch}
}

// change alters the verification and tells of it.
func (c *checklist) change(f func(v *model.Verification)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.done {
		return
	}
	f(&c.v)
	c.tell()
}

// tell hands out a copy. A watcher that panics must not take the program along:
// it may run in a goroutine of a dial.
func (c *checklist) tell() {
	if c.watch == nil {
		return
	}
	defer func() { _ = recover() }()
	c.watch(snapshot(c.v))
}

// set puts one step in a state.
func (c *checklist) set(name model.StepName, state model.StepState, took time.Duration) {
	c.change(func(v *model.Verification) { setStep(v, name, state, took) })
}

// finish ends the checklist: steps that were never reached are skipped.
func (c *checklist) finish() model.Verification {
	c.change(func(v *model.Verification) {
		for i := range v.Steps {
			if s := &v.Steps[i]; s.State == model.StepPending || s.State == model.StepRunning {
				s.State = model.StepSkipped
			}
		}
	})
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done = true
	return snapshot(c.v)
}

// reached moves the checklist to a phase of the request: the steps before it that
// ran are done, those that did not are skipped.
func (c *checklist) reached(p phase) {
	step := stepOf(p)
	c.change(func(v *model.Verification) {
		for i := range v.Steps {
			s := &v.Steps[i]
			if s.Name == step {
				s.State = model.StepRunning
				return
			}
			switch s.State {
			case model.StepRunning:
				s.State = model.StepOK
			case model.StepPending:
				s.State = model.StepSkipped
			}
		}
	})
}

// stepOf is the step during which a phase runs.
func stepOf(p phase) model.StepName {
	switch p {
	case phaseDNS:
		return model.StepDNS
	case phaseConnect:
		return model.StepConnect
	case phaseTLS:
		return model.StepTLS
	}
	return model.StepPost
}

func setStep(v *model.Verification, name model.StepName, state model.StepState, took time.Duration) {
	i := slices.IndexFunc(v.Steps, func(s model.Step) bool { return s.Name == name })
	v.Steps[i].State, v.Steps[i].Took = state, took
}

func stepState(v *model.Verification, name model.StepName) model.StepState {
	i := slices.IndexFunc(v.Steps, func(s model.Step) bool { return s.Name == name })
	return v.Steps[i].State
}

// snapshot copies a verification so that nothing is shared.
func snapshot(v model.Verification) model.Verification {
	v.Steps = slices.Clone(v.Steps)
	v.Warnings = slices.Clone(v.Warnings)
	if v.Failure != nil {
		f := *v.Failure
		v.Failure = &f
	}
	return v
}
