-- What relating worked out, so that another day costs what is in it. Derived: dropped and made again at need.

CREATE TABLE relating (
  version TEXT NOT NULL, -- of the rules by which the rest of these were made; no row: all documents are read again
  step INTEGER NOT NULL -- how often it was added to
) STRICT;
CREATE TABLE fact (
  id TEXT PRIMARY KEY, -- the beginning of the body's SHA-256
  body TEXT NOT NULL,
  documents INTEGER NOT NULL -- how many tell it
) STRICT, WITHOUT ROWID;
CREATE TABLE family (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE clue (
  key INTEGER NOT NULL, -- 63 bits of a hash: where two clues share one, a document is looked at in vain
  document INTEGER NOT NULL REFERENCES document,
  PRIMARY KEY (key, document)
) STRICT, WITHOUT ROWID;
