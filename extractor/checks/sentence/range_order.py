"""A range whose lower end is above its upper end.

Compares: the two ends of each printed range (50-60个, 10万～20万元) and of each span of years (2022—2024年).
Formula: lower end ≤ upper end, in the unit that both share.
Tolerance: none.
False alarms: rules for scoring, which are written downwards on purpose (100%-80%、80%-60%); 从85%降至70% is a change
    and no range; two numbers joined without a unit may be a subtraction or a code.
Example: 每户补助 20-10 万元.
Source: GB/T 15835-2011: a range is written from its lower to its upper end.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor import lexicon
from extractor.checks.arithmetic import grouped, joined
from extractor.checks.base import Check, quoted
from extractor.checks.wording import quantities, running
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Passage, Quantity, Report, Verdict

ZH = """范围的下限高于上限。

核对内容：每一个数值范围（50-60个、10万～20万元）和年份范围（2022—2024年）的两端。
公式：下限 ≤ 上限（按共同的单位）。
容差：无。
易误报：评分规则有意从高到低书写（100%-80%、80%-60%）；“从85%降至70%”是变化而非范围；没有单位的两个数可能是减法或编号。
例：每户补助 20-10 万元。
依据：GB/T 15835-2011：范围自低至高书写。
"""

#: Characters around a range in which the words of a scoring rule show it to be one.
_AROUND = 40


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    years = lexicon.pattern("check.years.range").regex
    for passage in running(report):
        string = passage.text.string
        if not any(sign in string for sign in "-—–~～―至到"):
            continue
        for match in years.finditer(string):
            yield _years(passage, match.start(), match.end(), match["low"], match["high"])
        for figure in quantities(string):
            if figure.high is not None and figure.value is not None and not _is_scale(string, figure):
                yield _range(passage, figure)


def _is_scale(string: str, figure: Quantity) -> bool:
    """Whether the range is a step of a scoring rule."""
    if figure.high is None or figure.value is None or figure.value <= figure.high:
        return False
    around = string[max(0, figure.start - _AROUND) : figure.end + _AROUND]
    return figure.unit in ("%", "分", "") and lexicon.matcher("check.range.scale").search(around) is not None


def _years(passage: Passage, start: int, end: int, low: str, high: str) -> Verdict:
    cited = (quoted(passage, start, end, around=0),)
    if int(low) <= int(high):
        message = Message.of("The span {low} to {high} runs forward", low=low, high=high)
        return CHECK.consistent(passage.evaluation, message, formula=f"{low} ≤ {high}", evidence=cited)
    message = Message.of("The span {low} to {high} runs backward", low=low, high=high)
    return CHECK.inconsistent(passage.evaluation, message, formula=f"{low} > {high}", evidence=cited)


def _range(passage: Passage, figure: Quantity) -> Verdict:
    cited = (quoted(passage, figure.start, figure.end),)
    if figure.value is None or figure.high is None:
        raise ValueError(f"{figure.raw} is no range")
    sign = "≤" if figure.value <= figure.high else ">"
    places = [max(0, -int(end.as_tuple().exponent)) for end in (figure.value, figure.high)]
    ends = f"{grouped(figure.value, places[0])} {sign} {grouped(figure.high, places[1])}"
    formula = joined(ends, figure.unit)
    if sign == "≤":
        message = Message.of("The range “{quote}” runs upward", quote=figure.raw)
        return CHECK.consistent(passage.evaluation, message, formula=formula, evidence=cited)
    if not figure.unit:
        message = Message.of("“{quote}” may be a range, a subtraction or a code: it has no unit", quote=figure.raw)
        return CHECK.uncheckable(passage.evaluation, message, formula=formula, evidence=cited)
    message = Message.of("The range “{quote}” runs downward", quote=figure.raw)
    severity = "warning" if figure.qualifier else CHECK.severity
    return CHECK.inconsistent(passage.evaluation, message, severity, formula=formula, evidence=cited)


CHECK = Check(id="range-order", severity="error", run=run)
