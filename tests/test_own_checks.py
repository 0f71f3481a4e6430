"""One's own checks: what their files may say and do, and that they stand beside the built-in ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_reports import RIGHT, WRONG

from extractor import own_checks, pipeline
from extractor.checks import own
from extractor.errors import UsageError
from extractor.messages import LANGUAGES
from extractor.model import Report, Verdict
from extractor.pipeline import Settings
from extractor.store.database import Checked, Database

ROOT = Path(__file__).parents[1]
MANUAL = (ROOT / "docs" / "own-checks.md").read_text("utf-8")
HEAD = "-- id: own-one\n-- severity: warning\n-- title: A title\n-- text: {label} is {raw}\n"
QUERY = "SELECT document_id, label, raw, [{'table': 'funds', 'seq': seq}] AS evidence FROM funds"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "checks").mkdir()
    return tmp_path / "checks"


@pytest.fixture
def report(tmp_path: Path) -> Report:
    (tmp_path / "a.txt").write_text(WRONG, "utf-8")
    return pipeline.extract(tmp_path / "a.txt")


@pytest.fixture
def database(report: Report) -> Iterator[Database]:
    with Database.in_memory() as made:
        made.save(report, Checked(tuple(pipeline.check(report)), "1"), "1")
        yield made


def verdicts(database: Database, report: Report, folder: Path) -> list[Verdict]:
    owned = own_checks.read([folder])
    rows = own_checks.run(database, owned)
    return list(own_checks.beside((), rows.get(report.document_id, ()), report))


def write(folder: Path, query: str = QUERY, head: str = HEAD, name: str = "one.sql") -> None:
    (folder / name).write_text(head + query, "utf-8")


# --- what a row becomes -----------------------------------------------------------------------------------------------


def test_a_row_is_a_finding_with_its_evidence(database: Database, report: Report, folder: Path) -> None:
    write(folder, QUERY + " WHERE parent_seq IS NULL")
    found = verdicts(database, report, folder)
    totals = [fund for fund in report.funds if fund.parent_seq is None]
    assert [v.message.text("en") for v in found] == [f"{fund.label} is {fund.raw}" for fund in totals]
    assert [v.evidence[0].place for v in found] == [fund.place for fund in totals]
    assert {(v.check_id, v.outcome, v.severity) for v in found} == {("own-one", "inconsistent", "warning")}


def test_columns_are_fields_of_the_verdict(database: Database, report: Report, folder: Path) -> None:
    query = (
        "SELECT document_id, evaluation_id, label, raw, 'note' AS severity, 'consistent' AS outcome, "
        "'1 + 1 = 2' AS formula, value AS expected, 1.50::DECIMAL(9, 4) AS actual, 'x' AS difference, "
        "'0' AS tolerance, 'so it is' AS hint FROM funds WHERE seq = 0"
    )
    write(folder, query)
    (found,) = verdicts(database, report, folder)
    assert (found.severity, found.outcome, found.evaluation, found.evidence) == ("note", "consistent", 0, ())
    assert (found.formula, found.expected, found.actual) == ("1 + 1 = 2", "1000", "1.5")
    assert (found.difference, found.tolerance) == ("x", "0")
    assert found.hint is not None
    assert found.hint.text("zh") == "so it is"


@pytest.mark.parametrize(
    ("evidence", "quotes"),
    [
        ("{'table': 'indicators', 'seq': 0, 'part': 'actual'}", ["支持企业研发项目数量"]),
        ("{'table': 'funds', 'seq': 0, 'quote': '一千万'}", ["一千万"]),
        ("[{'char_start': 0, 'char_end': 3, 'page': NULL}]", ["云岭省"]),
        ("[{'table': 'doc_numbers', 'seq': 0}, {'table': 'doc_numbers', 'seq': 0}]", ["云财教〔2023〕12号"] * 2),
        ("NULL", []),
    ],
)
def test_evidence_is_a_fact_or_a_place(
    database: Database, report: Report, folder: Path, evidence: str, quotes: list[str]
) -> None:
    write(folder, f"SELECT document_id, 'a' AS label, 'b' AS raw, {evidence} AS evidence FROM documents")  # noqa: S608
    (found,) = verdicts(database, report, folder)
    assert [item.quote for item in found.evidence] == quotes


def test_a_part_of_an_indicator_has_its_own_place(database: Database, report: Report, folder: Path) -> None:
    evidence = "{'table': 'indicators', 'seq': 0, 'part': 'actual'}"
    write(folder, f"SELECT document_id, 'a' AS label, 'b' AS raw, {evidence} AS evidence FROM documents")  # noqa: S608
    (found,) = verdicts(database, report, folder)
    assert found.evidence[0].place == report.indicators[0].places["actual"]


def test_rows_come_in_one_order_whatever_the_query_does(database: Database, report: Report, folder: Path) -> None:
    write(folder, QUERY + " ORDER BY seq")
    upwards = verdicts(database, report, folder)
    write(folder, QUERY + " ORDER BY seq DESC")
    assert verdicts(database, report, folder) == upwards
    assert len(upwards) == len(report.funds)


# --- the file ---------------------------------------------------------------------------------------------------------


def test_the_head_in_chinese_and_its_sections(folder: Path) -> None:
    head = (
        "-- 编号：own-one\n-- 程度：提示\n-- 标题：结转比例\n-- 说明：{raw}结转\n-- 核对内容：结转资金\n--     与预算\n"
        "-- 依据：某县办法\n\n"
    )
    write(folder, QUERY, head)
    (check,) = own_checks.read([folder])
    assert (check.id, check.severity, check.title) == ("own-one", "note", "结转比例")
    assert check.explanation("en").sections == {"Compares": "结转资金与预算", "Source": "某县办法"}
    assert check.explanation("zh").sections == {"核对内容": "结转资金与预算", "依据": "某县办法"}


def test_remarks_are_no_lines_of_the_head(folder: Path) -> None:
    write(folder, QUERY + " -- what: ever", "-- a remark\n--\n" + HEAD + "-- another remark\n")
    assert [check.id for check in own_checks.read([folder])] == ["own-one"]


WRONG_FILES = [
    ("SELECT 1", "", "the head lacks its line “-- id: …”"),
    (QUERY, HEAD.replace("-- severity: warning\n", ""), "lacks its line “-- severity: …”"),
    (QUERY, HEAD.replace("warning", "grave"), "no severity grave"),
    (QUERY, HEAD.replace("own-one", "Own One"), "“Own One” is no id"),
    (QUERY, HEAD.replace("own-one", "sum-parts"), "the id sum-parts is taken"),
    (QUERY, HEAD.replace("own-one", "funds"), "the id funds is taken"),
    (QUERY, HEAD + "-- id: again\n", "“id:” stands twice"),
    (QUERY, HEAD + "-- remark: x\n", "no line “remark:”"),
    (QUERY, HEAD.replace("{raw}", "{raw.real}"), "braces that name no column"),
    (QUERY, HEAD.replace("{raw}", "{raw"), "braces that name no column"),
    (QUERY, HEAD.replace("{raw}", "{nothing}"), "the text names “nothing”"),
    ("", HEAD, "there is no query"),
    ("SELECT 1 AS label, 2 AS raw", HEAD, "no column document_id"),
    ("SELECT * FROM nowhere", HEAD, "the query fails: Table with name nowhere"),
    ("SELEC 1", HEAD, "the query fails"),
    (QUERY + "; SELECT 2", HEAD, "give one query, this has 2"),
    ("DROP TABLE funds", HEAD, "DROP is not allowed"),
    ("COPY funds TO 'out.csv'", HEAD, "COPY is not allowed"),
    ("ATTACH 'other.duckdb'", HEAD, "ATTACH is not allowed"),
    ("SET threads = 1", HEAD, "SET is not allowed"),
    ("CHECKPOINT", HEAD, "is not allowed"),
    ("SELECT content AS raw, '' AS label, '' AS document_id FROM read_text('*')", HEAD, "nothing but the database"),
    ("SELECT *, '' AS label, '' AS raw, '' AS document_id FROM 'a.csv'", HEAD, "nothing but the database"),
    ("SELECT *, '' AS label, '' AS raw, '' AS document_id FROM glob('/*')", HEAD, "nothing but the database"),
]


@pytest.mark.parametrize(("query", "head", "words"), WRONG_FILES)
def test_a_wrong_file_is_one_sentence_that_names_it(folder: Path, query: str, head: str, words: str) -> None:
    write(folder, query, head)
    with pytest.raises(UsageError) as caught:
        own_checks.read([folder])
    assert words in str(caught.value)
    for language in LANGUAGES:
        told = caught.value.text(language)
        assert told.startswith(str(folder / "one.sql"))
        assert "\n" not in told
        assert "{" not in told
    assert [path.name for path in folder.iterdir()] == ["one.sql"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT 'none' AS document_id, 1 AS label, 2 AS raw", "names the document none"),
        ("SELECT document_id, 'x-9' AS evaluation_id, 1 AS label, 2 AS raw FROM documents", "the evaluation x-9"),
        ("SELECT document_id, 'bad' AS outcome, 1 AS label, 2 AS raw FROM documents", "outcome holds “bad”"),
        ("SELECT document_id, 'bad' AS severity, 1 AS label, 2 AS raw FROM documents", "severity holds “bad”"),
        (
            "SELECT document_id, {'table': 'funds', 'seq': 99} AS evidence, 1 AS label, 2 AS raw FROM documents",
            "evidence",
        ),
        (
            "SELECT document_id, {'table': 'files', 'seq': 0} AS evidence, 1 AS label, 2 AS raw FROM documents",
            "evidence",
        ),
        (
            "SELECT document_id, {'char_start': 9, 'char_end': 1} AS evidence, 1 AS label, 2 AS raw FROM documents",
            "evid",
        ),
        ("SELECT document_id, 'funds' AS evidence, 1 AS label, 2 AS raw FROM documents", "evidence"),
        ("SELECT document_id, title::INTEGER AS label, 2 AS raw FROM documents", "the query fails: Could not convert"),
    ],
)
def test_a_row_that_means_nothing_is_one_sentence(
    database: Database, report: Report, folder: Path, query: str, words: str
) -> None:
    write(folder, query)
    with pytest.raises(UsageError) as caught:
        verdicts(database, report, folder)
    assert words in str(caught.value)
    assert str(caught.value).startswith(str(folder / "one.sql"))


def test_a_query_cannot_write(database: Database, report: Report, folder: Path) -> None:
    """Not even inside a SELECT, which DuckDB 2 allows elsewhere; afterwards the program still can."""
    write(folder, "WITH x AS (DELETE FROM funds RETURNING *) SELECT document_id, label, raw FROM x")
    with pytest.raises(UsageError, match="the query fails"):
        verdicts(database, report, folder)
    assert database.load(report.document_id) == report
    write(folder)
    verdicts(database, report, folder)
    database.save_verdicts(report.document_id, Checked((), "2"))
    assert database.checked_with() == {"2"}


def test_the_same_id_twice_is_told(folder: Path) -> None:
    write(folder)
    write(folder, name="two.sql")
    with pytest.raises(UsageError, match=r"two\.sql: the id own-one stands in .*one\.sql as well"):
        own_checks.read([folder])


def test_what_is_no_folder_or_no_text_is_told(folder: Path) -> None:
    with pytest.raises(UsageError, match="is no folder"):
        own_checks.read([folder / "none"])
    (folder / "one.sql").write_bytes(b"-- id: \xff\xfe")
    with pytest.raises(UsageError, match="cannot be read as UTF-8"):
        own_checks.read([folder])


def test_without_checks_there_is_no_database_to_ask() -> None:
    assert own_checks.read([]) == ()


# --- what made the verdicts -------------------------------------------------------------------------------------------


def test_what_made_the_verdicts_is_told_apart() -> None:
    check = own.parsed(HEAD + QUERY, "one.sql")
    built_in = pipeline.checked_with(Settings())
    both = own_checks.together(built_in, [check])
    assert both != built_in
    assert own_checks.apart(both) == own_checks.apart(built_in) == built_in
    assert own_checks.together(built_in, []) == built_in
    assert own_checks.apart(None) is None
    other = own.parsed(HEAD.replace("warning", "note") + QUERY, "one.sql")
    assert own_checks.together(built_in, [other]) != both


# --- the manual -------------------------------------------------------------------------------------------------------


def test_the_example_of_the_manual_works(folder: Path, tmp_path: Path) -> None:
    blocks = re.findall(r"```(\w+)\n(.*?)```", MANUAL, re.DOTALL)
    sql, text = (next(block for kind, block in blocks if kind == name) for name in ("sql", "text"))
    (folder / "large-carryover.sql").write_text(sql, "utf-8")
    (tmp_path / "report.txt").write_text(text, "utf-8")
    report = pipeline.extract(tmp_path / "report.txt")
    with Database.in_memory() as database:
        database.save(report)
        (found,) = verdicts(database, report, folder)
    assert found.message.text("en").endswith("20万元 carried over, 16.67% of the budget of 120万元")
    assert found.formula == "20万元 ÷ 120万元"
    assert [item.quote for item in found.evidence] == ["20万元", "120万元"]


def test_the_manual_names_every_line_and_column() -> None:
    for key in own._KEYS:  # what the manual is about
        assert f"{key}" in MANUAL
    for column in (*own._TEXTS, "hint", "severity", "outcome", "evidence", "evaluation_id"):
        assert f"`{column}`" in MANUAL
    for table in own._FACTS:
        assert f"`{table}`" in MANUAL


def test_a_right_report_gives_no_row(folder: Path, tmp_path: Path) -> None:
    write(folder, QUERY + " WHERE yuan > 100000000")
    (tmp_path / "b.txt").write_text(RIGHT, "utf-8")
    report = pipeline.extract(tmp_path / "b.txt")
    with Database.in_memory() as database:
        database.save(report)
        assert verdicts(database, report, folder) == []
