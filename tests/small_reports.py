"""Small reports in the genre, for tests of what lies behind the readers."""

from __future__ import annotations

#: One error (the parts give 1,100, not 1,000), and one target that was reached by half as much again.
WRONG = """云岭省科技创新专项资金2023年度绩效自评报告

一、项目基本情况
2023年，省财政下达科技创新专项资金1000万元（云财教〔2023〕12号），其中：支持企业研发600万元，支持平台建设500万元。
二、资金到位情况
截至2023年12月31日，有关单位收到科技创新专项资金1000万元，到位率100%。
三、绩效目标完成情况
数量指标1，支持企业研发项目数量≥20个，全年实际完成25个。
数量指标2，新建平台数量≥2个，全年实际完成3个。
"""
#: The same, and nothing is wrong.
RIGHT = WRONG.replace("支持企业研发600万元", "支持企业研发500万元").replace("全年实际完成3个", "全年实际完成2个")
#: Words that a terminal, a markup language or a spreadsheet would obey.
HOSTILE = RIGHT.replace("科技创新专项资金", "[bold red]科技\x1b[31m创新[/]专项资金").replace(
    "支持平台建设", '=HYPERLINK("x")'
)
