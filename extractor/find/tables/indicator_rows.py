"""The indicator block of a ruled form: rows below its heads → indicators with both levels, and the total."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Literal

from extractor.find.tables import words as table_words
from extractor.find.tables.columns import Columns, Grid, tight
from extractor.find.tables.facts import FormBuilder
from extractor.find.tables.values import read_points
from extractor.model import Cell, Weight
from extractor.text import Text


class IndicatorBlock:
    """Reads the rows below one band of indicator heads."""

    def __init__(self, form: FormBuilder, grid: Grid, columns: Columns, levels: Mapping[str, str | None]) -> None:
        """`levels` are those that go on where the heads are printed again."""
        self.form = form
        self.grid = grid
        self.columns = columns
        self.levels: dict[str, str | None] = {"level1": None, "level2": None, **levels}
        #: Level cells that hold the rest of the words of the cell above them, by id.
        self.rests: set[int] = set()
        self.whole_levels = self._levels_over_pages()

    def read(self, ends: Callable[[int], bool]) -> int:
        """Read rows until another part of the form begins; the first row that was not read."""
        row = self.columns.end
        while row < len(self.grid) and not ends(row):
            if self._total(row):
                return row + 1
            rests = 0
            while self._is_rest(row + rests + 1):
                rests += 1
            self._row(row, rests)
            row += 1 + rests
        return row

    def _row(self, row: int, rests: int) -> None:
        """Read a row with so many rows behind it that hold the rest of its words."""
        own = self._cells(row)
        if own is None:
            return
        for more in range(row + 1, row + rests + 1):
            for concept, text in (self._cells(more) or {}).items():
                if self.grid[more][self.columns.at[concept][0]] is not self._cell(row, concept):
                    own[concept] = Text.join([own[concept], text]).tight() if concept in own else text
        name = own.get("name")
        if self._section(row):
            return
        self._take_levels(row)
        cells = {concept: text for concept, text in own.items() if concept not in ("level1", "level2")}
        if name is not None and self._covers(row, "name", "level2"):
            self.levels["level2"] = None if self.levels["level2"] == name.string else self.levels["level2"]
        self.form.add_indicator(self.levels["level1"], self.levels["level2"], cells)

    def _cells(self, row: int) -> dict[str, Text] | None:
        """The row's words by concept; None where no cell of the block has any."""
        found: dict[str, Text] = {}
        for concept, numbers in self.columns.at.items():
            parts: list[Cell] = []
            for number in numbers:
                cell = self.grid[row][number]
                if cell is not None and tight(cell) and not any(cell is part for part in parts):
                    parts.append(cell)
            if parts:
                # Two cells under one head are two words: figures may not run together.
                found[concept] = Text.join([part.text.tight() for part in parts], " ").tight()
        return found or None

    def _cell(self, row: int, concept: str) -> Cell | None:
        numbers = self.columns.at.get(concept)
        return self.grid[row][numbers[0]] if numbers else None

    def _covers(self, row: int, one: str, other: str) -> bool:
        """Whether one merged cell stands in both columns."""
        cell = self._cell(row, one)
        return cell is not None and cell is self._cell(row, other)

    # --- levels ---

    def _take_levels(self, row: int) -> None:
        """Levels of this row; a blank cell goes on with the level above it."""
        first = self._level(row, "level1")
        if first is not None:
            if first != self.levels["level1"]:
                self.levels["level2"] = None
            self.levels["level1"] = first
        second = self._level(row, "level2")
        if second is not None:
            self.levels["level2"] = second
        elif self._covers(row, "level1", "level2") and first is not None:
            self.levels["level2"] = first if table_words.is_level2(first) else None
        for kind in ("level1", "level2"):
            self._level_weight(row, kind)

    def _level(self, row: int, kind: Literal["level1", "level2"]) -> str | None:
        cell = self._cell(row, kind)
        if cell is None or not tight(cell):
            return None
        if kind == "level2" and (self._covers(row, "level1", "level2") or self._covers(row, "level2", "name")):
            return None
        numbers = self.columns.at[kind]
        parts: list[Cell] = []
        for number in numbers:
            other = self.grid[row][number]
            if other is not None and tight(other) and not any(other is part for part in parts):
                parts.append(other)
        joined = Text.join([self.whole_levels.get(id(part)) or part.text.tight() for part in parts])
        return self.form.level(kind, joined, key=parts[0].text.span().start)

    def _levels_over_pages(self) -> dict[int, Text]:
        """Level cells whose words a page break cut (社会效益 here, 指标 overleaf) → their words, by the cell's id."""
        whole: dict[int, Text] = {}
        for kind in ("level1", "level2"):
            rows = range(self.columns.end, len(self.grid))
            column = [(row, self._cell(row, kind)) for row in rows]
            cells = [cell for row, cell in column if cell is not None and cell.row == row and tight(cell)]
            for at in range(len(cells)):
                parts = next((cells[at : at + n] for n in (4, 3, 2) if _is_cut_level(cells[at : at + n], n)), [])
                joined = Text.join([part.text.tight() for part in parts])
                for part in parts:
                    whole.setdefault(id(part), joined)
                self.rests.update(id(part) for part in parts[1:])
        return whole

    def _is_rest(self, row: int) -> bool:
        """Whether a row at the head of a page is what is left of the row before: words without a name and values."""
        if row >= len(self.grid):
            return False
        own = {c: cell for c in self.columns.at if (cell := self._cell(row, c)) is not None and cell.row == row}
        said = {concept for concept, cell in own.items() if tight(cell)}
        above = next((cell for cell in self.grid[row - 1] if cell is not None and cell.row == row - 1), None)
        if above is None or not said or all(cell.page == above.page for cell in own.values()):
            return False
        if said & {"target", "actual", "max_score", "score", "operator", "unit"}:
            return False
        levels = [own[kind] for kind in ("level1", "level2") if kind in said]
        if any(id(cell) not in self.rests for cell in levels):
            return False
        return bool(levels) or "name" not in said

    def _level_weight(self, row: int, kind: Literal["level1", "level2"]) -> None:
        """A weight in a column of its own beside the level's."""
        cell = self._cell(row, f"{kind}_max")
        if cell is None or cell.row != row:
            return
        text = cell.text.tight()
        points = read_points(text.string)
        if points is not None:
            label = self.levels[kind] or ""
            self.form.weights.append(
                Weight(len(self.form.weights), None, label, kind, points, None, self.form.place(text))
            )

    def _section(self, row: int) -> bool:
        """A row of one cell over all columns: a level as a heading, or words."""
        cells = [cell for cell in self._distinct(row) if tight(cell) and cell.row == row]
        reaching = [cell for cell in self._distinct(row) if tight(cell) and cell.row < row]
        if len(cells) != 1 or cells[0].column_span < 3 or (reaching and cells[0].column_span < 4):
            return False
        text = cells[0].text.tight()
        mark = table_words.weight_mark(text.string)
        words = text.string[: mark.start()] if mark else text.string
        words = words.lstrip("一二三四五六七八九十、1234567890.()")
        if table_words.is_level1(words):
            self.levels = {"level1": self.form.level("level1", text) and words, "level2": None}
        elif table_words.is_level2(words):
            self.levels["level2"] = self.form.level("level2", text) and words
        else:
            self.form.add_words(text)
        return True

    def _distinct(self, row: int) -> Sequence[Cell]:
        seen: list[Cell] = []
        for cell in self.grid[row]:
            if cell is not None and (not seen or seen[-1] is not cell):
                seen.append(cell)
        return seen

    # --- total ---

    def _total(self, row: int) -> bool:
        """The row of the total; its numbers by column, or in order where the row is merged otherwise."""
        cells = [cell for cell in self._distinct(row) if tight(cell) and cell.row == row]
        label = next((cell for cell in cells if table_words.is_total_row(tight(cell))), None)
        if label is None or cells.index(label) > 1:
            return False
        rest = cells[cells.index(label) + 1 :]
        graded = [cell for cell in rest if self.form.set_grade(cell.text.tight())]
        numbers = [cell for cell in rest if cell not in graded and read_points(tight(cell)) is not None]
        most, score = self._cell(row, "max_score"), self._cell(row, "score")
        by_column = {id(c) for c in (most, score) if c is not None} >= {id(c) for c in numbers}
        if by_column and most is not score:
            chosen = (most if most in numbers else None, score if score in numbers else None)
        elif score in numbers and most is not score:
            # Points given by others stand beside those of the unit itself.
            chosen = (most if most in numbers else None, score)
        elif len(numbers) == 2:
            chosen = (numbers[0], numbers[1])
        else:
            chosen = (None, numbers[0] if len(numbers) == 1 else None)
        texts = [cell.text.tight() if cell is not None else None for cell in chosen]
        self.form.add_total(label.text.tight(), texts[0], texts[1])
        return True


def _is_cut_level(parts: Sequence[Cell], count: int) -> bool:
    """Whether so many cells on pages that follow each other are one level and not two."""
    return (
        len(parts) == count
        and all(above.page < below.page for above, below in pairwise(parts))
        and not (_is_level(tight(parts[0])) and any(_is_level(tight(part)) for part in parts[1:]))
        and _is_level("".join(tight(part) for part in parts))
    )


def _is_level(words: str) -> bool:
    mark = table_words.weight_mark(words)
    name = words[: mark.start()] if mark else words
    return table_words.is_level1(name) or table_words.is_level2(name)
