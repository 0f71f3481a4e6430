"""Figures of the running text, and the indicators that they are figures of.

Compares: each number of the narrative (not in indicator sentences) with the indicator whose name stands in the words
    right before and behind it, in a unit of the same kind.
Formula: number = actual value; beside 目标, 计划 or 不低于 number = target. Both in base units.
Tolerance: counts exact; else half a unit of the last place of each figure where they are printed to different places.
False alarms: another scope (累计, 近年来, 仅, 其中, another year or place, growth, plans) is never a finding; nor is a
    name that only resembles the words. The whole name beside an unequal number is an error, most of it a warning.
Example: “支持改造项目 96 个” in the text, actual 86 个 in the indicator 支持改造项目数量.
Source: 财预〔2020〕10号: report and indicators of one self-evaluation give one set of figures.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractor import lexicon, quantity
from extractor.checks.arithmetic import Comparison, Number, compare_equal, step_down
from extractor.checks.base import Check, evidence, quoted
from extractor.checks.indicators.sides import APART, number
from extractor.checks.naming import core, groups, once, pairs, plain
from extractor.checks.wording import quantities
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Indicator, Passage, Quantity, Report, Severity, Verdict

ZH = """正文叙述中的数字与指标值。

核对内容：正文叙述（不含指标句本身）中的每个数字，与名称出现在其前后词语中、单位同类的指标。
公式：数字 = 实际完成值；与“目标”“计划”“不低于”同处的，数字 = 目标值；换算为同一单位后比较。
容差：计数准确比较；两数所印位数不同的，各计末位半个单位。
易误报：口径不同的（累计、近年来、仅、其中、其他年份或地区、增长、计划）一律不报；词语只是近似的也不报。
    指标全名旁的数字不等为错误，名称大部分吻合的为警告。
例：正文“支持改造项目96个”，指标“支持改造项目数量”实际86个。
依据：财预〔2020〕10号：同一自评的叙述与指标应当数出一门。
"""

_STOPS = "。;；!！?？:："
_PAUSES = "，,、()"
#: How many characters before and behind a number can name it.
_BEFORE, _BEHIND = 40, 18
#: Share of the name's pairs of characters that stand beside the number: to be told equal, to warn, to be sure.
_TOLD, _LIKELY, _SURE = 0.3, 0.8, 0.95
#: Small counts are equal by chance: they need more of the name.
_SMALL, _TOLD_SMALL = 10, 0.5
#: Share of the name that the number's own clause must hold for a finding.
_CLAUSE = 0.5
#: Names shorter than this name too many things.
_SHORTEST = 4
#: So many indicators at most are compared with a number, those that share most with its words; a pair of characters
#: that stands in more names than that tells none of them from another.
_COMPARED, _COMMON = 24, 200
#: Words in the number's own clause that are not of the name: with more of them it may be of something else.
_FOREIGN = 6


@dataclass(frozen=True, slots=True)
class _Mention:
    """A number of the narrative: its words before and behind it, and those of its own clause."""

    passage: Passage
    read: Quantity
    before: str
    behind: str

    @property
    def words(self) -> str:
        return plain(self.before) + "|" + plain(self.behind)

    @property
    def clause(self) -> str:
        """The words of the number's own clause."""
        start = max(self.before.rfind(pause) for pause in _PAUSES) + 1
        return self.before[start:] + self.behind


@dataclass(frozen=True, slots=True)
class _Match:
    indicator: Indicator
    share: float
    comparison: Comparison

    @property
    def equal(self) -> bool:
        return self.comparison.grade == "agrees"


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    spans = _Spans((place.start, place.end) for one in report.indicators for place in (one.place, *one.places.values()))
    years = {evaluation.seq: evaluation.fiscal_year for evaluation in report.evaluations}
    for evaluation, indicators in groups(report):
        named = _Named(once(indicators))
        for passage in report.passages if named.indicators else ():
            if passage.evaluation == evaluation or (passage.evaluation is None and len(years) <= 1):
                for mention in _mentions(passage, spans):
                    yield from _judge(evaluation, mention, named.beside(mention), years.get(evaluation or 0))


