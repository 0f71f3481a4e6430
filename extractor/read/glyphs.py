"""What the PDF libraries give, alike for all of them: the characters and the rules of one page, by position only."""

from __future__ import annotations

from dataclasses import dataclass, field

#: One printed character: itself, x0, top, x1, bottom in points from the page's top left, y growing downwards. A plain
#: tuple, because every page makes about a thousand of them.
Glyph = tuple[str, float, float, float, float]
#: A straight rule: its y (x of a vertical one), and where it begins and ends on the other axis.
Rule = tuple[float, float, float]
#: x0, top, x1, bottom.
Area = tuple[float, float, float, float]

#: A blank that stands for a gap in the print: it has no box.
BLANK: Glyph = (" ", 0.0, 0.0, 0.0, 0.0)
#: Thicker than this (points), a filled box is a shade, not a rule.
THICKEST_RULE = 3.0


@dataclass(slots=True)
class RawPage:
    """One page before anything is recognised on it."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    horizontals: list[Rule] = field(default_factory=list)
    verticals: list[Rule] = field(default_factory=list)
    #: White rules, which are seen only where they lie on a shade: (is horizontal, rule).
    white_rules: list[tuple[bool, Rule]] = field(default_factory=list)
    shades: list[Area] = field(default_factory=list)
    #: The share of the page that its largest image covers.
    image_share: float = 0.0
    #: The characters are an invisible layer over a scanned image.
    ocr_layer: bool = False
    #: Characters for which the file gives no Unicode value.
    unmapped: int = 0
    #: The page is listed but could not be loaded.
    damaged: bool = False

    def add_box(self, area: Area, filled: bool, stroked: bool, white: bool = False) -> None:
        """Add the rules that a rectangle draws: a thin filled one is a rule itself, a stroked one has four borders."""
        x0, top, x1, bottom = area
        width, height = x1 - x0, bottom - top
        if height <= THICKEST_RULE < width:
            self.add_horizontal((top + bottom) / 2, x0, x1, white)
        elif width <= THICKEST_RULE < height:
            self.add_vertical((x0 + x1) / 2, top, bottom, white)
        elif width > THICKEST_RULE:
            if stroked:
                self.add_horizontal(top, x0, x1, white)
                self.add_horizontal(bottom, x0, x1, white)
                self.add_vertical(x0, top, bottom, white)
                self.add_vertical(x1, top, bottom, white)
            if filled and not white:
                self.shades.append(area)

    def add_horizontal(self, y: float, x0: float, x1: float, white: bool = False) -> None:
        """Add a horizontal rule, cut at the page's edges."""
        x0, x1 = max(0.0, min(x0, x1)), min(self.width, max(x0, x1))
        if x1 > x0 and -1 <= y <= self.height + 1:
            if white:
                self.white_rules.append((True, (y, x0, x1)))
            else:
                self.horizontals.append((y, x0, x1))

    def add_vertical(self, x: float, top: float, bottom: float, white: bool = False) -> None:
        """Add a vertical rule, cut at the page's edges."""
        top, bottom = max(0.0, min(top, bottom)), min(self.height, max(top, bottom))
        if bottom > top and -1 <= x <= self.width + 1:
            if white:
                self.white_rules.append((False, (x, top, bottom)))
            else:
                self.verticals.append((x, top, bottom))

    def show_white_rules(self) -> None:
        """Count the white rules that lie on a shade as rules; on the white page they are invisible."""
        for horizontal, rule in self.white_rules:
            at, middle = rule[0], (rule[1] + rule[2]) / 2
            x, y = (middle, at) if horizontal else (at, middle)
            if any(s[0] - 2 <= x <= s[2] + 2 and s[1] - 2 <= y <= s[3] + 2 for s in self.shades):
                (self.horizontals if horizontal else self.verticals).append(rule)
