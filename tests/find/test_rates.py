"""Rates of money: which percentages are one, and whose."""

from __future__ import annotations

import time

import pytest
from money_texts import passages_of

from extractor.find.rates import find_rates


def rates(source: str) -> list[tuple[str, str]]:
    document, passages = passages_of(source)
    return [(rate.name, str(rate.value)) for rate in find_rates(document, passages)]


TEXTS: dict[str, list[tuple[str, str]]] = {
    "资金到位率100%。": [("资金到位率", "100")],
    "项目资金到位率为100%,预算执行率为98.5%。": [("项目资金到位率", "100"), ("预算执行率", "98.5")],
    "资金到位率、预算执行率均为100%。": [("资金到位率", "100"), ("预算执行率", "100")],
    "覆盖率及资金到位率均为100%。": [("资金到位率", "100")],
    "资金拨付及时率、资金到位率均为100%。": [("资金到位率", "100")],
    "资金到位率、执行率分别为100%、97.2%。": [("资金到位率", "100"), ("执行率", "97.2")],
    "全年支出80万元,执行率89.7%。": [("执行率", "89.7")],
    "实际支出80万元,完成预算的89.7%。": [("完成预算", "89.7")],
    "支出430万元,占下达资金的89.8%。": [("占下达资金", "89.8")],
    "补贴资金发放率达到100%。": [("补贴资金发放率", "100")],
    "奖补资金兑付率98.6%": [("奖补资金兑付率", "98.6")],
    "资金兑补完成率18%": [("资金兑补完成率", "18")],
    "已支付85万元,支付率95%。": [("支付率", "95")],
    "资金支出进度达到76.3%。": [("资金支出进度", "76.3")],
    "项目执行率88.74%。其中": [("项目执行率", "88.74")],
    "2031年中央下达文化专项资金执行率为96%": [("中央下达文化专项资金执行率", "96")],
    "预算执行率百分之九十五": [("预算执行率", "95")],
    "预算执行率 34.3% 。": [("预算执行率", "34.3")],
    "项目预算执行率(执行数/预算数)为72.03%": [("项目预算执行率", "72.03")],
    "其中资金到位率达100%": [("资金到位率", "100")],
    "资金结余率为3.2%": [("资金结余率", "3.2")],
    # What is named once is given for several.
    "第一批、第二批资金执行率分别为88.4%、61.2%": [("第二批资金执行率", "88.4"), ("第二批资金执行率", "61.2")],
    "甲县、乙县、丙县支出率分别为90%、70%和65%。": [("丙县支出率", "90"), ("丙县支出率", "70"), ("丙县支出率", "65")],
    "其中东县执行率99%、西县93%，北旗88%": [("东县执行率", "99"), ("东县执行率", "93"), ("东县执行率", "88")],
    "资金执行率98%、满意度95%": [("资金执行率", "98")],
    "预算执行率由上年的85%提高到92%": [("预算执行率", "92")],
    "资金支出率从2030年的91%降低到88.5%": [("资金支出率", "88.5")],
    # Targets are no rates, the results behind them are.
    "资金到位率≥95%,全年实际完成100%": [("资金到位率", "100")],
    "资金使用率目标值为95%,实际完成值为93%": [("资金使用率", "93")],
    "资金拨付率≥90%": [],
    # Rates of other things.
    "群众满意度95%,验收合格率100%": [],
    "资金拨付及时率100%": [],
    "政策知晓率98%,设备使用率90%": [],
    "救助资金发放准确率100%": [],
    "失业保险费率1%,其中单位费率0.7%": [],
    "任务完成率100%": [],
    "森林火灾受害率0.9‰": [],
    "比上年增长16.43%": [],
}


@pytest.mark.parametrize("text", TEXTS)
def test_text(text: str) -> None:
    assert rates(text) == TEXTS[text]


def test_values_are_exact_and_stand_where_they_say() -> None:
    source = "一、资金情况\n预算执行率为 98.50%。"
    document, passages = passages_of(source)
    (rate,) = find_rates(document, passages)
    assert (str(rate.value), rate.decimals, rate.raw) == ("98.50", 2, "98.50%")
    assert source[rate.place.start : rate.place.end] == "98.50%"


def test_traditional_characters_are_read_and_kept() -> None:
    assert rates("預算執行率34.3%,資金到位率100%") == [("預算執行率", "34.3"), ("資金到位率", "100")]


@pytest.mark.parametrize(
    "text", ["资金到位率", "资金到位率1%", "率、", "资金到位率、执行率为1%、", "1%", "完成预算的1%"]
)
def test_long_hostile_text_is_read_in_time(text: str) -> None:
    start = time.perf_counter()
    rates(text * (100_000 // len(text)))
    assert time.perf_counter() - start < 20
