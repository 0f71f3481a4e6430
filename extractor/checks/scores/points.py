"""The points that one evaluation prints: rows with weights and scores, the execution row, totals. No check itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from extractor import lexicon
from extractor.checks import rounding
from extractor.checks.arithmetic import grouped
from extractor.checks.base import evidence
from extractor.checks.indicators.sides import Sides
from extractor.checks.naming import plain
from extractor.model import Evaluation, Evidence, Fund, Indicator, Report, Weight

#: Gaps that may have swallowed points: with one of them a sum that differs proves nothing.
_LOSSES = frozenset({"unread_number", "unread_indicator", "unread_table", "garbled_page", "scanned_page"})


@dataclass(slots=True)
class Sheet:
    """One evaluation's points. `rows` are those of the table; those of the running text where no table has any.

    `execution` is the row of the fund block that carries the points of the execution rate. `lossy` says that something
    of the file could not be read, `rounded` that the report declares its sums to be rounded.
    """

    evaluation: int | None
    rows: list[Indicator] = field(default_factory=list)
    execution: Fund | None = None
    totals: list[Weight] = field(default_factory=list)
    levels: list[Weight] = field(default_factory=list)
    lossy: bool = False
    rounded: bool = False

    @property
    def scored(self) -> list[Indicator]:
        """The rows that print a score."""
        return [row for row in self.rows if row.score is not None]

    @property
    def weighted(self) -> list[Indicator]:
        """The rows that print a weight."""
        return [row for row in self.rows if row.max_score is not None]

    @property
    def whole(self) -> bool:
        """Whether all scores are whole numbers, so that each may have been rounded to one."""
        scores = [row.score for row in self.scored]
        if self.execution is not None:
            scores.append(self.execution.score)
        return all(score is None or score == score.to_integral_value() for score in scores)


def lossy(report: Report) -> bool:
    """Whether something of the file could not be read, so that what is not there proves nothing."""
    return any(gap.kind in _LOSSES for gap in report.gaps)


def sheets(report: Report) -> Iterator[Sheet]:
    """The sheet of each evaluation that prints any points."""
    found: dict[int | None, Sheet] = {}
    unsure, rounded = lossy(report), rounding.declared(report)

    def sheet(evaluation: int | None) -> Sheet:
        return found.setdefault(evaluation, Sheet(evaluation, lossy=unsure, rounded=rounded))

    for row in report.indicators:
        if row.max_score is not None or row.score is not None:
            sheet(row.evaluation).rows.append(row)
    for own in found.values():
        # Rows of the form that print no points still belong to it: their points may stand in another row.
        tables = [row for row in own.rows if row.place.source == "table"]
        source = "table" if tables else "prose"
        own.rows = [r for r in report.indicators if r.evaluation == own.evaluation and r.place.source == source]
    for fund in report.funds:
        if fund.max_score is not None or fund.score is not None:
            _take_execution(sheet(fund.evaluation), fund)
    for weight in report.weights:
        own = sheet(weight.evaluation)
        (own.totals if weight.kind == "total" else own.levels).append(weight)
    for evaluation in report.evaluations:
        if evaluation.seq in found:
            _take_head(found[evaluation.seq], evaluation)
    yield from found.values()


def _take_head(sheet: Sheet, evaluation: Evaluation) -> None:
    """The total in the form's head (自评总分), where no row repeats it."""
    place = evaluation.places.get("total_score")
    if place is not None and all(total.score != evaluation.total_score for total in sheet.totals):
        seq = len(sheet.totals)
        sheet.totals.append(Weight(seq, evaluation.seq, "总分", "total", None, evaluation.total_score, place))


def _take_execution(sheet: Sheet, fund: Fund) -> None:
    """The total's row bears the points; parts that repeat them are not counted."""
    if sheet.execution is None or (sheet.execution.parent_seq is not None and fund.parent_seq is None):
        sheet.execution = fund


def execution_row(rows: Sequence[Indicator]) -> Indicator | None:
    """An indicator row that is the execution rate itself (预算执行率 under 成本 or 时效)."""
    return next((row for row in rows if lexicon.matcher("check.execution_row").search(row.name)), None)


def parents(rows: Sequence[Indicator]) -> set[int]:
    """seqs of rows whose weight is that of the rows right below them together: those are its parts."""
    found = set()
    for at, row in enumerate(rows):
        if row.max_score is None or row.max_score == 0:
            continue
        total = Decimal(0)
        for below in rows[at + 1 :]:
            if below.max_score is None or below.max_score >= row.max_score or below.level2 != row.level2:
                break
            total += below.max_score
            if total >= row.max_score:
                break
        if total == row.max_score:
            found.add(row.seq)
    return found


def counted(sheet: Sheet) -> list[Indicator]:
    """The rows to add up: without those that are split below them where that brings the weights nearer to 100."""
    above = parents(sheet.weighted)
    own = sheet.execution.max_score if sheet.execution is not None else None

    def gap(rows: Sequence[Indicator]) -> Decimal:
        return abs(100 - sum((row.max_score for row in rows if row.max_score is not None), own or Decimal(0)))

    low = [row for row in sheet.rows if row.seq not in above]
    return low if gap(low) < gap(sheet.rows) else list(sheet.rows)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading that prints a weight (产出指标(50分)); `weights` are its printed ones, usually one."""

    label: str
    kind: str
    weights: tuple[Weight, ...]
    rows: tuple[Indicator, ...]

    @property
    def printed(self) -> Decimal:
        """What the heading prints, once though it stands in each of its rows; of several headings the sum."""
        values = [weight.max_score for weight in self.weights if weight.max_score is not None]
        again = len(set(values)) == 1 and (len(values) >= len(self.rows) or self._within(values[0]))
        return values[0] if again else sum(values, Decimal(0))

    @property
    def values(self) -> list[Decimal]:
        """The weights of its rows."""
        return [row.max_score for row in self.rows if row.max_score is not None]

    @property
    def gap(self) -> Decimal:
        """The sum of the rows' weights less what is printed; 0 where their rounding explains it."""
        printed = self.printed
        return Decimal(0) if self._within(printed) else sum(self.values, Decimal(0)) - printed

    def _within(self, printed: Decimal) -> bool:
        slack = sum((Decimal(1).scaleb(-places(v)) / 2 for v in self.values if places(v) > 1), Decimal(0))
        return abs(sum(self.values, Decimal(0)) - printed) <= slack

    @property
    def whole(self) -> bool:
        """Whether every row of it prints a weight."""
        return bool(self.rows) and len(self.values) == len(self.rows)


