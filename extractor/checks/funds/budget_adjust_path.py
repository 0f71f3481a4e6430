"""A budget from its start through its adjustments to its end.

Compares: in one paragraph, the budget of the start of the year, what was added (追加, 调增, 上年结转) and taken off
    (追减, 调减, 收回), and the adjusted budget.
Formula: start + what was added - what was taken off = end.
Tolerance: none where all figures are printed to the same place; else half a unit of the last printed place of each.
    What rounding each figure could explain is a note, or nothing where the report declares its rounding.
False alarms: steps without an amount (nothing is compared), money carried over that the text leaves out of the budget
    (tried with and without), other sums between the steps. Lists of parts belong to sum-parts.
Example: 年初预算 15,000 万元，追加 2,000 万元，调整后 17,500 万元: 15,000 + 2,000 = 17,000 ≠ 17,500.
Source: 财预〔2020〕10号: 全年预算数 is the budget of the start of the year with its adjustments.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractor import lexicon, quantity
from extractor.checks import hints, rounding
from extractor.checks.arithmetic import Comparison, Number, compare_sum, step_down
from extractor.checks.base import Check, quoted
from extractor.checks.wording import Skeleton, running, skeleton
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Passage, Quantity, Report, Verdict

ZH = """年初预算、调整与调整后预算。

核对内容：同一段中的年初预算、增加数（追加、调增、上年结转）、减少数（追减、调减、收回）和调整后预算。
公式：年初预算 + 增加数 - 减少数 = 调整后预算。
容差：各数印到同一位的，不留容差；否则取各数末位的半个单位。四舍五入可以解释的差额只作提示，报告自己声明的予以认可。
易误报：未写金额的调整（不作比较）、不计入预算的上年结转（计入与不计入各试一次）、各步之间夹有其他金额。
    分项列举归 sum-parts。
例：年初预算 15,000 万元，追加 2,000 万元，调整后 17,500 万元：15,000 + 2,000 = 17,000 ≠ 17,500。
依据：财预〔2020〕10号：全年预算数为年初预算数加减调整数。
"""

_STEPS = ("end", "minus", "carried", "plus", "start")
#: A path runs over so many full stops at most.
_SENTENCES = 2


@dataclass(slots=True)
class _Path:
    """Figures in running order with the step that each of them is."""

    steps: list[tuple[str, Quantity]] = field(default_factory=list)

    def of(self, *names: str) -> list[Quantity]:
        return [figure for name, figure in self.steps if name in names]


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    parts = {fund.place.start for fund in report.funds if fund.parent_seq is not None and fund.column is None}
    for passage in running(report):
        string = passage.text.string
        if not lexicon.pattern("check.path.end").regex.search(string):
            continue
        for path in _paths(skeleton(string)):
            if not any(passage.place(f.start, f.end).start in parts for _, f in path.steps):
                yield _verdict(passage, path, report)


def _paths(bones: Skeleton) -> Iterator[_Path]:
    """Each start with the steps right behind it, up to the end."""
    path: _Path | None = None
    stops, last = 0, 0
    for at, figure in sorted(bones.figures.items()):
        words, last = bones.string[last:at], at + 1
        if quantity.dimension(figure.unit) != "money":
            continue
        stops += words.count("。")
        step = _step(words)
        if step == "start":
            path, stops = _Path([(step, figure)]), 0
        elif path is None or step is None or stops > _SENTENCES:
            path = None
        else:
            path.steps.append((step, figure))
            if step == "end":
                if len(path.steps) > 2:
                    yield path
                path = None


def _step(words: str) -> str | None:
    """What the words between the figure before and a figure say of it; the nearest word counts."""
    if lexicon.matcher("check.path.other_year").search(words):
        return None
    found = [
        (match.end(), name) for name in _STEPS for match in lexicon.pattern(f"check.path.{name}").regex.finditer(words)
    ]
    return max(found)[1] if found else None


def _verdict(passage: Passage, path: _Path, report: Report) -> Verdict:
    cited = tuple(quoted(passage, figure.start, figure.end, around=0) for _, figure in path.steps)
    numbers = [Number.of_quantity(figure) for _, figure in path.steps]
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers):
        message = Message.of("A step of the budget's adjustment is no exact figure")
        return CHECK.uncheckable(passage.evaluation, message, evidence=cited)
    named = list(zip((name for name, _ in path.steps), known, strict=True))
    result = _best(named)
    names = {"end": path.steps[-1][1].raw}
    told = rounding.Told(
        Message.of("“{end}” is the budget of the start with its adjustments", **names),
        Message.of("“{end}” is the budget of the start with its adjustments but for the declared rounding", **names),
        Message.of("“{end}” misses the budget of the start with its adjustments by a difference of rounding", **names),
        Message.of("“{end}” is not the budget of the start with its adjustments", **names),
    )
    carried = any(name == "carried" for name, _ in named)
    severity = step_down(CHECK.severity) if carried else CHECK.severity
    hint = hints.for_numbers(known, lambda n: _agrees([name for name, _ in named], n))
    found = rounding.Sum(passage.evaluation, result, known, cited, severity, hint)
    return rounding.judge(CHECK, found, told, report)


def _best(named: Sequence[tuple[str, Number]]) -> Comparison:
    """The path with all of its steps, or without money carried over where that agrees."""
    results = [_compared(named)]
    if any(name == "carried" for name, _ in named):
        results.append(_compared([step for step in named if step[0] != "carried"]))
    return next((result for result in results if result.grade == "agrees"), results[0])


def _compared(named: Sequence[tuple[str, Number]]) -> Comparison:
    plus = [number for name, number in named if name in ("start", "plus", "carried")]
    minus = [number for name, number in named if name == "minus"]
    return compare_sum(named[-1][1], plus, less=minus)


def _agrees(names: Sequence[str], numbers: Sequence[Number]) -> bool:
    return _compared(list(zip(names, numbers, strict=True))).grade == "agrees"


CHECK = Check(id="budget-adjust-path", severity="error", run=run)
