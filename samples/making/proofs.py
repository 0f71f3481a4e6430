"""Does the arithmetic of a source hold? Each proof that fails is a sentence; the clean samples have none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from samples.making.facts import Facts, Indicator, Money, Rate, Weight


def failures(facts: Facts, marks: bool = True) -> list[str]:
    """All proofs that fail; `marks` false leaves out proofs about points."""
    found = [*_sums(facts.money), *_rates(facts.rates), *_spending(facts.money), *_claims(facts.indicators)]
    if marks:
        for evaluation in sorted({weight.evaluation for weight in facts.weights}):
            found += _points(facts, evaluation)
    return found


def _sums(money: list[Money]) -> Iterator[str]:
    parts: defaultdict[int, list[Money]] = defaultdict(list)
    for item in money:
        if item.parent is not None and not item.partial:
            parts[id(item.parent)].append(item)
    for total in money:
        own = parts.get(id(total))
        if own and sum(part.yuan for part in own) != total.yuan:
            yield f"sum: {' + '.join(part.raw for part in own)} ≠ {total.raw} ({total.label})"


def _rates(rates: list[Rate]) -> Iterator[str]:
    for rate in rates:
        if rate.part is None or rate.whole is None:
            continue
        exact = rate.part.yuan / rate.whole.yuan * 100
        if _rounded(exact, rate.value) != rate.value:
            yield f"rate: {rate.part.raw} / {rate.whole.raw} = {exact:.4f} ≠ {rate.raw} ({rate.name})"


def _spending(money: list[Money]) -> Iterator[str]:
    """No row of a form spends more than its budget."""
    rows: defaultdict[tuple[int, str], dict[str, Money]] = defaultdict(dict)
    for item in money:
        if item.column is not None:
            rows[item.evaluation, item.label][item.column] = item
    for row in rows.values():
        if {"budget", "spent"} <= row.keys() and row["spent"].yuan > row["budget"].yuan:
            yield f"spending: {row['spent'].raw} > {row['budget'].raw} ({row['spent'].label})"


def _claims(indicators: list[Indicator]) -> Iterator[str]:
    """What a sentence calls done has been reached."""
    for indicator in indicators:
        if indicator.status_raw in ("完成预期指标", "已完成") and indicator.met() is False:
            yield f"claim: {_values(indicator)} ({indicator.name})"


def _points(facts: Facts, evaluation: int) -> Iterator[str]:
    indicators = [row for row in facts.indicators if row.evaluation == evaluation and row.score is not None]
    rates = [rate for rate in facts.rates if rate.evaluation == evaluation and rate.part and rate.part.column]
    for row in indicators:
        yield from _row_points(row)
    totals = [weight for weight in facts.weights if weight.evaluation == evaluation and weight.kind == "total"]
    execution = facts.executions.get(evaluation)
    for total in totals:
        yield from _total_points(total, indicators, execution)
    if execution is not None and rates:
        most, score = execution
        exact = most * min(Decimal(1), rates[0].part.yuan / rates[0].whole.yuan)  # type: ignore[union-attr]
        if abs(exact - score) > Decimal("0.5") * _place(score):
            yield f"execution: {most} × {rates[0].raw} = {exact:.4f} ≠ {score}"
    for group in (weight for weight in facts.weights if weight.evaluation == evaluation and weight.kind == "level1"):
        own = sum(Decimal(row.max_score or 0) for row in indicators if row.level1 == group.label)
        if own != Decimal(group.max_score or 0):
            yield f"group: {own} ≠ {group.max_score} ({group.label})"


def _row_points(row: Indicator) -> Iterator[str]:
    score = Decimal(row.score or 0)
    if row.max_score is None:
        return
    most = Decimal(row.max_score)
    if score > most:
        yield f"points: {score} > {most} ({row.name})"
    met = row.met()
    if met is True and score != most:
        yield f"points: {score} of {most} though reached ({row.name})"
    if met is False and row.target is not None and row.actual is not None and score <= most:
        ratio = (row.actual.value or Decimal(0)) / (row.target.value or Decimal(1))
        exact = most * (1 / ratio if ratio > 1 else ratio)
        if abs(exact - score) > Decimal("0.05"):
            yield f"points: {score}, {exact:.3f} expected for {_values(row)} ({row.name})"


def _total_points(
    total: Weight, indicators: list[Indicator], execution: tuple[Decimal, Decimal] | None
) -> Iterator[str]:
    most, score = execution or (Decimal(0), Decimal(0))
    if total.max_score is not None:
        weights = sum((Decimal(row.max_score or 0) for row in indicators), most)
        if weights != Decimal(total.max_score):
            yield f"weights: {weights} ≠ {total.max_score}"
    if total.score is not None:
        scores = sum((Decimal(row.score or 0) for row in indicators), score)
        if scores != Decimal(total.score):
            yield f"total: {scores} ≠ {total.score}"


def _values(row: Indicator) -> str:
    return f"{row.target.raw if row.target else None} → {row.actual.raw if row.actual else None}"


def _place(number: Decimal) -> Decimal:
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _rounded(exact: Decimal, like: Decimal) -> Decimal:
    return exact.quantize(_place(like), ROUND_HALF_UP)
