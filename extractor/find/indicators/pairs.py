"""Target and actual in one sentence: 支持项目数量≥70个，全年实际完成86个，完成预期指标; 加工档案142万页，目标140万页.

Words between two values tell which is the actual one: 全年实际完成, 实际完成值为, 实际布防 stand before it, 目标值 or
(计划 behind it. A target may also be words behind 目标值为. What stands before the first value is the name; clauses
behind the second may claim that the target was met and give points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

import regex

from extractor.find.indicators.scopes import Sentence
from extractor.find.indicators.values import Range, Side, kind, values
from extractor.find.script import simplified
from extractor.find.status import read_status
from extractor.find.tables.values import Value, read_value
from extractor.lexicon import pattern
from extractor.model import Status

#: A comma between digits parts thousands and no clauses.
_COMMAS = regex.compile(r"(?<!\d),|,(?!\d)|，")
_STOPS = "，,；;。"
_PUNCTUATION = "，,、；;。 　)）"
_QUOTES = ("“", "”", '"')
_LONGEST_WORDS = 30
#: Words that compare a result with its target.
_FAR = ("高于", "低于", "超过", "超出", "高出", "较", "比")
#: A clause shorter than this is no name by itself: it goes with the clause before it.
_SHORTEST_NAME = 4
#: Signs that a sentence may hold a pair: cheap guard before the expressions.
_SIGNS = ("实际", "完成", "目标", "计划", "任务", "指标值", "调查")

Points = tuple[Range, Decimal]


@dataclass(frozen=True, slots=True)
class Pair:
    """One indicator of a sentence; positions are in the sentence's string, `end` is where all of it ends."""

    name: Range
    target: Side | None
    actual: Side | None
    end: int
    #: A claim may be words that state no grade (有所改善).
    status: tuple[Range, Status | None] | None = None
    max_score: Points | None = None
    score: Points | None = None


@dataclass(frozen=True, slots=True)
class _Mark:
    """Words that tell target from actual. `behind`: the target stands behind them, else the actual."""

    start: int
    end: int
    strong: bool
    behind: bool = False


def pairs(sentence: Sentence) -> Iterator[Pair]:
    """The indicators of a sentence that give an actual value beside their target, from left to right."""
    string = simplified(sentence.text.string)
    if not any(sign in string for sign in _SIGNS):
        return
    sides = values(string)
    floor = 0
    for mark in _marks(string, sides):
        if mark.start < floor:
            continue
        pair = _pair(sentence, string, sides, floor, mark)
        if pair is not None:
            yield pair
            floor = pair.end


def _marks(string: str, sides: list[Side]) -> list[_Mark]:
    found = [
        _Mark(match.start(), match.end(), True)
        for match in pattern("indicators.actual.strong").regex.finditer(string)
        if match.end() > match.start()
    ]
    for one, other in pairwise(sides):
        if any(mark.start < other.start and one.end < mark.end for mark in found):
            continue
        behind = pattern("indicators.target.behind").regex.fullmatch(string, one.end, other.start)
        weak = pattern("indicators.actual.weak").regex.search(string, one.end, other.start)
        if behind is not None and not _is_difference(string[one.end : other.start], one, other):
            found.append(_Mark(one.end, other.start, True, behind=True))
        elif weak is not None:
            found.append(_Mark(weak.start(), weak.end(), False))
    return sorted(found, key=lambda mark: mark.start)


def _is_difference(words: str, one: Side, other: Side) -> bool:
    """Whether the second figure only says how far the first is from the target (92.3%，高于目标值2.3个百分点)."""
    return any(word in words for word in _FAR) and kind(one) == "ratio" and kind(other) == "pct_point"


def _pair(sentence: Sentence, string: str, sides: list[Side], floor: int, mark: _Mark) -> Pair | None:
    if mark.behind:
        actual: Side | None = next(side for side in sides if side.end == mark.start)
        target: Side | None = next(side for side in sides if side.start == mark.end)
        name, end = (floor, actual.start if actual else floor), target.end if target else mark.end
    else:
        found = _actual(string, sides, mark)
        name, target = _target(string, sides, floor, mark)
        end = found.end if found is not None else mark.end
        actual = found
    name, most = _named(sentence, string, name)
    pair = Pair(name, target, actual, end, max_score=most)
    if name[1] - name[0] < 2 or not _is_indicator(sentence, string, pair, mark):
        return None
    return with_claims(string, pair)


def _actual(string: str, sides: list[Side], mark: _Mark) -> Side | None:
    """The value right behind the mark: a figure or a date, or words up to the next comma."""
    start = mark.end + (len(string[mark.end :]) - len(string[mark.end :].lstrip(" ")))
    for side in sides:
        inside = side.figure is not None and side.start < start <= side.figure.figure[0]
        if side.start == start or inside:
            at = (start, side.end)
            return replace(side, at=at, value=replace(side.value, raw=string[slice(*at)]))
    return _words(string, start, _stop(string, start))


def _words(string: str, start: int, end: int) -> Side | None:
    value = read_value(string[start:end]) if 0 < end - start <= _LONGEST_WORDS else None
    return Side((start, end), value) if value is not None else None


def _stop(string: str, start: int) -> int:
    return next((i for i in range(start, len(string)) if string[i] in _STOPS), len(string))


