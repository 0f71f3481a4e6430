"""How many items a list with marks (一是 二是, (1) (2), 1. 2.) has. No check of its own: `list-count` asks."""

from __future__ import annotations

from collections.abc import Sequence

#: First marks of lists whose items are paragraphs.
FIRST = ("一是", "第一", "其一", "①", "(1)", "(一)", "1.", "1、")
_DIGITS, _CIRCLED = "一二三四五六七八九十", "①②③④⑤⑥⑦⑧⑨⑩"
#: Ends of a paragraph that is printed in full.
_FINAL = ("。", "!", "！", ";", ")", "”")
#: So many paragraphs behind a list another item would show that it has a gap.
_NEAR = 8


def count_items(texts: Sequence[str], first: str) -> tuple[int, bool]:
    """(items, whether that is all of the list) of the list whose first mark is `first`.

    That mark begins the first text, a paragraph's rest; paragraphs behind it belong to the list as they begin with a
    mark. A list has a gap where a number is left out, and is cut off where the last paragraph has no end.
    """
    marks = [_mark(first, k) for k in range(1, len(_DIGITS) + 1)]
    count, last = 0, 0
    for position, text in enumerate(texts):
        if not text.startswith(marks[count]):
            break
        last = position
        at = 0
        while count < len(marks) and (found := _next(text[at:], marks, count)) >= 0:
            at, count = at + found + len(marks[count]), count + 1
        if count == len(marks) or _skipped(text[at:], marks, count):
            return count, False
    beyond = texts[last + 1 : last + 1 + _NEAR]
    gap = count < len(marks) and any(text.startswith(tuple(marks[count : count + 2])) for text in beyond)
    cut = last == len(texts) - 1 and not texts[-1].endswith(_FINAL)
    return count, not gap and not cut


def _next(text: str, marks: Sequence[str], count: int) -> int:
    """Where the next mark stands, before the list's first mark begins another list; -1 where it does not."""
    if len(marks[0]) == 2 and marks[0][0].isdigit():
        # 1. and 2. only at the beginning of a paragraph: 12.5 is a figure.
        return 0 if text.startswith(marks[count]) else -1
    found = text.find(marks[count])
    again = text.find(marks[0]) if count else -1
    return -1 if 0 <= again < found else found


def _skipped(text: str, marks: Sequence[str], count: int) -> bool:
    """Whether the mark behind the next one stands in the text: the list has a gap."""
    return count + 1 < len(marks) and not marks[0][0].isdigit() and marks[count + 1] in text


def _mark(first: str, k: int) -> str:
    """The k-th mark of a list whose first is 一是, 第一, ①, (1), (一) or 1."""
    if first == "①":
        return _CIRCLED[k - 1]
    return first.replace("一", _DIGITS[k - 1]).replace("1", str(k))
