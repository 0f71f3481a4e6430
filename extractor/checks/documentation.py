"""A check's own explanation, read from its file: the module's docstring in English, its `ZH` in Chinese.

Both have a title line and the same sections in the same order; `explain` prints them and `docs/checks.md` is made of
them.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from extractor.checks import catalogue
from extractor.lexicon import lexicon

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


def thresholds(check_id: str) -> list[str]:
    """The thresholds and ladders of profiles that a check looks at, itself or in a module that it shares with others.

    Seen by the ids that stand in its source: a check cannot forget to say which they are.
    """
    known = {id_ for profile in lexicon().profiles.values() for id_ in profile.bases}
    named = {words for module in _modules(catalogue.module(check_id), set()) for words in _strings(module)}
    return sorted(known & named)


def _modules(module: ModuleType, seen: set[str]) -> Iterator[ModuleType]:
    """A check's module and those of the checks' own room that it imports."""
    seen.add(module.__name__)
    yield module
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("extractor.checks."):
            for name in (node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)):
                if name in sys.modules and name not in seen:
                    yield from _modules(sys.modules[name], seen)


def _strings(module: ModuleType) -> set[str]:
    nodes = ast.walk(_tree(module))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _tree(module: ModuleType) -> ast.Module:
    return ast.parse(Path(module.__file__ or "").read_text("utf-8"))
