// Package store keeps webhooks, their history, verifications and tests in one
// SQLite file.
//
// Each method is one transaction. When a method that writes returns nil, its
// commit is on disk (synchronous=FULL) in the file the path leads to; otherwise
// nothing of it is. Bodies come back byte for byte. Authorization values, signing
// secrets and whatever a receiver answered, which may contain them, are encrypted
// with a key that lives in a file of its own.
//
// A DB may be used by several goroutines; there is one writer at a time. Errors a
// person can mend are *model.Fault.
package store
