"""A number with its unit at a given place: Arabic digits, composites, fractions, Chinese numerals; and unit words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import regex

from extractor import lexicon, numeral
from extractor.measure import decimal, dimension
from extractor.model import Operator

_LONGEST_UNIT = 9
_FORMAL = frozenset("壹贰貳叁叄肆伍陆陸柒捌玖拾佰仟")
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
STOPS = frozenset(" ,.;:!?()[]<>/，。、；：！？（）〔〕【】《》“”‘’\"'…·|~～-—\t\n\f")


class UnitWord(NamedTuple):
    """A unit as printed (without debris of conversions) and the word between number and unit (余)."""

    word: str
    end: int
    middle: str = ""
    #: Only 万 or 亿 stands there: what is counted follows from the words around it.
    bare: bool = False


class Figure(NamedTuple):
    """A number with its unit."""

    value: Decimal | None
    decimals: int
    unit: UnitWord


@dataclass(frozen=True)
class Vocabulary:
    """The lexicon's entries in the form that scanning needs them."""

    units: frozenset[str]
    per: frozenset[str]
    not_units: frozenset[str]
    before: dict[str, Operator | None]
    after: dict[str, Operator | None]

    def unit_at(self, string: str, at: int) -> str:
        """The longest unit that stands at `at`, '' where there is none."""
        for length in range(min(_LONGEST_UNIT, len(string) - at), 0, -1):
            word = string[at : at + length]
            if word in self.units and not self._runs_on(string, at, length):
                return word
        return ""

    def _runs_on(self, string: str, at: int, length: int) -> bool:
        """Whether the characters at `at` are longer words that only begin like a unit (部门, m in mm)."""
        if string[at + length - 1].isascii() and string[at + length - 1].isalpha():
            return string[at + length : at + length + 1].isascii() and string[at + length : at + length + 1].isalnum()
        return any(string[at : at + n] in self.not_units for n in (2, 3, 4) if n > length)


@lexicon.remembered
def vocabulary() -> Vocabulary:
    """The words around numbers, from the entries in force."""

    def operators(prefix: str) -> dict[str, Operator | None]:
        terms = (term for id_, term in lexicon.lexicon().terms.items() if id_.startswith(prefix))
        return {word: term.data.get("operator") for term in terms for word in term.words}

    return Vocabulary(
        frozenset(lexicon.lexicon().units),
        frozenset(lexicon.words("numbers.per")),
        frozenset(lexicon.words("numbers.not_a_unit")),
        operators("numbers.before."),
        operators("numbers.after."),
    )


# --- Arabic numbers ---------------------------------------------------------------------------------------------------


def arabic(string: str, at: int) -> Figure | int:
    """The number at `at` with its unit, or where the name ends that it is part of (5G, 2.0.1)."""
    part = lexicon.pattern("numbers.part").regex.match(string, at)
    if composite := _composite(string, at):
        return composite
    if part and int(part["part"]) < int(part["of"]):
        return Figure(Decimal(part["part"]), 0, UnitWord("/" + part["of"], part.end()))
    match = lexicon.pattern("numbers.arabic").regex.match(string, at)
    if match is None:
        return at + 1
    unread = _unread(string, at, match)
    if unread is not None:
        return unread
    unit = _unit(string, match.end())
    if not unit.word and _latin(string, match.end()):
        letters = lexicon.pattern("numbers.latin_unit").regex.match(string, match.end())
        if letters is None or "." not in match[0]:
            return letters.end() if letters else match.end() + 1
        unit = UnitWord(letters[0], letters.end())
    digits = match[0].replace(",", "").replace(" ", "").replace("，", "")
    figure = Figure(Decimal(digits), len(digits.partition(".")[2]), unit)
    return _with_cents(string, figure) if unit.word == "元" else figure


def _unread(string: str, at: int, match: regex.Match[str]) -> Figure | int | None:
    """A number that cannot be read as one: digits doubled or grouped wrongly, a version, a document's number and a sum.

    A figure without value where it is a quantity, else where the name ends; None where the number is sound.
    """
    run = lexicon.pattern("numbers.run").regex.match(string, at)
    if run and run.end() > match.end():
        unit = _unit(string, run.end())
        if "," not in run[0] and not unit.word:
            return run.end()  # a version or a chapter: 2.0.1
        if dimension(unit.word) is not None and not _two_numbers(run[0]):
            return Figure(None, 0, unit)
    if string[at - 1 : at] == " " and lexicon.pattern("numbers.torn").regex.search(string, max(0, at - 20), at):
        unit = _unit(string, match.end())
        if dimension(unit.word) == "money":
            return Figure(None, 0, unit)
    if not lexicon.pattern("numbers.behind_year").regex.search(string, max(0, at - 8), at):
        year = match[0].startswith(("19", "20")) and len(match[0]) > 4
        if not (at and year and string[at - 1] in "〔﹝【["):
            return None
    # Number of a document (with its year where a bracket was lost), perhaps with a sum: where they part is not seen.
    unit = _unit(string, match.end())
    return Figure(None, 0, unit) if dimension(unit.word) == "money" else match.end()