class _Spans:
    """Where indicators stand, for asking whether one of them stands in a sentence."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        found = sorted(spans)
        self._starts = [start for start, _ in found]
        self._ends: list[int] = []
        for _, end in found:
            self._ends.append(max(end, self._ends[-1]) if self._ends else end)

    def within(self, start: int, end: int) -> bool:
        """Whether some span shares a character with those from `start` to `end`."""
        last = bisect_left(self._starts, end) - 1
        return last >= 0 and self._ends[last] > start


class _Named:
    """The indicators that a number can be one of, each once, and which of them hold a pair of characters."""

    def __init__(self, indicators: Sequence[Indicator]) -> None:
        each: dict[tuple[str, str | None, str | None], Indicator] = {}
        for one in indicators:
            if len(core(one.name)) >= _SHORTEST and one.actual_value is not None:
                each.setdefault((core(one.name), one.target_raw, one.actual_raw), one)
        self.indicators = list(each.values())
        self._holding: dict[str, list[int]] = {}
        for at, one in enumerate(self.indicators):
            for pair in pairs(core(one.name)):
                self._holding.setdefault(pair, []).append(at)

    def beside(self, mention: _Mention) -> list[Indicator]:
        """Those whose names share most with the words beside the number, in reading order."""
        if len(self.indicators) <= _COMPARED:
            return self.indicators
        shared: Counter[int] = Counter()
        for pair in pairs(mention.words):
            holding = self._holding.get(pair, ())
            if len(holding) <= _COMMON:
                shared.update(holding)
        best = sorted(shared, key=lambda at: (-shared[at] / len(core(self.indicators[at].name)), at))[:_COMPARED]
        return [self.indicators[at] for at in sorted(best)]


def _mentions(passage: Passage, spans: _Spans) -> Iterator[_Mention]:
    """The numbers with a unit that stand outside of the indicators' own sentences."""
    string = passage.text.string
    found = quantities(string)
    for at, read in enumerate(found):
        if read.value is None or read.high is not None or not read.unit or _in_row(passage, read, spans):
            continue
        left = found[at - 1].end if at else 0
        start = max(left, read.start - _BEFORE, *(string.rfind(stop, 0, read.start) + 1 for stop in _STOPS))
        right = found[at + 1].start if at + 1 < len(found) else len(string)
        ends = [i for stop in _STOPS + "，,、" if (i := string.find(stop, read.end)) >= 0]
        end = min(right, read.end + _BEHIND, *ends)
        before = string[start : read.start]
        if at and start == left:
            # Up to the first pause the words belong to the number before: 86个改造项目、12个平台.
            before = before[min((i for p in _PAUSES if (i := before.find(p)) >= 0), default=-1) + 1 :]
        yield _Mention(passage, read, before, string[read.end : end])


def _in_row(passage: Passage, read: Quantity, spans: _Spans) -> bool:
    """Whether an indicator stands in the number's sentence."""
    string = passage.text.string
    start = max(string.rfind(stop, 0, read.start) for stop in "。;；") + 1
    ends = [i for stop in "。;；" if (i := string.find(stop, read.end)) >= 0]
    span = passage.text.span(start, min(ends, default=len(string)))
    return spans.within(span.start, span.end)


def _judge(
    evaluation: int | None, mention: _Mention, indicators: Sequence[Indicator], year: int | None
) -> Iterator[Verdict]:
    beside = pairs(mention.words)
    matches = [match for one in indicators if (match := _match(mention, one, beside)) is not None]
    if not matches:
        return
    best = max(matches, key=lambda match: (match.share, match.equal))
    equal = max((m for m in matches if m.equal), key=lambda match: match.share, default=None)
    other_scope = _other_scope(mention, best.indicator, year)
    if equal is not None and (equal.share >= best.share or best.share < _LIKELY or other_scope):
        yield _equal(evaluation, mention, equal)
    elif best.share >= _LIKELY and not _foreign(mention, best.indicator):
        rivals = [m for m in matches if m is not best and m.share > best.share - 0.1]
        if other_scope or rivals:
            yield _unsettled(evaluation, mention, best)
        else:
            yield _finding(evaluation, mention, best)


