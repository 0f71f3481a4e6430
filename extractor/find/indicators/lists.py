"""Names with one value each: 工程验收达标率100%，任务按期完成率≥90%, 累计实施135项堤防加固项目, 生活状况有所改善.

Below a heading of indicators every name with a value is one. Elsewhere, under headings of goals and results, only
figures that stand behind or before what they count are taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from extractor.find.indicators.pairs import Pair, trimmed, with_claims
from extractor.find.indicators.scopes import Sentence
from extractor.find.indicators.values import Range, Side, kind, values
from extractor.find.script import simplified
from extractor.find.status import read_status
from extractor.find.tables.values import Value
from extractor.lexicon import pattern
from extractor.model import Status

_CLAUSE = regex.compile(r"(?<!\d),|,(?!\d)|[，:：。;；()（）]")
_ENDS = frozenset("，,；;。、:：(（)） ")
_LONGEST_NAME = 40
_SHARED = regex.compile(r"(?:均|都)(?:为|达到?|是)?$")
_STATUS = regex.compile(r"^(?:已|均)*(?P<status>(?:基本|全部|圆满|超额|如期|按期|按时)(?:上)?完成)")
_SIGNS = ("≥", "≤", ">", "<", "=", "》", "《")
_NO_FIGURES = frozenset({"age", "temperature"})


def mentions(sentence: Sentence, taken: Sequence[Range] = ()) -> Iterator[Pair]:
    """Names with one value below a heading of indicators, goals or results, from left to right: targets or actuals.

    `taken` are the ranges that pairs of target and actual cover; beside them the sentence is a list of indicators.
    """
    if sentence.side is None and not sentence.listed and not taken:
        return
    if taken:
        sentence = replace(sentence, listed=True, side=sentence.side or "result")
    string = simplified(sentence.text.string)
    yield from _by_reference(string)
    yield from _of_figures(sentence, string, taken)
    if sentence.listed:
        yield from _of_degree(sentence, string, taken)


def _of_figures(sentence: Sentence, string: str, taken: Sequence[Range]) -> Iterator[Pair]:
    status = _status(string)
    sides = values(string)
    floor = 0
    for index, side in enumerate(sides):
        if _is_former(string, floor, side):
            continue
        start, floor = max([floor, *(end for begin, end in taken if begin < side.start)]), side.end
        if any(begin <= side.start < end for begin, end in taken) or not _counts(sentence, string, side):
            continue
        following = sides[index + 1].start if index + 1 < len(sides) else len(string)
        goal = _is_goal(sentence, string, side)
        for name in _names(sentence, string, start, side, following):
            floor = max(floor, name[1])
            found = Pair(name, side if goal else None, None if goal else side, side.end, status)
            yield found if status is not None else with_claims(string, found)


def _is_former(string: str, floor: int, side: Side) -> bool:
    """Whether the figure is what was there before its result (利用率由2021年的78%提高到86%)."""
    before = pattern("indicators.value_before").regex.search(string, floor, side.start)
    return (
        before is not None
        and pattern("indicators.value_after").regex.match(string[side.end : side.end + 8]) is not None
    )


def _status(string: str) -> tuple[Range, Status] | None:
    match = _STATUS.match(string)
    claim = read_status(match["status"]) if match is not None else None
    return (match.span("status"), claim) if match is not None and claim is not None else None


def _by_reference(string: str) -> Iterator[Pair]:
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
            yield Pair(trimmed(string, (start, i)), side, None, match.end())
            start = i + 1


def _of_degree(sentence: Sentence, string: str, taken: Sequence[Range]) -> Iterator[Pair]:
    """村容村貌明显改善: the degree is all that is said of it, as a claim without a grade."""
    start = 0
    for stop in [*(match.start() for match in _CLAUSE.finditer(string)), len(string)]:
        clause, begin = string[start:stop], start
        start = stop + 1
        degree = pattern("indicators.degree").regex.search(clause)
        if degree is None or any(b < stop and begin < e for b, e in taken):
            continue
        name = trimmed(string, (begin, begin + degree.start()))
        words = string[slice(*name)]
        if 3 <= len(words) <= _LONGEST_DEGREE and pattern("indicators.degree.name").regex.search(words) is None:
            at = (begin + degree.start(), stop)
            goal = sentence.side == "goal" or sentence.goal
            side = Side(at, Value(string[slice(*at)]))
            yield Pair(name, side if goal else None, None if goal else side, stop)


#: What improves is named in few words; longer clauses are sentences of the narrative.
_LONGEST_DEGREE = 16


# --- figures ----------------------------------------------------------------------------------------------------------


def _counts(sentence: Sentence, string: str, side: Side) -> bool:
    """Whether the figure can be an indicator's value here: money, time and points are others' below no indicators."""
    if _inside_brackets(string, side.start) or string.startswith("指标", side.end):
        return False
    if side.figure is None:
        return sentence.listed and side.value.raw.endswith("前")
    if side.value.value is None:
        return False
    what = kind(side)
    if what == "score":
        return (sentence.listed or sentence.side == "result") and "满意" in string[
            max(0, side.start - _LONGEST_DEGREE) : side.start
        ]
    if what.split(".")[0] in _NO_FIGURES:
        return False
    if what == "time":
        told = sentence.listed or side.value.operator is not None
        return told and string[side.end : side.end + 1] in ("", *_ENDS)
    if what == "money" and sentence.side is not None and _is_outcome(string, side.start):
        return True
    if what.startswith(("money", "time", "price")):
        return sentence.listed and (side.value.operator is not None or what.startswith("price"))
    return True


def _is_outcome(string: str, at: int) -> bool:
    """Whether the clause before a sum names what the money brought about (护林员人均年增收8000元)."""
    begin = max((match.end() for match in _CLAUSE.finditer(string, 0, at)), default=0)
    return pattern("indicators.name.outcome").regex.search(string, begin, at) is not None


def _inside_brackets(string: str, at: int) -> bool:
    before = string[:at]
    return before.count("(") + before.count("（") > before.count(")") + before.count("）")


def _is_goal(sentence: Sentence, string: str, side: Side) -> bool:
    """A sign of comparison or a deadline makes a target; else the sentence's words tell, else the headings."""
    if side.figure is None or sentence.goal:
        return True
    if side.value.operator is not None:
        worded = not side.value.raw.startswith(_SIGNS)
        return not (worded and sentence.side == "result")
    if sentence.side != "goal":
        return False
    return sentence.listed or pattern("indicators.result_sentence").regex.search(string) is None


