"""Every sum of money in running text: unit prices, losses, lost units; what is none; what cannot be read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from money_texts import passages_of
from texts import read

from extractor.find.amounts import find_amounts, mentions, unread_amounts
from extractor.resolve import report

#: Sentence → the printed sums.
TEXTS: dict[str, list[str]] = {
    "下达资金2,340.50万元,其中中央1, 200.50万元。": ["2,340.50万元", "1, 200.50万元"],
    "每户补助3000元,补助标准725元/生.年。": ["3000元", "725元"],
    "项目总成本≤90万元,控制在85万元以内。": ["90万元", "85万元"],
    "约30万元,近5亿元,超过200万元。": ["30万元", "5亿元", "200万元"],
    "救助站86万,儿童福利院50万。": ["86万", "50万"],
    "全年到账40.5萬元,支出39萬(wàn)元。": ["40.5萬元", "39萬(wàn)元"],
    "人民币叁仟贰佰元零伍分（¥3,200.05）。": ["人民币叁仟贰佰元零伍分", "¥3,200.05"],
    "3亿5000万元和2.4亿元、47万元": ["3亿5000万元", "2.4亿元", "47万元"],
    "10-20万元": ["10-20万元"],
    "补助2000-5000元": ["2000-5000元"],
    # A range that prints its unit twice holds two sums.
    "每户4万元至6万元": ["4万元", "6万元"],
    "奖励500元-800元/人": ["500元", "800元"],
    # Thin blanks part thousands.
    "共计3 000万元，其中1 234.5万元": ["3 000万元", "1 234.5万元"],
    "全县2031 350万元": ["350万元"],
    "云财社〔2031〕112 53万元": ["53万元"],
    "结余0万元": ["0万元"],
    "1.2031年中央财政下达12万元": ["12万元"],
    "财建〔2031〕5号400万元": ["400万元"],
    "完成投资1.5亿美元": ["1.5亿美元"],
    "每人不超过500/年": [],
    "58.5万辆、13万人次、3.51万t": [],
    "S447线、1-4级、G318": [],
    "服务群众13万群众、参保人数12.5万。": [],
    "占地2000亩,产量3万吨": [],
    "全年支出106.5106.5萬元。": [],
}


@pytest.mark.parametrize("text", TEXTS)
def test_text(text: str) -> None:
    document, passages = passages_of(text)
    found = find_amounts(document, passages)
    assert [amount.raw for amount in found] == TEXTS[text]
    assert [amount.seq for amount in found] == list(range(len(found)))
    assert [text[a.place.start : a.place.end] for a in found] == TEXTS[text]


def test_values_units_and_places() -> None:
    document, passages = passages_of("下达 2,340.50 万元，约3亿5000万元，US$1.5亿。")
    found = find_amounts(document, passages)
    assert [(a.value, a.unit, a.decimals, a.yuan, a.qualifier) for a in found] == [
        (Decimal("2340.50"), "万元", 2, Decimal(23_405_000), None),
        (Decimal(35_000), "万元", 0, Decimal(350_000_000), "约"),
        (Decimal("1.5"), "亿美元", 1, None, None),
    ]


def test_prices_are_told() -> None:
    _, passages = passages_of("补助600元/户,共60000元。")
    assert [mention.per_unit for mention in mentions(passages)] == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "支出106.5106.5萬元",
        "下达12,34万元",
        "财建〔20312185000万元",
        "财建〔2031〕2185000万元",
        "人民币壹拾贰佰万元整",
        "下达2,345. 6万元",
        "下达12 34.5万元",
    ],
)
def test_what_gives_no_single_number_is_a_gap(text: str) -> None:
    document, passages = passages_of(f"全年{text}。")
    assert find_amounts(document, passages) == []
    (gap,) = unread_amounts(passages)
    assert gap.kind == "unread_number"
    assert gap.quote in text


def test_a_sum_that_the_other_sums_part_from_a_document_is_none() -> None:
    document, passages = passages_of("下达资金7000万元,分别为:财建〔20312185000万元,财农〔2031452000万元。")
    assert [amount.raw for amount in find_amounts(document, passages)] == ["7000万元", "5000万元", "2000万元"]
    assert unread_amounts(passages) == []


def test_gaps_reach_the_report() -> None:
    document, _ = read("一、资金情况\n全年支出106.5106.5万元。")
    assert [(gap.kind, gap.quote) for gap in report(document).gaps] == [("unread_number", "106.5106.5万元")]
