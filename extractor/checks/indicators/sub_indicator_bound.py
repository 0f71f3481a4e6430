"""An indicator that is a part of another one, and exceeds it.

Compares: indicators of one evaluation of which one name is the other's with a narrowing word in it (女性培训人数 and
    培训人数, 省级示范企业 and 示范企业), and rows that begin with 其中 with the row that they follow: actual values, or
    the targets where no actual value is printed.
Formula: part ≤ whole, in base units.
Tolerance: counts exact; else what half a unit of the last place of each figure allows.
False alarms: shares, prices and scores have no parts; names that differ in more than the narrowing word are not paired;
    other scopes behind equal words cannot be seen, so that it is a warning.
Example: 女性培训人数 620 人, 培训人数 600 人.
Source: arithmetic; reviewers compare in this way what one body reports of the whole and of its parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from extractor import lexicon, quantity
from extractor.checks.arithmetic import Number, compare_sum
from extractor.checks.base import Check, evidence
from extractor.checks.indicators.sides import fit_units, number
from extractor.checks.naming import core, groups, once, plain
from extractor.checks.wording import Passages
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Indicator, Report, Verdict

ZH = """部分指标大于总体指标。

核对内容：同一评价中，名称只多一个限定词的两项指标（女性培训人数与培训人数、省级示范企业与示范企业），
    以及以“其中”开头的行与其所承接的行：比较实际值，未印实际值的比较目标值。
公式：部分 ≤ 总体，换算为同一单位后比较。
容差：计数准确比较；其余计各数末位的半个单位。
易误报：比率、单价、得分无所谓部分；名称相差不止一个限定词的不配对；字面相同而口径不同的看不出来，故只作警告。
例：女性培训人数620人，培训人数600人。
依据：算术关系；评审时常以此核对总体与部分。
"""

Field = Literal["target", "actual"]
_WHOLES = ("count.", "money", "area", "length", "volume", "mass", "energy")


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    passages = Passages.of(report)
    for _, indicators in groups(report):
        for part, whole in _pairs([one for one in once(indicators) if _has_parts(one)], passages):
            yield _judge(part, whole)


def _has_parts(indicator: Indicator) -> bool:
    measure = quantity.dimension(indicator.actual_unit or indicator.target_unit or "") or ""
    return measure.startswith(_WHOLES) and not lexicon.matcher("check.part.not").search(indicator.name)


def _pairs(indicators: Sequence[Indicator], passages: Passages) -> Iterator[tuple[Indicator, Indicator]]:
    by_name: dict[str, Indicator] = {}
    for one in indicators:
        by_name.setdefault(core(one.name), one)
    before: Indicator | None = None
    for one in indicators:
        led = one.place.source == "prose" and passages.before(one.place).rstrip(":：，,").endswith("其中")
        if led or plain(one.name).startswith("其中"):
            if before is not None:
                yield one, before
            continue
        before = one
        name = core(one.name)
        wholes = (name.replace(word, "", 1) for word in lexicon.words("check.part.narrowing") if word in name)
        whole = next((by_name[words] for words in wholes if words in by_name), None)
        if whole is not None and whole is not one:
            yield one, whole


def _judge(part: Indicator, whole: Indicator) -> Verdict:
    field: Field = "actual" if part.actual_value is not None and whole.actual_value is not None else "target"
    names = {"part": part.name, "whole": whole.name}
    cited = tuple(evidence(one, _raw(one, field) or one.name, field) for one in (part, whole))
    numbers = _number(part, field), _number(whole, field)
    fitted = fit_units(numbers[0], numbers[1]) if numbers[0] is not None and numbers[1] is not None else None
    if fitted is None or fitted[2]:
        message = Message.of("“{part}” and “{whole}” are not given in figures of one measure", **names)
        return CHECK.uncheckable(part.evaluation, message, evidence=cited)
    result = compare_sum(fitted[1], [fitted[0]], bound=True)
    if result.grade != "apart":
        message = Message.of("“{part}” is no more than “{whole}”", **names)
        return CHECK.consistent(part.evaluation, message, evidence=cited, **result.figures)
    message = Message.of("“{part}” is more than “{whole}”, which it is a part of", **names)
    return CHECK.inconsistent(part.evaluation, message, None, evidence=cited, **result.figures)


def _raw(indicator: Indicator, field: Field) -> str | None:
    return indicator.actual_raw if field == "actual" else indicator.target_raw


def _number(indicator: Indicator, field: Field) -> Number | None:
    if field == "actual":
        return number(indicator.actual_value, indicator.actual_unit or indicator.target_unit, indicator.actual_raw)
    return number(indicator.target_value, indicator.target_unit, indicator.target_raw)


CHECK = Check(id="sub-indicator-bound", severity="warning", run=run)
