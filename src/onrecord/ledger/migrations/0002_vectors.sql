-- Sentence vectors that red lines were formed with, so that adding a day computes only those of the day.
-- A key is a hash of encoder and words; those no line needs any more are let go of, erased words first of all.

CREATE TABLE vector (
  key TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