def row_groups(sheet: Sheet) -> list[Group]:
    """The headings that print a weight, with their rows (those that are split below them left out)."""
    found: dict[tuple[str, str], list[Weight]] = {}
    for level in sheet.levels:
        label = "".join(level.label.split())
        if level.max_score is not None and label:
            found.setdefault((level.kind, label), []).append(level)
    rows = counted(sheet)
    made = []
    for (kind, label), weights in found.items():
        under = [row for row in rows if "".join((getattr(row, kind) or "").split()) == label]
        made.append(Group(label, kind, tuple(weights), tuple(under)))
    return made


@dataclass(frozen=True, slots=True)
class Points:
    """A score beside its weight."""

    score: Decimal
    weight: Decimal

    @property
    def full(self) -> bool:
        """Whether nothing was taken off."""
        return self.score == self.weight

    def band(self, least: Fraction) -> Fraction:
        """How far a recomputed score may be off: half a unit of the last printed place, and `least` at least."""
        half = Fraction(1, 2 * 10 ** places(self.score)) if places(self.score) else Fraction(0)
        return max(half, least)

    def against(self, share: Fraction, written: str, least: Fraction) -> dict[str, str]:
        """The fields of a verdict on score = weight × `share`, the share being `written` out."""
        value, band = Fraction(self.weight) * share, self.band(least)
        gap = abs(Fraction(self.score) - value)
        decimals = max(places(self.score), 2)
        sign = "=" if gap == 0 else "≈" if gap <= band else "≠"
        return {
            "formula": f"{shown(self.weight)} × {written} = {grouped(value, decimals)} {sign} {shown(self.score)}",
            "expected": grouped(value, decimals),
            "actual": shown(self.score),
            "difference": grouped(gap, decimals),
            "tolerance": grouped(band, 3),
        }

    @property
    def names(self) -> dict[str, str]:
        """Both as printed, for a message."""
        return {"score": shown(self.score), "weight": shown(self.weight)}


def same_figures(row: Indicator) -> bool:
    """Whether target and actual value are one printed date or figure (2021年12月底前): the target is met."""
    one, other = plain(row.target_raw or ""), plain(row.actual_raw or "")
    return one == other and any(character.isdigit() for character in one)


def scored_upwards(own: Points, sides: Sides) -> bool:
    """Whether a limit that was kept scores weight × actual ÷ target, as if more of it were better."""
    if not sides.inverse or sides.result() != "met" or not 0 < sides.actual.base < sides.target.base:
        return False
    share = sides.actual.base / sides.target.base
    gap = abs(Fraction(own.score) - Fraction(own.weight) * share)
    return not own.full and gap <= own.band(Fraction(1, 20))


def points(fact: Indicator | Fund) -> Points | None:
    """Score and weight of a row; None where one is not printed, or where the score is out of bounds (`score-cap`)."""
    if fact.score is None or not fact.max_score or not 0 <= fact.score <= fact.max_score:
        return None
    return Points(fact.score, fact.max_score)


def places(value: Decimal) -> int:
    """Printed decimal places."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def shown(value: Decimal) -> str:
    """`9.50`, as printed."""
    return f"{value:f}"


def added(values: Sequence[Decimal]) -> str:
    """`20 + 10 + 9.6 = 39.6`; runs of one value are written 5 × 10."""
    runs: list[tuple[Decimal, int]] = []
    for value in values:
        if runs and runs[-1][0] == value and places(runs[-1][0]) == places(value):
            runs[-1] = (value, runs[-1][1] + 1)
        else:
            runs.append((value, 1))
    terms = [shown(value) if times == 1 else f"{times} × {shown(value)}" for value, times in runs]
    return f"{' + '.join(terms)} = {shown(sum(values, Decimal(0)))}"


def weight_evidence(weight: Weight) -> Evidence:
    """A printed total or weight of a group: it belongs to the evaluation as a whole."""
    figures = [f"{value:f}" for value in (weight.max_score, weight.score) if value is not None]
    return Evidence("evaluations", weight.evaluation or 0, weight.place, " ".join((weight.label, *figures)))


def fund_evidence(fund: Fund) -> Evidence:
    """The row of the fund block with its points."""
    figures = [f"{value:f}" for value in (fund.max_score, fund.score) if value is not None]
    return evidence(fund, " ".join((fund.label, fund.raw, *figures)))


def row_evidence(row: Indicator, *parts: str) -> tuple[Evidence, ...]:
    """The named fields of a row (`score`, `max_score`, `target`, `actual`) as printed."""
    values = {"score": row.score, "max_score": row.max_score, "target": row.target_raw, "actual": row.actual_raw}
    return tuple(
        evidence(row, f"{value:f}" if isinstance(value, Decimal) else value, part)
        for part in parts
        if (value := values[part]) is not None
    )
