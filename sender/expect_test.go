package sender

import (
	"errors"
	"testing"

	"hooktop/model"
)

// isFault asserts that err is a fault of the code and field.
func isFault(t testing.TB, err error, code model.Code, field model.Field) {
	t.Helper()
	var f *model.Fault
	if !errors.As(err, &f) || f.Code != code || f.Field != field {
		t.Errorf("got %v, want %s (%s)", err, code, field)
	}
}
