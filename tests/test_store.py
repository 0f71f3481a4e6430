"""The store: what was saved comes back to the last digit, one path's rows are replaced and nothing else's."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
import report_strategies
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.errors import DatabaseError, UsageError
from extractor.messages import Message
from extractor.model import (
    Amount,
    Evaluation,
    Evidence,
    Fund,
    Gap,
    Head,
    Indicator,
    Passage,
    Place,
    Report,
    Verdict,
)
from extractor.store import migration, schema
from extractor.store.database import Checked, Database
from extractor.store.limits import fitting, unfitting
from extractor.store.rows import FACTS, offsets, runs
from extractor.store.verdicts import finding_ids
from extractor.text import Text

PLACE = Place(2, 10, 17, (1.5, 2.25, 30.1, 40.2), "prose")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.duckdb"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    with Database.open(path) as opened:
        yield opened


def report(name: str = "a", content: str = "1", **changes: Any) -> Report:
    """A small report with one fact of most kinds; `content` stands for the file's bytes."""
    made = Report(
        path=f"/reports/{name}.pdf",
        sha256=content.rjust(64, "0")[::-1],
        format="pdf",
        page_count=2,
        head=Head(
            "县级高效节水资金绩效自评报告", "某县水务局", "某县", "某水〔2025〕7号", date(2025, 3, 1), {"title": PLACE}
        ),
        pages=((1, "第一页"), (2, "第二页")),
        evaluations=(Evaluation(0, "高效节水专项资金", 2024, "某县", total_score=Decimal("96.50"), grade="优"),),
        amounts=(Amount(0, "1,200.50万元", Decimal("1200.50"), Decimal(12005000), "万元", 2, None, PLACE),),
        funds=(
            Fund(0, 0, None, "专项资金", "1,200.50万元", Decimal("1200.50"), Decimal(12005000), "万元", 2, "budget",
                 PLACE),
            Fund(1, 0, 0, "县级配套", "200万元", Decimal(200), Decimal(2000000), "万元", 0, "budget", PLACE,
                 ("某水〔2024〕3号",)),
        ),
        indicators=(
            Indicator(0, 0, "新增滴灌面积", PLACE, "产出指标", "数量指标", "1", "≥", "≥500亩", Decimal(500), "亩",
                      "512.0亩", Decimal("512.0"), "亩", "已完成", "met", Decimal(10), Decimal("10.0"), None,
                      {"target": PLACE}),
        ),
        passages=(Passage(0, 0, Text("资金到位", [0, 1, 5, 6]), lines=((0, 7, 1, (1.0, 2.0, 3.0, 4.0)),)),),
        gaps=(Gap("scanned_page", Message.of("page {number}", number=2), 2),),
        counts={"pages": 2, "numbers": 5, "numbers_read": 4},
    )  # fmt: skip
    return replace(made, **changes)


def verdict(outcome: Any = "inconsistent", quote: str = "200万元", formula: str = "1 + 1 = 3") -> Verdict:
    return Verdict(
        "sum-parts",
        0,
        outcome,
        "error",
        Message.of("page {number}", number=1),
        formula,
        "3万元",
        "2万元",
        "1万元",
        "0",
        (Evidence("funds", 1, PLACE, quote),),
        Message.of("page {number}", number=2),
    )


def spelled(value: Any) -> Any:
    """All that a value holds, with the digits of its numbers: Decimal("1.0") equals Decimal("1") and is not it."""
    if isinstance(value, Text):
        return value.string, tuple(value.origin)
    if hasattr(type(value), "__dataclass_fields__"):
        return type(value).__name__, tuple((f.name, spelled(getattr(value, f.name))) for f in fields(value))
    if isinstance(value, tuple):
        return tuple(spelled(item) for item in value)
    if isinstance(value, dict):
        return {key: spelled(item) for key, item in value.items()}
    return repr(value)


def everything(path: Path, but: tuple[str, ...] = ()) -> dict[str, list[tuple[Any, ...]]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return {
            table: sorted(connection.execute(f"FROM {table}").fetchall(), key=repr)
            for table in schema.tables()
            if table not in but
        }


# --- round trip -------------------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(report_strategies.reports(), st.lists(report_strategies.verdicts(), max_size=3).map(tuple))
def test_any_report_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, saved: Report, verdicts: tuple[Verdict, ...]
) -> None:
    database = _shared(tmp_path_factory)
    database.save(saved, Checked(verdicts, "1"))
    assert spelled(database.load(saved.document_id)) == spelled(saved)
    assert spelled(database.verdicts(saved.document_id)) == spelled(verdicts)


