"""The layouts of published self-evaluation tables, A to V, by their head words; each makes a form with its promise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from blocks import (
    WIDTHS,
    Indicators,
    columns_of,
    field_row,
    goals,
    indicator_block,
    management,
    remark,
    shaped,
)
from contents import PROJECTS, Project
from facts import folded
from funds import Funds, by_source, fund_block, labelled_sums, source_columns, sums_by_source, three_blocks
from sheet import Box, Look, Sheet, edges

_LEVELS = (("level1", "一级指标"), ("level2", "二级指标"), ("name", "三级指标"))
_USUAL = (
    *_LEVELS,
    ("target", "年度指标值"),
    ("actual", "实际完成值"),
    ("max_score", "分值"),
    ("score", "得分"),
    ("reason", "偏差原因分析及改进措施"),
)
_USUAL_FUNDS = (
    ("initial_budget", "年初预算数"),
    ("budget", "全年预算数"),
    ("spent", "全年执行数"),
    ("max_score", "分值"),
    ("rate", "执行率"),
    ("score", "得分"),
)
_MARKED_FUNDS = (
    ("initial_budget", "年初预算数"),
    ("budget", "全年预算数（A）"),
    ("spent", "全年执行数（B）"),
    ("max_score", "分值"),
    ("rate", "执行率（B/A）"),
    ("score", "得分"),
)
_USUAL_ROWS = ("年度资金总额：", "其中：本年财政拨款", "上年结转资金", "其他资金")
_TRANSFER_FUNDS = (("budget", "全年预算数（A）"), ("spent", "全年执行数（B）"), ("rate", "预算执行率（B/A）"))


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout: the lines over it, the fields of its head, its fund block and its indicators."""

    lines: tuple[str, ...]
    fields: tuple[tuple[tuple[str, str], ...], ...]
    indicators: Indicators | None
    funds: Funds | Callable[[Sheet, Random], None] | None = None
    goals: tuple[str, str, str] | None = ("年度总体目标", "预期目标", "实际完成情况")
    remarks: tuple[tuple[str, str], ...] = ()
    management: bool = False
    landscape: bool = False


_TITLE = ("项目支出绩效自评表", "（{year}年度）")
_BODIES = (("主管部门", "department"), ("实施单位", "unit"))
_TRANSFER_HEAD = (
    (("转移支付（项目）名称", "subject"),),
    (("中央主管部门", "department"),),
    (("地方主管部门", "local"), ("资金使用单位", "unit")),
)

