"""Money of the levels of government, and their total.

Compares: in one sentence, sums that are named by their level (中央, 省级, 市级, 县级, 地方 …) with the sum that is said
    to be all of them (共, 合计, 总投资), before or behind them.
Formula: central + local (province, city, county …) = total.
Tolerance: none where all figures are printed to the same place; else half a unit of the last printed place of each.
    What rounding each figure could explain is a note, or nothing where the report declares its rounding.
False alarms: levels below 地方 that split it once more (tried without them), money of the central budget that the
    province passes on and that both name, other sources (自筹) that the sentence leaves out. Parts that the text lists
    under their total belong to sum-parts, rows of a table to fund-source-sum.
Example: 中央资金 10.53 万元，地方资金 1,292.23 万元，合计 1,320.76 万元: 10.53 + 1,292.23 = 1,302.76 ≠ 1,320.76.
Source: the self-evaluation forms of transfer payments (转移支付) split the money by 中央补助 and 地方资金.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from extractor import lexicon
from extractor.checks import hints, rounding
from extractor.checks.arithmetic import Comparison, Number, compare_sum
from extractor.checks.base import Check, evidence
from extractor.checks.wording import Passages
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Amount, Fund, Passage, Report, Verdict

ZH = """各级资金与总额。

核对内容：同一句中按级次列出的金额（中央、省级、市级、县级、地方等），与称为总额的数（共、合计、总投资），总额在前在后均可。
公式：中央 + 地方（省、市、县……）= 总额。
容差：各数印到同一位的，不留容差；否则取各数末位的半个单位。四舍五入可以解释的差额只作提示，报告自己声明的予以认可。
易误报：“地方”之下再分的省、市、县（去除后再试）、省级转拨而重复列名的中央资金、句中未列的其他来源（自筹）。
    总额之下的分项列举归 sum-parts，表格各行归 fund-source-sum。
例：中央资金 10.53 万元，地方资金 1,292.23 万元，合计 1,320.76 万元：10.53 + 1,292.23 = 1,302.76 ≠ 1,320.76。
依据：转移支付自评表按中央补助、地方资金列示。
"""

_STOPS = "。;"


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    passages = Passages.of(report)
    alone = [f for f in report.funds if f.column is None and f.parent_seq is None and f.yuan is not None]
    alone = [fund for fund in alone if passages.at(fund.place) is not None]
    for (_, sentence), funds in groupby(alone, key=lambda fund: _sentence(fund, passages)):
        beside = list(funds)
        for _, same in groupby([f for f in beside if _level(f)], key=lambda fund: fund.role):
            parts = list(same)
            if len({_level(part) for part in parts}) > 1:
                yield from _judge(parts, beside, sentence, report, passages)


def _sentence(fund: Fund | Amount, passages: Passages) -> tuple[int, int]:
    """(seq of the passage, where the sentence begins in it)."""
    passage = passages.at(fund.place)
    if passage is None:
        return -1, -1
    at = passages.position(passage, fund.place)
    return passage.seq, max(passage.text.string.rfind(stop, 0, at) for stop in _STOPS) + 1


def _level(fund: Fund) -> str:
    match = lexicon.pattern("check.level_of_money").regex.search(fund.label)
    return match[0] if match else ""


def _judge(
    parts: Sequence[Fund], beside: Sequence[Fund], sentence: int, report: Report, passages: Passages
) -> Iterator[Verdict]:
    passage = passages.at(parts[0].place)
    if passage is None:
        return
    totals = list(_totals(parts, (passage.seq, sentence), report, passages, passage))
    if not totals:
        return
    numbers = [Number.of(part) for part in parts]
    results = [
        (total, reading, _compared(total, reading))
        for total in totals
        for reading in _readings(parts, [f for f in beside if f.place.start != total.place.start])
    ]
    total, reading, result = next((one for one in results if one[2].grade == "agrees"), results[0])
    cited = (evidence(total), *map(evidence, reading))
    names = {"total": total.raw, "count": str(len(reading))}
    if result.grade == "apart" and len(totals) > 1:
        message = Message.of("Which sum the money of {count} levels adds up to is not clear", **names)
        yield CHECK.uncheckable(parts[0].evaluation, message, evidence=cited, formula=result.formula)
        return
    told = rounding.Told(
        Message.of("The money of {count} levels adds up to {total}", **names),
        Message.of("The money of {count} levels adds up to {total} but for the declared rounding", **names),
        Message.of("The money of {count} levels misses {total} by a difference of rounding", **names),
        Message.of("The money of {count} levels does not add up to {total}", **names),
    )
    whole = Number.of(total)
    short = sum(number.base for number in numbers) < whole.base
    if result.grade == "apart" and short and _names_other_sources(passage):
        message = Message.of("The money of {count} levels leaves room for other sources in {total}", **names)
        yield CHECK.uncheckable(parts[0].evaluation, message, evidence=cited, formula=result.formula)
        return
    hint = hints.for_sum(whole, numbers)
    found = rounding.Sum(parts[0].evaluation, result, [whole, *numbers], cited, hint=hint)
    yield rounding.judge(CHECK, found, told, report)


def _totals(
    parts: Sequence[Fund], sentence: tuple[int, int], report: Report, passages: Passages, passage: Passage
) -> Iterator[Amount]:
    """Sums of the same sentence that are said to be all of the money; each amount once."""
    taken = {part.place.start for part in parts}
    seen: set[object] = set()
    for amount in report.amounts:
        if amount.place.start in taken or amount.yuan is None or amount.yuan in seen:
            continue
        if passages.at(amount.place) is not passage or _sentence(amount, passages) != sentence:
            continue
        if lexicon.pattern("check.words_of_total").regex.search(passages.before(amount.place, stops="。;，,")):
            seen.add(amount.yuan)
            yield amount


def _readings(parts: Sequence[Fund], beside: Sequence[Fund]) -> Iterator[Sequence[Fund]]:
    """All levels; with the other sums of the sentence (其余2500万元); of 中央, 地方 and lower levels only those two."""
    yield parts
    if len(beside) > len(parts):
        yield beside
    upper = [part for part in parts if _level(part) in ("中央", "地方")]
    if len(upper) > 1 and len(upper) < len(parts):
        yield upper


def _compared(total: Amount, parts: Sequence[Fund]) -> Comparison:
    return compare_sum(Number.of(total), [Number.of(part) for part in parts])


def _names_other_sources(passage: Passage) -> bool:
    return lexicon.matcher("check.other_source").search(passage.text.string) is not None


CHECK = Check(id="central-local-split", severity="error", run=run)
