"""Good execution of the budget is claimed, and no figure of it is printed.

Compares: sentences that call the execution of the budget good (预算执行良好, 不存在执行数偏离预算数) with the report's
    figures: money spent, execution rates, indicators of execution.
Formula: where execution is claimed to be good, an amount spent or an execution rate is printed.
Tolerance: none.
False alarms: figures in an annex that the file does not hold; pages and tables that could not be read leave it open.
Example: 不存在执行数偏离预算数较多的问题, and only the money received is printed.
Source: 财预〔2020〕10号: a self-evaluation reports 全年执行数 and 执行率 beside the budget.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor import lexicon, quantity
from extractor.checks.base import Check, evidence, quoted
from extractor.checks.wording import running, skeleton
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Passage, Report, Verdict

ZH = """称预算执行良好而未列执行数。

核对内容：称预算执行良好的句子（预算执行情况良好、不存在执行数偏离预算数等），与报告中的执行数、执行率、执行类指标。
公式：称执行良好的，应当列有支出数或执行率。
容差：无。
易误报：数字在未随文件提供的附件中；有读不出的页或表的不作判断。
例：称不存在执行数偏离预算数较多的问题，而全文只有到位数。
依据：财预〔2020〕10号：自评应填报全年执行数和执行率。
"""

_UNREAD = ("scanned_page", "garbled_page", "unread_table", "unreadable_page")


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    claims: dict[int | None, list[Evidence]] = {}
    for passage in running(report):
        for match in lexicon.pattern("check.claim_of_execution").regex.finditer(passage.text.string):
            claims.setdefault(passage.evaluation, []).append(quoted(passage, match.start(), match.end(), around=0))
    for evaluation, cited in claims.items():
        figure = next(_figures(report, evaluation), None)
        words = cited[0].quote
        if figure is not None:
            message = Message.of("“{words}” stands beside figures of the execution", words=words)
            yield CHECK.consistent(evaluation, message, evidence=(cited[0], figure))
        elif any(gap.kind in _UNREAD for gap in report.gaps):
            message = Message.of(
                "“{words}” may rest on figures in a part of the file that could not be read", words=words
            )
            yield CHECK.uncheckable(evaluation, message, evidence=(cited[0],))
        else:
            message = Message.of("“{words}”, but no amount spent and no execution rate is printed", words=words)
            yield CHECK.inconsistent(evaluation, message, evidence=tuple(cited))


def _figures(report: Report, evaluation: int | None) -> Iterator[Evidence]:
    """Figures of spending, of this evaluation or of none in particular."""
    of = (evaluation, None)
    yield from (evidence(fund) for fund in report.funds if fund.role == "spent" and fund.evaluation in of)
    rates = lexicon.matcher("check.rate.execution")
    yield from (evidence(rate) for rate in report.rates if rate.evaluation in of and rates.search(rate.name))
    for row in report.indicators:
        if row.evaluation in of and row.actual_raw and (rates.search(row.name) or "支出进度" in row.name):
            yield evidence(row)
    for passage in running(report):
        if passage.evaluation in of:
            yield from _printed(passage)


def _printed(passage: Passage) -> Iterator[Evidence]:
    pattern = lexicon.pattern("check.skeleton.spent").regex
    for match in skeleton(passage.text.string).search(pattern):
        figure = match.figures["figure"]
        if quantity.dimension(figure.unit) in ("money", "ratio"):
            yield quoted(passage, figure.start, figure.end, around=0)


CHECK = Check(id="execution-missing", severity="warning", run=run)
