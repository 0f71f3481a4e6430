"""Sentences for people, in English and Chinese: the English text is the key, `locale/` holds its translation."""

from __future__ import annotations

import gettext
import locale
import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "zh")
#: Where the translations lie.
LOCALE = Path(__file__).with_name("locale")


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence with {names} filled in late, so that a stored verdict can be read in either language."""

    key: str
    values: dict[str, str] = field(default_factory=dict, hash=False)

    @classmethod
    def of(cls, key: str, /, **values: object) -> Message:
        """`Message.of("{a} is not {b}", a=1, b=2)`; the values are kept as text."""
        return cls(key, {name: str(value) for name, value in values.items()})

    def text(self, language: str) -> str:
        """The sentence in `language`; the English one where a translation lacks."""
        return translate(self.key, language).format(**self.values)


@cache
def _catalog(language: str) -> gettext.NullTranslations:
    return gettext.translation("jixiao", LOCALE, [language], fallback=True)


def translate(key: str, language: str) -> str:
    """`key` in `language`."""
    return key if language == "en" else _catalog(language).gettext(key)


def default_language() -> str:
    """'zh' where the locale is Chinese, else 'en'."""
    # The environment goes first: a system may lack the locale that it names, and Python then falls back to C.
    names = (os.environ.get(variable, "") for variable in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next((name for name in names if name), None) or locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"
