-- What relating worked out; see migrations/0005_workings.sql of the file ledger.

CREATE TABLE relating (
  version TEXT COLLATE "C" NOT NULL,
  step BIGINT NOT NULL
);
CREATE TABLE fact (
  id TEXT COLLATE "C" PRIMARY KEY,
  body TEXT COLLATE "C" NOT NULL,
  documents BIGINT NOT NULL
);
CREATE TABLE family (
  id TEXT COLLATE "C" PRIMARY KEY,
  body TEXT COLLATE "C" NOT NULL
);
CREATE TABLE clue (
  key BIGINT NOT NULL,
  document BIGINT NOT NULL REFERENCES document,
  PRIMARY KEY (key, document)
);
