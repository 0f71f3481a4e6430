"""How well words fit a column of the indicator block: costs, 0 for what a column usually holds.

The costs are rules of thumb about these forms: a target has figures or a usual word, a name ends with one of few
words, points are small numbers. None looks at a report; where two readings cost the same, the row is not read.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

import regex

from extractor import lexicon, quantity
from extractor.find.status import read_status
from extractor.find.tables import words as table_words
from extractor.find.tables.values import Value, is_qualitative, operator_of, read_number, read_value

#: A value with figures is shorter than this.
_LONGEST_VALUE = 30
_POINTS = regex.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3})?)(?:分|%)?")
_FIGURE = regex.compile(r"\d|[一二两三四五六七八九十百千万亿]")
_LEADING_ZERO = regex.compile(r"[≥≤><=]*0\d")
_AGAIN = regex.compile(r"(\p{Han}{3,12}).{1,8}\1")
_LONGEST_NAME = 60
_COMMA = regex.compile(r"[,，]")
_SENTENCE = regex.compile(r"[。;；]")
_REPEATED = regex.compile(r"([\p{Han},，、]{2,40})\1")
_LETTERS = regex.compile(r"[\p{Han}A-Za-z]")
#: Nothing that costs so much is tried.
HOPELESS = 6.5


@lru_cache(maxsize=4096)
def points(words: str) -> Decimal | None:
    """The points that a cell gives; None where it gives none that a form could print."""
    match = _POINTS.fullmatch(words)
    if match is None or (words[0] == "0" and words[1:2].isdigit()):
        return None
    return Decimal(match["number"])


@table_words.memo
def value(words: str) -> Value | None:
    """The cell's value, where it has figures."""
    if len(words) > _LONGEST_VALUE or not _FIGURE.search(words):
        return None
    read = read_value(words)
    return read if read is not None and read.value is not None else None


def cost(concept: str, words: str) -> float:
    """The cost of these words (without white space, simplified) in a column of this concept."""
    if not words:
        return 0.0 if concept != "name" else HOPELESS
    return _COSTS[concept](words)


def _is(name: str, words: str) -> bool:
    return lexicon.pattern(f"tables.flat.{name}").regex.fullmatch(words) is not None


def unmarked(words: str) -> str:
    """A level without its points."""
    mark = table_words.weight_mark(words) if words.endswith((")", "分")) else None
    return words[: mark.start()] if mark else words


@table_words.memo
def is_worded(words: str) -> bool:
    """Whether the whole cell is a usual value in words."""
    return _is("worded", words)


def is_partly_worded(words: str) -> bool:
    """Whether a usual value stands at the beginning or at the end of the words."""
    expression = lexicon.pattern("tables.flat.worded").regex
    return expression.match(words) is not None or any(m.end() == len(words) for m in expression.finditer(words))


def ends_worded(words: str) -> bool:
    """Whether a usual value stands at the end of words that do not end like a name."""
    found = lexicon.pattern("tables.flat.worded").regex.finditer(words)
    return not ends_like_name(words) and any(m.end() == len(words) and m.start() for m in found)


def is_date(words: str) -> bool:
    """Whether the whole cell is a date or a term."""
    return bool(_FIGURE.search(words) or "年" in words or "月" in words) and _is("date", words)


@table_words.memo
def ends_like_name(words: str) -> bool:
    """Whether the words end as names of indicators do."""
    expression = lexicon.pattern("tables.flat.name_end").regex
    return any(match.end() == len(words) for match in expression.finditer(words, max(0, len(words) - 5)))


def has_ordinal(words: str) -> bool:
    """Whether the words begin with the number that a form prints before names."""
    return bool(lexicon.pattern("tables.flat.ordinal").regex.match(words))


def begins_with_level(words: str) -> bool:
    """Whether the words are a level, or one of the newer frame (数量指标 …) stands at their beginning."""
    level = table_words.level_at(words, 0)
    return level is not None and (level[0] == len(unmarked(words)) or words[: level[0]].endswith("指标"))


# --- values -----------------------------------------------------------------------------------------------------------


def _target(words: str) -> float:
    base = _value(words)
    return base - 0.3 if words[0] in "≥≤><=" else base


