"""The grade, and the total score.

Compares: the grade of an evaluation (优, 良, 中, 差, and local words for them) with the total that it prints.
Formula: the profile's bands: 90 and more 优, from 80 on 良, from 60 on 中, below 60 差. 合格 is any grade from 60 on.
Tolerance: exact at the borders; a total that reaches the band when it is rounded to a whole number (89.6, 优) is a
    note.
False alarms: bands that the report prints itself count and not the profile's; where several scores are printed and one
    of them suits the grade, it suits; a score out of another total than 100 is not graded by these bands.
Example: 83.33 and 优.
Source: 财预〔2020〕10号: the four grades. The bands stand in the profile.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from extractor import lexicon
from extractor.checks.base import Check
from extractor.checks.scores.finals import in_form, in_text
from extractor.checks.scores.points import Sheet, sheets, shown, weight_evidence
from extractor.lexicon import Ladder, Profile
from extractor.messages import Message
from extractor.model import Evaluation, Evidence, Report, Severity, Verdict, Weight

ZH = """等级与总分。

核对内容：评价等级（优、良、中、差及地方叫法）与所印总分。
公式：按方案分档：90分及以上为优，80分及以上为良，60分及以上为中，60分以下为差；“合格”为60分及以上。
容差：分界处准确比较；四舍五入为整数后才够该档的（89.6分评优），只作提示。
易误报：报告自己写明分档的以其为准；印有几个得分的，其中一个与等级相符即可；满分不是100分的不适用。
例：83.33分却评为优。
依据：财预〔2020〕10号：四个等级。分档在方案中设定。
"""

_FULL = Decimal(100)


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    found = {sheet.evaluation: sheet for sheet in sheets(report)}
    for evaluation in report.evaluations:
        grades = _grades(evaluation.grade or "")
        if not grades:
            continue
        totals = _totals(report, found.get(evaluation.seq) or Sheet(evaluation.seq))
        yield _judge(report, evaluation, grades, totals, profile.ladder("grade.bands"))


def _grades(word: str) -> tuple[str, ...]:
    """The grades of the ladder that a printed word stands for; none for a word that is no grade."""
    for term in lexicon.lexicon().terms.values():
        if term.id.startswith("check.grade.of") and word in term.words:
            return tuple(term.data["grades"])
    return ()


def _totals(report: Report, sheet: Sheet) -> list[Weight]:
    return [total for total in in_form(sheet) or in_text(report, sheet) if total.max_score in (None, _FULL)]


def _judge(
    report: Report, evaluation: Evaluation, grades: Sequence[str], totals: Sequence[Weight], ladder: Ladder
) -> Verdict:
    word, place = evaluation.grade or "", evaluation.places.get("grade")
    own = (Evidence("evaluations", evaluation.seq, place, word),) if place is not None else ()
    if not totals:
        message = Message.of("No total is printed that the grade “{grade}” could rest on", grade=word)
        return CHECK.uncheckable(evaluation.seq, message, evidence=own)
    scores = [total.score for total in totals if total.score is not None]
    fitting = next((score for score in scores if ladder.at(score) in grades), None)
    cited = (*own, *map(weight_evidence, totals))
    if fitting is not None:
        message = Message.of("A total of {score} is graded “{grade}”", score=shown(fitting), grade=word)
        return CHECK.consistent(
            evaluation.seq, message, formula=f"{shown(fitting)} → {ladder.at(fitting)}", evidence=cited
        )
    if len(set(scores)) > 1:
        message = Message.of(
            "The text gives several scores and does not say which of them is graded “{grade}”", grade=word
        )
        return CHECK.uncheckable(evaluation.seq, message, evidence=cited)
    if any(lexicon.pattern("check.grade.bands").regex.search(passage.text.string) for passage in report.passages):
        message = Message.of("The report prints bands of its own for the grade “{grade}”", grade=word)
        return CHECK.uncheckable(evaluation.seq, message, evidence=cited)
    return _finding(evaluation, grades, scores[0], ladder, cited)


def _finding(
    evaluation: Evaluation, grades: Sequence[str], score: Decimal, ladder: Ladder, cited: tuple[Evidence, ...]
) -> Verdict:
    word, right = evaluation.grade or "", str(ladder.at(score))
    rounded = ladder.at(score.quantize(Decimal(1), ROUND_HALF_UP)) in grades
    severity: Severity | None = "note" if rounded else None
    figures = {"formula": f"{shown(score)} → {right} ≠ {word}", "expected": right, "actual": word, "tolerance": "0"}
    message = Message.of(
        "A total of {score} is graded “{grade}” and not “{right}”", score=shown(score), grade=word, right=right
    )
    return CHECK.inconsistent(evaluation.seq, message, severity, evidence=cited, **figures)


CHECK = Check(id="score-grade", severity="error", run=run)