LAYOUTS: dict[str, Layout] = {
    "A": Layout(
        _TITLE,
        ((("项目名称", "subject"),), _BODIES),
        Indicators(_USUAL, marks=True, total="总分"),
        Funds("项目资金\n（万元）", _USUAL_FUNDS, _USUAL_ROWS),
    ),
    "B": Layout(
        _TITLE,
        ((("项目名称", "subject"),), _BODIES),
        Indicators(_USUAL, ordinal="指标{n}", placeholders=("指标{n}", "……"), total="总分"),
        Funds("项目资金\n（万元）", _USUAL_FUNDS, ("年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金")),
    ),
    "C": Layout(
        _TITLE,
        ((("项目名称", "subject"),), _BODIES),
        Indicators(
            _USUAL,
            left="年度绩效指标完成情况",
            marks=True,
            ordinal="指标{n}：",
            placeholders=("指标{n}：", "……"),
            total="总分",
        ),
        Funds("项目资金\n（万元）", _MARKED_FUNDS, _USUAL_ROWS, dash="-", part_rates=False),
        ("年度总体目标完成情况", "预期目标", "实际完成情况"),
    ),
    "D": Layout(
        ("绩效目标自评表", "（{year}年度）"),
        ((("项目名称", "subject"), ("项目负责人及电话", "person")), _BODIES),
        Indicators(
            (
                *_LEVELS,
                ("max_score", "分值"),
                ("target", "年度指标值"),
                ("actual", "全年实际值"),
                ("score", "得分"),
                ("reason", "未完成原因及拟采取的改进措施"),
            ),
            marks=True,
            total="总分",
            parents=True,
        ),
        Funds(
            "资金情况\n（万元）",
            _MARKED_FUNDS[1:],
            ("年度资金总额：", "其中：本年财政拨款", "其他资金"),
            dash="-",
        ),
        ("年度总体目标", "年初设定目标", "年度总体目标完成情况综述"),
    ),
    "E": Layout(
        ("部门预算项目支出绩效自评表（{year}年度）",),
        ((("项目名称", "subject"),), (("主管部门", "department"), ("实施单位\n（盖章）", "unit"))),
        Indicators(
            (
                *_LEVELS,
                ("operator", "指标性质"),
                ("target", "指标值"),
                ("unit", "度量单位"),
                ("actual", "完成值"),
                ("max_score", "权重"),
                ("score", "得分"),
                ("reason", "未完成原因分析"),
            ),
            left="绩效指标（90分）",
            total="合计",
        ),
        Funds(
            "预算执行情况（10分）",
            (
                ("initial_budget", "年初预算"),
                ("budget", "调整后预算数"),
                ("spent", "预算执行数"),
                ("rate", "预算执行率"),
                ("max_score", "权重"),
                ("score", "得分"),
                ("reason", "原因"),
            ),
            ("总额", "其中：财政资金", "财政专户管理资金", "单位资金", "其他资金"),
            corner="年度预算数（万元）",
            dash="/",
        ),
        ("项目基本情况", "项目年度目标", "年度目标完成情况"),
        (
            ("评价结论", "项目自评98分，绩效目标基本实现。"),
            ("存在问题", "支付进度不够均衡。"),
            ("改进措施", "加快支付。"),
        ),
    ),
    "F": Layout(
        ("{year}年度项目绩效自评表",),
        ((("项目名称", "subject"), ("自评总分（分）", "total")), _BODIES),
        Indicators(
            (
                ("name", "指标名称"),
                ("unit", "计量单位"),
                ("operator", "指标性质"),
                ("target", "指标值"),
                ("max_score", "指标权重"),
                ("actual", "全年完成值"),
                ("other", "得分系数（%）"),
                ("score", "指标得分"),
                ("reason", "说明"),
            ),
            left="",
        ),
        Funds(
            "项目资金\n（万元）",
            (
                ("initial_budget", "年初预算数"),
                ("budget", "全年（调整）预算数"),
                ("spent", "全年执行数"),
                ("rate", "执行率（%）"),
                ("max_score", "执行率权重"),
                ("score", "执行率得分"),
            ),
            ("年度总金额", "其中：财政拨款"),
        ),
        ("年度绩效目标", "年初绩效目标", "全年目标实际完成情况"),
    ),
    "G": Layout(
        ("公开14表", "项目支出绩效自评表", "（{year}年度）", "部门：{department}    金额单位：元"),
        ((("项目名称", "subject"),), _BODIES),
        Indicators(
            (
                *_LEVELS,
                ("operator", "指标性质"),
                ("target", "指标值"),
                ("unit", "度量单位"),
                ("actual", "实际完成值"),
                ("max_score", "分值"),
                ("score", "得分"),
                ("reason", "偏差原因分析及改进措施"),
            ),
            left="",
            total="总分",
            grade=True,
            decimals=True,
            always_two_lines=True,
        ),
        Funds(
            "项目资金（元）",
            _USUAL_FUNDS,
            ("年度资金总额", "其中：当年财政拨款", "上年结转资金", "非财政拨款"),
            unit="元",
            dash="—",
        ),
        remarks=(("其他需要说明的事项", "无"),),
    ),
    "H": Layout(
        ("{year}年跨境电商扶持资金项目自评表", "单位名称：区商务局    填报日期：{next}年4月20日"),
        (
            (("项目名称", "subject"),),
            (("主管部门", "department"), ("项目实施单位", "unit")),
            (("项目类别", "tick"), ("项目属性", "tick")),
        ),
        Indicators(
            (
                *_LEVELS,
                ("target", "年初目标值\n（A）"),
                ("actual", "实际完成值\n（B）"),
                ("score", "得分"),
            ),
            left="年度绩效目标（80分）",
            marks=True,
            total="总分",
        ),
        Funds(
            "预算执行情况\n（万元）\n（20分）",
            (
                ("budget", "预算数（A）"),
                ("spent", "执行数（B）"),
                ("rate", "执行率（B/A）"),
                ("score", "得分\n（20分*执行率）"),
            ),
            ("年度财政资金总额",),
        ),
        None,
        (
            ("偏差大或目标未完成原因分析", "无"),
            ("改进措施及结果应用方案", "今后将加强项目申报审核，提高资金使用效益。"),
        ),
    ),
    "I": Layout(
        ("{year}年度项目支出绩效自评表",),
        ((("项目名称", "subject"),), _BODIES),
        Indicators(
            (
                *_LEVELS,
                ("target", "年初指标值"),
                ("actual", "年终完成值"),
                ("max_score", "分值"),
                ("score", "自评分"),
                ("other", "复核分"),
                ("explanation", "评价标准"),
            ),
            left="",
            total="合计",
        ),
        source_columns,
        None,
    ),
    "J": Layout(
        ("县级专项资金绩效目标自评表", "（{year}年度）"),
        _TRANSFER_HEAD,
        Indicators(
            (
                *_LEVELS,
                ("target", "年度指标值"),
                ("actual", "全年完成值"),
                ("reason", "未完成原因和改进措施"),
            ),
            ordinal="指标{n}：",
        ),
        Funds("项目资金\n（万元）", _TRANSFER_FUNDS, ("年度资金总额：", "其中：中央补助", "地方资金", "其他资金")),
        ("年度总体目标", "年初设定目标", "全年实际完成情况"),
        (("说明", "请在此处简要说明各级审计和财政监督中发现的问题，如没有请填无。"),),
    ),
    "K": Layout(
        ("中央对地方转移支付绩效目标自评表", "（{year}年度）"),
        _TRANSFER_HEAD,
        Indicators(
            (
                *_LEVELS,
                ("target", "指标值"),
                ("actual", "全年实际\n完成值"),
                ("reason", "未完成原因和改进措施"),
            ),
        ),
        Funds(
            "资金投入情况\n（万元）",
            _TRANSFER_FUNDS,
            (
                "年度资金总额：",
                "其中：中央财政资金",
                "自治区财政资金",
                "盟市财政资金",
                "旗县财政资金",
                "其他资金（包括以前年度结转资金）",
            ),
        ),
        ("总体目标完成情况", "总体目标", "全年实际完成情况"),
        management=True,
    ),
    "L": Layout(
        ("农田建设补助资金绩效目标自评表", "（{year}年度）"),
        _TRANSFER_HEAD,
        Indicators(
            (
                *_LEVELS,
                ("target", "年度指标值"),
                ("actual", "全年完成值"),
                ("reason", "未完成原因和改进措施"),
            ),
            ordinal="指标{n}：",
        ),
        Funds("项目资金\n（万元）", _TRANSFER_FUNDS, ("年度资金总额：", "其中：中央补助", "地方资金")),
        ("年度总体目标", "年初设定目标", "全年实际完成情况"),
        (("说明", "无"),),
    ),
    "M": Layout(
        ("{year}年中央对地方专项转移支付区域绩效目标自评表", "填报类型：整体□  区域√  项目□"),
        ((("单位名称", "unit"), ("联系人及电话", "person")),),
        Indicators(
            (*_LEVELS, ("target", "指标值"), ("actual", "完成值")),
            ordinal="指标{n}.",
            placeholders=("指标{n}.",),
        ),
        labelled_sums,
        ("年度目标完成情况", "预期目标", "目标实际完成情况"),
    ),
    "N": Layout(
        ("统筹整合涉农资金绩效自评表", "（{year}年度）"),
        _TRANSFER_HEAD,
        None,
        Funds(
            "资金投入情况\n（万元）",
            (
                ("initial_budget", "年初预算数（A）"),
                ("moved", "统筹整合（B）"),
                ("budget", "整合后预算数（C=A+B）"),
                ("received", "到位数（D）"),
                ("arrival_rate", "到位率（D/C）"),
                ("spent", "执行数（E）"),
                ("rate", "执行率（E/C）"),
            ),
            ("年度资金总额：", "其中：中央财政资金", "省级财政资金", "市县财政资金", "其他资金"),
        ),
        ("总体目标完成情况", "总体目标", "全年实际完成情况"),
        management=True,
    ),
    "O": Layout(
        ("{department}{year}年度预算项目绩效自评表",),
        (
            (("项目名称", "subject"), ("是否为专项资金", "yes")),
            (("实施（主管）单位", "unit"), ("金额单位", "money")),
        ),
        Indicators(
            (
                *_LEVELS,
                ("explanation", "指标说明"),
                ("operator", "符号"),
                ("target", "数值"),
                ("unit", "单位\n（文字描述）"),
                ("actual", "单项指标实际完成值"),
                ("status", "单项指标完成情况"),
                ("score", "单项指标得分"),
                ("max_score", "权重占比（%）"),
                ("other", "单项指标折算得分"),
            ),
            left="四、年度绩效指标完成情况",
            decimals=True,
            always_two_lines=True,
            groups=((("operator", "target", "unit"), "预期指标值"), (("score", "max_score", "other"), "自评得分")),
        ),
        three_blocks,
        ("三、目标完成情况", "年度预期目标", "具体完成情况"),
        landscape=True,
    ),
    "P": Layout(
        ("{year}年度部门预算项目绩效目标完成情况表",),
        ((("项目名称", "subject"),), _BODIES),
        Indicators(
            (
                *_LEVELS,
                ("target", "预期"),
                ("actual", "实际"),
            ),
            left="绩效指标完成情况",
        ),
        None,
        ("年度目标完成情况", "预期目标", "目标实际完成情况"),
    ),
    "Q": Layout(
        ("{year}年度专项资金绩效自评表",),
        ((("项目名称", "subject"),), _BODIES),
        Indicators(
            (
                ("level1", "一级指标"),
                ("level1_max", "分值"),
                ("level2", "二级指标"),
                ("level2_max", "分值"),
                ("name", "三级指标"),
                ("max_score", "分值"),
                ("score", "得分"),
            ),
            left="",
            old_tree=True,
            total="总分",
        ),
        Funds(
            "项目资金\n（万元）",
            (("budget", "计划投入"), ("received", "实际到位"), ("spent", "实际使用")),
            ("资金总额", "其中：省财政资金", "市财政资金", "县财政资金", "其他资金"),
            corner="资金来源",
        ),
        None,
    ),
    "R": Layout(
        ("望川市本级部门项目支出绩效自评表", "（{year}年）"),
        (
            (("项目名称", "subject"),),
            _BODIES,
            (("自评得分", "total"), ("财政审核评分", "blank")),
        ),
        Indicators(
            (
                *_LEVELS,
                ("max_score", "分值"),
                ("target", "指标值（A）"),
                ("actual", "全年实际值（B）"),
                ("score", "得分"),
                ("reason", "未完成原因分析及改进措施"),
            ),
            marks=True,
            old_tree=True,
        ),
        Funds(
            "项目资金（万元）",
            (
                ("initial_budget", "年初预算数"),
                ("budget", "调整预算数（A）"),
                ("spent", "全年执行数（B）"),
                ("rate", "执行率（B/A）"),
            ),
            ("年度资金总额",),
        ),
        ("年度总体目标", "年初设定目标", "年度总体目标完成情况"),
    ),
    "T": Layout(
        ("郊岭区{year}年度项目绩效评价评分表",),
        ((("项目名称", "subject"),),),
        Indicators(
            (
                ("sequence", "序号"),
                *_LEVELS,
                ("explanation", "指标说明"),
                ("max_score", "分值"),
                ("score", "县级评分"),
                ("other", "市级评分"),
            ),
            left="",
            old_tree=True,
            total="合计",
        ),
        None,
        None,
    ),
    "V": Layout(
        ("{year}年度专项资金绩效自评表",),
        ((("项目名称", "subject"), ("项目单位", "unit")),),
        Indicators(
            (
                ("level1", "一级指标"),
                ("level2", "二级指标"),
                ("name", "指标内容"),
                ("target", "目标值"),
                ("actual", "完成值"),
            ),
        ),
        sums_by_source,
        None,
        landscape=True,
    ),
}

