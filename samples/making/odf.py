"""Paper → a flat OpenDocument text for LibreOffice: page styles with header and footer, tables with repeated heads."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from samples.making.paper import Cell, Grid, Item, Line, Style, Turn

_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    )
)
#: Text widths in centimetres, upright and lying.
_WIDTHS = {False: 15.6, True: 25.7}
_BORDERS = {
    "thin": 'fo:border="0.5pt solid #000000"',
    "thick": 'fo:border="1.25pt solid #000000"',
    "double": 'fo:border="0.07cm double #000000" style:border-line-width="0.02cm 0.03cm 0.02cm"',
}


class _Writer:
    """Collects the body and the automatic styles that it needs."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.body: list[str] = []
        self.automatic: list[str] = []
        self.landscape = False
        self.turn: Turn | None = None
        self.tables = 0

    def add(self, item: Item) -> None:
        """Add one item."""
        if isinstance(item, Turn):
            self.turn, self.landscape = item, item.landscape
        elif isinstance(item, Line):
            self.body.append(self._line(item))
        else:
            if self.turn is not None:
                self.body.append(self._line(Line("gap", "")))
            self.body.append(self._grid(item))

    def _line(self, line: Line) -> str:
        name = line.style
        if self.turn is not None:
            name = f"{line.style}-turn{len(self.automatic)}"
            master = "Wide" if self.turn.landscape else "Tall"
            self.automatic.append(
                f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="{line.style}"'
                f' style:master-page-name="{master}"/>'
            )
            self.turn = None
        return f'<text:p text:style-name="{name}">{escape(line.text)}</text:p>'

    def _grid(self, grid: Grid) -> str:
        self.tables += 1
        name = f"T{self.tables}"
        total = sum(grid.widths)
        width = _WIDTHS[self.landscape]
        self.automatic.append(
            f'<style:style style:name="{name}" style:family="table"><style:table-properties style:width="{width}cm"'
            ' table:align="center" style:may-break-between-rows="true" table:border-model="collapsing"/></style:style>'
        )
        columns = []
        for number, share in enumerate(grid.widths):
            self.automatic.append(
                f'<style:style style:name="{name}.{number}" style:family="table-column"><style:table-column-properties'
                f' style:column-width="{share / total * width:.3f}cm"/></style:style>'
            )
            columns.append(f'<table:table-column table:style-name="{name}.{number}"/>')
        rows = [self._row(row) for row in grid.places()]
        heads = "".join(rows[: grid.heads])
        head = f"<table:table-header-rows>{heads}</table:table-header-rows>" if heads else ""
        body = "".join(rows[grid.heads :])
        inner = "".join((*columns, head, body))
        return f'<table:table table:name="{name}" table:style-name="{name}">{inner}</table:table>'

    def _row(self, row: list[Cell | None]) -> str:
        cells = "".join("<table:covered-table-cell/>" if cell is None else self._cell(cell) for cell in row)
        return f'<table:table-row table:style-name="row">{cells}</table:table-row>'

    @staticmethod
    def _cell(cell: Cell) -> str:
        spans = f' table:number-columns-spanned="{cell.columns}" table:number-rows-spanned="{cell.rows}"'
        text = f'<text:p text:style-name="cell-{cell.style}">{escape(cell.text)}</text:p>'
        return f'<table:table-cell table:style-name="cell" office:value-type="string"{spans}>{text}</table:table-cell>'


def page(items: Iterable[Item], style: Style) -> str:
    """The whole document."""
    writer = _Writer(style)
    for item in items:
        writer.add(item)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_SPACES} office:version="1.3"'
        ' office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:font-face-decls>{_faces(style)}</office:font-face-decls>"
        f"<office:styles>{_styles(style)}</office:styles>"
        f"<office:automatic-styles>{_layouts()}{''.join(writer.automatic)}{_cells(style)}</office:automatic-styles>"
        f"<office:master-styles>{_masters(style)}</office:master-styles>"
        f"<office:body><office:text>{''.join(writer.body)}</office:text></office:body></office:document>"
    )


def _faces(style: Style) -> str:
    names = sorted({style.body_font, style.head_font, style.table_font})
    return "".join(f'<style:font-face style:name="{name}" svg:font-family="\'{name}\'"/>' for name in names)


