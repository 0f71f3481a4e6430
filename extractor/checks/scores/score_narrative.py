"""The total score in the text and the one in the table.

Compares: the total that the running text gives (自评总分97分) with the total of the table.
Formula: the two are equal.
Tolerance: half a unit of the last place of each where they are printed to different places.
False alarms: scores of groups and of single indicators are no totals; a score after review (复核得分) or of another
    year is of another stage; where the text gives several scores and does not say which is the total, one that is
    equal settles it, and nothing is said otherwise.
Example: 97 in the text, 95.5 in the table.
Source: 财预〔2020〕10号: report and table of one self-evaluation give one total.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.checks.arithmetic import Comparison, Number, compare_equal
from extractor.checks.base import Check
from extractor.checks.scores.finals import in_form, in_text, of_another_stage
from extractor.checks.scores.points import Sheet, places, sheets, weight_evidence
from extractor.checks.wording import Passages
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Report, Severity, Verdict, Weight

ZH = """正文总分与自评表总分。

核对内容：正文所述总分（自评总分97分）与自评表的总分。
公式：两者相等。
容差：所印位数不同的，各计末位半个单位。
易误报：分组得分、单项得分不是总分；复核、评审后的得分和其他年度的得分属另一环节；正文有几个得分而未说明哪个是总分的，
    其中有相等的即可，否则不作判断。
例：正文97分，自评表95.5分。
依据：财预〔2020〕10号：同一自评的报告与自评表只有一个总分。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    passages = Passages.of(report)
    for sheet in sheets(report):
        told = [total for total in in_text(report, sheet) if not of_another_stage(passages, total)]
        for total in in_form(sheet) if told else ():
            yield _judge(sheet, told, total)


def _judge(sheet: Sheet, told: list[Weight], total: Weight) -> Verdict:
    compared = [(one, _compare(one, total)) for one in told]
    equal = next(((one, result) for one, result in compared if result.grade == "agrees"), None)
    chosen, result = equal or compared[0]
    cited = (weight_evidence(chosen), weight_evidence(total))
    if equal is not None:
        message = Message.of("The total is the same in text and table")
        return CHECK.consistent(sheet.evaluation, message, evidence=cited, **result.figures)
    if len({one.score for one in told}) > 1:
        message = Message.of("The text gives several scores and does not say which of them is the total")
        return CHECK.uncheckable(sheet.evaluation, message, evidence=tuple(map(weight_evidence, (*told, total))))
    message = Message.of(
        "The total is {one} in the text and {other} in the table", one=result.expected, other=result.actual
    )
    severity: Severity | None = "note" if result.grade == "last place" else None
    return CHECK.inconsistent(sheet.evaluation, message, severity, evidence=cited, **result.figures)


def _compare(one: Weight, other: Weight) -> Comparison:
    numbers = [Number(weight.score, places(weight.score), "分") for weight in (one, other) if weight.score is not None]
    result = compare_equal(numbers[0], numbers[1])
    whole = min(number.decimals for number in numbers) == 0
    # Of a whole score a point more or less is no slip of rounding.
    return result.graded("apart") if whole and result.grade == "last place" else result


CHECK = Check(id="score-narrative", severity="error", run=run)
