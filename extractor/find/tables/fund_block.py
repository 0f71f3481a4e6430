"""The fund block of a ruled form: rows of sums under their heads, or heads with their sum beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from extractor.find.tables import words as table_words
from extractor.find.tables.columns import Columns, Grid, tight
from extractor.find.tables.facts import FormBuilder
from extractor.find.tables.values import read_money
from extractor.model import Cell
from extractor.text import Text


class FundBlock:
    """Reads the rows below one band of fund heads."""

    def __init__(self, form: FormBuilder, grid: Grid, columns: Columns) -> None:
        self.form = form
        self.grid = grid
        self.columns = columns
        for row in range(columns.start, columns.end):
            for cell in grid[row]:
                if cell is not None:
                    form.funds.set_unit(tight(cell))

    def read(self, ends: Callable[[int], bool]) -> int:
        """Read rows until another part of the form begins; the first row that was not read."""
        row = self.columns.end
        while row < len(self.grid) and not ends(row):
            if not self._row(row):
                break
            row += 1
        return max(row, self.columns.end)

    def _row(self, row: int) -> bool:
        """Read one row; False where it is no row of the block."""
        if self.columns.parts:
            return self._parts_row(row)
        label = self._label(row)
        cells: dict[str, Text] = {}
        for concept, numbers in self.columns.at.items():
            own, value = self._pair(row, numbers)
            if value is not None:
                cells[concept] = value
            if own is not None and (label is None or label is own or concept in table_words.FUND_CONCEPTS):
                label = own if label is None else label
        if label is not None:
            label = table_words.of_one_row(label, self.form.starts, table_words.is_fund_part)
        words = [c for c in cells if c in table_words.FUND_CONCEPTS and _is_words(cells[c].string)]
        if label is None or (words and not table_words.is_fund_part(label.string)):
            return False
        if not any(c in cells for c in table_words.FUND_CONCEPTS):
            return table_words.is_fund_part(label.string) or table_words.is_fund_total(label.string)
        self.form.funds.add_row(label, cells, self.columns.heads)
        return True

    def _label(self, row: int) -> Text | None:
        """The words of the nearest cell left of the sums, if they are not the block's own label."""
        for number in range(self.columns.first - 1, -1, -1):
            cell = self.grid[row][number]
            words = tight(cell)
            # What begins above the rows stands beside the whole block.
            if cell is None or not words or cell.row < self.columns.end:
                continue
            if table_words.block_of(words) == "funds" and not table_words.is_fund_part(words):
                return None
            return cell.text.tight()
        return None

    def _pair(self, row: int, numbers: Sequence[int]) -> tuple[Text | None, Text | None]:
        """Label and value under one head; a label stands there where a head covers both."""
        cells: list[Cell] = []
        for number in numbers:
            cell = self.grid[row][number]
            if cell is not None and tight(cell) and not any(cell is other for other in cells):
                cells.append(cell)
        if not cells:
            return None, None
        if len(cells) > 1 and _is_words(tight(cells[0])):
            return cells[0].text.tight(), cells[-1].text.tight()
        if len(numbers) > 1 and len(cells) == 1 and _is_words(tight(cells[0])):
            return cells[0].text.tight(), None
        return None, cells[0].text.tight()

    def _parts_row(self, row: int) -> bool:
        """A row whose columns are sources of money: each sum is a fund labelled by its column's head."""
        sums = {
            number: found.text.tight()
            for number in self.columns.parts
            if (found := self.grid[row][number]) is not None and tight(found)
        }
        rest = {
            concept: found.text.tight()
            for concept, numbers in self.columns.at.items()
            if not any(n in self.columns.parts for n in numbers)
            and (found := self.grid[row][numbers[0]]) is not None
            and tight(found)
        }
        if not sums and not rest:
            return False
        ordered = sorted(sums, key=lambda n: not table_words.is_fund_total(self.columns.parts[n][1].string))
        by_label: dict[str, tuple[Text, dict[str, Text]]] = {}
        for number in ordered:
            concept, label = self.columns.parts[number]
            by_label.setdefault(label.string, (label, {}))[1][concept] = sums[number]
        for position, (label, own) in enumerate(by_label.values()):
            self.form.funds.add_row(label, {**own, **(rest if position == 0 else {})}, self.columns.heads)
        return True


def _is_words(words: str) -> bool:
    """Whether a cell of sums holds words instead of a sum, a rate or a sign for nothing."""
    return not table_words.is_empty(words) and not words[:1].isdigit() and read_money(words, None) is None


def add_labelled_sums(form: FormBuilder, cells: Sequence[Cell]) -> bool:
    """Heads with their sum in the next cell (预算数(A) | 23万 | 预算执行率 | 100%); whether the row was one of them."""
    found: dict[str, tuple[Text, Text]] = {}
    for label, value in pairwise(cells):
        head = table_words.head_of(tight(label).rstrip(":"), "fund")
        if head is None or head.concept not in (*table_words.FUND_CONCEPTS, "rate", "arrival_rate"):
            continue
        if read_money(tight(value), None) is not None or tight(value).endswith("%"):
            found[head.concept] = (label.text.tight(), value.text.tight())
    if not found or not any(concept in table_words.FUND_CONCEPTS for concept in found):
        return False
    first = next(pair[0] for concept, pair in found.items() if concept in table_words.FUND_CONCEPTS)
    for cell in cells:
        form.funds.set_unit(tight(cell))
    heads = {concept: pair[0].string for concept, pair in found.items()}
    form.funds.add_row(first, {concept: pair[1] for concept, pair in found.items()}, heads)
    return True
