-- Whom words mean may be settled by reviewers; see migrations/0006_ruled.sql of the file ledger.

ALTER TABLE document ADD COLUMN ruled BIGINT NOT NULL DEFAULT 0;
