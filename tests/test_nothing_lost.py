"""Every figure in a sentence or row about money, rates or indicators is in a fact or in a gap, whatever is printed."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.lexicon import folding
from extractor.model import Report
from extractor.read.files import read_bytes
from extractor.resolve import report

REPORT = """岭川省公路养护补助资金2023年度绩效自评报告
一、绩效目标分解下达情况
2023年，省财政下达公路养护补助资金{a}万元，其中：东陵县{b}万元，西陵县{c}万元，涉及{n}个乡镇。
二、绩效情况分析
（一）资金投入情况分析。
截至2023年末，实际支出{d}万元，预算执行率{r}%，惠及群众{p}人。
（二）绩效指标完成情况。
1.数量指标。
指标1，养护公路里程≥{t}公里，全年实际完成{u}公里，完成预期指标。
2.服务对象满意度指标。
指标1，群众满意度≥{v}%，全年实际完成{w}%，完成预期指标，抽查{q}户。
"""
PLACES = "abcdnprtuvwq"
numbers = st.one_of(
    st.integers(1, 99_999_999).map(str),
    st.integers(1000, 99_999_999).map("{:,}".format),
    st.decimals("0.01", "99999.99", places=2).map(str),
)


def read(text: str) -> Report:
    return report(read_bytes(text.encode(), "report.txt"))


def unaccounted(found: Report, printed: dict[str, str]) -> list[str]:
    """The printed figures that neither a fact's place nor a gap's quote holds."""
    source = "\f".join(text for _, text in found.pages)
    held = [source[place.start : place.end] for place in found.places()]
    quotes = [gap.quote for gap in found.gaps]
    return [number for number in printed.values() if not any(number in words for words in (*held, *quotes))]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.fixed_dictionaries(dict.fromkeys(PLACES, numbers)))
def test_every_figure_is_in_a_fact_or_a_gap(printed: dict[str, str]) -> None:
    assert unaccounted(read(REPORT.format(**printed)), printed) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_also_where_the_text_is_damaged(data: st.DataObject) -> None:
    """A character lost, doubled or swapped somewhere: each digit group in a fact-bearing sentence is accounted for."""
    printed = {name: str(1301 + 977 * i) for i, name in enumerate(PLACES)}
    text = REPORT.format(**printed)
    at = data.draw(st.integers(0, len(text) - 2))
    damaged = data.draw(
        st.sampled_from([text[:at] + text[at + 1 :], text[:at] + text[at] + text[at:], text[:at] + "、" + text[at:]])
    )
    found = read(damaged)
    source = "\f".join(page for _, page in found.pages).translate(dict(folding()))
    starts = [fact.place.start for group in (found.funds, found.rates, found.indicators) for fact in group]
    held = [(place.start, place.end) for place in found.places()]
    quotes = "\n".join(gap.quote for gap in found.gaps)
    for sentence in re.finditer(r"[^。；\n]+", source):
        if not any(sentence.start() <= start < sentence.end() for start in starts):
            continue
        for group in re.finditer(r"\d+(?![年\d])", sentence[0]):
            start, end = sentence.start() + group.start(), sentence.start() + group.end()
            if sentence[0][: group.start()].endswith(("指标", "指标 ")):
                continue  # an ordinal
            in_fact = any(a < end and start < b for a, b in held)
            assert in_fact or group[0] in quotes, f"{group[0]} in {sentence[0]!r}"


def test_a_figure_beside_a_fact_is_told() -> None:
    found = read("一、资金情况\n2023年，省财政下达公路养护补助资金300万元，涉及12个乡镇。\n")
    assert [(gap.kind, "12个" in gap.quote) for gap in found.gaps] == [("unassigned_number", True)]


def test_dates_years_and_document_numbers_are_no_figures() -> None:
    text = "一、资金情况\n2023年3月5日，省财政下达公路养护补助资金300万元（岭财建〔2023〕12号）。\n"
    assert read(text).gaps == ()


def test_other_columns_of_a_row_are_told_and_running_numbers_are_not() -> None:
    head = ["序号", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "复核分"]
    rows = [
        head,
        ["1", "产出指标", "数量指标", "修路", "≥5公里", "6公里", "50", "50", "48"],
        ["2", "产出指标", "质量指标", "合格率", "≥95%", "96%", "50", "50", "50"],
    ]
    found = read("项目支出绩效自评表\n" + "\n".join("|".join(row) for row in rows) + "\n")
    assert [i.name for i in found.indicators] == ["修路", "合格率"]
    assert [gap.quote for gap in found.gaps if gap.kind == "unassigned_number"] == ["48", "50"]


def test_sums_in_the_head_of_a_flattened_form_are_told() -> None:
    """A line of sums that is no block of the form gives no facts; its figures are said not to be read."""
    text = (
        "部门整体支出绩效自评表\n2021年度\n填报单位：江陵区统计局\n年度预算申请（万元） 资金总额 812.6 基本支出 605.3\n"
        "一级指标 二级指标 三级指标 指标值 完成值 分值 得分\n产出指标 数量指标 统计报表数量 ≥48份 52份 50 50\n"
        "效益指标 社会效益指标 报告采用篇数 ≥20篇 27篇 50 50\n合计 100 100\n"
    )
    quotes = " ".join(gap.quote or "" for gap in report(read_bytes(text.encode(), "form.txt")).gaps)
    assert "812.6" in quotes
    assert "605.3" in quotes
