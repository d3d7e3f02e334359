package store_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"hooktop/model"
	"hooktop/store/storetest"
)

func asFault(err error, f **model.Fault) bool { return errors.As(err, f) }

// appearances are the forms in which a value could be lying about. Base64 depends
// on the offset, so the middle of all three is searched.
func appearances(v string) [][]byte {
	out := [][]byte{[]byte(v), []byte(hex.EncodeToString([]byte(v))), []byte(strings.ToUpper(hex.EncodeToString([]byte(v))))}
	for i := range 3 {
		for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			s := enc.EncodeToString([]byte(strings.Repeat("\x00", i) + v))
			out = append(out, []byte(s[4:len(s)-4]))
		}
	}
	return out
}

// search returns the files under dir in which one of the forms stands.
func search(t *testing.T, dir string, forms [][]byte) (hits []string, searched int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		searched += len(b)
		for _, f := range forms {
			if bytes.Contains(b, f) {
				hits = append(hits, path)
				break
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return hits, searched
}

func TestSecretsAreInNoFileInClear(t *testing.T) {
	f := newFiles(t)
	root := filepath.Dir(filepath.Dir(f.db))
	d := f.open(t)
	check := func(when string) {
		t.Helper()
		for _, v := range []string{"CANARY-first-token-0001", "CANARY-second-token-002", "CANARY-secret-000000003", "CANARY-header-000000004"} {
			if hits, _ := search(t, root, appearances(v)); len(hits) > 0 {
				t.Errorf("%s: %s is in %v", when, v, hits)
			}
		}
		if hits, n := search(t, root, appearances("https://crm.example/in")); len(hits) == 0 || n < 100_000 {
			t.Errorf("%s: the search finds nothing in %d bytes, not even the URL", when, n)
		}
	}
	h := storetest.Hook(1)
	h.Authorization, h.Secret = model.NewSecret("Bearer CANARY-first-token-0001"), model.NewSecret("CANARY-secret-000000003")
	h.Headers = []model.Header{{Name: "X-Api-Key", Value: "CANARY-header-000000004"}}
	change := model.Change{At: storetest.Epoch(), Kind: model.ChangeEdited, Fields: []model.FieldDelta{
		{Field: model.FieldAuth, Before: "Bearer CANARY-first-token-0001", After: "Bearer CANARY-second-token-002"},
		{Field: model.FieldSecret, Before: "CANARY-secret-000000003", After: "CANARY-secret-000000003"},
	}}
	h, err := d.PutHook(t.Context(), h, change)
	fatal(t, err)

	// A receiver that sends back what it got, as go-httpbin's /anything does.
	r := storetest.Test(h.ID, 1, []byte("{}"))
	r.Attempt.Response.Body = []byte(`{"authorization":"Bearer CANARY-first-token-0001"}`)
	r.Attempt.Response.Headers = []model.Header{{Name: "X-Echo", Value: "Bearer CANARY-first-token-0001"}}
	fatal(t, d.PutTest(t.Context(), r))
	v := storetest.Verification(h.ID, storetest.Epoch())
	v.FirstBytes = string(r.Attempt.Response.Body)
	fatal(t, d.PutVerification(t.Context(), v))
	check("stored")

	h.Authorization, h.OldSecret = model.NewSecret("Bearer CANARY-second-token-002"), h.Secret
	h, err = d.PutHook(t.Context(), h, change)
	fatal(t, err)
	check("edited")
	putHook(t, d, 2) // its URL stays for the search to find
	fatal(t, d.DeleteHook(t.Context(), h.ID, storetest.Epoch()))
	_, err = d.Purge(t.Context(), storetest.Epoch().Add(2*model.UndoWindow))
	fatal(t, err)
	check("purged")
	fatal(t, d.Close())
	check("closed")
}

func TestPurgeErasesCiphertext(t *testing.T) {
	f := newFiles(t)
	d := f.open(t)
	h := storetest.Hook(1)
	h.Authorization = model.NewSecret(strings.Repeat("A", 4096))
	h.TLS.CA = strings.Repeat("certificate ", 5000) // pushes the row over several pages
	h, err := d.PutHook(t.Context(), h, model.Change{At: storetest.Epoch()})
	fatal(t, err)
	fatal(t, d.PutVerification(t.Context(), storetest.Verification(h.ID, storetest.Epoch())))
	r := storetest.Test(h.ID, 1, nil)
	r.Attempt.Response.Body = bytes.Repeat([]byte("answer"), 10_000)
	fatal(t, d.PutTest(t.Context(), r))

	var sealed [][]byte
	peek := raw(t, f.db)
	for _, column := range []string{
		"authorization FROM hooks", "secret FROM hooks", "old_secret FROM hooks", "headers FROM hooks",
		"data FROM verifications", "head FROM attempts", "body FROM attempts",
	} {
		var b []byte
		fatal(t, peek.QueryRow("SELECT "+column).Scan(&b))
		sealed = append(sealed, b[:28], b[len(b)-28:])
	}
	peek.Close()
	dir := filepath.Dir(f.db)
	for _, b := range sealed {
		if hits, _ := search(t, dir, [][]byte{b}); len(hits) == 0 {
			t.Fatal("the search does not find ciphertext that is there")
		}
	}
	fatal(t, d.DeleteHook(t.Context(), h.ID, storetest.Epoch()))
	n, err := d.Purge(t.Context(), storetest.Epoch().Add(2*model.UndoWindow))
	fatal(t, err)
	if n != 1 {
		t.Errorf("%d webhooks were purged", n)
	}
	for i, b := range sealed {
		if hits, _ := search(t, dir, [][]byte{b}); len(hits) > 0 {
			t.Errorf("ciphertext %d is still in %v", i, hits)
		}
	}
}

func TestOpenPurges(t *testing.T) {
	f := newFiles(t)
	d := f.open(t)
	h := storetest.Hook(1)
	h, err := d.PutHook(t.Context(), h, model.Change{At: storetest.Epoch()})
	fatal(t, err)
	fatal(t, d.DeleteHook(t.Context(), h.ID, storetest.Epoch().Add(-2*model.UndoWindow)))
	fatal(t, d.Close())
	if c, err := f.open(t).History(t.Context(), h.ID); err != nil || len(c) != 0 {
		t.Errorf("history of a webhook past its time: %v, %v", c, err)
	}
}

func TestFilesAreForTheOwnerAlone(t *testing.T) {
	old := syscall.Umask(0o022)
	defer syscall.Umask(old)
	f := newFiles(t)
	d := f.open(t)
	putHook(t, d, 1)
	modes(t, f)
	fatal(t, d.Close())

	fatal(t, os.Chmod(f.db, 0o644)) // as a copy would be
	d = f.open(t)
	putHook(t, d, 2)
	modes(t, f)
	i, err := d.Info(t.Context())
	fatal(t, err)
	if len(i.Files) != 4 {
		t.Errorf("files are %v", i.Files)
	}
	for _, file := range i.Files {
		if file.Mode != 0o600 {
			t.Errorf("Info says %s is %v", file.Path, file.Mode)
		}
	}
}

func modes(t *testing.T, f files) {
	t.Helper()
	for path, want := range map[string]os.FileMode{
		filepath.Dir(f.db): 0o700, f.db: 0o600, f.db + "-wal": 0o600, f.db + "-shm": 0o600,
		filepath.Dir(f.key): 0o700, f.key: 0o600,
	} {
		info, err := os.Stat(path)
		fatal(t, err)
		if info.Mode().Perm() != want {
			t.Errorf("%s is %v, want %v", path, info.Mode().Perm(), want)
		}
	}
}

func fatal(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