def _two_numbers(run: str) -> bool:
    """Whether a run of digits with commas is a year and a number (2022,34.5), not one number printed wrongly."""
    head = run.partition(",")[0]
    return len(head) == 4 and head.startswith(("19", "20"))


def _latin(string: str, at: int) -> bool:
    return string[at : at + 1].isascii() and string[at : at + 1].isalpha()


def _composite(string: str, at: int) -> Figure | None:
    match = lexicon.pattern("numbers.composite").regex.match(string, at)
    if match is None:
        return None
    high, low = int(match["high"]), int(match["low"].replace(",", ""))
    scale = _POWERS[match["high_scale"]]
    low_scale = 1
    for character in match["low_scale"] or "":
        low_scale *= _POWERS[character]
    if not match["low_scale"] and len(match["low"]) < len(str(scale)) - 1 and not match["unit"]:
        return None
    if low * low_scale >= scale:
        return None
    # In the smallest scale that is printed, so that the printed precision stays: 3亿5000万元 is 35000万元.
    unit = _unit(string, match.end("low"))
    value = decimal(Fraction(high * scale + low * low_scale, low_scale))
    if not unit.word:
        return None
    return Figure(value, 0, unit)


def _with_cents(string: str, figure: Figure) -> Figure:
    """元 with 角 and 分 behind it: 3200元5角2分."""
    match = lexicon.pattern("numbers.cents").regex.match(string, figure.unit.end)
    if match is None or not match[0] or figure.decimals or figure.value is None or not (match["jiao"] or match["fen"]):
        return figure
    if match["jiao"] is None:
        return figure  # 5元3分 is money only in capitals; elsewhere 分 is a score
    places = match["jiao"] + (match["fen"] or "")
    value = Decimal(f"{figure.value}.{places}")
    return Figure(value, len(places), figure.unit._replace(end=match.end()))


# --- units ------------------------------------------------------------------------------------------------------------


def _unit(string: str, at: int) -> UnitWord:
    """The unit that stands at `at`, perhaps after a blank; '' where there is none."""
    words = vocabulary()
    start = at + 1 if string[at : at + 1] == " " else at
    if string.startswith("/", start):
        end = _per(string, start)
        return UnitWord(string[start:end], end) if end > start else UnitWord("", at)
    middle = ""
    if string[start : start + 1] in lexicon.words("numbers.middle"):
        middle, start = string[start], start + 1
    word = words.unit_at(string, start)
    if word:
        return _whole_unit(string, word, start + len(word), middle)
    scale = lexicon.pattern("numbers.scale").regex.match(string, start)
    if scale is None:
        return UnitWord("", at)
    behind = scale.end()
    if not middle and string[behind : behind + 1] in lexicon.words("numbers.middle"):
        middle, behind = string[behind], behind + 1
    word = words.unit_at(string, behind)
    if word:
        return _whole_unit(string, scale["scale"] + word, behind + len(word), middle)
    letters = lexicon.pattern("numbers.latin_unit").regex.match(string, behind)
    if letters and letters[0] in words.units:
        return _whole_unit(string, scale["scale"] + letters[0], letters.end(), middle)
    if scale["scale"][-1] in "万萬亿億":
        return UnitWord(scale["scale"], behind, middle, bare=True)
    return UnitWord("", at)


def _whole_unit(string: str, word: str, end: int, middle: str) -> UnitWord:
    """The unit with what belongs to it: debris is passed over, (套) and /人 are part of it."""
    debris = lexicon.pattern("numbers.debris").regex.match(string, end)
    if debris and not word.isascii():
        end = debris.end()
    if string.startswith("(", end) and not word.isascii():
        closing = string.find(")", end, end + 4)
        if closing > 0 and string[end + 1 : closing] in vocabulary().units:
            word, end = word + string[end : closing + 1], closing + 1
    if string.startswith("/", end):
        behind = _per(string, end)
        word, end = word + string[end:behind], behind
    if "/" in word:
        behind = _per_second(string, end)
        word, end = word + string[end:behind], behind
    return UnitWord(word, end, middle)


def _per(string: str, at: int) -> int:
    """Where the lower unit behind the slash at `at` ends: 元/人, 元/生.年, 元/人、天, 次/10万公顷; `at` where none."""
    words = vocabulary()
    end = at + 1
    if string.startswith("每", end):
        end += 1
    while string[end : end + 1].isdecimal():
        end += 1
    if string[end : end + 1] in ("万", "亿", "百", "千"):
        end += 1
    found = 0
    for length in range(5, 0, -1):
        word = string[end : end + length]
        if len(word) == length and (word in words.per or word in words.units):
            found = end + length
            break
    return found or at


def _per_second(string: str, at: int) -> int:
    """Where the second lower unit ends: the 年 of 元/生.年; `at` where there is none."""
    if string[at : at + 1] in (".", "·", "、", "/", "•"):
        for length in (2, 1):
            if string[at + 1 : at + 1 + length] in ("年", "月", "天", "日", "次", "学年", "学期", "晚", "餐", "期"):
                return at + 1 + length
    return at


