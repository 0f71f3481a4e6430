"""A total and its parts.

Compares: a sum of money in running text with the parts that follow it (其中, 包括, 分别为 …); each split of one total
    (by source, by use, by place) and each level of parts by itself.
Formula: total = sum of the parts. Parts that the text calls partial (等, 主要包括, 含) and a lone part may only not be
    more than the total.
Tolerance: none where all figures are printed to the same place; else half a unit of the last printed place of each
    figure, whole amounts beside decimals being exact. What rounding each figure could explain is a note.
False alarms: parts of parts, amounts of another stage in the list (spent money under a budget), partial lists, amounts
    about which the text says 约; the report's own remark that differences come from rounding is honoured.
Example: 1,200.5 + 800.25 = 2,000.75 ≠ 2,100.75 万元.
Source: budget release orders (指标文) are written in 万元 to the place that they are paid in, so parts add up exactly;
    GB/T 8170-2008 for rounded figures.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.checks.base import Check, evidence
from extractor.checks.funds.partition import Split, judge, splits
from extractor.checks.wording import Passages
from extractor.lexicon import Profile, folding
from extractor.messages import Message
from extractor.model import Report, Verdict
from extractor.text import Text

ZH = """分项合计与总额。

核对内容：正文中的总额与其后列出的各分项（其中、包括、分别为等）；同一总额按来源、用途、地区等多种方式拆分的，
    每种拆分、每一层级分别核对。
公式：总额 = 各分项之和。文中注明不完全列举的（等、主要包括、含）和只列一项的，分项不得大于总额。
容差：各数印到同一位的，不留容差；否则取各数末位的半个单位，与小数并列的整数视为准确数。四舍五入可以解释的差额只作提示。
易误报：分项的分项、列表中混入其他环节的金额（预算下列支出）、不完全列举、“约”数；报告自己声明系四舍五入所致的，予以认可。
例：1,200.5 + 800.25 = 2,000.75 ≠ 2,100.75 万元。
依据：预算指标文按万元写到实际支付的位数，分项应当准确相加；修约依据 GB/T 8170-2008。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    passages = Passages.of(report)
    unread = [quote for gap in report.gaps if gap.kind == "unread_number" and (quote := _folded(gap.quote))]
    for split in splits(report, column=False):
        lost = _unread_part(split, passages, unread) if unread else None
        if lost is None:
            yield judge(CHECK, split, report, single="warning")
            continue
        message = Message.of(
            "“{label}” cannot be added up: the part “{quote}” could not be read", label=split.total.label, quote=lost
        )
        cited = tuple(evidence(fund) for fund in (split.total, *split.parts))
        yield CHECK.uncheckable(split.total.evaluation, message, evidence=cited)


def _folded(quote: str) -> str:
    return Text.of(quote).fold(folding()).tight().string


def _unread_part(split: Split, passages: Passages, unread: list[str]) -> str | None:
    """A number between the total and the end of its list that could not be read."""
    passage = passages.at(split.total.place)
    if passage is None:
        return None
    first = min((split.total, *split.parts), key=lambda fund: fund.place.start)
    string = passage.text.string[passages.position(passage, first.place) :].split("。", 1)[0]
    return next((quote for quote in unread if quote in string), None)


CHECK = Check(id="sum-parts", severity="error", run=run)
