"""What a form says, as it has to be read: the shapes that the layouts promise and the comparison works on."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from extractor import lexicon
from extractor.text import Text


def folded(printed: str) -> str:
    """Printed text as the program quotes it: folded, without layout white space."""
    return Text.of(printed).fold(lexicon.folding()).tight().string


@dataclass(frozen=True, slots=True)
class Value:
    """A target or a result: as printed, and what it says. `number` is None for words, terms and ranges."""

    printed: str = ""
    operator: str | None = None
    number: Decimal | None = None
    unit: str | None = None


NOTHING = Value()
#: What stands in a cell that holds nothing.
BLANKS = ("", "-", "—", "/")


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator as it has to be read."""

    level1: str | None
    level2: str | None
    name: str
    target: Value = NOTHING
    actual: Value = NOTHING
    max_score: Decimal | None = None
    score: Decimal | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of the fund block: the label of its row, its column, and the printed number."""

    label: str
    column: str
    value: Decimal
    unit: str


@dataclass(slots=True)
class Promise:
    """All that one form says."""

    rows: list[Row] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    #: subject, department, unit, fiscal_year, total_score, grade: only those that the form prints.
    fields: dict[str, str] = field(default_factory=dict)
