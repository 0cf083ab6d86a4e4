-- What a day reads of the workings, and nothing else: families by clues, and the drafts of documents. Derived.

DELETE FROM relating;
DROP TABLE family;
CREATE TABLE family (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  body BLOB NOT NULL -- zlib
) STRICT;
CREATE TABLE family_clue (
  key INTEGER NOT NULL, -- as in `clue`
  family INTEGER NOT NULL REFERENCES family ON DELETE CASCADE,
  PRIMARY KEY (key, family)
) STRICT, WITHOUT ROWID;
CREATE INDEX family_clue_family ON family_clue (family);
CREATE TABLE drawing (
  document INTEGER PRIMARY KEY REFERENCES document,
  body BLOB NOT NULL -- zlib
) STRICT;
