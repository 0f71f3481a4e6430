"""Indicators in running text, in the wordings of published reports; places and figures are invented."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from texts import read

from extractor.find.indicators.lines import find_indicators
from extractor.model import Indicator


def found(text: str, **options: Any) -> list[Indicator]:
    document, passages = read(text)
    return find_indicators(document, passages, **options)


def line(indicator: Indicator) -> tuple[str, str | None, str | None, str | None]:
    return indicator.name, indicator.operator, indicator.target_raw, indicator.actual_raw


#: A sentence below a heading of quantity indicators → name, operator, target, actual, status.
PAIRS: dict[str, tuple[str, str | None, str | None, str | None, str | None]] = {
    "指标 1，支持技改项目数量≥ 70个，全年实际完成 86个，完成预期指标。": (
        "支持技改项目数量", "≥", "≥70个", "86个", "met"),
    "指标3：培训农机手人数≥105人，全年实际完成值116人，完成预期指标。": (
        "培训农机手人数", "≥", "≥105人", "116人", "met"),
    "在编教师人数年初指标值为不低于105人,全年实际完成值116人。": (
        "在编教师人数", "≥", "不低于105人", "116人", None),
    "1.检验检测合格率,年初目标值≥90%,实际完成值≥90%,自评得分20分;": (
        "检验检测合格率", "≥", "≥90%", "≥90%", None),
    "布防飞机数量≥6架,实际布防6架。": ("布防飞机数量", "≥", "≥6架", "6架", None),
    "租机数量8架,实际租机7架,未完成指标。": ("租机数量", None, "8架", "7架", "unmet"),
    "森林火灾受害率需控制在1‰以内,实际森林火灾受害率为0.038‰。": (
        "森林火灾受害率", "≤", "控制在1‰以内", "0.038‰", None),
    "惠农补贴发放指标为100%实际完成值为100%": ("惠农补贴发放", None, "100%", "100%", None),
    "新增规上企业，绩效目标14户,实际完成14户。": ("新增规上企业", None, "14户", "14户", None),
    "扶持小微企业任务数为115户,实际完成扶持264户。": ("扶持小微企业", None, "115户", "264户", None),
    "设备验收合格率不低于95%，全年实际完成98.5%，达到了设定的指标值。": (
        "设备验收合格率", "≥", "不低于95%", "98.5%", "met"),
    "举办招聘会10场及以上，实际举办12场，圆满完成。": ("举办招聘会", "≥", "10场及以上", "12场", "met"),
    "公路改造完工时间目标值为2023年12月底前，实际完成值为2023年11月。": (
        "公路改造完工时间", None, "2023年12月底前", "2023年11月", None),
    "居民生活品质年度指标值：明显提升，实际完成值：明显提升，完成预期指标。": (
        "居民生活品质", None, "明显提升", "明显提升", "met"),
    "一是数量指标：2023年，本局发放种粮补贴户数≥2100户，全年实际完成2153户。": (
        "发放种粮补贴户数", "≥", "≥2100户", "2153户", None),
    "7岁以下儿童健康管理率年初指标值为≥85%，全年实际完成值93.2%，已完成；": (
        "7岁以下儿童健康管理率", "≥", "≥85%", "93.2%", "met"),
    "未完成的1项指标为“项目验收按期完成率”，年初目标值不低于95%，实际完成值91.2%。": (
        "项目验收按期完成率", "≥", "不低于95%", "91.2%", None),
    "加工档案142万页，目标140万页；": ("加工档案", None, "140万页", "142万页", None),
    "培训旅游从业人员6,420人次，目标值≥5000人次，完成预期指标。": (
        "培训旅游从业人员", "≥", "≥5000人次", "6,420人次", "met"),
    "开展省外推广活动28场次，年初目标值为36场次，受疫情影响未完成预期指标。": (
        "开展省外推广活动", None, "36场次", "28场次", "unmet"),
    "举办群众文化活动76场（目标≥60场）。": ("举办群众文化活动", "≥", "≥60场", "76场", None),
    "修建排水渠1.45公里(计划1.6公里)。": ("修建排水渠", None, "1.6公里", "1.45公里", None),
    "食品抽检批次(15分):计划2,400批次,完成2,455批次,得15分;": (
        "食品抽检批次", None, "2,400批次", "2,455批次", None),
    "抽检任务完成时间(5分):计划11月30日前,完成11月22日,得5分;": (
        "抽检任务完成时间", None, "11月30日前", "11月22日", None),
    "奖励资金兑现时间为2021年10月，目标值2021年11月底前，完成预期指标。": (
        "奖励资金兑现时间", None, "2021年11月底前", "2021年10月", "met"),
    "收入超10万元的村占比64.5%，目标≥60%；": ("收入超10万元的村占比", "≥", "≥60%", "64.5%", None),
    "8.群众满意度，年初目标值≥90%，实际完成值94%，自评得分9分。": ("群众满意度", "≥", "≥90%", "94%", None),
    "公共服务能力持续提升，实际完成值持续提升。": ("公共服务能力", None, "持续提升", "持续提升", None),
    "惠及居民户数，绩效目标≥5.6万户，实际完成5.82万户，完成率103.9%，达成预期指标。": (
        "惠及居民户数", "≥", "≥5.6万户", "5.82万户", "met"),
    "景区知名度目标有所提高，实际有所提高。": ("景区知名度", None, "有所提高", "有所提高", None),
    "受威胁群众满意度应超过90%，抽样调查结果为91.7%。": ("受威胁群众满意度", ">", "超过90%", "91.7%", None),
    "发生安全生产事故=0件，全年实际完成0件，完成预期指标。": ("发生安全生产事故", "=", "=0件", "0件", "met"),
}  # fmt: skip


@pytest.mark.parametrize("sentence", PAIRS)
def test_target_and_actual_in_one_sentence(sentence: str) -> None:
    (indicator,) = found(f"（四）绩效指标完成情况分析\n1.数量指标。\n{sentence}\n")
    name, operator, target, actual, status = PAIRS[sentence]
    assert line(indicator) == (name, operator, target, actual)
    assert indicator.status == status


def test_values_are_exact_and_have_places() -> None:
    text = "1.经济效益指标。\n指标 1，带动投资≥ １,０００.50万元，全年实际完成 14860.00万元，完成预期指标。\n"
    (indicator,) = found(text)
    assert (indicator.target_value, indicator.target_unit) == (Decimal("1000.50"), "万元")
    assert str(indicator.actual_value) == "14860.00"
    assert (indicator.level2, indicator.ordinal) == ("经济效益指标", "1")
    for key, printed in (("target", "≥ １,０００.50万元"), ("actual", "14860.00万元"), ("status", "完成预期指标")):
        place = indicator.places[key]
        assert text[place.start : place.end] == printed


def test_levels_come_from_headings_and_run_in_headings() -> None:
    text = (
        "二、绩效目标完成情况\n1.产出指标完成情况。一是数量指标：改造危桥≥3座，实际改造4座。二是质量指标：验收合格率≥95%，"
        "实际完成值96%。\n2.效益指标完成情况。\n（1）社会效益。受益人口≥5000人，实际受益5200人。\n"
        "3.满意度指标完成情况。群众满意度≥90%，实际完成值92%。\n"
    )
    levels = [(i.level1, i.level2, i.name) for i in found(text)]
    assert levels == [
        ("产出指标", "数量指标", "改造危桥"),
        ("产出指标", "质量指标", "验收合格率"),
        ("效益指标", "社会效益", "受益人口"),
        ("满意度指标", None, "群众满意度"),
    ]


def test_points_behind_a_line() -> None:
    (indicator,) = found("1.质量指标。\n指标1：合格率≥95%，全年实际完成93%，分值10分，得9.8分，未完成指标。\n")
    assert (indicator.max_score, indicator.score) == (Decimal(10), Decimal("9.8"))
    assert (indicator.status_raw, indicator.status) == ("未完成指标", "unmet")


LISTS: dict[str, list[tuple[str, str | None, str | None, str | None]]] = {
    "规划设计文件的科学性、规范性100%，工程验收达标率100%，按期完成率≥90%。": [
        ("规划设计文件的科学性、规范性", None, None, "100%"),
        ("工程验收达标率", None, None, "100%"),
        ("按期完成率", "≥", "≥90%", None),
    ],
    "补贴发放率为97%，知晓率、资金到位率均为100%。": [
        ("补贴发放率", None, None, "97%"),
        ("知晓率", None, None, "100%"),
        ("资金到位率", None, None, "100%"),
    ],
    "坡地改造31.42公顷，封山育林862.57公顷；耕地新增31.42亩。": [
        ("坡地改造", None, None, "31.42公顷"),
        ("封山育林", None, None, "862.57公顷"),
        ("耕地新增", None, None, "31.42亩"),
    ],
    "累计实施135项堤防加固项目和52项抗旱保供项目。": [
        ("堤防加固项目", None, None, "135项"),
        ("抗旱保供项目", None, None, "52项"),
    ],
}


@pytest.mark.parametrize("sentence", LISTS)
def test_names_with_one_value_below_a_heading_of_indicators(sentence: str) -> None:
    assert [line(i) for i in found(f"二、绩效目标完成情况\n1.数量指标。{sentence}\n")] == LISTS[sentence]


def test_a_list_of_targets_below_goals() -> None:
    text = (
        "一、绩效目标分解下达情况\n（一）区域绩效目标情况\n1.数量指标2个:水源地防护设施数量8个、新增削减量1486吨/年。\n"
        "2.生态效益指标2个:断面水质优良(Ⅲ类及以上)比例、地下水V类水占比2项指标达到国家核定的目标值。\n"
    )
    assert [(i.level2, i.name, i.target_raw, i.actual_raw) for i in found(text)] == [
        ("数量指标", "水源地防护设施数量", "8个", None),
        ("数量指标", "新增削减量", "1486吨/年", None),
        ("生态效益指标", "断面水质优良(Ⅲ类及以上)比例", "国家核定的目标值", None),
        ("生态效益指标", "地下水V类水占比", "国家核定的目标值", None),
    ]


def test_the_name_can_be_a_sentence_before_its_values() -> None:
    text = (
        "(一)产出指标\n1.质量指标\n③养护项目验收合格率。目标值:≥95%,完成值:96.5%,完成率:101.6%。\n"
        "④灌溉用水保障程度。目标值:有效保障,完成值:有效保障。\n"
    )
    assert [(i.level1, i.level2, i.name, i.target_raw, i.actual_raw) for i in found(text)] == [
        ("产出指标", "质量指标", "养护项目验收合格率", "≥95%", "96.5%"),
        ("产出指标", "质量指标", "灌溉用水保障程度", "有效保障", "有效保障"),
    ]


def test_paragraphs_by_aspect_without_headings() -> None:
    text = (
        "产出方面，年初计划办理案件450件，实际办理486件；印发宣传资料6.2万份。\n"
        "满意度方面，受援人满意度98.3%，高于目标值90%。\n"
    )
    assert [(i.name, i.target_raw, i.actual_raw) for i in found(text)] == [
        ("办理案件", "450件", "486件"),
        ("印发宣传资料", None, "6.2万份"),
        ("受援人满意度", "90%", "98.3%"),
    ]


def test_a_list_is_not_joined_to_itself() -> None:
    text = "二、绩效指标完成情况\n3.时效指标:工程按期开工率100%,工程按期完工率≥90%。\n"
    assert [(i.name, i.target_raw, i.actual_raw) for i in found(text)] == [
        ("工程按期开工率", None, "100%"),
        ("工程按期完工率", "≥90%", None),
    ]


def test_goals_are_joined_to_their_results() -> None:
    text = (
        "一、项目绩效目标情况\n本项目年度目标为治理坡面面积1315.74公顷，其中坡地改造31.42公顷。\n"
        "二、绩效目标完成情况\n（1）数量指标。已基本完成治理坡面面积1315.74公顷，其中坡地改造31公顷。\n"
    )
    assert [(i.name, i.target_raw, i.actual_raw, i.status) for i in found(text)] == [
        ("治理坡面面积", "1315.74公顷", "1315.74公顷", "partly"),
        ("坡地改造", "31.42公顷", "31公顷", "partly"),
    ]


NOTHING = [
    "一、基本情况\n全县共有18家乡镇卫生院、205家村卫生室承担服务任务。\n",
    "一、绩效目标分解下达情况\n2023年下达资金500万元，实际支出480万元，执行率96%。\n",
    "一、绩效目标分解下达情况\n本工程设有绩效指标15个，其中一级指标3个。\n",
    "二、绩效目标完成情况\n资金执行率100%，较上年上升2%。\n",
    "二、绩效目标完成情况\n为4283人次学生缓解了就学困难，在20个工作日内拨付。\n",
    "四、绩效指标完成情况\n各项指标的目标值和完成值详见附件。主要绩效指标完成情况如下：\n",
    "四、绩效指标完成情况\n各项绩效指标的完成情况见附件，年度指标值、完成值和偏差原因详见自评表。\n",
    "三、下一步措施\n力争建成5个示范点。\n",
]


@pytest.mark.parametrize("text", NOTHING)
def test_figures_that_are_no_indicators(text: str) -> None:
    assert [line(i) for i in found(text)] == []


def test_what_is_beside_a_pair_is_an_indicator_too() -> None:
    text = "项目实施后,硬化村道3.2公里(计划3公里),项目验收合格率100%,村民满意度95%以上。\n"
    assert [(i.name, i.target_raw, i.actual_raw) for i in found(text)] == [
        ("硬化村道", "3公里", "3.2公里"),
        ("项目验收合格率", None, "100%"),
        ("村民满意度", None, "95%以上"),
    ]


def test_degrees_and_deadlines_below_a_heading_of_indicators() -> None:
    text = (
        "四、绩效指标完成情况\n时效指标:惠民项目完成时间12月31日前。\n"
        "社会效益指标:办事便利程度明显提高,使群众获得感持续增强。\n"
    )
    assert [(i.level2, i.name, i.target_raw, i.actual_raw) for i in found(text)] == [
        ("时效指标", "惠民项目完成时间", "12月31日前", None),
        ("社会效益指标", "办事便利程度", None, "明显提高"),
    ]


def test_goals_in_one_section_and_results_in_another_under_changed_names() -> None:
    text = (
        "（二）年度绩效目标。1.天然林管护面积42.6万亩;2.选聘护林员不少于315名;3.农牧民满意度85%以上。\n"
        "三、绩效目标完成情况\n1.产出指标\n天然林实际管护42.6万亩;聘用护林员318名。\n"
        "2.满意度指标\n抽样调查农牧民满意度93.2%。\n"
    )
    assert [(i.name, i.operator, i.target_raw, i.actual_raw) for i in found(text)] == [
        ("天然林管护面积", None, "42.6万亩", "42.6万亩"),
        ("选聘护林员", "≥", "不少于315名", "318名"),
        ("农牧民满意度", "≥", "85%以上", "93.2%"),
    ]


def test_the_narrative_gives_way_to_full_lines_and_to_tables() -> None:
    goals = "一、绩效目标分解下达情况\n年度目标是建设高标准农田3000亩。\n"
    lines = "二、绩效目标完成情况\n1.数量指标。\n指标1，建设高标准农田≥3000亩，全年实际完成3100亩。\n"
    assert [i.target_raw for i in found(goals)] == ["3000亩"]
    assert [i.target_raw for i in found(goals + lines)] == ["≥3000亩"]
    assert found(goals, in_tables=True) == []


def test_the_funds_name_before_an_indicator_is_left_out() -> None:
    text = "1.成本指标。学生营养改善补贴走读学生每生补贴标准指标值600元/生.年，全年实际完成值600元/生.年。\n"
    (indicator,) = found(text, subject="学生营养改善补贴专项资金")
    assert indicator.name == "走读学生每生补贴标准"


@pytest.mark.parametrize("unit", ["目标为1个，", "实际完成", "指标1，", "1项指标", "（"])
def test_long_hostile_text_is_read(unit: str) -> None:
    found("1.数量指标。" + unit * (20_000 // len(unit)))


#: Texts without pairs → name, target and actual of each indicator.
TOLD: dict[str, list[tuple[str, str | None, str | None]]] = {
    # no heading says it, but rates of satisfaction and of what passed its check tell results
    "两座水厂均已通水，新增供水能力1200吨，水质合格率为98.5%，用水户满意率达95%。": [
        ("新增供水能力", None, "1200吨"),
        ("水质合格率", None, "98.5%"),
        ("用水户满意率", None, "95%"),
    ],
    # under results only the clause of a goal is a goal
    "三、绩效完成情况\n产出方面，年初计划开展巡诊120场次，实际开展118场次；印发手册3.5万份，制作短视频6个。": [
        ("开展巡诊", "120场次", "118场次"),
        ("印发手册", None, "3.5万份"),
        ("制作短视频", None, "6个"),
    ],
    # goals that a passage announces
    "一、绩效目标分解情况\n同步分解下达的绩效目标共3项:\n1.数量指标:补贴面积≥96万亩。\n2.质量指标:公示率100%。\n"
    "3.可持续影响指标:耕地质量稳步提升。": [
        ("补贴面积", "≥96万亩", None),
        ("公示率", "100%", None),
        ("耕地质量", "稳步提升", None),
    ],
    # money that was brought about is a result, the evaluated money is none
    "三、成效\n全县管护森林46.8万亩，护林员人均年增收8000元。补助资金支出12万元。": [
        ("管护森林", None, "46.8万亩"),
        ("护林员人均年增收", None, "8000元"),
    ],
    # how many were asked is no result, and the target may stand behind it
    "四、绩效目标实现情况\n满意度方面，随机回访受援人120名，受援人满意度98.3%，高于目标值90%。": [
        ("受援人满意度", "90%", "98.3%"),
    ],
    "三、绩效情况\n全年城镇新增就业4126人，完成年度任务4000人的103.15%。": [("城镇新增就业", "4000人", "4126人")],
    "三、自评结论\n补贴对象准确率100%，公示率100%。": [("补贴对象准确率", None, "100%"), ("公示率", None, "100%")],
    # what was there before is no value, and the words that head a paragraph of their own say that results follow
    "绩效目标完成情况：粪污利用率由2021年的78%提高到86%；修复湿地4.2万亩，较目标任务4万亩超额5%。": [
        ("粪污利用率", None, "86%"),
        ("修复湿地", "4万亩", "4.2万亩"),
    ],
    # a cause between target and result, a bracket that belongs to the unit, a list's number before a figure
    "二、绩效目标完成情况\n指标1：培训次数≥10次，因疫情影响实际完成8次。\n"
    "指标2：采购设备16台（套），实际完成16台（套）。": [
        ("培训次数", "≥10次", "8次"),
        ("采购设备", "16台(套)", "16台(套)"),
    ],
    "三、任务完成情况\n3.高血压患者管理率71.2%（目标≥60%）\n4.2型糖尿病患者管理率68.5%（目标≥60%）": [
        ("高血压患者管理率", "≥60%", "71.2%"),
        ("2型糖尿病患者管理率", "≥60%", "68.5%"),
    ],
    "二、指标完成情况\n质量指标。优抚标准按规定执行率达100%。预算执行率98%。": [("优抚标准按规定执行率", None, "100%")],
    # a comma between digits parts no clauses; few lines with targets leave the results beside them
    "三、满意度情况\n调查居民2,150户，满意2,018户，满意度93.86%，高于年度指标值90%。": [("满意度", "90%", "93.86%")],
    "三、项目成效\n投保面积覆盖面达到72.3%（年度目标70%）。赔付及时率98.7%，参保农户满意度91.2%。": [
        ("投保面积覆盖面", "70%", "72.3%"),
        ("赔付及时率", None, "98.7%"),
        ("参保农户满意度", None, "91.2%"),
    ],
    # no heading at all: the sentences say themselves which of them tells goals, and which results
    "项目绩效目标为：主导产业产值达到5亿元以上，带动农户2000户以上。\n"
    "主导产业产值达到5.62亿元，完成目标的112.4%；带动农户2316户。": [
        ("主导产业产值", "5亿元以上", "5.62亿元"),
        ("带动农户", "2000户以上", "2316户"),
    ],
    # how far it is from the target is no target
    "1.产出指标完成情况\n质量指标。培训合格率达到92.3%，高于目标值2.3个百分点。": [("培训合格率", None, "92.3%")],
    "五、存在问题\n问卷发放不足，群众对满意度调查参与不够。": [],
}


@pytest.mark.parametrize("text", TOLD)
def test_results_and_goals_as_they_are_told(text: str) -> None:
    assert [(i.name, i.target_raw, i.actual_raw) for i in found(text + "\n")] == TOLD[text]
