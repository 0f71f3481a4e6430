"""The rows of a fund table add up to its total row.

Compares: in the fund block of a self-evaluation table, each column's total row (年度资金总额) with the rows of its
    sources (财政拨款, 上年结转资金, 其他资金; 中央补助, 地方资金 …).
Formula: total row = sum of the source rows, column by column.
Tolerance: none where all figures are printed to the same place; else half a unit of the last printed place of each.
False alarms: rows that split the row above them (中央, 省级 under 财政拨款) and that the layout does not indent; a
    column in which one of the rows is left blank is compared less strictly.
Example: 60 + 25 = 85 ≠ 95 万元 in the column 全年预算数.
Source: the form annexed to 财预〔2020〕10号: the total is the sum of 当年财政拨款, 上年结转资金 and 其他资金.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.checks.arithmetic import step_down
from extractor.checks.base import Check, evidence
from extractor.checks.funds.partition import Split, judge, splits
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Report, Verdict

ZH = """年度资金总额与各来源行。

核对内容：自评表资金栏中，每一列的总额行（年度资金总额）与各来源行（财政拨款、上年结转资金、其他资金，中央补助、地方资金等）。
公式：总额行 = 各来源行之和，逐列核对。
容差：各数印到同一位的，不留容差；否则取各数末位的半个单位。
易误报：来源行下再分的行（财政拨款下的中央、省级）没有缩进；某一行在该列空白的，放宽一级。
例：全年预算数一列 60 + 25 = 85 ≠ 95 万元。
依据：财预〔2020〕10号所附表式：年度资金总额为当年财政拨款、上年结转资金与其他资金之和。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    labels: dict[tuple[int | None, int], set[str]] = {}
    found = list(splits(report, column=True))
    for split in found:
        key = (split.total.evaluation, split.total.split)
        labels.setdefault(key, set()).update(part.label for part in split.parts)
    empty: dict[tuple[int | None, str], list[Verdict]] = {}
    for split in found:
        blank = len(labels[split.total.evaluation, split.total.split]) > len(split.parts)
        verdict = _verdict(split, report, blank)
        if verdict.outcome == "inconsistent" and split.total.value == 0:
            empty.setdefault((split.total.evaluation, split.total.label), []).append(verdict)
        else:
            yield verdict
    yield from map(_joined, empty.values())
    split_rows = {(split.total.evaluation, split.total.label) for split in found}
    split_totals = {split.total.seq for split in found}
    for total in report.funds:
        row = (total.evaluation, total.label)
        if total.column is not None and row in split_rows and total.seq not in split_totals:
            message = Message.of("“{label}” has no source rows with a figure in its column", label=total.label)
            yield CHECK.uncheckable(total.evaluation, message, evidence=(evidence(total),))


def _joined(verdicts: Sequence[Verdict]) -> Verdict:
    """A total row that was left at zero is one slip, however many columns it has."""
    formula = "; ".join(dict.fromkeys(verdict.formula for verdict in verdicts))
    return replace(verdicts[0], formula=formula, evidence=tuple(item for one in verdicts for item in one.evidence))


def _verdict(split: Split, report: Report, blank: bool) -> Verdict:
    """A lone row may only not be more than the total; a column with a blank row is a warning at most."""
    verdict = judge(CHECK, split, report, single="error")
    if blank and split.whole and verdict.severity == "error":
        return replace(verdict, severity=step_down(verdict.severity))
    return verdict


CHECK = Check(id="fund-source-sum", severity="error", run=run)
