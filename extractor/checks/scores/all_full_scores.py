"""All projects of one file with a total of 100.

Compares: the totals of all evaluations that a file holds.
Formula: not every one of at least two totals is 100.
Tolerance: exact.
False alarms: a file of one project says nothing of the kind; a project without a total leaves it open.
Example: ten projects, each self-scored 100.
Source: found by reviewers: where every project has full marks, nobody has scored.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.checks.base import Check
from extractor.checks.scores.finals import final
from extractor.checks.scores.points import sheets, shown, weight_evidence
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Report, Verdict, Weight

ZH = """同一文件的项目全部自评100分。

核对内容：一份文件内全部评价的总分。
公式：至少两个总分时，不应全部为100分。
容差：准确比较。
易误报：只有一个项目的不作判断；有项目未印总分的无法断定。
例：十个项目，自评全部100分。
依据：评审所见：个个满分，等于没有评分。
"""

_FULL = Decimal(100)


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    if len(report.evaluations) < 2:
        return
    found = {sheet.evaluation: final(report, sheet) for sheet in sheets(report)}
    totals: list[Weight] = [
        total for one in report.evaluations if (total := found.get(one.seq)) is not None and total.score is not None
    ]
    if not totals:
        return
    cited = tuple(weight_evidence(total) for total in totals)
    formula = "; ".join(shown(total.score) for total in totals if total.score is not None)
    names = {"count": len(totals), "all": len(report.evaluations)}
    if any(total.score != _FULL for total in totals):
        message = Message.of("Of {all} projects not all score 100", **names)
        yield CHECK.consistent(None, message, formula=formula, evidence=cited)
    elif len(totals) < len(report.evaluations):
        message = Message.of("Only {count} of {all} projects print a total, each of 100", **names)
        yield CHECK.uncheckable(None, message, formula=formula, evidence=cited)
    else:
        message = Message.of("All {count} projects score 100", **names)
        yield CHECK.inconsistent(None, message, None, formula=formula, evidence=cited)


CHECK = Check(id="all-full-scores", severity="note", run=run)
