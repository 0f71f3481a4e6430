"""Self-evaluation tables: one function a layout, which draws the grids and says the facts in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from samples.making.facts import Facts, Indicator, Money, Rate, Weight, printed, value
from samples.making.paper import Cell, Grid, Line

Source = dict[str, Any]
_ROLES = {"initial": "budget", "budget": "budget", "spent": "spent"}
_COLUMNS = {"initial": "initial_budget", "budget": "budget", "spent": "spent"}
_EMPTY = frozenset({"", "-", "—", "/"})


@dataclass
class Form:
    """One form on its way to paper: its source, the evaluation it belongs to, the facts collected so far."""

    source: Source
    evaluation: int
    facts: Facts

    def grids(self) -> list[Line | Grid]:
        """Title lines and grids of the form; the facts are added on the way."""
        over = [Line("caption", self.source["title"])]
        over += [Line("under", text) for text in self.source.get("under", ())]
        return [*over, *_LAYOUTS[self.source["form"]](self)]

    # --- facts ---

    def take_fund(self, row: Source, columns: Sequence[str], trees: list[tuple[int, dict[str, Money]]]) -> None:
        """Add the sums of one row; `trees` are the rows above it that can be its totals."""
        label = row["label"]
        depth = len(label) - len(label.lstrip(">"))
        while trees and trees[-1][0] >= depth:
            trees.pop()
        sums: dict[str, Money] = {}
        for column in columns:
            if row.get(column, "") in _EMPTY:
                continue
            above = trees[-1][1].get(column) if trees else None
            sums[column] = Money(
                row[column],
                label.lstrip(">").rstrip("："),
                _ROLES[column],
                parent=above,
                unit=self.source.get("money", "万元"),
                column=_COLUMNS[column],
                evaluation=self.evaluation,
            )
        self.facts.money.extend(sums.values())
        trees.append((depth, sums))
        if row.get("score", "") not in _EMPTY:
            most = row.get("max") or self.source["execution_max"]
            self.facts.executions[self.evaluation] = (Decimal(most), Decimal(row["score"]))
        if row.get("rate", "") not in _EMPTY:
            name = self.source.get("rate_name", "执行率")
            self.facts.rates.append(Rate(row["rate"], name, sums.get("spent"), sums.get("budget"), self.evaluation))

    def take_row(self, cells: dict[str, str], level1: str | None, level2: str | None, number: int) -> None:
        """Add one indicator."""
        target, actual = value(cells["target"]), value(cells["actual"])
        self.facts.indicators.append(
            Indicator(
                cells["name"],
                target,
                actual,
                level1,
                level2,
                str(number) if "ordinal" in self.source else None,
                max_score=cells.get("max") or None,
                score=cells.get("score") or None,
                reason=None if cells.get("reason", "") in _EMPTY else cells["reason"],
                evaluation=self.evaluation,
            )
        )

    # --- rows ---

    def records(self) -> list[Source]:
        """The rows of the source as records, each with how many rows its level cells cover (0: covered)."""
        keys = self.source["columns"]
        rows = [dict(zip(keys, row, strict=True)) for row in self.source["rows"]]
        for level in ("level1", "level2"):
            start = 0
            for number, row in enumerate(rows):
                if row.get(level):
                    start = number
                    row[f"{level}_rows"] = 0
                rows[start][f"{level}_rows"] = rows[start].get(f"{level}_rows", 0) + 1
                if number != start:
                    row[f"{level}_rows"] = 0
        return rows

    def first_heads(self) -> list[Cell]:
        """The heads of the levels' columns: the cell 绩效指标 stands beside them and all rows.

        A part of its own whose heads are repeated on each page has no such cell; there the first level is as wide.
        """
        if self.source.get("apart", False):
            return [_head("一级指标", 2)]
        return [_label("绩效指标", 1, len(self.source["rows"]) + 1), _head("一级指标")]

    def indicators(self, grid: Grid, cells: Callable[[Source, str], list[Cell]]) -> None:
        """Draw the indicator rows and add their facts."""
        records = self.records()
        level1 = level2 = None
        number = 0
        for row in records:
            drawn = _levels(row, 2 if self.source.get("apart", False) else 1)
            if row["level1_rows"]:
                level1, mark = _weighted(row["level1"])
                if mark:
                    self.facts.weights.append(Weight(level1, "level1", mark, None, self.evaluation))
            if row["level2_rows"]:
                level2, number = row["level2"], 0
            number += 1
            name = self.source.get("ordinal", "").format(n=number) + row["name"]
            grid.add(*drawn, *cells(row, name))
            if row["target"] or row["actual"]:
                self.take_row(row, level1, level2, number)

    def total(self, label: str, most: str | None, score: str | None) -> None:
        """Add the points of the total row."""
        self.facts.weights.append(Weight(label, "total", most, score, self.evaluation))

    def fund_rows(self, columns: Sequence[str]) -> Iterator[tuple[Source, str]]:
        """The rows of the fund block with their printed labels; their facts are added on the way."""
        keys = self.source["fund_columns"]
        trees: list[tuple[int, dict[str, Money]]] = []
        for values in self.source["funds"]:
            row = dict(zip(keys, values, strict=True))
            self.take_fund(row, columns, trees)
            yield row, row["label"].lstrip(">")


def _weighted(level: str) -> tuple[str, str | None]:
    """`产出指标（50分）` → name and points."""
    name, bracket, rest = level.partition("（")
    return name, rest.removesuffix("分）") if bracket else None


def _levels(row: Source, width: int = 1) -> list[Cell]:
    """The level cells that begin in a row; the first level covers `width` columns."""
    return [
        _label(row[level], columns, row[f"{level}_rows"])
        for level, columns in (("level1", width), ("level2", 1))
        if row[f"{level}_rows"]
    ]


def _label(text: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell(text, columns, rows, "label")


def _head(text: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell(text, columns, rows, "head")


def _words(text: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell(text, columns, rows, "words")


def _field_rows(form: Form, grid: Grid, spans: tuple[int, int, int, int]) -> None:
    """Name, department and unit; `spans`: columns of label, value, label, value."""
    a, b, c, d = spans
    source = form.source
    grid.add(_label("项目名称", a), Cell(source["subject"], b + c + d))
    grid.add(_label("主管部门", a), Cell(source["department"], b), _label("实施单位", c), Cell(source["unit"], d))


def _goals(form: Form, grid: Grid, spans: tuple[int, int, int], heads: tuple[str, str]) -> None:
    """The year's aims beside what was done."""
    if "goals" in form.source:
        a, b, c = spans
        expected, done = form.source["goals"]
        grid.add(_label("年度总体目标", a, 2), _label(heads[0], b), _label(heads[1], c))
        grid.add(_words(expected, b), _words(done, c))


