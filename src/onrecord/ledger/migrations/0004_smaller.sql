-- Wordings are listed by the thing they name, never by time: 2 of 5 rows leave two indexes, 7% of a ledger's size.

DROP INDEX record_sort;
CREATE INDEX record_sort ON record (kind, sort, id) WHERE kind <> 'wording';
DROP INDEX record_outlet;
CREATE INDEX record_outlet ON record (outlet, kind, sort, id) WHERE outlet IS NOT NULL AND kind <> 'wording';
