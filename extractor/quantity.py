"""Numbers as reports write them → Quantity, its interval, and comparing two of them. All arithmetic is exact.

The words and expressions stand in `patterns/numbers.toml`, the units in `patterns/units.toml`. `figure` reads a number
with its unit, `numeral` Chinese numerals; `measure` resolves units, and its functions belong to this interface.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from extractor import lexicon
from extractor.figure import STOPS, Figure, UnitWord, arabic, bare_unit, chinese, vocabulary
from extractor.measure import Interval, base, decimal, dimension, holds, interval, same_unit
from extractor.model import Operator, Quantity

__all__ = [
    "Interval",
    "approximate",
    "base",
    "dimension",
    "holds",
    "implied",
    "interval",
    "money",
    "read",
    "same_unit",
    "scan",
]

#: Words that say that there is somewhat more than the figure.
_MORE = ("超", "逾", "余", "多", "来")
#: Words before a number that compare only before some units.
_VERBS = ("突破", "近")
_COMPARISONS = ("≥", "≤", "=", ">", "<", "》", "《")
#: How far a figure said to be inexact may lie from the true one: 近 x is 0.9x to x, 约 x 0.9x to 1.1x, x余 x to 1.2x.
_NEARLY, _OVER, _MUCH_MORE = Fraction(9, 10), Fraction(11, 10), Fraction(12, 10)


def scan(string: str) -> list[Quantity]:
    """All quantities in tight, folded running text, from left to right, without overlaps.

    Knows comma groups (`187, 248.74`), Chinese numerals and capitals, composites (`3亿5000万元`), operators and their
    words, approximations, ranges, percentages and permille. Leaves out what is no quantity: years, dates, document
    numbers, list marks, numerals inside names, road and model numbers.
    """
    found: list[Quantity] = []
    start = lexicon.pattern("numbers.start").regex
    at, floor = 0, 0
    while match := start.search(string, at):
        quantity, at = _at(string, match.start(), floor)
        if quantity is not None:
            found.append(quantity)
            floor = quantity.end
    return found


@lexicon.kept
def read(string: str) -> Quantity | None:
    """The one quantity that a whole cell holds (`≥70个`, `98%以上`, `100`), None where it is words or a date.

    A remark in brackets that names the unit again (`37人(人数)`) is passed over.
    """
    cell = string.strip(" 。;；,，、")
    offset = string.find(cell) if cell else 0
    match = lexicon.pattern("numbers.start").regex.search(cell)
    if match is None:
        return None
    quantity, _ = _at(cell, match.start(), 0, cell=True)
    if quantity is None or quantity.start != 0 or not _only_remark(cell[quantity.end :]):
        return None
    return _moved(quantity, offset)


def money(quantity: Quantity) -> Decimal | None:
    """The exact value in yuan; None where the unit is no money, is foreign, or the value could not be read.

    A price (`725元/生.年`) gives the amount of its upper unit: it is a sum of money too.
    """
    unit = quantity.unit.partition("/")[0]
    if quantity.value is None or dimension(unit) != "money":
        return None
    return decimal(base(quantity.value, unit))


def approximate(quantity: Quantity) -> bool:
    """Whether the figure is said to be inexact (约, 近, 余, 左右, 超): it then suspends exact comparison."""
    words = (*lexicon.words("numbers.before.about"), *lexicon.words("numbers.after.about"), *_MORE)
    return quantity.qualifier is not None and any(part in words for part in quantity.qualifier.split("…"))


def implied(quantity: Quantity) -> Interval | None:
    """The true values that the figure allows, with its range or its word of approximation; None where unreadable.

    近 x is 0.9x to x; 约 x is 0.9x to 1.1x; x余, 超x and 多 are x to 1.2x.
    """
    if quantity.value is None:
        return None
    printed = interval(quantity.value, quantity.decimals, quantity.unit)
    if quantity.high is not None:
        return Interval(printed.low, interval(quantity.high, quantity.decimals, quantity.unit).high)
    if not approximate(quantity):
        return printed
    exact = base(quantity.value, quantity.unit)
    words = (quantity.qualifier or "").split("…")
    if any(word in _MORE for word in words):
        ends = (exact, max(printed.high, exact * _MUCH_MORE))
    elif any(word.endswith("近") for word in words):
        ends = (min(printed.low, exact * _NEARLY), exact)
    else:
        ends = (min(printed.low, exact * _NEARLY), max(printed.high, exact * _OVER))
    return Interval(min(ends), max(ends))


# --- one quantity -----------------------------------------------------------------------------------------------------


def _at(string: str, at: int, floor: int, cell: bool = False) -> tuple[Quantity | None, int]:
    """The quantity whose number begins at `at`, and where to go on. Nothing before `floor` belongs to it."""
    if string[at] in "0123456789":
        passed = _passed_over(string, at)
        if passed:
            return None, passed
        read_there = arabic(string, at)
        if isinstance(read_there, int):
            return None, read_there
        figure = read_there
    else:
        numeral_there = chinese(string, at, cell)
        if numeral_there is None:
            run = lexicon.pattern("numbers.chinese").regex.match(string, at)
            return None, run.end() if run else at + 1
        figure = numeral_there
    if cell and not figure.unit.word:
        figure = _cell_unit(string, figure)
    return _quantity(string, at, floor, figure)


def _passed_over(string: str, at: int) -> int:
    """Where the date, document number, code or list mark at `at` ends; 0 where there is none."""
    for pattern in lexicon.family("numbers.none"):
        match = pattern.regex.match(string, at)
        if match:
            return match.end()
    return 0


def _quantity(string: str, at: int, floor: int, figure: Figure) -> tuple[Quantity | None, int]:
    """The figure at `at` with its sign, the second end of its range, and the words of comparison around it."""
    start, operator, before = _before(string, at, floor)
    if start > floor and string[start - 1 : start] in ("-", "－", "−") and _is_minus(string, start):
        figure, start = _negated(figure), start - 1
    figure, high = _ranged(string, at, figure)
    unit = _money_of(before, figure.unit._replace(word=_counted(string, start, figure.unit)))
    end, after_operator, after = _after(string, unit)
    if before in _VERBS and not _bounds(before, unit, after):
        operator, before, start = None, "", at
    quantity = Quantity(
        string[start:end],
        start,
        end,
        figure.value,
        unit.word,
        figure.decimals,
        operator or after_operator,
        _qualifier(before, unit.middle, after),
        high,
        (at, unit.end),
    )
    return quantity, max(end, unit.end)


def _negated(figure: Figure) -> Figure:
    return figure if figure.value is None else figure._replace(value=figure.value.copy_negate())


def _ranged(string: str, at: int, figure: Figure) -> tuple[Figure, Decimal | None]:
    """The figure with the unit of both ends, and the high end, None where it is no range."""
    second = _range(string, at, figure)
    if second is None:
        return figure, None
    value, decimals, high, unit = second
    return Figure(value, decimals, unit), high


def _counted(string: str, start: int, unit: UnitWord) -> str:
    return bare_unit(string, start, unit) if unit.bare else unit.word


def _money_of(before: str, unit: UnitWord) -> UnitWord:
    """The unit with the currency that is said before the number."""
    if not unit.word and before in lexicon.words("numbers.before.currency"):
        return unit._replace(word="元")
    if before in lexicon.words("numbers.before.dollar"):
        return unit._replace(word=unit.word.removesuffix("元") + "美元")
    return unit


def _bounds(before: str, unit: UnitWord, after: str) -> bool:
    """Whether the word compares: 突破100万元 does, 突破61项技术 breaks through; 近5亿元 does, 近3年 is a period."""
    if before == "突破":
        return unit.word.endswith(("元", "%")) or bool(after)
    return dimension(unit.word) not in ("time", "time.calendar")


def _qualifier(*words: str) -> str | None:
    """The words around the figure that are neither signs nor a currency."""
    currency = (*lexicon.words("numbers.before.currency"), *lexicon.words("numbers.before.dollar"))
    said = [word for word in words if word and word not in currency and not word.startswith(_COMPARISONS)]
    return "…".join(said) or None


def _before(string: str, at: int, floor: int) -> tuple[int, Operator | None, str]:
    """Where the words of comparison before a number begin, the operator they mean, and the word nearest to it."""
    known = vocabulary().before
    operator: Operator | None = None
    nearest, start = "", at
    while True:
        end = start - 1 if string[start - 1 : start] == " " and start > floor else start
        word = next(
            (string[end - n : end] for n in range(min(6, end - floor), 0, -1) if string[end - n : end] in known), ""
        )
        if not word or word in lexicon.words("numbers.before.none"):
            return start, operator, nearest
        operator = operator or known[word]
        nearest = nearest or word
        start = end - len(word)


def _after(string: str, unit: UnitWord) -> tuple[int, Operator | None, str]:
    """Where the words of comparison behind a unit end, the operator they mean, and the word."""
    end = unit.end
    if (dimension(unit.word) or "").startswith("time") and string.startswith("内", end):
        return end + 1, "≤", "内"
    known = vocabulary().after
    word = next((string[end : end + n] for n in range(7, 0, -1) if string[end : end + n] in known), "")
    if not word or word in lexicon.words("numbers.after.none"):
        return end, None, ""
    if word in ("多", "余") and not (unit.word and string[end + 1 : end + 2] in ("", *STOPS)):
        return end, None, ""
    return end + len(word), known[word], word


def _is_minus(string: str, at: int) -> bool:
    return lexicon.pattern("numbers.minus").regex.match(string, at - 1) is not None


def _range(string: str, at: int, figure: Figure) -> tuple[Decimal, int, Decimal, UnitWord] | None:
    """Low end, printed places, high end and unit, where a second number follows: 10-20万元, 15%～30%, 20至30个."""
    first = figure.unit
    dash = lexicon.pattern("numbers.dash").regex.match(string, first.end)
    if dash is None or figure.value is None or first.middle:
        return None
    if dash["word"] and string[at - 1 : at] in ("从", "由", "自"):
        return None
    if _passed_over(string, dash.end()):
        return None
    other = arabic(string, dash.end())
    if isinstance(other, int) or other.value is None:
        return None
    low = figure.value
    if first.word and first.word != other.unit.word:
        if not (other.unit.word and (first.bare or same_unit(first.word, other.unit.word))):
            return None
        low = decimal(base(low, first.word) / base(Decimal(1), other.unit.word)) if not first.bare else low
        if first.bare and first.word[0] != other.unit.word[0]:
            return None
    return low, max(figure.decimals, other.decimals), other.value, other.unit


def _moved(quantity: Quantity, by: int) -> Quantity:
    if not by:
        return quantity
    figure = (quantity.figure[0] + by, quantity.figure[1] + by)
    return Quantity(
        quantity.raw,
        quantity.start + by,
        quantity.end + by,
        quantity.value,
        quantity.unit,
        quantity.decimals,
        quantity.operator,
        quantity.qualifier,
        quantity.high,
        figure,
    )


def _cell_unit(string: str, figure: Figure) -> Figure:
    """In a cell, one or two characters behind the number are its unit even where the word is not known."""
    rest = string[figure.unit.end :].strip()
    if 0 < len(rest) <= 2 and rest.isalpha() and rest not in vocabulary().not_units and rest not in vocabulary().after:
        return figure._replace(unit=UnitWord(rest, len(string)))
    return figure


def _only_remark(rest: str) -> bool:
    rest = rest.strip()
    return not rest or (rest[0] == "(" and rest[-1] == ")" and len(rest) <= 8 and not any(c.isdigit() for c in rest))
