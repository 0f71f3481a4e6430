"""PDF bytes → raw pages, by PDFium, or by pdfplumber for comparison. The only module that imports a PDF library.

PDFium's C functions are called by prototypes that take addresses as plain integers and hold the interpreter's lock:
with `map` over them a page's characters come in bulk, in a quarter of the time that its Python bindings take.
"""

from __future__ import annotations

import ctypes
import io
import re
from collections import deque
from collections.abc import Callable, Iterator
from itertools import repeat
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from extractor.errors import UnreadableFileError
from extractor.messages import Message
from extractor.read.glyphs import THICKEST_RULE, Area, Glyph, RawPage
from extractor.read.paths import IDENTITY, SLANT, Matrix, add_strokes, applied, times

READERS = ("pdfium", "pdfplumber")
#: Form objects inside form objects are followed this deep; deeper nesting is an attack, not a page.
_DEEPEST_FORM = 8
#: Paths with more segments than this are drawings, not rules.
_MOST_SEGMENTS = 4000
#: A colour of which each part (of 255) is at least this is white.
_WHITE = 250
#: What a colour that PDFium cannot tell (a pattern) is taken for: red, green, blue, alpha.
_BLACK = (0, 0, 0, 255)
#: Blanks of all kinds, soft hyphens and zero-width marks: layout, made anew from positions.
_BLANKS = {*range(0x21), 0x7F, 0xA0, 0xAD, *range(0x2000, 0x2010), 0x2028, 0x2029, 0x202F, 0x2060, 0x3000, 0xFEFF}
#: PDFium's own marks for a hyphen at a line's end; the hyphen is printed, and `50-⏎60` means a range.
_HYPHENS = {0x02: "-", 0xFFFE: "-"}
_UNMAPPED = re.compile("[\0\ue000-\uf8ff\ufffd\uffff]")


def read_pages(data: bytes, name: str, reader: str = "pdfium") -> Iterator[RawPage]:
    """The pages of a PDF one after another. Raises `UnreadableFileError` where the file cannot be opened."""
    yield from _pdfium_pages(data, name) if reader == "pdfium" else _pdfplumber_pages(data, name)


