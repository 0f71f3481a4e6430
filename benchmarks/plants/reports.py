"""Consistent reports, made up by a seed: running text, a form, or both; written as text or as PDF.

What a report says is kept in pieces, so that a plant can change one of them. All names and figures are invented.
"""

from __future__ import annotations

import sys
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).parents[2] / "tests" / folder) for folder in ("read", "ruled")]

from drawer import Print, Printer, wrapped
from sheet import Box, Sheet, edges

PLACES = ("青川", "云岭", "临河", "石桥", "望湖", "白塘", "松原岭", "东屿", "长甸", "古陵")
FIELDS = (
    ("农村公路养护", "交通运输局", "交", "养护农村公路", "公里"),
    ("校舍维修改造", "教育局", "教", "维修改造校舍", "处"),
    ("村卫生室建设", "卫生健康局", "社", "建设村卫生室", "个"),
    ("高标准农田建设", "农业农村局", "农", "建设高标准农田", "亩"),
    ("公共文化服务", "文化和旅游局", "教", "举办文化活动", "场次"),
    ("小型水库维修养护", "水利局", "农", "维修养护小型水库", "座"),
    ("残疾人康复救助", "残疾人联合会", "社", "救助残疾儿童", "人"),
    ("职业技能培训", "人力资源和社会保障局", "社", "开展技能培训", "人次"),
)
#: Names of quantity, of quality, of time, of cost, of benefit and of satisfaction, with their units.
FURTHER = (
    ("产出指标", "数量指标", "发放宣传手册", "份"),
    ("产出指标", "质量指标", "验收合格率", "%"),
    ("产出指标", "时效指标", "项目按期完成率", "%"),
    ("效益指标", "社会效益指标", "受益群众", "人"),
    ("效益指标", "生态效益指标", "污水处理率", "%"),
    ("满意度指标", "服务对象满意度指标", "服务对象满意度", "%"),
)


