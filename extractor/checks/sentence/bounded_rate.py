"""A share of a closed set above 100 % or below 0.

Compares: each 满意度, 合格率, 覆盖率, 到位率 … in indicators (target and actual), in rates of money and in running
    text.
Formula: 0 ≤ rate ≤ 100 %.
Tolerance: half a unit of the last printed place.
False alarms: plan completion, growth and other changes, which can be above 100 %; 资金到位率 with money carried over or
    added within the year (a warning); a satisfaction printed in points and without a percent sign.
Example: 服务对象满意度 105%.
Source: such a rate is a part of a whole by its definition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractor import lexicon
from extractor.checks.arithmetic import Number, approximation, grouped, joined, lowered
from extractor.checks.base import Check, evidence, quoted
from extractor.checks.wording import running, skeleton
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Indicator, Passage, Rate, Report, Severity, Verdict

ZH = """不应超过百分之百的比率。

核对内容：指标（目标值、完成值）、资金比率和正文中的满意度、合格率、覆盖率、到位率等。
公式：0 ≤ 比率 ≤ 100%。
容差：末位的半个单位。
易误报：计划完成率、增长率等变化量可以超过 100%；资金到位率可因结转或年中追加而超过（作警告）；
    未印百分号的满意度可能是分值。
例：服务对象满意度 105%。
依据：这类比率按定义是整体的一部分。
"""

_PERCENT = ("%", "百分比")


@dataclass(frozen=True, slots=True)
class _Printed:
    """A bounded rate as printed."""

    name: str
    value: Decimal
    decimals: int
    unit: str
    qualifier: str | None
    evaluation: int | None
    evidence: Evidence


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    seen: set[int] = set()
    for printed in _all(report):
        if printed.evidence.place.start not in seen:
            seen.add(printed.evidence.place.start)
            yield _verdict(printed)


def _is_bounded(name: str) -> bool:
    bounded = lexicon.matcher("check.bounded").search(name)
    return bounded is not None and lexicon.matcher("check.bounded.not").search(name) is None


def _all(report: Report) -> Iterator[_Printed]:
    for indicator in report.indicators:
        if _is_bounded(indicator.name):
            yield from _of_indicator(indicator)
    for rate in report.rates:
        if _is_bounded(rate.name):
            yield _of_rate(rate)
    for passage in running(report):
        if "率" in passage.text.string or "度" in passage.text.string:
            yield from _of_passage(passage)


def _of_indicator(indicator: Indicator) -> Iterator[_Printed]:
    figures = (
        ("target", indicator.target_raw, indicator.target_value, indicator.target_unit),
        ("actual", indicator.actual_raw, indicator.actual_value, indicator.actual_unit),
    )
    for part, raw, value, unit in figures:
        if raw and value is not None:
            places = max(0, -int(value.as_tuple().exponent))
            cited = evidence(indicator, raw, part)
            yield _Printed(indicator.name, value, places, unit or "", raw, indicator.evaluation, cited)


def _of_rate(rate: Rate) -> _Printed:
    return _Printed(rate.name, rate.value, rate.decimals, "%", rate.qualifier, rate.evaluation, evidence(rate))


def _of_passage(passage: Passage) -> Iterator[_Printed]:
    pattern = lexicon.pattern("check.skeleton.bounded").regex
    for match in skeleton(passage.text.string).search(pattern):
        rate = match.figures["rate"]
        words = match.match["name"] + match.match["between"]
        if rate.value is not None and rate.unit in _PERCENT and _is_bounded(words):
            cited = quoted(passage, rate.start, rate.end, around=0)
            value = rate.value if rate.high is None else max(rate.value, rate.high)
            yield _Printed(match.match["name"], value, rate.decimals, "%", rate.qualifier, passage.evaluation, cited)


def _verdict(printed: _Printed) -> Verdict:
    number = Number(printed.value, printed.decimals, "%", approximation(printed.qualifier))
    outside = printed.value > 100 or printed.value < 0
    if printed.unit not in _PERCENT and (printed.unit or outside):
        message = Message.of("“{name}” is printed without a percent sign", name=printed.name)
        return CHECK.uncheckable(printed.evaluation, message, evidence=(printed.evidence,))
    figure = joined(grouped(printed.value, printed.decimals), "%")
    values = Number(printed.value, printed.decimals, "%").true_values()
    if values.low <= 1 and values.high >= 0:
        message = Message.of("“{name}” is between 0 and 100 %", name=printed.name)
        return CHECK.consistent(
            printed.evaluation, message, formula=f"0 ≤ {figure} ≤ 100%", evidence=(printed.evidence,)
        )
    severity: Severity = "warning" if "到位" in printed.name else CHECK.severity
    above = printed.value > 100
    if above:
        message = Message.of("“{name}” is above 100 %", name=printed.name)
    else:
        message = Message.of("“{name}” is below 0", name=printed.name)
    return CHECK.inconsistent(
        printed.evaluation,
        message,
        lowered(severity, number),
        formula=f"{figure} > 100%" if above else f"{figure} < 0",
        expected="≤ 100%" if above else "≥ 0%",
        actual=figure,
        evidence=(printed.evidence,),
    )


CHECK = Check(id="bounded-rate", severity="error", run=run)