def _function(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function of PDFium that takes addresses as integers."""
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address)  # type: ignore[arg-type]


_INT, _UINT, _ADDRESS = ctypes.c_int, ctypes.c_uint, ctypes.c_void_p
_count_chars = _function("FPDFText_CountChars", _INT, _ADDRESS)
_get_unicode = _function("FPDFText_GetUnicode", _UINT, _ADDRESS, _INT)
_get_text = _function("FPDFText_GetText", _INT, _ADDRESS, _INT, _INT, _ADDRESS)
_get_box = _function("FPDFText_GetLooseCharBox", _INT, _ADDRESS, _INT, _ADDRESS)
_map_error = _function("FPDFText_HasUnicodeMapError", _INT, _ADDRESS, _INT)
_annotation_count = _function("FPDFPage_GetAnnotCount", _INT, _ADDRESS)
_page_count = _function("FPDFPage_CountObjects", _INT, _ADDRESS)
_page_object = _function("FPDFPage_GetObject", _ADDRESS, _ADDRESS, _INT)
_form_count = _function("FPDFFormObj_CountObjects", _INT, _ADDRESS)
_form_object = _function("FPDFFormObj_GetObject", _ADDRESS, _ADDRESS, ctypes.c_ulong)
_get_type = _function("FPDFPageObj_GetType", _INT, _ADDRESS)
_get_matrix = _function("FPDFPageObj_GetMatrix", _INT, _ADDRESS, _ADDRESS)
_get_bounds = _function("FPDFPageObj_GetBounds", _INT, _ADDRESS, *[_ADDRESS] * 4)
_draw_mode = _function("FPDFPath_GetDrawMode", _INT, _ADDRESS, _ADDRESS, _ADDRESS)
_fill_color = _function("FPDFPageObj_GetFillColor", _INT, _ADDRESS, *[_ADDRESS] * 4)
_stroke_color = _function("FPDFPageObj_GetStrokeColor", _INT, _ADDRESS, *[_ADDRESS] * 4)
_count_segments = _function("FPDFPath_CountSegments", _INT, _ADDRESS)
_get_segment = _function("FPDFPath_GetPathSegment", _ADDRESS, _ADDRESS, _INT)
_segment_type = _function("FPDFPathSegment_GetType", _INT, _ADDRESS)
_segment_point = _function("FPDFPathSegment_GetPoint", _INT, _ADDRESS, _ADDRESS, _ADDRESS)
_segment_close = _function("FPDFPathSegment_GetClose", _INT, _ADDRESS)
_render_mode = _function("FPDFTextObj_GetTextRenderMode", _INT, _ADDRESS)


def _of_each(items: list[int], function: Callable[..., int], unknown: Any) -> list[Any]:
    """What a function writes for each of the objects, by addresses; `unknown` is what it leaves where it knows nothing.

    All numbers have four bytes; the result is one list.
    """
    each = len(unknown)
    buffer = (unknown._type_ * (each * len(items)))(*unknown[:] * len(items))
    start, behind = ctypes.addressof(buffer), ctypes.addressof(buffer) + ctypes.sizeof(buffer)
    deque(map(function, items, *(range(start + 4 * part, behind, 4 * each) for part in range(each))), maxlen=0)
    return list(buffer)


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


# --- PDFium -----------------------------------------------------------------------------------------------------------


def _pdfium_pages(data: bytes, name: str) -> Iterator[RawPage]:
    document = _open(data, name)
    try:
        for index in range(len(document)):
            yield _pdfium_page(document, index)
    finally:
        document.close()


def _open(data: bytes, name: str) -> pdfium.PdfDocument:
    """The opened file. An owner's password alone hinders nobody from reading; a user's password does."""
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        code = raw.FPDF_GetLastError()
        if code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY) or "password" in str(error).lower():
            raise UnreadableFileError(
                Message.of("{name} is encrypted: save a copy without a password and read that.", name=name),
                "encrypted_file",
            ) from error
        raise UnreadableFileError(_damaged(name), "damaged_file") from error
    if count == 0:
        document.close()
        raise UnreadableFileError(
            Message.of("{name} has no pages that could be read: get a fresh copy of it.", name=name), "damaged_file"
        )
    return document


def _damaged(name: str) -> Message:
    return Message.of("{name} is damaged and cannot be opened as PDF: get a fresh copy of it.", name=name)


def _pdfium_page(document: pdfium.PdfDocument, index: int) -> RawPage:
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return RawPage(index + 1, 0.0, 0.0, damaged=True)
    try:
        if _has_printed_notes(_address(page.raw)) and raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == 1:
            page.close()
            page = document[index]
        frame = _Frame(page)
        result = RawPage(index + 1, frame.width, frame.height)
        try:
            _add_glyphs(page, frame, result)
        except pdfium.PdfiumError:
            result.damaged = True
        _Objects(frame, result).read(_address(page.raw))
        result.show_white_rules()
        return result
    finally:
        page.close()


def _has_printed_notes(page: int) -> bool:
    """Whether the page has filled form fields or typed notes: they are seen, but are no part of the page's content."""
    for index in range(_annotation_count(page)):
        note = raw.FPDFPage_GetAnnot(ctypes.cast(page, raw.FPDF_PAGE), index)
        if note:
            kind = raw.FPDFAnnot_GetSubtype(note)
            raw.FPDFPage_CloseAnnot(note)
            if kind in (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT):
                return True
    return False


class _Frame:
    """The visible box of a page and its rotation: turns PDF coordinates into ours."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page.raw, box)
        self.left, self.bottom, self.right, self.top = box.left, box.bottom, box.right, box.top
        self.rotation = raw.FPDFPage_GetRotation(page.raw) % 4
        width, height = self.right - self.left, self.top - self.bottom
        self.width, self.height = (width, height) if self.rotation % 2 == 0 else (height, width)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The place of a point of PDF's coordinates, from the top left of the page as displayed."""
        if self.rotation == 0:
            return x - self.left, self.top - y
        if self.rotation == 1:
            return y - self.bottom, x - self.left
        if self.rotation == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, top: float, right: float, bottom: float) -> Area:
        """x0, top, x1, bottom of a rectangle of PDF's coordinates."""
        xa, ya = self.point(left, top)
        xb, yb = self.point(right, bottom)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)


