"""Two indicators, and a figure of the text for both together.

Compares: figures of the text whose noun is that of two indicators (示范工厂和数字化车间 77 个, 81 个示范工厂(车间))
    with the sum of the two actual values.
Formula: a + b = figure. Where the text prints several such figures, one that fits settles it.
Tolerance: counts exact; else half a unit of the last place of each figure.
False alarms: sets may overlap, and the text may speak of another level or year, so that it is a note with all figures;
    approximate figures and units of another kind are not compared.
Example: 27 工厂 + 50 车间 = 77, and the text has 81 certified and 74 supported.
Source: 财预〔2020〕10号: report and indicators of one self-evaluation give one set of figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractor import lexicon, quantity
from extractor.checks.arithmetic import Comparison, Number, compare_sum
from extractor.checks.base import Check, quoted
from extractor.checks.indicators.sides import APART, figure_evidence, number
from extractor.checks.naming import core, groups, once
from extractor.checks.wording import quantities, running
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Indicator, Passage, Quantity, Report, Verdict

ZH = """两项指标之和与正文中的合计数。

核对内容：正文中以两项指标的名称共同为对象的数字（示范工厂和数字化车间77个、81个示范工厂（车间）），与两项实际值之和。
公式：甲 + 乙 = 该数。正文有几个这样的数的，其中一个吻合即可。
容差：计数准确比较；其余计各数末位的半个单位。
易误报：两者可能交叉，正文可能是另一级别或年份的口径，故只作提示并列出各数；约数和不同类的单位不比较。
例：工厂27 + 车间50 = 77，正文为认定81个、支持74个。
依据：财预〔2020〕10号：同一自评的叙述与指标应当数出一门。
"""

#: A noun of fewer characters names too much.
_SHORTEST = 3
#: So many characters behind and before a figure can name it.
_NOUN = 24


@dataclass(frozen=True, slots=True)
class _Joint:
    """A figure of the text for two indicators together."""

    one: Indicator
    other: Indicator
    passage: Passage
    read: Quantity
    comparison: Comparison


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    passages = list(running(report))
    for evaluation, indicators in groups(report):
        rows = _by_end(row for row in once(indicators) if row.actual_value is not None)
        found: dict[tuple[int, int], list[_Joint]] = {}
        for passage in passages if len(rows) > 1 else ():
            if passage.evaluation in (evaluation, None):
                for joint in _joints(passage, rows):
                    found.setdefault((joint.one.seq, joint.other.seq), []).append(joint)
        for joints in found.values():
            yield _judge(evaluation, joints)


def _by_end(rows: Iterable[Indicator]) -> dict[str, list[Indicator]]:
    """The rows by the last characters of their names."""
    found: dict[str, list[Indicator]] = {}
    for row in rows:
        found.setdefault(core(row.name)[-_SHORTEST:], []).append(row)
    return found


def _joints(passage: Passage, rows: Mapping[str, Sequence[Indicator]]) -> Iterator[_Joint]:
    string = passage.text.string
    for read in quantities(string):
        if read.value is None or not read.unit:
            continue
        for nouns in _nouns(string, read):
            pair = _pair(nouns, rows)
            total = Number.of_quantity(read)
            if pair is not None and total is not None and all(_alike(read.unit, row) for row in pair):
                parts = [number(row.actual_value, row.actual_unit or read.unit, row.actual_raw) for row in pair]
                numbers = [part for part in parts if part is not None]
                if len(numbers) == len(pair):
                    yield _Joint(*pair, passage, read, compare_sum(total, numbers))
                break


def _nouns(string: str, read: Quantity) -> Iterator[tuple[str, str]]:
    """Two nouns that the figure is of: A和B right behind it or right before it, or A(B) for two kinds of one thing."""
    behind = lexicon.pattern("check.joint.behind").regex.match(string, read.end, read.end + _NOUN)
    if behind is not None:
        yield _both(behind["one"], behind["kind"] or "", behind["other"] or "")
    before = lexicon.pattern("check.joint.before").regex.search(string, max(0, read.start - 2 * _NOUN), read.start)
    if before is not None:
        yield _both(before["one"], before["kind"] or "", before["other"] or "")


def _both(one: str, kind: str, other: str) -> tuple[str, str]:
    """示范工厂(车间) names 示范工厂 and 示范车间: the word in brackets stands for as much at the end."""
    return (one, one[: -len(kind)] + kind) if kind and len(kind) < len(one) else (one, other)


def _pair(nouns: tuple[str, str], rows: Mapping[str, Sequence[Indicator]]) -> tuple[Indicator, Indicator] | None:
    """The two indicators whose names end in the nouns, None where that is not one for each."""
    named = [
        [row for end in _ends_in(noun) for row in rows.get(end, ()) if _ends(core(row.name), noun)] for noun in nouns
    ]
    if any(len(found) != 1 for found in named) or named[0] == named[1]:
        return None
    return named[0][0], named[1][0]


def _ends_in(noun: str) -> list[str]:
    """What a name can end in that shares its end with the noun, or lies at the noun's beginning."""
    return list(dict.fromkeys(noun[at : at + _SHORTEST] for at in range(len(noun) - _SHORTEST + 1)))


def _ends(name: str, noun: str) -> bool:
    """Whether name and noun share an end, or the noun begins with the end of the name (车间建设)."""
    longest = max(
        (size for size in range(_SHORTEST, min(len(name), len(noun)) + 1) if _meet(name, noun, size)), default=0
    )
    return longest >= _SHORTEST


def _meet(name: str, noun: str, size: int) -> bool:
    return name[-size:] in (noun[:size], noun[-size:])


def _alike(unit: str, row: Indicator) -> bool:
    kinds = [quantity.dimension(one) for one in (unit, row.actual_unit or row.target_unit or "")]
    counts = all(kind is not None and kind.startswith("count.") and kind not in APART for kind in kinds)
    return counts or (kinds[0] == kinds[1] and kinds[0] is not None and kinds[0] not in ("ratio", "pct_point", "score"))


def _judge(evaluation: int | None, joints: Sequence[_Joint]) -> Verdict:
    fitting = next((joint for joint in joints if joint.comparison.grade != "apart"), None)
    first = fitting or joints[0]
    names = {"one": first.one.name, "other": first.other.name}
    shown = [quoted(joint.passage, joint.read.start, joint.read.end) for joint in joints]
    cited = (*figure_evidence(first.one), *figure_evidence(first.other), *shown)
    if fitting is not None:
        message = Message.of("The text's figure for “{one}” and “{other}” together is their sum", **names)
        return CHECK.consistent(evaluation, message, evidence=cited, **fitting.comparison.figures)
    if any(quantity.approximate(joint.read) for joint in joints):
        message = Message.of("The text's figure for “{one}” and “{other}” together is approximate", **names)
        return CHECK.uncheckable(evaluation, message, evidence=cited)
    figures = "、".join(dict.fromkeys(joint.read.raw for joint in joints))
    message = Message.of(
        "“{one}” and “{other}” do not add up to what the text has for both: {figures}", figures=figures, **names
    )
    formula = "; ".join(dict.fromkeys(joint.comparison.formula for joint in joints))
    return CHECK.inconsistent(
        evaluation, message, None, evidence=cited, **{**first.comparison.figures, "formula": formula}
    )


CHECK = Check(id="cross-indicator-sum", severity="note", run=run)
