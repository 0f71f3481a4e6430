"""A growth indicator, and the level that it is the growth of.

Compares: an indicator of growth (新能源汽车产量增速) with the indicator of the level itself (新能源汽车产量) and the
    former year's level, where the text prints it (2023年新能源汽车产量 46.1 万辆).
Formula: growth = level ÷ former level − 1; growth in percentage points is not recomputed.
Tolerance: half a unit of the last printed place of each figure; a slip of just the last place is a note.
False alarms: growth on a comparable basis or as a yearly average; without the former level nothing can be said; levels
    and growth in one sentence belong to growth-recompute.
Example: 58.5 万辆 after 46.1 万辆 is 26.9 %, and the indicator has 36.9 %.
Source: 财预〔2020〕10号: report and indicators of one self-evaluation give one set of figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor import lexicon, quantity
from extractor.checks import hints
from extractor.checks.arithmetic import Number, compare_rate, lowered, step_down
from extractor.checks.base import Check, evidence, quoted
from extractor.checks.indicators.sides import number
from extractor.checks.naming import core, groups, once, plain
from extractor.checks.wording import quantities, running
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Indicator, Passage, Report, Verdict

ZH = """增速指标与水平指标。

核对内容：增速类指标（新能源汽车产量增速）与同一事物的水平指标（新能源汽车产量），以及正文所印的上年水平
    （2023年新能源汽车产量46.1万辆）。
公式：增速 = 本年水平 ÷ 上年水平 - 1；以百分点计的增幅不重算。
容差：各数末位的半个单位；只差末位一个单位的作提示。
易误报：可比口径、年均增速；未印上年水平的无从核对；水平和增速写在同一句的归 growth-recompute。
例：46.1万辆增至58.5万辆为26.9%，指标却为36.9%。
依据：财预〔2020〕10号：同一自评的叙述与指标应当数出一门。
"""

#: So many characters before a figure can name it.
_BEFORE = 40


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    years = {evaluation.seq: evaluation.fiscal_year for evaluation in report.evaluations}
    passages = list(running(report))
    for evaluation, indicators in groups(report):
        rows = [one for one in once(indicators) if one.actual_value is not None]
        levels = {core(one.name): one for one in rows if (one.actual_unit or one.target_unit) != "%"}
        for one in rows:
            match = lexicon.pattern("check.growth.indicator").regex.search(core(one.name))
            level = levels.get(core(match.string[: match.start()])) if match is not None else None
            if level is not None and (one.actual_unit or one.target_unit) == "%":
                yield _judge(passages, one, level, years.get(evaluation or 0))


def _judge(passages: Sequence[Passage], growth: Indicator, level: Indicator, year: int | None) -> Verdict:
    names = {"growth": growth.name, "level": level.name}
    cited = tuple(evidence(one, one.actual_raw or one.name, "actual") for one in (growth, level))
    rate = number(growth.actual_value, "%", growth.actual_raw)
    after = number(level.actual_value, level.actual_unit or level.target_unit, level.actual_raw)
    before = next(_former(passages, level, year), None) if year is not None else None
    if rate is None or after is None or before is None or not before[0].base:
        message = Message.of("The former year's “{level}” is not printed, which “{growth}” rests on", **names)
        return CHECK.uncheckable(growth.evaluation, message, evidence=cited)
    result = compare_rate(rate, [after], [before[0]], growth=True)
    shown = {**result.figures, "evidence": (*cited, before[1])}
    if result.grade == "agrees":
        message = Message.of("“{growth}” follows from “{level}” and the former year", **names)
        return CHECK.consistent(growth.evaluation, message, **shown)
    if result.grade == "last place":
        message = Message.of("“{growth}” differs from the two levels in its last place only", **names)
        return CHECK.inconsistent(growth.evaluation, message, "note", **shown)
    severity = CHECK.severity if result.grade == "apart" else step_down(CHECK.severity)
    severity = lowered(severity, rate, after, before[0])
    message = Message.of("“{growth}” does not follow from “{level}” and the former year", **names)
    hint = hints.for_numbers([rate, before[0], after], _agree)
    return CHECK.inconsistent(growth.evaluation, message, severity, hint=hint, **shown)


def _agree(numbers: Sequence[Number]) -> bool:
    rate, before, after = numbers
    return before.base > 0 and compare_rate(rate, [after], [before], growth=True).grade == "agrees"


def _former(passages: Sequence[Passage], level: Indicator, year: int) -> Iterator[tuple[Number, Evidence]]:
    """Figures of the text for the former year's level: its year and the indicator's name stand right before them."""
    for passage in passages:
        if passage.evaluation in (level.evaluation, None) and core(level.name) in plain(passage.text.string):
            yield from _in_passage(passage, level, year)


def _in_passage(passage: Passage, level: Indicator, year: int) -> Iterator[tuple[Number, Evidence]]:
    string = passage.text.string
    found = quantities(string)
    for at, read in enumerate(found):
        start = max(
            found[at - 1].end if at else 0, read.start - _BEFORE, *(string.rfind(s, 0, read.start) + 1 for s in "。;；")
        )
        words = string[start : read.start]
        former = f"{year - 1}年" in words or lexicon.matcher("check.growth.former").search(words) is not None
        printed = Number.of_quantity(read)
        unit = level.actual_unit or level.target_unit or ""
        same = quantity.dimension(read.unit) == quantity.dimension(unit) is not None
        other = lexicon.matcher("check.growth.other_basis").search(words)
        if former and printed is not None and same and other is None and core(words).endswith(core(level.name)):
            yield printed, quoted(passage, read.start, read.end)


CHECK = Check(id="rate-vs-levels-indicators", severity="warning", run=run)
