"""A count that is explained by what was taken off another one.

Compares: in one sentence, a count, the counts that are taken off it (不再重复支持, 扣除, 取消 …) and what is left; that
    stands behind (实际支持74个) or before a bracket with the explanation (74个(实际认定81个，其中…不再支持)).
Formula: whole - what is taken off = what is left.
Tolerance: none; counts are exact.
False alarms: figures of other things (units of another kind are not compared), a part that stands in the list without
    being taken off: if leaving one of them in gives the figure, it holds.
Example: 认定81家，其中4家、3家不再重复支持，实际支持77家: 81 - 4 - 3 = 74 ≠ 77.
Source: reports explain in this way why they supported fewer than were approved; the figures have to follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from extractor import lexicon, quantity
from extractor.checks import hints
from extractor.checks.arithmetic import Comparison, Number, compare_sum, lowered, step_down
from extractor.checks.base import Check, quoted
from extractor.checks.naming import pairs, plain
from extractor.checks.wording import Match, Skeleton, running, skeleton
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Passage, Quantity, Report, Verdict

ZH = """扣减后的数量。

核对内容：同一句中的总数、从中扣除的数（不再重复支持、扣除、取消等）和余下的数；余下的数写在其后（实际支持74个），
    或写在说明性括号之前（74个（实际认定81个，其中……不再支持））。
公式：总数 - 扣除的数 = 余下的数。
容差：无，计数为准确数。
易误报：所指不是同一事物（单位不同类的不比较）；列出而未扣除的数：保留其中某个数后吻合的，视为相符。
例：认定81家，其中4家、3家不再重复支持，实际支持77家：81 - 4 - 3 = 74 ≠ 77。
依据：报告常以此说明实际支持数少于认定数的原因，各数应当推得出来。
"""

_LESS = ("less1", "less2", "less3")
#: A count right behind one of these is taken off together with the count before it.
_JOINING = "中和及与、,，:"


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    words = lexicon.matcher("check.difference.taken_off")
    for passage in running(report):
        if not words.search(passage.text.string):
            continue
        bones = skeleton(passage.text.string)
        taken: set[int] = set()
        for pattern in lexicon.family("check.skeleton.difference"):
            for match in bones.search(pattern.regex):
                whole, rest = match.figures["whole"], match.figures["rest"]
                if whole.start not in taken and all(_same_kind(whole, f) for f in (rest, *_less(match))):
                    taken.add(whole.start)
                    # 扣除 takes off whatever is named behind it.
                    named = pattern.id.endswith(".deducted")
                    optional = [False] * len(_LESS) if named else _optional(bones, match)
                    yield _verdict(passage, match, optional, sure=_of_one_thing(bones, match))


def _optional(bones: Skeleton, match: Match) -> list[bool]:
    """For each count taken off, whether words of its own (新建5处、3处取消) leave it open if it was."""
    return [bones.string[match.match.start(name) - 1] not in _JOINING for name in _LESS if name in match.figures]


def _less(match: Match) -> list[Quantity]:
    return [match.figures[name] for name in _LESS if name in match.figures]


def _same_kind(one: Quantity, other: Quantity) -> bool:
    kinds = quantity.dimension(one.unit), quantity.dimension(other.unit)
    counts = all(kind is not None and kind.startswith("count.") for kind in kinds)
    return counts and (kinds[0] == kinds[1] or quantity.same_unit(one.unit, other.unit))


def _of_one_thing(bones: Skeleton, match: Match) -> bool:
    """Whether the words behind what is left name nothing that the words at the whole do not name."""
    whole, rest = (bones.beside(match.match.start(name)) for name in ("whole", "rest"))
    noun = pairs(plain(rest[1])) if len(plain(rest[1])) > 1 else None
    return noun is None or bool(noun & pairs(plain("|".join(whole))))


def _verdict(passage: Passage, match: Match, optional: Sequence[bool], sure: bool) -> Verdict:
    whole, less, rest = match.figures["whole"], _less(match), match.figures["rest"]
    figures = sorted((whole, *less, rest), key=lambda figure: figure.start)
    cited = tuple(quoted(passage, figure.start, figure.end, around=0) for figure in figures)
    numbers = [number for f in (rest, whole, *less) if (number := Number.of_quantity(f)) is not None]
    if len(numbers) < len(figures):
        message = Message.of("A count and what is taken off it are not all exact figures")
        return CHECK.uncheckable(passage.evaluation, message, evidence=cited)
    result = _best(numbers, optional)
    shown = {**result.figures, "evidence": cited}
    if result.grade == "agrees":
        message = Message.of("“{rest}” is what is left of “{whole}”", rest=rest.raw, whole=whole.raw)
        return CHECK.consistent(passage.evaluation, message, **shown)
    message = Message.of("“{rest}” is not what is left of “{whole}”", rest=rest.raw, whole=whole.raw)
    hint = hints.for_numbers(numbers, lambda n: n[0].base == n[1].base - sum(taken.base for taken in n[2:]))
    severity = lowered(CHECK.severity if sure else step_down(CHECK.severity), *numbers)
    return CHECK.inconsistent(passage.evaluation, message, severity, hint=hint, **shown)


def _best(numbers: Sequence[Number], optional: Sequence[bool]) -> Comparison:
    """All counts taken off, or the first choice of them that gives what is left."""
    rest, whole, *less = numbers
    ways = product(*((True, False) if may_stay else (True,) for _, may_stay in zip(less, optional, strict=False)))
    chosen = [[taken for taken, used in zip(less, way, strict=True) if used] for way in ways]
    results = [compare_sum(rest, [whole], less=taken) for taken in chosen if taken]
    return next((result for result in results if result.grade == "agrees"), results[0])


CHECK = Check(id="difference-explained", severity="error", run=run)
