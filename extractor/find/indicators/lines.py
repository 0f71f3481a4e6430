"""Indicators in running text: lines with target and actual, lists of names with values, goals joined to their results.

What a text gives decides how far it is searched: where indicator lines have target and actual, or an annexed table has
the indicators, figures of the general narrative are no indicators of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from extractor import quantity
from extractor.find.indicators.lists import mentions
from extractor.find.indicators.pairs import Pair, pairs
from extractor.find.indicators.scopes import Sentence, sentences
from extractor.find.indicators.values import Range, Side
from extractor.find.likeness import shared_pairs
from extractor.find.outline import mark
from extractor.model import Document, Indicator, Passage, Place

#: From this share of common character pairs on, a goal and a result are of the same thing.
_ALIKE = 0.5


#: What is cut from a fund's name to get the words that indicators repeat, and from their rest.
_FUND = regex.compile(r"(?:专项|转移支付|补助)?(?:资金|经费|项目|专款)*$")
_FUND_HEAD = regex.compile(r"^(?:专项|转移支付)?(?:资金|经费|项目|专款)?的?")
_SHORTEST_SUBJECT = 6
#: So many lines with target and actual make a text a list of indicators, whose narrative adds none.
_FULL = 3
#: So many characters a list's mark takes at most.
_MARK = 4
_SHORTEST_NAME = 4


@dataclass(frozen=True, slots=True)
class _Line:
    """One indicator as found: the sentence of its name, and each value with the sentence that it stands in."""

    sentence: Sentence
    name: Range
    target: tuple[Sentence, Side] | None
    actual: tuple[Sentence, Side] | None
    claims: Pair
    claimed_in: Sentence
    listed: bool

    @property
    def words(self) -> str:
        """The name as printed."""
        return self.sentence.text.string[slice(*self.name)]

    @property
    def start(self) -> int:
        """Where the name stands in the source."""
        return self.sentence.text.span(*self.name).start


def find_indicators(
    document: Document, passages: Sequence[Passage], subject: str | None = None, in_tables: bool = False
) -> list[Indicator]:
    """The indicators of running text, `seq` from 0 in reading order.

    `subject` is the fund's name, which some reports repeat before each indicator's; `in_tables` says that tables have
    indicators too.
    """
    paired: list[_Line] = []
    others: list[_Line] = []
    for sentence in sentences(passages):
        found = list(pairs(sentence))
        paired += [_line(sentence, pair, listed=True) for pair in found]
        taken = [(pair.name[0], pair.end) for pair in found]
        others += [_line(sentence, pair, sentence.listed or bool(found)) for pair in mentions(sentence, taken)]
    full = sum(line.target is not None for line in paired)
    narrow = in_tables or full >= _FULL
    kept = [line for line in others if line.listed] if narrow else others
    lines = [*paired, *_joined([line for line in kept if line.listed or not _told_again(line, paired)])]
    core = _FUND.sub("", subject or "")
    lines = [_without_subject(line, core) for line in sorted(lines, key=lambda line: line.start)]
    return [_indicator(document, seq, line) for seq, line in enumerate(lines)]


def _without_subject(line: _Line, core: str) -> _Line:
    """The line with its own name, where the fund's name (without 专项资金 and the like) is repeated before it."""
    if len(core) < _SHORTEST_SUBJECT or not line.words.startswith(core):
        return line
    start = line.name[0] + len(core) + len(line.words[len(core) :]) - len(_FUND_HEAD.sub("", line.words[len(core) :]))
    return replace(line, name=(start, line.name[1])) if line.name[1] - start >= _SHORTEST_NAME else line


def _line(sentence: Sentence, pair: Pair, listed: bool) -> _Line:
    target = (sentence, pair.target) if pair.target is not None else None
    actual = (sentence, pair.actual) if pair.actual is not None else None
    return _Line(sentence, pair.name, target, actual, pair, sentence, listed)


# --- goals and results ------------------------------------------------------------------------------------------------


def _joined(lines: Iterable[_Line]) -> Iterator[_Line]:
    """Goals and results of the same thing as one line each, under the goal's name; what is told twice stands once."""
    goals: list[_Line] = []
    results: list[_Line] = []
    for line in lines:
        (goals if line.target is not None else results).append(line)
    goals = _once(goals)
    for result in _once(results):
        at = next((i for i, goal in enumerate(goals) if _same(goal, result)), None)
        if at is None:
            yield result
        else:
            goal = goals.pop(at)
            levels = result if result.sentence.level2 is not None else goal
            sentence = replace(goal.sentence, level1=levels.sentence.level1, level2=levels.sentence.level2)
            yield replace(result, sentence=sentence, name=goal.name, target=goal.target)
    yield from goals


