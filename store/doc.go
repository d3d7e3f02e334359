// Package store keeps webhooks, events, their deliveries with all attempts, and
// statistics in one SQLite file.
//
// Each method is one transaction, but for those that say so and go in slices. When a
// method that writes returns nil, its commit is on disk (synchronous=FULL) in the
// file the path leads to; otherwise nothing of it is. All writes go through one
// goroutine, which gives those that come at the same time one commit (writer.go).
// Bodies come back byte for byte. Authorization values, signing secrets, headers of a
// webhook's own and whatever a receiver answered, which may contain them, are
// encrypted with a key that lives in a file of its own.
//
// A DB may be used by several goroutines. Several processes may have the file open;
// the verbs of the outbox (Ingest with deliveries being sent, Finish, Claim, Release,
// Recover) belong to the one that sends. Errors a person can mend are *model.Fault.
package store
