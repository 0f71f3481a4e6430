"""Paper → HTML for Chromium: one page style upright, one lying, headers and footers in the margin."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from samples.making.paper import Cell, Grid, Item, Line, Style, Turn

_TAGS = {"h1": "h2", "h2": "h3", "h3": "h4"}
_BORDERS = {"thin": "0.5pt solid #000", "thick": "1.2pt solid #000", "double": "2.4pt double #000"}


def page(items: Iterable[Item], style: Style, title: str) -> str:
    """The whole document."""
    body: list[str] = []
    for item in items:
        if isinstance(item, Turn):
            body.append(f'</section><section class="{"wide" if item.landscape else "tall"}">')
        elif isinstance(item, Line):
            body.append(_line(item))
        else:
            body.append(_grid(item))
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<style>{_css(style)}</style></head><body><section class="tall">{"".join(body)}</section></body></html>'
    )


def _line(line: Line) -> str:
    tag = _TAGS.get(line.style, "p")
    return f'<{tag} class="{line.style}">{escape(line.text)}</{tag}>'


def _grid(grid: Grid) -> str:
    total = sum(grid.widths)
    columns = "".join(f'<col style="width:{width / total * 100:.3f}%">' for width in grid.widths)
    grid.places()
    rows = [f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in grid.rows]
    head = f"<thead>{''.join(rows[: grid.heads])}</thead>" if grid.heads else ""
    return f"<table><colgroup>{columns}</colgroup>{head}<tbody>{''.join(rows[grid.heads :])}</tbody></table>"


def _cell(cell: Cell) -> str:
    spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return f'<td class="{cell.style}"{spans}>{escape(cell.text)}</td>'


def _css(style: Style) -> str:
    before, _, after = style.footer.partition("{page}")
    content = f'"{before}" counter(page) "{after}"' if style.footer else "none"
    number = f'content: {content}; font: 10pt "{style.body_font}"; margin-bottom: 10mm'
    header = f'content: "{style.header}"; font: 9pt "{style.body_font}"; border-bottom: 0.5pt solid #666; height: 8mm'
    margins = f"@bottom-center {{ {number} }} @top-center {{ {header if style.header else 'content: none'} }}"
    wrap = "overflow-wrap: anywhere; word-break: break-all; padding: 1.5pt" if style.cramped else "padding: 3pt 4pt"
    return f"""
@page {{ size: A4 portrait; margin: 34mm 26mm 28mm 28mm; {margins} }}
@page wide {{ size: A4 landscape; margin: 24mm 20mm 22mm 20mm; {margins} }}
section.wide {{ page: wide; }}
section {{ break-before: page; }}
section:first-child {{ break-before: auto; }}
body {{ margin: 0; font: {style.body_size}pt/{style.spacing} "{style.body_font}"; text-align: justify;
  font-synthesis: {"weight" if style.bold else "none"}; }}
p {{ margin: 0; text-indent: 2em; orphans: 2; widows: 2; }}
h2, h3, h4 {{ margin: 0; font-size: {style.body_size}pt; text-indent: 2em; break-after: avoid; font-weight: normal; }}
h2 {{ font-family: "{style.head_font}"; font-weight: 700; }}
h3 {{ font-weight: 700; }}
.title {{ text-align: center; text-indent: 0; font: 700 {style.body_size + 6}pt/1.5 "{style.head_font}"; }}
.number {{ text-align: center; text-indent: 0; margin: 8pt 0 16pt; }}
.to {{ text-indent: 0; }}
.sign, .date {{ text-align: right; text-indent: 0; padding-right: 3em; }}
.sign {{ margin-top: 24pt; break-before: avoid; }}
.caption {{ text-align: center; text-indent: 0; font: 700 {style.body_size + 1}pt/1.6 "{style.head_font}"; }}
.under {{ text-align: center; text-indent: 0; font-size: 10.5pt; }}
.unit {{ text-align: right; text-indent: 0; font-size: 10pt; }}
.note {{ text-indent: 2em; font-size: 10pt; }}
table {{ width: 100%; border-collapse: collapse; table-layout: fixed; margin: 0; border: {_BORDERS[style.rules]};
  font: {style.table_size}pt/1.35 "{style.table_font}"; text-align: center; }}
table + table {{ margin-top: -0.5pt; }}
td {{ border: 0.5pt solid #000; {wrap}; vertical-align: middle; text-indent: 0; }}
td.words {{ text-align: left; }}
td.head {{ font-weight: 700; }}
"""
