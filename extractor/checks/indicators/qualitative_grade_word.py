"""An indicator in words whose actual value is no grade.

Compares: the actual value of each indicator whose target is put in words (效果明显, 持续改善) with the words for
    grades.
Formula: the actual value is a grade (达成预期指标, 部分达成, 未达成), takes up words of the target, or says how it
    became (明显提升). A blank cell is a finding, a bare number in the place of a grade a note.
Tolerance: none.
False alarms: words that are no known grade are said to be so and are no finding; a number beside words (下降12%) is
    welcome; blank cells count only in a table whose other rows have actual values, in a file that was read throughout.
Example: target 效果明显, and the cell for the actual value is blank.
Source: 财预〔2020〕10号: indicators in words are judged by three grades.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor import lexicon
from extractor.checks.base import Check
from extractor.checks.indicators.deadlines import read
from extractor.checks.indicators.sides import figure_evidence
from extractor.checks.naming import groups, once, pairs, plain
from extractor.checks.scores.points import lossy
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Indicator, Report, Severity, Verdict

ZH = """定性指标未填等级。

核对内容：目标值为文字（效果明显、持续改善）的指标，其实际完成值是否为等级用语。
公式：实际值应为等级（达成预期指标、部分达成、未达成），或沿用目标值的词语，或说明变化（明显提升）。空白的为问题，
    只填数字的作提示。
容差：无。
易误报：不认识的用语只说不认识，不算问题；文字之外另有数字（下降12%）的更好；空白只在多数行填有实际值、
    文件全部读出的表格中才算。
例：目标“效果明显”，实际完成值一栏空白。
依据：财预〔2020〕10号：定性指标分三档评价。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    unsure = lossy(report)
    for _, indicators in groups(report):
        every = once(indicators)
        filled = _filled(every)
        for one in every:
            if _in_words(one) and (one.actual_raw or (filled and one.place.source == "table")):
                yield _judge(one, unsure)


def _filled(indicators: Sequence[Indicator]) -> bool:
    """Whether half of the table's rows print an actual value: another blank cell is then a gap of the report."""
    rows = [one for one in indicators if one.place.source == "table"]
    return 2 * sum(one.actual_raw is not None for one in rows) >= len(rows)


def _in_words(indicator: Indicator) -> bool:
    """Whether the target is put in words: no figure, no date."""
    target = indicator.target_raw or ""
    figures = any(character.isdigit() for character in target)
    return bool(target) and indicator.target_value is None and not figures and read(target) is None


def _judge(indicator: Indicator, unsure: bool) -> Verdict:
    names = {"name": indicator.name, "target": indicator.target_raw or "", "actual": indicator.actual_raw or ""}
    cited = figure_evidence(indicator)
    shown = {"expected": indicator.target_raw, "actual": indicator.actual_raw, "evidence": cited}
    if not indicator.actual_raw and unsure:
        message = Message.of("No grade of “{name}” was read, and part of the file could not be read", **names)
        return CHECK.uncheckable(indicator.evaluation, message, **shown)
    if not indicator.actual_raw:
        message = Message.of("“{name}” has its target in words ({target}) and no grade", **names)
        return CHECK.inconsistent(indicator.evaluation, message, None, **shown)
    if indicator.actual_value is not None and indicator.status is None and not _grade(indicator):
        message = Message.of(
            "“{name}” has its target in words ({target}) and a bare number as its grade: {actual}", **names
        )
        severity: Severity = "note"
        return CHECK.inconsistent(indicator.evaluation, message, severity, **shown)
    if indicator.status is not None or _grade(indicator) or _taken_up(names["target"], names["actual"]):
        message = Message.of("“{name}” is graded: {actual}", **names)
        return CHECK.consistent(indicator.evaluation, message, **shown)
    message = Message.of("“{name}” is put in words that are no known grade: {actual}", **names)
    return CHECK.uncheckable(indicator.evaluation, message, **shown)


def _grade(indicator: Indicator) -> bool:
    return lexicon.matcher("check.grade_word").search(indicator.actual_raw or "") is not None


def _taken_up(target: str, actual: str) -> bool:
    """Whether the actual value repeats a pair of characters of the target."""
    return bool(pairs(plain(target)) & pairs(plain(actual)))


CHECK = Check(id="qualitative-grade-word", severity="warning", run=run)
