-- The same thing over the years: names, series, links, and what people have said of links.
CREATE TABLE names (
    kind VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    key VARCHAR NOT NULL
);
CREATE TABLE series (
    kind VARCHAR NOT NULL,
    series_key VARCHAR NOT NULL,
    own_key VARCHAR NOT NULL,
    fund_key VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    evaluation_id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    fiscal_year INTEGER,
    main BOOLEAN NOT NULL,
    before_document_id VARCHAR,
    before_seq INTEGER
);
CREATE TABLE links (
    link_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    relation VARCHAR NOT NULL,
    from_key VARCHAR NOT NULL,
    to_key VARCHAR NOT NULL,
    from_name VARCHAR NOT NULL,
    to_name VARCHAR NOT NULL,
    from_year INTEGER,
    to_year INTEGER,
    fund VARCHAR,
    region VARCHAR,
    score DECIMAL(4, 3),
    why VARCHAR NOT NULL,
    state VARCHAR NOT NULL
);
CREATE TABLE link_decisions (
    link_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    from_key VARCHAR NOT NULL,
    to_key VARCHAR NOT NULL,
    from_name VARCHAR NOT NULL,
    to_name VARCHAR NOT NULL,
    relation VARCHAR NOT NULL,
    score DECIMAL(4, 3),
    why VARCHAR,
    decision VARCHAR NOT NULL,
    reason VARCHAR,
    decided_at TIMESTAMP NOT NULL
);
