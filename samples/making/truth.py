"""Facts → what the program is expected to read, as plain JSON in the words of its tables."""

from __future__ import annotations

from typing import Any

from samples.making.facts import STATUS, Facts, Indicator, Money, Value
from samples.making.paper import Grid, Line
from samples.making.source import Sample

Json = dict[str, Any]


def expected(sample: Sample) -> Json:
    """All that the program is to read from one sample; numbers as text, exact."""
    facts = sample.facts
    return {
        "head": sample.data["head"],
        "evaluations": sample.evaluations,
        "doc_numbers": [
            {
                "raw": document.raw,
                "normalized": "{}〔{}〕{}号".format(*document.parts()),
                "agency_code": document.parts()[0],
                "year": document.parts()[1],
                "number": document.parts()[2],
                "role": document.role,
            }
            for document in facts.documents
        ],
        "funds": _funds(facts),
        "rates": [
            {"evaluation": rate.evaluation, "name": rate.name, "raw": rate.raw, "value": str(rate.value)}
            for rate in facts.rates
        ],
        "indicators": [_indicator(indicator) for indicator in facts.indicators],
        "weights": [
            {
                "evaluation": weight.evaluation,
                "label": weight.label,
                "kind": weight.kind,
                "max_score": weight.max_score,
                "score": weight.score,
            }
            for weight in facts.weights
        ],
        "gaps": sample.data.get("gaps", []),
    }


def printed(sample: Sample) -> Json:
    """What stands on the paper: paragraphs, and tables as rows of cells (a merged cell in every place it covers)."""
    paragraphs = [item.text for item in sample.items if isinstance(item, Line)]
    tables: list[list[Grid]] = []
    after_grid = False
    for item in sample.items:
        if isinstance(item, Grid):
            # Grids that touch each other are one table to the eye.
            if after_grid:
                tables[-1].append(item)
            else:
                tables.append([item])
        after_grid = isinstance(item, Grid)
    return {"paragraphs": paragraphs, "tables": [_rows(table) for table in tables]}


def _rows(grids: list[Grid]) -> list[str]:
    """The rows of touching grids; a column in which no cell begins is none to the eye."""
    begun = {column for grid in grids for row in grid.places() for column, cell in enumerate(row) if cell is not None}
    return [" | ".join(row[column] for column in sorted(begun)) for grid in grids for row in grid.texts()]


def _funds(facts: Facts) -> list[Json]:
    seqs = {id(money): seq for seq, money in enumerate(facts.money)}
    return [_fund(money, seqs) for money in facts.money]


def _fund(money: Money, seqs: dict[int, int]) -> Json:
    return {
        "evaluation": money.evaluation,
        "parent": seqs[id(money.parent)] if money.parent is not None else None,
        "label": money.label,
        "raw": money.raw,
        "yuan": format(money.yuan.normalize(), "f"),
        "role": money.role,
        "column": money.column,
        "partial": money.partial,
        "doc_numbers": list(money.documents),
    }


def _indicator(row: Indicator) -> Json:
    status = row.status_raw
    if status is None and row.actual is not None and row.actual.value is None and row.actual.raw in STATUS:
        status = row.actual.raw
    return {
        "evaluation": row.evaluation,
        "level1": row.level1,
        "level2": row.level2,
        "ordinal": row.ordinal,
        "name": row.name,
        "operator": row.target.operator if row.target else None,
        **_value("target", row.target),
        **_value("actual", row.actual),
        "status_raw": status,
        "status": STATUS[status] if status else None,
        "max_score": row.max_score,
        "score": row.score,
        "reason": row.reason,
    }


def _value(name: str, value: Value | None) -> Json:
    return {
        f"{name}_raw": value.raw if value else None,
        f"{name}_value": str(value.value) if value and value.value is not None else None,
        f"{name}_unit": value.unit if value else None,
    }