def _paragraph(name: str, font: str, size: float, line: str, **more: str) -> str:
    """A paragraph style; Latin and Chinese characters in one font. `more`: bold, align, indent, before."""
    weight = "bold" if more.get("bold") else "normal"
    text = (
        f'style:font-name="{font}" style:font-name-asian="{font}" fo:font-size="{size}pt"'
        f' style:font-size-asian="{size}pt" fo:font-weight="{weight}" style:font-weight-asian="{weight}"'
        ' fo:language="zh" fo:country="CN" style:language-asian="zh" style:country-asian="CN"'
    )
    paragraph = (
        # LibreOffice loses punctuation that hangs over the margin.
        f'style:punctuation-wrap="simple" fo:text-align="{more.get("align", "justify")}"'
        f' fo:text-indent="{more.get("indent", "0")}"'
        f' fo:line-height="{line}" fo:margin-top="{more.get("before", "0cm")}" fo:margin-bottom="0cm"'
        f' fo:margin-right="{more.get("right", "0cm")}" fo:orphans="2" fo:widows="2"'
        f' fo:keep-with-next="{more.get("keep", "auto")}"'
    )
    return (
        f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties {paragraph}/>'
        f"<style:text-properties {text}/></style:style>"
    )


def _styles(style: Style) -> str:
    size, spacing = style.body_size, f"{style.body_size * style.spacing:.1f}pt"
    body, head = style.body_font, style.head_font
    indent = f"{2 * size}pt"
    return "".join(
        (
            _paragraph("body", body, size, spacing, indent=indent),
            _paragraph("h1", head, size, spacing, indent=indent, keep="always"),
            _paragraph("h2", body, size, spacing, indent=indent, bold="yes", keep="always"),
            _paragraph("h3", body, size, spacing, indent=indent, bold="yes", keep="always"),
            _paragraph("title", head, size + 6, "150%", align="center", bold="yes"),
            _paragraph("number", body, size, "180%", align="center"),
            _paragraph("to", body, size, spacing),
            _paragraph("sign", body, size, spacing, align="end", before="0.8cm", right="2.2cm", keep="always"),
            _paragraph("date", body, size, spacing, align="end", right="2.2cm"),
            _paragraph("caption", head, size + 1, "150%", align="center", bold="yes", keep="always"),
            _paragraph("under", body, 10.5, "130%", align="center", keep="always"),
            _paragraph("unit", body, 10, "130%", align="end", keep="always"),
            _paragraph("note", body, 10, "130%", indent="20pt"),
            _paragraph("gap", body, 2, "100%"),
            _paragraph("margin", body, 10, "100%", align="center"),
        )
    )


def _cells(style: Style) -> str:
    font, size = style.table_font, style.table_size
    padding = "0.03cm" if style.cramped else "0.09cm"
    border = _BORDERS[style.rules]
    return (
        f'<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties {border}'
        f' fo:padding="{padding}" style:vertical-align="middle"/></style:style>'
        '<style:style style:name="row" style:family="table-row"><style:table-row-properties'
        ' fo:keep-together="auto"/></style:style>'
        + _paragraph("cell-figure", font, size, "115%", align="center")
        + _paragraph("cell-label", font, size, "115%", align="center")
        + _paragraph("cell-words", font, size, "115%", align="start")
        + _paragraph("cell-head", font, size, "115%", align="center", bold="yes")
    )


def _layouts() -> str:
    made = []
    for name, width, height, sides in (("tall", 21.0, 29.7, "2.7cm"), ("wide", 29.7, 21.0, "2cm")):
        made.append(
            f'<style:page-layout style:name="{name}"><style:page-layout-properties fo:page-width="{width}cm"'
            f' fo:page-height="{height}cm" style:print-orientation="{"landscape" if name == "wide" else "portrait"}"'
            f' fo:margin-left="{sides}" fo:margin-right="{sides}" fo:margin-top="1.8cm" fo:margin-bottom="1.6cm"/>'
            '<style:header-style><style:header-footer-properties fo:min-height="0.9cm" fo:margin-bottom="0.4cm"/>'
            '</style:header-style><style:footer-style><style:header-footer-properties fo:min-height="0.9cm"'
            ' fo:margin-top="0.4cm"/></style:footer-style></style:page-layout>'
        )
    return "".join(made)


def _masters(style: Style) -> str:
    before, _, after = style.footer.partition("{page}")
    number = f'{before}<text:page-number text:select-page="current">1</text:page-number>{after}'
    footer = f'<style:footer><text:p text:style-name="margin">{number}</text:p></style:footer>'
    header = f'<style:header><text:p text:style-name="margin">{escape(style.header)}</text:p></style:header>'
    parts = f"{header if style.header else ''}{footer}"
    return (
        f'<style:master-page style:name="Standard" style:page-layout-name="tall">{parts}</style:master-page>'
        f'<style:master-page style:name="Tall" style:page-layout-name="tall">{parts}</style:master-page>'
        f'<style:master-page style:name="Wide" style:page-layout-name="wide">{parts}</style:master-page>'
    )
