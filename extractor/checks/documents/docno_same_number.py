"""One release order printed beside two parts of a total.

Compares: the document numbers printed beside the parts that split one total in running text (甲部分5000万元（…964号），
    乙部分4000万元（…965号）).
Formula: no number stands beside two parts of one list.
Tolerance: none.
False alarms: an order that really releases two parts, which is why this is a note; an order beside each of three and
    more parts releases all of them; a number that is printed once for several parts; a list told again elsewhere.
Example: 5,000 万元（吉财产业指〔2024〕965号）, 4,000 万元（吉财产业指〔2024〕965号）, another order elsewhere.
Source: release orders (指标文) are issued for one use of the money; a number copied from the part before is a slip that
    reviewers look for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.checks.base import Check, evidence
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import DocNumber, Evidence, Fund, Report, Verdict

ZH = """同一指标文号用于两个部分。

核对内容：正文中同一总额的各个部分所附的资金文号（甲部分5000万元（……964号），乙部分4000万元（……965号））。
公式：同一列举中，一个文号不出现在两个部分旁。
容差：无。
易误报：一份文件确实下达两个部分，故只作提示；三个以上部分都附同一文号的，视为一并下达；几个部分只印一次文号的、
    在别处重述同一列举的，均不计。
例：5,000万元（吉财产业指〔2024〕965号），4,000万元（吉财产业指〔2024〕965号），其余部分另有文号。
依据：指标文按用途下达；照抄前一部分的文号是复核中常查的差错。
"""

_TWO = 2
#: So far before its first part and behind its last one a list's numbers may stand.
_NEAR = 80

_Part = tuple[Fund, list[DocNumber]]


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    lists: dict[tuple[int, int], list[Fund]] = {}
    for fund in report.funds:
        if fund.parent_seq is not None and fund.place.source == "prose":
            lists.setdefault((fund.parent_seq, fund.split), []).append(fund)
    for funds in lists.values():
        numbered = [part for part in _with_numbers(report.doc_numbers, funds) if part[1]]
        if len(numbered) > 1:
            yield _judge(numbered)


def _with_numbers(numbers: Sequence[DocNumber], funds: Sequence[Fund]) -> list[_Part]:
    """Each part with the numbers printed behind it, or before it where a list names its orders first."""
    starts = [fund.place.start for fund in funds]
    ends = [fund.place.end for fund in funds]
    behind = _between(numbers, funds, ends, [*starts[1:], ends[-1] + _NEAR])
    before = _between(numbers, funds, [starts[0] - _NEAR, *ends[:-1]], starts)
    return max(behind, before, key=lambda parts: sum(1 for part in parts if part[1]))


def _between(
    numbers: Sequence[DocNumber], funds: Sequence[Fund], lows: Sequence[int], highs: Sequence[int]
) -> list[_Part]:
    """Each part with those of its numbers that are printed from its low to its high."""
    return [
        (fund, [one for one in numbers if one.normalized in fund.doc_numbers and low <= one.place.start < high])
        for fund, low, high in zip(funds, lows, highs, strict=True)
    ]


def _judge(parts: Sequence[_Part]) -> Verdict:
    cited = tuple(item for fund, numbers in parts for item in (evidence(fund), *map(evidence, numbers)))
    evaluation = parts[0][0].evaluation
    if any(_unread(number) for _, numbers in parts for number in numbers):
        message = Message.of("The release orders of the {count} parts could not all be read", count=len(parts))
        return CHECK.uncheckable(evaluation, message, evidence=cited)
    beside: dict[str, list[_Part]] = {}
    for part in parts:
        for name in dict.fromkeys(number.normalized for number in part[1]):
            beside.setdefault(name, []).append(part)
    # Beside each of many parts it is the order of the whole list.
    repeated = {name: held for name, held in beside.items() if len(held) == _TWO or _TWO < len(held) < len(parts)}
    if not repeated:
        message = Message.of("The release orders of {count} parts are told apart", count=len(parts))
        return CHECK.consistent(evaluation, message, formula="; ".join(beside), evidence=cited)
    name, several = next(iter(repeated.items()))
    message = Message.of(
        "{number} stands beside “{one}” and beside “{other}”",
        number=name,
        one=several[0][0].label,
        other=several[1][0].label,
    )
    formula = "; ".join(f"{name}: {' = '.join(fund.raw for fund, _ in parts)}" for name, parts in repeated.items())
    return CHECK.inconsistent(evaluation, message, formula=formula, evidence=_evidence(repeated))


def _unread(number: DocNumber) -> bool:
    """Whether the number may be another one than was read."""
    return bool({"masked", "no-number"} & set(number.form)) or (
        "fused" in number.form and "parted-by-sum" not in number.form
    )


def _evidence(repeated: dict[str, list[_Part]]) -> tuple[Evidence, ...]:
    """The parts that share a number, each with that number as printed beside it."""
    return tuple(
        item
        for name, parts in repeated.items()
        for fund, numbers in parts
        for item in (evidence(fund), *(evidence(number) for number in numbers if number.normalized == name))
    )


CHECK = Check(id="docno-same-number", severity="note", run=run)
