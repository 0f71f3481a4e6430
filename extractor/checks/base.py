"""What every check shares: its shape, evidence from facts, and how a verdict is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import TypeVar

from extractor import lexicon
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import (
    Amount,
    DocNumber,
    Evidence,
    Fund,
    Head,
    Indicator,
    Passage,
    Place,
    Rate,
    Report,
    Severity,
    Verdict,
)

Run = Callable[[Report, Profile], Iterator[Verdict]]
_T = TypeVar("_T")
#: Answers about so many reports are kept: the one that is checked, and the one that `causes` has corrected.
_REPORTS = 2


def once_a_report(function: Callable[[Report], _T]) -> Callable[[Report], _T]:
    """Answer a question about a report once: twenty checks ask the same."""
    answers: list[tuple[Report, _T]] = []
    lexicon.forget_with_patterns(answers.clear)

    @wraps(function)
    def answered(report: Report) -> _T:
        for known, answer in answers:
            if known is report:
                return answer
        answer = function(report)
        answers.insert(0, (report, answer))
        del answers[_REPORTS:]
        return answer

    return answered


_TABLES: dict[type, str] = {
    Amount: "amounts",
    DocNumber: "doc_numbers",
    Fund: "funds",
    Indicator: "indicators",
    Passage: "passages",
    Rate: "rates",
}


@dataclass(frozen=True, slots=True)
class Check:
    """A check: `severity` is that of its worst finding; a verdict may lower it."""

    id: str
    severity: Severity
    run: Run

    def consistent(self, evaluation: int | None, message: Message, **figures: object) -> Verdict:
        """A verdict that the figures agree. `figures`: the remaining fields of `Verdict`."""
        return Verdict(self.id, evaluation, "consistent", "note", message, **figures)  # type: ignore[arg-type]

    def inconsistent(
        self, evaluation: int | None, message: Message, severity: Severity | None = None, **figures: object
    ) -> Verdict:
        """A finding; `severity` is the check's own unless given."""
        return Verdict(self.id, evaluation, "inconsistent", severity or self.severity, message, **figures)  # type: ignore[arg-type]

    def uncheckable(self, evaluation: int | None, message: Message, **figures: object) -> Verdict:
        """A verdict that the figures cannot be compared; `message` says why."""
        return Verdict(self.id, evaluation, "uncheckable", "note", message, **figures)  # type: ignore[arg-type]


def evidence(
    fact: Fund | Amount | Rate | Indicator | DocNumber, quote: str | None = None, part: str | None = None
) -> Evidence:
    """The fact as evidence; `part` names one field of it that has its own place ('target', 'actual' …)."""
    place: Place = fact.place
    if part is not None and isinstance(fact, Indicator):
        place = fact.places.get(part, fact.place)
    words = quote if quote is not None else (fact.name if isinstance(fact, Indicator) else fact.raw)
    return Evidence(_TABLES[type(fact)], fact.seq, place, words)


def head_evidence(head: Head, field: str, quote: str) -> tuple[Evidence, ...]:
    """A field of the head as evidence ('title', 'doc_number', 'issued_on'); nothing where its place is unknown."""
    place = head.places.get(field)
    return (Evidence("documents", 0, place, quote),) if place is not None and quote else ()


def quoted(passage: Passage, start: int, end: int, around: int = 12) -> Evidence:
    """Words of a passage as evidence: the characters from `start` to `end`, with a few around them in the quote."""
    string = passage.text.string
    quote = string[max(0, start - around) : end + around]
    return Evidence("passages", passage.seq, passage.place(start, end), quote)
