"""What a source says in figures, read from its own marks and cells and never by the program that is tested."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

#: Units that quantities in the sources use; any other word behind a number has to be marked as words (`~`).
_UNIT_WORDS = """
% ‰ 个 项 家 户 人 名 人次 次 场 期 处 座 所 台 套 台套 万台 款 件 份 册 万册 亩 万亩 公顷 平方米
万平方米 公里 米 吨 万吨 万株 株 元 万元 亿元 元/亩 元/平方米 元/人 元/公里 元/人·月 万元/个
元/床·月 小时 天 工作日 个月 分 起 倍 张 村 万人 万人次 对 个百分点 百分点 立方米 万立方米 户次 课时
辆 间 床 例 万千瓦时 千瓦时 篇 组 盏 门 年 万元/公里 元/人次
"""
UNITS = frozenset(_UNIT_WORDS.split())
_SCALE = {"万元": 10_000, "亿元": 100_000_000, "元": 1, "万": 10_000}
_QUANTITY = re.compile(r"(?P<operator>[≥≤＝=><])?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>\D*)")
_MONEY = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|亿元|元)")
_DOCUMENT = re.compile(r"(?P<code>[\u4e00-\u9fff]+)[〔\[【(](?P<year>\d{4})[〕\]】)](?P<number>\d+)号")
_WORDS = {"不低于": "≥", "不少于": "≥", "不超过": "≤"}
STATUS = {
    "达成预期指标": "met",
    "完成预期指标": "met",
    "全部完成": "met",
    "已完成": "met",
    "完成": "met",
    "部分达成预期指标": "partly",
    "部分完成": "partly",
    "基本完成": "partly",
    "未完成指标": "unmet",
    "未完成": "unmet",
}


@dataclass(frozen=True)
class Value:
    """A target or an actual value: printed text, and its figure where it is one."""

    raw: str
    operator: str | None = None
    value: Decimal | None = None
    unit: str | None = None


def value(cell: str) -> Value | None:
    """A cell of a source. Raises ValueError where a number carries a unit that is not in the list."""
    if cell in {"", "-", "—", "/", "无"}:
        return None
    if cell.startswith("~"):
        return Value(cell[1:])
    for word, sign in _WORDS.items():
        if cell.startswith(word):
            return replace(value(cell.removeprefix(word)) or Value(cell), raw=cell, operator=sign)
    match = _QUANTITY.fullmatch(cell)
    if match is None:
        if cell[0].isdigit() or cell[0] in "≥≤=><":
            raise ValueError(f"no quantity: {cell}")
        return Value(cell)
    unit = match["unit"]
    if unit and unit not in UNITS:
        raise ValueError(f"unknown unit: {cell}")
    operator = match["operator"].replace("＝", "=") if match["operator"] else None
    return Value(cell, operator, Decimal(match["number"].replace(",", "")), unit or None)


def printed(cell: str) -> str:
    """A cell without its mark for words."""
    return cell.removeprefix("~")


@dataclass(eq=False)
class Money:
    """A sum of money, in prose or in a fund block."""

    raw: str
    label: str
    role: str
    key: str = ""
    parent: Money | None = None
    partial: bool = False
    documents: tuple[str, ...] = ()
    unit: str = ""
    column: str | None = None
    evaluation: int = 0

    @property
    def number(self) -> Decimal:
        """The printed number."""
        match = _MONEY.fullmatch(self.raw)
        return Decimal((match["number"] if match else self.raw).replace(",", ""))

    @property
    def yuan(self) -> Decimal:
        """The sum in 元, exact."""
        match = _MONEY.fullmatch(self.raw)
        return self.number * _SCALE[match["unit"] if match else self.unit]


@dataclass(eq=False)
class Rate:
    """A rate of money in percent, and the two sums that it comes from (None where the source names none)."""

    raw: str
    name: str
    part: Money | None = None
    whole: Money | None = None
    evaluation: int = 0

    @property
    def value(self) -> Decimal:
        """The rate in percent."""
        return Decimal(self.raw.removesuffix("%"))


@dataclass(eq=False)
class DocumentNumber:
    """A document number, the report's own or a cited one."""

    raw: str
    role: str
    evaluation: int = 0

    def parts(self) -> tuple[str, int, str]:
        """Code, year, number."""
        match = _DOCUMENT.fullmatch(self.raw)
        if match is None:
            raise ValueError(f"no document number: {self.raw}")
        return match["code"], int(match["year"]), match["number"]


@dataclass(eq=False)
class Indicator:
    """One indicator, from a sentence or from a row."""

    name: str
    target: Value | None
    actual: Value | None
    level1: str | None = None
    level2: str | None = None
    ordinal: str | None = None
    status_raw: str | None = None
    max_score: str | None = None
    score: str | None = None
    reason: str | None = None
    evaluation: int = 0

    def met(self) -> bool | None:
        """Whether the actual value reaches the target; None where that cannot be computed."""
        target, actual = self.target, self.actual
        if target is None or actual is None or target.value is None or actual.value is None:
            return None
        if target.operator == "≤":
            return actual.value <= target.value
        if target.operator == "<":
            return actual.value < target.value
        if target.operator == ">":
            return actual.value > target.value
        return actual.value >= target.value


@dataclass(eq=False)
class Weight:
    """Points of a group or of the whole form."""

    label: str
    kind: str
    max_score: str | None
    score: str | None
    evaluation: int = 0


@dataclass
class Facts:
    """Everything that one report says, in reading order."""

    documents: list[DocumentNumber] = field(default_factory=list)
    money: list[Money] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    weights: list[Weight] = field(default_factory=list)
    #: Points of the execution rate by evaluation: how many there are, how many were given.
    executions: dict[int, tuple[Decimal, Decimal]] = field(default_factory=dict)