_open: list[Database] = []


def _shared(factory: pytest.TempPathFactory) -> Database:
    """One database for all examples: opening costs more than saving."""
    if not _open:
        _open.append(Database.open(factory.mktemp("any") / "any.duckdb"))
    return _open[0]


def test_a_report_comes_back_from_a_reopened_file(path: Path) -> None:
    with Database.open(path) as database:
        database.save(report(), Checked((verdict(),), "1"), "9")
    with Database.open(path, read_only=True) as database:
        assert spelled(database.load(report().document_id)) == spelled(report())
        assert database.verdicts(report().document_id) == (verdict(),)
        assert [stored.checked_with for stored in database.reports()] == ["1"]


@pytest.mark.parametrize("origin", [[], [5], range(3, 9), [3, 4, 5, 9, 10, 2], [7, 7, 7, 8]])
def test_origins_as_runs(origin: list[int]) -> None:
    assert list(offsets(runs(origin))) == list(origin)


def test_runs_are_short_where_offsets_follow_each_other() -> None:
    assert runs([120, 121, 122, 130, 131]) == "120+3 130+2"


def test_many_reports_are_loaded_in_the_order_asked_for(database: Database) -> None:
    saved = [report(f"{i:03}", str(1000 + i)) for i in range(150)]
    for item in reversed(saved):
        database.save(item)
    assert [stored.report.path for stored in database.reports()] == [item.path for item in saved]
    ids = [item.document_id for item in saved[::-1]]
    assert [stored.report.document_id for stored in database.reports(ids)] == ids


# --- exact numbers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "column", "fits"),
    [
        ("9999999999999999.99", "yuan", True),
        ("10000000000000000", "yuan", False),
        ("0.001", "yuan", False),
        ("1.1000000", "yuan", True),
        ("9" * 28 + ".0123456789", "value", True),
        ("1" + "0" * 28, "value", False),
        ("0.12345678901", "value", False),
        ("1E+27", "value", True),
        ("1E+999999", "value", False),
        ("0E-50", "value", True),
        ("NaN", "value", False),
    ],
)
def test_which_numbers_a_column_holds(database: Database, value: str, column: str, fits: bool) -> None:
    number = Decimal(value)
    assert (fitting(number, column) is not None) == fits
    if fits:
        kind = next(c.type for c in schema.tables()["amounts"].columns if c.name == column)
        (held,) = database.query(f"SELECT CAST('{number:f}' AS {kind})").rows[0]
        assert held == number


def test_a_number_beyond_its_column_is_null_there_and_a_gap_and_comes_back(database: Database) -> None:
    fund = replace(report().funds[0], raw="0.1234567万元", value=Decimal("0.1234567"), yuan=Decimal("1234.567"))
    saved = report(funds=(fund,))
    assert [(gap.kind, gap.quote) for gap in unfitting(saved)] == [("unread_number", "0.1234567万元")]
    assert not list(unfitting(report()))
    database.save(saved)
    assert database.load(saved.document_id).funds[0].yuan == Decimal("1234.567")
    assert database.query("SELECT yuan, value, unit FROM funds").rows == [(None, Decimal("0.1234567"), "万元")]


def test_money_is_decimal_in_sql(database: Database) -> None:
    database.save(report())
    result = database.query("SELECT sum(yuan), typeof(any_value(yuan)), typeof(any_value(value)) FROM funds")
    assert result.rows == [(Decimal("14005000.00"), "DECIMAL(18,2)", "DECIMAL(38,10)")]


# --- replacing --------------------------------------------------------------------------------------------------------


#: Tables that `save` leaves alone.
DERIVED = ("names", "series", "links", "link_decisions")


