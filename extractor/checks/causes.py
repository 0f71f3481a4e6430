"""Findings of one cause as one finding: which findings would go if one printed figure were what another one expects.

A wrong total breaks the sum of its parts, the rates that rest on it and every place that repeats it. Which findings
have the same cause is not guessed from the figures that they share but tried: where a finding says that a figure should
be another one (what it expects, or the one change that its hint names), the checks that look at the figure are run on
the report with that other figure, and where that contradicts places that repeat the figure, with all of them corrected.
Findings that are gone then have one cause, provided that no new one has come.

Besides, findings of one check have one cause where they rest on the same words (基本完成 behind four indicators) or on
the same figures but for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.checks import catalogue
from extractor.checks.corrected import Correction, Figure, Source, Span, corrected, written
from extractor.lexicon import Profile
from extractor.model import Report, Severity, Verdict
from extractor.wall import Wall

_RANK: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}
#: From this share of common places on, two findings of one check are the same finding before and after a correction.
_SAME = 0.5
#: So many corrections are tried at most; a report with more figures in doubt has worse troubles than their order.
_TRIED = 60
#: Checks whose verdict, where it holds, says that two places print the same thing.
_RESTATING = ("narrative-vs-annex", "narrative-vs-indicator-number", "total-restated")


def grouped(report: Report, verdicts: Sequence[Verdict], profile: Profile) -> list[Verdict]:
    """The verdicts in their order, `cause` filled in: the position of the finding that another one follows from."""
    found = _Findings(report, verdicts)
    causes = dict(_one_figure(found, profile))
    causes |= dict(_one_check(found, set(causes) | set(causes.values())))
    return [replace(verdict, cause=causes[i]) if i in causes else verdict for i, verdict in enumerate(verdicts)]


class _Findings:
    """The findings among a report's verdicts by position, and where each figure is compared."""

    def __init__(self, report: Report, verdicts: Sequence[Verdict]) -> None:
        self.report = report
        self.source = Source(report)
        self.verdicts = verdicts
        self.spans = {i: _spans(v) for i, v in enumerate(verdicts) if v.outcome == "inconsistent"}
        self.at: dict[Span, list[int]] = {}
        for i, spans in self.spans.items():
            for span in spans:
                self.at.setdefault(span, []).append(i)

        self._fields = {
            (place.start, place.end): field for one in report.indicators for field, place in one.places.items()
        }

    def copies(self, span: Span) -> tuple[Span, ...]:
        """A place and those that repeat its figure, as the checks have found."""
        figure = self.source.figure(*span)
        found = {span}
        for verdict in self.verdicts:
            if verdict.outcome == "consistent" and verdict.check_id in _RESTATING and span in (held := _spans(verdict)):
                found |= {other for other in held if self._repeats(span, other, figure)}
        return tuple(sorted(found))

    def _repeats(self, span: Span, other: Span, figure: Figure | None) -> bool:
        """Whether another place prints the same: the target of an indicator is no copy of its actual value."""
        again = self.source.figure(*other)
        fields = {self._fields[place] for place in (span, other) if place in self._fields}
        return figure is not None and again is not None and again.equals(figure) and len(fields) < 2

    def order(self, position: int) -> tuple[int, int]:
        """Where a finding stands among those of one cause: the worst first."""
        return _RANK[self.verdicts[position].severity], position

    def checks_at(self, spans: Iterable[Span]) -> list[str]:
        """The checks that compared the figure at one of these places with anything."""
        wanted = set(spans)
        ids = {v.check_id for v in self.verdicts if v.outcome != "uncheckable" and wanted & _spans(v)}
        return [id_ for id_ in catalogue.CHECKS if id_ in ids]


def _spans(verdict: Verdict) -> frozenset[Span]:
    return frozenset((item.place.start, item.place.end) for item in verdict.evidence)


# --- one wrong figure -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Proposal:
    """Another value for the figure at a place, and the findings that propose it."""

    span: Span
    value: Decimal
    by: tuple[int, ...]


def _one_figure(found: _Findings, profile: Profile) -> Iterator[tuple[int, int]]:
    """(finding, its cause): of the corrections that make several findings go, those that make most go."""
    solved = []
    for proposal in _proposals(found):
        gone = _gone_with_copies(found, proposal, profile)
        if len(gone) > 1 and gone & set(proposal.by):
            solved.append((proposal, gone))
    told: set[int] = set()
    for proposal, gone in sorted(solved, key=lambda one: (-len(one[1]), found.order(min(one[1], key=found.order)))):
        left = gone - told
        roots = [i for i in proposal.by if i in left]
        if not roots or len(left) < 2:
            continue
        root = min(roots, key=found.order)
        follows = [i for i in left if i != root and found.order(i)[0] >= found.order(root)[0]]
        told |= {root, *follows} if follows else set()
        yield from ((i, root) for i in follows)


