"""A font of three glyphs, made when the tests run: PDFs drawn with it embed it, so no font of the machine matters.

ASCII is half an em wide, everything else that reports print is one em wide, as in the fonts of real reports. The glyphs
are boxes: readers ask for places and widths and for what the ToUnicode map says, not for shapes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONT = "Boxes"
_EM = 1000
#: Ascent and descent of the usual Chinese book fonts.
_ASCENT, _DESCENT = 880, -120
_HALF, _FULL = ".half", ".full"
_ASCII = range(0x20, 0x7F)
#: First and last code point of what reports print full width.
_FULL_WIDTH = (
    (0x00A1, 0x00FF),  # ×, ·, ± and what stands in for them
    (0x2010, 0x203B),  # dashes, quotes, ‰
    (0x2100, 0x22FF),  # ℃, Ⅳ, ≥, ≤
    (0x2460, 0x24FF),  # ①, ⑴
    (0x2500, 0x27BF),  # □, ■, ★
    (0x2E80, 0x2FDF),  # radicals, Kangxi radicals
    (0x3000, 0x30FF),  # 、。〔〕《》
    (0x3220, 0x33FF),  # ㈠, ㎡
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),  # compatibility ideographs
    (0xFE30, 0xFE6F),  # vertical and small forms
    (0xFF00, 0xFFEF),  # full-width forms
)


def register() -> None:
    """Make the font known to reportlab under the name `FONT`."""
    pdfmetrics.registerFont(TTFont(FONT, io.BytesIO(_truetype())))


def _truetype() -> bytes:
    builder = FontBuilder(_EM, isTTF=True)
    builder.setupGlyphOrder([".notdef", _HALF, _FULL])
    full = (code for first, last in _FULL_WIDTH for code in range(first, last + 1))
    builder.setupCharacterMap(dict.fromkeys(_ASCII, _HALF) | dict.fromkeys(full, _FULL))
    builder.setupGlyf({name: _box(width) for name, width in ((".notdef", _EM), (_HALF, _EM // 2), (_FULL, _EM))})
    builder.setupHorizontalMetrics({".notdef": (_EM, 50), _HALF: (_EM // 2, 50), _FULL: (_EM, 50)})
    builder.setupHorizontalHeader(ascent=_ASCENT, descent=_DESCENT)
    builder.setupOS2(sTypoAscender=_ASCENT, sTypoDescender=_DESCENT, usWinAscent=_ASCENT, usWinDescent=-_DESCENT)
    builder.setupNameTable({"familyName": FONT, "styleName": "Regular", "psName": FONT})
    builder.setupPost()
    stream = io.BytesIO()
    builder.save(stream)
    return stream.getvalue()


def _box(width: int) -> object:
    pen = TTGlyphPen(None)
    corners: Iterable[tuple[int, int]] = ((50, -80), (50, 820), (width - 50, 820), (width - 50, -80))
    first, *others = corners
    pen.moveTo(first)
    for corner in others:
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()
