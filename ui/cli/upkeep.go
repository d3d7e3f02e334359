package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"hooktop/model"
)

// Upkeep looks after the database.
type Upkeep interface {
	// Info reads all of it.
	Info(ctx context.Context) (model.StoreInfo, error)
	// Backup copies it to a new file and says how many bytes that has.
	Backup(ctx context.Context, path string) (int64, error)
}

type backupJSON struct {
	File  string `json:"file"`
	Bytes int64  `json:"bytes"`
}

func (a *app) backup() *cobra.Command {
	w := a.all.Upkeep
	return &cobra.Command{
		Use:   "backup FILE",
		Short: w.Backup,
		Long:  w.BackupLong,
		Args:  a.arguments(1, "FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := a.Paths(a.opts)
			if err != nil {
				return err
			}
			to, err := filepath.Abs(args[0])
			if err != nil {
				return fmt.Errorf("back up: %w", err)
			}
			return a.existing(cmd.Context(), func(d *Desk) error {
				size, err := d.Backup(cmd.Context(), to)
				switch {
				case err != nil:
					return err
				case a.opts.JSON:
					return a.emit(backupJSON{to, size})
				}
				a.say("%s", w.BackedUp(a.line(to), a.all.Size(size)))
				a.note("%s", w.BackupKey(p.Key))
				return nil
			})
		},
	}
}

// existing is desk for verbs that make no database where there is none.
func (a *app) existing(ctx context.Context, do func(*Desk) error) error {
	p, err := a.Paths(a.opts)
	if err != nil {
		return err
	}
	if !exists(p.DB) {
		return &model.Fault{Code: model.CodeNotFound, Field: model.FieldDB, Value: p.DB}
	}
	return a.desk(ctx, do)
}

type doctorJSON struct {
	DB            string            `json:"db"`
	Engine        string            `json:"engine"`
	SchemaVersion int               `json:"schema_version"`
	JournalMode   string            `json:"journal_mode"`
	Synchronous   *int              `json:"synchronous"` // null: opened to read only
	PageSize      int               `json:"page_size"`
	Integrity     string            `json:"integrity"`
	Unclean       bool              `json:"unclean"`
	StoreFull     bool              `json:"store_full"`
	OwnerPID      *int              `json:"owner_pid"` // null: nobody sends
	DBBytes       int64             `json:"db_bytes"`
	FreeBytes     int64             `json:"free_bytes"`
	WALBytes      int64             `json:"wal_bytes"`
	DiskBytes     int64             `json:"disk_free_bytes"`
	Hooks         int64             `json:"hooks"`
	Events        int64             `json:"events"`
	Oldest        stamp             `json:"oldest_event_at"`
	Deliveries    int64             `json:"deliveries"`
	Pending       int64             `json:"pending"`
	FileModes     map[string]string `json:"file_modes"` // octal
	KeyStore      string            `json:"key_store"`
	KeyFile       string            `json:"key_file"`
	Key           string            `json:"key"` // "ok", or what is wrong with it
}

// doctor says what is well and what is not. What is bad ends in the code of a store's
// fault, once all is said.
func (a *app) doctor() *cobra.Command {
	w := a.all.Upkeep
	return &cobra.Command{
		Use:   "doctor",
		Short: w.Doctor,
		Long:  w.DoctorLong,
		Args:  a.arguments(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.existing(cmd.Context(), func(d *Desk) error {
				i, err := d.Info(cmd.Context())
				if err != nil {
					return err
				}
				findings := a.examine(i)
				if err := a.report(i, findings); err != nil {
					return err
				}
				for _, f := range findings {
					if f.bad != "" {
						return &Failed{Code: f.bad}
					}
				}
				return nil
			})
		},
	}
}

// finding is what was seen of one thing.
type finding struct {
	what, says string
	note       bool       // worth to know, no harm
	bad        model.Code // harm; "": none
}

func (a *app) examine(i model.StoreInfo) []finding {
	w := a.all.Upkeep
	size := a.all.Size
	return []finding{
		{what: w.Database, says: a.line(i.Path) + " · " + w.Sizes(i.SchemaVersion, size(i.DBBytes), size(i.FreeBytes), size(i.WALBytes))},
		a.integrity(i),
		a.commits(i),
		a.modes(i),
		a.key(i),
		a.room(i),
		a.sender(i),
		{what: w.Content, says: a.content(i)},
	}
}

