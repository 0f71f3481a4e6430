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

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.checks import catalogue, hints
from extractor.checks.corrected import Correction, Figure, Source, Span, corrected, written
from extractor.lexicon import Profile
from extractor.model import Report, Severity, Verdict
from extractor.wall import Wall

_RANK: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}
#: From this share of common places on, two findings of one check are the same finding before and after a correction.
_SAME = 0.5
#: So many corrections are tried at most for one evaluation, and fewer where many comparisons make its checks take long
#: (their number squared is bounded): a report with more figures in doubt has worse troubles than their order.
_TRIED, _WORK = 60, 1_500_000
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

        self._trials: dict[int | None, _Trial] = {}
        self._fields = {
            (place.start, place.end): field for one in report.indicators for field, place in one.places.items()
        }

    def trial(self, evaluation: int | None, profile: Profile) -> _Trial:
        """The evaluation to run checks on: the others of its file only take time."""
        if evaluation not in self._trials:
            self._trials[evaluation] = _Trial(_alone(self.report, evaluation), profile)
        return self._trials[evaluation]

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


def _alone(report: Report, evaluation: int | None) -> Report:
    """The report with this evaluation and what belongs to none; for None all of it."""
    if evaluation is None or len(report.evaluations) < 2:
        return report
    own = (evaluation, None)
    return replace(
        report,
        evaluations=tuple(one for one in report.evaluations if one.seq == evaluation),
        doc_numbers=tuple(one for one in report.doc_numbers if one.evaluation in own),
        rates=tuple(one for one in report.rates if one.evaluation in own),
        funds=tuple(one for one in report.funds if one.evaluation in own),
        indicators=tuple(one for one in report.indicators if one.evaluation in own),
        weights=tuple(one for one in report.weights if one.evaluation in own),
        passages=tuple(one for one in report.passages if one.evaluation in own),
    )


def _spans(verdict: Verdict) -> frozenset[Span]:
    return frozenset((item.place.start, item.place.end) for item in verdict.evidence)


# --- one wrong figure -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Proposal:
    """Another value for the figure at a place of an evaluation, and the findings that propose it."""

    evaluation: int | None
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
    wanted: dict[tuple[int | None, Span, Decimal], list[int]] = {}
    for i in found.spans:
        for span, value in _changes(found, i):
            wanted.setdefault((found.verdicts[i].evaluation, span, value), []).append(i)
    made = [_Proposal(*change, tuple(dict.fromkeys(by))) for change, by in wanted.items()]
    made.sort(key=lambda one: (-len(one.by), one.span))
    compared = Counter(verdict.evaluation for verdict in found.verdicts)
    left = {name: min(_TRIED, _WORK // number**2) for name, number in compared.items()}
    return [one for one in made if _taken(left, one.evaluation)]


def _taken(left: dict[int | None, int], evaluation: int | None) -> bool:
    """Whether one more correction may be tried for this evaluation."""
    left[evaluation] -= 1
    return left[evaluation] >= 0


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
    trial = found.trial(proposal.evaluation, profile)
    gone = _gone(found, trial, Correction((proposal.span,), proposal.value))
    copies = found.copies(proposal.span) if not gone else ()
    return _gone(found, trial, Correction(copies, proposal.value)) if len(copies) > 1 else gone


class _Trial:
    """The checks on one evaluation of a report, as it is printed and with another figure."""

    def __init__(self, report: Report, profile: Profile) -> None:
        self.report = report
        self._profile = profile
        self._printed: dict[str, list[Verdict]] = {}

    def printed(self, check_id: str) -> list[Verdict]:
        """The findings of a check on the evaluation as it is printed."""
        if check_id not in self._printed:
            self._printed[check_id] = self._run(check_id, self.report)
        return self._printed[check_id]

    def corrected(self, change: Correction, checks: Iterable[str]) -> list[Verdict]:
        """The findings of these checks with the other figure."""
        report = corrected(self.report, change)
        return [verdict for check_id in checks for verdict in self._run(check_id, report)]

    def _run(self, check_id: str, report: Report) -> list[Verdict]:
        with hints.without():
            return [v for v in catalogue.check(check_id).run(report, self._profile) if v.outcome == "inconsistent"]


def _gone(found: _Findings, trial: _Trial, change: Correction) -> set[int]:
    """The findings that the correction makes go; none where it makes a new one come."""
    checks = found.checks_at(change.spans)
    before: list[Verdict] = []
    after: list[Verdict] = []
    with Wall() as wall:
        before += (verdict for check_id in checks for verdict in trial.printed(check_id))
        after += trial.corrected(change, checks)
    if wall.error is not None or any(not any(_same(old, new) for old in before) for new in after):
        return set()
    left = [old for old in before if not any(_same(old, new) for new in after)]
    return {i for i in found.spans if any(_same(found.verdicts[i], old) for old in left)}


def _same(one: Verdict, other: Verdict) -> bool:
    if (one.check_id, one.evaluation) != (other.check_id, other.evaluation):
        return False
    a, b = _spans(one), _spans(other)
    return a == b or len(a & b) >= _SAME * len(a | b)


# --- one check, the same words or figures -----------------------------------------------------------------------------


def _one_check(found: _Findings, told: Iterable[int]) -> Iterator[tuple[int, int]]:
    """(finding, its cause) for findings of one check on the same words, or on the same figures but for one."""
    taken = set(told)
    of_check: dict[tuple[str, int | None], list[int]] = {}
    for i in sorted((i for i in found.spans if i not in taken), key=found.order):
        of_check.setdefault((found.verdicts[i].check_id, found.verdicts[i].evaluation), []).append(i)
    for left in of_check.values():
        claims = {i: frozenset(span for span in found.spans[i] if _is_claim(found, span)) for i in left}
        for n, root in enumerate(left):
            for i in left[n + 1 :] if root not in taken else ():
                if i not in taken and (claims[root] & claims[i] or _but_one(found.spans[root], found.spans[i])):
                    taken.add(i)
                    yield i, root


def _is_claim(found: _Findings, span: Span) -> bool:
    """Whether words stand there, and no figure."""
    words = found.source.words(*span)
    return len(words) > 1 and not any(map(str.isdigit, words))


def _but_one(one: frozenset[Span], other: frozenset[Span]) -> bool:
    """Whether two findings rest on the same figures but for one of each."""
    return len(one & other) > 1 and len(one ^ other) <= 2
