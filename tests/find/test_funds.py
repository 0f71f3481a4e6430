"""The evaluated money: trees of 其中, roles, labels, documents. All sentences are invented."""

from __future__ import annotations

from decimal import Decimal

import pytest
from money_texts import numbers_of, passages_of

from extractor.find.funds import find_funds
from extractor.model import Fund


def funds(source: str) -> list[Fund]:
    document, passages = passages_of(source)
    return find_funds(document, passages, numbers_of(source))


def tree(source: str) -> list[tuple[str, str, int | None]]:
    return [(fund.raw, fund.role, fund.parent_seq) for fund in funds(source)]


TREES: dict[str, tuple[str, list[tuple[str, str, int | None]]]] = {
    "commas": (
        "2031年省财政下达渔港建设资金900万元,其中中央资金500万元,省级资金400万元。",
        [("900万元", "budget", None), ("500万元", "budget", 0), ("400万元", "budget", 0)],
    ),
    "colon and semicolons": (
        "2031年安排茶园改造资金70万元，其中：东岭镇30万元；西岭镇25万元；南岭镇15万元。",
        [("70万元", "budget", None), ("30万元", "budget", 0), ("25万元", "budget", 0), ("15万元", "budget", 0)],
    ),
    "does not add up": (
        "2031年安排茶园改造资金70万元，其中：东岭镇30万元；西岭镇25万元；南岭镇25万元。",
        [("70万元", "budget", None), ("30万元", "budget", 0), ("25万元", "budget", 0), ("25万元", "budget", 0)],
    ),
    "brackets only": (
        "实际到位资金360万元(中央资金285万元、省级资金75万元)。",
        [("360万元", "received", None), ("285万元", "received", 0), ("75万元", "received", 0)],
    ),
    "two levels": (
        "共下达资金100万元,其中林业站60万元,其中管护补助40万元、设备购置20万元;种苗站40万元。",
        [
            ("100万元", "budget", None),
            ("60万元", "budget", 0),
            ("40万元", "budget", 1),
            ("20万元", "budget", 1),
            ("40万元", "budget", 0),
        ],
    ),
    "inner list that does not add up": (
        "共下达资金100万元,其中:林业站60万元,其中管护补助40万元、设备购置10万元;种苗站40万元。",
        [
            ("100万元", "budget", None),
            ("60万元", "budget", 0),
            ("40万元", "budget", 1),
            ("10万元", "budget", 1),
            ("40万元", "budget", 0),
        ],
    ),
    "brackets inside a list": (
        "总投入资金200万元,其中市级投入120万元(设备70万元,培训50万元),县级投入80万元(设备80万元)。",
        [
            ("200万元", "received", None),
            ("120万元", "received", 0),
            ("70万元", "received", 1),
            ("50万元", "received", 1),
            ("80万元", "received", 0),
            ("80万元", "received", 4),
        ],
    ),
    "runs on over a full stop": (
        "全年下达补助90万元,其中青山乡40万元,用于修渠。白石乡50万元,用于修路。年底支出85万元。",
        [
            ("90万元", "budget", None),
            ("40万元", "budget", 0),
            ("50万元", "budget", 0),
            ("85万元", "spent", None),
        ],
    ),
    "one is, two is": (
        "下达防汛资金3.5亿元。主要包含两部分:一是堤防加固2亿元。含材料费1.5亿元、人工费0.5亿元。二是物资储备1.5亿元。",
        [
            ("3.5亿元", "budget", None),
            ("2亿元", "budget", 0),
            ("1.5亿元", "budget", 1),
            ("0.5亿元", "budget", 1),
            ("1.5亿元", "budget", 0),
        ],
    ),
    "parts before a total": (
        "市财政拨付我县助学款30万元,县级配套12万元,上年结转3万元,合计45万元。",
        [
            ("30万元", "received", 3),
            ("12万元", "received", 3),
            ("3万元", "carryover", 3),
            ("45万元", "received", None),
        ],
    ),
    "a bare total that is wrong": (
        "市财政拨付我县助学款30万元,县级配套12万元,合计45万元。",
        [("30万元", "received", 2), ("12万元", "received", 2), ("45万元", "received", None)],
    ),
    "amount before its name": (
        "项目批复概算640万元,其中600万元为中央水利资金,40万元为县级配套资金。",
        [("640万元", "budget", None), ("600万元", "budget", 0), ("40万元", "budget", 0)],
    ),
    "arranged to support": (
        "落实省级补助资金9000万元,其中:安排5000万元支持养老院建设;安排4000万元支持适老化改造。",
        [("9000万元", "budget", None), ("5000万元", "budget", 0), ("4000万元", "budget", 0)],
    ),
    "the total of a second sum": (
        "年初安排预算620万元,累计支出618万元。其中研发补助200万元、贴息补助300万元、平台补助118万元。",
        [
            ("620万元", "budget", None),
            ("618万元", "spent", None),
            ("200万元", "spent", 1),
            ("300万元", "spent", 1),
            ("118万元", "spent", 1),
        ],
    ),
    "sums choose the total behind a statement": (
        "下达资金80万元,已支出50万元,其中:中央资金45万元,省级资金35万元。",
        [
            ("80万元", "budget", None),
            ("50万元", "spent", None),
            ("45万元", "budget", 0),
            ("35万元", "budget", 0),
        ],
    ),
    "what became of the parts": (
        "安排资金90万元,其中甲类50万元,已支出45万元,乙类40万元,已支出30万元。",
        [
            ("90万元", "budget", None),
            ("50万元", "budget", 0),
            ("45万元", "spent", None),
            ("40万元", "budget", 0),
            ("30万元", "spent", None),
        ],
    ),
    "split by state": (
        "到位资金100万元,其中已支出88万元,结余12万元。",
        [("100万元", "received", None), ("88万元", "spent", 0), ("12万元", "carryover", 0)],
    ),
    "a lost full stop": (
        "到账资金60万元,其中:中央资金40万元,其他资金20万元2031年实际支出55万元,其中中央资金36万元,其他资金19万元。",
        [
            ("60万元", "received", None),
            ("40万元", "received", 0),
            ("20万元", "received", 0),
            ("55万元", "spent", None),
            ("36万元", "spent", 3),
            ("19万元", "spent", 3),
        ],
    ),
    "items in the passages behind": (
        "全年安排公益金70万元,投向下列三类:\n"
        "1.助老类资金30万元,已用资金10万元。\n2.助残类资金25万元,已用资金25万元。\n3.助幼类资金15万元。",
        [
            ("70万元", "budget", None),
            ("30万元", "budget", 0),
            ("10万元", "spent", None),
            ("25万元", "budget", 0),
            ("25万元", "spent", None),
            ("15万元", "budget", 0),
        ],
    ),
    "what it brought about is no fund": (
        "下达技改资金500万元,带动社会投资8000万元,实现产值3.2亿元,每户企业补助20万元,直接经济损失15万元。",
        [("500万元", "budget", None)],
    ),
    "indicators are no funds": (
        "指标1,设备投资≥1000万元,全年实际完成1200万元。项目总成本不超过90万元。",
        [],
    ),
}