def rounded(value: Decimal, places: int) -> Decimal:
    """The value as it is printed with so many places."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@dataclass
class Row:
    """An indicator of the form and of the text; `target` and `actual` as printed."""

    level1: str
    level2: str
    name: str
    target: str
    actual: str
    weight: Decimal
    score: Decimal
    reason: str = ""
    claim: str = "完成预期指标"


@dataclass
class Made:
    """One report. `text` holds its lines by section, in the order of printing; `funds` are rows of the form."""

    kind: str
    year: int
    place: str
    fund: str
    body: str
    code: str
    thing: str
    unit: str
    places: int
    total: Decimal
    spent: Decimal
    parts: list[tuple[str, Decimal]]
    rows: list[Row]
    text: dict[str, list[str]] = field(default_factory=dict)
    title: str = ""
    funds: list[list[str]] = field(default_factory=list)
    form_total: Decimal = Decimal(0)
    remark: str = ""
    form_title: str = ""
    style: str = " "
    #: Further projects of the same body, whose forms stand behind this one's.
    more: list[Made] = field(default_factory=list)

    def money(self, value: Decimal) -> str:
        """A sum with the report's own unit and places."""
        return f"{rounded(value, self.places)}{self.unit}"

    @property
    def rate(self) -> Decimal:
        """The rate of execution, as printed."""
        return rounded(self.spent / self.total * 100, 2)

    def copy(self) -> Made:
        """The same report, to be changed."""
        return deepcopy(self)

    # --- printing ---

    def lines(self) -> list[str]:
        """The running text."""
        return [line for section in self.text.values() for line in section]

    def form(self) -> list[list[str]]:
        """The rows of the form, each with its cells."""
        if self.kind == "prose":
            return []
        rows = [
            ["项目名称", self.fund],
            ["主管部门", f"{self.place}县{self.body}", "实施单位", f"{self.place}县项目服务中心"],
            [f"项目资金({self.unit})", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
            *self.funds,
            ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
            *(
                [r.level1, r.level2, r.name, r.target, r.actual, f"{r.weight:f}", f"{r.score:f}", r.reason or "无"]
                for r in self.rows
            ),
            ["总分", "100", f"{self.form_total:f}"],
        ]
        return [*rows, ["说明", self.remark]] if self.remark else rows

    def as_text(self) -> str:
        """The report as a text file, its form flattened."""
        lines = self.lines()
        if self.kind != "prose":
            for one in (self, *self.more):
                lines += [one.form_title, *(self.style.join(row) for row in one.form())]
        return "\n".join(lines) + "\n"

    def as_pdf(self) -> bytes:
        """The report as a PDF file, its form drawn with rules."""
        printer = Printer(Print(size=9.0, feet=True))
        printer.y = 60.0
        for paragraph in self.lines():
            for line in wrapped(paragraph, printer.right - printer.left, 11.0):
                if printer.y + 20 > printer.floor:
                    printer._turn()
                printer.drawing.text(printer.left, printer.y, line, 11.0)
                printer.y += 20
        if self.kind != "prose":
            printer.used = bool(self.lines())
            for one in (self, *self.more):
                printer.add(one._sheet())
        return printer.pdf()

    def _sheet(self) -> Sheet:
        sheet = Sheet("A", [self.form_title])
        for row in self.form():
            widths = [2.4, 2.8, 3.0, 2.4, 2.4, 1.2, 1.2, 3.0] if len(row) == 8 else [1.0] * len(row)
            if len(row) == 2:
                widths = [1.0, 4.0]
            at = edges(widths)
            sheet.add(*(Box(at[i], at[i + 1], cell) for i, cell in enumerate(row)))
        return sheet


# --- making them ------------------------------------------------------------------------------------------------------


def made(rng: Random, kind: str) -> Made:
    """A consistent report; `kind` is 'prose' (running text), 'form', or 'both'."""
    field_ = rng.choice(FIELDS)
    name, body, code, thing, counted = field_
    unit, places = rng.choice((("万元", 0), ("万元", 1), ("万元", 2), ("元", 2), ("万元", 2), ("亿元", 4)))
    parts = _parts(rng, unit, places)
    total = sum((value for _, value in parts), Decimal(0))
    spent = rounded(total * Decimal(rng.randint(900, 985)) / 1000, places)
    year, place = rng.randint(2019, 2024), rng.choice(PLACES)
    report = Made(kind, year, place, f"{place}县{name}项目", body, code, thing, unit, places, total, spent, parts, [])
    report.rows = _rows(rng, thing, counted)
    report.form_title = f"{year}年度项目支出绩效自评表"
    report.style = rng.choice((" ", " ", "|", "\t"))
    _funds(report)
    if kind != "form":
        _text(rng, report)
    return report


def _parts(rng: Random, unit: str, places: int) -> list[tuple[str, Decimal]]:
    low, high = {"万元": (120, 4800), "元": (12000, 980000), "亿元": (1, 9)}[unit]
    names = rng.sample(("中央资金", "省级资金", "市级资金", "县级资金"), rng.randint(2, 4))
    names.sort(key=("中央资金", "省级资金", "市级资金", "县级资金").index)
    step = Decimal(1).scaleb(-places)
    return [(name, rounded(Decimal(rng.randint(low, high)) + step * rng.randint(1, 99), places)) for name in names]


def _rows(rng: Random, thing: str, counted: str) -> list[Row]:
    chosen = [("产出指标", "数量指标", thing, counted), *FURTHER]
    weights = [20, 10, 10, 10, 20, 10, 10]
    rows = []
    for (level1, level2, name, unit), weight in zip(chosen, weights, strict=True):
        if unit == "%":
            aim = rng.choice((85, 90, 95))
            target, actual = f"≥{aim}%", f"{aim + rng.randint(1, 4)}.{rng.randint(1, 9)}%"
        else:
            aim = rng.randint(40, 900)
            target, actual = f"≥{aim}{unit}", f"{aim + rng.randint(1, max(1, aim // 9))}{unit}"
        rows.append(Row(level1, level2, name, target, actual, Decimal(weight), Decimal(weight)))
    missed = rows[1]
    aim = 2 * rng.randint(100, 400)
    missed.target, missed.actual = f"≥{aim}份", f"{aim * 9 // 10}份"
    missed.score = rounded(missed.weight * Decimal(aim * 9 // 10) / aim, 2)
    missed.reason, missed.claim = "印刷合同签订较晚，下年提前安排", "未完成指标"
    return rows


def _funds(report: Made) -> None:
    rate, points = report.rate, rounded(report.rate / 10, 2)
    total, spent = rounded(report.total, report.places), rounded(report.spent, report.places)
    report.funds = [
        ["年度资金总额", f"{total}", f"{total}", f"{spent}", "10", f"{rate}%", f"{points}"],
        ["其中：财政拨款", f"{total}", f"{total}", f"{spent}", "", f"{rate}%", ""],
        ["其他资金", "0", "0", "0", "", "", ""],
    ]
    report.form_total = points + sum((row.score for row in report.rows), Decimal(0))


def _text(rng: Random, report: Made) -> None:
    year, place, total = report.year, report.place, report.money(report.total)
    number = f"{place[0]}财{report.code}〔{year}〕{rng.randint(11, 190)}号"
    listed = "、".join(f"{name}{report.money(value)}" for name, value in report.parts)
    opened = rng.choice(("其中：", "其中", "，其中:"))
    left = report.money(report.total - report.spent)
    until = rng.choice((f"截至{year}年12月31日，", f"截至{year}年底，", "全年", "当年"))
    funds = [
        f"{year}年，{place}县财政局以{number}文件下达{report.fund}资金{total}，{opened.strip('，')}{listed}。",
        f"{until}实际支出{report.money(report.spent)}，预算执行率{report.rate}%，结转下年使用{left}。",
    ]
    goals = [_line(rng, row) for row in report.rows] if report.kind == "prose" else []
    report.title = f"{year}年度{report.fund}绩效自评报告"
    report.text = {
        "head": [report.title],
        "funds": ["一、资金安排和使用情况", *funds],
        "results": ["二、绩效目标完成情况分析", *_grouped(report.rows, goals)],
        "score": [] if report.kind == "prose" else [f"项目自评得分{report.form_total}分。"],
        "problems": ["三、存在的问题和下一步安排", "宣传材料印制偏晚，今后提前签订合同。"],
        "tail": [f"{place}县{report.body}", f"{year + 1}年{rng.randint(2, 5)}月{rng.randint(1, 28)}日"],
    }


def _grouped(rows: list[Row], goals: list[str]) -> list[str]:
    """The lines of indicators below their levels."""
    lines: list[str] = []
    level = ""
    for row, line in zip(rows, goals, strict=False):
        if row.level2 != level:
            level = row.level2
            lines.append(f"（{'一二三四五六七'[len([x for x in lines if x.startswith('（')])]}）{level}。")
        lines.append(line)
    return lines


def _line(rng: Random, row: Row) -> str:
    claim = f"，{row.claim}" if row.claim else ""
    reason = f"，原因是{row.reason}" if row.reason else ""
    return rng.choice(
        (
            f"{row.name}：目标值{row.target}，实际完成值{row.actual}{claim}{reason}。",
            f"{row.name}{row.target}，全年实际完成{row.actual}{claim}{reason}。",
            f"{row.name}年初目标值为{row.target}，实际完成值为{row.actual}{claim}{reason}。",
        )
    )
