"""Which type of the indicator tree a row stands under: 数量, 质量 … 满意度. No check of its own.

Headings differ by report (产出数量指标, 质量, 进度指标): a type is known by a word in the heading, of the second level
first.
"""

from __future__ import annotations

from extractor import lexicon
from extractor.model import Indicator

#: The types of the tree in its order, each with the name that people call it by.
TYPES = {
    "quantity": "数量",
    "quality": "质量",
    "time": "时效",
    "cost": "成本",
    "economy": "经济效益",
    "society": "社会效益",
    "ecology": "生态效益",
    "lasting": "可持续影响",
    "satisfaction": "满意度",
}
#: Types of what an output is good for; one of them is enough.
BENEFITS = ("economy", "society", "ecology", "lasting")


def kind(indicator: Indicator) -> str | None:
    """The key of `TYPES` that the row stands under, None where its headings name no type."""
    for heading in (indicator.level2, indicator.level1):
        for name in TYPES if heading else ():
            if lexicon.matcher(f"check.type.{name}").search(heading or ""):
                return name
    return None
