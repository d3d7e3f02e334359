-- By how much what a replay still makes is due later than its rate says: it was held for
-- so long.
ALTER TABLE batches ADD COLUMN late INTEGER NOT NULL DEFAULT 0;

-- What a receiver answered to a verification was once stored as it came. One of a webhook
-- that had another key may say that key, which nobody knows to hide any more.
DELETE FROM verifications WHERE hook_id IN (SELECT hook_id FROM hook_history WHERE kind = 'secret_rotated'
  OR instr(fields, CAST('authorization' AS BLOB)) > 0 OR instr(fields, CAST('header' AS BLOB)) > 0 OR instr(fields, CAST('secret' AS BLOB)) > 0);
