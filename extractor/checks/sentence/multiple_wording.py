"""Growth told in multiples, and the two levels beside it.

Compares: in one sentence, an earlier and a later level and 增长N倍, 翻一番, 翻两番, 是…的N倍, 增长到N倍.
Formula: later ÷ earlier = N + 1 where it grew by N倍, N where it is or grew to N倍, 2, 4, 8 … where it doubled once,
    twice, three times (翻番).
Tolerance: half a unit of the multiple's last printed place, and the rounding of levels with decimals.
False alarms: writers often say 增长2倍 for “to the double”: both readings are shown, and it stays a note.
Example: 由 10 万件增至 20 万件，增长 2 倍: 20 ÷ 10 = 2, not 3.
Source: 增长N倍 is the increase, 是…的N倍 the level, as statistics use the words; nothing falls by a multiple.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor import lexicon, numeral, quantity
from extractor.checks.arithmetic import Number, compare_rate
from extractor.checks.base import Check, quoted
from extractor.checks.wording import Match, running, skeleton
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Passage, Report, Verdict

ZH = """倍数和翻番的说法与前后两个数。

核对内容：同一句中的基期数、报告期数与“增长N倍”“翻一番”“翻两番”“是……的N倍”“增长到N倍”。
公式：增长N倍：报告期数 ÷ 基期数 = N + 1；是、增长到N倍：= N；翻一番、两番、三番：= 2、4、8。
容差：倍数末位的半个单位，另计带小数的两个数的舍入。
易误报：不少作者以“增长2倍”表示“为原来的2倍”，两种理解都列出，只作提示。
例：由 10 万件增至 20 万件，增长 2 倍：20 ÷ 10 = 2，应为 3。
依据：统计用语：“增长N倍”指增量，“是……的N倍”指总量；减少不用倍数。
"""

_INCREASES = ("增长", "增加", "扩大", "提高", "提升", "上升")


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for passage in running(report):
        string = passage.text.string
        if "倍" not in string and "番" not in string:
            continue
        bones = skeleton(string)
        taken: set[int] = set()
        for pattern in lexicon.family("check.skeleton.multiple"):
            for match in bones.search(pattern.regex):
                if match.match.end() not in taken:
                    taken.add(match.match.end())
                    verdict = _verdict(passage, match)
                    if verdict is not None:
                        yield verdict


def _verdict(passage: Passage, match: Match) -> Verdict | None:
    """None where the figure behind the verb is no multiple."""
    times = _times(match)
    if times is None:
        return None
    strict, loose = times
    cited = _cited(passage, match)
    if lexicon.matcher("check.growth.fall").search(match.match["verb"]):
        message = Message.of("“{words}”: nothing falls by a multiple", words=match.match["verb"] + times[1].with_unit)
        return CHECK.inconsistent(passage.evaluation, message, formula=match.match["verb"], evidence=cited)
    before, after = (Number.of_quantity(match.figures[name]) for name in ("before", "after"))
    lacking = before is None or after is None or before.base <= 0
    if before is None or after is None or lacking or not quantity.same_unit(before.unit, after.unit):
        message = Message.of("The levels of a multiple are not both exact figures of one kind")
        return CHECK.uncheckable(passage.evaluation, message, evidence=cited)
    result = compare_rate(strict, [after], [before])
    shown = {**result.figures, "evidence": cited}
    if result.grade == "agrees":
        message = Message.of("The multiple follows from its two levels")
        return CHECK.consistent(passage.evaluation, message, **shown)
    if strict.value != loose.value and compare_rate(loose, [after], [before]).grade == "agrees":
        message = Message.of(
            "“{words}” is told of an increase and fits the level itself", words=match.match["verb"] + loose.with_unit
        )
        return CHECK.inconsistent(passage.evaluation, message, "note", **shown)
    message = Message.of("The multiple does not follow from its two levels in any reading")
    return CHECK.inconsistent(passage.evaluation, message, "note", **shown)


def _times(match: Match) -> tuple[Number, Number] | None:
    """(strict, loose): the later level as a multiple of the earlier one in both readings of the words."""
    if "doublings" in match.match.re.groupindex:
        said = (match.match["doublings"] or "一").replace("两", "二")
        times = Number(Decimal(2 ** (numeral.whole(said) or 1)), 0, "倍")
        return times, times
    printed = Number.of_quantity(match.figures["times"])
    if printed is None or printed.unit != "倍":
        return None
    if match.match["verb"] in _INCREASES:
        return Number(printed.value + 1, printed.decimals, "倍", printed.approx), printed
    return printed, printed


def _cited(passage: Passage, match: Match) -> tuple[Evidence, ...]:
    figures = sorted(match.figures.values(), key=lambda figure: figure.start)
    return tuple(quoted(passage, figure.start, figure.end, around=0) for figure in figures)


CHECK = Check(id="multiple-wording", severity="note", run=run)
