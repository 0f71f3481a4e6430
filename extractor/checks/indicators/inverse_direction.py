"""A limit that was judged as if more of it were better.

Compares: indicators with ≤ or <, or without a sign and with a name of which less is better (成本, 投诉, 事故, 能耗):
    the claim and the score, with what both directions give.
Formula: actual ≤ target → met and full marks. A finding is what only actual ≥ target would give: 完成 or full marks for
    a limit that is exceeded, 未完成 or weight × actual ÷ target for one that is kept.
Tolerance: a limit that is exceeded by rounding only is left out; for scores half a unit of the last place, at least
    0.05.
False alarms: where no sign is printed the finding is a warning; 节约, 降低, 减少 in a name turn it round. indicator-met
    and score-indicator tell the contradiction itself; this check tells the reading that it comes from.
Example: ≤10 次, 12 次, 完成.
Source: 财预〔2020〕10号: for limits less is better; met is met, else target by actual value.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from extractor.checks.arithmetic import step_down
from extractor.checks.base import Check, evidence
from extractor.checks.indicators.sides import Sides, compared, figure_evidence, is_inverse
from extractor.checks.scores.points import Points, points, row_evidence, scored_upwards
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Indicator, Report, Verdict

ZH = """反向指标按正向指标判断。

核对内容：符号为≤、<的指标，或未印符号而名称表明越少越好的（成本、投诉、事故、能耗），其完成说法和得分，与两个方向各自的结论。
公式：实际值 ≤ 目标值 → 完成、得满分。只有按“实际值 ≥ 目标值”才成立的为问题：超过上限却称完成或得满分，
    未超上限却称未完成，或按 分值 × 实际值 ÷ 目标值 计分。
容差：只差舍入的不算超过；得分计末位半个单位，至少0.05。
易误报：未印符号的作警告；名称含节约、降低、减少的方向相反；indicator-met、score-indicator 指出矛盾本身，
    本项指出其由来。
例：≤10次，实际12次，却称完成。
依据：财预〔2020〕10号：反向指标越小越好，完成的得满分，未完成的按目标值与实际值之比记分。
"""

Judged = Literal["claimed met", "claimed missed", "full", "upwards", "right"]


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for indicator in report.indicators:
        own = points(indicator)
        limited = indicator.operator in ("≤", "<") or (indicator.operator is None and is_inverse(indicator))
        if limited and (indicator.status is not None or own is not None):
            sides = compared(indicator)
            if isinstance(sides, Message):
                yield CHECK.uncheckable(indicator.evaluation, sides, evidence=_cited(indicator))
            else:
                yield _judge(sides, own)


def _cited(indicator: Indicator) -> tuple[Evidence, ...]:
    claim = (evidence(indicator, indicator.status_raw, "status"),) if indicator.status_raw else ()
    return (*figure_evidence(indicator), *claim, *row_evidence(indicator, "score", "max_score"))


def _judged(sides: Sides, own: Points | None) -> Judged:
    """What was made of the limit."""
    indicator, result = sides.indicator, sides.result()
    if result == "missed" and indicator.status == "met":
        return "claimed met"
    if result == "missed" and own is not None and own.full:
        return "full"
    if result == "met" and indicator.status in ("unmet", "partly") and sides.actual.base < sides.target.base:
        return "claimed missed"
    return "upwards" if own is not None and scored_upwards(own, sides) else "right"


def _judge(sides: Sides, own: Points | None) -> Verdict:
    indicator, judged = sides.indicator, _judged(sides, own)
    names = {"name": indicator.name, **(own.names if own is not None else {})}
    shown = {**sides.figures, "evidence": _cited(indicator)}
    if judged == "right":
        if sides.result() == "open":
            message = Message.of(
                "Whether “{name}” keeps its limit is left open: {formula}", formula=sides.formula, **names
            )
            return CHECK.uncheckable(indicator.evaluation, message, **shown)
        message = Message.of("“{name}” is judged as a limit", **names)
        return CHECK.consistent(indicator.evaluation, message, **shown)
    severity = sides.severity("error")
    severity = step_down("error") if sides.inferred or judged == "upwards" else severity
    message = {
        "claimed met": Message.of("“{name}” exceeds its limit and is called met, as if more were better", **names),
        "claimed missed": Message.of("“{name}” keeps its limit and is called missed, as if more were better", **names),
        "full": Message.of("“{name}” exceeds its limit and scores its full marks, as if more were better", **names),
        "upwards": Message.of(
            "“{name}” keeps its limit and scores {score} of {weight}, as if more were better",
            name=indicator.name,
            score=names.get("score", ""),
            weight=names.get("weight", ""),
        ),
    }[judged]
    return CHECK.inconsistent(indicator.evaluation, message, severity, **shown)


CHECK = Check(id="inverse-direction", severity="error", run=run)