#: I: the rows of decision and management, which have points and no values, in a block of their own.
_I_DECISION = Indicators(
    (
        *_LEVELS,
        ("max_score", "分值"),
        ("score", "自评分"),
        ("other", "复核分"),
        ("explanation", "评价标准"),
    ),
    left="",
    old_tree=True,
)


def form(layout: str, rng: Random, look: Look) -> Sheet:
    """A form of the layout, its figures and reasons drawn by lot."""
    made, project = LAYOUTS[layout], PROJECTS[layout]
    sheet = Sheet(layout, landscape=made.landscape)
    year = rng.choice((2021, 2022, 2023))
    words = {"year": str(year), "next": str(year + 1), "department": project.department}
    sheet.lines = [line.format(**words) for line in made.lines]
    sheet.promise.fields["fiscal_year"] = str(year)
    for row in made.fields:
        _field_row(sheet, row, project)
    block = shaped(made.indicators, look) if made.indicators else None
    columns = columns_of(rng, block, look) if block else edges([1.0] * 7)
    execution = _funds(sheet, rng, look, made, columns)
    if made.management:
        management(sheet)
    if made.goals:
        goals(sheet, made.goals[0], made.goals[1:], (project.aim, project.outcome))
    if layout == "I":
        _decision(sheet, rng, look)
    if block:
        if block.left and not look.left_label:
            sheet.add(Box(0, 1, block.left, kind="label"))
        result = indicator_block(sheet, rng, look, block, project, columns)
        _head_total(sheet, result.got + (execution or Decimal(0)))
    for label, said in made.remarks:
        remark(sheet, label, said)
    return sheet