def _once(lines: Sequence[_Line]) -> list[_Line]:
    """Without lines of the general narrative that a line below a heading of indicators tells again."""
    kept: list[_Line] = []
    for line in sorted(lines, key=lambda line: not line.listed):
        if line.listed or not any(_same_value(other, line) and _related(other, line) for other in kept):
            kept.append(line)
    return sorted(kept, key=lambda line: line.start)


def _told_again(line: _Line, paired: Sequence[_Line]) -> bool:
    """Whether a line with target and actual gives the figure too."""
    value = _value(line)
    return any(
        side is not None and value is not None and side[1].value.value == value.value.value and _related(line, other)
        for other in paired
        for side in (other.target, other.actual)
    )


def _same(goal: _Line, result: _Line) -> bool:
    one, other = goal.target, result.actual
    if one is None or other is None:
        return False
    if goal.words == result.words:
        return True
    if goal.sentence.passage is result.sentence.passage:
        return False  # one list names different things
    unit, second = (side[1].value.unit or "" for side in (one, other))
    if not (
        quantity.same_unit(unit, second) or unit == second or quantity.dimension(unit) == quantity.dimension(second)
    ):
        return False
    return shared_pairs(goal.words, result.words) >= _ALIKE or (
        _same_value(goal, result) and _telling(goal) and _related(goal, result)
    )


def _value(line: _Line) -> Side | None:
    pair = line.target or line.actual
    return pair[1] if pair is not None else None


def _same_value(one: _Line, other: _Line) -> bool:
    first, second = _value(one), _value(other)
    return first is not None and second is not None and first.value.value == second.value.value is not None


def _telling(line: _Line) -> bool:
    """Whether the figure is one that does not stand in a text twice by chance."""
    side = _value(line)
    return side is not None and side.value.value is not None and len(str(side.value.value).strip("0.")) >= 3


def _related(one: _Line, other: _Line) -> bool:
    return shared_pairs(one.words, other.words) > 0


# --- the fact ---------------------------------------------------------------------------------------------------------


def _indicator(document: Document, seq: int, line: _Line) -> Indicator:
    def place(sentence: Sentence, at: Range) -> Place:
        span = sentence.text.span(*at)
        return document.place(span.start, span.end)

    name = place(line.sentence, line.name)
    places = {"name": name}
    for key, side in (("target", line.target), ("actual", line.actual)):
        if side is not None:
            places[key] = place(side[0], side[1].at)
    claims = line.claims
    for key, found in (("status", claims.status), ("max_score", claims.max_score), ("score", claims.score)):
        if found is not None:
            places[key] = place(line.claimed_in, found[0])
    target, actual = (side[1].value if side is not None else None for side in (line.target, line.actual))
    printed = line.claimed_in.text.string
    return Indicator(
        seq,
        line.sentence.passage.evaluation,
        line.words,
        name,
        level1=line.sentence.level1,
        level2=line.sentence.level2,
        ordinal=line.sentence.ordinal or _list_number(line),
        operator=target.operator if target else None,
        target_raw=_raw(line.target),
        target_value=target.value if target else None,
        target_unit=target.unit if target else None,
        actual_raw=_raw(line.actual),
        actual_value=actual.value if actual else None,
        actual_unit=actual.unit if actual else None,
        status_raw=printed[slice(*claims.status[0])] if claims.status else None,
        status=claims.status[1] if claims.status else None,
        max_score=claims.max_score[1] if claims.max_score else None,
        score=claims.score[1] if claims.score else None,
        places=places,
    )


def _raw(value: tuple[Sentence, Side] | None) -> str | None:
    """The value as printed, in the script of the text."""
    return value[0].text.string[slice(*value[1].at)] if value is not None else None


def _list_number(line: _Line) -> str | None:
    """The number of a list item that is an indicator of its own (1. …，年初目标值≥90%): its name stands behind it."""
    passage = line.sentence.passage
    level, ordinal = mark(passage.text.string)
    return ordinal if level in (3, 4) and line.start <= passage.text.span().start + _MARK else None
