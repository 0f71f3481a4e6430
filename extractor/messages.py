"""Sentences for people, in English and Chinese: the English text is the key, `locale/` holds its translation."""

from __future__ import annotations

import gettext
import locale
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "zh")


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
    return gettext.translation("jixiao", Path(__file__).with_name("locale"), [language], fallback=True)


def translate(key: str, language: str) -> str:
    """`key` in `language`."""
    return key if language == "en" else _catalog(language).gettext(key)


def default_language() -> str:
    """'zh' where the locale is Chinese, else 'en'."""
    name = locale.setlocale(locale.LC_MESSAGES, None) if hasattr(locale, "LC_MESSAGES") else None
    name = name if name and name not in ("C", "POSIX") else locale.getlocale()[0]
    return "zh" if (name or "").lower().startswith(("zh", "chinese")) else "en"