def _national(form: Form) -> list[Line | Grid]:
    """Layouts A and C: the national project table with scores; C prints (A), (B), (B/A)."""
    marks = ("（A）", "（B）", "（B/A）") if form.source["form"] == "C" else ("", "", "")
    top = Grid([9, 9, 9, 13, 11, 11, 11, 7, 8, 12])
    _field_rows(form, top, (2, 3, 2, 3))
    heads = ["年初预算数", f"全年预算数{marks[0]}", f"全年执行数{marks[1]}", "分值", f"执行率{marks[2]}", "得分"]
    count = len(form.source["funds"])
    label = _label(f"项目资金（{form.source.get('money', '万元')}）", 1, count + 1)
    top.add(label, _label("", 3), *(_head(text) for text in heads))
    for row, name in form.fund_rows(("initial", "budget", "spent")):
        values = [row[key] for key in ("initial", "budget", "spent", "max", "rate", "score")]
        top.add(_words(name, 3), *(Cell(text) for text in values))
    _goals(form, top, (1, 4, 5), ("预期目标", "实际完成情况"))
    below = Grid(top.widths, heads=1)
    _score_rows(form, below, "偏差原因分析及改进措施", ("年度指标值", "实际完成值"))
    return _joined(form, top, below)


def _score_rows(form: Form, grid: Grid, reason: str, heads: tuple[str, str]) -> None:
    grid.add(
        *form.first_heads(),
        _head("二级指标"),
        _head("三级指标", 2),
        _head(heads[0]),
        _head(heads[1]),
        _head("分值"),
        _head("得分"),
        _head(reason),
    )

    def cells(row: Source, name: str) -> list[Cell]:
        values = [printed(row[key]) for key in ("target", "actual", "max", "score")]
        return [_words(name, 2), *(Cell(text) for text in values), _words(row["reason"])]

    form.indicators(grid, cells)
    most, score = form.source["total"]
    form.total("总分", most, score)
    grid.add(_label("总分", 7), Cell(most), Cell(score), Cell(""))