def _proposals(found: _Findings) -> list[_Proposal]:
    """The corrections that findings propose for figures that several findings share, most wanted first."""
    wanted: dict[tuple[Span, Decimal], list[int]] = {}
    for i in found.spans:
        for change in _changes(found, i):
            wanted.setdefault(change, []).append(i)
    made = [_Proposal(span, value, tuple(dict.fromkeys(by))) for (span, value), by in wanted.items()]
    made.sort(key=lambda one: (-len(one.by), one.span))
    return made[:_TRIED]


def _changes(found: _Findings, position: int) -> Iterator[tuple[Span, Decimal]]:
    """What one finding says that its figures should be: each of two figures the other one, and what its hint names."""
    verdict = found.verdicts[position]
    expected, actual = written(verdict.expected), written(verdict.actual)
    pairs = [(actual, expected)]
    if expected is not None and not expected.bound:
        pairs.append((expected, actual))
    if verdict.hint is not None:
        pairs.append((written(verdict.hint.values.get("figure")), written(verdict.hint.values.get("value"))))
    for printed, meant in pairs:
        if printed is not None and meant is not None:
            yield from _at_places(found, position, printed, meant)


def _at_places(found: _Findings, position: int, printed: Figure, meant: Figure) -> Iterator[tuple[Span, Decimal]]:
    for span in sorted(found.spans[position]):
        if len(found.at[span]) < 2:
            continue
        figure = found.source.figure(*span)
        if figure is None or not figure.equals(printed):
            continue
        value = meant.in_unit(figure.unit)
        if value is not None and value != figure.value:
            yield span, _plain(value)


def _plain(value: Decimal) -> Decimal:
    """Without an exponent above zero: `1E+3` would print no figure."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() and abs(value) < 10**20 else value


def _gone_with_copies(found: _Findings, proposal: _Proposal, profile: Profile) -> set[int]:
    """The findings that go with the figure corrected at its place, else with it corrected wherever it is repeated."""
    gone = _gone(found, Correction((proposal.span,), proposal.value), profile)
    copies = found.copies(proposal.span) if not gone else ()
    return _gone(found, Correction(copies, proposal.value), profile) if len(copies) > 1 else gone


def _gone(found: _Findings, change: Correction, profile: Profile) -> set[int]:
    """The findings that the correction makes go; none where it makes a new one come."""
    checks = found.checks_at(change.spans)
    before = [i for i in found.spans if found.verdicts[i].check_id in checks]
    after: list[Verdict] = []
    with Wall() as wall:
        report = corrected(found.report, change)
        for check_id in checks:
            after += (v for v in catalogue.check(check_id).run(report, profile) if v.outcome == "inconsistent")
    if wall.error is not None or any(not any(_same(found.verdicts[i], v) for i in before) for v in after):
        return set()
    return {i for i in before if not any(_same(found.verdicts[i], v) for v in after)}


def _same(one: Verdict, other: Verdict) -> bool:
    if (one.check_id, one.evaluation) != (other.check_id, other.evaluation):
        return False
    a, b = _spans(one), _spans(other)
    return a == b or len(a & b) >= _SAME * len(a | b)


# --- one check, the same words or figures -----------------------------------------------------------------------------


def _one_check(found: _Findings, told: Iterable[int]) -> Iterator[tuple[int, int]]:
    """(finding, its cause) for findings of one check on the same words, or on the same figures but for one."""
    taken = set(told)
    left = sorted((i for i in found.spans if i not in taken), key=found.order)
    for n, root in enumerate(left):
        if root in taken:
            continue
        for i in left[n + 1 :]:
            if i not in taken and _alike(found, root, i):
                taken |= {root, i}
                yield i, root


def _alike(found: _Findings, one: int, other: int) -> bool:
    first, second = found.verdicts[one], found.verdicts[other]
    if first.check_id != second.check_id or first.evaluation != second.evaluation:
        return False
    a, b = found.spans[one], found.spans[other]
    common = a & b
    if len(common) > 1 and len(a ^ b) <= 2:
        return True
    return any(len(words := found.source.words(*span)) > 1 and not any(map(str.isdigit, words)) for span in common)
