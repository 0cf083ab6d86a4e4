-- The first ledger. Bodies hold the records whole; the other tables say where to find them.

PRAGMA application_id = 1332638546; -- "OnRR": how we know our own files

CREATE TABLE migration (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  hash TEXT NOT NULL, -- SHA-256 of the SQL that ran
  applied_at TEXT NOT NULL
) STRICT;

CREATE TABLE document (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE, -- sha256: and the hash of the text
  text TEXT, -- NULL once withdrawn and erased
  recorded_at TEXT NOT NULL,
  findings INTEGER, -- number of the findings that are shown
  sought INTEGER UNIQUE, -- rowid in `search`: day of publication, then hash, so that newest comes first; NULL if withdrawn
  outlet TEXT,
  since TEXT,
  until TEXT,
  sort TEXT NOT NULL, -- last possible day, or 9999 where unknown
  withdrawn INTEGER -- sequence of the log entry that withdrew it
) STRICT;
CREATE INDEX document_sort ON document (sort, id) WHERE withdrawn IS NULL;
CREATE INDEX document_outlet ON document (outlet, sort, id) WHERE withdrawn IS NULL;

CREATE TABLE findings (
  number INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document,
  annotator TEXT NOT NULL,
  body BLOB NOT NULL, -- zlib of the exchange record's JSON without the text
  statements BLOB NOT NULL, -- zlib of a JSON list of statements
  hash TEXT NOT NULL, -- SHA-256 of both JSON texts
  recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX findings_document ON findings (document, annotator);

-- One row for each statement, condition, figure, event and wording of the findings that are shown.
CREATE TABLE record (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES document,
  place INTEGER NOT NULL, -- index in its list of the body
  first INTEGER NOT NULL, -- code points
  last INTEGER NOT NULL,
  actor TEXT, -- key
  outlet TEXT,
  since TEXT,
  until TEXT,
  sort TEXT NOT NULL,
  directness TEXT,
  act TEXT,
  thing TEXT, -- what a wording names, what unit a figure has
  timed INTEGER NOT NULL, -- whether it belongs in a timeline
  score REAL NOT NULL,
  review TEXT NOT NULL DEFAULT 'suggested'
) STRICT;
CREATE INDEX record_id ON record (id);
CREATE INDEX record_document ON record (document, kind, place);
CREATE INDEX record_sort ON record (kind, sort, id);
CREATE INDEX record_actor ON record (actor, kind, sort, id) WHERE actor IS NOT NULL;
CREATE INDEX record_outlet ON record (outlet, kind, sort, id) WHERE outlet IS NOT NULL;
CREATE INDEX record_review ON record (review, kind, sort, id) WHERE review <> 'suggested';
CREATE INDEX record_doubt ON record (score, id) WHERE review = 'suggested' AND kind = 'statement';
CREATE INDEX record_timed ON record (sort, kind, id) WHERE timed = 1;
CREATE INDEX record_thing ON record (kind, thing, sort, id) WHERE thing IS NOT NULL;

CREATE TABLE line (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL, -- the red line as JSON
  issuer TEXT,
  act TEXT NOT NULL,
  state TEXT NOT NULL,
  since TEXT,
  until TEXT,
  sort TEXT NOT NULL,
  score REAL NOT NULL,
  review TEXT NOT NULL DEFAULT 'suggested'
) STRICT, WITHOUT ROWID;
CREATE INDEX line_sort ON line (sort, id);
CREATE INDEX line_issuer ON line (issuer, sort, id);

CREATE TABLE line_document (
  line TEXT NOT NULL REFERENCES line ON DELETE CASCADE,
  document INTEGER NOT NULL REFERENCES document,
  PRIMARY KEY (line, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX line_document_document ON line_document (document, line);

CREATE TABLE status (
  line TEXT NOT NULL REFERENCES line ON DELETE CASCADE,
  place INTEGER NOT NULL, -- index in the line's history
  id TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES document,
  since TEXT,
  until TEXT,
  sort TEXT NOT NULL,
  outlet TEXT,
  review TEXT NOT NULL DEFAULT 'suggested',
  PRIMARY KEY (line, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX status_id ON status (id);
CREATE INDEX status_sort ON status (sort, id);

-- People, as the documents name them. Each row counts documents, so that a withdrawal can take its own away.
CREATE TABLE person (
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  country TEXT NOT NULL,
  qid TEXT NOT NULL,
  documents INTEGER NOT NULL,
  PRIMARY KEY (key, name, type, country, qid)
) STRICT, WITHOUT ROWID;
CREATE TABLE person_name (
  key TEXT NOT NULL,
  printed TEXT NOT NULL,
  folded TEXT NOT NULL,
  documents INTEGER NOT NULL,
  PRIMARY KEY (key, printed)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_name_folded ON person_name (folded, key);

-- Kept counts.
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE facet (
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX facet_count ON facet (kind, count DESC, value);

-- Words are folded and cut before they come here, so the tokenizer only splits at spaces. Contents are not kept twice.
CREATE VIRTUAL TABLE search USING fts5 (words, content = '', tokenize = 'ascii');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (search, row); -- every word and how often: for `verify`
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);

-- The log: append-only, each entry holding the hash of the one before.
CREATE TABLE log (
  sequence INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  document TEXT,
  by TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  payload_hash TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX log_subject ON log (subject, kind, payload_hash);
CREATE INDEX log_document ON log (document) WHERE document IS NOT NULL;
CREATE INDEX log_kind ON log (kind, sequence) WHERE kind <> 'status';

-- Words stand apart from the chain, so that those of a withdrawn document can be erased and the chain still holds.
CREATE TABLE log_payload (
  sequence INTEGER PRIMARY KEY REFERENCES log,
  payload TEXT NOT NULL
) STRICT;

CREATE TABLE tombstone (
  document TEXT PRIMARY KEY,
  sequence INTEGER NOT NULL REFERENCES log,
  erased INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How records stand with their reviewers: what the log says, ready to read.
CREATE TABLE review (
  record TEXT NOT NULL,
  kind TEXT NOT NULL,
  review TEXT NOT NULL,
  sequence INTEGER NOT NULL REFERENCES log,
  document TEXT NOT NULL,
  PRIMARY KEY (record)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_document ON review (document);

CREATE TABLE run (
  number INTEGER PRIMARY KEY,
  started_at TEXT NOT NULL,
  finished_at TEXT NOT NULL,
  annotator TEXT NOT NULL,
  added INTEGER NOT NULL,
  known INTEGER NOT NULL,
  withdrawn INTEGER NOT NULL
) STRICT;
CREATE TABLE rejected (
  run INTEGER NOT NULL REFERENCES run,
  place INTEGER NOT NULL,
  path TEXT NOT NULL,
  stage TEXT NOT NULL,
  code TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (run, place)
) STRICT, WITHOUT ROWID;

-- What must not change cannot be changed by any SQL, ours or another's.
CREATE TRIGGER log_is_appended_in_order BEFORE INSERT ON log
WHEN NEW.sequence IS NOT 1 + coalesce((SELECT max(sequence) FROM log), 0)
  OR NEW.previous IS NOT coalesce((SELECT hash FROM log ORDER BY sequence DESC LIMIT 1), '')
BEGIN SELECT raise(ABORT, 'the log is append-only: an entry follows the last one'); END;
CREATE TRIGGER log_keeps_its_entries BEFORE UPDATE ON log
BEGIN SELECT raise(ABORT, 'the log is append-only: entries do not change'); END;
CREATE TRIGGER log_loses_no_entry BEFORE DELETE ON log
BEGIN SELECT raise(ABORT, 'the log is append-only: entries do not go'); END;
CREATE TRIGGER log_payload_is_new BEFORE INSERT ON log_payload
WHEN EXISTS (SELECT 1 FROM log_payload WHERE sequence = NEW.sequence)
BEGIN SELECT raise(ABORT, 'the log is append-only: words do not change'); END;
CREATE TRIGGER log_payload_keeps_its_words BEFORE UPDATE ON log_payload
BEGIN SELECT raise(ABORT, 'the log is append-only: words do not change'); END;
CREATE TRIGGER log_payload_goes_with_its_document BEFORE DELETE ON log_payload
WHEN NOT EXISTS (
  SELECT 1 FROM log JOIN tombstone ON tombstone.document = log.document AND tombstone.erased = 1
  WHERE log.sequence = OLD.sequence
)
BEGIN SELECT raise(ABORT, 'the log is append-only: words go only with their erased document'); END;
CREATE TRIGGER document_keeps_its_text BEFORE UPDATE OF id, text ON document
WHEN NEW.id IS NOT OLD.id OR (NEW.text IS NOT OLD.text AND NOT (
  NEW.text IS NULL AND EXISTS (SELECT 1 FROM tombstone WHERE document = OLD.id AND erased = 1)))
BEGIN SELECT raise(ABORT, 'a document never changes'); END;
CREATE TRIGGER document_stays BEFORE DELETE ON document
BEGIN SELECT raise(ABORT, 'a document never goes: withdraw it'); END;
CREATE TRIGGER findings_do_not_change BEFORE UPDATE ON findings
BEGIN SELECT raise(ABORT, 'findings never change: a newer annotator adds its own'); END;
CREATE TRIGGER findings_go_with_their_document BEFORE DELETE ON findings
WHEN NOT EXISTS (
  SELECT 1 FROM document JOIN tombstone ON tombstone.document = document.id AND tombstone.erased = 1
  WHERE document.number = OLD.document
)
BEGIN SELECT raise(ABORT, 'findings go only with their erased document'); END;