# --- names ------------------------------------------------------------------------------------------------------------


def _names(sentence: Sentence, string: str, floor: int, side: Side, following: int) -> Iterator[Range]:
    """Where the name of a figure stands: before it, several names before a shared value, or behind it."""
    before = _before(string, floor, side.start)
    rest = string[side.end :].removeprefix("等")
    behind = rest[:1]
    words = string[slice(*before)]
    if len(words) >= 2 and (behind in _ENDS or not behind or side.value.unit in ("%", "‰")):
        if _SHARED.search(string[floor : side.start]) and ("、" in words or "和" in words):
            yield from _several(string, before, sentence)
        elif _is_name(sentence, words, side):
            yield before
        return
    name = pattern("indicators.name.behind").regex.match(string, side.end)
    if name is None or side.figure is None or (name.end("name") >= following and following < len(string)):
        return
    if _leads(string, floor, side.start, sentence) and _is_name(sentence, name["name"], side):
        yield name.span("name")


def _before(string: str, floor: int, end: int) -> Range:
    """The words of the clause before a figure, without what only leads to them; a list's 、 parts its items."""
    start = floor
    for match in _CLAUSE.finditer(string, floor, end):
        start = match.end()
    name = trimmed(string, (start, _before_former(string, start, end)))
    if name[1] - name[0] > _LONGEST_NAME:
        return end, end
    verb = pattern("indicators.name.verb").regex.match(string[slice(*name)])
    return (end, end) if verb is not None else name


def _before_former(string: str, start: int, end: int) -> int:
    """Where the name ends before 由2021年的78%提高到; `end` where no such words stand."""
    former = pattern("indicators.name.former").regex.search(string, start, end)
    return former.start() if former is not None else end


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


def _is_name(sentence: Sentence, words: str, side: Side) -> bool:
    if pattern("indicators.name.none").regex.search(words) or _is_money_rate(sentence, words):
        return False
    if not (sentence.listed and side.value.operator) and pattern("indicators.name.money").regex.search(words):
        return False
    unit = side.value.unit
    if side.figure is not None and (not unit or (sentence.side and not sentence.listed and unit == "%")):
        return pattern("indicators.rate_name").regex.search(words) is not None
    return True


def _is_money_rate(sentence: Sentence, words: str) -> bool:
    """Rates of money are facts of their own; below a heading of indicators they are indicators too."""
    if "率" not in words and "进度" not in words:
        return False
    if sentence.listed:
        return pattern("indicators.name.execution").regex.search(words) is not None
    if pattern("rates.alone").regex.search(words) is not None:
        return True
    # 补贴对象准确率 speaks of money, and is no rate of it: the verb before 率 must be one of money.
    of_money = pattern("rates.money").regex.search(words) and not pattern("rates.not_money").regex.search(words)
    return bool(of_money) and (words.endswith("进度") or any(m.end("name") == len(words) for m in _rate_names(words)))


def _rate_names(words: str) -> Iterator[regex.Match[str]]:
    return pattern("rates.name").regex.finditer(words)
