-- The review queue begins with the least sure lines: they are walked in that order, as records are.

CREATE INDEX line_doubt ON line (score, id) WHERE review = 'suggested';
