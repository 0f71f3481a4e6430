"""Claims that all of the money was paid (全部拨付, 支付完毕, 无结余). No check of its own: `all-paid-claim` asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor import lexicon, quantity
from extractor.checks.base import quoted
from extractor.checks.naming import likeness
from extractor.checks.wording import quantities, running
from extractor.model import Evidence, Fund, Passage, Report

_STOPS = "。;；"
_LEAD = regex.compile(
    "^(?:截[至止][^，,]*|20\\d\\d年度?|全年|目前|现|已|所有|各项|该|本|上述|项目|专项|下达|到位|的|[一二三]是)+|[，,均已将按把]+$"
)
#: A subject of so many characters names money; it is this money from that likeness on.
_NAMED, _ALIKE = 4, 0.7
#: Verbs of the claim → words of the sums that they are compared with.
FAMILIES = {
    "paid": regex.compile("支出|支付|使用|执行"),
    "granted": regex.compile("拨付"),
    "handed": regex.compile("发放|兑付|兑现"),
    "arrived": regex.compile("到位"),
}


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that all was paid: its words, the family of its verb ('left': 无结余) and the fund in its clause."""

    passage: Passage
    words: str
    subject: str
    family: str
    fund: Fund | None
    cited: Evidence

    def is_of(self, whole: Fund) -> bool:
        """Whether the claim is of this money: it names its sum, no money in particular, or this one."""
        if self.fund is not None or self.subject in lexicon.words("check.generic_label") or len(self.subject) < _NAMED:
            return True
        return likeness(self.subject, whole.label) >= _ALIKE


def claims(report: Report) -> Iterator[Claim]:
    """The claims of the running text, in reading order."""
    for passage in running(report):
        string = passage.text.string
        for match in lexicon.pattern("check.claim_of_payment").regex.finditer(string):
            verb = match["verb"] or ""
            family = next((name for name, words in FAMILIES.items() if words.search(verb)), "left")
            fund = _in_clause(passage, match.start(), report)
            cited = quoted(passage, match.start(), match.end(), around=8)
            yield Claim(passage, match[0], _subject(string, match.start()), family, fund, cited)


def _subject(string: str, at: int) -> str:
    """The words of the clause before the claim, without those that name nothing."""
    start = max(string.rfind(stop, 0, at) for stop in _STOPS + "，,:：") + 1
    return _LEAD.sub("", string[start:at])


def _in_clause(passage: Passage, at: int, report: Report) -> Fund | None:
    """The sum that the claim is about: the nearest one before it in its clause."""
    string = passage.text.string
    start = max(string.rfind(stop, 0, at) for stop in _STOPS + "，,") + 1
    near = [figure for figure in quantities(string) if start <= figure.start and figure.end <= at]
    if not near or quantity.dimension(near[-1].unit) != "money":
        return None
    place = passage.place(near[-1].figure[0], near[-1].figure[1])
    return next((f for f in report.funds if f.place.start <= place.start < f.place.end and f.column is None), None)
