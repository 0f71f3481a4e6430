-- Findings of one cause are one finding, and `check --new` remembers what it has shown.
ALTER TABLE verdicts ADD COLUMN cause_seq INTEGER;
CREATE TABLE shown_findings (
    finding_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    shown_at TIMESTAMP NOT NULL
);