@pytest.mark.parametrize("name", TREES)
def test_tree(name: str) -> None:
    source, expected = TREES[name]
    assert tree(source) == expected


def test_splits_of_one_total_are_kept_apart() -> None:
    found = funds("安排资金100万元,其中中央60万元,省级40万元;其中用于道路70万元,用于桥梁30万元。")
    assert [fund.parent_seq for fund in found] == [None, 0, 0, 0, 0]
    assert [fund.split for fund in found] == [0, 0, 0, 1, 1]


def test_a_partial_list_is_marked() -> None:
    found = funds("安排资金100万元,其中道路60万元、桥梁20万元等。")
    assert [fund.partial for fund in found] == [False, True, True]
    assert not any(fund.partial for fund in funds("安排资金100万元,其中道路60万元、桥梁40万元。"))


def test_documents_behind_the_amount_are_its_basis() -> None:
    found = funds(
        "省财政下达资金50万元。其中:桑蚕补助30万元(云财农〔2031〕12号、云财农〔2031〕40号),"
        "良种补助20万元(云财农〔2031〕77号)。"
    )
    assert [fund.doc_numbers for fund in found] == [
        (),
        ("云财农〔2031〕12号", "云财农〔2031〕40号"),
        ("云财农〔2031〕77号",),
    ]


def test_the_notice_that_a_sentence_cites_is_the_basis_and_rules_are_none() -> None:
    found = funds(
        "按照《助学资金管理办法》(云财教〔2029〕5号),根据《关于下达2031年助学金的通知》(云财教〔2031〕9号),下达我县助学资金80万元。"
    )
    assert found[0].doc_numbers == ("云财教〔2031〕9号",)


def test_values_are_exact() -> None:
    found = funds("已支付资金172.5869144万元,合作方自筹29.6万,上级安排3亿5000万元。")
    assert [fund.yuan for fund in found] == [Decimal("1725869.144"), Decimal(296000), Decimal(350000000)]


def test_places_lead_back_to_the_source() -> None:
    source = "一、资金情况\n2031 年下达资金 1, 234.50 万元。"
    (fund,) = funds(source)
    assert source[fund.place.start : fund.place.end] == "1, 234.50 万元"


@pytest.mark.parametrize("words", ["其中3万元、", "(1万元", "下达3万元其中", "《拨付2万元,", "合计1元,", "。其中1万元"])
def test_long_hostile_text_is_read_in_time(words: str) -> None:
    funds(words * (20_000 // len(words)))