def _target(string: str, sides: list[Side], floor: int, mark: _Mark) -> tuple[Range, Side | None]:
    """The range of the name's words, and the target behind them."""
    words = string[floor : mark.start]
    cause = pattern("indicators.cause_between").regex.search(words)
    stop = floor + (cause.start() if cause is not None else len(words))
    end = floor + len(string[floor:stop].rstrip(_PUNCTUATION))
    # A bracket may belong to the unit: 16台（套）.
    side = next((s for s in sides if floor <= s.start and end <= s.end <= stop and not _words_in(string, end, s)), None)
    if side is not None:
        return (floor, _without_mark(string, floor, side.start)), side
    marks = list(pattern("indicators.target.words").regex.finditer(string, floor, end))
    worded = _words(string, marks[-1].end(), end) if marks else None
    if worded is not None:
        return (floor, marks[-1].start()), worded
    degree = pattern("indicators.degree").regex.search(string, floor, end)
    if degree is not None and degree.start() > floor:
        return (floor, degree.start()), Side(degree.span(), Value(degree[0]))
    return (floor, end), None


def _words_in(string: str, start: int, side: Side) -> bool:
    """Whether anything but punctuation stands between a position and the end of the value."""
    return bool(string[start : side.end].strip(_PUNCTUATION)) if side.end > start else False


def _without_mark(string: str, start: int, end: int) -> int:
    """Where the name ends before 年初目标值为."""
    match = pattern("indicators.target.mark").regex.search(string, start, end)
    return match.start() if match is not None else end


# --- names ------------------------------------------------------------------------------------------------------------


def _named(sentence: Sentence, string: str, name: Range) -> tuple[Range, Points | None]:
    """The name itself in the words before a value, and the points in brackets behind it."""
    if sentence.ordinal is None:
        name = _last_clause(string, name)
    weight = pattern("indicators.name.weight").regex.search(string, *name)
    if weight is not None:
        name = (name[0], weight.start())
    name = trimmed(string, name, keep_lead=sentence.ordinal is not None)
    return name, (weight.span("max"), Decimal(weight["max"])) if weight is not None else None


def _last_clause(string: str, name: Range) -> Range:
    """Only the clause before the value names it, unless it is too short to name anything."""
    start, end = name
    inner = string[start:end].rstrip(_PUNCTUATION.rstrip(")）"))
    commas = [match.end() for match in _COMMAS.finditer(inner)]
    for cut in reversed(commas):
        if len(inner) - cut >= _SHORTEST_NAME or inner[cut:].endswith(("满意度", "满意率")):
            return start + cut, start + len(inner)
    return start, start + len(inner)


def trimmed(string: str, name: Range, keep_lead: bool = False) -> Range:
    """The name without the words around it that only lead to it or to its value."""
    start, end = name
    inner = string[start:end]
    trail = pattern("indicators.name.trail").regex.search(inner)
    if trail is not None:
        inner = inner[: trail.start()]
    if keep_lead:
        lead = len(inner) - len(inner.lstrip(_PUNCTUATION))
    else:
        match = pattern("indicators.name.lead").regex.match(inner)
        lead = match.end() if match is not None else 0
    named = inner[lead:]
    if named[:1] in _QUOTES and named[-1:] in _QUOTES and not any(mark in named[1:-1] for mark in _QUOTES):
        return start + lead + 1, start + len(inner) - 1
    return start + lead, start + len(inner)


# --- what is an indicator ---------------------------------------------------------------------------------------------


def _is_indicator(sentence: Sentence, string: str, pair: Pair, mark: _Mark) -> bool:
    """Whether target and actual belong to one indicator and not to two sums or facts that only stand side by side."""
    target, actual = pair.target, pair.actual
    if target is None:
        return mark.strong and actual is not None and (sentence.ordinal is not None or sentence.listed)
    if sentence.ordinal is not None:
        return True
    if actual is None:
        return mark.strong and sentence.listed
    kinds = [kind(side) for side in (target, actual)]
    if "money" in kinds and not (sentence.listed or (mark.strong and target.value.operator is not None)):
        return False
    words = string[slice(*pair.name)]
    if pattern("indicators.name.none").regex.search(words):
        return False
    if "money" in kinds and target.value.operator is None and pattern("indicators.name.money").regex.search(words):
        return False
    return mark.strong or kinds[0] == kinds[1] or all(k in ("", "date") or k.startswith("count.") for k in kinds)


# --- claims behind the values -----------------------------------------------------------------------------------------


def with_claims(string: str, pair: Pair) -> Pair:
    """The pair with the claim and the points in the clauses behind its values."""
    at = pair.end
    while at < len(string):
        start = at + len(string[at:]) - len(string[at:].lstrip(_PUNCTUATION))
        stop = _stop(string, start)
        read = _claim(string, start, stop, pair)
        if read is None:
            break
        pair = replace(read, end=stop)
        at = stop
    return pair


def _claim(string: str, start: int, stop: int, pair: Pair) -> Pair | None:
    """The pair with what this clause says of it; None where it says nothing of it."""
    clause = string[start:stop]
    points = pattern("indicators.points").regex.match(clause)
    if points is not None:
        group = next(name for name in ("score", "scored", "max") if points[name])
        found = ((start + points.start(group), start + points.end(group)), Decimal(points[group]))
        return replace(pair, max_score=found) if group == "max" else replace(pair, score=found)
    if pair.status is not None or len(clause) > _LONGEST_WORDS:
        return None
    for cut in _claims_begin(clause):
        claim = read_status(clause[cut:])
        if claim is not None:
            return replace(pair, status=((start + cut, stop), claim))
    rate = pattern("indicators.completion").regex.match(clause)
    return pair if rate is not None else None


def _claims_begin(clause: str) -> Iterator[int]:
    """Where a claim can begin: at the start, or behind a cause (受疫情影响未完成预期指标)."""
    yield 0
    cause = pattern("indicators.cause").regex.match(clause)
    if cause is not None:
        yield cause.end()
