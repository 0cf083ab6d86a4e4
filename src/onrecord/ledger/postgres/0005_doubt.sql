-- The review queue begins with the least sure lines; see migrations/0008_doubt.sql of the file ledger.

CREATE INDEX line_doubt ON line (score, id) WHERE review = 'suggested';
