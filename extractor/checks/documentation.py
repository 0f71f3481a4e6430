"""A check's own explanation, read from its file: the module's docstring in English, its `ZH` in Chinese.

Both have a title line and the same sections in the same order; `explain` prints them and `docs/checks.md` is made of
them.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass

from extractor.checks import catalogue

#: Section names in each language, in the order in which every check gives them.
SECTIONS = {
    "en": ("Compares", "Formula", "Tolerance", "False alarms", "Example", "Source"),
    "zh": ("核对内容", "公式", "容差", "易误报", "例", "依据"),
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a check says of itself: one line, and a text for each section name."""

    title: str
    sections: dict[str, str]


def explanation(check_id: str, language: str) -> Explanation:
    """The explanation of a check in `language` ('en' or 'zh'). Raises KeyError where there is no such check."""
    module = catalogue.module(check_id)
    text = module.ZH if language == "zh" else (module.__doc__ or "")
    return parse(inspect.cleandoc(text), language)


def parse(text: str, language: str) -> Explanation:
    """Split a docstring into its title and its sections; lines of one section are joined."""
    names = "|".join(re.escape(name) for name in SECTIONS[language])
    parts = re.split(rf"^({names})[:：][ \t]*", text, flags=re.MULTILINE)
    join = "" if language == "zh" else " "
    bodies = [join.join(line.strip() for line in part.splitlines() if line.strip()) for part in parts]
    title = bodies[0].rstrip("。.")
    return Explanation(title, dict(zip(bodies[1::2], bodies[2::2], strict=True)))