def _add_glyphs(page: pdfium.PdfPage, frame: _Frame, result: RawPage) -> None:
    """Add the visible characters of the page; white space is made anew from positions later."""
    text = page.get_textpage()
    try:
        handle = _address(text.raw)
        count = _count_chars(handle)
        if count <= 0:
            return
        buffer = (ctypes.c_float * (4 * count))()
        start = ctypes.addressof(buffer)
        # FS_RECTF: left, top, right, bottom. A character without a box keeps four zeros.
        deque(map(_get_box, repeat(handle), range(count), range(start, start + 16 * count, 16)), maxlen=0)
        chars = _chars(handle, count)
        if not chars.isprintable():
            chars = _cleaned(chars, result)
        values = buffer[:]
        result.glyphs = _visible(chars, values, frame)
    finally:
        text.close()


def _chars(handle: int, count: int) -> str:
    """One character for each of PDFium's indices: all at once where none of them lacks in its text."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = _get_text(handle, 0, count, ctypes.addressof(buffer)) - 1
    if written == count:
        text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
    return "".join(
        map(chr, (code if code < 0x110000 else 0xFFFD for code in map(_get_unicode, repeat(handle), range(count))))
    )


def _cleaned(chars: str, result: RawPage) -> str:
    """Blanks of all kinds as one kind, hyphens as printed, and the count of characters that mean nothing."""
    result.unmapped = len(_UNMAPPED.findall(chars))
    return chars.translate(_CLEAN)


_CLEAN: dict[int, str] = {**dict.fromkeys(_BLANKS, " "), **_HYPHENS, 0xFFFD: "\ufffd", 0xFFFF: "\ufffd"}


def _visible(chars: str, values: list[float], frame: _Frame) -> list[Glyph]:
    """The printed characters inside the page: text clipped from view beyond its edge would be read twice."""
    width, height = frame.width, frame.height
    if frame.rotation == 0:
        left, right, low, high = frame.left, frame.right, frame.bottom, frame.top
        return [
            (char, x0 - left, high - y1, x1 - left, high - y0)
            for char, x0, y1, x1, y0 in zip(chars, values[0::4], values[1::4], values[2::4], values[3::4], strict=True)
            if char != " " and 2 * left <= x0 + x1 <= 2 * right and 2 * low <= y0 + y1 <= 2 * high and y1 > y0
        ]
    found = []
    for char, *box in zip(chars, values[0::4], values[1::4], values[2::4], values[3::4], strict=True):
        if char != " ":
            x0, top, x1, bottom = frame.box(*box)
            if 0 <= x0 + x1 <= 2 * width and 0 <= top + bottom <= 2 * height and bottom > top:
                found.append((char, x0, top, x1, bottom))
    return found


class _Objects:
    """Adds rules, shades and the largest image's share of one page; says whether its text is an OCR layer."""

    def __init__(self, frame: _Frame, page: RawPage) -> None:
        self.frame, self.page = frame, page
        self.area = (frame.width * frame.height) or 1.0
        self.texts: list[int] = []
        self.numbers = (ctypes.c_float * 6)()
        self.colors = (ctypes.c_uint * 4)()
        at, color = ctypes.addressof(self.numbers), ctypes.addressof(self.colors)
        self.four = (at, at + 4, at + 8, at + 12)
        self.four_colors = (color, color + 4, color + 8, color + 12)

    def read(self, page: int) -> None:
        """Go through all objects of the page."""
        self._holder(page, _page_count, _page_object, IDENTITY, 0)
        if self.page.image_share > 0.5 and self.texts:
            hidden = sum(1 for item in self.texts if _render_mode(item) == raw.FPDF_TEXTRENDERMODE_INVISIBLE)
            self.page.ocr_layer = 2 * hidden > len(self.texts)

    def _holder(
        self, holder: int, count: Callable[[int], int], get: Callable[[int, int], int], outer: Matrix, depth: int
    ) -> None:
        items = list(map(get, repeat(holder), range(count(holder))))
        kinds = list(map(_get_type, items))
        self.texts += [item for item, kind in zip(items, kinds, strict=True) if kind == raw.FPDF_PAGEOBJ_TEXT]
        if kinds.count(raw.FPDF_PAGEOBJ_TEXT) == len(kinds):
            return
        self._paths([item for item, kind in zip(items, kinds, strict=True) if kind == raw.FPDF_PAGEOBJ_PATH], outer)
        for item, kind in zip(items, kinds, strict=True):
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                x0, top, x1, bottom = self._bounds(item, outer)
                self.page.image_share = max(self.page.image_share, (x1 - x0) * (bottom - top) / self.area)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
                self._holder(item, _form_count, _form_object, times(self._matrix(item), outer), depth + 1)

    def _matrix(self, item: int) -> Matrix:
        if not _get_matrix(item, ctypes.addressof(self.numbers)):
            return IDENTITY
        return tuple(self.numbers)

    def _bounds(self, item: int, outer: Matrix) -> Area:
        """The box of an object, cut at the page's edges."""
        if not _get_bounds(item, *self.four):
            return (0.0, 0.0, 0.0, 0.0)
        left, bottom, right, top = self.numbers[:4]
        if outer is IDENTITY:
            box = self.frame.box(left, top, right, bottom)
        else:
            corners = [self.frame.point(*applied(outer, x, y)) for x in (left, right) for y in (bottom, top)]
            xs, ys = [c[0] for c in corners], [c[1] for c in corners]
            box = min(xs), min(ys), max(xs), max(ys)
        return max(0.0, box[0]), max(0.0, box[1]), min(self.page.width, box[2]), min(self.page.height, box[3])

    def _paths(self, items: list[int], outer: Matrix) -> None:
        """Add the rules that paths draw. Most are one stroke or one thin box, and their bounds tell all about them:
        these come in bulk; the others are followed point by point.
        """
        modes = _of_each(items, _draw_mode, (ctypes.c_uint * 2)())
        counts = list(map(_count_segments, items))
        filled = [item for item, fill, stroke, n in zip(items, modes[::2], modes[1::2], counts, strict=True)
                  if fill and not stroke and 4 <= n <= 5]  # fmt: skip
        stroked = [item for item, fill, stroke, n in zip(items, modes[::2], modes[1::2], counts, strict=True)
                   if stroke and not fill and n == 2]  # fmt: skip
        told = self._told_by_bounds(filled, _fill_color, outer, THICKEST_RULE, inset=False)
        told |= self._told_by_bounds(stroked, _stroke_color, outer, SLANT, inset=True)
        for item in items:
            if item not in told:
                self._path(item, outer)

    def _told_by_bounds(
        self, items: list[int], color: Callable[..., int], outer: Matrix, thickest: float, inset: bool
    ) -> set[int]:
        """Add the rules of those that are thin; gives these. `inset`: the bounds reach beyond the ends of a stroke by
        half of its width.
        """
        if not items or (outer is not IDENTITY and outer[1:3] != (0.0, 0.0)):
            return set()
        bounds = _of_each(items, _get_bounds, (ctypes.c_float * 4)())
        colors = _of_each(items, color, (ctypes.c_uint * 4)(*_BLACK))
        told = set()
        page, box = self.page, self.frame.box
        for index, item in enumerate(items):
            left, bottom, right, top = bounds[4 * index : 4 * index + 4]
            if outer is not IDENTITY:
                left, bottom = applied(outer, left, bottom)
                right, top = applied(outer, right, top)
            x0, y0, x1, y1 = box(left, top, right, bottom)
            width, height = x1 - x0, y1 - y0
            if min(width, height) > thickest or abs(width - height) <= thickest:
                continue
            told.add(item)
            red, green, blue, alpha = colors[4 * index : 4 * index + 4]
            if alpha == 0:
                continue
            white = min(red, green, blue) >= _WHITE
            end = min(width, height) / 2 if inset else 0.0
            if width > height:
                page.add_horizontal((y0 + y1) / 2, x0 + end, x1 - end, white)
            else:
                page.add_vertical((x0 + x1) / 2, y0 + end, y1 - end, white)
        return told

    def _path(self, item: int, outer: Matrix) -> None:
        """Add the rules that a path draws: its straight strokes along an axis, or the thin boxes that it fills."""
        mode = self.colors
        if not _draw_mode(item, self.four_colors[0], self.four_colors[1]):
            return
        filled, stroked = bool(mode[0]), bool(mode[1])
        filled, white_fill = self._paint(item, _fill_color) if filled else (False, False)
        stroked, white_stroke = self._paint(item, _stroke_color) if stroked else (False, False)
        if not (filled or stroked) or _count_segments(item) > _MOST_SEGMENTS:
            return
        white = white_stroke if stroked else white_fill
        matrix = times(self._matrix(item), outer)
        for points in self._subpaths(item, matrix):
            add_strokes(self.page, points, filled, stroked, white)

    def _paint(self, item: int, color: Callable[..., int]) -> tuple[bool, bool]:
        """Whether the colour is seen at all, and whether it is white."""
        if not color(item, *self.four_colors):
            return True, False
        red, green, blue, alpha = self.colors
        return alpha > 0, min(red, green, blue) >= _WHITE

    def _subpaths(self, item: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
        """The corners of each part of a path that consists of straight lines only."""
        points: list[tuple[float, float]] = []
        straight = True
        numbers, (at_x, at_y) = self.numbers, self.four[:2]
        point = self.frame.point
        for segment in map(_get_segment, repeat(item), range(_count_segments(item))):
            kind = _segment_type(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                if straight and len(points) > 1:
                    yield points
                points, straight = [], True
            elif kind != raw.FPDF_SEGMENT_LINETO:
                straight = False
            _segment_point(segment, at_x, at_y)
            points.append(point(*applied(matrix, numbers[0], numbers[1])))
            if _segment_close(segment) and points[0] != points[-1]:
                points.append(points[0])
        if straight and len(points) > 1:
            yield points


# --- pdfplumber -------------------------------------------------------------------------------------------------------


def _pdfplumber_pages(data: bytes, name: str) -> Iterator[RawPage]:
    import pdfplumber  # noqa: PLC0415  # takes a third of a second to import
    from pdfminer.pdfexceptions import PDFException  # noqa: PLC0415
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415

    # PDFium decides what can be opened, so that both readers refuse the same files with the same words.
    _open(data, name).close()
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for page in document.pages:
                yield _pdfplumber_page(page)
                page.close()
    except (PDFException, PdfminerException) as error:
        raise UnreadableFileError(_damaged(name), "damaged_file") from error


def _pdfplumber_page(page: Any) -> RawPage:
    left, high = page.bbox[0], page.bbox[1]
    result = RawPage(page.page_number, float(page.width), float(page.height))
    width, height = result.width, result.height
    for char in page.chars:
        text = char["text"]
        x0, x1 = char["x0"] - left, char["x1"] - left
        top, bottom = char["top"] - high, char["bottom"] - high
        if text.startswith("(cid:"):
            result.unmapped += 1
        elif 0 <= x0 + x1 <= 2 * width and 0 <= top + bottom <= 2 * height:
            for part in text.translate(_CLEAN):
                if part != " ":
                    result.glyphs.append((part, x0, top, x1, bottom))
    _plumber_rules(page, left, high, result)
    result.show_white_rules()
    area = (width * height) or 1.0
    for image in page.images:
        share = (image["x1"] - image["x0"]) * (image["bottom"] - image["top"]) / area
        result.image_share = max(result.image_share, share)
    return result


def _plumber_rules(page: Any, left: float, high: float, result: RawPage) -> None:
    for shape in (*page.lines, *page.rects, *page.curves):
        stroked = bool(shape["stroke"])
        filled = bool(shape["fill"]) and shape["object_type"] != "line"
        white = _is_white(shape["stroking_color"] if stroked else shape["non_stroking_color"])
        if shape["object_type"] == "rect":
            area = (shape["x0"] - left, shape["top"] - high, shape["x1"] - left, shape["bottom"] - high)
            result.add_box(area, filled, stroked, white)
        else:
            points = [(x - left, y - high) for x, y in shape["pts"]]
            add_strokes(result, points, filled, stroked, white)


def _is_white(color: Any) -> bool:
    """Whether a colour of pdfplumber's (a number or a tuple of one, three or four) is white."""
    parts = tuple(color) if isinstance(color, tuple | list) else (color,)
    if not parts or not all(isinstance(part, int | float) for part in parts):
        return False
    return bool(max(parts) <= 0.02 if len(parts) == 4 else min(parts) >= 0.98)
