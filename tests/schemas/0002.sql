-- The tables of a Jixiao database, as version 2 of the schema. docs/schema.md and the comments inside the database are
-- made from this file: the lines above CREATE TABLE describe the table, the comment behind a column describes it.
-- Every change of a table is a numbered file in migrations/ as well. There are no keys and no indexes: one report at a
-- time is replaced by `database.py`, and an index would cost every import more than it saves a query.
--
-- Columns that mean the same in every table:
-- @document_id: the document that the row belongs to
-- @evaluation_id: the evaluation that the row belongs to; NULL where it belongs to none
-- @seq: from 0 in reading order
-- @page: where it stands: the page, from 1; NULL for text files
-- @char_start: where it stands: half-open range of offsets in the texts of `pages`, joined by form feeds
-- @char_end: see char_start
-- @bbox: where it stands: points from the page's top left; NULL where there is no page
-- @source: 'prose', 'table'
-- @exact: numbers as text, by column, where the column alone does not give them back: printed zeros, a part of a fen

-- What this file is: the version of its schema and the program that made it.
CREATE TABLE meta (
    name VARCHAR NOT NULL,  -- 'program', 'schema_version'
    value VARCHAR NOT NULL  -- 'jixiao', the number of the last migration
);

-- Every path that was imported. Files with the same bytes are one document with several paths.
CREATE TABLE files (
    path VARCHAR NOT NULL,               -- the absolute path
    document_id VARCHAR NOT NULL,        -- what it holds
    sha256 VARCHAR,                      -- of its bytes; NULL where they could not be read
    extractor_version VARCHAR NOT NULL,  -- what read it: another version reads it again
    retry BOOLEAN NOT NULL,              -- whether to try again though nothing changed (a crash, a time limit)
    imported_at TIMESTAMP NOT NULL       -- when, in UTC
);

-- One row a file's content: what the file as a whole says of itself.
CREATE TABLE documents (
    document_id VARCHAR NOT NULL,        -- first 16 hexadecimal digits of sha256, of the path's where it is NULL
    path VARCHAR NOT NULL,               -- the path that was imported last
    sha256 VARCHAR,                      -- of the file's bytes; NULL where they could not be read
    format VARCHAR,                      -- 'pdf', 'text'; NULL where the file could not be read
    page_count INTEGER,                  -- NULL for text files
    title VARCHAR,                       -- as printed
    issuer VARCHAR,                      -- who issued the report
    region VARCHAR,                      -- province, city or county
    doc_number VARCHAR,                  -- its own document number (发文字号), normalised
    issued_on DATE,                      -- its date; NULL also where the printed date is none of the calendar
    issued_raw VARCHAR,                  -- the date as printed
    counts JSON NOT NULL,                -- how much was read: pages, characters, tables, table_rows, numbers, numbers_read
    places JSON NOT NULL,                -- where title, issuer … stand, by field
    imported_at TIMESTAMP NOT NULL,      -- when, in UTC
    extractor_version VARCHAR NOT NULL,  -- what read it
    checked_with VARCHAR                 -- version, profile, checks and own checks of the verdicts; NULL without any
);

-- The text as read, for quoting and search; offsets count in these texts joined by form feeds.
CREATE TABLE pages (
    document_id VARCHAR NOT NULL,
    page INTEGER NOT NULL,  -- from 1; a text file is one page
    text VARCHAR NOT NULL   -- all characters, layout white space included
);

-- One fund or project that a file evaluates. A file may hold many.
CREATE TABLE evaluations (
    evaluation_id VARCHAR NOT NULL,  -- document_id, a hyphen and seq
    document_id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    subject VARCHAR,                 -- name of the fund or project
    fiscal_year INTEGER,             -- the year that is evaluated
    region VARCHAR,                  -- province, city or county
    department VARCHAR,              -- 主管部门
    unit VARCHAR,                    -- 实施单位
    total_score DECIMAL(38, 10),     -- 自评总分
    grade VARCHAR,                   -- 优, 良, 中, 差
    page INTEGER,                    -- where it begins
    char_start INTEGER,
    char_end INTEGER,
    bbox STRUCT(x0 DOUBLE, top DOUBLE, x1 DOUBLE, bottom DOUBLE),
    source VARCHAR,                  -- 'prose', 'table'
    places JSON NOT NULL,            -- where single fields stand, by field
    exact JSON
);

