"""Every sentence for people has its translation, with the same named values."""

from __future__ import annotations

import gettext
import importlib.util
import io
import re
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

from extractor.messages import Message, default_language, translate

LOCALE = Path(__file__).parents[1] / "extractor" / "locale"


def _compile() -> ModuleType:
    spec = importlib.util.spec_from_file_location("compile_messages", LOCALE / "compile.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


COMPILE = _compile()
KEYS: dict[str, str] = COMPILE.keys()
CATALOG: Catalog = COMPILE.catalog()


def untranslated(keys: dict[str, str], catalog: Catalog) -> list[str]:
    """Keys without translation, and those whose translation is the English text itself."""
    return sorted(
        f"{name}: {key}" for key, name in keys.items() if key not in catalog or catalog[key].string in ("", key)
    )


def values(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def differing(catalog: Catalog) -> list[str]:
    """Translations that name other values than their key."""
    return sorted(str(entry.id) for entry in catalog if values(str(entry.id)) != values(str(entry.string)))


def test_every_key_is_translated() -> None:
    assert untranslated(KEYS, CATALOG) == []


def test_a_missing_translation_is_noticed() -> None:
    assert untranslated({"a sentence that nobody translated": "x.py"}, CATALOG) == [
        "x.py: a sentence that nobody translated"
    ]
    copied = Catalog()
    copied.add("copied", "copied")
    assert untranslated({"copied": "x.py"}, copied) != []


def test_translations_name_the_same_values() -> None:
    assert differing(CATALOG) == []


def test_a_lost_value_is_noticed() -> None:
    lost = Catalog()
    lost.add("{a} is not {b}", "{a}不对")
    assert differing(lost) == ["{a} is not {b}"]


def test_no_translation_without_use() -> None:
    unused = sorted(str(entry.id) for entry in CATALOG if entry.id and entry.id not in KEYS)
    assert unused == []


def test_keys_are_found_in_every_kind_of_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "extractor").mkdir()
    (tmp_path / "cli.py").write_text(
        '_("first")\nMessage.of("second {x}", x=1)\nscreen.say("third")\nscreen.counted(1, "fourth", "fifth")\n'
        "f\"{screen.say('sixth')}\"\nother('no key')\n",
        "utf-8",
    )
    monkeypatch.setattr(COMPILE, "ROOT", tmp_path)
    assert set(COMPILE.keys()) == {"first", "second {x}", "third", "fourth", "fifth", "sixth"}


def test_compiled_catalog_is_current() -> None:
    """After a change of a .po file: `python extractor/locale/compile.py`."""
    assert (LOCALE / "zh" / "LC_MESSAGES" / "jixiao.mo").read_bytes() == COMPILE.compiled(CATALOG)


def test_compiled_catalog_gives_what_was_written() -> None:
    loaded = gettext.GNUTranslations(io.BytesIO(COMPILE.compiled(CATALOG)))
    written = {str(entry.id): entry.string for entry in CATALOG if entry.id}
    assert written
    assert {key: loaded.gettext(key) for key in written} == written


def test_files_that_disagree_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = Catalog(locale="zh"), Catalog(locale="zh")
    one.add("word", "词")
    other.add("word", "字")
    monkeypatch.setattr(COMPILE, "parts", lambda _: {"one": one, "other": other})
    with pytest.raises(ValueError, match="word"):
        COMPILE.catalog()


def test_message_renders_in_both_languages() -> None:
    message = Message.of("page {number}", number=3)
    assert message.text("en") == "page 3"
    assert message.text("zh") == "第3页"
    assert translate("not a key", "zh") == "not a key"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
    ],
)
def test_the_locale_decides(environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert default_language() == language
