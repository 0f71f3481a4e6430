"""Findings as the workbook that reviewers of the field hand over: 复核问题清单.xlsx.

Sheet 复核问题清单 has a row a finding, those that hold too where they are asked for; sheet 汇总 the counts by file and
by dimension. It is a Chinese form: its words are Chinese whatever the language of the screen. Every cell holds a text
or a whole number, none a formula.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from extractor.errors import UsageError
from extractor.messages import Message
from extractor.screens.records import Checks, Record, Tally, quoted
from extractor.screens.selection import family
from extractor.screens.wrapping import wrapped

SHEET, SUMMARY = "复核问题清单", "汇总"
#: Name and width of each column.
COLUMNS = (
    ("等级", 8), ("复核维度", 10), ("对象", 16), ("位置", 14), ("复核发现", 28), ("事实及判定", 44), ("处理建议", 22),
    ("核验依据", 32), ("核对项", 13), ("文件", 16), ("SHA-256", 18), ("问题编号", 18),
)  # fmt: skip
LEVELS = {"error": "P0", "warning": "P1", "note": "P2"}
HOLDS, OPEN = "通过", "无法核对"
_ORDER = (*LEVELS.values(), HOLDS, OPEN)
#: Family of checks → 复核维度.
DIMENSIONS = {
    "funds": "资金",
    "indicators": "绩效指标",
    "scores": "评分",
    "narrative": "正文与附表",
    "sentence": "文字与数字",
    "documents": "文号与日期",
    "own": "自定核对",
}
_ADVICE = {
    "error": "请对照原始凭证核实，更正有误的数字。",
    "warning": "请核实；确属事实的，请作说明。",
    "note": "请留意，必要时修改。",
}
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": "宋体", "font_size": 10},
}
#: Points that a line of words takes, and the highest row that there can be.
_LINE, _HIGHEST = 13.5, 409
#: Rows of a table that are named in a place.
_ROWS = 3
#: More rows than these do not fit a sheet of Excel, its head included.
_MOST = 1_048_576


def workbook(records: Sequence[Record], tally: Tally, checks: Checks, output: Path) -> None:
    """Write the workbook. Raises OSError where the file cannot be written, `UsageError` where the rows do not fit."""
    import xlsxwriter

    rows = sorted((row for record in records for row in _rows(record, checks)), key=lambda row: _ORDER.index(row[0]))
    if len(rows) >= _MOST:
        raise UsageError(
            Message.of("{count} rows do not fit a sheet: choose the format csv, or fewer files.", count=len(rows))
        )
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        _list(book, rows)
        _summary(book, records, rows, tally)
    output.write_bytes(buffer.getvalue())


# --- the list ---------------------------------------------------------------------------------------------------------


def _rows(record: Record, checks: Checks) -> Iterator[list[str]]:
    """The rows of one report, in the order of `COLUMNS`."""
    for finding in record["findings"]:
        yield _row(LEVELS[finding["severity"]], record, finding, checks)
    for verdict in record.get("consistent", ()):
        yield _row(HOLDS, record, verdict, checks)
    for verdict in record.get("uncheckable", ()):
        yield _row(OPEN, record, verdict, checks)


def _row(level: str, record: Record, verdict: Record, checks: Checks) -> list[str]:
    return [
        level,
        DIMENSIONS.get(family(verdict["check"]), DIMENSIONS["own"]),
        verdict["subject"] or record["title"] or Path(record["path"]).name,
        "\n".join(_places(verdict)),
        verdict["message"],
        "\n".join(_facts(verdict)),
        _advice(level, verdict),
        "\n".join(_basis(verdict, checks)),
        verdict["check"],
        Path(record["path"]).name,
        record["sha256"],
        verdict["finding_id"],
    ]


def _places(verdict: Record) -> list[str]:
    """Every page or line that the figures stand on, each once; of a table the rows, many of them counted."""
    rows: dict[str, dict[str, None]] = {}
    for item in verdict["evidence"]:
        where = f"第{item['page']}页" if item["page"] is not None else f"第{item['line']}行"
        table = item["source"] == "table"
        named = rows.setdefault(f"{where} 表格" if table else where, {})
        if table and item["row"]:
            named[f"“{item['row']}”"] = None
    return [f"{where}{_named(list(names))}" for where, names in rows.items()]


def _named(rows: Sequence[str]) -> str:
    shown = "、".join(rows[:_ROWS])
    return f"{shown}等{len(rows)}行" if len(rows) > _ROWS else shown


def _facts(verdict: Record) -> Iterator[str]:
    """The comparison with its figures, by how much they differ, the printed words, and what follows from it."""
    yield from verdict["formula"].split("; ") if verdict["formula"] else ()
    difference = verdict["difference"]
    if verdict["outcome"] == "inconsistent" and difference and difference not in verdict["formula"]:
        yield f"相差 {difference}"
    if verdict["quotes"]:
        yield "原文：" + "；".join(quoted(quote) for quote in verdict["quotes"])
    judged = {"consistent": "判定：相符", "inconsistent": "判定：不符", "uncheckable": "判定：无法核对"}
    yield judged[verdict["outcome"]]
    for other in verdict.get("consequences", ()):
        yield f"同一原因：{other['message']}（{other['check']}）{other['formula']}"


def _advice(level: str, verdict: Record) -> str:
    if level == HOLDS:
        return "无需处理。"
    if level == OPEN:
        return "请人工复核。"
    advice = _ADVICE[verdict["severity"]]
    return f"{verdict['hint']}。{advice}" if verdict["hint"] else advice


def _basis(verdict: Record, checks: Checks) -> Iterator[str]:
    """The rule that the check rests on, and how it compares."""
    told = checks.told(verdict["check"]).sections
    if told.get("依据"):
        yield told["依据"]
    if told.get("公式"):
        yield f"公式：{told['公式']}"


def _list(book: Any, rows: Sequence[Sequence[str]]) -> None:
    page = book.add_worksheet(SHEET)
    text = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"})
    levels = {level: book.add_format(_level_style(level)) for level in _ORDER}
    _head(book, page, [name for name, _ in COLUMNS])
    for at, row in enumerate(rows, 1):
        page.write_string(at, 0, row[0], levels[row[0]])
        for column, words in enumerate(row[1:], 1):
            page.write_string(at, column, _fitting(words), text)
        page.set_row(at, _height(row, [width for _, width in COLUMNS]))
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(1, len(rows)), len(COLUMNS) - 1)
    for column, (_, width) in enumerate(COLUMNS):
        page.set_column(column, column, width)
    _printed(page)
    page.repeat_rows(0)


#: What a cell of Excel holds at most.
_LONGEST = 32_767


def _fitting(words: str) -> str:
    """Words that fit a cell; what is left out is marked."""
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _height(row: Iterable[object], widths: Iterable[int]) -> float:
    """The height of a row whose words are wrapped: programs other than Excel do not find it out by themselves."""
    lines = (_lines(str(words), width) for words, width in zip(row, widths, strict=True))
    return min(_HIGHEST, max(lines) * _LINE + 3)


def _lines(words: str, width: int) -> int:
    # A column holds its width in digits of the program's own font; another font may be a little wider.
    return sum(max(1, len(wrapped(line, width * 9 // 10))) for line in words.split("\n"))


def _level_style(level: str) -> dict[str, Any]:
    colours = {"P0": "#F8CBAD", "P1": "#FFE699", "P2": "#DDEBF7", HOLDS: "#E2EFDA", OPEN: "#EDEDED"}
    return {
        "valign": "top", "align": "center", "border": 1, "border_color": "#BFBFBF", "bg_color": colours[level],
    }  # fmt: skip


def _head(book: Any, page: Any, names: Sequence[str], row: int = 0) -> None:
    style = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1, "bg_color": "#D9D9D9"}
    )
    for column, name in enumerate(names):
        page.write_string(row, column, name, style)


def _printed(page: Any) -> None:
    """On paper: landscape A4, as wide as the page."""
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(0.3, 0.3, 0.5, 0.5)
    page.fit_to_pages(1, 0)


# --- the summary ------------------------------------------------------------------------------------------------------

_WIDTHS = (26, 36, *(9 for _ in _ORDER), 10, 10, 9, 16, 36)


def _summary(book: Any, records: Sequence[Record], rows: Sequence[Sequence[str]], tally: Tally) -> None:
    page = book.add_worksheet(SUMMARY)
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"})
    names = ("文件", "标题", *_ORDER, "已核对数字", "全部数字", "未读内容", "适用方案", "SHA-256")
    _head(book, page, names)
    counts = Counter((row[10], row[0]) for row in rows)
    at = 0
    for record in records:
        at += 1
        by_level = [counts[record["sha256"], level] for level in _ORDER]
        coverage = record["coverage"]
        values = [
            Path(record["path"]).name, record["title"] or "", *by_level, coverage["compared"], coverage["figures"],
            len(record["gaps"]), record["profile_title"] or "", record["sha256"],
        ]  # fmt: skip
        _write(page, at, values, cell)
        page.set_row(at, _height(values, _WIDTHS))
    totals = [sum(counts[key] for key in counts if key[1] == level) for level in _ORDER]
    gaps = sum(len(record["gaps"]) for record in records)
    _write(page, at + 1, ["合计", "", *totals, tally.compared, tally.figures, gaps, "", ""], cell)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(1, at), len(names) - 1)
    _head(book, page, ("复核维度", "", *_ORDER), at + 4)
    _by_dimension(page, at + 5, rows, cell)
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width)
    _printed(page)


def _by_dimension(page: Any, at: int, rows: Sequence[Sequence[str]], cell: Any) -> None:
    counts = Counter((row[1], row[0]) for row in rows)
    found = [(name, [counts[name, level] for level in _ORDER]) for name in DIMENSIONS.values()]
    for row, (name, by_level) in enumerate((one for one in found if any(one[1])), at):
        _write(page, row, [name, "", *by_level], cell)


def _write(page: Any, row: int, values: Iterable[str | int], cell: Any) -> None:
    for column, value in enumerate(values):
        if isinstance(value, int):
            page.write_number(row, column, value, cell)
        else:
            page.write_string(row, column, value, cell)
