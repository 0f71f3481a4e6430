"""What a reader sees: widths, colours, quoted words, and text from reports that is never obeyed."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text
from small_reports import HOSTILE, RIGHT, WRONG

from extractor import pipeline
from extractor.errors import UsageError
from extractor.messages import Message
from extractor.model import Evidence, Gap, Indicator, Page, Passage, Place, Report, Severity, Verdict
from extractor.screens import findings, importing, rows, showing, status
from extractor.screens.console import Screen, safe
from extractor.screens.excerpt import Excerpts
from extractor.screens.progress import progress
from extractor.screens.reviews import Review
from extractor.screens.rows import Rows
from extractor.screens.words import kind_word, listed, shown_path
from extractor.screens.wrapping import breaks, columns, wrapped
from extractor.store.database import Database
from extractor.store.verdicts import finding_ids


def screen(language: str = "en", width: int = 80, terminal: bool = True, verbose: bool = False) -> Screen:
    """A screen whose streams can be read."""
    made = Screen(language, verbose=verbose)
    for name in ("out", "err", "complaints"):
        made.__dict__[name] = Console(
            file=io.StringIO(), width=width, force_terminal=terminal, highlight=False, markup=False, emoji=False
        )
    return made


def printed(made: Screen) -> str:
    """What standard output got, without colours and without blanks at the ends of lines."""
    lines = Text.from_ansi(raw(made)).plain.split("\n")
    return "\n".join(line.rstrip() for line in lines)


def raw(made: Screen) -> str:
    file = made.out.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("wrong.txt", WRONG), ("right.txt", RIGHT), ("hostile.txt", HOSTILE)):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def review(path: Path) -> Review:
    result = pipeline.process(path, pipeline.Settings())
    assert result.report is not None
    return Review.of(result.report, result.verdicts)


# --- findings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [40, 80, 120])
def test_every_line_fits(folder: Path, language: str, width: int) -> None:
    made = screen(language, width)
    findings.print_review(made, review(folder / "wrong.txt"), everything=True)
    showing.show(made, review(folder / "wrong.txt"))
    lines = printed(made).splitlines()
    assert len(lines) > 50
    assert [line for line in lines if cell_len(line) > width] == []
    assert width in {cell_len(line) for line in lines if line.endswith(("line 4", "第4行"))}, "the width is used"


def test_a_finding_has_figures_formula_place_quote_and_hint() -> None:
    text = "其中：支持企业研发600万元，支持平台建设500万元。"
    found = Verdict(
        "sum-parts",
        0,
        "inconsistent",
        "error",
        Message.of("The parts of “{label}” do not add up to it", label="资金"),
        "600 + 500 = 1,100 ≠ 1,000 万元",
        difference="100 万元",
        tolerance="0 万元",
        evidence=(Evidence("funds", 1, Place(3, 9, 14), "600万元"), Evidence("funds", 2, Place(3, 21, 26), "500万元")),
        hint=Message.of("page {number}", number="“600” → “500”"),
    )
    made = screen("zh")
    findings.print_review(made, Review.of(_report(text), (found,)))
    shown = printed(made)
    for part in (
        " 错误 “资金”各分项之和与总额不符  sum-parts",
        "第3页\n",
        "      600 + 500 = 1,100 ≠ 1,000 万元\n",
        "      相差 100 万元\n",
        "      “支持企业研发600万元，支持平台建设500万元”\n",
        "      提示：第“600” → “500”页\n",
        " 已核对 1 处：相符 0，不符 1，无法核对 0",
    ):
        assert part in shown


def test_worst_findings_come_first() -> None:
    given: list[tuple[Severity, int]] = [("note", 1), ("error", 9), ("warning", 3), ("error", 2)]
    made = [
        Verdict("dup-phrase", 0, "inconsistent", severity, Message.of("page {number}", number=at), evidence=(_at(at),))
        for severity, at in given
    ]
    ordered = Review.of(_report(""), tuple(made)).findings()
    assert [(one.verdict.severity, one.verdict.evidence[0].place.start) for one in ordered] == [
        ("error", 2),
        ("error", 9),
        ("warning", 3),
        ("note", 1),
    ]


def test_many_places_and_gaps_are_counted_unless_verbose() -> None:
    text = "甲1。\n" * 10
    evidence = tuple(Evidence("amounts", i, Place(None, 4 * i + 1, 4 * i + 2), "1") for i in range(10))
    found = Verdict("dup-phrase", 0, "inconsistent", "note", Message.of("page {number}", number=1), evidence=evidence)
    gaps = tuple(Gap("unread_number", f"number {i}", None, f"{i}") for i in range(8))
    report = _report(text, gaps)
    made = screen()
    findings.print_review(made, Review.of(report, (found,)))
    shown = printed(made)
    assert shown.count("“甲1”") == 3
    assert "and 7 more places (--verbose shows them)" in shown
    assert shown.count("\n not read ") == 5
    assert "and 3 more gaps (--verbose shows them): numbers not read 3" in shown
    everything = screen(verbose=True)
    findings.print_review(everything, Review.of(report, (found,)))
    assert printed(everything).count("“甲1”") == 10
    assert printed(everything).count("\n not read ") == 8


def test_a_formula_of_many_rows_is_a_line_each() -> None:
    formula = "; ".join(f"指标{i} {i} ÷ 1 = {i}00%" for i in range(1, 10))
    found = Verdict("overachieve", 0, "inconsistent", "warning", Message.of("page {number}", number=1), formula)
    made = screen()
    findings.print_review(made, Review.of(_report("甲1。"), (found,)))
    lines = [line.strip() for line in printed(made).splitlines()]
    assert lines[2:8] == formula.split("; ")[:6]
    assert lines[8] == "and 3 more rows (--verbose shows them)"
    everything = screen(verbose=True)
    findings.print_review(everything, Review.of(_report("甲1。"), (found,)))
    assert "指标9 9 ÷ 1 = 900%" in printed(everything)


def test_what_follows_from_a_finding_stands_below_it() -> None:
    root = Verdict("sum-parts", 0, "inconsistent", "error", Message.of("page {number}", number=1), "1 + 1 = 2 ≠ 3")
    follows = Verdict(
        "execution-rate", 0, "inconsistent", "error", Message.of("page {number}", number=2), "3 ÷ 3; 4 ÷ 3", cause=0
    )
    made = screen()
    findings.print_review(made, Review.of(_report("甲1。"), (root, follows)))
    shown = printed(made)
    assert shown.count(" error ") == 1
    assert "From the same cause:\n         · page 2  execution-rate  3 ÷ 3; …" in shown
    assert "2 comparisons: 0 hold, 2 do not" in shown, "they are two comparisons and one finding"


def test_a_dismissed_finding_is_shown_with_its_reason_where_everything_is() -> None:
    found = Verdict("sum-parts", 0, "inconsistent", "error", Message.of("page {number}", number=1), "1 + 1 = 3")
    (id_,) = finding_ids([found])
    given = Review.of(_report("甲1。"), (found,), {id_: "[bold]as agreed"})
    made = screen()
    findings.print_review(made, given)
    assert "sum-parts" not in printed(made)
    assert "; 1 dismissed" in " ".join(printed(made).split())
    everything = screen()
    findings.print_review(everything, given, everything=True)
    assert " dismissed page 1  sum-parts#" in printed(everything)
    assert "Reason: [bold]as agreed" in printed(everything)


def test_totals_tell_the_severities() -> None:
    made = screen("zh")
    findings.print_totals(made, 2, Counter(error=1, note=3))
    file = made.err.file
    assert isinstance(file, io.StringIO)
    assert Text.from_ansi(file.getvalue()).plain == "已核对 2 份报告：错误 1，警告 0，提示 3\n"


def _at(start: int) -> Evidence:
    return Evidence("amounts", 0, Place(None, start, start + 1), "1")


def _report(text: str, gaps: tuple[Gap, ...] = ()) -> Report:
    """A report of these lines, a passage each, without facts."""
    from extractor.model import Head  # noqa: PLC0415
    from extractor.text import Text as Read  # noqa: PLC0415

    passages, at = [], 0
    for seq, line in enumerate(text.splitlines()):
        passages.append(Passage(seq, 0, Read.of(line, at)))
        at += len(line) + 1
    pages = ((page.number, page.text) for page in (Page(1, text),))
    return Report("a.pdf", "0" * 64, "pdf", 1, Head(title="题"), tuple(pages), passages=tuple(passages), gaps=gaps)


# --- quoted words -----------------------------------------------------------------------------------------------------


def quoted(text: str, *figures: str) -> list[tuple[str, ...]]:
    """The pieces of the excerpts around these figures; the figures stand in brackets."""
    report = _report(text)
    evidence = [
        Evidence("amounts", i, Place(None, text.index(figure), text.index(figure) + len(figure)), figure)
        for i, figure in enumerate(figures)
    ]
    quotations = [pieces for excerpt in Excerpts(report).of(evidence) for pieces in excerpt.quotations]
    return [tuple(f"[{words}]" if figure else words for words, figure in pieces) for pieces in quotations]


def test_an_excerpt_is_the_clause_around_the_figures() -> None:
    text = "前面。数量指标2，新建平台数量≥2个，全年实际完成3个。后面"
    assert quoted(text, "≥2个", "3个") == [("新建平台数量", "[≥2个]", "，全年实际完成", "[3个]", "")]


def test_long_rests_are_left_out() -> None:
    text = "甲" * 40 + "1元" + "乙" * 40 + "2元" + "丙" * 40
    assert quoted(text, "1元", "2元") == [
        ("…" + "甲" * 24, "[1元]", "乙" * 8 + "…" + "乙" * 8, "[2元]", "丙" * 10 + "…")
    ]


def test_figures_of_several_passages_are_several_excerpts() -> None:
    assert quoted("甲1元。\n乙2元。", "1元", "2元") == [("甲", "[1元]", ""), ("乙", "[2元]", "")]


def test_the_cells_of_a_row_stand_behind_its_name() -> None:
    places = [Place(1, at, at + 2, None, "table") for at in (50, 60, 70)]
    rows_ = tuple(Indicator(seq, 0, f"指标{seq}", places[seq]) for seq in range(2))
    report = replace(_report("甲1元。"), indicators=rows_)
    evidence = [
        Evidence("indicators", 0, places[0], "≥1个"),
        Evidence("indicators", 1, places[2], "指标1"),
        Evidence("indicators", 0, places[1], "2户"),
        Evidence("scores", 7, places[2], "9"),
    ]
    shown = [
        (one.row, "|".join(text for pieces in one.quotations for text, _ in pieces))
        for one in Excerpts(report).of(evidence)
    ]
    assert shown == [("指标0", "≥1个|2户"), ("", "指标1"), ("", "9")]


def test_quotes_are_as_printed(folder: Path) -> None:
    (folder / "wide.txt").write_text(WRONG.replace("600万元", "６００ 万元"), "utf-8")
    made = screen()
    findings.print_review(made, review(folder / "wide.txt"))
    assert "支持企业研发６００万元" in printed(made).replace("\n         ", "")


# --- text that must not be obeyed -------------------------------------------------------------------------------------


def test_markup_and_escapes_are_shown_as_text(folder: Path) -> None:
    made = screen()
    showing.show(made, review(folder / "hostile.txt"))
    findings.print_review(made, review(folder / "hostile.txt"), everything=True)
    assert "\x1b[31m创新" not in raw(made)
    assert "[bold red]科技␛[31m创新[/]专项资金" in printed(made)
    assert '=HYPERLINK("x")' in printed(made)


def test_control_characters_are_pictures() -> None:
    assert safe("a\x1b[2Jb\x00\x7f\x9b\u202e\ud800") == "a␛[2Jb␀␡\ufffd\ufffd\ufffd"
    assert safe("甲\t乙\n") == "甲\t乙\n"


def test_a_title_of_markup_breaks_nothing(folder: Path) -> None:
    (folder / "m.txt").write_text(RIGHT.replace("云岭省", "[/nothing] :smile: [link=x]云岭省"), "utf-8")
    made = screen()
    findings.print_review(made, review(folder / "m.txt"))
    assert "[/nothing] :smile: [link=x]云岭省" in printed(made)


# --- colours and plain output -----------------------------------------------------------------------------------------


def test_colours_only_on_a_terminal(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    findings.print_review(Screen(), review(folder / "wrong.txt"))
    plain = capsys.readouterr().out
    assert "\x1b" not in plain
    assert [line for line in plain.splitlines() if line != line.rstrip()] == []
    made = screen()
    findings.print_review(made, review(folder / "wrong.txt"))
    assert "\x1b[1;31merror" in raw(made)


def test_no_color_is_honoured(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    made = screen()
    findings.print_review(made, review(folder / "wrong.txt"))
    assert "\x1b[1;31m" not in raw(made)
    assert "\x1b[31m" not in raw(made)


def test_a_bar_only_on_a_terminal() -> None:
    for terminal, shows in ((True, True), (False, False)):
        made = screen(terminal=terminal)
        assert list(progress(made, [1, 2, 3], 3, prints=True)) == [1, 2, 3]
        file = made.err.file
        assert isinstance(file, io.StringIO)
        assert bool(file.getvalue()) is shows
    quiet = Screen(quiet=True)
    assert list(progress(quiet, [1, 2], 2, prints=False)) == [1, 2]


# --- rows of a query --------------------------------------------------------------------------------------------------

RESULT = Rows(
    ("name", "number", "day"),
    [
        ("=1+1", Decimal("12345678901234567890.1200000000"), date(2024, 1, 2)),
        ("-3.2%", Decimal("0E-10"), None),
        ("[b]甲\n乙", Decimal("-0.50"), None),
    ],
)


def test_csv_keeps_figures_and_disarms_formulas(tmp_path: Path) -> None:
    rows.write(screen(), RESULT, "csv", tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream))[1:] == [
            ["'=1+1", "12345678901234567890.12", "2024-01-02"],
            ["-3.2%", "0", ""],
            ["[b]甲\n乙", "-0.5", ""],
        ]


def test_xlsx_holds_text_as_text_and_all_digits(tmp_path: Path) -> None:
    import re  # noqa: PLC0415
    import zipfile  # noqa: PLC0415

    rows.write(screen(), RESULT, "xlsx", tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = re.findall(r"<t[^>]*>([^<]*)</t>", book.read("xl/sharedStrings.xml").decode())
    assert "<f>" not in sheet
    assert {"=1+1", "-3.2%", "12345678901234567890.12"} <= set(strings)
    assert "<v>-0.5</v>" in sheet


def test_a_table_that_fits_is_a_table() -> None:
    made = screen(width=60)
    rows.write(made, RESULT, "table", None)
    lines = printed(made).splitlines()
    assert lines[1].split() == ["name", "number", "day"]
    assert any("[b]甲⏎乙" in line for line in lines)
    assert all(cell_len(line) <= 60 for line in lines)


def test_a_table_that_is_too_wide_is_a_record_a_row() -> None:
    names = tuple(f"column{i}" for i in range(12))
    made = screen(width=60)
    rows.write(made, Rows(names, [tuple(f"值{i}" * 5 for i in range(12))]), "table", None)
    lines = printed(made).splitlines()
    assert lines[0].split() == ["column0", "值0" * 5]
    assert all(cell_len(line) <= 60 for line in lines)


def test_a_format_is_chosen_by_name_or_by_the_output() -> None:
    assert rows.chosen_format(None, None) == "table"
    assert rows.chosen_format(None, Path("a.CSV")) == "csv"
    assert rows.chosen_format(None, Path("a.txt")) == "table"
    assert rows.chosen_format("json", Path("a.csv")) == "json"
    for form, output in (("yaml", None), ("xlsx", None), ("parquet", None)):
        with pytest.raises(UsageError):
            rows.chosen_format(form, output)


# --- smaller things ---------------------------------------------------------------------------------------------------


def test_status_fits(folder: Path) -> None:
    options = importing.Options(folder / "a.duckdb", 1, pipeline.Settings())
    importing.run(screen(), [folder], options)
    made = screen("zh", width=60)
    status.run(made, folder / "a.duckdb")
    assert all(cell_len(line) <= 60 for line in printed(made).splitlines())
    with Database.open(folder / "a.duckdb", read_only=True) as database:
        assert database.status().reports == 3


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 8, ["one two", "three"]),
        ("甲乙丙丁戊", 6, ["甲乙丙", "丁戊"]),
        ("甲乙丙，丁", 6, ["甲乙", "丙，丁"]),
        ("甲乙 PDF 丙", 8, ["甲乙 PDF", "丙"]),
        ("", 8, [""]),
        ("共3397.24万元", 10, ["共3397.24", "万元"]),
        ("甲（乙丙）丁", 6, ["甲（乙", "丙）丁"]),
        ("甲乙“丙”丁", 5, ["甲乙", "“丙”", "丁"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("甲 abcdefghij", 4, ["甲", "abcd", "efgh", "ij"]),
        ("a  b", 2, ["a", "b"]),
    ],
)
def test_lines_are_broken_as_chinese_is(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines
    assert columns("甲a，") == 5


def test_words() -> None:
    assert listed(screen("zh"), ["甲", "", "乙"]) == "甲，乙"
    assert listed(screen("en"), ["a", "b"]) == "a, b"
    assert kind_word(screen("zh"), "scanned_page") == "扫描页"
    assert kind_word(screen("zh"), "a_new_kind") == "a_new_kind"


def test_paths_are_as_short_as_they_are_clear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown_path(tmp_path / "a" / "b.txt") == str(Path("a", "b.txt"))
    assert shown_path(tmp_path.parent / "b.txt") == str(tmp_path.parent / "b.txt")


@given(st.text(alphabet="甲乙，（”1.5a %", max_size=40), st.integers(2, 30))
def test_broken_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    starts = [0, *breaks(text, width), len(text)]
    assert starts == sorted(starts)
    lines = [text[start:end] for start, end in pairwise(starts)]
    assert "".join(lines) == text
    assert all(columns(line.rstrip()) <= width for line in lines)
