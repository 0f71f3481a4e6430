"""`export`: a workbook and folders that hold every figure, and what is left alone."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from commands import Run, at_home, running
from small_reports import HOSTILE, RIGHT

from extractor.screens import rows
from extractor.screens.exporting import _sheets
from extractor.store.exports import SHEETS


@pytest.fixture
def jixiao(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    at_home(tmp_path, monkeypatch)
    (tmp_path / "right.txt").write_text(RIGHT, "utf-8")
    (tmp_path / "hostile.txt").write_text(HOSTILE.replace("2023", "2022"), "utf-8")
    with running(monkeypatch, capsys) as run:
        assert run("import", ".", "-q").status == 0
        yield run


def sheet_names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as book:
        return re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())


def sheet(path: Path, number: int) -> str:
    with zipfile.ZipFile(path) as book:
        return book.read(f"xl/worksheets/sheet{number}.xml").decode()


def test_a_workbook_has_one_sheet_a_table(jixiao: Run, tmp_path: Path) -> None:
    assert jixiao("export", "all.xlsx").status == 0
    assert sheet_names(tmp_path / "all.xlsx") == list(SHEETS)
    funds = sheet(tmp_path / "all.xlsx", 1 + SHEETS.index("funds"))
    assert "<v>10000000</v>" in funds
    for number in range(1, 1 + len(SHEETS)):
        assert "<f>" not in sheet(tmp_path / "all.xlsx", number), "no cell is a formula"
    before = (tmp_path / "all.xlsx").stat().st_size
    assert jixiao("export", "all.xlsx").status == 0
    assert (tmp_path / "all.xlsx").stat().st_size == before


def test_a_number_that_a_float_cannot_hold_is_text(tmp_path: Path) -> None:
    long, short = Decimal("12345678901234567.89"), Decimal("34189.5200000000")
    rows.xlsx(rows.Rows(("a",), [[long], [short]]), tmp_path / "x.xlsx")
    written = sheet(tmp_path / "x.xlsx", 1)
    assert "<v>34189.52</v>" in written
    with zipfile.ZipFile(tmp_path / "x.xlsx") as book:
        assert "12345678901234567.89" in book.read("xl/sharedStrings.xml").decode()


def test_a_text_too_long_for_a_cell_is_cut_and_counted(tmp_path: Path) -> None:
    import xlsxwriter  # noqa: PLC0415

    with xlsxwriter.Workbook(str(tmp_path / "x.xlsx")) as book:
        assert rows.write_sheet(book, "a", rows.Rows(("a",), [["甲" * 40_000], ["乙"]])) == 1
    with zipfile.ZipFile(tmp_path / "x.xlsx") as book:
        assert "甲" * 32_766 + "…" in book.read("xl/sharedStrings.xml").decode()


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.screens.exporting._SHEET_ROWS", 3)
    parts = list(_sheets("funds", iter([[(1,), (2,)], [(3,), (4,)], [(5,), (6,), (7,)]])))
    assert parts == [
        ("funds", [(1,), (2,), (3,)]),
        ("funds 2", [(4,), (5,), (6,)]),
        ("funds 3", [(7,)]),
    ]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_folders_are_parted_by_year_and_hold_everything(jixiao: Run, tmp_path: Path, form: str) -> None:
    assert jixiao("export", "all", "-f", form).status == 0
    years = sorted(one.name for one in (tmp_path / "all" / "funds").iterdir())
    assert years == ["fiscal_year=2022", "fiscal_year=2023"]
    with duckdb.connect(str(tmp_path / "jixiao.duckdb"), read_only=True) as database:
        for table in ("funds", "indicators", "pages", "verdicts", "documents"):
            pattern = str(tmp_path / "all" / table / "*" / f"*.{form}")
            reader = "read_csv" if form == "csv" else "read_parquet"
            read = database.execute(f"SELECT count(*) FROM {reader}('{pattern}')").fetchone()  # noqa: S608
            assert read == database.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
        pattern = str(tmp_path / "all" / "funds" / "*" / f"*.{form}")
        every = "all_varchar = true" if form == "csv" else "hive_partitioning = true"
        summed = f"SELECT sum(CAST(yuan AS DECIMAL(18, 2))) FROM {reader}('{pattern}', {every})"  # noqa: S608
        assert database.execute(summed).fetchone() == database.execute("SELECT sum(yuan) FROM funds").fetchone()


def test_csv_holds_no_formula_and_no_zeros_that_nobody_printed(jixiao: Run, tmp_path: Path) -> None:
    assert jixiao("export", "all", "-f", "csv").status == 0
    text = "".join(path.read_text("utf-8") for path in sorted((tmp_path / "all" / "funds").glob("*/*.csv")))
    assert "'=HYPERLINK" in text
    assert ",=HYPERLINK" not in text
    assert ",1000,10000000.00," in text


def test_what_is_somebody_elses_is_left_alone(jixiao: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.txt").write_text("x", "utf-8")
    for arguments, told in (
        (("mine", "-f", "csv"), "is there already"),
        (("right.txt", "-f", "csv"), "is there already"),
        (("mine", "-f", "xlsx"), "is a folder"),
        (("jixiao.duckdb", "-f", "xlsx"), "the database itself"),
        (("somewhere",), "Say what somewhere is to be"),
        (("x.xlsx", "-f", "json"), "There is no format json"),
        (("no/folder/x.xlsx",), "cannot be written"),
    ):
        ran = jixiao("export", *arguments)
        assert (ran.status, ran.out) == (2, ""), arguments
        assert told in ran.err
    assert (tmp_path / "mine" / "a.txt").read_text("utf-8") == "x"
    assert not list(tmp_path.glob(".*.part"))