def _actual(words: str) -> float:
    base = _value(words)
    return base + 0.5 if words[0] in "≥≤><=" else base


def _value(words: str) -> float:
    if table_words.is_empty(words):
        return 0.5
    read = value(words)
    if read is not None:
        spoilt = 3.0 if _LEADING_ZERO.match(words) and words not in ("00", "0") else 0.0
        return spoilt + (0.0 if read.unit or read.operator else 0.35)
    if is_date(words):
        return 0.1
    if is_worded(words):
        return 0.3
    return _worded_value(words)


def _worded_value(words: str) -> float:
    if operator_of(words) or not _LETTERS.search(words):
        return HOPELESS
    total = 1.5 if len(words) <= 16 else 2.0 if len(words) <= 40 else 3.0
    total += 2.5 if len(words) == 1 else 0.0
    total += 0.8 if ends_like_name(words) else 0.0
    total -= 0.4 if is_partly_worded(words) else 0.0
    total += 1.2 if _REPEATED.search(words) else 0.0
    total += 0.4 if _SENTENCE.search(words) else 0.0
    total += 3.0 if has_ordinal(words) else 0.0
    total += 5.0 if begins_with_level(words) or is_placeholder(words) else 0.0
    total += 1.0 if words[0].isdigit() or words[0] in "一-—" else 0.0
    total += 2.0 if words[-1].isdigit() else 0.0
    return total


def is_placeholder(words: str) -> bool:
    """Whether these words are a row that the form left open (指标2:, ……), not a mere stroke."""
    return table_words.is_placeholder(words) and not (table_words.is_empty(words) and "…" not in words)


# --- names and levels -------------------------------------------------------------------------------------------------


def _name(words: str) -> float:
    if is_placeholder(words):
        return 0.0
    ordinal = has_ordinal(words)
    if not _LETTERS.search(unmarked(words)) or (not ordinal and value(words) is not None):
        return HOPELESS + 1
    total = _length(len(words)) - (0.8 if ordinal else 0.0) - (0.3 if words[0] in "★▲*" else 0.0)
    total -= 0.3 if ends_like_name(lexicon.pattern("tables.flat.mark").regex.sub("", words)) else 0.0
    total += 1.5 if is_worded(words) else 0.7 if ends_worded(words) else 0.0
    total += 4.0 if is_date(words) else 0.0
    total += _level_cost(words) + (3.0 if lexicon.pattern("tables.flat.mark").regex.match(words) else 0.0)
    total += 1.0 if _SENTENCE.search(words) else 0.6 if _COMMA.search(words) else 0.0
    total += 3.0 if any(sign in words for sign in "≥≤") else 0.0
    total += 1.0 if words[0].isdigit() and not table_words.ordinal(words)[1] else 0.0
    total += 0.8 if words[-1].isdigit() or words[-1] == "%" else 0.0
    total += 4.0 if lexicon.pattern("tables.flat.total").regex.match(words) else 0.0
    return total


def _length(count: int) -> float:
    return 3.0 if count == 1 else 0.3 if count <= 30 else 1.3 if count <= 60 else 4.0


def _level_cost(words: str) -> float:
    level = table_words.level_at(words, 0)
    if level is None:
        return 0.0
    newer = words[: level[0]].endswith("指标")
    if level[0] == len(words):
        return 3.0 if newer else 0.8
    if not newer:
        return 0.3
    return 1.2 if level[1] == "level2" else 2.0


def level(kind: str, words: str, headed: bool) -> float:
    """The cost of the words as a level; unknown levels are believed where the form has a column for them."""
    named = unmarked(words)
    if not named:
        return 0.3 if kind == "level1" else 1.5
    own = table_words.is_level1(named) if kind == "level1" else table_words.is_level2(named)
    if own:
        return -0.3
    other = table_words.is_level2(named) if kind == "level1" else table_words.is_level1(named)
    if other:
        return 1.0 if kind == "level1" else 2.0 if named.endswith("指标") else 1.2
    if not headed or not (2 <= len(named) <= 16) or any(c.isdigit() or c in "≥≤=,。;:" for c in named):
        return HOPELESS
    if begins_with_level(named) or is_worded(named):
        return HOPELESS
    return 0.9 if named != words or named.endswith("指标") else 2.4


