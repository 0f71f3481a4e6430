"""The values that indicators can have in running text: figures with their units, dates, and words of degree."""

from __future__ import annotations

from dataclasses import dataclass

from extractor import quantity
from extractor.find.tables.values import Value
from extractor.lexicon import pattern
from extractor.model import Quantity

#: Positions in a sentence's string, half-open.
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Side:
    """One value of an indicator: where it stands and what it says. `figure` is None for dates and words."""

    at: Range
    value: Value
    figure: Quantity | None = None

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.at[0]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.at[1]


def values(string: str) -> list[Side]:
    """All figures and dates of a sentence, from left to right."""
    found = [_of_figure(string, figure) for figure in quantity.scan(string) if not _in_name(string, figure)]
    for match in pattern("indicators.date").regex.finditer(string) if "月" in string or "年" in string else ():
        if not any(side.start < match.end() and match.start() < side.end for side in found):
            found.append(Side(match.span(), Value(match[0])))
    return sorted(found, key=lambda side: side.start)


def _of_figure(string: str, figure: Quantity) -> Side:
    """A figure as a value; a range keeps only its words."""
    at = (figure.start, figure.end)
    raw = string[slice(*at)]
    if figure.value is None or figure.high is not None:
        return Side(at, Value(raw), figure)
    return Side(at, Value(raw, figure.operator, figure.value, figure.unit or None), figure)


def _in_name(string: str, figure: Quantity) -> bool:
    """Whether the figure only tells which things are meant: 收入超10万元的村占比, 7岁以下儿童管理率."""
    behind = string[figure.end : figure.end + 1]
    kind = quantity.dimension(figure.unit) or ""
    return (behind == "的" and kind.startswith("money")) or (kind.startswith("age") and behind not in ("", *"，,；;。"))


def kind(side: Side) -> str:
    """The dimension of a value; 'date' for dates, '' where it is unknown."""
    return "date" if side.figure is None else quantity.dimension(side.figure.unit) or ""
