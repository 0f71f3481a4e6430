"""Text that remembers where each of its characters stands in the source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from extractor.model import Span


def is_wide(character: str) -> bool:
    """Chinese characters and Chinese or full-width punctuation: layout white space beside them means nothing."""
    code = ord(character)
    return (
        0x2E80 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0xFE30 <= code <= 0xFE6F
        or 0xFF00 <= code <= 0xFFEF
        or 0x20000 <= code <= 0x3FFFF
        or 0x2010 <= code <= 0x203B
        or 0x2190 <= code <= 0x27BF
    )


@dataclass(frozen=True, slots=True)
class Text:
    """A string and, for each of its characters, the offset in the source that it was read from.

    Offsets need not be ascending (reading order may differ from the order in the file), but within one `Text` made by a
    reader they are.
    """

    string: str
    origin: Sequence[int]

    @classmethod
    def of(cls, string: str, offset: int = 0) -> Text:
        """`string` as it stands in the source from `offset` on."""
        return cls(string, range(offset, offset + len(string)))

    @classmethod
    def join(cls, parts: Iterable[Text], separator: str = "") -> Text:
        """The parts one after another; a separator stands for the source character behind the part before it."""
        string: list[str] = []
        origin: list[int] = []
        for part in parts:
            if separator and string:
                string.append(separator)
                origin.extend([origin[-1] + 1 if origin else 0] * len(separator))
            string.append(part.string)
            origin.extend(part.origin)
        return cls("".join(string), origin)

    def __len__(self) -> int:
        return len(self.string)

    def __str__(self) -> str:
        return self.string

    def __bool__(self) -> bool:
        return bool(self.string)

    def slice(self, start: int, end: int) -> Text:
        """The characters from `start` to `end`."""
        return Text(self.string[start:end], self.origin[start:end])

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The source range of the characters from `start` to `end` (of all of them by default)."""
        end = len(self.string) if end is None else end
        if start >= end:
            at = self.origin[start] if start < len(self.origin) else (self.origin[-1] + 1 if self.origin else 0)
            return Span(at, at)
        return Span(self.origin[start], self.origin[end - 1] + 1)

    def strip(self) -> Text:
        """Without white space at both ends."""
        left = len(self.string) - len(self.string.lstrip())
        right = len(self.string.rstrip())
        return self.slice(left, max(left, right))

    def fold(self, table: Mapping[int, str]) -> Text:
        """Each character replaced by what `table` gives for its code point ('' drops it), origins carried along."""
        string = self.string
        whole = string.translate(table)
        if whole == string:
            return self
        if all(len(table.get(ord(character), character)) == 1 for character in set(string)):
            return Text(whole, self.origin)
        origin: list[int] = []
        for character, at in zip(string, self.origin, strict=True):
            origin.extend([at] * len(table.get(ord(character), character)))
        return Text(whole, origin)

    def keep(self, wanted: Callable[[int], bool]) -> Text:
        """Only the characters whose position `wanted` accepts."""
        kept = [i for i in range(len(self.string)) if wanted(i)]
        if len(kept) == len(self.string):
            return self
        return Text("".join(self.string[i] for i in kept), [self.origin[i] for i in kept])

    def tight(self) -> Text:
        """Without layout white space: none beside a Chinese character or at an end, at most one blank elsewhere.

        `2024 年度` and `2024年⏎度` both become `2024年度`; `PPE project` and `187, 248.74` keep their blank.
        """
        string = self.string
        # Splitting asks the same of each character as `isspace`, at the speed of C.
        if string.split(None, 1)[:1] in ([], [string]) and not string.isspace():
            return self

        def wanted(i: int) -> bool:
            if not string[i].isspace():
                return True
            if i and string[i - 1].isspace():
                return False
            before = i - 1
            after = i + 1
            while after < len(string) and string[after].isspace():
                after += 1
            return before >= 0 and after < len(string) and not is_wide(string[before]) and not is_wide(string[after])

        kept = self.keep(wanted)
        return Text("".join(" " if c.isspace() else c for c in kept.string), kept.origin)