def _match(mention: _Mention, indicator: Indicator, beside: Counter[str]) -> _Match | None:
    """How far the indicator's name stands beside the number; None where that is next to nothing."""
    unit = indicator.actual_unit or indicator.target_unit or ""
    if not _comparable(mention.read.unit, unit):
        return None
    share = _share(indicator, beside)
    if share < (_TOLD if mention.read.value is None or mention.read.value > _SMALL else _TOLD_SMALL):
        return None
    planned = mention.read.operator is not None or lexicon.matcher("check.planned").search(mention.clause)
    target = number(indicator.target_value, indicator.target_unit, indicator.target_raw)
    actual = number(indicator.actual_value, indicator.actual_unit or unit, indicator.actual_raw)
    printed = Number.of_quantity(mention.read) or _limit(mention.read)
    if printed is None or actual is None:
        return None
    compared = [compare_equal(actual, printed)]
    if target is not None:
        compared.append(compare_equal(target, printed))
    if planned:
        compared.reverse()
    chosen = next((one for one in compared if one.grade == "agrees"), compared[0])
    return _Match(indicator, share, chosen)


def _limit(read: Quantity) -> Number | None:
    """A number that the text gives as a limit (不低于70个)."""
    return Number(read.value, read.decimals, read.unit) if read.value is not None else None


def _comparable(one: str, other: str) -> bool:
    kinds = quantity.dimension(one), quantity.dimension(other)
    if None in kinds:
        return False
    counts = all(kind is not None and kind.startswith("count.") and kind not in APART for kind in kinds)
    return counts or kinds[0] == kinds[1]


def _share(indicator: Indicator, beside: Counter[str]) -> float:
    """The share of the name's pairs that stand beside the number; the name's last part may stand for it."""
    return max((pairs(words) & beside).total() / pairs(words).total() for words in _wanted(indicator.name))


@lru_cache(maxsize=4096)
def _wanted(name: str) -> tuple[str, ...]:
    whole, tail = core(name), core(name.replace(",", "，").rpartition("，")[2])
    return (whole, tail) if _SHORTEST <= len(tail) < len(whole) else (whole,)


def _other_scope(mention: _Mention, indicator: Indicator, year: int | None) -> bool:
    """Whether words beside the number give it another time, place or part than the indicator has."""
    clause = mention.clause
    for match in lexicon.matcher("check.scope").finditer(mention.before + mention.behind):
        if match[0] not in indicator.name:
            return True
    place = lexicon.pattern("check.place_name").regex.search(clause)
    if place is not None and place[0] not in indicator.name:
        return True
    named = {match[0] for match in lexicon.pattern("check.other_year").regex.finditer(mention.before)}
    return bool(named - {f"{year}年"})


def _foreign(mention: _Mention, indicator: Indicator) -> bool:
    """Whether the number's own clause has other units, little of the name, or much that the name does not say."""
    if not quantity.same_unit(mention.read.unit, indicator.actual_unit or indicator.target_unit or ""):
        return True
    if _share(indicator, pairs(plain(mention.clause))) < _CLAUSE:
        return True
    name = set(core(indicator.name))
    words = lexicon.pattern("check.other_year").regex.sub("", mention.clause)
    return sum(1 for character in plain(words) if character not in name) > _FOREIGN


def _equal(evaluation: int | None, mention: _Mention, match: _Match) -> Verdict:
    message = Message.of("The text gives the same figure as the indicator “{name}”", name=match.indicator.name)
    return CHECK.consistent(evaluation, message, evidence=_cited(mention, match), **match.comparison.figures)


def _unsettled(evaluation: int | None, mention: _Mention, match: _Match) -> Verdict:
    message = Message.of(
        "The text's {figure} may have another scope than the indicator “{name}”",
        figure=mention.read.raw,
        name=match.indicator.name,
    )
    return CHECK.uncheckable(evaluation, message, evidence=_cited(mention, match), formula=match.comparison.formula)


def _finding(evaluation: int | None, mention: _Mention, match: _Match) -> Verdict:
    message = Message.of(
        "The text gives {figure} where the indicator “{name}” has another figure",
        figure=mention.read.raw,
        name=match.indicator.name,
    )
    severity: Severity = "error" if match.share >= _SURE else "warning"
    if match.comparison.grade == "last place":
        severity = "note"
    elif quantity.approximate(mention.read):
        severity = step_down(severity)
    cited = _cited(mention, match)
    return CHECK.inconsistent(evaluation, message, severity, evidence=cited, **match.comparison.figures)


def _cited(mention: _Mention, match: _Match) -> tuple[Evidence, ...]:
    one = match.indicator
    return (
        quoted(mention.passage, mention.read.start, mention.read.end),
        evidence(one, one.actual_raw or one.name, "actual"),
    )


CHECK = Check(id="narrative-vs-indicator-number", severity="error", run=run)
