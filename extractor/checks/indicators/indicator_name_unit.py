"""A unit that does not suit what the indicator's name counts.

Compares: the end of the name (人数, 户数, 里程, 面积, 率, 金额 …) with the unit that target and actual value print.
Formula: the unit's dimension is one of those that the words of the name take: 人数 in 人 or 名, 里程 in 公里, 率 in %.
Tolerance: none; words for one measure (人, 名, 万人) are alike. Percentage points suit rates of change.
False alarms: names without such an end are not looked at; an unknown word is said to be unknown; target and actual in
    two measures belong to indicator-unit-same-dim and indicator-unit-word.
Example: 支持项目数量 ≥5 户.
Source: GB/T 15835-2011 for the writing of figures; 财预〔2020〕10号: an indicator's value is given in its measure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor import lexicon, quantity
from extractor.checks.base import Check, evidence
from extractor.checks.naming import plain, with_same_units
from extractor.lexicon import Profile, Term
from extractor.messages import Message
from extractor.model import Indicator, Report, Verdict

ZH = """计量单位与指标名称不相称。

核对内容：指标名称末尾的词（人数、户数、里程、面积、率、金额等），与目标值、实际值所印的单位。
公式：单位的量纲属于该词可用的量纲：人数用人、名，里程用公里，率用%。
容差：无。同一计量的不同用词（人、名、万人）视为一致；变化率可用百分点。
易误报：名称末尾无此类词的不核对；不认识的单位只说不认识；目标与实际单位不同类的归 indicator-unit-same-dim、
    indicator-unit-word。
例：支持项目数量≥5户。
依据：GB/T 15835-2011 数字用法；财预〔2020〕10号：指标值应按其计量口径填写。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for indicator, _ in with_same_units(report):
        term = _term(indicator.name)
        units = list(dict.fromkeys(unit for unit in (indicator.target_unit, indicator.actual_unit) if unit))
        if term is not None and units:
            kinds = [quantity.dimension(unit) for unit in units]
            if len(set(kinds)) == 1:
                yield _judge(indicator, term, units[0], kinds[0])


def _term(name: str) -> Term | None:
    """The entry of the longest words at the end of the name (without what stands in brackets behind it)."""
    words = plain(lexicon.pattern("check.tail.remark").regex.sub("", name))
    if lexicon.matcher("check.tail.not").search(words[-3:]):
        return None
    ending = [(len(word), entry) for entry in _terms() for word in entry.words if words.endswith(word)]
    return max(ending, key=lambda found: found[0], default=(0, None))[1]


@lexicon.remembered
def _terms() -> Sequence[Term]:
    return [
        entry
        for entry in lexicon.lexicon().terms.values()
        if entry.id.startswith("check.tail.") and "measures" in entry.data
    ]


def _judge(indicator: Indicator, term: Term, unit: str, kind: str | None) -> Verdict:
    names = {"name": indicator.name, "unit": unit}
    # The name and no figure is what was looked at.
    cited = (evidence(indicator),)
    if kind is None:
        message = Message.of("“{name}”: {unit} is no known unit", **names)
        return CHECK.uncheckable(indicator.evaluation, message, evidence=cited)
    if _suits(term, kind) or (kind == "pct_point" and lexicon.matcher("check.bounded.not").search(indicator.name)):
        message = Message.of("“{name}” is given in {unit}, which suits it", **names)
        return CHECK.consistent(indicator.evaluation, message, evidence=cited)
    message = Message.of("“{name}” is given in {unit}, which does not suit what it names", **names)
    return CHECK.inconsistent(indicator.evaluation, message, actual=unit, evidence=cited)


def _suits(term: Term, kind: str) -> bool:
    return any(kind == measure or kind.startswith(measure + ".") for measure in term.data["measures"])


CHECK = Check(id="indicator-name-unit", severity="note", run=run)
