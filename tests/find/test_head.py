"""What reports say of themselves; bodies, places and numbers are invented."""

from __future__ import annotations

from datetime import date

import pytest
from texts import read

from extractor.find.head import find_head, find_subject

LETTER = """岭川省交通运输高质量发展
专项资金2023年度绩效自评报告
岭交财〔2024〕17号
省财政厅：
按照《关于开展2023年度绩效自评工作的通知》（岭财绩〔2024〕5号）要求，现将有关情况报告如下：
一、绩效目标分解下达情况
2023年，省财政下达专项资金100万元。
附件：2023年绩效自评表
岭川省交通运输厅
2024 年 3 月 5 日
"""


def test_the_head_of_a_letter() -> None:
    document, passages = read(LETTER)
    head = find_head(document, passages)
    assert head.title == "岭川省交通运输高质量发展专项资金2023年度绩效自评报告"
    assert (head.issuer, head.region, head.doc_number) == ("岭川省交通运输厅", "岭川省", "岭交财〔2024〕17号")
    assert (head.issued_on, head.issued_raw) == (date(2024, 3, 5), "2024年3月5日")
    subject, year, places = find_subject(passages)
    assert (subject, year) == ("岭川省交通运输高质量发展专项资金", 2023)
    assert LETTER[places["fiscal_year"].start : places["fiscal_year"].end] == "2023"
    for key, printed in (("issuer", "岭川省交通运输厅"), ("doc_number", "岭交财〔2024〕17号")):
        assert LETTER[head.places[key].start : head.places[key].end] == printed


#: First lines of a text → title, subject, year.
TITLES = {
    "柳源县2022年度中央彩票公益金资金绩效自评报告": (
        "柳源县2022年度中央彩票公益金资金绩效自评报告", "中央彩票公益金资金", 2022),
    "丰岭县2022年度国家基本公共卫生\n服务补助资金绩效自评报告": (
        "丰岭县2022年度国家基本公共卫生服务补助资金绩效自评报告", "国家基本公共卫生服务补助资金", 2022),
    "望川县第一小学2022年度项目支出绩效自评报告\n（学生营养膳食补贴专项资金）": (
        "望川县第一小学2022年度项目支出绩效自评报告", "学生营养膳食补贴专项资金", 2022),
    "某市财政局\n关于农田建设补助资金绩效自评情况的报告": (
        "关于农田建设补助资金绩效自评情况的报告", "农田建设补助资金", None),
    "2020年度水资源监测能力建设项目自评表": (
        "2020年度水资源监测能力建设项目自评表", "水资源监测能力建设项目", 2020),
    "某市财政局\n2021年度农田建设补助资金绩效自评情况说明": (
        "某市财政局2021年度农田建设补助资金绩效自评情况说明", "农田建设补助资金", 2021),
    "岭东省林业厅关于报送2020年度林业改革资金绩效自评情况的报告": (
        "岭东省林业厅关于报送2020年度林业改革资金绩效自评情况的报告", "林业改革资金", 2020),
    "柳川市应急局2021—2022年冬令救济补助资金绩效自评简报": (
        "柳川市应急局2021—2022年冬令救济补助资金绩效自评简报", "冬令救济补助资金", 2021),
    "现将2021年东陵县交通局衔接资金项目绩效自评情况作如下汇报:": (None, "东陵县交通局衔接资金", 2021),
    "2019年支持科技企业专项资金绩效评价报告 市财政局:\n按照要求,就2018年支持科技企业专项资金实施了评价。"
    "\n一、概况\n2018年安排100万元,2018年支出90万元。": (
        "2019年支持科技企业专项资金绩效评价报告", "支持科技企业专项资金", 2018),
}  # fmt: skip


@pytest.mark.parametrize("text", TITLES)
def test_title_subject_and_year(text: str) -> None:
    document, passages = read(f"{text}\n一、基本情况\n资金已到位。\n")
    head = find_head(document, passages)
    subject, year, _ = find_subject(passages)
    assert (head.title, subject, year) == TITLES[text]


#: The line of the date → the day, None where it is none of the calendar.
DATES = {
    "2025年03月05日": date(2025, 3, 5),
    "二〇二五年三月二十五日": date(2025, 3, 25),
    "二○一○年十一月十日": date(2010, 11, 10),
    "2024.3.25": date(2024, 3, 25),
    "2025年2月30日": None,
    "2025年 月 日": None,
}


@pytest.mark.parametrize("line", DATES)
def test_dates_of_signing(line: str) -> None:
    document, passages = read(f"某县2024年度专项资金绩效自评报告\n一、概况\n资金已到位。\n某县财政局\n{line}\n")
    head = find_head(document, passages)
    assert head.issued_on == DATES[line]
    assert head.issued_raw == line.replace(" ", "")
    assert head.issuer == "某县财政局"


def test_what_a_text_does_not_say_is_none() -> None:
    document, passages = read("本市2022年度资金分为两大类。\n资金已全部到位。\n")
    head = find_head(document, passages)
    assert (head.title, head.issuer, head.region, head.doc_number, head.issued_on) == (None,) * 5
    assert find_subject(passages)[1] == 2022


def test_an_anonymised_year_is_no_year() -> None:
    _, passages = read("按照《关于预拨20xx年补助资金的通知》（某财农〔20xx〕182号），下达资金600万元。\n")
    assert find_subject(passages)[:2] == (None, None)
