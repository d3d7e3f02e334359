package store

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"hooktop/model"
)

// What the first version wrote is there after every step.
func TestMigrationsKeepWhatIsThere(t *testing.T) {
	dir := t.TempDir()
	path, o := filepath.Join(dir, "hooktop.db"), Options{KeyFile: filepath.Join(dir, "key"), Busy: time.Second, Now: func() time.Time { return time.Unix(100, 0) }}
	fail := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	fail(os.WriteFile(path, nil, 0o600))
	fail(create(t.Context(), path, o.Busy, "OFF"))
	pool := connectWriter(path, o.Busy)
	_, err := migrateOne(t.Context(), path, pool, 1) // as the first program left it
	fail(err)
	_, err = pool.Exec(`
		UPDATE state SET rev = 20, low = 1;
		INSERT INTO words VALUES (1, 'wh_1'), (2, 'call.processed'), (3, 'server_error');
		INSERT INTO events (seq, id, type, fanout, test, created_at, subject, subject_id, body)
			VALUES (1, 'evt_1', 2, 1, 0, 1000000, '', 0, x'7b7d'), (9, 'evt_2', 2, 1, 1, 70000000, '', 0, x'7b7d');
		INSERT INTO deliveries VALUES
			(1, 'dlv_1', 2, 1, 1, 2, 4, 1, 0, 500, 3, 5, 0, 1000000, 2000000, 0, ''),
			(5, 'dlv_2', 6, 1, 1, 2, 6, 1, 0, 200, 0, 5, 0, 65000000, 66000000, 0, 'dlv_1'),
			(9, 'dlv_3', 9, 9, 1, 2, 4, 1, 0, 500, 3, 5, 0, 70000000, 71000000, 1, 'dlv_1');
		INSERT INTO minutes VALUES (0, 1, 1), (1, 5, 9);
		INSERT INTO rollup VALUES (1, 0, 0, 1, 1, x'0202'), (1, 1, 1, 0, 0, x'0404'), (2, 1, 2, 0, 0, x'0404');
		INSERT INTO hook_status VALUES (1, 5, 0, 0, NULL);`)
	fail(err)
	fail(pool.Close())
	d, err := Open(path, o)
	fail(err)
	defer d.Close()
	for text, want := range map[string][]string{
		"":                           {"dlv_3", "dlv_2", "dlv_1"},
		"id:evt_1":                   {"dlv_2", "dlv_1"},
		"id:evt_2":                   {"dlv_3"},
		"status:5xx":                 {"dlv_3", "dlv_1"},
		"error:server_error":         {"dlv_3", "dlv_1"},
		"since:1970-01-01T00:01:06Z": {"dlv_3"},
		"until:1970-01-01T00:01:06Z": {"dlv_2", "dlv_1"},
	} {
		f, fault := model.ParseFilter(text, time.Now())
		if fault != nil {
			t.Fatal(fault)
		}
		rows, _, err := d.Page(t.Context(), f, "", 9)
		fail(err)
		var got []string
		for _, r := range rows {
			got = append(got, r.ID)
			if r.Replay != "" {
				t.Errorf("%s belongs to %q", r.ID, r.Replay)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	n, err := d.Replay(t.Context(), model.Selection{}, 0, time.Now(), true)
	if err != nil || n.Count != 0 { // the webhook is not stored
		t.Errorf("%+v, %v", n, err)
	}
	s, err := d.Stats(t.Context(), "", time.Unix(0, 0))
	if err != nil || s.Delivered != 3 || s.Failed != 1 || s.Dead != 1 || s.P50 != bound(2) {
		t.Errorf("%+v, %v", s, err)
	}
	if s, err = d.Stats(t.Context(), "wh_1", time.Unix(0, 0)); err != nil || s.Delivered != 1 || s.Failed != 1 {
		t.Errorf("%+v, %v", s, err)
	}
	if i, err := d.Info(t.Context()); err != nil || i.Integrity != "ok" {
		t.Errorf("%+v, %v", i, err)
	}
}

// What verifications say of a webhook goes where another key was in them, and stays where
// there never was one.
func TestVerificationsWithAnOldKeyGo(t *testing.T) {
	d := stock(t)
	changes := map[string]model.Change{
		"wh_named":  {Kind: model.ChangeEdited, Fields: []model.FieldDelta{{Field: model.FieldName, Before: "a", After: "b"}}},
		"wh_token":  {Kind: model.ChangeActivated, Fields: []model.FieldDelta{{Field: model.FieldName}, {Field: model.FieldAuth, Before: "********", After: "********"}}},
		"wh_header": {Kind: model.ChangeEdited, Fields: []model.FieldDelta{{Field: model.FieldHeader}}},
		"wh_secret": {Kind: model.ChangeEdited, Fields: []model.FieldDelta{{Field: model.FieldSecret}}},
		"wh_turned": {Kind: model.ChangeSecretRotated},
	}
	for id, c := range changes {
		h, err := d.PutHook(t.Context(), model.Hook{ID: id, Name: id, URL: "http://localhost/", State: model.HookActive}, model.Change{At: stockTime(), Kind: model.ChangeCreated})
		check(t, err)
		check(t, d.PutVerification(t.Context(), model.Verification{HookID: id, At: stockTime(), FirstBytes: "you sent the key"}))
		_, err = d.PutHook(t.Context(), h, c)
		check(t, err)
	}
	check(t, d.Close())
	file := Raw(d.path)
	_, err := file.ExecContext(t.Context(), "ALTER TABLE batches DROP COLUMN late; PRAGMA user_version = 4")
	check(t, err)
	check(t, file.Close())
	d, err = Open(d.path, d.opt)
	check(t, err)
	defer d.Close()
	for id := range changes {
		left, err := d.Verifications(t.Context(), id)
		if (len(left) == 1) != (id == "wh_named") || err != nil {
			t.Errorf("%s has %d, %v", id, len(left), err)
		}
	}
}
