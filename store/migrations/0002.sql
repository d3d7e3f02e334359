-- A replay, and how it goes on: one that is held since then, or not (0).
CREATE TABLE batches (
  num     INTEGER PRIMARY KEY,
  id      TEXT NOT NULL UNIQUE,
  held_at INTEGER NOT NULL
) STRICT;

-- The replay that made a delivery. 0: it came with its event; -1: replays had no
-- names yet.
ALTER TABLE deliveries ADD COLUMN batch INTEGER NOT NULL DEFAULT 0;
UPDATE deliveries SET batch = -1 WHERE replay_of <> '' AND test = 0;

-- Not all of what a replay makes replays a delivery: it may be the first one of an
-- event to a webhook.
DROP INDEX deliveries_replay;
CREATE INDEX deliveries_again ON deliveries (event) WHERE batch <> 0;
CREATE INDEX deliveries_batch ON deliveries (batch) WHERE batch <> 0;

-- What went wrong last, with all that is counted. A delivery that arrives at once is
-- not in it.
CREATE INDEX deliveries_failed ON deliveries (hook, http_status, error, state)
  WHERE http_status >= 300 OR error <> 0 OR state IN (2, 4);
