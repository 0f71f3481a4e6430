"""What the words of a self-evaluation table stand for: heads, fields, row labels, levels, signs for an empty cell.

All functions take tight, folded strings in either script; they are compared in simplified characters (patterns of
`patterns/tables.toml`), while what is returned keeps the printed characters.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

import regex

from extractor import lexicon
from extractor.find.script import simplified
from extractor.text import Text

_P = ParamSpec("_P")
_R = TypeVar("_R")
#: So many answers of each question are kept: a form asks for the same words many times.
_KEPT = 8192


def memo(question: Callable[_P, _R]) -> Callable[_P, _R]:
    """Keeps a question's last answers, until a folder of patterns is added."""

    @lexicon.remembered
    def fresh() -> Callable[_P, _R]:
        return lru_cache(maxsize=_KEPT)(question)  # type: ignore[return-value]  # as in lexicon.remembered

    @wraps(question)
    def answer(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        return fresh()(*args, **kwargs)

    return answer


#: Concepts of the indicator block; the same heads 分值, 得分 and reason also stand over the fund block.
INDICATOR_CONCEPTS = frozenset({"level1", "level2", "name", "target", "actual", "max_score", "score", "reason"})
FUND_CONCEPTS = frozenset({"initial_budget", "budget", "received", "spent", "carryover"})


@dataclass(frozen=True, slots=True)
class Head:
    """The concept of a column's head; `later` heads give way to others of the concept."""

    concept: str
    alone: bool = False
    later: bool = False
    deepest: bool = False


@lexicon.remembered
def _heads(prefix: str) -> tuple[tuple[regex.Pattern[str], Head], ...]:
    """The patterns of `tables.column` or `tables.fund`, with the concepts that they stand for."""
    return tuple(
        (
            pattern.regex,
            Head(
                pattern.data["concept"],
                bool(pattern.data.get("alone")),
                bool(pattern.data.get("later")),
                bool(pattern.data.get("deepest")),
            ),
        )
        for pattern in lexicon.family(prefix)
    )


@lexicon.remembered
def heads() -> tuple[tuple[regex.Pattern[str], Head], ...]:
    """The patterns of all heads, those of the fund block first."""
    return (*_heads("tables.fund"), *_heads("tables.column"))


@lexicon.remembered
def _long_fund_heads() -> tuple[tuple[str, Head], ...]:
    """Usual heads of sums that are long enough to be known with one character misread."""
    found: list[tuple[str, Head]] = []
    for pattern, (_, head) in zip(lexicon.family("tables.fund"), _heads("tables.fund"), strict=True):
        found.extend((word, head) for word in pattern.yes if len(word) >= 5 and "(" not in word)
    return tuple(found)


def misread_fund_head(words: str) -> Head | None:
    """The head of sums that the words are but for one character."""
    for word, head in _long_fund_heads():
        if len(word) == len(words) and sum(a != b for a, b in zip(word, words, strict=True)) == 1:
            return head
    return None


def head_of(cell: str, block: str) -> Head | None:
    """The head that the whole cell is, in the block `column` (of indicators) or `fund`; None where it is none."""
    if not cell or len(cell) > 40:
        return None
    return _head_of(simplified(cell), block)


@memo
def _head_of(cell: str, block: str) -> Head | None:
    families = ("tables.column",) if block == "column" else ("tables.fund", "tables.column")
    for family in families:
        for expression, head in _heads(family):
            if expression.fullmatch(cell):
                return head
    return None


@lexicon.remembered
def _labels(prefix: str, key: str) -> tuple[tuple[regex.Pattern[str], str, bool], ...]:
    return tuple((p.regex, p.data[key], bool(p.data.get("alone"))) for p in lexicon.family(prefix))


@lexicon.remembered
def labels() -> tuple[tuple[regex.Pattern[str], str, str, bool], ...]:
    """The patterns of all labels: expression, kind (`field` or `block`), name, and whether only a whole cell counts."""
    fields = [(e, "field", name, alone) for e, name, alone in _labels("tables.field", "field")]
    return (*fields, *((e, "block", name, alone) for e, name, alone in _labels("tables.block", "block")))


def field_of(cell: str) -> str | None:
    """The field of the head (`subject`, `department` …) whose label the whole cell is."""
    if not cell or len(cell) > 30:
        return None
    cell = simplified(cell).rstrip(":")
    return next((field for e, field, _ in _labels("tables.field", "field") if e.fullmatch(cell)), None)


def block_of(cell: str) -> str | None:
    """The part of the form (`funds`, `goals`, `indicators`, `management`, `remarks`) that the whole cell opens."""
    if not cell or len(cell) > 30:
        return None
    cell = simplified(cell).rstrip(":")
    return next((block for e, block, _ in _labels("tables.block", "block") if e.fullmatch(cell)), None)


def is_total_row(cell: str) -> bool:
    """Whether the cell labels the row of the total (总分, 合计)."""
    return bool(lexicon.pattern("tables.row.total").regex.fullmatch(simplified(cell).rstrip(":")))


def is_fund_total(cell: str) -> bool:
    """Whether the cell labels the total row of the fund block."""
    return bool(lexicon.pattern("tables.fund_row.total").regex.fullmatch(simplified(cell).rstrip(":")))


def is_fund_part(cell: str) -> bool:
    """Whether the cell labels a part row of the fund block."""
    return bool(lexicon.pattern("tables.fund_row.part").regex.fullmatch(simplified(cell).rstrip(":")))


def fund_total_at(words: str, position: int, end: int) -> int:
    """Where the label of the fund block's total that begins at `position` ends; 0 where none begins there."""
    match = lexicon.pattern("tables.fund_row.total").regex.match(words, position, end)
    return match.end() if match else 0


def fund_part_at(words: str, position: int, end: int) -> int:
    """Where the label of a part row of the fund block that begins at `position` ends; 0 where none begins there."""
    match = lexicon.pattern("tables.fund_row.part").regex.match(words, position, end)
    return match.end() if match else 0


def is_source(cell: str) -> bool:
    """Whether the cell names a source of money as heads do, without the word for money: 中央, 省级, 自筹."""
    return bool(lexicon.pattern("tables.flat.source").regex.fullmatch(simplified(cell)))


def opens_parts(cell: str) -> bool:
    """Whether the label says 其中."""
    return bool(lexicon.pattern("tables.in_part").regex.match(cell))


@memo
def is_empty(cell: str) -> bool:
    """Whether the cell holds nothing: blank, a dash, a stroke, 无."""
    return bool(lexicon.pattern("tables.empty").regex.match(simplified(cell)))


@memo
def is_placeholder(name: str) -> bool:
    """Whether the name cell is one that the form left open (指标2:, ……)."""
    return bool(lexicon.pattern("tables.placeholder").regex.match(simplified(name)))


def of_one_row(label: Text, starts: Sequence[int], is_label: Callable[[str], bool]) -> Text:
    """The label of a row without that of the next one, where both stand on different pages of the source; the `starts`
    of its pages are given. A row of which only the label is printed looks like the rest of the one before the break.
    """
    for at in range(1, len(label)):
        turned = bisect_right(starts, label.origin[at - 1]) != bisect_right(starts, label.origin[at])
        if turned and is_label(label.string[at:].strip()):
            return label.slice(0, at).strip()
    return label


def ordinal(name: str) -> tuple[str | None, int]:
    """The number before an indicator's name and how many characters it takes: `指标1:检测数量` → ('1', 4)."""
    match = lexicon.pattern("tables.ordinal").regex.match(simplified(name))
    if match is None:
        return None, 0
    return match["ordinal"] or match["bracket"] or match["plain"], match.end()


def weight_mark(level: str) -> regex.Match[str] | None:
    """The points behind a level's name: `产出指标(50分)`."""
    return lexicon.pattern("tables.weight_mark").regex.search(level)


@memo
def is_level1(word: str) -> bool:
    """Whether the whole word is a known first level."""
    return bool(lexicon.pattern("tables.level1").regex.fullmatch(simplified(word)))


@memo
def is_level2(word: str) -> bool:
    """Whether the whole word is a known second level."""
    return bool(lexicon.pattern("tables.level2").regex.fullmatch(simplified(word)))


def level_at(words: str, position: int) -> tuple[int, str] | None:
    """Where the level that begins at `position` ends, and which of both it is; None where none begins there."""
    found = [
        (match.end(), kind)
        for kind in ("level1", "level2")
        if (match := lexicon.pattern(f"tables.{kind}").regex.match(words, position))
    ]
    return max(found, default=None)


def levels(words: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The known levels between two positions, longest first at each place: begin, end, which of both."""
    expressions = [(kind, lexicon.pattern(f"tables.{kind}").regex) for kind in ("level1", "level2")]
    found = [(m.start(), -m.end(), kind) for kind, e in expressions for m in e.finditer(words, start, end)]
    last = start
    for begin, stop, kind in sorted(found):
        if begin >= last:
            last = -stop
            yield begin, -stop, kind


def money_unit(words: str) -> str | None:
    """The unit of money that a title, a head or a block's label gives: 项目资金(万元) → 万元."""
    match = lexicon.pattern("tables.money_unit").regex.search(simplified(words))
    unit = next(filter(None, match.groups()), None) if match else None
    # Scans read 元 as 兀.
    return unit.replace("兀", "元") if unit else None


def year(words: str) -> int | None:
    """The evaluated year in a title; of several the first."""
    match = lexicon.pattern("tables.year").regex.search(words)
    return int(next(filter(None, match.groups()))) if match else None


def is_title(words: str) -> bool:
    """Whether the line is the title of a form."""
    return bool(lexicon.pattern("tables.title").regex.search(simplified(words)))


def grade(words: str) -> str | None:
    """The grade that a cell holds alone."""
    match = lexicon.pattern("tables.grade").regex.match(words)
    return match["grade"] if match else None
