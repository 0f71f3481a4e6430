"""What stands behind an indicator's actual value: the rest of its sentence, and a ratio that the form prints there.

No check of its own. Ratios (完成率, 偏差率) are no field of an indicator: they follow from target and actual value.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import regex

from extractor import lexicon
from extractor.checks.arithmetic import Number
from extractor.checks.base import quoted
from extractor.checks.wording import Passages
from extractor.model import Evidence, Indicator, Passage, Place, Report
from extractor.text import Text

#: So far behind the value its sentence may go on.
_FAR = 160
#: So far before a form's first row its heads stand.
_HEADS = 1200
#: No cell that holds a ratio is longer, its separators included.
_CELL = 40
#: A ratio alone in a cell: `| 122.86% |`.
_ALONE = regex.compile(r"[\s|]*(?P<rate>[+-]?\d[\d,]*(?:\.\d+)?)\s*(?P<unit>%?)[\s|]*")


class Behind:
    """The words behind each indicator of a report."""

    def __init__(self, report: Report) -> None:
        self._passages = Passages.of(report)
        self._starts = sorted(one.place.start for one in report.indicators)

    def words(self, indicator: Indicator) -> tuple[Passage, int, int] | None:
        """The passage and its part behind the indicator's value, up to the next indicator."""
        place = indicator.places.get("actual") or indicator.places.get("status") or indicator.place
        passage = self._passages.at(place)
        if passage is None or place.source == "table":
            return None
        at = bisect_right(self._starts, place.start)
        stop = self._starts[at] if at < len(self._starts) else passage.text.span().end
        start = bisect_left(passage.text.origin, place.end)
        return passage, start, min(bisect_left(passage.text.origin, stop), start + _FAR)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio in percent that is printed beside an indicator, below zero behind 低 or 负; `points`: in 百分点."""

    indicator: Indicator
    rate: Number
    evidence: Evidence
    points: bool = False


def ratios(report: Report, kind: str) -> Iterator[Ratio]:
    """The ratios of one kind ('completion' or 'deviation') beside the report's indicators, in reading order."""
    behind = Behind(report)
    heads = _Heads(report)
    pattern = lexicon.pattern(f"check.ratio.{kind}").regex
    for indicator in report.indicators:
        found = _in_form(report, heads, indicator, kind) if indicator.place.source == "table" else None
        words = behind.words(indicator)
        if found is None and words is not None:
            found = _in_words(indicator, words, pattern)
        if found is not None:
            yield found


def _in_words(indicator: Indicator, words: tuple[Passage, int, int], pattern: regex.Pattern[str]) -> Ratio | None:
    passage, start, end = words
    match = pattern.search(passage.text.string, start, end)
    if match is None:
        return None
    less = any(match[name] for name in ("less", "below") if name in match.re.groupindex)
    rate = _number(("-" if less else "") + match["rate"])
    points = "points" in match.re.groupindex and match["points"] is not None
    return Ratio(indicator, rate, quoted(passage, match.start("rate"), match.end(), 0), points)


def _number(printed: str) -> Number:
    value = Decimal(printed.replace(",", ""))
    return Number(value, max(0, -int(value.as_tuple().exponent)), "%")


class _Heads:
    """The source text, and which kinds of ratios the form before a row has a column for."""

    def __init__(self, report: Report) -> None:
        self.text = "\f".join(text for _, text in report.pages)
        first: dict[int | None, int] = {}
        for row in report.indicators:
            if row.place.source == "table":
                first[row.evaluation] = min(first.get(row.evaluation, row.place.start), row.place.start)
        self._kinds = {evaluation: self._before(start) for evaluation, start in first.items()}

    def _before(self, start: int) -> set[str]:
        words = "".join(self.text[max(0, start - _HEADS) : start].split())
        kinds = ("completion", "deviation")
        return {kind for kind in kinds if lexicon.pattern(f"check.ratio.head.{kind}").regex.search(words)}

    def only(self, evaluation: int | None, kind: str) -> bool:
        """Whether the form has a column of this kind and of no other."""
        return self._kinds.get(evaluation) == {kind}


def _in_form(report: Report, heads: _Heads, row: Indicator, kind: str) -> Ratio | None:
    """The ratio in the cell behind the actual value, where nothing else stands there."""
    actual = row.places.get("actual")
    if actual is None or not heads.only(row.evaluation, kind):
        return None
    later = [place.start for place in row.places.values() if place.start >= actual.end]
    stop = min(later, default=actual.end + _CELL)
    cell = Text.of(heads.text[actual.end : stop]).fold(lexicon.folding()).string.partition("\n")[0]
    match = _ALONE.fullmatch(cell) if len(cell) <= _CELL else None
    if match is None or not (match["unit"] or later):
        return None
    place = Place(row.place.page, actual.end + match.start("rate"), actual.end + match.end("unit"), None, "table")
    return Ratio(row, _number(match["rate"]), Evidence("indicators", row.seq, place, match["rate"] + match["unit"]))
