"""A problem that the text describes, and figures that know nothing of it.

Compares: sentences that call a named indicator unfinished or below its target, that call the indicators' completion
    low, or the spending low, with the indicators' values and points and with the printed execution rates.
Formula: a named indicator misses its target or loses points; with 完成率偏低 some indicator does; with 执行率偏低 some
    execution rate is below 100 %.
Tolerance: rows in words or with figures that leave it open are not judged.
False alarms: problems of one village, batch or project, general remarks, what was so in the course of the year, targets
    that were set too low: none of them is looked at, and what is left is a note.
Example: “改造危桥未完成年度任务”, and 96 ≥ 96 座 with 10 of 10 points.
Source: 财预〔2020〕10号: points follow completion; problems that cost no point are a sign of scores that were not
    earned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extractor import lexicon
from extractor.checks.base import Check, evidence, quoted
from extractor.checks.indicators.sides import Sides, compared
from extractor.checks.naming import core, groups, once, pairs, plain
from extractor.checks.narrative.claimed import clause, evaluation_of, in_row, only_asked, sentence
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Indicator, Passage, Rate, Report, Verdict

ZH = """所述问题与指标、得分。

核对内容：称某项指标未完成或低于目标、称指标完成率偏低、称资金执行率偏低的句子，与指标值、得分和所印执行率。
公式：点名的指标应未达目标或有扣分；称完成率偏低的，应有这样的指标；称执行率偏低的，应有低于100%的执行率。
容差：文字表述的、数字不足以判断的指标不作判断。
易误报：只就个别村、批次、项目而言的，一般性表述，年度中间的情况，目标值设置偏低的，均不看；其余只作提示。
例：“改造危桥未完成年度任务”，而实际96座、目标96座，得满分10分。
依据：财预〔2020〕10号：得分依据完成情况；写了问题而一分未扣，多为自评打分不实。
"""

#: The share of an indicator's name that the clause must hold, and how short a name names too many things.
_NAMED, _SHORTEST = 0.8, 4
_FULL = 100


@dataclass(frozen=True, slots=True)
class _Problem:
    passage: Passage
    start: int
    end: int

    @property
    def words(self) -> str:
        return self.passage.text.string[self.start : self.end]

    @property
    def evidence(self) -> Evidence:
        return quoted(self.passage, self.start, self.end, around=0)


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    rows = {evaluation: once(indicators) for evaluation, indicators in groups(report)}
    for problem in _problems(report, "unmet"):
        evaluation = evaluation_of(report, problem.passage)
        yield from _named(evaluation, problem, rows.get(evaluation, []))
    for name, judge in (("low", _completion), ("spending", _spending)):
        seen: set[int | None] = set()
        for problem in _problems(report, name):
            evaluation = evaluation_of(report, problem.passage)
            if evaluation not in seen:
                seen.add(evaluation)
                yield judge(report, evaluation, problem, rows.get(evaluation, []))


def _problems(report: Report, kind: str) -> Iterator[_Problem]:
    """The clauses that describe a problem of this kind, of the whole and as a fact."""
    spans = [(one.place.start, one.place.end) for one in report.indicators if one.place.source == "prose"]
    pattern = lexicon.pattern(f"check.problem.{kind}").regex
    for passage in report.passages:
        string = passage.text.string
        for match in pattern.finditer(string):
            if _meant(string, match, kind) and not in_row(passage, match.start(), match.end(), spans):
                yield _Problem(passage, clause(string, match.start()), match.end())


def _meant(string: str, match: regex.Match[str], kind: str) -> bool:
    """Whether the sentence says it as a fact, of the whole, and of the end of the year."""
    start = clause(string, match.start())
    # In the sentence, not only in the clause: 个别县用地滞后，新增学位未能完成.
    words = string[sentence(string, start, match.end())[0] : match.end()]
    restricted = lexicon.matcher("check.problem.other_time").search(words)
    if kind != "low":  # 部分指标完成率偏低 is said of the indicators themselves
        restricted = restricted or lexicon.matcher("check.problem.part").search(words)
    denied = "没有未" in string[start : match.end()]
    return restricted is None and not denied and not only_asked(string, start, match.start())


def _named(evaluation: int | None, problem: _Problem, rows: Sequence[Indicator]) -> Iterator[Verdict]:
    """A clause that calls an indicator unfinished: the one whose name it holds."""
    beside = pairs(plain(problem.words))
    held = [one for one in rows if len(core(one.name)) >= _SHORTEST and _share(one, beside) >= _NAMED]
    if not held:
        return
    row = max(held, key=lambda one: len(core(one.name)))
    sides = compared(row)
    cited = (problem.evidence, evidence(row, row.actual_raw or row.name, "actual"))
    names = {"words": problem.words, "name": row.name}
    lost = row.max_score is not None and row.score is not None and row.score < row.max_score
    if not isinstance(sides, Sides) or sides.result() in ("open", "rounding") or len(held) > 1:
        message = Message.of("“{words}”: the figures of “{name}” leave open whether that is so", **names)
        yield CHECK.uncheckable(evaluation, message, evidence=cited)
    elif sides.result() == "missed" or row.status in ("unmet", "partly") or lost:
        message = Message.of("“{words}”: “{name}” shows it", **names)
        yield CHECK.consistent(evaluation, message, formula=sides.formula, evidence=cited)
    else:
        message = Message.of("“{words}”, but “{name}” meets its target and loses no point", **names)
        yield CHECK.inconsistent(evaluation, message, formula=sides.formula, evidence=(*cited, *sides.evidence))


def _share(indicator: Indicator, beside: object) -> float:
    wanted = pairs(core(indicator.name))
    return (wanted & beside).total() / wanted.total()  # type: ignore[operator]  # both are counters of pairs


def _completion(report: Report, evaluation: int | None, problem: _Problem, rows: Sequence[Indicator]) -> Verdict:
    """The indicators' completion is called low."""
    sides = [side for row in rows if isinstance(side := compared(row), Sides)]
    low = [side for side in sides if side.result() != "met" or _lost(side.indicator)]
    unsure = len(sides) < len(rows) and not all(row.status == "met" or row.score is not None for row in rows)
    cited = (problem.evidence, *(item for side in low or sides for item in side.evidence))
    if low or any(row.status in ("unmet", "partly") or _lost(row) for row in rows):
        message = Message.of("“{words}”: some indicators show it", words=problem.words)
        return CHECK.consistent(evaluation, message, evidence=cited)
    if not sides or unsure:
        message = Message.of("“{words}” stands beside indicators that could not all be compared", words=problem.words)
        return CHECK.uncheckable(evaluation, message, evidence=(problem.evidence,))
    message = Message.of("“{words}”, but all {count} indicators are met", words=problem.words, count=len(rows))
    return CHECK.inconsistent(evaluation, message, evidence=cited)


def _lost(row: Indicator) -> bool:
    return row.max_score is not None and row.score is not None and row.score < row.max_score


def _spending(report: Report, evaluation: int | None, problem: _Problem, rows: Sequence[Indicator]) -> Verdict:
    """The spending is called low."""
    execution = lexicon.matcher("check.rate.execution")
    rates = [one for one in report.rates if one.evaluation == evaluation and execution.search(one.name)]
    cited = (problem.evidence, *map(evidence, rates))
    if not rates:
        message = Message.of("“{words}” stands beside no execution rate", words=problem.words)
        return CHECK.uncheckable(evaluation, message, evidence=cited)
    if any(rate.value < _FULL for rate in rates):
        message = Message.of("“{words}”: an execution rate shows it", words=problem.words)
        return CHECK.consistent(evaluation, message, formula=_listed(rates), evidence=cited)
    message = Message.of("“{words}”, but all money is spent", words=problem.words)
    return CHECK.inconsistent(evaluation, message, formula=_listed(rates), evidence=cited)


def _listed(rates: Sequence[Rate]) -> str:
    return "; ".join(f"{rate.name} {rate.raw}" for rate in rates)


CHECK = Check(id="problem-vs-score", severity="note", run=run)