def bare_unit(string: str, start: int, unit: UnitWord) -> str:
    """万 or 亿 without a unit: money, unless what is counted stands behind it (13万群众) or before it (人数12.5万)."""
    left = string[max(0, start - 15) : start]
    for stop in "，。；;：:、":
        left = left.rpartition(stop)[2]
    money_before = any(word in left for word in lexicon.words("numbers.money_noun"))
    if not money_before and any(word in left for word in lexicon.words("numbers.count_noun")):
        return unit.word
    if string[unit.end : unit.end + 1] in ("", *STOPS):
        return unit.word + "元"
    right = string[unit.end : unit.end + 4]
    if any(right.startswith(word) for word in lexicon.words("numbers.money_noun")):
        return unit.word + "元"
    if any(right.startswith(word) for word in lexicon.words("numbers.counted")):
        return unit.word
    return unit.word + "元" if money_before else unit.word


# --- Chinese numbers --------------------------------------------------------------------------------------------------


def chinese(string: str, at: int, cell: bool) -> Figure | None:
    """The quantity in Chinese numerals at `at`, None where they are part of a name or of a count of words."""
    if string[at - 1 : at] in ("第", "数", "几", "上", "统", "唯", "任", "专", "逐", "进", "同", "单") and at:
        return None
    return _chinese_ratio(string, at) or _chinese_money(string, at) or _chinese_count(string, at, cell)


def _chinese_ratio(string: str, at: int) -> Figure | None:
    if match := lexicon.pattern("numbers.chinese_ratio").regex.match(string, at):
        words = match["numeral"]
        value = Decimal(words) if words[0].isdigit() and words[0].isascii() else numeral.number(words)
        unit = {"百": "%", "千": "‰", "万": "/10000"}[match["of"]]
        return Figure(value, _places(value), UnitWord(unit, match.end())) if value is not None else None
    if match := lexicon.pattern("numbers.chinese_part").regex.match(string, at):
        whole, part = numeral.whole(match["of"]), numeral.whole(match["numeral"])
        return Figure(Decimal(part), 0, UnitWord(f"/{whole}", match.end())) if whole and part is not None else None
    if match := lexicon.pattern("numbers.chinese_tenths").regex.match(string, at):
        tenths = numeral.digits(match["numeral"])
        half = "5" if match["half"] == "半" else numeral.digits(match["half"] or "")
        value = Decimal(f"{tenths}.{half}" if half else tenths or "0")
        return Figure(value, _places(value), UnitWord("成", match.end()))
    return None


def _chinese_money(string: str, at: int) -> Figure | None:
    match = lexicon.pattern("numbers.chinese_money").regex.match(string, at)
    if match is None or (len(match["numeral"]) == 1 and match["numeral"] in "百千万亿萬億十"):
        return None
    words = match["numeral"]
    value = numeral.number(words)
    if value is None:
        # A formal capital is nothing but a number: one that does not parse is told, others are names (三四百元).
        return Figure(None, 0, UnitWord("元", match.end())) if words[0] in _FORMAL else None
    cents = (numeral.digits(match["jiao"] or "零") or "0") + (numeral.digits(match["fen"] or "零") or "0")
    if match["jiao"] or match["fen"]:
        places = 2 if match["fen"] else 1
        return Figure(Decimal(f"{value}.{cents[:places]}"), places, UnitWord("元", match.end()))
    value, scale = _scaled(words, value)
    return Figure(value, _places(value), UnitWord(scale + "元", match.end()))


def _scaled(words: str, value: Decimal) -> tuple[Decimal, str]:
    """The number before its last scale, and the scale: 一百零八万 → 108 and 万. Keeps the printed precision."""
    scale = words[-1]
    if scale in "万萬亿億" and len(words) > 1:
        return decimal(Fraction(value) / _POWERS[scale]), scale
    return value, ""


def _chinese_count(string: str, at: int, cell: bool) -> Figure | None:
    match = lexicon.pattern("numbers.chinese").regex.match(string, at)
    if match is None:
        return None
    words, end = match["numeral"], match.end()
    lone = len(words) == 1
    middle = string[end] if string[end : end + 1] in ("余", "多") and end < len(string) else ""
    unit = vocabulary().unit_at(string, end + len(middle))
    if not unit or unit in lexicon.words("numbers.chinese_no_unit") or unit.startswith(("%", "元", "角")):
        return None
    if (
        lone
        and not cell
        and (words in "一二〇零" or any(string.startswith(w, end) for w in lexicon.words("numbers.slogan")))
    ):
        return None
    if words in ("百", "千", "万", "亿"):
        if not middle:
            return None
        value: Decimal | None = Decimal(_POWERS[words])
    else:
        value = numeral.number(words)
    if value is None:
        return None
    value, scale = _scaled(words, value) if not lone else (value, "")
    return Figure(value, _places(value), _whole_unit(string, scale + unit, end + len(middle) + len(unit), middle))


def _places(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))
