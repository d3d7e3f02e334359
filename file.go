package main

import (
	"context"
	"errors"

	"hooktop/model"
	"hooktop/sender/link"
	"hooktop/store"
)

// file reads the database. What is sealed there comes from the owner where the key
// cannot be read: only the owner needs it.
type file struct {
	*store.DB
	owner *link.Client // nil: no other program
}

func (f file) Hook(ctx context.Context, nameOrID string) (model.HookView, error) {
	v, err := f.DB.Hook(ctx, nameOrID)
	if f.asks(err) {
		return f.owner.Hook(ctx, nameOrID)
	}
	return v, err
}

func (f file) Delivery(ctx context.Context, id string) (model.DeliveryView, error) {
	v, err := f.DB.Delivery(ctx, id)
	if f.asks(err) {
		return f.owner.Delivery(ctx, id)
	}
	return v, err
}

func (f file) DeletedHooks(ctx context.Context) ([]model.Hook, error) {
	hooks, err := f.DB.DeletedHooks(ctx)
	if f.asks(err) {
		return f.owner.DeletedHooks(ctx)
	}
	return hooks, err
}

// Info is the owner's where there is one: it knows how the file is written.
func (f file) Info(ctx context.Context) (i model.StoreInfo, err error) {
	if f.owner != nil {
		i, err = f.owner.Info(ctx)
	} else {
		i, err = f.DB.Info(ctx)
	}
	i.OwnerPID = ownerPID(ctx, i.Path)
	return i, err
}

// ownerPID is the process that owns a database; 0: none, or it does not answer.
func ownerPID(ctx context.Context, path string) int {
	db, err := link.Canonical(path)
	if err != nil {
		return 0
	}
	if there, err := owned(db); err != nil || !there {
		return 0
	}
	c := link.Dial(socket(db))
	defer func() { _ = c.Close() }()
	o, _ := c.Owner(ctx)
	return o.PID
}

// asks reports whether an error is about the key, and there is somebody who has it.
func (f file) asks(err error) bool {
	var fault *model.Fault
	return f.owner != nil && errors.As(err, &fault) && fault.Field == model.FieldKey
}
