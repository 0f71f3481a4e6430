"""Target and actual in one sentence: 支持项目数量≥70个，全年实际完成86个，完成预期指标。

Between the two stand words for the actual value (全年实际完成, 实际完成值为). Before them stands the target: a
figure, or words behind 目标值为. What stands before the target is the name; clauses behind the actual may claim that
it was met and give its points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

import regex

from extractor import quantity
from extractor.find.indicator_scopes import Sentence
from extractor.find.script import simplified
from extractor.find.status import read_status
from extractor.find.table_values import Value, read_value
from extractor.lexicon import pattern
from extractor.model import Quantity, Status

_COMMAS = regex.compile(r"[,，]")
_PUNCTUATION = "，,、；;。 　"
_QUOTES = ("“", "”", '"')
_LONGEST_WORDS = 30
#: A clause shorter than this is no name by itself: it goes with the clause before it.
_SHORTEST_NAME = 4
#: Signs that a sentence may hold a pair: cheap guard before the expressions.
_SIGNS = ("实际", "完成", "實際")

#: Positions in the sentence's string, half-open.
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Side:
    """One value of an indicator: where it stands and what it says."""

    at: Range
    value: Value


@dataclass(frozen=True, slots=True)
class Pair:
    """One indicator of a sentence; positions are in the sentence's string."""

    name: Range
    target: Side | None
    actual: Side | None
    status: tuple[Range, Status] | None = None
    max_score: tuple[Range, Decimal] | None = None
    score: tuple[Range, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class _Mark:
    """Words that announce an actual value."""

    start: int
    end: int
    strong: bool


def pairs(sentence: Sentence) -> Iterator[Pair]:
    """The indicators of a sentence that give an actual value beside their target, from left to right."""
    string = simplified(sentence.text.string)
    if not any(sign in string for sign in _SIGNS):
        return
    figures = quantity.scan(string)
    floor = 0
    for mark in _marks(string, figures):
        if mark.start < floor:
            continue
        pair, end = _pair(sentence, string, figures, floor, mark)
        if pair is not None:
            yield pair
            floor = end


def _marks(string: str, figures: list[Quantity]) -> list[_Mark]:
    found = [
        _Mark(match.start(), match.end(), True)
        for match in pattern("indicators.actual.strong").regex.finditer(string)
        if match.end() > match.start()
    ]
    for one, other in pairwise(figures):
        match = pattern("indicators.actual.weak").regex.search(string, one.end, other.start)
        if match and not any(m.start < other.start and match.start() < m.end for m in found):
            found.append(_Mark(match.start(), match.end(), False))
    return sorted(found, key=lambda mark: mark.start)


def _pair(sentence: Sentence, string: str, figures: list[Quantity], floor: int, mark: _Mark) -> tuple[Pair | None, int]:
    actual = _actual(string, figures, mark)
    name, target = _target(string, figures, floor, mark)
    if sentence.ordinal is None:
        name = _last_clause(string, name)
    name = trimmed(string, name, keep_lead=sentence.ordinal is not None)
    pair = Pair(name, target, actual)
    if name[1] - name[0] < 2 or not _is_indicator(sentence, string, pair, mark):
        return None, floor
    return _with_claims(string, pair, actual.at[1] if actual is not None else mark.end)


def _actual(string: str, figures: list[Quantity], mark: _Mark) -> Side | None:
    """The value right behind the mark: a figure, or words up to the next comma."""
    start = mark.end + (len(string[mark.end :]) - len(string[mark.end :].lstrip(" ")))
    figure = next((f for f in figures if f.start == start or (f.start < start <= f.figure[0])), None)
    if figure is not None:
        return figure_side(string, (start, figure.end), figure)
    stop = next((i for i in range(start, len(string)) if string[i] in "，,；;。"), len(string))
    if not 0 < stop - start <= _LONGEST_WORDS:
        return None
    value = read_value(string[start:stop])
    return Side((start, stop), value) if value is not None else None


def figure_side(string: str, at: Range, figure: Quantity) -> Side:
    """A figure as the value of an indicator; a range keeps only its words."""
    raw = string[slice(*at)]
    if figure.value is None or figure.high is not None:
        return Side(at, Value(raw))
    return Side(at, Value(raw, figure.operator, figure.value, figure.unit or None))


def _target(string: str, figures: list[Quantity], floor: int, mark: _Mark) -> tuple[Range, Side | None]:
    """The range of the name's words, and the target behind them."""
    end = floor + len(string[floor : mark.start].rstrip(_PUNCTUATION))
    figure = next((f for f in figures if floor <= f.start and f.end == end), None)
    if figure is not None:
        name_end = _without_mark(string, floor, figure.start)
        return (floor, name_end), figure_side(string, (figure.start, figure.end), figure)
    words = list(pattern("indicators.target.words").regex.finditer(string, floor, end))
    if words and 0 < end - words[-1].end() <= _LONGEST_WORDS:
        at = (words[-1].end(), end)
        value = read_value(string[slice(*at)])
        if value is not None:
            return (floor, words[-1].start()), Side(at, value)
    return (floor, end), None


def _without_mark(string: str, start: int, end: int) -> int:
    """Where the name ends before 年初目标值为."""
    match = pattern("indicators.target.mark").regex.search(string, start, end)
    return match.start() if match is not None else end


def _last_clause(string: str, name: Range) -> Range:
    """Only the clause before the value names it, unless it is too short to name anything."""
    start, end = name
    inner = string[start:end].rstrip(_PUNCTUATION)
    commas = [match.end() for match in _COMMAS.finditer(inner)]
    for cut in reversed(commas):
        if len(inner) - cut >= _SHORTEST_NAME:
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


def _is_indicator(sentence: Sentence, string: str, pair: Pair, mark: _Mark) -> bool:
    """Whether target and actual belong to one indicator and not to two sums or facts that only stand side by side."""
    target, actual = pair.target, pair.actual
    if target is None:
        return mark.strong and actual is not None and (sentence.ordinal is not None or sentence.listed)
    if sentence.ordinal is not None:
        return True
    if actual is None:
        return mark.strong and sentence.listed
    one, other = target.value, actual.value
    if one.value is None or other.value is None:
        return mark.strong
    kinds = [quantity.dimension(value.unit or "") for value in (one, other)]
    if "money" in kinds and not (sentence.listed or (mark.strong and one.operator is not None)):
        return False
    words = string[slice(*pair.name)]
    if pattern("indicators.name.none").regex.search(words):
        return False
    if pattern("indicators.name.money").regex.search(words) and one.operator is None:
        return False
    alike = kinds[0] == kinds[1] or all(kind is None or kind.startswith("count.") for kind in kinds)
    return mark.strong or alike


def _with_claims(string: str, pair: Pair, end: int) -> tuple[Pair, int]:
    """The clauses behind the actual value that claim a status or give points, and where they end."""
    status, most, score = pair.status, pair.max_score, pair.score
    at = end
    while at < len(string):
        start = at + len(string[at:]) - len(string[at:].lstrip(_PUNCTUATION))
        stop = next((i for i in range(start, len(string)) if string[i] in "，,；;。"), len(string))
        clause = string[start:stop]
        points = pattern("indicators.points").regex.match(clause)
        claim = read_status(clause) if len(clause) <= _LONGEST_WORDS else None
        if points is not None:
            group = next(name for name in ("score", "scored", "max") if points[name])
            where = (start + points.start(group), start + points.end(group))
            if group == "max":
                most = (where, Decimal(points[group]))
            else:
                score = (where, Decimal(points[group]))
        elif claim is not None and status is None:
            status = ((start, stop), claim)
        else:
            break
        at = end = stop
    return Pair(pair.name, pair.target, pair.actual, status, most, score), end
