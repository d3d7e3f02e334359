-- Times are microseconds since 1970 in UTC, durations are nanoseconds; 0 is none.
-- Lists and records are blobs in the encoding of codec.go. Sealed blobs are also
-- encrypted (seal.go). Numbers that stand for texts are those of words; codes of
-- states, outcomes and decisions are in code.go.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value ANY NOT NULL
) STRICT, WITHOUT ROWID;

-- What every group of writes reads first and writes last.
CREATE TABLE state (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  rev    INTEGER NOT NULL, -- the last number given to an event, a delivery or a change of one
  low    INTEGER NOT NULL, -- no delivery before it is in state 7
  hooks  INTEGER NOT NULL, -- revision of the set of webhooks
  writer TEXT NOT NULL     -- the process that has written and not closed; '': none
) STRICT;

INSERT INTO state VALUES (1, 0, 0, 1, '');

-- Texts that stand in many rows, for good: ids of webhooks, event types, failures.
CREATE TABLE words (
  num  INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

-- The secrets stand before whatever can be long, so that they stay in the row.
CREATE TABLE hooks (
  id               TEXT PRIMARY KEY,
  num              INTEGER NOT NULL UNIQUE, -- its id in words
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
  headers          BLOB, -- sealed; values may be keys
  url              TEXT NOT NULL,
  events           BLOB NOT NULL,
  condition        TEXT NOT NULL,
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

-- What a webhook is like now, beside its configuration.
CREATE TABLE hook_status (
  hook             INTEGER PRIMARY KEY,
  last             INTEGER NOT NULL, -- the delivery that was attempted last
  failing_since    INTEGER NOT NULL,
  failing_attempts INTEGER NOT NULL,
  breaker          BLOB              -- NULL: closed
) STRICT;

-- One counter (state.rev) numbers everything that follows. An event has the number
-- of the first delivery it came with; the others follow without a gap. So no index
-- is needed from an event to its deliveries, but for replays.
CREATE TABLE events (
  seq        INTEGER PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  type       INTEGER NOT NULL,
  fanout     INTEGER NOT NULL, -- deliveries it came with
  test       INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  subject    TEXT NOT NULL,
  subject_id INTEGER NOT NULL, -- 32 bits of its digest; 0: no subject
  decisions  BLOB,
  body       BLOB NOT NULL     -- the bytes that are sent
) STRICT;

-- Digests are random: in one index over all events every insert would touch a page
-- of its own. A new bucket every so often keeps the inserts together, and a search
-- looks into each bucket.
CREATE INDEX events_subject ON events (seq >> 14, subject_id) WHERE subject_id <> 0;

CREATE TABLE keys (
  key   TEXT PRIMARY KEY, -- idempotency key
  event INTEGER NOT NULL,
  at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Narrow: what a list shows and nothing else.
CREATE TABLE deliveries (
  seq         INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,
  rev         INTEGER NOT NULL,
  event       INTEGER NOT NULL,
  hook        INTEGER NOT NULL, -- no foreign keys, as above
  type        INTEGER NOT NULL,
  state       INTEGER NOT NULL,
  attempts    INTEGER NOT NULL,
  free        INTEGER NOT NULL, -- attempts that were interrupted
  http_status INTEGER NOT NULL,
  error       INTEGER NOT NULL,
  duration    INTEGER NOT NULL,
  next_at     INTEGER NOT NULL,
  created_at  INTEGER NOT NULL,
  done_at     INTEGER NOT NULL,
  test        INTEGER NOT NULL,
  replay_of   TEXT NOT NULL
) STRICT;

-- A delivery that is sent straight away and arrives (7, then 6) is in the first of
-- these only.
CREATE INDEX deliveries_hook   ON deliveries (hook, type);
CREATE INDEX deliveries_open   ON deliveries (hook, state) WHERE state < 6;
CREATE INDEX deliveries_due    ON deliveries (hook, state, next_at) WHERE state < 3;
CREATE INDEX deliveries_tests  ON deliveries (hook) WHERE test = 1;
CREATE INDEX deliveries_replay ON deliveries (event) WHERE replay_of <> '';

CREATE TABLE attempts (
  id         INTEGER PRIMARY KEY, -- delivery << 16 | n
  started_at INTEGER NOT NULL,
  outcome    INTEGER NOT NULL,
  head       BLOB NOT NULL, -- sealed: request, headers, timings, why, a short answer
  body       BLOB           -- sealed: a longer answer
) STRICT;

-- Where the deliveries of a minute are: clocks are set, numbers only grow.
CREATE TABLE minutes (
  minute INTEGER PRIMARY KEY, -- since 1970
  first  INTEGER NOT NULL,
  last   INTEGER NOT NULL
) STRICT;

CREATE TABLE rollup (
  hook      INTEGER NOT NULL,
  minute    INTEGER NOT NULL,
  delivered INTEGER NOT NULL,
  failed    INTEGER NOT NULL, -- attempts
  dead      INTEGER NOT NULL,
  latency   BLOB NOT NULL,    -- histogram of the attempts (histogram.go)
  PRIMARY KEY (hook, minute)
) STRICT, WITHOUT ROWID;