def test_a_changed_file_replaces_its_rows_and_nothing_else(path: Path) -> None:
    with Database.open(path) as database:
        database.save(report("a", "1"), Checked((verdict(),), "1"))
        database.save(report("b", "2"), Checked((verdict(),), "1"))
    before = everything(path, ("meta",))
    with Database.open(path) as database:
        database.save(report("a", "3"), Checked((), "1"))
    after = everything(path, ("meta",))
    other = report("b", "2").document_id
    for table in after:
        kept = [row for row in before[table] if other in row]
        assert [row for row in after[table] if other in row] == kept
        assert not any(report("a", "1").document_id in row for row in after[table])
        if table not in {"verdicts", "dismissals", "shown_findings", "doc_numbers", "rates", "weights", *DERIVED}:
            assert any(report("a", "3").document_id in row for row in after[table]), table


def test_saving_the_same_again_changes_nothing(path: Path) -> None:
    times = {"files", "documents"}
    for _ in range(2):
        with Database.open(path) as database:
            database.save(report(), Checked((verdict(),), "1"))
    once = everything(path, tuple(times))
    with Database.open(path) as database:
        database.save(report(), Checked((verdict(),), "1"))
        assert database.query("SELECT count(*) FROM documents").rows == [(1,)]
        assert database.query("SELECT count(*) FROM files").rows == [(1,)]
    assert everything(path, tuple(times)) == once


def test_a_failing_save_leaves_everything_as_it_was(path: Path) -> None:
    with Database.open(path) as database:
        database.save(report("a", "1"))
    before = everything(path)
    broken = replace(report("a", "2"), page_count=10**20)
    with Database.open(path) as database:
        with pytest.raises(duckdb.Error):
            database.save(broken)  # its last statements fail: the first ones must not stay
        assert database.known()["/reports/a.pdf"].sha256 == report("a", "1").sha256
    assert everything(path) == before


def test_same_bytes_under_two_paths_are_one_document(database: Database) -> None:
    first, second = report("a"), report("b")
    database.save(first)
    assert database.note("/reports/b.pdf", first.document_id)
    assert set(database.known()) == {"/reports/a.pdf", "/reports/b.pdf"}
    assert database.load(first.document_id) == second
    assert database.remove("/reports/b.pdf")
    assert database.load(first.document_id) == first
    assert database.remove("/reports/a.pdf")
    assert not database.remove("/reports/a.pdf")
    assert database.query("SELECT count(*) FROM documents").rows == [(0,)]
    assert database.query("SELECT count(*) FROM indicators").rows == [(0,)]


def test_a_path_whose_content_changes_leaves_the_other_path_its_document(database: Database) -> None:
    database.save(report("a", "1"))
    database.note("/reports/b.pdf", report("a", "1").document_id)
    database.save(report("b", "2"))
    assert database.load(report("a", "1").document_id).path == "/reports/a.pdf"
    assert database.load(report("b", "2").document_id).path == "/reports/b.pdf"


def test_nothing_is_noted_for_a_document_that_is_not_there(database: Database) -> None:
    assert not database.note("/reports/b.pdf", "0" * 16)
    assert database.known() == {}


def test_an_unreadable_file_is_a_gap_until_it_can_be_read(database: Database) -> None:
    gap = Gap("unreadable_file", Message.of("page {number}", number=7))
    database.save(report("a", "1"))
    database.save_unreadable("/reports/a.pdf", "f" * 64, gap, "1", retry=True)
    known = database.known()["/reports/a.pdf"]
    assert (known.document_id, known.retry) == ("f" * 16, True)
    assert database.query("SELECT document_id, kind, message FROM gaps").rows == [
        ("f" * 16, "unreadable_file", gap.text("zh"))
    ]
    assert database.load("f" * 16).gaps == (gap,)
    database.save(report("a", "1"))
    assert database.query("SELECT kind FROM gaps").rows == [("scanned_page",)]


def test_a_file_whose_bytes_cannot_be_read_is_known_by_its_path(database: Database) -> None:
    database.save_unreadable("/reports/\udcff.pdf", None, Gap("unreadable_file", "no"), "1")
    assert list(database.known()) == ["/reports/\\udcff.pdf"]
    assert database.query("SELECT sha256, length(document_id) FROM documents").rows == [(None, 16)]


def test_verdicts_are_replaced_alone(database: Database) -> None:
    database.save(report(), Checked((verdict(),), "1"))
    database.save_verdicts(report().document_id, Checked((verdict("consistent"), verdict("uncheckable")), "2"))
    assert [v.outcome for v in database.verdicts(report().document_id)] == ["consistent", "uncheckable"]
    assert [stored.checked_with for stored in database.reports()] == ["2"]
    database.save_verdicts(report().document_id, Checked((), "3"))
    assert database.verdicts(report().document_id) == ()
    assert database.load(report().document_id) == report()