def _weights_first(form: Form) -> list[Line | Grid]:
    """Layout D: no budget of the year's start, weight before target and actual value."""
    top = Grid([6, 10, 10, 22, 8, 11, 11, 8, 14])
    _field_rows(form, top, (2, 2, 2, 3))
    heads = ["全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分"]
    count = len(form.source["funds"])
    label = _label(f"项目资金（{form.source.get('money', '万元')}）", 2, count + 1)
    top.add(label, _label("", 2), *(_head(text) for text in heads))
    for row, name in form.fund_rows(("budget", "spent")):
        values = [row[key] for key in ("budget", "spent", "max", "rate", "score")]
        top.add(_words(name, 2), *(Cell(text) for text in values))
    _goals(form, top, (2, 2, 5), ("预期目标", "实际完成情况"))
    below = Grid(top.widths, heads=1)
    below.add(
        *form.first_heads(),
        *(
            _head(text)
            for text in (
                "二级指标",
                "三级指标",
                "分值",
                "年度指标值",
                "全年实际值",
                "得分",
                "未完成原因及拟采取的改进措施",
            )
        ),
    )

    def cells(row: Source, name: str) -> list[Cell]:
        values = [printed(row[key]) for key in ("max", "target", "actual", "score")]
        return [_words(name), *(Cell(text) for text in values), _words(row["reason"])]

    form.indicators(below, cells)
    most, score = form.source["total"]
    form.total("总分", most, score)
    below.add(_label("总分", 4), Cell(most), Cell("", 2), Cell(score), Cell(""))
    return _joined(form, top, below)


def _three_columns(form: Form) -> list[Line | Grid]:
    """Layout E: operator, value and unit in three columns; 合计; conclusion, problems and measures at the foot."""
    top = Grid([9, 11, 20, 8, 8, 9, 9, 7, 7, 12])
    source = form.source
    top.add(_label("项目名称", 2), Cell(source["subject"], 8))
    top.add(_label("主管部门", 2), Cell(source["department"], 2), _label("实施单位", 2), Cell(source["unit"], 4))
    heads = ["年初预算", "调整后预算数", "预算执行数", "预算执行率", "权重", "得分", "原因"]
    count = len(source["funds"])
    top.add(_label("预算执行情况（万元）", 1, count + 1), _label("", 2), *(_head(text) for text in heads))
    for row, name in form.fund_rows(("initial", "budget", "spent")):
        values = [row[key] for key in ("initial", "budget", "spent", "rate", "max", "score")]
        top.add(_words(name, 2), *(Cell(text) for text in values), _words(row["reason"]))
    _goals(form, top, (1, 4, 5), ("年度目标", "年度目标完成情况"))
    below = Grid(top.widths, heads=1)
    below.add(
        *(
            _head(text)
            for text in (
                "一级指标",
                "二级指标",
                "三级指标",
                "指标性质",
                "指标值",
                "度量单位",
                "完成值",
                "权重",
                "得分",
                "未完成原因分析",
            )
        )
    )

    def cells(row: Source, name: str) -> list[Cell]:
        target = value(row["target"])
        number = target.raw.lstrip("≥≤=＝><") if target and target.value is not None else printed(row["target"])
        unit = (target.unit or "") if target else ""
        sign = (target.operator or "定性") if target else "定性"
        values = [sign, number.removesuffix(unit) if unit else number, unit, printed(row["actual"])]
        values += [row["max"], row["score"]]
        return [_words(name), *(Cell(text) for text in values), _words(row["reason"])]

    form.indicators(below, cells)
    most, score = source["total"]
    form.total("合计", most, score)
    below.add(_label("合计", 7), Cell(most), Cell(score), Cell(""))
    for label, text in source["remarks"]:
        below.add(_label(label), _words(text, 9))
    return _joined(form, top, below)


