"""Chinese numerals → exact numbers: 一百零八万, 壹佰万, 三点五, 二〇二五. What is no regular numeral gives None."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    **{c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "〇": 0,
    "○": 0,
    "◯": 0,
    "两": 2,
    "兩": 2,
    "貳": 2,
    "弍": 2,
    "叄": 3,
    "参": 3,
    "參": 3,
    "陸": 6,
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_OTHERS = {"廿": "二十", "念": "二十", "卅": "三十"}
#: Every character that a numeral is made of.
CHARACTERS = "".join((*_DIGITS, *_TENS, *_MYRIADS, *_OTHERS))


def _section(numeral: str) -> int | None:
    """A numeral below 万: 三千二百零五, 十二. None where its places do not fall or digits stand side by side."""
    total, digit, last, zero = 0, None, 10**4, False
    for character in numeral:
        if character in _DIGITS:
            if digit is not None:
                return None
            if _DIGITS[character] == 0:
                zero = True
            else:
                digit = _DIGITS[character]
            continue
        place = _TENS[character]
        if place >= last or (digit is None and (place != 10 or total)):
            return None
        total, digit, last, zero = total + (digit or 1) * place, None, place, False
    if digit is not None:
        if total and last > 10 and not zero:
            return None  # 一百八 is said for 180 and written for 108: not to be guessed
        total += digit
    return total


def whole(numeral: str) -> int | None:
    """The value of a whole Chinese numeral (三亿五千万, 贰拾, 一百零八), None where it is irregular."""
    for short, long in _OTHERS.items():
        numeral = numeral.replace(short, long)
    if not numeral or any(c not in _DIGITS and c not in _TENS and c not in _MYRIADS for c in numeral):
        return None
    for character, scale in (("亿", 10**8), ("億", 10**8), ("万", 10**4), ("萬", 10**4)):
        head, found, rest = numeral.rpartition(character)
        if found:
            above = whole(head)
            below = (whole(rest) if rest else 0) if above is not None else None
            if above is None or below is None or not 0 < above < scale or below >= scale:
                return None
            if rest and below * 10 < scale and rest[0] not in "零〇":
                return None  # 三万五: 35000 or 30005
            return above * scale + below
    return _section(numeral)


def number(numeral: str) -> Decimal | None:
    """The value of a Chinese numeral with or without 点 (三点五), None where it is irregular."""
    before, point, after = numeral.partition("点")
    value = whole(before)
    if value is None or not point:
        return None if value is None else Decimal(value)
    places = digits(after)
    return None if places is None else Decimal(f"{value}.{places}")


def digits(numeral: str) -> str | None:
    """Digits said one by one (二〇二五 → 2025), None where another character is among them."""
    if not numeral or any(character not in _DIGITS for character in numeral):
        return None
    return "".join(str(_DIGITS[character]) for character in numeral)
