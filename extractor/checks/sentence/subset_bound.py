"""A part that is more than its whole.

Compares: each figure behind 其中, 含 or 包括 with the whole before it in the sentence (in the same kind of unit), and a
    figure of one year (仅2024年) with the sum over the years before it.
Formula: part ≤ whole.
Tolerance: counts exact; else half a unit of the last printed place of each figure.
False alarms: parts of another thing (12 个乡镇，其中安装设备 40 个), several figures that the part may be of: a finding
    only where it is more than each of them; sums of money with parts of their own belong to sum-parts.
Example: 培训 50 人，其中女性 64 人: 64 > 50.
Source: a part is no more than its whole; seen in published reports where the figure of another unit was left over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extractor import lexicon, quantity
from extractor.checks.arithmetic import Number, compare_sum, lowered
from extractor.checks.base import Check, quoted
from extractor.checks.naming import pairs, plain
from extractor.checks.wording import Skeleton, running, skeleton
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Passage, Quantity, Report, Verdict

ZH = """部分大于总体。

核对内容：“其中”“含”“包括”之后的数，与同一句前文中同类单位的总体；某一年的数（仅2024年），与其前的累计数。
公式：部分 ≤ 总体。
容差：计数不留容差；其余取各数末位的半个单位。
易误报：部分与总体不是同一事物（12个乡镇，其中安装设备40个）；前文有多个数可能是总体的，大于每一个才报；
    带有分项的资金归 sum-parts。
例：培训 50 人，其中女性 64 人：64 > 50。
依据：部分不大于总体；公开报告中见过沿用他处数字所致的。
"""

#: Marks that end a list of parts, and those between two parts.
_ENDS, _BETWEEN = "。;", "、，,和及与"
#: Words of a part that is no longer the list's first.
_LATER = 10


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    money = {fund.place.start for fund in report.funds if fund.parent_seq is not None}
    money |= {fund.place.start for fund in report.funds if fund.seq in {f.parent_seq for f in report.funds}}
    for passage in running(report):
        bones = skeleton(passage.text.string)
        for marker in lexicon.pattern("check.subset.marker").regex.finditer(bones.string):
            for at, part in _parts(bones, marker.end()):
                wholes = _wholes(bones, marker.start(), part)
                if wholes and not any(passage.place(f.start, f.end).start in money for _, f in (*wholes, (at, part))):
                    yield _verdict(passage, bones, (at, part), wholes)
        for match in bones.search(lexicon.pattern("check.skeleton.subset.year").regex):
            whole, part = match.figures["whole"], match.figures["part"]
            if _same_kind(whole, part):
                ends = [(match.match.start(name), match.figures[name]) for name in ("part", "whole")]
                yield _verdict(passage, bones, ends[0], ends[1:])


def _parts(bones: Skeleton, start: int) -> Iterator[tuple[int, Quantity]]:
    """The figures of the list behind a marker, with their places in the skeleton."""
    at = start
    for where, figure in sorted(bones.figures.items()):
        if where < start:
            continue
        words = bones.string[at:where].lstrip(":：,，")
        first = at == start
        if any(end in words for end in _ENDS) or _is_elsewhere(words, first):
            return
        yield where, figure
        at = where + 1


def _is_elsewhere(words: str, first: bool) -> bool:
    """Whether the words before a figure begin a statement of their own, so that it is no part."""
    if first:
        return any(pause in words for pause in "，,") or len(words) > 2 * _LATER
    items = regex.split(f"[{_BETWEEN}]", words)
    return len(items[-1]) > _LATER or lexicon.matcher("check.subset.statement").search(words) is not None


def _wholes(bones: Skeleton, before: int, part: Quantity) -> list[tuple[int, Quantity]]:
    """Figures of the part's kind earlier in the sentence, the nearest first."""
    start = max(bones.string.rfind(end, 0, before) for end in _ENDS) + 1
    earlier = [(at, figure) for at, figure in bones.figures.items() if start <= at < before]
    return [(at, figure) for at, figure in sorted(earlier, reverse=True) if _same_kind(figure, part)]


def _same_kind(whole: Quantity, part: Quantity) -> bool:
    kind = quantity.dimension(part.unit)
    return kind is not None and kind not in ("ratio", "pct_point") and quantity.same_unit(whole.unit, part.unit)


def _verdict(
    passage: Passage, bones: Skeleton, part: tuple[int, Quantity], wholes: Sequence[tuple[int, Quantity]]
) -> Verdict:
    cited = tuple(quoted(passage, f.start, f.end, around=0) for _, f in (wholes[0], part))
    names = {"part": part[1].raw, "whole": wholes[0][1].raw}
    read = Number.of_quantity(part[1])
    numbers = [number for _, figure in wholes if (number := Number.of_quantity(figure)) is not None]
    if read is None or len(numbers) < len(wholes):
        message = Message.of("“{part}” or the whole before it is no exact figure", **names)
        return CHECK.uncheckable(passage.evaluation, message, evidence=cited)
    results = [compare_sum(number, [read], bound=True) for number in numbers]
    holding = next((result for result in results if result.grade == "agrees"), None)
    if holding is not None:
        message = Message.of("“{part}” is no more than the whole before it", **names)
        return CHECK.consistent(passage.evaluation, message, evidence=cited, **holding.figures)
    if any(result.grade == "last place" for result in results):
        message = Message.of("“{part}” is more than its whole by a difference of rounding", **names)
        return CHECK.inconsistent(passage.evaluation, message, "note", evidence=cited, **results[0].figures)
    if not _of_one_thing(bones, part, wholes[0]):
        message = Message.of("“{part}” may be of something else than “{whole}”", **names)
        return CHECK.uncheckable(passage.evaluation, message, evidence=cited, formula=results[0].formula)
    message = Message.of("“{part}” is more than the whole “{whole}” that it is a part of", **names)
    severity = lowered(CHECK.severity, read, *numbers)
    return CHECK.inconsistent(passage.evaluation, message, severity, evidence=cited, **results[0].figures)


def _of_one_thing(bones: Skeleton, part: tuple[int, Quantity], whole: tuple[int, Quantity]) -> bool:
    """Whether the unit itself says what is counted, or the words at both figures have something in common."""
    beside = "|".join(bones.beside(part[0]))
    if lexicon.matcher("check.subset.other").search(beside):
        return False
    if quantity.dimension(part[1].unit) != "count.generic":
        return True
    return bool(pairs(plain(beside)) & pairs(plain("|".join(bones.beside(whole[0])))))


CHECK = Check(id="subset-bound", severity="warning", run=run)