# --- points and the rest ----------------------------------------------------------------------------------------------


def _max_score(words: str) -> float:
    if table_words.is_empty(words):
        return 0.6
    number = points(words)
    if number is None:
        return 1.4 if _is("scan_points", words) else HOPELESS
    if number > 100:
        return HOPELESS
    return (1.0 if number > 60 else 0.0) + (1.0 if number == 0 else 0.0) + (0.5 if number % Decimal("0.5") else 0.0)


def _score(words: str) -> float:
    if table_words.is_empty(words):
        return 0.6
    number = points(words)
    if number is None:
        return 1.4 if _is("scan_points", words) else HOPELESS
    return HOPELESS if number > 120 else 0.3 if number == 0 else 0.0


def _reason(words: str) -> float:
    if table_words.is_empty(words):
        return 0.3
    if not _LETTERS.search(words):
        return 1.5 if words == "0" else HOPELESS
    total = 1.4 if len(words) <= 60 else 1.8
    total += 0.6 if len(words) < 4 else 0.0
    total -= 1.0 if lexicon.pattern("tables.flat.reason").regex.search(words) else 0.0
    total += 0.7 if ends_like_name(words) else 0.0
    total += 5.0 if begins_with_level(words) or is_placeholder(words) or has_ordinal(words) else 0.0
    total += 4.0 if value(words) is not None else 0.0
    return total + (0.5 if is_worded(words) else 0.0)


def reads_like_reason(words: str) -> bool:
    """Whether words that stand for a name read like a reason."""
    return any(sign in words for sign in "，,。;；") or bool(lexicon.pattern("tables.flat.reason").regex.search(words))


def repeats(words: str) -> bool:
    """Whether the same words stand twice: the border of two cells is between them."""
    return _REPEATED.search(words) is not None or _AGAIN.search(words[:_LONGEST_NAME]) is not None


def _explanation(words: str) -> float:
    if table_words.is_empty(words):
        return 0.3
    if len(words) < 4 or value(words) is not None or begins_with_level(words) or has_ordinal(words):
        return HOPELESS
    return 0.7


def _status(words: str) -> float:
    if table_words.is_empty(words):
        return 0.4
    if read_status(words) is not None:
        return 0.0
    return 2.0 if _LETTERS.match(words) and len(words) <= 12 and not begins_with_level(words) else HOPELESS


def _number(words: str) -> float:
    if table_words.is_empty(words):
        return 0.4
    return 0.2 if read_number(words.rstrip("%分")) is not None else HOPELESS


def _unknown(words: str) -> float:
    """A column whose head is not known may hold anything but a level."""
    if table_words.is_empty(words):
        return 0.4
    if begins_with_level(words) or has_ordinal(words) or is_placeholder(words):
        return HOPELESS
    return 0.4 if value(words) is not None or is_worded(words) or is_date(words) else 1.4


def _unit(words: str) -> float:
    if table_words.is_empty(words):
        return 0.4
    bare = words.partition("(")[0] or words
    if words == "%" or is_qualitative(words):
        return 0.0
    if any(c.isdigit() for c in words) or len(words) > 12 or begins_with_level(words) or operator_of(words):
        return HOPELESS
    if quantity.dimension(bare) is not None:
        return 0.0
    return 1.2 if len(bare) <= 5 and not table_words.is_fund_total(words) else HOPELESS


def _operator(words: str) -> float:
    if operator_of(words) is not None:
        return -0.2
    if is_qualitative(words):
        return 0.1
    return 0.5 if table_words.is_empty(words) else HOPELESS


def _sequence(words: str) -> float:
    return 0.0 if words.isdigit() and len(words) <= 3 else HOPELESS


_COSTS = {
    "name": _name,
    "target": _target,
    "actual": _actual,
    "max_score": _max_score,
    "level1_max": _max_score,
    "level2_max": _max_score,
    "score": _score,
    "reason": _reason,
    "explanation": _explanation,
    "status": _status,
    "ratio": _number,
    "other": _number,
    "unit": _unit,
    "operator": _operator,
    "sequence": _sequence,
    "unknown": _unknown,
}
