"""What a sentence says of the indicators at large: of which evaluation and level, and in which clause. No check."""

from __future__ import annotations

from collections.abc import Sequence

from extractor import lexicon
from extractor.model import Indicator, Passage, Report

STOPS = "。;；!！?？\n"
_LEVELS = ("数量", "质量", "时效", "成本", "经济效益", "社会效益", "生态效益", "可持续影响", "满意度", "产出", "效益")


def evaluation_of(report: Report, passage: Passage) -> int | None:
    """The evaluation that the passage is about: the only one, where the passage says none."""
    if passage.evaluation is None and len(report.evaluations) == 1:
        return report.evaluations[0].seq
    return passage.evaluation


def clause(string: str, at: int) -> int:
    """Where the clause begins that holds the position."""
    return max(string.rfind(stop, 0, at) for stop in STOPS + ",，:：") + 1


def sentence(string: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence of the words from `start` to `end` begins and ends."""
    first = max(string.rfind(stop, 0, start) for stop in STOPS) + 1
    ends = [at for stop in STOPS if (at := string.find(stop, end)) >= 0]
    return first, min(ends, default=len(string))


def in_row(passage: Passage, start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the words stand in the sentence of an indicator (`spans`): they speak of that one alone."""
    span = passage.text.span(*sentence(passage.text.string, start, end))
    return any(begin < span.end and span.start < stop for begin, stop in spans)


def only_asked(string: str, start: int, end: int) -> bool:
    """Whether the words from `start` to `end` ask for what follows or plan it, and do not say that it is so."""
    return lexicon.matcher("check.claim.future").search(string[start:end]) is not None


def levels(words: str) -> tuple[str, ...]:
    """The kinds of indicators that words are restricted to (数量、质量指标均已完成)."""
    return tuple(level for level in _LEVELS if f"{level}指标" in words or f"{level}、" in words)


def of_levels(indicators: Sequence[Indicator], wanted: Sequence[str]) -> list[Indicator]:
    """The indicators of these kinds; all of them where none is named."""
    if not wanted:
        return list(indicators)
    return [one for one in indicators if any(level in f"{one.level1 or ''}{one.level2 or ''}" for level in wanted)]
