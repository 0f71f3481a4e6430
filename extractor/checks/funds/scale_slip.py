"""The same digits with another size.

Compares: the report's sums of money with each other: those that have the same four or more significant digits.
Formula: x ÷ y is a power of ten other than one.
Tolerance: none; the digits are the same.
False alarms: round numbers (fewer than four significant digits are left out), unit prices and averages beside their
    total for ten or a hundred pieces.
Example: 1,456.2 万元 and 1,456.2 元, factor 10,000.
Source: seen in published reports: 元 printed where 万元 is meant, a decimal point one place off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extractor.checks.arithmetic import Number
from extractor.checks.base import Check, evidence
from extractor.checks.wording import Passages
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Amount, Fund, Report, Verdict

ZH = """数字相同而数量级不同。

核对内容：报告中有效数字相同（四位以上）的各金额。
公式：x ÷ y 是 10 的整数次幂且不等于 1。
容差：无，有效数字相同。
易误报：整数金额（有效数字不足四位的不比较）、单价和平均数恰好与十件、百件的总价数字相同。
例：1,456.2 万元与 1,456.2 元，相差 10,000 倍。
依据：公开报告中所见：应为万元而写作元、小数点错位。
"""

_LEAST_DIGITS = 4
_UNIT_PRICE = re.compile(r"(?:每|均|单价|标准|按)[^◇,，。;]{0,8}$")


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    passages = Passages.of(report)
    groups: dict[str, list[Amount | Fund]] = {}
    for figure in _figures(report):
        digits = _digits(figure.value)
        if len(digits) >= _LEAST_DIGITS and not _is_price(figure, passages):
            groups.setdefault(digits, []).append(figure)
    sums = {figure.yuan for figure in _figures(report) if figure.yuan is not None}
    for figures in groups.values():
        if len(figures) > 1:
            yield _verdict(figures, sums)


def _figures(report: Report) -> Iterator[Amount | Fund]:
    """Every printed sum once: the amounts, and the funds that stand where no amount does (cells of a table)."""
    seen: set[int] = set()
    figures: tuple[Amount | Fund, ...] = (*report.amounts, *report.funds)
    for figure in figures:
        if figure.place.start not in seen:
            seen.add(figure.place.start)
            yield figure


def _digits(value: Decimal) -> str:
    """The significant digits."""
    return "".join(map(str, value.as_tuple().digits)).strip("0")


def _is_price(figure: Amount | Fund, passages: Passages) -> bool:
    return bool(_UNIT_PRICE.search(passages.before(figure.place))) or passages.after(figure.place).startswith("/")


def _verdict(figures: list[Amount | Fund], sums: set[Decimal]) -> Verdict:
    first, cited = figures[0], tuple(evidence(figure) for figure in figures)
    evaluation = next((figure.evaluation for figure in figures if isinstance(figure, Fund)), None)
    known = [figure for figure in figures if figure.yuan is not None]
    other = next((figure for figure in known if figure.yuan != known[0].yuan), None)
    if other is not None and known[0].yuan and other.yuan:
        rest = abs(known[0].yuan - other.yuan)
        if rest in sums:
            # 432.6 万元, of which 389.34 were paid and 43.26, a tenth, kept back.
            names = {"one": Number.of(known[0]).with_unit, "other": Number.of(other).with_unit}
            message = Message.of("{one} and {other} have the same digits, and a third sum is their difference", **names)
            return CHECK.consistent(evaluation, message, evidence=cited)
        big, small = sorted((known[0], other), key=lambda figure: -(figure.yuan or 0))
        factor = f"{int(Number.of(big).base / Number.of(small).base):,}"
        texts = [Number.of(figure).with_unit for figure in (known[0], other)]
        message = Message.of(
            "{one} and {other} have the same digits and differ by the factor {factor}",
            one=texts[0],
            other=texts[1],
            factor=factor,
        )
        formula = f"{Number.of(big).with_unit} ÷ {Number.of(small).with_unit} = {factor}"
        hint = Message.of("If both are the same sum, one of them has a wrong unit or decimal point")
        return CHECK.inconsistent(
            evaluation, message, formula=formula, expected=texts[0], actual=texts[1], evidence=cited, hint=hint
        )
    if len(known) < len(figures):
        message = Message.of("{one} is printed in money of different currencies", one=first.raw)
        return CHECK.uncheckable(evaluation, message, evidence=cited)
    message = Message.of("{one} has one size wherever it is printed", one=Number.of(first).with_unit)
    return CHECK.consistent(evaluation, message, evidence=cited)


CHECK = Check(id="scale-slip", severity="warning", run=run)
