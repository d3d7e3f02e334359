package model

import "time"

// StoreInfo is the state of a store for people and scripts.
type StoreInfo struct {
	Path          string
	KeyFile       string
	Key           Code   // what is wrong with the key; "": it opens what is sealed
	Engine        string // the library that keeps the file, and its version
	SchemaVersion int
	JournalMode   string // "wal"
	Synchronous   int    // of who writes: 2 is FULL; -1: nobody here does
	PageSize      int    // bytes
	Integrity     string // "ok", or the first thing that is damaged
	Unclean       bool   // the process that wrote last before was stopped in the midst
	Full          bool   // no room was found: no events are accepted
	DBBytes       int64
	FreeBytes     int64 // of the database, to be used again or given back to the disk
	WALBytes      int64
	DiskBytes     int64 // that the disk still has for us
	Hooks         int64 // not deleted
	Events        int64
	Deliveries    int64
	Pending       int64       // deliveries that are not done
	Oldest        time.Time   // the event that has been kept longest; zero: none
	Files         []FileState // database, -wal, -shm, key file; only those that exist
	OwnerPID      int         // the process that sends; 0: none
}

// FileState is one file and who may do what with it, as permission bits.
type FileState struct {
	Path string
	Mode uint32
}

// Private is whether a file is for its owner alone.
func (f FileState) Private() bool { return f.Mode&0o077 == 0 }
