"""A stated number of projects, people or places, and the numbers of the groups that split it.

Compares: a count before 其中, 分别为, 包括 (项目15个，其中新建8个、续建8个), or behind its groups
    (新建8个、续建8个，合计15个), with the sum of the groups in the same kind of unit.
Formula: stated number = sum of the groups.
Tolerance: none; approximate figures are not compared.
False alarms: groups may overlap (重点项目, 女性) and a list may leave out the rest: where the groups do not shut each
    other out by their names (新建, 续建; 省级, 市级), more than the whole is a warning, and less is one only where
    three groups come near it. A single group above the whole belongs to subset-bound, sums of money to sum-parts.
Example: 386 人，其中重度 182 人、中度 204 人、特困 4 人: 390.
Source: reviewers of published reports: 15 projects in the text, 8 at the start and 8 added in the course of the year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import regex

from extractor import lexicon, quantity
from extractor.checks import hints
from extractor.checks.arithmetic import Number, compare_sum, lowered
from extractor.checks.base import Check, quoted
from extractor.checks.wording import Skeleton, running, skeleton
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Passage, Quantity, Report, Severity, Verdict

ZH = """所述总数与各组数量之和。

核对内容：“其中”“分别为”“包括”之前的数（项目15个，其中新建8个、续建8个），或各组之后的合计（新建8个、续建8个，合计15个），
    与同类单位的各组数量之和。
公式：总数 = 各组之和。
容差：无；约数不比较。
易误报：各组可能交叉（重点项目、女性），列举可能不全：各组名称不能说明互不交叉（新建、续建；省级、市级）的，
    大于总数作警告，小于总数不作判断。单独一组大于总数的归 subset-bound，资金归 sum-parts。
例：386人，其中重度182人、中度204人、特困4人：合计390人。
依据：复核公开报告所见：文中写15个项目，年初安排8个、年中新增8个。
"""

_SENTENCE, _PAUSES = "。", "、，,;；和及与(（)）"
#: So far before its marker a whole may stand, and so long the words of a group may be.
_BEFORE, _NAME = 16, 16
#: A name of so few characters is one also where it holds a word of statements (年中新增8个, 已完成3个).
_SHORT = 4


@dataclass(frozen=True, slots=True)
class _Group:
    """A group's count, its name, and where in the skeleton the count stands."""

    figure: Quantity
    name: str
    at: int


@dataclass(frozen=True, slots=True)
class _Split:
    passage: Passage
    whole: Quantity
    groups: tuple[_Group, ...]
    #: The list says that it is complete (分别为, 合计).
    complete: bool
    #: The list says that it is not (等, 主要).
    partial: bool


#: Two groups may be some of several.
_PAIR = 2


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for passage in running(report):
        bones = skeleton(passage.text.string)
        splits = (*_behind_marker(passage, bones), *_before_total(passage, bones), *_in_course(passage, bones))
        judged: set[int] = set()
        for split in splits:
            if len(split.groups) > 1 and split.whole.start not in judged and not _above_alone(split):
                judged.add(split.whole.start)
                yield _judge(split)


# --- finding the lists ------------------------------------------------------------------------------------------------


def _behind_marker(passage: Passage, bones: Skeleton) -> Iterator[_Split]:
    """其中 …: the whole stands before, the groups behind."""
    for match in lexicon.pattern("check.count.marker").regex.finditer(bones.string):
        groups = tuple(_groups(bones, match.end(), passage))
        whole = _whole(bones, match.start(), groups[0].figure) if groups else None
        if whole is not None:
            partial = _partial(bones.string, match, groups)
            yield _Split(passage, whole, groups, match["complete"] is not None, partial)


def _partial(string: str, marker: regex.Match[str], groups: Sequence[_Group]) -> bool:
    """Whether the list says that it leaves out some (主要包括, 等), or that its groups overlap."""
    last = groups[-1].at
    beside = "|".join(
        [string[marker.start() - 2 : marker.start()], string[last + 1 : last + 3], *(g.name for g in groups)]
    )
    end = string.find(_SENTENCE, last)
    sentence = string[marker.start() : end if end >= 0 else len(string)]
    overlap = lexicon.matcher("check.count.overlap").search(sentence)
    return overlap is not None or lexicon.matcher("check.count.partial").search(beside) is not None


def _groups(bones: Skeleton, start: int, passage: Passage) -> Iterator[_Group]:
    """The figures of the list from `start` on, each with its name: clauses that go on with counts of one kind."""
    end = bones.string.find(_SENTENCE, start)
    end = len(bones.string) if end < 0 else end
    kind: str | None = None
    for clause in regex.finditer(rf"[^{_PAUSES}]+", bones.string[start:end]):
        figures = [at for at in bones.figures if start + clause.start() <= at < start + clause.end()]
        words = clause[0].strip("：:")
        if len(figures) != 1:
            if figures or (kind is None and len(words) > _NAME):
                return
            continue
        figure = bones.figures[figures[0]]
        name = words.replace("◇", "")
        stated = lexicon.matcher("check.subset.statement").search(words) and not _is_name(name)
        if kind is not None and quantity.dimension(figure.unit) != kind:
            continue
        if stated or len(name) > 2 * _NAME or not _is_count(figure):
            return
        kind = quantity.dimension(figure.unit)
        yield _Group(figure, name, figures[0])