# --- findings ---------------------------------------------------------------------------------------------------------


def test_findings_are_the_inconsistent_verdicts_that_were_not_dismissed(database: Database) -> None:
    verdicts = (verdict("consistent"), verdict(), verdict("uncheckable"), verdict(formula="2 + 2 = 5"))
    database.save(report("a", "1"), Checked(verdicts, "1"))
    database.save(report("b", "2"), Checked(verdicts, "1"))
    rows = database.query("SELECT finding_id, formula FROM findings").rows
    assert sorted(formula for _, formula in rows) == ["1 + 1 = 3", "1 + 1 = 3", "2 + 2 = 5", "2 + 2 = 5"]


def test_a_dismissed_finding_stays_dismissed_when_its_file_changes(path: Path) -> None:
    with Database.open(path) as database:
        database.save(report("a", "1"), Checked((verdict(), verdict()), "1"))
        database.save(report("b", "2"), Checked((verdict(),), "1"))
        ids = [id_ for (id_,) in database.query("SELECT finding_id FROM verdicts ORDER BY document_id, seq").rows]
    assert len(set(ids)) == 2
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "INSERT INTO dismissals SELECT finding_id, document_id, '/reports/a.pdf', 'as agreed', now()::TIMESTAMP "
            "FROM verdicts WHERE seq = 0 AND document_id = ?",
            [report("a", "1").document_id],
        )
    with Database.open(path) as database:
        database.save(report("a", "3"), Checked((verdict(), verdict()), "1"))
        rows = database.query("SELECT path, seq FROM findings JOIN documents USING (document_id) ORDER BY ALL").rows
    assert rows == [("/reports/a.pdf", 1), ("/reports/b.pdf", 0)]


def test_a_finding_is_named_by_the_beginning_of_its_id(database: Database) -> None:
    root, follows = verdict(), replace(verdict(formula="2 + 2 = 5"), cause=0)
    database.save(report("a", "1"), Checked((root, follows, verdict("consistent")), "1"))
    ids = finding_ids((root, follows))
    assert [one.finding_id for one in database.findings(ids[0][:6])] == ids, "with what follows from it"
    assert [one.finding_id for one in database.findings(ids[1])] == ids[1:]
    assert database.findings("no such id") == []
    (stated, _) = database.findings(ids[0])
    assert (stated.path, stated.check_id, stated.message.text("zh")) == ("/reports/a.pdf", "sum-parts", "第1页")


def test_a_dismissal_is_kept_listed_and_taken_back(database: Database) -> None:
    root, follows = verdict(), replace(verdict(formula="2 + 2 = 5"), cause=0)
    database.save(report("a", "1"), Checked((root, follows), "1"))
    ids = finding_ids((root, follows))
    database.dismiss(database.findings(ids[0]), "as agreed")
    assert database.query("SELECT * FROM findings").rows == []
    assert database.dismissed().of(report("a", "1").document_id, "", ids) == dict.fromkeys(ids, "as agreed")
    listed = database.dismissals()
    assert {(one.finding_id, one.reason, one.check_id) for one in listed} == {
        (i, "as agreed", "sum-parts") for i in ids
    }
    database.dismiss(database.findings(ids[1]), "another reason")
    assert sorted(one.reason for one in database.dismissals()) == ["another reason", "as agreed"], "the reason is new"
    database.undo(database.dismissals(ids[0]))
    database.undo(database.dismissals(ids[1]))
    assert database.dismissals() == []
    assert len(database.query("SELECT * FROM findings").rows) == 2


def test_what_was_dismissed_together_is_taken_back_together(database: Database) -> None:
    root, follows = verdict(), replace(verdict(formula="2 + 2 = 5"), cause=0)
    database.save(report("a", "1"), Checked((root, follows), "1"))
    ids = finding_ids((root, follows))
    database.dismiss(database.findings(ids[0]), "as agreed")
    assert {one.finding_id for one in database.dismissals(ids[0][:8])} == set(ids)


