"""One fact, given once with a word of approximation and once exactly.

Compares: figures of the running text with 超, 近, 约, 余 with exact figures of the same name and unit elsewhere in it.
Formula: the exact figure lies in what the word allows: 近x is 0.9x to x, 约x 0.9x to 1.1x, 超x is x to 1.2x, and x余
    (多) goes up to the next round figure (1万余 to 2万).
Tolerance: the rounding of the exact figure.
False alarms: figures of another scope (another year, place or part) are not compared; a name has to be the same to the
    letter. The figures of indicators belong to narrative-vs-indicator-number.
Example: 服务企业超500家 in one place, 服务企业486家 in another.
Source: GB/T 15835-2011 on approximate numbers, and what their words are commonly understood as.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from extractor import lexicon, quantity
from extractor.checks.arithmetic import Number, grouped, joined
from extractor.checks.base import Check, quoted
from extractor.checks.naming import core
from extractor.checks.wording import running, skeleton
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Passage, Quantity, Report, Verdict

ZH = """约数与确数。

核对内容：正文中带“超”“近”“约”“余”的数，与别处名称、单位相同的确切数。
公式：确切数在约数所指范围内：近x为0.9x至x，约x为0.9x至1.1x，超x为x至1.2x，
    x余、x多不到下一个整数（1万余不到2万）。
容差：确切数的舍入。
易误报：口径不同（其他年份、地区、部分）的不比较；名称须完全相同。指标中的数归 narrative-vs-indicator-number。
例：一处写服务企业超500家，另一处写服务企业486家。
依据：GB/T 15835-2011 关于概数的规定及概数词的通常含义。
"""

#: Shorter names are of too many things.
_SHORTEST = 4
_STOPS = "。;；"
_YEAR = regex.compile(r"20\d\d年")


@dataclass(frozen=True, slots=True)
class _Mention:
    """A figure of the running text with its name, and the words that narrow it down."""

    passage: Passage
    figure: Quantity
    name: str
    scope: frozenset[str]

    @property
    def cited(self) -> Evidence:
        return quoted(self.passage, self.figure.start, self.figure.end)


#: Words that say no more of a result than 超 does.
_EXCEEDED = ("超过", "突破")


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    found: dict[tuple[object, ...], list[_Mention]] = {}
    for mention in _mentions(report):
        kind = quantity.dimension(mention.figure.unit)
        found.setdefault((mention.passage.evaluation, mention.name, kind), []).append(mention)
    for mentions in found.values():
        exact = [one for one in mentions if not quantity.approximate(one.figure)]
        for mention in mentions:
            if quantity.approximate(mention.figure) and exact:
                yield _judge(mention, exact)


def _mentions(report: Report) -> Iterator[_Mention]:
    spans = [(one.place.start, one.place.end) for one in report.indicators]
    scope = lexicon.matcher("check.scope")
    lead = lexicon.pattern("check.name.lead").regex
    own = {evaluation.seq: f"{evaluation.fiscal_year}年" for evaluation in report.evaluations}
    for passage in running(report):
        bones = skeleton(passage.text.string)
        for at, printed in bones.figures.items():
            before, behind = bones.beside(at)
            figure = replace(printed, qualifier="超") if printed.qualifier in _EXCEEDED else printed
            name = core(lead.sub("", before)) + core(behind)
            if len(name) < _SHORTEST or not figure.unit or figure.value is None or figure.high is not None:
                continue
            start = max(bones.string.rfind(stop, 0, at) for stop in _STOPS) + 1
            span = passage.text.span(figure.start, figure.end)
            if not any(begin <= span.start < end for begin, end in spans):
                words = bones.string[start:at] + behind
                said = {match[0] for match in scope.finditer(words)} | set(_YEAR.findall(words))
                yield _Mention(passage, figure, name, frozenset(said - {own.get(passage.evaluation or 0, "")}))


def _judge(mention: _Mention, exact: Sequence[_Mention]) -> Verdict:
    """The approximate figure against the exact one of its scope, the nearest in value."""
    evaluation, names = mention.passage.evaluation, {"about": mention.figure.raw, "name": mention.name}
    same = [one for one in exact if one.scope == mention.scope and Number.of_quantity(one.figure) is not None]
    about = Number.of_quantity(mention.figure)
    if not same or about is None or about.approx is None:
        message = Message.of("“{about}” and the other figure of “{name}” may have different scopes", **names)
        return CHECK.uncheckable(evaluation, message, evidence=(mention.cited, exact[0].cited))
    allowed = _allowed(about, mention.figure)
    holding = next((one for one in same if _true(one).overlaps(allowed)), None)
    if holding is None and len({one.figure.value for one in same}) > 1:
        message = Message.of("“{name}” stands beside several exact figures", name=mention.name)
        return CHECK.uncheckable(evaluation, message, evidence=(mention.cited, *(one.cited for one in same)))
    other = holding or same[0]
    number = Number.of_quantity(other.figure)
    figures = number.with_unit if number else other.figure.raw, _range(about, allowed)
    cited = (mention.cited, other.cited)
    shown = {"actual": figures[0], "expected": figures[1]}
    if holding is not None:
        message = Message.of("“{about}” and the exact figure of “{name}” fit one another", **names)
        formula = f"{figures[0]} ∈ {figures[1]}"
        return CHECK.consistent(evaluation, message, evidence=cited, formula=formula, **shown)
    message = Message.of("“{about}” and the exact figure of “{name}” do not fit one another", **names)
    formula = f"{figures[0]} ∉ {figures[1]}"
    return CHECK.inconsistent(evaluation, message, "note", evidence=cited, formula=formula, **shown)


def _true(mention: _Mention) -> quantity.Interval:
    number = Number.of_quantity(mention.figure)
    if number is None:
        raise ValueError(f"{mention.figure.raw} is no exact figure")
    return number.true_values(exact=number.is_count)


def _allowed(about: Number, figure: Quantity) -> quantity.Interval:
    """The values that the word allows; 余 and 多 stand for less than the next round figure."""
    usual = about.true_values()
    if figure.qualifier not in ("余", "多", "来"):
        return usual
    last = len(str(figure.value)) - len(str(figure.value).rstrip("0")) if about.decimals == 0 else 0
    step = quantity.base(Decimal(1).scaleb(last - about.decimals), about.unit)
    return quantity.Interval(usual.low, max(usual.high, about.base + step))


def _range(about: Number, allowed: quantity.Interval) -> str:
    """`500–600 家`, one place finer than the figure where that says more."""
    one = quantity.base(Decimal(1), about.unit)
    ends = [end / one for end in (allowed.low, allowed.high)]
    places = about.decimals + (any((end * 10**about.decimals).denominator != 1 for end in ends))
    return joined("–".join(grouped(end, places) for end in ends), about.unit)


CHECK = Check(id="approx-consistency", severity="note", run=run)
