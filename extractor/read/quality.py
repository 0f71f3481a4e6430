"""Can a page be trusted? Pages without text, pages whose text is garbage, and recognised scans, told by shares."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from extractor.messages import Message
from extractor.model import Gap
from extractor.read.glyphs import RawPage

#: A page with fewer characters than this (a page number, a stamp) and an image over much of it is a scan.
_FEW_CHARACTERS = 12
_SCAN_SHARE = 0.4
#: Below this share of odd characters a page is sound: a few bullets from symbol fonts are usual.
_ODD_SHARE = 0.12
#: Chinese running text has these marks often; a page of Chinese characters that are all rare ones is a broken mapping.
_COMMON = frozenset(
    "的一是不了在有和人中为年月日数量指标项目资金金额度完成情况绩效目实际值万元支出预算单位上地个及大以工作产生发展我省市县部门区财政"
)
_FEWEST_FOR_COMMON = 120
_COMMON_SHARE = 0.02


def page_gap(raw: RawPage, text: str) -> Gap | None:
    """What is to be said of this page, None where it was read well."""
    count = len("".join(text.split()))
    if raw.damaged:
        message = Message.of("Page {page} is damaged and could not be read.", page=raw.number)
        return Gap("damaged_page", message.text("en"), raw.number)
    if count < _FEW_CHARACTERS and raw.image_share >= _SCAN_SHARE:
        message = Message.of("Page {page} is an image without text: recognise it (OCR) first.", page=raw.number)
        return Gap("scanned_page", message.text("en"), raw.number)
    if garbled(text, raw.unmapped):
        message = Message.of(
            "Page {page} has fonts that do not say which characters they show: its text is garbage.", page=raw.number
        )
        return Gap("garbled_page", message.text("en"), raw.number, text[:60])
    if raw.ocr_layer:
        message = Message.of("Page {page} is a scan with recognised text, which may hold mistakes.", page=raw.number)
        return Gap("ocr_page", message.text("en"), raw.number)
    return None


#: What is neither ASCII nor a Chinese character nor their usual punctuation is looked at one by one.
_UNUSUAL = re.compile("[^\x20-\x7e\n\t\u4e00-\u9fff\u2010-\u203b\u3000-\u301f\uff01-\uff5e]")


def garbled(text: str, unmapped: int = 0) -> bool:
    """Whether a text is mostly characters that no report prints."""
    total = len("".join(text.split())) + unmapped
    if total == 0:
        return False
    odd = sum(1 for character in _UNUSUAL.findall(text) if _is_odd(character))
    if max(odd, unmapped) >= _ODD_SHARE * total and odd + unmapped > 8:
        return True
    if len(text) < _FEWEST_FOR_COMMON:
        return False
    counts = Counter(text)
    chinese = sum(n for character, n in counts.items() if "\u3400" <= character <= "\u9fff")
    common = sum(counts[character] for character in _COMMON)
    return chinese >= _FEWEST_FOR_COMMON and common < _COMMON_SHARE * chinese


def _is_odd(character: str) -> bool:
    """Private use, unassigned, control and replacement characters, and scripts that Chinese reports do not use."""
    if character == "\ufffd" or unicodedata.category(character) in ("Co", "Cn", "Cc", "Cs"):
        return not character.isspace()
    code = ord(character)
    return 0x0100 <= code <= 0x02AF or 0x0400 <= code <= 0x1DFF or 0xA000 <= code <= 0xD7FF