def test_a_dismissed_finding_comes_back_with_other_figures(database: Database) -> None:
    database.save(report("a", "1"), Checked((verdict(),), "1"))
    database.dismiss(database.findings(finding_ids((verdict(),))[0]), "as agreed")
    changed = verdict(formula="1 + 1 = 4")
    database.save(report("a", "2"), Checked((changed,), "1"))
    assert database.query("SELECT formula FROM findings").rows == [("1 + 1 = 4",)]
    (old,) = database.dismissals()
    assert (old.message, old.check_id) == (None, None), "the figures have changed"
    database.save(report("a", "3"), Checked((verdict(),), "1"))
    assert database.query("SELECT * FROM findings").rows == [], "the old figures again"


def test_what_was_shown_is_remembered_by_document_or_path(database: Database) -> None:
    (id_,) = finding_ids((verdict(),))
    database.save(report("a", "1"), Checked((verdict(),), "1"))
    document = report("a", "1").document_id
    database.keep_shown([(id_, document, "/reports/a.pdf")])
    for place in ((document, "/elsewhere.pdf"), ("another", "/reports/a.pdf")):
        assert database.shown().of(*place, [id_, "other"]) == {id_: ""}
    assert database.shown().of("another", "/elsewhere.pdf", [id_]) == {}
    database.save(report("a", "2"), Checked((verdict(),), "1"))
    assert database.shown().of(report("a", "2").document_id, "/reports/a.pdf", [id_]) == {id_: ""}


def test_the_cause_of_a_finding_is_kept(database: Database) -> None:
    given = (verdict(), replace(verdict(formula="2 + 2 = 5"), cause=0))
    database.save(report("a", "1"), Checked(given, "1"))
    assert database.verdicts(report("a", "1").document_id) == given
    ids = finding_ids(given)
    assert database.query('SELECT "问题编号", "源于问题" FROM 问题 ORDER BY 源于问题 NULLS FIRST').rows == [
        (ids[0], None),
        (ids[1], ids[0]),
    ]
    assert database.query("SELECT 问题数 FROM 报告").rows == [(1,)]
    assert database.status().findings == (("sum-parts", "error", 1),)


# --- schema -----------------------------------------------------------------------------------------------------------


def test_every_column_and_table_is_described() -> None:
    for table in schema.tables().values():
        assert table.comment, table.name
        for column in table.columns:
            assert column.comment, f"{table.name}.{column.name}"
    assert all(view.comment for view in schema.views().values())


def test_schema_is_read_as_duckdb_reads_it(database: Database) -> None:
    for table in schema.tables().values():
        rows = database.query(f"DESCRIBE {table.name}").rows
        found = [(name, kind.replace(",", ", "), null == "YES") for name, kind, null, *_ in rows]
        wanted = [(column.name, column.type, column.nullable) for column in table.columns]
        assert [(n, k.replace('"', "").replace(",  ", ", "), null) for n, k, null in found] == wanted
    names = {name for (name,) in database.query("SELECT view_name FROM duckdb_views() WHERE NOT internal").rows}
    assert names == set(schema.views())


def test_comments_stand_in_the_database(database: Database) -> None:
    rows = database.query("SELECT comment FROM duckdb_columns() WHERE table_name = 'funds' AND comment IS NULL").rows
    assert rows == []
    assert database.query("SELECT comment FROM duckdb_tables() WHERE table_name = 'gaps'").rows[0][0]


def test_every_field_of_a_fact_has_its_column() -> None:
    apart = {"place", "places", "evaluation", "column"}
    for table, type_ in FACTS.items():
        columns = {column.name for column in schema.tables()[table].columns}
        assert {field.name for field in fields(type_)} - apart <= columns


def test_chinese_views_speak_the_fields_terms(database: Database) -> None:
    database.save(report(), Checked((verdict(),), "1"))
    sql = "SELECT 年度, 指标名称, 目标值, 实际值, 完成情况, 文件, 页码 FROM 指标 WHERE 指标名称 LIKE '%滴灌%'"
    assert database.query(sql).rows == [(2024, "新增滴灌面积", Decimal(500), Decimal(512), "完成", "a.pdf", 2)]
    sql = "SELECT 资金名称, 上级资金, 金额元, 类别, 依据文号 FROM 资金 ORDER BY 序号"
    assert database.query(sql).rows == [
        ("专项资金", None, Decimal(12005000), "预算", []),
        ("县级配套", "专项资金", Decimal(2000000), "预算", ["某水〔2024〕3号"]),
    ]
    assert database.query("SELECT 标题, 问题数, 未读数 FROM 报告").rows == [("县级高效节水资金绩效自评报告", 1, 1)]
    assert database.query("SELECT 级别, 说明, 原文, 页码 FROM 问题").rows == [
        ("错误", verdict().message.text("zh"), "200万元", 2)
    ]
    assert database.query("SELECT 年度, 总分, 文件 FROM 评价").rows == [(2024, Decimal("96.5"), "a.pdf")]
    assert database.query("SELECT count(*) FROM 文号").rows == [(0,)]


