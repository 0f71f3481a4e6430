"""An amount in capital numerals and the same amount in digits.

Compares: a sum in formal capitals (壹佰万元整) with the digits printed right beside it, in either order, with or
    without brackets, 大写, 小写, 人民币 or ¥ between them.
Formula: value of the capitals = value of the digits.
Tolerance: none, to the 分.
False alarms: capitals that recognition read wrongly; a sum in capitals without digits beside it is not compared.
Example: 壹佰万元整(¥100,000.00): 1,000,000 ≠ 100,000 元.
Source: 正确填写票据和结算凭证的基本规定 (支付结算办法, 银发〔1997〕393号): both forms must agree, or the
    voucher is void.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import regex

from extractor import lexicon, quantity
from extractor.checks.arithmetic import grouped, joined
from extractor.checks.base import Check, quoted
from extractor.checks.wording import quantities
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Passage, Quantity, Report, Verdict

ZH = """大写金额与小写金额。

核对内容：大写金额（壹佰万元整）与紧邻的小写金额，先后不限，中间可有括号、“大写”“小写”“人民币”“¥”等字样。
公式：大写金额 = 小写金额。
容差：无，核对到分。
易误报：识别有误的大写字；旁边没有小写金额的不核对。
例：壹佰万元整（¥100,000.00）：1,000,000 ≠ 100,000 元。
依据：《正确填写票据和结算凭证的基本规定》（支付结算办法，银发〔1997〕393号）：大小写须一致，否则凭证无效。
"""

_CAPITAL = regex.compile("[壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟弍]")


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    runs, between = lexicon.pattern("check.capital.run").regex, lexicon.pattern("check.capital.between").regex
    for passage in report.passages:
        string = passage.text.string
        if not _CAPITAL.search(string):
            continue
        figures = quantities(string)
        for match in runs.finditer(string):
            capital = next((f for f in figures if f.start <= match.start() < f.end), None)
            beside = [f for f in figures if f is not capital and _adjacent(f, match, string, between)]
            if beside:
                yield _verdict(passage, match, capital, beside[0])


def _adjacent(figure: Quantity, match: regex.Match[str], string: str, between: regex.Pattern[str]) -> bool:
    """Whether only brackets and words such as 大写 stand between the digits and the capitals."""
    if _CAPITAL.search(figure.raw):
        return False
    words = string[figure.end : match.start()] if figure.end <= match.start() else string[match.end() : figure.start]
    return len(words) <= 16 and between.fullmatch(words) is not None


def _verdict(passage: Passage, match: regex.Match[str], capital: Quantity | None, digits: Quantity) -> Verdict:
    start, end = min(match.start(), digits.start), max(match.end(), digits.end)
    cited = (quoted(passage, start, end, around=0),)
    left = quantity.money(capital) if capital is not None else None
    right = quantity.money(digits if digits.unit else replace(digits, unit="元"))
    if left is None or right is None:
        unread = match[0] if left is None else digits.raw
        message = Message.of("“{quote}” could not be read as a sum of money", quote=unread)
        return CHECK.uncheckable(passage.evaluation, message, evidence=cited)
    one, other = (grouped(value, max(0, -int(value.as_tuple().exponent))) for value in (left, right))
    figures: dict[str, Any] = {
        "formula": joined(f"{one} {'=' if left == right else '≠'} {other}", "元"),
        "expected": joined(one, "元"),
        "actual": joined(other, "元"),
        "difference": joined(f"{abs(left - right):,f}", "元"),
        "tolerance": "0 元",
        "evidence": cited,
    }
    if left == right:
        message = Message.of("“{capital}” and “{digits}” are the same sum", capital=match[0], digits=digits.raw)
        return CHECK.consistent(passage.evaluation, message, **figures)
    message = Message.of("“{capital}” and “{digits}” are different sums", capital=match[0], digits=digits.raw)
    return CHECK.inconsistent(passage.evaluation, message, **figures)


CHECK = Check(id="capital-vs-digits", severity="error", run=run)
