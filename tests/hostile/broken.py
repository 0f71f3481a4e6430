"""Small PDFs with one damage each, by kind: `python tests/hostile/broken.py FOLDER` writes them all.

Most are made by hand from objects, so that the damage stands where it is meant to stand.
"""

from __future__ import annotations

import io
import sys
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

_TEXT = b"BT /F1 12 Tf 50 700 Td (Budget 1000 yuan, spent 900 yuan) Tj ET"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
_PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
)


def stream(data: bytes, entries: bytes = b"", length: int | None = None) -> bytes:
    """A stream object; `length` is what it says of itself."""
    size = len(data) if length is None else length
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (size, entries, data)


def pdf(changes: Mapping[int, bytes] | None = None, trailer: bytes = b"") -> bytes:
    """A file of one page with some of its objects changed or added."""
    objects = {1: _CATALOG, 2: _PAGES, 3: _PAGE, 4: stream(_TEXT), 5: _FONT} | dict(changes or {})
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, content in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    at, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, at)
    return bytes(out)


def _with_contents(data: bytes, entries: bytes = b"", length: int | None = None) -> bytes:
    return pdf({4: stream(data, entries, length)})


def _page(entries: bytes) -> bytes:
    return pdf(
        {3: b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> " + entries + b" >>"}
    )


def _font(content: bytes, **more: bytes) -> bytes:
    return pdf({5: content, **{int(name[1:]): found for name, found in more.items()}})


def _image(entries: bytes, data: bytes = b"\0" * 16) -> bytes:
    page = _PAGE.replace(b"/Font <<", b"/XObject << /I 6 0 R >> /Font <<")
    return pdf(
        {
            3: page,
            4: stream(b"500 0 0 500 0 0 cm /I Do " + _TEXT),
            6: stream(data, b"/Type /XObject /Subtype /Image " + entries),
        }
    )


def _deep_tree(depth: int) -> bytes:
    """Page nodes in each other, the page at the bottom."""
    changes = {2: b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>"}
    for number in range(10, 10 + depth):
        changes[number] = b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1 >>" % (number - 1, number + 1)
    changes[10 + depth] = _PAGE
    return pdf(changes)


def _bomb(rounds: int) -> bytes:
    """A stream of 100 MB of blanks, packed `rounds` times."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(100)) + packer.compress(_TEXT) + packer.flush()
    for _ in range(rounds - 1):
        data = zlib.compress(data, 9)
    return _with_contents(data, b"/Filter [" + b"/FlateDecode " * rounds + b"]")


def _forms_in_forms() -> bytes:
    """Forms that draw the next one ten times each: 10^8 objects if all were followed."""
    page = _PAGE.replace(b"/Font <<", b"/XObject << /X 10 0 R >> /Font <<")
    changes = {3: page, 4: stream(b"/X Do " + _TEXT)}
    for number in range(10, 18):
        entries = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>" % (
            number + 1
        )
        changes[number] = stream(b"/X Do " * 10, entries)
    changes[18] = stream(b"0 0 m 9 9 l S", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    return pdf(changes)


def _form_in_itself() -> bytes:
    page = _PAGE.replace(b"/Font <<", b"/XObject << /X 10 0 R >> /Font <<")
    form = stream(b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 10 0 R >> >>")
    return pdf({3: page, 4: stream(b"/X Do " + _TEXT), 10: form})


def _encrypted(user: str, owner: str) -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made, invariant=1, encrypt=StandardEncryption(user, ownerPassword=owner))
    canvas.drawString(50, 700, "Budget 1000 yuan")
    canvas.save()
    return made.getvalue()


def _many_rules() -> bytes:
    grid = b"".join(b"%d 0 m %d 842 l S 0 %d m 595 %d l S\n" % (i, i, i, i) for i in range(1, 590))
    return _with_contents(grid + _TEXT)


def _many_pages() -> bytes:
    """Two thousand pages that are one."""
    return pdf({2: b"<< /Type /Pages /Kids [" + b"3 0 R " * 2000 + b"] /Count 2000 >>"})


_WHOLE = pdf()
_CMAP = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
KINDS: dict[str, Callable[[], bytes]] = {
    "whole": lambda: _WHOLE,
    "cut in the middle": lambda: _WHOLE[: len(_WHOLE) // 2],
    "cut before the end": lambda: _WHOLE[:-12],
    "cut in the first object": lambda: _WHOLE[:40],
    "only the mark": lambda: b"%PDF-1.7\n",
    "mark and noise": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40,
    "mark and zeros": lambda: b"%PDF-1.7\n" + bytes(20_000),
    "noise before the mark": lambda: b"\x00junk" * 40 + _WHOLE,
    "no mark at the end": lambda: _WHOLE.replace(b"%%EOF", b""),
    "twice": lambda: _WHOLE + _WHOLE,
    "as text over a wire": lambda: _WHOLE.replace(b"\n", b"\r\n"),
    "every byte with its high bit": lambda: b"%PDF-1.7\n" + bytes(b | 0x80 for b in _WHOLE[9:]),
    "table of places missing": lambda: _WHOLE.replace(b"xref\n0", b"xxxx\n0"),
    "table of places elsewhere": lambda: _WHOLE.replace(b"startxref\n", b"startxref\n99"),
    "table of places negative": lambda: _WHOLE.replace(b"startxref\n", b"startxref\n-"),
    "table of places all wrong": lambda: _WHOLE.replace(b" 00000 n ", b" 00007 n "),
    "table of places in a loop": lambda: pdf(trailer=b"/Prev 9").replace(
        b"/Prev 9", b"/Prev %d" % _WHOLE.index(b"xref\n0")
    ),
    "table of places far too large": lambda: pdf(trailer=b"/Size 2147483647"),
    "no trailer": lambda: _WHOLE.replace(b"trailer", b"tailer!"),
    "no root": lambda: _WHOLE.replace(b"/Root 1 0 R", b""),
    "root is a page": lambda: _WHOLE.replace(b"/Root 1 0 R", b"/Root 3 0 R"),
    "root refers to itself": lambda: pdf({1: b"1 0 R"}),
    "no pages": lambda: pdf({2: b"<< /Type /Pages /Kids [] /Count 0 >>"}),
    "pages that are not there": lambda: pdf({2: b"<< /Type /Pages /Kids [7 0 R 8 0 R] /Count 2 >>"}),
    "far too many pages promised": lambda: pdf({2: b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>"}),
    "fewer than no pages promised": lambda: pdf({2: b"<< /Type /Pages /Kids [3 0 R] /Count -5 >>"}),
    "page tree in a loop": lambda: pdf({2: b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>"}),
    "page tree 5,000 deep": lambda: _deep_tree(5000),
    "page without a box": lambda: _page(b""),
    "page box without size": lambda: _page(b"/MediaBox [0 0 0 0]"),
    "page box upside down": lambda: _page(b"/MediaBox [595 842 0 0]"),
    "page box of words": lambda: _page(b"/MediaBox [/a (b) null true]"),
    "page box beyond measure": lambda: _page(b"/MediaBox [-1e38 -1e38 1e38 1e38]"),
    "page turned by 45 degrees": lambda: _page(b"/MediaBox [0 0 595 842] /Rotate 45"),
    "user unit of a mile": lambda: _page(b"/MediaBox [0 0 595 842] /UserUnit 1e30"),
    "two thousand pages": _many_pages,
    "stream longer than the file": lambda: _with_contents(_TEXT, length=10**9),
    "stream of negative length": lambda: _with_contents(_TEXT, length=-5),
    "stream whose length is itself": lambda: pdf({4: b"<< /Length 4 0 R >>\nstream\n" + _TEXT + b"\nendstream"}),
    "stream packed wrongly": lambda: _with_contents(b"not packed", b"/Filter /FlateDecode"),
    "stream cut while packed": lambda: _with_contents(zlib.compress(_TEXT * 50)[:60], b"/Filter /FlateDecode"),
    "stream of an unknown filter": lambda: _with_contents(_TEXT, b"/Filter /NoSuchFilter"),
    "stream through 200 filters": lambda: _with_contents(_TEXT, b"/Filter [" + b"/ASCIIHexDecode " * 200 + b"]"),
    "bomb of 100 MB": lambda: _bomb(1),
    "bomb in a bomb": lambda: _bomb(2),
    "contents refer to the page": lambda: pdf({3: _PAGE.replace(b"4 0 R", b"3 0 R")}),
    "brackets 100,000 deep": lambda: _with_contents(b"[" * 100_000 + _TEXT),
    "dictionaries 20,000 deep": lambda: pdf({6: b"<< /A " * 20_000}),
    "states saved and never restored": lambda: _with_contents(b"q " * 200_000 + _TEXT),
    "numbers beyond measure": lambda: _with_contents(b"9" * 400 + b" 1e999 -1e999 m l S " + _TEXT),
    "text beyond the page": lambda: _with_contents(_TEXT.replace(b"50 700", b"1e30 -1e30")),
    "text without size": lambda: _with_contents(_TEXT.replace(b"12 Tf", b"0 Tf")),
    "text of 300,000 characters": lambda: _with_contents(b"BT /F1 1 Tf 0 9 Td (" + b"1" * 300_000 + b") Tj ET"),
    "grid of 700,000 faces": _many_rules,
    "form in itself": _form_in_itself,
    "forms in forms, 10^8 of them": _forms_in_forms,
    "no font": lambda: pdf({3: _PAGE.replace(b"/F1 5 0 R", b"")}),
    "font refers to itself": lambda: _font(b"5 0 R"),
    "font of an unknown kind": lambda: _font(b"<< /Type /Font /Subtype /Nothing >>"),
    "font file of noise": lambda: _font(
        b"<< /Type /Font /Subtype /TrueType /BaseFont /X /FontDescriptor 6 0 R >>",
        o6=b"<< /Type /FontDescriptor /FontName /X /Flags 4 /FontFile2 7 0 R >>",
        o7=stream(b"\0\1\0\0" + bytes(range(256)) * 30),
    ),
    "font widths of words": lambda: _font(_FONT.replace(b">>", b"/FirstChar -1 /LastChar 999999999 /Widths [/a] >>")),
    "composite font without parts": lambda: _font(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H >>"
    ),
    "map to Unicode of noise": lambda: _font(
        _FONT.replace(b">>", b"/ToUnicode 6 0 R >>"), o6=stream(bytes(range(256)) * 9)
    ),
    "map to Unicode of all there is": lambda: _font(
        _FONT.replace(b">>", b"/ToUnicode 6 0 R >>"),
        o6=stream(_CMAP + b"1 beginbfrange <00> <FFFFFFFF> <0000> endbfrange endcmap"),
    ),
    "map to Unicode of halves": lambda: _font(
        _FONT.replace(b">>", b"/ToUnicode 6 0 R >>"),
        o6=stream(_CMAP + b"1 beginbfrange <00> <FF> <D800> endbfrange endcmap"),
    ),
    "type 3 font that draws itself": lambda: _font(
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 66 /LastChar 66"
        b" /Widths [9] /Encoding << /Differences [66 /B] >> /CharProcs << /B 4 0 R >>"
        b" /Resources << /Font << /F1 5 0 R >> >> >>"
    ),
    "image of 10^10 dots": lambda: _image(b"/Width 100000 /Height 100000 /ColorSpace /DeviceGray /BitsPerComponent 8"),
    "image of negative size": lambda: _image(b"/Width -5 /Height -5 /ColorSpace /DeviceGray /BitsPerComponent 8"),
    "image of noise as JPEG": lambda: _image(b"/Width 9 /Height 9 /Filter /DCTDecode", b"\xff\xd8\xff" + bytes(99)),
    "image of noise as JBIG2": lambda: _image(b"/Width 9 /Height 9 /Filter /JBIG2Decode", bytes(range(99))),
    "encrypted without a password": lambda: _encrypted("", "owner"),
    "encrypted with a password": lambda: _encrypted("secret", "owner"),
    "encrypted by an unknown way": lambda: pdf(trailer=b"/Encrypt << /Filter /Standard /V 99 /R 99 >>"),
    "objects in a stream that is no such": lambda: pdf({6: stream(b"x", b"/Type /ObjStm /N 999999 /First 999999")}),
}


def main() -> None:
    """Write all of them to the folder that is named."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in KINDS.items():
        (folder / f"{name}.pdf").write_bytes(make())


if __name__ == "__main__":
    main()
