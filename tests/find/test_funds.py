"""The evaluated money: trees of 其中, roles, labels, documents. All sentences are invented."""

from __future__ import annotations

import re
import time
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from money_texts import numbers_of, passages_of
from texts import read

from extractor.find.funds.sentences import find_funds
from extractor.model import Fund
from extractor.resolve import report


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
    "a bracket behind a comma": (
        "计划投入资金150万元,(其中中央补助100万元、省级补助50万元),实际到账146万元。",
        [
            ("150万元", "budget", None),
            ("100万元", "budget", 0),
            ("50万元", "budget", 0),
            ("146万元", "received", None),
        ],
    ),
    "what a bracket leaves out is no part": (
        "第二批补助资金60万元(不含结算资金3万元)。",
        [("60万元", "budget", None), ("3万元", "budget", None)],
    ),
    "the same sum in another unit is no part": (
        "安排资金1.5亿元(即15000万元)。",
        [("1.5亿元", "budget", None), ("15000万元", "budget", None)],
    ),
    "mixed units": (
        "中央下达清洁取暖资金12030万元。将1.2亿元资金下拨用于煤改气,30万元资金下拨用于设备维护。",
        [("12030万元", "budget", None), ("1.2亿元", "budget", 0), ("30万元", "budget", 0)],
    ),
    "sums of named projects in brackets": (
        "向我市下达土壤防治资金130万元。我市将该笔资金下拨至南旗,用于“旧厂地块调查”(72万元)和“水池地块调查”(58万元)。",
        [("130万元", "budget", None), ("72万元", "budget", 0), ("58万元", "budget", 0)],
    ),
    "the rest": (
        "全年下达资金67万元。其中,约束性任务57万元,指导性任务10万元。以上任务中,担保奖补9万元由财政局实施,"
        "良种补助8万元由糖业办实施,其余50万元由农业局实施。",
        [
            ("67万元", "budget", None),
            ("57万元", "budget", 0),
            ("10万元", "budget", 0),
            ("9万元", "budget", 0),
            ("8万元", "budget", 0),
            ("50万元", "budget", 0),
        ],
    ),
    "parts before and behind a total": (
        "2030年10月下达我县预算40万元;2031年4月下达我县预算20万元;2031年补助资金合计60万元。其中,甲类35万元,乙类25万元。",
        [
            ("40万元", "budget", 2),
            ("20万元", "budget", 2),
            ("60万元", "budget", None),
            ("35万元", "budget", 2),
            ("25万元", "budget", 2),
        ],
    ),
    "counted items with something beside them": (
        "下达我市农业资金90万元,用于两项任务。\n"
        "将资金分解到具体方向。具体为:一是安排农机补贴30万元,配套安排市级资金15万元。二是安排担保奖补20万元。三是安排社会化服务40万元。",
        [
            ("90万元", "budget", None),
            ("30万元", "budget", 0),
            ("15万元", "budget", None),
            ("20万元", "budget", 0),
            ("40万元", "budget", 0),
        ],
    ),
    "a total split again by its items": (
        "项目支出60万元。其中:财政拨款支出10万元,其他支出50万元。具体如下:\n"
        "1、档案整理费5万元,用于整理档案;\n2、宣传费5万元,用于宣传;\n3、培训费50万元,用于培训。",
        [
            ("60万元", "spent", None),
            ("10万元", "spent", 0),
            ("50万元", "spent", 0),
            ("5万元", "spent", 0),
            ("5万元", "spent", 0),
            ("50万元", "spent", 0),
        ],
    ),
    "kinds of spending are no spending": (
        "市级下达转移支付慈善项目4万元;公益金支出项目27万元;养老服务项目9万元。共计下达转移支付资金40万元。",
        [("4万元", "budget", 3), ("27万元", "budget", 3), ("9万元", "budget", 3), ("40万元", "budget", None)],
    ),
    "neighbours in a list are no total": (
        "补助东村2万元、西村4万元、南村2万元、北村2万元用于整治。",
        [("2万元", "budget", None), ("4万元", "budget", None), ("2万元", "budget", None), ("2万元", "budget", None)],
    ),
    "a share with a word of the project behind it": (
        "批复我局项目支出160万元,其中包含整治经费10万元。",
        [("160万元", "budget", None), ("10万元", "budget", 0)],
    ),
    "handed out in full": (
        "由财政局分2批次将141万元补助资金通过一卡通打卡发放到位。",
        [("141万元", "spent", None)],
    ),
    "what is carried on": (
        "本年收入83万元,上年结转92万元,当年安排支出176万元,当年实际支出92万元,结转下年使用资金83万元,未支3万元。",
        [
            ("83万元", "received", None),
            ("92万元", "carryover", None),
            ("176万元", "budget", None),
            ("92万元", "spent", None),
            ("83万元", "carryover", None),
            ("3万元", "carryover", None),
        ],
    ),
    "traditional characters": (
        "2031年共下達補助資金246萬元(其中:中央補助226萬元,省級補助20萬元)。全區完成發放補助資金141.8萬,結余104.2萬元。",
        [
            ("246萬元", "budget", None),
            ("226萬元", "budget", 0),
            ("20萬元", "budget", 0),
            ("141.8萬", "spent", None),
            ("104.2萬元", "carryover", None),
        ],
    ),
    "numbers and sums in one run": (
        "中央下达资金70万元,分别为:财建〔203121850万元,财农〔20314520万元。",
        [("70万元", "budget", None), ("50万元", "budget", 0), ("20万元", "budget", 0)],
    ),
    "prices and standards": (
        "补助标准每户1.5万元,无法达到一名学生4000元的最低资助标准,市级配套182.9万元(1000元/户)。",
        [("182.9万元", "budget", None)],
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


SENTENCES: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "fund_sentences.toml").read_text("utf-8"))
_MARKED = re.compile(r"\{(?P<raw>[^|{}]+)\|(?P<role>[brsco])(?:>(?P<total>\d+))?\}")
_ROLES = {"b": "budget", "r": "received", "s": "spent", "c": "carryover", "o": "other"}