def _no_levels(form: Form) -> list[Line | Grid]:
    """Layout F: no levels, the total score in the head, the sign behind the unit."""
    top = Grid([20, 10, 10, 11, 11, 12, 11, 15])
    source = form.source
    top.add(_label("项目名称"), Cell(source["subject"], 3), _label("自评总分（分）", 2), Cell(source["total"][1], 2))
    top.add(_label("主管部门"), Cell(source["department"], 3), _label("实施单位", 2), Cell(source["unit"], 2))
    heads = ["年初预算数", "全年（调整）预算数", "全年执行数", "执行率", "执行率权重", "执行率得分"]
    count = len(source["funds"])
    top.add(_label("项目资金（万元）", 1, count + 1), _label("资金来源"), *(_head(text) for text in heads))
    for row, name in form.fund_rows(("initial", "budget", "spent")):
        values = [row[key] for key in ("initial", "budget", "spent", "rate", "max", "score")]
        top.add(_words(name), *(Cell(text) for text in values))
    expected, done = source["goals"]
    top.add(_label("当年绩效目标"), _label("年初目标", 3), _label("全年目标实际完成情况", 4))
    top.add(_label("总体目标"), _words(expected, 3), _words(done, 4))
    below = Grid(top.widths, heads=1)
    names = ("指标名称", "计量单位", "指标性质", "指标值", "指标权重", "全年完成值", "指标得分", "说明")
    below.add(*(_head(text) for text in names))
    for number, row in enumerate(form.records()):
        target = value(row["target"])
        sign = (target.operator or "定性") if target else "定性"
        unit = (target.unit or "") if target else ""
        number_text = target.raw.lstrip("≥≤=＝><").removesuffix(unit) if target and target.value is not None else None
        cells = [unit, sign, number_text or printed(row["target"]), row["max"], printed(row["actual"]), row["score"]]
        below.add(_words(row["name"]), *(Cell(text) for text in cells), _words(row["reason"]))
        form.take_row(row, None, None, number + 1)
    return _joined(form, top, below)


