"""Which paths were imported, and what each holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows of a path: while all of it stays the same and `retry` is false, the file is unchanged."""

    document_id: str
    sha256: str | None
    extractor_version: str
    retry: bool


@dataclass(slots=True)
class Paths:
    """Paths by name and by document; files with the same bytes are one document."""

    _known: dict[str, Known] = field(default_factory=dict)
    _of_document: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __contains__(self, path: str) -> bool:
        return path in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def get(self, path: str) -> Known | None:
        """What is known of a path."""
        return self._known.get(path)

    def of(self, document_id: str) -> list[str]:
        """The paths of a document, the last one last."""
        return list(self._of_document.get(document_id, ()))

    def set(self, path: str, known: Known) -> None:
        """Know a path, or know it anew."""
        self.drop(path)
        self._known[path] = known
        self._of_document[known.document_id].append(path)

    def drop(self, path: str) -> None:
        """Know a path no more."""
        known = self._known.pop(path, None)
        if known is not None:
            paths = self._of_document[known.document_id]
            paths.remove(path)
            if not paths:
                del self._of_document[known.document_id]

    def as_dict(self) -> dict[str, Known]:
        """All of them."""
        return dict(self._known)
