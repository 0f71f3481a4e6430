"""How many of a report's figures were compared with anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractor.model import Place, Report, Verdict

#: The fields of an indicator that hold a figure, by the name of their place.
_FIGURES = ("target", "actual", "max_score", "score")


def coverage(report: Report, verdicts: Iterable[Verdict]) -> tuple[int, int]:
    """(compared, all): figures of funds, rates and indicators that are evidence of a verdict that was reached."""
    compared = {
        (item.place.start, item.place.end)
        for verdict in verdicts
        if verdict.outcome != "uncheckable"
        for item in verdict.evidence
    }
    figures = {(place.start, place.end) for place in _figures(report)}
    bounds = sorted(compared)
    return sum(1 for figure in figures if _touched(figure, bounds)), len(figures)


def _figures(report: Report) -> Iterator[Place]:
    yield from (fund.place for fund in report.funds)
    yield from (rate.place for rate in report.rates)
    for indicator in report.indicators:
        values = {
            "target": indicator.target_value,
            "actual": indicator.actual_value,
            "max_score": indicator.max_score,
            "score": indicator.score,
        }
        for field in _FIGURES:
            place = indicator.places.get(field)
            if place is not None and values[field] is not None:
                yield place


def _touched(figure: tuple[int, int], evidence: list[tuple[int, int]]) -> bool:
    """Whether some evidence stands inside the figure's place or is exactly around it.

    Evidence that quotes a whole line does not count for each figure in it: it must lie within twice the figure's
    length.
    """
    start, end = figure
    width = 2 * (end - start)
    return any(s < end and start < e and e - s <= max(width, end - start) for s, e in evidence)
