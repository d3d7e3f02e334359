package store_test

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hooktop/model"
	"hooktop/store"
	"hooktop/store/storetest"
)

func putHook(t *testing.T, d *store.DB, n int) model.Hook {
	t.Helper()
	h, err := d.PutHook(t.Context(), storetest.Hook(n), model.Change{At: storetest.Epoch(), Kind: model.ChangeCreated})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func keyFault(t *testing.T, err error, code model.Code, f files) {
	t.Helper()
	refused(t, err, code, f.key)
	if strings.Contains(err.Error(), storetest.Hook(1).Authorization.Reveal()) {
		t.Error("the error tells the secret")
	}
}

func TestKeyIsMadeOnceAndKept(t *testing.T) {
	f := newFiles(t)
	d := f.open(t)
	h := putHook(t, d, 1)
	key, err := os.ReadFile(f.key)
	if err != nil {
		t.Fatal(err)
	}
	if raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(key))); err != nil || len(raw) != 32 {
		t.Errorf("key file holds %d bytes, %v", len(raw), err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := f.open(t).Hook(t.Context(), h.ID)
	if err != nil || got.Authorization.Reveal() != h.Authorization.Reveal() {
		t.Errorf("after reopening: %v", err)
	}
	if again, _ := os.ReadFile(f.key); string(again) != string(key) {
		t.Error("the key was changed")
	}
	if left, _ := os.ReadDir(filepath.Dir(f.key)); len(left) != 1 {
		t.Errorf("the key's folder holds %v", left)
	}
}

func TestDatabasesShareAKey(t *testing.T) {
	a := newFiles(t)
	putHook(t, a.open(t), 1)
	b := newFiles(t)
	b.key = a.key
	putHook(t, b.open(t), 1)
}

func TestKeyOfAnotherDatabaseIsRefused(t *testing.T) {
	f, other := filled(t), filled(t)
	f.key = other.key
	before := snapshot(t, f.db)
	_, err := store.Open(f.db, f.options())
	keyFault(t, err, model.CodeKeyWrong, f)
	readsWhatIsNotSealed(t, f, model.CodeKeyWrong)
	if snapshot(t, f.db) != before {
		t.Error("the database was changed")
	}
}

func TestKeyThatIsNoneIsRefused(t *testing.T) {
	f := filled(t)
	for _, text := range []string{"", "x", "c2hvcnQ=", "-----BEGIN PRIVATE KEY-----\n"} {
		write(t, f.key, []byte(text))
		_, err := store.Open(f.db, f.options())
		keyFault(t, err, model.CodeKeyWrong, f)
	}
}

// readsWhatIsNotSealed checks that only the owner needs the key. What is sealed is
// refused, not left out: a webhook without its secrets could be stored again.
func readsWhatIsNotSealed(t *testing.T, f files, code model.Code) {
	t.Helper()
	o := f.options()
	o.ReadOnly = true
	d, err := store.Open(f.db, o)
	fatal(t, err)
	defer d.Close()
	list, _, err := d.Page(t.Context(), model.Filter{}, "", 9)
	if err != nil || len(list) != 9 {
		t.Errorf("%d deliveries, %v", len(list), err)
	}
	_, err = d.Hook(t.Context(), storetest.Hook(1).ID)
	var fault *model.Fault
	if !asFault(err, &fault) || fault.Code != code || fault.Value != f.key {
		t.Errorf("a webhook with secrets: %v", err)
	}
}

func TestMissingKeyIsRefusedWhenSomethingIsSealed(t *testing.T) {
	f := filled(t)
	remove(t, f.key)
	_, err := store.Open(f.db, f.options())
	keyFault(t, err, model.CodeKeyMissing, f)
	readsWhatIsNotSealed(t, f, model.CodeKeyMissing)
	if _, err := os.Stat(f.key); err == nil {
		t.Error("a key was made that opens nothing")
	}
}

func TestMissingKeyIsMadeAnewWhenNothingIsSealed(t *testing.T) {
	f := newFiles(t)
	if err := f.open(t).Close(); err != nil {
		t.Fatal(err)
	}
	remove(t, f.key)
	o := f.options()
	o.ReadOnly = true
	d, err := store.Open(f.db, o)
	if err != nil {
		t.Fatalf("reading an empty database without a key: %v", err)
	}
	d.Close()
	d = f.open(t)
	putHook(t, d, 1)
	d.Close()
	f.open(t)
}

func TestKeyForOthersToReadIsRefused(t *testing.T) {
	for _, mode := range []os.FileMode{0o640, 0o604, 0o644, 0o666} {
		f := filled(t)
		if err := os.Chmod(f.key, mode); err != nil {
			t.Fatal(err)
		}
		_, err := store.Open(f.db, f.options())
		keyFault(t, err, model.CodeKeyMode, f)
	}
}

func TestSealedColumnsDoNotMove(t *testing.T) {
	for name, move := range map[string]string{
		"to another webhook": "UPDATE hooks SET authorization = (SELECT authorization FROM hooks WHERE name = 'crm 2')",
		"to another column":  "UPDATE hooks SET authorization = secret",
		"changed":            "UPDATE hooks SET secret = zeroblob(40)",
		"cut":                "UPDATE hooks SET secret = x'00'",
	} {
		t.Run(name, func(t *testing.T) {
			f := filled(t)
			raw(t, f.db, move+" WHERE name = 'crm 1'").Close()
			_, err := f.open(t).Hook(t.Context(), "crm 1")
			refused(t, err, model.CodeStoreCorrupt, f.db)
		})
	}
}

func TestKeyThatCannotBeMadeIsNamed(t *testing.T) {
	f := newFiles(t)
	f.key = filepath.Join("/proc", "hooktop", "key")
	_, err := store.Open(f.db, f.options())
	var fault *model.Fault
	if !asFault(err, &fault) || fault.Field != model.FieldKey || fault.Value != f.key || fault.Err == nil {
		t.Errorf("got %v", err)
	}
}