-- Document numbers (发文字号), own and cited, each time that one is printed.
CREATE TABLE doc_numbers (
    document_id VARCHAR NOT NULL,
    evaluation_id VARCHAR,        -- NULL where it belongs to none
    seq INTEGER NOT NULL,
    raw VARCHAR NOT NULL,         -- as printed
    normalized VARCHAR NOT NULL,  -- '吉财绩〔2025〕106号'
    agency_code VARCHAR NOT NULL, -- '吉财绩'
    year INTEGER,                 -- 2025
    number VARCHAR NOT NULL,      -- '106'
    role VARCHAR NOT NULL,        -- 'own', 'cited'
    form VARCHAR[] NOT NULL,      -- what is not canonical as printed: 'brackets', 'no-hao' …
    page INTEGER,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    bbox STRUCT(x0 DOUBLE, top DOUBLE, x1 DOUBLE, bottom DOUBLE),
    source VARCHAR NOT NULL
);

-- Every sum of money, unit prices too.
CREATE TABLE amounts (
    document_id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    raw VARCHAR NOT NULL,       -- as printed
    value DECIMAL(38, 10),      -- the printed number, to be taken with unit
    yuan DECIMAL(18, 2),        -- in yuan; NULL for foreign money and where it is not exact in fen
    unit VARCHAR NOT NULL,      -- '万元'
    decimals INTEGER NOT NULL,  -- printed places of value
    qualifier VARCHAR,          -- '约', '不低于' …
    page INTEGER,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    bbox STRUCT(x0 DOUBLE, top DOUBLE, x1 DOUBLE, bottom DOUBLE),
    source VARCHAR NOT NULL,
    exact JSON
);

-- Rates of money (到位率, 执行率 …).
CREATE TABLE rates (
    document_id VARCHAR NOT NULL,
    evaluation_id VARCHAR,
    seq INTEGER NOT NULL,
    name VARCHAR NOT NULL,      -- '执行率'
    raw VARCHAR NOT NULL,       -- as printed
    value DECIMAL(38, 10),      -- in percent: 98.5
    decimals INTEGER NOT NULL,  -- printed places of value
    fund_seq INTEGER,           -- the fund whose row or sentence it stands in
    qualifier VARCHAR,          -- '约' …
    page INTEGER,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    bbox STRUCT(x0 DOUBLE, top DOUBLE, x1 DOUBLE, bottom DOUBLE),
    source VARCHAR NOT NULL,
    exact JSON
);

-- Amounts of the evaluated money, as a tree of 其中.
CREATE TABLE funds (
    document_id VARCHAR NOT NULL,
    evaluation_id VARCHAR,
    seq INTEGER NOT NULL,
    parent_seq INTEGER,             -- the total that it is a part of
    label VARCHAR NOT NULL,         -- what it is called
    raw VARCHAR NOT NULL,           -- as printed
    value DECIMAL(38, 10),          -- the printed number, to be taken with unit
    yuan DECIMAL(18, 2),            -- in yuan; NULL for foreign money and where it is not exact in fen
    unit VARCHAR NOT NULL,          -- '万元'
    decimals INTEGER NOT NULL,      -- printed places of value
    role VARCHAR NOT NULL,          -- 'budget', 'received', 'spent', 'carryover', 'other'
    doc_numbers VARCHAR[] NOT NULL, -- the document numbers that it rests on, normalised
    qualifier VARCHAR,              -- '约', '不低于' …
    split INTEGER NOT NULL,         -- parts of one total with the same number split it together
    partial BOOLEAN NOT NULL,       -- the list of its parts is said to be partial: it does not add up
    column_name VARCHAR,            -- in a table: 'initial_budget', 'budget', 'received', 'spent'
    max_score DECIMAL(38, 10),      -- in a table: the weight that the row prints
    score DECIMAL(38, 10),          -- in a table: the score that the row prints
    page INTEGER,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    bbox STRUCT(x0 DOUBLE, top DOUBLE, x1 DOUBLE, bottom DOUBLE),
    source VARCHAR NOT NULL,
    exact JSON
);

-- Indicator lines, from prose and from tables.
CREATE TABLE indicators (
    document_id VARCHAR NOT NULL,
    evaluation_id VARCHAR,
    seq INTEGER NOT NULL,
    level1 VARCHAR,                -- 一级指标
    level2 VARCHAR,                -- 二级指标
    ordinal VARCHAR,               -- its number in the list
    name VARCHAR NOT NULL,         -- 三级指标, what is measured
    operator VARCHAR,              -- '≥', '≤', '=', '>', '<' of the target
    target_raw VARCHAR,            -- as printed
    target_value DECIMAL(38, 10),  -- the printed number, to be taken with target_unit
    target_unit VARCHAR,           -- as printed
    actual_raw VARCHAR,            -- as printed
    actual_value DECIMAL(38, 10),  -- the printed number, to be taken with actual_unit
    actual_unit VARCHAR,           -- as printed
    status_raw VARCHAR,            -- as printed
    status VARCHAR,                -- as claimed: 'met', 'partly', 'unmet'
    max_score DECIMAL(38, 10),     -- 分值
    score DECIMAL(38, 10),         -- 得分
    reason VARCHAR,                -- 偏差原因分析及改进措施
    page INTEGER,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    bbox STRUCT(x0 DOUBLE, top DOUBLE, x1 DOUBLE, bottom DOUBLE),
    source VARCHAR NOT NULL,
    places JSON NOT NULL,          -- where target, actual … stand, by field
    exact JSON
);

