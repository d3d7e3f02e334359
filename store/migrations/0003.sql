-- When the deliveries and events of a stretch of numbers were made: clocks are set,
-- numbers only grow.
CREATE TABLE times (
  stretch INTEGER PRIMARY KEY, -- number >> 12
  oldest  INTEGER NOT NULL,
  newest  INTEGER NOT NULL
) STRICT;

INSERT INTO times SELECT seq >> 12, min(created_at), max(created_at)
  FROM (SELECT seq, created_at FROM deliveries UNION ALL SELECT seq, created_at FROM events) GROUP BY 1;

DROP TABLE minutes;

-- What happened within a minute to a webhook, or to all of them (hook 0): beside each
-- other, so that a group of writes touches one page.
ALTER TABLE rollup RENAME TO rollup_1;

CREATE TABLE rollup (
  minute    INTEGER NOT NULL, -- since 1970
  hook      INTEGER NOT NULL,
  delivered INTEGER NOT NULL,
  failed    INTEGER NOT NULL, -- attempts
  dead      INTEGER NOT NULL,
  latency   BLOB NOT NULL,    -- histogram of the attempts (histogram.go)
  causes    BLOB NOT NULL,    -- how often attempts failed with which status and error
  slow      INTEGER NOT NULL, -- the slowest attempt
  took      INTEGER NOT NULL, -- its duration
  PRIMARY KEY (minute, hook)
) STRICT, WITHOUT ROWID;

INSERT INTO rollup SELECT minute, hook, delivered, failed, dead, latency, x'', 0, 0 FROM rollup_1;
INSERT INTO rollup SELECT minute, 0, sum(delivered), sum(failed), sum(dead), coalesce(histograms(latency), x''), x'', 0, 0 FROM rollup_1 GROUP BY minute;

DROP TABLE rollup_1;

-- The same of an hour, once it is over.
CREATE TABLE hours (
  hour      INTEGER NOT NULL,
  hook      INTEGER NOT NULL,
  delivered INTEGER NOT NULL,
  failed    INTEGER NOT NULL,
  dead      INTEGER NOT NULL,
  latency   BLOB NOT NULL,
  causes    BLOB NOT NULL,
  slow      INTEGER NOT NULL,
  took      INTEGER NOT NULL,
  PRIMARY KEY (hour, hook)
) STRICT, WITHOUT ROWID;

ALTER TABLE state ADD COLUMN folded INTEGER NOT NULL DEFAULT 0; -- the last hour whose minutes are in hours
