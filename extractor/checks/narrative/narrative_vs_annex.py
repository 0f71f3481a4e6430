"""An indicator in the text and the same one in the annexed table.

Compares: target and actual value of each indicator that stands in running text and in a table of the same evaluation;
    they are the same where their names are, or where the names are alike (with the same level and number: less alike).
Formula: target in the text = target in the table; actual in the text = actual in the table; both in base units.
Tolerance: counts exact; else half a unit of the last place of each figure where they are printed to different places.
False alarms: indicators that stand in only one of the two; names that are alike and not equal give a warning at most;
    an annex for a wider fund.
Example: target ≥1,000 万元 in the text, ≥10,000 万元 in the table.
Source: 财预〔2020〕10号: report and table of one self-evaluation give one set of figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from extractor.checks.arithmetic import Number, compare_equal, step_down
from extractor.checks.base import Check, evidence
from extractor.checks.indicators.sides import fit_units, number
from extractor.checks.naming import ALIKE, Repeated, groups, plain, repeated
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Indicator, Report, Severity, Verdict

ZH = """正文与附表中的同一指标。

核对内容：同一评价中既写在正文又列在附表的每项指标的目标值、实际完成值；名称相同即为同一指标，名称相近的亦然
    （类别和序号相同的放宽）。
公式：正文目标值 = 附表目标值；正文实际值 = 附表实际值；换算为同一单位后比较。
容差：计数准确比较；两数所印位数不同的，各计末位半个单位。
易误报：只在一处出现的指标不比较；名称相近而不相同的最多作警告；附表范围大于正文所述资金的。
例：正文目标≥1,000万元，附表≥10,000万元。
依据：财预〔2020〕10号：同一自评的报告与自评表应当数出一门。
"""

Part = Literal["target", "actual"]
#: Names at least this alike are sure to mean one thing.
_SURE = 0.9


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for evaluation, indicators in groups(report):
        for pair in repeated(indicators):
            for part in ("target", "actual"):
                verdict = _compare(evaluation, pair, part)
                if verdict is not None:
                    yield verdict


def _raw(indicator: Indicator, part: Part) -> str | None:
    return indicator.target_raw if part == "target" else indicator.actual_raw


def _number(indicator: Indicator, part: Part) -> Number | None:
    if part == "target":
        return number(indicator.target_value, indicator.target_unit, indicator.target_raw)
    return number(indicator.actual_value, indicator.actual_unit, indicator.actual_raw)


def _compare(evaluation: int | None, pair: Repeated, part: Part) -> Verdict | None:
    """The verdict on one of the two figures; None where neither place prints it."""
    raws = _raw(pair.prose, part), _raw(pair.row, part)
    if None in raws:
        return None
    cited = tuple(evidence(one, raw, part) for one, raw in zip((pair.prose, pair.row), raws, strict=True))
    one, other = _number(pair.prose, part), _number(pair.row, part)
    if one is None or other is None:
        return _words(evaluation, pair, part, cited)
    fitted = fit_units(one, other)
    if fitted is None:
        message = Message.of(
            "“{name}” is given in units that cannot be compared: {one} in the text, {other} in the table",
            name=pair.prose.name,
            one=raws[0],
            other=raws[1],
        )
        return CHECK.uncheckable(evaluation, message, evidence=cited)
    return _figures(evaluation, pair, part, (fitted[0], fitted[1]), cited)


def _words(evaluation: int | None, pair: Repeated, part: Part, cited: tuple[Evidence, ...]) -> Verdict:
    one, other = (_raw(i, part) or "" for i in (pair.prose, pair.row))
    if plain(one) == plain(other):
        message = Message.of("“{name}” is put in the same words in text and table", name=pair.prose.name)
        return CHECK.consistent(evaluation, message, evidence=cited)
    message = Message.of(
        "“{name}” is not given in figures in both places: {one}, {other}", name=pair.prose.name, one=one, other=other
    )
    return CHECK.uncheckable(evaluation, message, evidence=cited)


def _figures(
    evaluation: int | None, pair: Repeated, part: Part, numbers: tuple[Number, Number], cited: tuple[Evidence, ...]
) -> Verdict:
    comparison = compare_equal(*numbers)
    name = pair.prose.name
    if comparison.grade == "agrees":
        if part == "target" and _opposed(pair):
            message = Message.of("“{name}” has a lower limit in one place and an upper limit in the other", name=name)
            severity = _severity(pair, numbers)
            return CHECK.inconsistent(evaluation, message, severity, evidence=cited, **comparison.figures)
        message = Message.of("“{name}” is the same in text and table", name=name)
        return CHECK.consistent(evaluation, message, evidence=cited, **comparison.figures)
    if part == "target":
        message = Message.of("“{name}” has one target in the text and another in the table", name=name)
    else:
        message = Message.of("“{name}” has one actual value in the text and another in the table", name=name)
    severity = "note" if comparison.grade == "last place" else _severity(pair, numbers)
    return CHECK.inconsistent(evaluation, message, severity, evidence=cited, hint=_slip(*numbers), **comparison.figures)


def _severity(pair: Repeated, numbers: tuple[Number, Number]) -> Severity:
    severity: Severity = "error" if pair.likeness >= _SURE else "warning"
    if pair.likeness < ALIKE or any(number.approx for number in numbers):
        severity = step_down(severity)
    return severity


def _opposed(pair: Repeated) -> bool:
    signs = {pair.prose.operator, pair.row.operator}
    return bool(signs & {"≥", ">"}) and bool(signs & {"≤", "<"})


def _slip(one: Number, other: Number) -> Message | None:
    """Equal digits, a power of ten apart: a slip of the decimal point or of the unit."""
    if not one.base or not other.base:
        return None
    factor = max(one.base / other.base, other.base / one.base)
    for power in range(1, 5):
        if factor == Fraction(10) ** power:
            return Message.of(
                "The two are a factor of {factor} apart: a slip of the decimal point or the unit", factor=factor
            )
    return None


CHECK = Check(id="narrative-vs-annex", severity="error", run=run)
