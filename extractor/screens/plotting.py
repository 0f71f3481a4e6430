"""Series over the years drawn into a picture, with Chinese labels on any machine.

The font that comes along (Noto Sans CJK SC, the characters of GB 2312, under the Open Font License) is used first, so
that a picture is the same everywhere; what it lacks comes from the machine's own fonts, and what these lack is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from extractor.errors import UsageError
from extractor.messages import Message
from extractor.screens.console import Screen, safe
from extractor.screens.words import one_line
from extractor.store.histories import Found, Year

_FORMATS = (".png", ".svg")
_FONT = "NotoSansCJKsc-GB2312.otf"
#: Fonts of other machines that hold most Chinese characters.
_OTHERS = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "SimHei", "PingFang SC", "WenQuanYi Zen Hei")
_TEN_THOUSAND = Decimal(10000)
_HIGH, _WIDE = 3.2, 8.0


def plot(screen: Screen, shown: Sequence[Found], years: Mapping[str, Sequence[Year]], output: Path) -> None:
    """Draw each series below the other. Raises `UsageError` where the file cannot be written or has another ending."""
    suffix = output.suffix.lower()
    if suffix not in _FORMATS:
        raise UsageError(
            Message.of("{name} is no picture that can be drawn: let its name end in .png or .svg.", name=output)
        )
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with as_file(files(__package__).joinpath("fonts").joinpath(_FONT)) as font, mpl.rc_context(_settings(font)):
        figure = Figure(figsize=(_WIDE, _HIGH * len(shown)), layout="constrained")
        for at, one in enumerate(shown):
            axes = figure.add_subplot(len(shown), 1, at + 1)
            (_fund if one.kind == "fund" else _indicator)(screen, axes, years[one.series_key])
            axes.set_title(_title(one), fontsize=11, loc="left")
        missing = _missing(figure, font)
        if missing:
            screen.complaints.print(
                screen.text(screen.say("No font here can draw {characters}.", characters="".join(missing)))
            )
        try:
            figure.savefig(output, metadata={"Date": None} if suffix == ".svg" else {"Software": None}, dpi=150)
        except OSError as error:
            raise UsageError(
                Message.of("{name} cannot be written: {reason}.", name=output, reason=error.strerror or error)
            ) from error


def _settings(font: Path) -> Any:
    from matplotlib import font_manager

    font_manager.fontManager.addfont(str(font))
    here = font_manager.FontProperties(fname=str(font)).get_name()
    known = {entry.name for entry in font_manager.fontManager.ttflist}
    return {
        "font.family": [here, *(name for name in _OTHERS if name in known and name != here), "DejaVu Sans"],
        "axes.unicode_minus": False,
        "svg.fonttype": "path",
        "svg.hashsalt": "jixiao",
    }


def _missing(figure: Any, font: Path) -> list[str]:
    """Characters of the picture's words for which no font at hand has a picture."""
    import matplotlib as mpl
    from matplotlib import font_manager
    from matplotlib.ft2font import FT2Font
    from matplotlib.text import Text as Label

    words = {char for label in figure.findobj(Label) for char in label.get_text() if not char.isspace()}
    charts = [set(FT2Font(str(font)).get_charmap())]
    for name in mpl.rcParams["font.family"][1:]:
        path = font_manager.findfont(font_manager.FontProperties(family=[name]), fallback_to_default=True)
        charts.append(set(FT2Font(path).get_charmap()))
    return sorted(char for char in words if not any(ord(char) in chart for chart in charts))


def _title(one: Found) -> str:
    places = [one.region, one.fund if one.kind == "indicator" else one.department]
    # `$` begins a formula in matplotlib.
    return safe(one_line("  ".join(filter(None, (one.name, *places))))).replace("$", r"\$")


def _indicator(screen: Screen, axes: Any, years: Sequence[Year]) -> None:
    """Bars of the actual values, a line of the targets; the figures as printed above them."""
    at = [str(year.fiscal_year) for year in years]
    actual = [_number(year.actual_value) for year in years]
    axes.bar(at, [value or 0.0 for value in actual], 0.5, color="#4c9a6a", label=screen.say("actual"))
    for place, (value, year) in enumerate(zip(actual, years, strict=True)):
        if value is not None:
            words = safe(one_line(year.actual or "")).replace("$", r"\$")
            axes.annotate(words, (place, value), ha="center", va="bottom", fontsize=9)
    targets = [(str(year.fiscal_year), _number(year.target_value)) for year in years if year.target_value is not None]
    if targets:
        axes.plot(*zip(*targets, strict=True), "o--", color="#c0504d", label=screen.say("target"))
    _finish(axes, next((year.unit for year in reversed(years) if year.unit), ""))


def _fund(screen: Screen, axes: Any, years: Sequence[Year]) -> None:
    """Bars of budget and money spent beside each other, in 万元."""
    wide = 0.38
    for side, (name, label, color) in enumerate(
        (("budget", screen.say("budget"), "#5b7fb5"), ("spent", screen.say("spent"), "#4c9a6a"))
    ):
        values = [getattr(year, name) for year in years]
        heights = [float(value / _TEN_THOUSAND) if value is not None else 0.0 for value in values]
        places = [place + (side - 0.5) * wide for place in range(len(years))]
        axes.bar(places, heights, wide, color=color, label=label)
        for place, height, value in zip(places, heights, values, strict=True):
            if value is not None:
                words = f"{value / _TEN_THOUSAND:,.2f}"
                axes.annotate(words, (place, height), ha="center", va="bottom", fontsize=8)
    axes.set_xticks(range(len(years)), [str(year.fiscal_year) for year in years])
    _finish(axes, "万元")


def _number(value: Decimal | None) -> float | None:
    """For the height of a mark only: the figures themselves are written as printed."""
    return None if value is None else float(value)


def _finish(axes: Any, unit: str) -> None:
    axes.set_ylabel(safe(unit).replace("$", r"\$"))
    axes.margins(y=0.18)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=9, loc="upper left", bbox_to_anchor=(1.0, 1.0))
