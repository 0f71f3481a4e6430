"""The ways in which forms vary, by name; a document is one or more forms in one of these ways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from comparison import Tally, compared
from drawer import Print, Rules, drawn
from layouts import LAYOUTS, form
from sheet import Look, Sheet

from extractor.find.tables.evaluations import read_tables
from extractor.read.files import read_bytes

RULES: tuple[Rules, ...] = ("boxes", "lines", "thin", "double", "dots", "long", "long thin")


@dataclass(frozen=True, slots=True)
class Variant:
    """One way: the shape of the forms, the print, and how many forms a document has."""

    look: Look
    look_of_print: Print
    forms: int = 1


def _base(rng: Random) -> tuple[Look, Print]:
    """An ordinary form as some office prints it."""
    look = Look(
        levels=rng.choice(("merged", "merged", "merged", "blank", "repeated")),
        more=rng.randint(0, 5),
        aligned=rng.random() < 0.6,
        left_label=rng.random() < 0.7,
    )
    ink = Print(
        rules=rng.choice(RULES),
        size=rng.choice((7.5, 8.0, 9.0)),
        padding=rng.choice((2.5, 4.0, 5.4)),
        shades=rng.choice(("", "", "heads")),
        middle=rng.random() < 0.7,
        feet=rng.random() < 0.7,
    )
    return look, ink


def _over_pages(rng: Random, look: Look, ink: Print, **changes: object) -> Variant:
    """A longer form that does not fit its page."""
    look = replace(look, more=rng.randint(8, 22))
    return Variant(look, replace(ink, start=rng.uniform(0.0, 0.6), **changes))  # type: ignore[arg-type]


Maker = Callable[[Random, Look, Print], Variant]
VARIANTS: dict[str, Maker] = {
    "plain": lambda rng, look, ink: Variant(look, ink),
    "rows over pages": lambda rng, look, ink: _over_pages(rng, look, ink, over=rng.choice(("once", "middle"))),
    "rows cut by pages": lambda rng, look, ink: _over_pages(rng, look, ink, cut_rows=True),
    "open page breaks": lambda rng, look, ink: _over_pages(rng, look, ink, cut_rows=True, open_breaks=True),
    "heads again": lambda rng, look, ink: _over_pages(rng, look, ink, heads_again=True, cut_rows=rng.random() < 0.5),
    "levels again": lambda rng, look, ink: _over_pages(rng, replace(look, levels="merged"), ink, over="again"),
    "level in the middle": lambda rng, look, ink: _over_pages(rng, replace(look, levels="merged"), ink, over="middle"),
    "upright level": lambda rng, look, ink: Variant(replace(look, upright=True, levels="merged"), ink),
    "upright level over pages": lambda rng, look, ink: _over_pages(
        rng, replace(look, upright=True, levels="merged"), ink, cut_rows=True
    ),
    "landscape": lambda rng, look, ink: Variant(replace(look, more=rng.randint(3, 9)), replace(ink, landscape=True)),
    "two lines of heads": lambda rng, look, ink: Variant(replace(look, two_lines=True), ink),
    "two lines of heads again": lambda rng, look, ink: _over_pages(
        rng, replace(look, two_lines=True), ink, heads_again=True
    ),
    "unit in a column": lambda rng, look, ink: Variant(replace(look, split="unit"), ink),
    "sign in a column": lambda rng, look, ink: Variant(replace(look, split="sign"), ink),
    "sign and unit in columns": lambda rng, look, ink: Variant(
        replace(look, split="both", two_lines=rng.random() < 0.5), ink
    ),
    "points first": lambda rng, look, ink: Variant(
        replace(look, points_first=True, split=rng.choice(("", "", "both"))), ink
    ),
    "thin rules": lambda rng, look, ink: Variant(look, replace(ink, rules="thin")),
    "long filled rules": lambda rng, look, ink: Variant(look, replace(ink, rules="long thin")),
    "double rules": lambda rng, look, ink: Variant(look, replace(ink, rules="double")),
    "shaded rows": lambda rng, look, ink: Variant(look, replace(ink, shades="rows")),
    "shaded heads": lambda rng, look, ink: Variant(look, replace(ink, shades="heads")),
    "no rule between columns": lambda rng, look, ink: Variant(
        replace(look, open_columns=True), replace(ink, padding=5.4, rules=rng.choice(("lines", "long", "thin")))
    ),
    "no outer sides": lambda rng, look, ink: Variant(
        look, replace(ink, sideless=True, rules=rng.choice(("lines", "long", "thin")))
    ),
    "narrow": lambda rng, look, ink: Variant(replace(look, split="both"), replace(ink, size=10.5, padding=2.0)),
    "forms on their pages": lambda rng, look, ink: Variant(look, ink, 3),
    "forms below each other": lambda rng, look, ink: Variant(
        replace(look, more=0), replace(ink, place="below", size=7.5), 3
    ),
    "forms side by side": lambda rng, look, ink: Variant(
        replace(look, more=0), replace(ink, place="beside", size=7.0, padding=2.5), 2
    ),
}


def document(layout: str, variant: str, seed: int) -> tuple[bytes, list[Sheet]]:
    """A PDF with a form of the layout in one way of printing, and what was drawn into it."""
    rng = Random(f"{layout} {variant} {seed}")
    look, ink = _base(rng)
    made = VARIANTS[variant](rng, look, ink)
    # Several forms of one layout are those of several projects.
    sheets = [_named(form(layout, rng, made.look), number) for number in range(made.forms)]
    ink = made.look_of_print
    if LAYOUTS[layout].landscape:
        ink = replace(ink, landscape=True)
    return drawn(sheets, ink), sheets


def _named(sheet: Sheet, number: int) -> Sheet:
    """The form with a name of its own where it is not the first."""
    subject = sheet.promise.fields.get("subject")
    if number and subject is not None:
        own = f"{subject}（第{number}期）"
        for band in sheet.bands:
            band[:] = [replace(box, text=own) if box.text == subject else box for box in band]
        sheet.promise.fields["subject"] = own.replace("（", "(").replace("）", ")")
    return sheet


def tally(layout: str, variant: str, seed: int, reader: str = "pdfium") -> Tally:
    """How much of such a document is read as it was promised."""
    data, sheets = document(layout, variant, seed)
    forms = read_tables(read_bytes(data, "drawn.pdf", reader))
    found = compared([sheet.promise for sheet in sheets], forms)
    found.broken = [f"{layout}, {variant}, {seed}: {words}" for words in found.broken]
    return found