func (a *app) integrity(i model.StoreInfo) finding {
	f := finding{what: a.all.Upkeep.Integrity, says: a.all.Upkeep.Whole}
	switch {
	case i.Integrity != "ok":
		f.says, f.bad = a.line(i.Integrity), model.CodeStoreCorrupt
	case i.Unclean:
		f.says, f.note = a.all.Upkeep.Unclean, true
	}
	return f
}

func (a *app) commits(i model.StoreInfo) finding {
	w := a.all.Upkeep
	f := finding{what: w.Commits, says: w.Waits}
	switch full := 2; {
	case i.Synchronous < 0:
		f.says, f.note = w.Unseen, true
	case i.JournalMode != "wal" || i.Synchronous < full:
		f.says, f.bad = w.Hurries, model.CodeStoreIO
	}
	return f
}

func (a *app) modes(i model.StoreInfo) finding {
	w := a.all.Upkeep
	for _, file := range i.Files {
		if !file.Private() {
			return finding{what: w.Files, says: w.Others(a.line(file.Path)), note: true}
		}
	}
	return finding{what: w.Files, says: w.Private}
}

func (a *app) key(i model.StoreInfo) finding {
	w := a.all.Upkeep
	f := finding{what: w.Key, says: a.line(i.KeyFile)}
	switch {
	case i.Key != "":
		f.says, f.bad = a.all.Fault(&model.Fault{Code: i.Key, Field: model.FieldKey, Value: i.KeyFile}).What, i.Key
	case !exists(i.KeyFile):
		f.says = w.NoKey
	}
	return f
}

func (a *app) room(i model.StoreInfo) finding {
	w := a.all.Upkeep
	f := finding{what: w.Disk, says: w.Free(a.all.Size(i.DiskBytes))}
	if i.Full {
		f.says, f.bad = w.Full, model.CodeStoreFull
	}
	return f
}

func (a *app) sender(i model.StoreInfo) finding {
	w := a.all.Upkeep
	if i.OwnerPID == 0 {
		return finding{what: w.Sender, says: w.Nobody, note: true}
	}
	return finding{what: w.Sender, says: w.Sends(i.OwnerPID)}
}

func (a *app) content(i model.StoreInfo) string {
	w := a.all.Upkeep
	events := w.Events(int(i.Events))
	if !i.Oldest.IsZero() {
		events = w.EventsSince(int(i.Events), i.Oldest.Local().Format("2006-01-02"))
	}
	return strings.Join([]string{a.all.Deliveries.List.Hooks(int(i.Hooks)), events, w.Deliveries(int(i.Deliveries)), a.all.Deliveries.Pending(int(i.Pending))}, " · ")
}

// report prints the findings, or what they were found from.
func (a *app) report(i model.StoreInfo, findings []finding) error {
	if a.opts.JSON {
		return a.emit(doctorOf(i))
	}
	w := a.all.Upkeep
	rows := make([][]string, len(findings))
	for n, f := range findings {
		state := w.Fine
		switch {
		case f.bad != "":
			state = w.Bad
		case f.note:
			state = w.Note
		}
		rows[n] = []string{f.what, state, f.says}
	}
	return a.table(rows)
}

func doctorOf(i model.StoreInfo) doctorJSON {
	out := doctorJSON{DB: i.Path, Engine: i.Engine, SchemaVersion: i.SchemaVersion, JournalMode: i.JournalMode, PageSize: i.PageSize,
		Integrity: i.Integrity, Unclean: i.Unclean, StoreFull: i.Full, DBBytes: i.DBBytes, FreeBytes: i.FreeBytes, WALBytes: i.WALBytes,
		DiskBytes: i.DiskBytes, Hooks: i.Hooks, Events: i.Events, Oldest: stamp(i.Oldest), Deliveries: i.Deliveries, Pending: i.Pending,
		FileModes: map[string]string{}, KeyStore: "file", KeyFile: i.KeyFile, Key: "ok"}
	if i.Synchronous >= 0 {
		out.Synchronous = &i.Synchronous
	}
	if i.OwnerPID != 0 {
		out.OwnerPID = &i.OwnerPID
	}
	if i.Key != "" {
		out.Key = string(i.Key)
	}
	for _, f := range i.Files {
		out.FileModes[f.Path] = fmt.Sprintf("%04o", f.Mode)
	}
	return out
}