def _is_name(words: str) -> bool:
    """Whether words with a verb in them are a name all the same (年中新增, 技能服务型)."""
    return len(words) <= _SHORT or lexicon.pattern("check.count.family.class").regex.search(words) is not None


def _whole(bones: Skeleton, before: int, part: Quantity) -> Quantity | None:
    """The count of the groups' kind right before the marker; or the only one in this sentence and the one before."""
    start = bones.string.rfind(_SENTENCE, 0, max(0, before - 1)) + 1
    if not bones.string[start:before].strip("，,"):
        start = bones.string.rfind(_SENTENCE, 0, max(0, start - 1)) + 1
    same = [at for at in bones.figures if start <= at < before and _same(bones.figures[at], part)]
    near = [at for at in same if before - at <= _BEFORE]
    if near:
        return bones.figures[max(near)]
    return bones.figures[same[0]] if len(same) == 1 else None


def _before_total(passage: Passage, bones: Skeleton) -> Iterator[_Split]:
    """甲8个、乙8个，合计15个: the groups stand before the whole."""
    for match in lexicon.pattern("check.count.total_behind").regex.finditer(bones.string):
        whole = bones.figures.get(match.start("whole"))
        groups = [
            _Group(bones.figures[at], name, at)
            for at, name in zip(match.starts("part"), match.captures("name"), strict=True)
            if at in bones.figures
        ]
        if whole is not None and _is_count(whole) and all(_same(group.figure, whole) for group in groups):
            yield _Split(passage, whole, tuple(groups), complete=True, partial=False)


def _in_course(passage: Passage, bones: Skeleton) -> Iterator[_Split]:
    """项目共15个，年初批复8个，年中增加8个: what was there at the start, and what came in the course of the year."""
    for match in bones.search(lexicon.pattern("check.skeleton.count.course").regex):
        whole, first, second = (match.figures[name] for name in ("whole", "first", "second"))
        if _same(first, whole) and _same(second, whole):
            groups = tuple(
                _Group(figure, name, match.match.start(group))
                for group, figure, name in (("first", first, "年初"), ("second", second, "年中增加"))
            )
            yield _Split(passage, whole, groups, complete=False, partial=False)


def _is_count(figure: Quantity) -> bool:
    return (quantity.dimension(figure.unit) or "").startswith("count")


def _same(one: Quantity, other: Quantity) -> bool:
    return _is_count(one) and quantity.dimension(one.unit) == quantity.dimension(other.unit)


def _above_alone(split: _Split) -> bool:
    """Whether one group alone is more than the whole, which another check tells."""
    whole = Number.of_quantity(split.whole)
    parts = [Number.of_quantity(group.figure) for group in split.groups]
    return whole is not None and any(part is not None and part.base > whole.base for part in parts)


# --- judging them -----------------------------------------------------------------------------------------------------


def _judge(split: _Split) -> Verdict:
    evaluation = split.passage.evaluation
    figures = (split.whole, *(group.figure for group in split.groups))
    cited = tuple(quoted(split.passage, figure.start, figure.end) for figure in figures)
    numbers = [number for figure in figures if (number := Number.of_quantity(figure)) is not None]
    names = {"whole": split.whole.raw, "count": len(split.groups)}
    if len(numbers) < len(figures) or any(number.approx for number in numbers):
        message = Message.of("“{whole}” or one of its {count} groups is no exact count", **names)
        return CHECK.uncheckable(evaluation, message, evidence=cited)
    whole, parts = numbers[0], numbers[1:]
    result = compare_sum(whole, parts)
    above = sum(part.base for part in parts) > whole.base
    if result.grade == "agrees":
        message = Message.of("The {count} groups of “{whole}” add up to it", **names)
        return CHECK.consistent(evaluation, message, evidence=cited, **result.figures)
    exclusive = _exclusive([group.name for group in split.groups])
    # Three groups or more that come this near are meant to be all of them.
    gap = whole.base - sum(part.base for part in parts)
    near = len(parts) > _PAIR and 0 < gap <= max(Fraction(2), whole.base / 20) and not split.partial
    if (not above and not near and (split.partial or not (split.complete or exclusive))) or (above and split.partial):
        message = Message.of("The {count} groups of “{whole}” may be some of several, or overlap", **names)
        return CHECK.uncheckable(evaluation, message, evidence=cited, formula=result.formula)
    # A group that is the whole itself may stand for it at another level: 指标15个，其中一级3个、二级8个、三级15个.
    sure = exclusive and (above or split.complete) and all(part.base != whole.base for part in parts)
    severity: Severity = lowered("error" if sure else "warning", whole, *parts)
    message = Message.of("The {count} groups of “{whole}” do not add up to it", **names)
    hint = hints.for_numbers(numbers, lambda n: n[0].base == sum(part.base for part in n[1:]))
    return CHECK.inconsistent(evaluation, message, severity, evidence=cited, hint=hint, **result.figures)


def _exclusive(names: Sequence[str]) -> bool:
    """Whether the names shut each other out: each of its own, and all of one family (新建, 续建; 甲县, 乙县)."""
    families = lexicon.family("check.count.family")
    return len(set(names)) == len(names) and any(all(f.regex.search(name) for name in names) for f in families)


CHECK = Check(id="count-of-projects", severity="error", run=run)
