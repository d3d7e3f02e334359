-- Times are microseconds since 1970 in UTC, durations are nanoseconds; 0 is none.
-- Lists and records are blobs in the encoding of codec.go. Sealed blobs are also
-- encrypted (seal.go).

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value ANY NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO meta VALUES ('rev', 0); -- grows with every change of a delivery

-- The secrets stand before whatever can be long, so that they stay in the row.
CREATE TABLE hooks (
  id               TEXT PRIMARY KEY,
  name             TEXT NOT NULL,
  state            TEXT NOT NULL,
  reason           TEXT NOT NULL,
  revision         INTEGER NOT NULL,
  created_at       INTEGER NOT NULL,
  updated_at       INTEGER NOT NULL,
  deleted_at       INTEGER NOT NULL DEFAULT 0,
  authorization    BLOB, -- sealed; NULL: none
  secret           BLOB, -- sealed
  old_secret       BLOB, -- sealed
  old_secret_until INTEGER NOT NULL,
  url              TEXT NOT NULL,
  events           BLOB NOT NULL,
  condition        TEXT NOT NULL,
  headers          BLOB NOT NULL,
  retry_name       TEXT NOT NULL,
  retry_waits      BLOB NOT NULL,
  limit_connect    INTEGER NOT NULL,
  limit_tls        INTEGER NOT NULL,
  limit_headers    INTEGER NOT NULL,
  limit_total      INTEGER NOT NULL,
  rate             REAL NOT NULL,
  concurrency      INTEGER NOT NULL,
  skip_verify      INTEGER NOT NULL,
  allow_private    INTEGER NOT NULL,
  ca               TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX hooks_name ON hooks (name) WHERE deleted_at = 0;

CREATE TABLE hook_history (
  id       INTEGER PRIMARY KEY,
  hook_id  TEXT NOT NULL REFERENCES hooks (id) ON DELETE CASCADE,
  at       INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  revision INTEGER NOT NULL,
  reason   TEXT NOT NULL,
  fields   BLOB NOT NULL -- secrets as masks
) STRICT;

CREATE INDEX hook_history_hook ON hook_history (hook_id);

-- No foreign key: a form verifies and tests a webhook that is not stored yet.
CREATE TABLE verifications (
  id      INTEGER PRIMARY KEY,
  hook_id TEXT NOT NULL,
  at      INTEGER NOT NULL,
  data    BLOB NOT NULL -- sealed: a receiver may send the token back
) STRICT;

CREATE INDEX verifications_hook ON verifications (hook_id);

CREATE TABLE events (
  seq        INTEGER PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  type       TEXT NOT NULL,
  subject    TEXT NOT NULL,
  test       INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  body       BLOB NOT NULL -- the bytes that are sent
) STRICT;

-- Narrow: what a list shows and nothing else.
CREATE TABLE deliveries (
  seq         INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,
  rev         INTEGER NOT NULL,
  event_id    TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
  hook_id     TEXT NOT NULL, -- no foreign key, as above
  type        TEXT NOT NULL,
  state       TEXT NOT NULL,
  attempts    INTEGER NOT NULL,
  http_status INTEGER NOT NULL,
  error       TEXT NOT NULL,
  duration    INTEGER NOT NULL,
  next_at     INTEGER NOT NULL,
  created_at  INTEGER NOT NULL,
  done_at     INTEGER NOT NULL,
  test        INTEGER NOT NULL,
  replay_of   TEXT NOT NULL
) STRICT;

CREATE INDEX deliveries_event ON deliveries (event_id);
CREATE INDEX deliveries_hook ON deliveries (hook_id);
CREATE INDEX deliveries_tests ON deliveries (hook_id) WHERE test = 1;

CREATE TABLE attempts (
  delivery   INTEGER NOT NULL REFERENCES deliveries (seq) ON DELETE CASCADE,
  n          INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  outcome    TEXT NOT NULL,
  head       BLOB NOT NULL, -- sealed: request, headers, timings, why
  body       BLOB,          -- sealed: what the receiver answered; NULL: nothing
  PRIMARY KEY (delivery, n)
) STRICT, WITHOUT ROWID;