@pytest.mark.parametrize("cause", SENTENCES)
def test_sentences(cause: str) -> None:
    """Read as the program reads a file, with its lines, headings and gaps."""
    for marked in SENTENCES[cause]:
        expected = [
            (m["raw"], _ROLES[m["role"]], int(m["total"]) if m["total"] else None) for m in _MARKED.finditer(marked)
        ]
        document, _ = read(_MARKED.sub(lambda match: match["raw"], marked))
        found = [(fund.raw, fund.role, fund.parent_seq) for fund in report(document).funds]
        assert found == expected, marked


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
    start = time.perf_counter()
    funds(words * (20_000 // len(words)))
    assert time.perf_counter() - start < 20


ROLES = {
    "省财政下达资金80万元": "budget",
    "年初预算80万元": "budget",
    "批复概算80万元": "budget",
    "计划总投资80万元": "budget",
    "县财政局收到资金80万元": "received",
    "实际到位资金80万元": "received",
    "省财政拨付我县资金80万元": "received",
    "80万元资金全部拨付到位": "received",
    "累计支出80万元": "spent",
    "实际发放补贴80万元": "spent",
    "已兑现救助资金80万元": "spent",
    "资金执行80万元": "spent",
    "共支80万元": "spent",
    "上年结转80万元": "carryover",
    "年末结余80万元": "carryover",
    "剩余80万元": "carryover",
    "年中追减资金80万元": "other",
    "比上年增加80万元": "other",
}


@pytest.mark.parametrize("sentence", ROLES)
def test_role(sentence: str) -> None:
    assert [fund.role for fund in funds(f"2031年{sentence}。")] == [ROLES[sentence]]


LABELS = {
    "2031年度中央财政下达我省农机购置补贴资金80万元。": "农机购置补贴资金",
    "根据《关于下达资金的通知》(云财农〔2031〕9号)文件规定补助金额为80万元。": "补助金额",
    "省财政厅(云财农〔2031〕9号)下达我县文化专项资金80万元。": "文化专项资金",
    "省级补助资金共计80万元。": "省级补助资金",
    "现将2031年残疾人补助资金80万元下达给你们。": "残疾人补助资金",
    "安排5000万元支持养老院建设。": "支持养老院建设",
    "及时对水利救灾资金80万元进行了分解。": "及时对水利救灾资金",
    "全年执行數80萬元。": "执行數",
}


@pytest.mark.parametrize("sentence", LABELS)
def test_label(sentence: str) -> None:
    (fund,) = funds(sentence)
    assert fund.label == LABELS[sentence]
    assert fund.label in sentence


def test_parts_before_their_total_keep_their_own_documents() -> None:
    found = funds(
        "省里以《关于提前下达资金的通知》(云财农〔2030〕90号)文件下达预算40万元;又以《关于下达资金的通知》(云财农〔2031〕28号)"
        "文件下达预算20万元;补助资金合计60万元。"
    )
    assert [fund.doc_numbers for fund in found[:2]] == [("云财农〔2030〕90号",), ("云财农〔2031〕28号",)]