def test_evidence_can_be_queried(database: Database) -> None:
    database.save(report(), Checked((verdict(),), "1"))
    each = "(SELECT unnest(evidence::JSON[]) AS e FROM verdicts)"
    sql = f"SELECT e ->> 'table', e ->> 'quote', (e -> 'bbox' ->> 'x0')::DOUBLE FROM {each}"  # noqa: S608
    assert database.query(sql).rows == [("funds", "200万元", 1.5)]


# --- migrations -------------------------------------------------------------------------------------------------------


def test_migrations_lead_to_the_schema_without_a_hole() -> None:
    versions = [step.version for step in migration.steps()]
    assert versions == list(range(2, schema.VERSION + 1))


def test_an_older_database_is_brought_up_to_date_when_opened(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Database.open(path) as database:
        database.save(report())
    step = migration.Step(99, "ALTER TABLE gaps ADD COLUMN seen BOOLEAN; UPDATE gaps SET seen = true;")
    monkeypatch.setattr("extractor.store.database.steps", lambda: (step,))
    monkeypatch.setattr(schema, "VERSION", 99)
    with Database.open(path, read_only=True) as database:
        assert database.query("SELECT seen, kind FROM gaps").rows == [(True, "scanned_page")]
        assert database.query("SELECT value FROM meta WHERE name = 'schema_version'").rows == [("99",)]
        assert database.query("SELECT 标题 FROM 报告").rows
    with Database.open(path) as database:
        assert database.load(report().document_id) == report()


def test_a_failing_migration_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Database.open(path) as database:
        database.save(report())
    before = everything(path)
    step = migration.Step(99, "ALTER TABLE gaps ADD COLUMN seen BOOLEAN; SELECT * FROM nowhere;")
    with monkeypatch.context() as patch:
        patch.setattr("extractor.store.database.steps", lambda: (step,))
        patch.setattr(schema, "VERSION", 99)
        with pytest.raises(duckdb.CatalogException):
            Database.open(path)
    assert everything(path) == before
    with Database.open(path) as database:
        assert database.query("SELECT 标题 FROM 报告").rows


SCHEMAS = sorted((Path(__file__).parent / "schemas").glob("*.sql"))


@pytest.mark.parametrize("first", SCHEMAS, ids=lambda path: path.stem)
def test_a_migrated_database_is_a_new_one(path: Path, tmp_path: Path, first: Path) -> None:
    """Each schema that was ever released, brought up, has the columns of a database that is made today."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(first.read_text("utf-8"))
        connection.execute(
            "INSERT INTO meta VALUES ('program', 'jixiao'), ('schema_version', ?)", [str(int(first.stem))]
        )
    Database.open(path).close()
    Database.open(tmp_path / "new.duckdb").close()
    described = "SELECT table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns() ORDER BY ALL"
    both = []
    for one in (path, tmp_path / "new.duckdb"):
        with duckdb.connect(str(one), read_only=True) as connection:
            both.append(connection.execute(described).fetchall())
    assert both[0] == both[1]


def test_every_released_schema_is_kept() -> None:
    assert [int(path.stem) for path in SCHEMAS] == list(range(1, schema.VERSION))


def test_migration_files_are_read_in_order(tmp_path: Path) -> None:
    for name in ("0003_b.sql", "0002_a.sql", "README.md", "draft.sql"):
        (tmp_path / name).write_text(f"-- {name}", "utf-8")
    assert migration.steps(tmp_path) == (migration.Step(2, "-- 0002_a.sql"), migration.Step(3, "-- 0003_b.sql"))


# --- what cannot be used ----------------------------------------------------------------------------------------------


def refused(path: Path, read_only: bool = False) -> str:
    with pytest.raises(DatabaseError) as caught:
        Database.open(path, read_only)
    text = caught.value.text("en")
    assert "\n" not in text
    assert str(path) in text
    return text


def test_no_database_to_read(path: Path) -> None:
    assert "There is no database" in refused(path, read_only=True)
    assert not path.exists()


def test_a_file_that_is_no_database(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7 " * 1000)
    assert "is no database" in refused(path)
    assert path.read_bytes() == b"%PDF-1.7 " * 1000


@pytest.mark.parametrize("statement", ["CREATE TABLE t (i INTEGER)", "CREATE TABLE meta (name VARCHAR, value VARCHAR)"])
def test_a_database_of_another_program(path: Path, statement: str) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute(statement)
    assert "another program" in refused(path)
    assert "another program" in refused(path, read_only=True)


def test_a_database_of_a_newer_version(path: Path) -> None:
    Database.open(path).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE name = 'schema_version'", [str(schema.VERSION + 1)])
    assert "newer version of jixiao" in refused(path)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "cannot be opened" in refused(tmp_path / "nowhere" / "x.duckdb")
    assert "cannot be opened" in refused(tmp_path)


def test_a_database_that_another_process_uses(path: Path) -> None:
    Database.open(path).close()
    code = "import sys, duckdb; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        for read_only in (False, True):
            text = refused(path, read_only)
            assert "in use by another program" in text
            assert str(other.pid) in text
        other.communicate()
    Database.open(path).close()


def test_an_empty_file_is_left_alone(path: Path) -> None:
    path.touch()
    assert "is no database" in refused(path)
    assert path.read_bytes() == b""


# --- queries ----------------------------------------------------------------------------------------------------------


def test_a_query_gives_columns_types_and_rows(database: Database) -> None:
    result = database.query("SELECT 1.50 AS a, 'x' AS b;")
    assert (result.columns, result.types, result.rows) == (
        ("a", "b"),
        ("DECIMAL(3,2)", "VARCHAR"),
        [(Decimal("1.50"), "x")],
    )


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO gaps SELECT * FROM gaps",
        "DELETE FROM documents",
        "UPDATE funds SET yuan = 0",
        "DROP TABLE funds",
        "CREATE TABLE t AS SELECT 1",
        "CREATE TEMP TABLE t AS SELECT 1",
        "COPY funds TO 'x.csv'",
        "EXPORT DATABASE 'x'",
        "ATTACH 'other.duckdb'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
        "LOAD httpfs",
        "BEGIN",
        "CHECKPOINT",
        "EXPLAIN ANALYZE DELETE FROM documents",
        "SELECT 1; DELETE FROM documents",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM read_csv('/etc/hostname')",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM '/etc/hostname'",
        "SELECT * FROM sniff_csv('/etc/hostname')",
        "SELECT * FROM read_blob('https://example.org/x')",
        "SELECT * FROM unreachable",
        "SELECT",
        "nonsense",
        "",
        "-- nothing",
    ],
)
def test_a_query_that_does_more_than_read_is_refused_in_one_sentence(path: Path, sql: str) -> None:
    unreachable = [1, 2, 3]  # a table would be found by this name if DuckDB looked into Python
    with Database.open(path) as database:
        database.save(report())
    before = everything(path)
    with Database.open(path, read_only=True) as database:
        with pytest.raises(UsageError) as caught:
            database.query(sql)
        text = caught.value.text("en")
    assert "\n" not in text
    assert text.endswith(".")
    assert everything(path) == before
    assert unreachable


def test_no_connection_looks_for_extensions(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever opens it: a function of an extension that is not there is unknown, and nothing is fetched."""
    opened: list[dict[str, Any]] = []
    real = duckdb.connect

    def connect(*arguments: Any, **more: Any) -> Any:
        opened.append(more["config"])
        return real(*arguments, **more)

    monkeypatch.setattr(duckdb, "connect", connect)
    Database.open(path).close()
    Database.open(path, read_only=True).close()
    with Database.in_memory() as database:
        with pytest.raises(UsageError, match="is not in the catalog"):
            database.query("SELECT * FROM sqlite_scan('a', 'b')")
        names = ("autoinstall_known_extensions", "autoload_known_extensions")
        for name in names:
            assert str(database.query(f"SELECT current_setting('{name}')").rows[0][0]).lower() == "false"
    assert len(opened) == 3
    for config in opened:
        assert config["autoinstall_known_extensions"] is False
        assert config["autoload_known_extensions"] is False


def test_a_query_cannot_write_inside_a_select(database: Database) -> None:
    database.save(report())
    with pytest.raises(UsageError):
        database.query("WITH x AS (DELETE FROM funds RETURNING *) SELECT * FROM x")
    assert database.load(report().document_id) == report()
    database.save(report("b", "2"))


def test_a_writing_query_is_refused_as_such(database: Database) -> None:
    with pytest.raises(UsageError, match=r"DELETE is not allowed"):
        database.query("DELETE FROM documents")
    with pytest.raises(UsageError, match=r"nothing but the database"):
        database.query("SELECT * FROM read_text('/etc/hostname')")


@pytest.mark.parametrize(
    "sql",
    [
        "DESCRIBE funds",
        "SHOW TABLES",
        "SUMMARIZE funds",
        "FROM funds",
        "EXPLAIN SELECT 1",
        "WITH a AS (SELECT 1) FROM a",
    ],
)
def test_reading_queries_of_every_kind_run(database: Database, sql: str) -> None:
    database.save(report())
    assert database.query(sql).rows


def test_parquet_keeps_exact_types_and_writes_nothing_else(path: Path, tmp_path: Path) -> None:
    output = tmp_path / "it's out.parquet"
    with Database.open(path) as database:
        database.save(report())
    with Database.open(path, read_only=True) as database:
        database.query_to_parquet("SELECT yuan, label FROM funds -- exact\n;", output)
        with pytest.raises(UsageError):
            database.query(f"FROM read_text('{path}')")
    with duckdb.connect() as connection:
        rows = connection.execute("SELECT *, typeof(yuan) FROM read_parquet(?)", [str(output)]).fetchall()
    assert rows[0] == (Decimal("12005000.00"), "专项资金", "DECIMAL(18,2)")


def test_rows_survive_csv(database: Database) -> None:
    database.save(report(head=Head('"引号", 逗号\n换行')))
    buffer = io.StringIO()
    csv.writer(buffer).writerows(database.query("SELECT title FROM documents").rows)
    assert next(csv.reader(io.StringIO(buffer.getvalue(), newline="")))[0] == '"引号", 逗号\n换行'


# --- what it holds ----------------------------------------------------------------------------------------------------


def test_a_report_is_found_by_what_people_remember(database: Database) -> None:
    first = report("a", "1")
    other = report("b", "2", head=Head("Irrigation report"), evaluations=(Evaluation(0, "村级道路资金", 2023),))
    database.save(first)
    database.save(other)

    def found(text: str) -> list[str]:
        return [item.path for item in database.find_report(text)]

    assert found("/reports/a.pdf") == ["/reports/a.pdf"]
    assert found("B.PDF") == ["/reports/b.pdf"]
    assert found(first.document_id[:6]) == ["/reports/a.pdf"]
    assert found("高效节水") == ["/reports/a.pdf"]
    assert found("irrigation  report") == ["/reports/b.pdf"]
    assert found("村级道路") == ["/reports/b.pdf"]
    assert found("reports") == ["/reports/a.pdf", "/reports/b.pdf"]
    assert found("nothing like it") == []
    assert found("  ") == []
    assert found("100%") == []


def test_status_counts(database: Database) -> None:
    database.save(report("a", "1"), Checked((verdict(), verdict("consistent")), "1"))
    database.save(report("b", "2", evaluations=(), head=Head()))
    database.save_unreadable("/reports/c.pdf", None, Gap("unreadable_file", "no"))
    status = database.status()
    assert (status.reports, status.unreadable, status.unchecked, status.evaluations) == (2, 1, 1, 1)
    assert (status.funds, status.indicators) == (4, 2)
    assert status.years == ((2024, 1), (None, 1))
    assert status.regions == (("某县", 1), (None, 1))
    assert status.verdicts == (("consistent", "error", 1), ("inconsistent", "error", 1))
    assert status.findings == (("sum-parts", "error", 1),)
    assert status.gaps == (("scanned_page", 2), ("unreadable_file", 1))
    assert status.counts == {"pages": 4, "tables": 0, "table_rows": 0, "numbers": 10, "numbers_read": 8}


def test_status_of_an_empty_database(database: Database) -> None:
    assert database.status().reports == 0
