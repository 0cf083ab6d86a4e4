-- Whom words mean may be settled by reviewers: what is shown of such a document is read with their answers.

ALTER TABLE document ADD COLUMN ruled INTEGER NOT NULL DEFAULT 0; -- sequence of the last answer that settled it anew