def _field_row(sheet: Sheet, row: tuple[tuple[str, str], ...], project: Project) -> None:
    values = {
        "subject": project.subject,
        "department": project.department,
        "unit": project.unit,
        "local": f"{project.unit[:2]}农业农村局",
        "person": "王某 0550-7654321",
        "tick": "1、部门预算项目☑ 2、专项□",
        "yes": "是",
        "money": "万元",
        "total": "?",
        "blank": "",
    }
    field_row(sheet, *((label, values[key]) for label, key in row))
    for _, key in row:
        if key in ("subject", "department", "unit"):
            sheet.promise.fields[key] = folded(values[key])


def _head_total(sheet: Sheet, total: Decimal) -> None:
    """Write the total into the head where the form has it there."""
    for band in sheet.bands:
        for at, box in enumerate(band):
            if box.text == "?":
                band[at] = Box(box.left, box.right, format(total, "f"), box.rows, box.kind)
                sheet.promise.fields["total_score"] = format(total, "f")


def _funds(sheet: Sheet, rng: Random, look: Look, made: Layout, columns: list[float]) -> Decimal | None:
    if isinstance(made.funds, Funds):
        return fund_block(sheet, rng, look, made.funds, columns)
    if made.funds is sums_by_source and not look.aligned:
        by_source(sheet, rng, look, columns)
    elif made.funds is not None:
        made.funds(sheet, rng)
    return None


def _decision(sheet: Sheet, rng: Random, look: Look) -> None:
    """Decision and management of the project, with points and no values."""
    project = PROJECTS["T"]
    own = Project("", "", "", "", "", tuple(row for row in project.rows if row[0] in ("目标", "立项", "投入", "财务")))
    widths = [WIDTHS[concept] for concept, _ in _I_DECISION.heads]
    indicator_block(sheet, rng, Look(levels=look.levels), _I_DECISION, own, edges(widths))
