"""Which stretches between two nodes can be a cell of a column of the indicator block, and what each costs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extractor.find.flat import fits
from extractor.find.flat.nodes import Nodes
from extractor.find.tables import words as table_words

#: No value with figures is longer.
_SHORT = 30
#: Cells of these columns are short.
_LONGEST = {
    "max_score": 8,
    "score": 8,
    "level1_max": 8,
    "level2_max": 8,
    "operator": 6,
    "unit": 14,
    "sequence": 3,
    "ratio": 12,
    "other": 12,
    "level1": 28,
    "level2": 28,
    "status": 24,
}
_LEVEL, _FIGURE, _WORDED = 3.5, 2.0, 0.5


class _Stretch(NamedTuple):
    """What can be a cell: where it ends, what it costs to run over what it runs over, and its words.

    `inner` is the further cost of words that run over levels, figures and usual values.
    """

    end: int
    joined: float
    inner: float
    words: str


class CellFits:
    """Costs of cells, counted once each."""

    def __init__(self, nodes: Nodes, headed: frozenset[str]) -> None:
        self.nodes = nodes
        self.headed = headed
        body = nodes.words(0, len(nodes))
        self.modern = "产出指标" in body or "完成指标" in body
        self._inner = [self._over(node) for node in range(len(nodes))]
        self._stretches: dict[int, list[_Stretch]] = {}
        self._fits: dict[tuple[str, int], list[tuple[int, float]]] = {}

    def fits(self, concept: str, start: int) -> list[tuple[int, float]]:
        """The cells of a column of this concept that can begin at a node: their ends and costs."""
        key = (concept, start)
        found = self._fits.get(key)
        if found is None:
            found = self._fits[key] = list(self._fitting(concept, start))
        return found

    def _fitting(self, concept: str, start: int) -> Iterator[tuple[int, float]]:
        if self.nodes.is_empty(start):
            if concept != "name":
                yield start + 1, 0.0
            return
        longest = _LONGEST.get(concept, 1000)
        for stretch in self._from(start):
            if len(stretch.words) > longest:
                return
            cost = stretch.joined + self._cost(concept, stretch)
            if cost < fits.HOPELESS:
                yield stretch.end, cost

    def _from(self, start: int) -> list[_Stretch]:
        """The stretches that begin at a node, the shortest first."""
        found = self._stretches.get(start)
        if found is None:
            found = self._stretches[start] = list(self._stretching(start))
        return found

    def _stretching(self, start: int) -> Iterator[_Stretch]:
        inner = 0.0
        for end, joined in self.nodes.ends(start):
            inner += self._inner[end - 1]
            words = self.nodes.words(start, end)
            if end > start + 1 and inner + joined >= fits.HOPELESS + self._inner[start]:
                # Levels and figures inside of words: only a value may be made of them, and it is short.
                if len(words) > _SHORT:
                    return
                if fits.value(words) is None:
                    continue
            whole = end == start + 1 or self._is_whole(words)
            yield _Stretch(end, joined, 0.0 if whole else inner, words)

    @staticmethod
    def _is_whole(words: str) -> bool:
        """Whether figures and levels inside of the words make one value or one level."""
        level = table_words.level_at(words, 0)
        if level is not None and level[0] == len(fits.unmarked(words)):
            return True
        return fits.value(words) is not None or fits.is_date(words)

    def _cost(self, concept: str, stretch: _Stretch) -> float:
        words = stretch.words
        if concept not in ("level1", "level2"):
            return fits.cost(concept, words) + stretch.inner
        cost = fits.level(concept, words, concept in self.headed)
        if self.modern and not self.nodes.stream.begins(self.nodes.at[stretch.end]):
            # 项目实施 before glued words begins a name where the form has the levels of the newer frame.
            cost += 0.0 if fits.unmarked(words).endswith("指标") else 1.5
        return cost

    def _over(self, node: int) -> float:
        """What it costs that a cell of words runs over what stands behind a node: a level, a figure of its own."""
        words = self.nodes.words(node, node + 1)
        if not words:
            return 0.0
        level = table_words.level_at(words, 0)
        if level is not None and level[0] >= len(fits.unmarked(words)):
            return _LEVEL if level[1] == "level1" or words[: level[0]].endswith("指标") else _WORDED
        if not self._is_ordinal(node) and (fits.value(words) or fits.is_date(words)):
            return 0.0 if self._goes_on(node) else _FIGURE
        return _WORDED if len(words) > 2 and fits.is_worded(words) else 0.0

    def _goes_on(self, node: int) -> bool:
        """Whether a figure only goes on with the digits of the one before it: together they cost once."""
        at, stream = self.nodes.at[node], self.nodes.stream
        return at > 0 and not stream.begins(at) and stream.bare[at - 1].isdigit() and stream.bare[at].isdigit()

    def _is_ordinal(self, node: int) -> bool:
        """Whether a figure is the number before a name: 2、."""
        at = self.nodes.at[node + 1]
        following = self.nodes.stream.bare[at : at + 1]
        return following in ("、", ".", ":") or self.nodes.words(max(0, node - 1), node).endswith("指标")
