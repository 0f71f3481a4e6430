"""Every sentence for people has its translation, with the same named values."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from extractor.messages import Message, translate

LOCALE = Path(__file__).parents[1] / "extractor" / "locale"


def _compile() -> ModuleType:
    spec = importlib.util.spec_from_file_location("compile_messages", LOCALE / "compile.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


COMPILE = _compile()
KEYS = COMPILE.keys()
CATALOG = COMPILE.catalog()


def untranslated(keys: dict[str, str], catalog: object) -> list[str]:
    return sorted(key for key in keys if key not in catalog or not catalog[key].string)  # type: ignore[operator,index]


def test_every_key_is_translated() -> None:
    assert untranslated(KEYS, CATALOG) == []


def test_a_missing_translation_is_noticed() -> None:
    assert untranslated({**KEYS, "a sentence that nobody translated": "x.py"}, CATALOG) != []


@pytest.mark.parametrize("key", sorted(KEYS))
def test_translation_has_the_same_values(key: str) -> None:
    names = re.compile(r"\{(\w+)\}")
    assert set(names.findall(key)) == set(names.findall(CATALOG[key].string))


def test_no_translation_without_use() -> None:
    unused = [str(entry.id) for entry in CATALOG if entry.id and entry.id not in KEYS]
    assert unused == []


def test_compiled_catalog_is_current() -> None:
    assert (LOCALE / "zh" / "LC_MESSAGES" / "jixiao.mo").read_bytes() == COMPILE.compiled(CATALOG)


def test_message_renders_in_both_languages() -> None:
    message = Message.of("page {number}", number=3)
    assert message.text("en") == "page 3"
    assert message.text("zh") == "第3页"
    assert translate("not a key", "zh") == "not a key"
