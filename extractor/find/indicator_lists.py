"""Names with one value each: 工程质量验收达标率100%，计划任务按期完成率≥90%, 累计实施135项堤防加固项目.

Below a heading of indicators every name with a value is one. Elsewhere, under headings of goals and results, only
figures that stand behind or before what they count are taken, and only where the text has no fuller indicator lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor import quantity
from extractor.find.indicator_pairs import Range, Side, figure_side, trimmed
from extractor.find.indicator_scopes import Sentence
from extractor.find.script import simplified
from extractor.find.status import read_status
from extractor.find.table_values import Value
from extractor.lexicon import pattern
from extractor.model import Quantity, Status

_CLAUSE = regex.compile(r"[,，:：。;；()（）]")
_ENDS = frozenset("，,；;。、:：(（)） ")
_LONGEST_NAME = 40
_SHARED = regex.compile(r"(?:均|都)(?:为|达到?|是)?$")
_STATUS = regex.compile(r"^(?:已|均)*(?P<status>(?:基本|全部|圆满|超额|如期|按期|按时)(?:上)?完成)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name with one value; positions are in the sentence's string. `goal` tells a target from an actual."""

    name: Range
    side: Side
    goal: bool
    status: tuple[Range, Status] | None = None


def mentions(sentence: Sentence) -> Iterator[Mention]:
    """The names with values of a sentence below a heading of indicators, goals or results, from left to right."""
    if sentence.side is None and not sentence.listed:
        return
    string = simplified(sentence.text.string)
    status = _status(string)
    yield from _by_reference(string)
    figures = quantity.scan(string)
    floor = 0
    for index, figure in enumerate(figures):
        start, floor = floor, figure.end
        if _inside_brackets(string, figure.start) or not _counts(sentence, figure) or _of_indicators(string, figure):
            continue
        goal = _is_goal(sentence, string, figure)
        following = figures[index + 1].start if index + 1 < len(figures) else len(string)
        for name in _names(sentence, string, start, figure, following):
            floor = max(floor, name[1])
            yield Mention(name, figure_side(string, (figure.start, figure.end), figure), goal, status)


def _status(string: str) -> tuple[Range, Status] | None:
    match = _STATUS.match(string)
    claim = read_status(match["status"]) if match is not None else None
    return (match.span("status"), claim) if match is not None and claim is not None else None


def _by_reference(string: str) -> Iterator[Mention]:
    """甲、乙2项指标达到国家核定的目标值: each name has the words as its target."""
    if "指标" not in string:
        return
    match = pattern("indicators.reference").regex.search(string)
    if match is None:
        return
    side = Side(match.span("target"), Value(match["target"]))
    start, depth = match.start("names"), 0
    for i in range(match.start("names"), match.end("names") + 1):
        character = string[i] if i < match.end("names") else "、"
        depth += (character in "(（") - (character in ")）")
        if character in "、和" and not depth and i - start > 1:
            yield Mention(trimmed(string, (start, i)), side, True)
            start = i + 1


def _of_indicators(string: str, figure: Quantity) -> bool:
    """Whether indicators themselves are counted (4项指标)."""
    return string.startswith("指标", figure.end)


def _inside_brackets(string: str, at: int) -> bool:
    before = string[:at]
    return before.count("(") + before.count("（") > before.count(")") + before.count("）")


def _counts(sentence: Sentence, figure: Quantity) -> bool:
    """Whether the figure can be an indicator's value here: money, time and points are others' below no indicators."""
    if figure.value is None or figure.high is not None:
        return False
    kind = quantity.dimension(figure.unit) or ""
    if kind == "score" or kind.startswith(("age", "temperature")):
        return False
    if kind.startswith(("money", "time", "price")):
        return sentence.listed and (figure.operator is not None or kind.startswith("price"))
    return True


def _is_goal(sentence: Sentence, string: str, figure: Quantity) -> bool:
    """A sign of comparison makes a target; else the sentence's words tell, else the headings."""
    if figure.operator is not None or sentence.goal:
        return True
    if sentence.side != "goal":
        return False
    return sentence.listed or pattern("indicators.result_sentence").regex.search(string) is None


def _names(sentence: Sentence, string: str, floor: int, figure: Quantity, following: int) -> Iterator[Range]:
    """Where the name of a figure stands: before it, several names before a shared value, or behind it."""
    before = _before(string, floor, figure.start)
    rest = string[figure.end :].removeprefix("等")
    behind = rest[:1]
    words = string[slice(*before)]
    if len(words) >= 2 and (behind in _ENDS or not behind or figure.unit in ("%", "‰")):
        if _SHARED.search(string[floor : figure.start]) and ("、" in words or "和" in words):
            yield from _several(string, before, sentence)
        elif _is_name(sentence, words, figure):
            yield before
        return
    name = pattern("indicators.name.behind").regex.match(string, figure.end)
    if name is None or (name.end("name") >= following and following < len(string)):
        return
    if _leads(string, floor, figure.start, sentence) and _is_name(sentence, name["name"], figure):
        yield name.span("name")


def _before(string: str, floor: int, end: int) -> Range:
    """The words of the clause before a figure, without what only leads to them; a list's 、 parts its items."""
    start = floor
    for match in _CLAUSE.finditer(string, floor, end):
        start = match.end()
    name = trimmed(string, (start, end))
    if name[1] - name[0] > _LONGEST_NAME:
        return end, end
    verb = pattern("indicators.name.verb").regex.match(string[slice(*name)])
    return (end, end) if verb is not None else name


def _several(string: str, names: Range, sentence: Sentence) -> Iterator[Range]:
    start = names[0]
    for i in range(names[0], names[1] + 1):
        if i == names[1] or string[i] in "、和":
            one = trimmed(string, (start, i))
            if one[1] - one[0] >= 2 and not _is_money_rate(sentence, string[slice(*one)]):
                yield one
            start = i + 1


def _leads(string: str, floor: int, at: int, sentence: Sentence) -> bool:
    """Whether a verb stands before the number, or, in a sentence of goals, nothing but the list's mark."""
    start = floor
    for match in _CLAUSE.finditer(string, floor, at):
        start = match.end()
    name = trimmed(string, (start, at))
    words = string[slice(*name)]
    if pattern("indicators.name.verb").regex.match(words) is None:
        return False
    lead = string[start:at]
    return bool(words) or sentence.goal or "、" in lead or "和" in lead


def _is_name(sentence: Sentence, words: str, figure: Quantity) -> bool:
    if pattern("indicators.name.none").regex.search(words) or _is_money_rate(sentence, words):
        return False
    if not (sentence.listed and figure.operator) and pattern("indicators.name.money").regex.search(words):
        return False
    if not figure.unit or (sentence.side is not None and not sentence.listed and figure.unit == "%"):
        return pattern("indicators.rate_name").regex.search(words) is not None
    return True


def _is_money_rate(sentence: Sentence, words: str) -> bool:
    """Rates of money are facts of their own; below a heading of indicators they are indicators too."""
    if "率" not in words:
        return False
    if sentence.listed:
        return pattern("indicators.name.execution").regex.search(words) is not None
    return any(pattern(id_).regex.search(words) is not None for id_ in ("rates.money", "rates.alone"))
