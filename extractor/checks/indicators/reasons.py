"""Whether a report gives a reason for what one indicator reached. No check of its own.

A reason stands in the indicator's own row or sentence, in a sentence elsewhere that gives a cause and names the
indicator, or it is a general one: a cause for deviations at large that names none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from extractor import lexicon
from extractor.checks.base import quoted
from extractor.checks.indicators.behind import Behind
from extractor.checks.naming import core, groups, pairs, plain, repeated
from extractor.checks.wording import running
from extractor.model import Evidence, Indicator, Passage, Report

Kind = Literal["own", "named", "general"]

#: Share of the name's pairs of characters that a sentence must hold to be about the indicator.
_NAMED = 0.6
#: A sentence names also what it holds this much less of: two indicators in one sentence.
_AS_WELL = 0.1
#: A heading is no longer than this.
_HEADING = 160
#: So many sentences with a cause are looked at; a report has a handful.
_SENTENCES = 100


@dataclass(frozen=True, slots=True)
class Reason:
    """Where a reason stands; `evidence` is the sentence of the text, None for the indicator's own row."""

    kind: Kind
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class _Sentence:
    passage: Passage
    start: int
    end: int
    held: Counter[str]
    #: It stands among the reasons for deviations, or speaks of them itself.
    general: bool
    #: seqs of the indicators that it names.
    named: frozenset[int] = frozenset()

    @property
    def evidence(self) -> Evidence:
        return quoted(self.passage, self.start, self.end, 0)

    def naming(self, indicators: Sequence[Indicator]) -> frozenset[int]:
        """seqs of those that it names: of whose names it holds enough, and no other name much better."""
        near = [one for one in indicators if self._share(core(one.name)) >= _NAMED]
        shares = {one.seq: self._share(plain(one.name)) for one in near}
        least = max(shares.values(), default=0.0) - _AS_WELL
        return frozenset(seq for seq, share in shares.items() if share >= least)

    def _share(self, name: str) -> float:
        wanted = pairs(name)
        return (wanted & self.held).total() / wanted.total()


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of one evaluation's indicators: sentences that name some, the first general one, annexed rows."""

    sentences: tuple[_Sentence, ...]
    general: _Sentence | None
    rows: dict[int, Indicator]


class Reasons:
    """The reasons that a report gives for its indicators; the text is looked through when first asked for one."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._told: dict[int | None, _Told] = {}

    def of(self, indicator: Indicator) -> Reason | None:
        """The reason for one indicator (a row of the annexed table speaks for its sentence too), None without one."""
        told = self._of_evaluation(indicator.evaluation)
        row = told.rows.get(id(indicator))
        if given(indicator.reason) or self._in_sentence(indicator) or (row is not None and given(row.reason)):
            return Reason("own")
        for sentence in told.sentences:
            if indicator.seq in sentence.named:
                return Reason("named", sentence.evidence)
        return Reason("general", told.general.evidence) if told.general is not None else None

    @cached_property
    def _behind(self) -> Behind:
        return Behind(self._report)

    @cached_property
    def _indicators(self) -> dict[int | None, list[Indicator]]:
        return dict(groups(self._report))

    @cached_property
    def _sentences(self) -> dict[int | None, list[_Sentence]]:
        """The sentences that give a cause, by the evaluation of their passage."""
        found: dict[int | None, list[_Sentence]] = {}
        section = False
        for passage in running(self._report):
            string = passage.text.string
            if passage.level is not None and len(string) <= _HEADING:
                section = lexicon.pattern("check.reason.heading").regex.search(string) is not None
            held = found.setdefault(passage.evaluation, [])
            if len(held) < _SENTENCES:
                held.extend(_causes(passage, section))
        return found

    def _of_evaluation(self, evaluation: int | None) -> _Told:
        if evaluation not in self._told:
            indicators = self._indicators.get(evaluation, [])
            own = [
                *self._sentences.get(None, ()),
                *(self._sentences.get(evaluation, ()) if evaluation is not None else ()),
            ]
            own.sort(key=lambda sentence: (sentence.passage.seq, sentence.start))
            sentences = tuple(replace(one, named=one.naming(indicators)) for one in own)
            general = next((one for one in sentences if one.general and not one.named), None)
            rows = {id(pair.prose): pair.row for pair in repeated(indicators)}
            self._told[evaluation] = _Told(sentences, general, rows)
        return self._told[evaluation]

    def _in_sentence(self, indicator: Indicator) -> bool:
        """Whether the words behind the indicator's value, up to the next indicator, give a cause."""
        words = self._behind.words(indicator)
        if words is None:
            return False
        passage, start, end = words
        return lexicon.pattern("check.reason.cause").regex.search(passage.text.string, start, end) is not None


def _causes(passage: Passage, section: bool) -> Iterator[_Sentence]:
    """The sentences of a passage that give a cause, each with the words of the one before."""
    string = passage.text.string
    before = 0
    for start, end in _sentences(string):
        if lexicon.pattern("check.reason.cause").regex.search(string, start, end):
            window = string[before:end]
            general = section or lexicon.pattern("check.reason.gap").regex.search(window) is not None
            yield _Sentence(passage, start, end, pairs(plain(window)), general)
        before = start


def given(reason: str | None) -> bool:
    """Whether a cell for reasons says anything: 无 and a dash say that there is none."""
    words = (reason or "").strip(" 。.;；")
    return bool(words) and words not in lexicon.words("check.empty_reason")


def _sentences(string: str) -> Iterator[tuple[int, int]]:
    start = 0
    for at, character in enumerate(string):
        if character in "。;；!！?？":
            yield start, at
            start = at + 1
    if start < len(string):
        yield start, len(string)