def _points_of_goals(form: Form) -> list[Line | Grid]:
    """Layout H: 20 points for the execution, 40 for each aim; no column of weights; tick boxes in the head."""
    grid = Grid([10, 13, 13, 22, 15, 15, 12])
    source = form.source
    grid.add(_label("项目名称"), Cell(source["subject"], 6))
    grid.add(_label("主管部门"), Cell(source["department"], 3), _label("项目实施单位"), Cell(source["unit"], 2))
    for label, ticks in source["ticks"]:
        grid.add(_label(label), _words(ticks, 6))
    count = len(source["funds"])
    grid.add(
        _label("预算执行情况（万元）（20分）", 1, count + 1),
        _label("", 2),
        *(_head(text) for text in ("预算数（A）", "执行数（B）", "执行率（B/A）", "得分（20分*执行率）")),
    )
    for row, name in form.fund_rows(("budget", "spent")):
        grid.add(_words(name, 2), *(Cell(row[key]) for key in ("budget", "spent", "rate", "score")))
    grid.add(
        *(
            _head(text)
            for text in (
                "年度绩效目标",
                "一级指标",
                "二级指标",
                "三级指标",
                "年初目标值（A）",
                "实际完成值（B）",
                "得分",
            )
        )
    )
    records = form.records()
    level1 = level2 = None
    starts = [number for number, row in enumerate(records) if row["aim"]]
    for number, row in enumerate(records):
        drawn: list[Cell] = []
        if row["aim"]:
            end = next((start for start in starts if start > number), len(records))
            drawn.append(_label(row["aim"], 1, end - number))
        drawn += _levels(row)
        level1, level2 = row["level1"] or level1, row["level2"] or level2
        cells = [printed(row["target"]), printed(row["actual"]), row["score"]]
        grid.add(*drawn, _words(row["name"]), *(Cell(text) for text in cells))
        form.take_row(row, level1, level2, number + 1)
    form.total("总分", None, source["total"][1])
    grid.add(_label("总分", 6), Cell(source["total"][1]))
    for label, text in source["remarks"]:
        grid.add(_label(label), _words(text, 6))
    return [grid]


def _transfer(form: Form) -> list[Line | Grid]:
    """Layout K: a transfer's table without scores; with `management` the newer form with its rows of words."""
    top = Grid(form.source.get("widths", [5, 9, 11, 19, 13, 13, 30]))
    source = form.source
    top.add(_label("转移支付（项目）名称", 3), Cell(source["subject"], 4))
    if "central" in source:
        top.add(_label("中央主管部门", 3), Cell(source["central"], 4))
        top.add(_label("地方主管部门", 3), Cell(source["department"]), _label("资金使用单位"), Cell(source["unit"], 2))
    else:
        top.add(_label("主管部门", 3), Cell(source["department"]), _label("实施单位"), Cell(source["unit"], 2))
    count = len(source["funds"])
    top.add(
        _label(f"资金投入情况（{source.get('money', '万元')}）", 3, count + 1),
        _label(""),
        *(_head(text) for text in ("全年预算数（A）", "全年执行数（B）", "预算执行率（B/A）")),
    )
    for row, name in form.fund_rows(("budget", "spent")):
        top.add(_words(name), *(Cell(row[key]) for key in ("budget", "spent", "rate")))
    management = source.get("management", [])
    if management:
        top.add(
            _label("资金管理情况", 2, len(management) + 1),
            _label(""),
            _label("情况说明", 2),
            _label("存在问题和改进措施", 2),
        )
        for label, text, problem in management:
            top.add(_words(label), _words(text, 2), _words(problem, 2))
    _goals(form, top, (3, 2, 2), ("年初设定目标", "全年实际完成情况"))
    below = Grid(top.widths, heads=1)
    below.add(
        *form.first_heads(),
        *(_head(text) for text in ("二级指标", "三级指标", "指标值", "全年实际完成值", "未完成原因和改进措施")),
    )

    def cells(row: Source, name: str) -> list[Cell]:
        return [
            _words(name),
            *(Cell(printed(row[key])) for key in ("target", "actual")),
            _words(row["reason"]),
        ]

    form.indicators(below, cells)
    if "remarks" in source:
        for label, text in source["remarks"]:
            below.add(_label(label, 2), _words(text, 5))
    return _joined(form, top, below)


def _joined(form: Form, top: Grid, below: Grid) -> list[Line | Grid]:
    """The two parts of a form: as one grid, or apart so that the indicator heads are repeated on each page."""
    if form.source.get("apart", False):
        return [top, below]
    return [Grid(top.widths, [*top.rows, *below.rows])]


_LAYOUTS: dict[str, Callable[[Form], list[Line | Grid]]] = {
    "A": _national,
    "C": _national,
    "D": _weights_first,
    "E": _three_columns,
    "F": _no_levels,
    "H": _points_of_goals,
    "K": _transfer,
}
