"""A sum of money without its unit.

Compares: numbers right behind a word for money (资金, 预算, 支出, 补助 …) with the unit that ought to follow them.
Formula: a sum is printed with 元, 万元 or 亿元.
Tolerance: none.
False alarms: years, small numbers (counts), numbers with a unit of their own, texts that name their unit once for all
    (单位：万元), units that stand at the beginning of the next line.
Example: 安排专项资金 5000，用于 ….
Source: GB/T 15835-2011: a quantity is a number and its unit; without the unit 5000 may be 元 or 万元.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor import lexicon, quantity
from extractor.checks.base import Check, quoted
from extractor.checks.wording import running, skeleton
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Passage, Quantity, Report, Verdict

ZH = """金额缺少单位。

核对内容：资金、预算、支出、补助等词后紧接的数字是否带有单位。
公式：金额应写明元、万元或亿元。
容差：无。
易误报：年份、较小的数（多为计数）、另有单位的数、已统一注明单位的（单位：万元）、单位排在下一行的。
例：安排专项资金5000，用于……
依据：GB/T 15835-2011：量由数值和单位组成；缺少单位则 5000 可能是元，也可能是万元。
"""

#: Whole numbers below this are counts as often as money.
_LEAST = 100
_YEARS = range(1990, 2100)


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    passages = list(running(report))
    for_all = lexicon.pattern("check.unit_for_all").regex
    stated = any(for_all.search(passage.text.string) for passage in report.passages)
    with_unit = 0
    missing: list[tuple[Passage, Quantity]] = []
    pattern = lexicon.pattern("check.skeleton.sum_of_money").regex
    for at, passage in enumerate(passages):
        behind = passages[at + 1].text.string[:1] if at + 1 < len(passages) else ""
        for match in skeleton(passage.text.string).search(pattern):
            figure = match.figures["figure"]
            if quantity.dimension(figure.unit) == "money":
                with_unit += 1
            elif _lacks_unit(passage, figure, behind):
                missing.append((passage, figure))
    for passage, figure in missing:
        cited = (quoted(passage, figure.start, figure.end),)
        names = {"figure": figure.raw}
        if stated:
            message = Message.of("“{figure}” may be in the unit that is stated for all figures", **names)
            yield CHECK.uncheckable(passage.evaluation, message, evidence=cited)
        else:
            message = Message.of("“{figure}” is a sum of money without its unit", **names)
            yield CHECK.inconsistent(passage.evaluation, message, formula=figure.raw, evidence=cited)
    if with_unit and not missing:
        yield CHECK.consistent(None, Message.of("{count} sums of money have their unit", count=with_unit))


def _lacks_unit(passage: Passage, figure: Quantity, behind: str) -> bool:
    """Whether the figure is one that only its unit is missing of."""
    if (figure.unit and not figure.unit.startswith("/")) or figure.value is None:
        return False
    if figure.value < _LEAST and not figure.decimals:
        return False
    if figure.decimals == 0 and figure.value in map(Decimal, _YEARS):
        return False
    rest = passage.text.string[figure.end :]
    if not rest:
        return behind not in ("万", "亿", "元", "千")
    return lexicon.pattern("check.behind_sum").regex.match(rest) is not None


CHECK = Check(id="unit-missing-amount", severity="note", run=run)