-- Weights and sums of scores that a table prints for a group of indicators.
CREATE TABLE weights (
    document_id VARCHAR NOT NULL,
    evaluation_id VARCHAR,
    seq INTEGER NOT NULL,
    label VARCHAR NOT NULL,     -- '产出指标', '总分'
    kind VARCHAR NOT NULL,      -- 'level1', 'level2', 'total'
    max_score DECIMAL(38, 10),  -- 分值
    score DECIMAL(38, 10),      -- 得分
    page INTEGER,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    bbox STRUCT(x0 DOUBLE, top DOUBLE, x1 DOUBLE, bottom DOUBLE),
    source VARCHAR NOT NULL,
    exact JSON
);

-- The running text in paragraphs, folded and without layout white space, and the words of table cells: what checks of
-- wording read.
CREATE TABLE passages (
    document_id VARCHAR NOT NULL,
    evaluation_id VARCHAR,
    seq INTEGER NOT NULL,
    text VARCHAR NOT NULL,       -- folded: full-width digits and brackets as half-width ones
    level INTEGER,               -- of a heading: 1 一、, 2 (一), 3 1., 4 (1)
    ordinal VARCHAR,             -- of a heading: its number
    page INTEGER,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    bbox STRUCT(x0 DOUBLE, top DOUBLE, x1 DOUBLE, bottom DOUBLE), -- of the lines on the first page
    source VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,     -- the offset of each character of text, in runs of 'offset+length'
    lines JSON NOT NULL          -- the printed lines: [char_start, char_end, page, [x0, top, x1, bottom]]
);

-- The outcome of every comparison, also of those that hold.
CREATE TABLE verdicts (
    document_id VARCHAR NOT NULL,
    evaluation_id VARCHAR,
    seq INTEGER NOT NULL,         -- from 0, by check
    check_id VARCHAR NOT NULL,    -- 'sum-parts'
    outcome VARCHAR NOT NULL,     -- 'consistent', 'inconsistent', 'uncheckable'
    severity VARCHAR NOT NULL,    -- 'error', 'warning', 'note'
    message VARCHAR NOT NULL,     -- in Chinese
    formula VARCHAR NOT NULL,     -- the comparison written out with its figures
    expected VARCHAR,             -- exact, with its unit
    actual VARCHAR,               -- exact, with its unit
    difference VARCHAR,           -- exact, with its unit
    tolerance VARCHAR,            -- what the printed precision allows
    evidence JSON NOT NULL,       -- [{table, seq, page, char_start, char_end, bbox, source, quote}], every figure compared
    hint VARCHAR,                 -- in Chinese: the one change that would make the figures agree
    finding_id VARCHAR NOT NULL,  -- of check and figures: the same after another import of the same figures
    message_id VARCHAR NOT NULL,  -- the English sentence, with {names}
    message_args JSON NOT NULL,   -- what the names stand for
    hint_id VARCHAR,              -- as message_id
    hint_args JSON,               -- as message_args
    cause_seq INTEGER             -- seq of the finding that this one follows from; NULL where it stands by itself
);

-- What could not be read: listed, never dropped in silence.
CREATE TABLE gaps (
    document_id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,      -- from 0
    page INTEGER,
    kind VARCHAR NOT NULL,     -- 'scanned_page', 'garbled_page', 'unread_table', 'unread_number', 'unreadable_file' …
    quote VARCHAR NOT NULL,    -- the printed text, if any
    message VARCHAR NOT NULL,  -- the reason, in Chinese
    message_id VARCHAR NOT NULL, -- the English sentence, with {names}
    message_args JSON          -- what the names stand for
);

-- Findings that people have looked at and set aside. They survive another import of the file.
CREATE TABLE dismissals (
    finding_id VARCHAR NOT NULL,     -- see verdicts
    document_id VARCHAR NOT NULL,    -- the document that it was found in …
    path VARCHAR NOT NULL,           -- … and its path: either of the two is enough to know it again
    reason VARCHAR NOT NULL,         -- why, in the words of whoever dismissed it
    dismissed_at TIMESTAMP NOT NULL  -- when, in UTC
);

-- Findings that `check --new` has shown: it shows the others. They survive another import of the file.
CREATE TABLE shown_findings (
    finding_id VARCHAR NOT NULL,   -- see verdicts
    document_id VARCHAR NOT NULL,  -- the document that it was found in …
    path VARCHAR NOT NULL,         -- … and its path: either of the two is enough to know it again
    shown_at TIMESTAMP NOT NULL    -- when, in UTC
);
