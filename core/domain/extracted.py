"""What an extractor gives: text, the places in it, and what is known about it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

PAGE_KINDS = ("page", "slide")
HEADING_KINDS = ("heading", "sheet", "symbol", "message")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in the text.

    Attributes:
        kind: `page`, `slide`, `sheet`, `heading`, `symbol` (of code), `message` (of a mailbox) or `line`.
        start: Character offset in the text at which the place begins; it lasts to the next anchor of its kind.
        label: The page number, the heading's words, the sheet's name, …
        level: Depth of a heading, from 1; 0 for the other kinds.
    """

    kind: str
    start: int
    label: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a reader of the file should know, such as pages without text.

    Attributes:
        code: `no_text` (pages without text), `truncated` (a limit cut the text), `attachments`, `repaired`,
            `part_failed`.
        message: One plain sentence.
    """

    code: str
    message: str

    @property
    def partial(self) -> bool:
        """Whether a part of the document could not be read."""
        return self.code in ("no_text", "truncated", "part_failed")


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of one document.

    Attributes:
        text: The whole text; line ends are LF, no NUL, no lone surrogate.
        anchors: Places, ordered by `start`, all inside the text.
        metadata: Plain facts: `title`, `author`, `created` (ISO 8601), `language`, `pages`, … Values are strings or
            numbers.
        warnings: What could not be read, or should be known.
    """

    text: str
    anchors: tuple[Anchor, ...] = ()
    metadata: Mapping[str, str | int | float] = field(default_factory=dict)
    warnings: tuple[Remark, ...] = ()


class Places:
    """Looks up the page and the heading path at an offset, for anchors that are ordered by `start`."""

    def __init__(self, anchors: tuple[Anchor, ...]) -> None:
        self._pages = [(a.start, int(a.label)) for a in anchors if a.kind in PAGE_KINDS and a.label.isdigit()]
        self._paths: list[tuple[int, str]] = []
        path: list[tuple[int, str]] = []
        for anchor in anchors:
            if anchor.kind in HEADING_KINDS:
                level = anchor.level or 1
                path = [(depth, label) for depth, label in path if depth < level] + [(level, anchor.label)]
                self._paths.append((anchor.start, " › ".join(label for _, label in path)))
        self._page_starts = [start for start, _ in self._pages]
        self._path_starts = [start for start, _ in self._paths]

    def changes(self, start: int, end: int) -> list[tuple[int, int | None, str | None]]:
        """Return where, behind `start` and before `end`, another page or heading begins: offset, page, heading path."""
        pages = self._page_starts[bisect_right(self._page_starts, start) : bisect_left(self._page_starts, end)]
        paths = self._path_starts[bisect_right(self._path_starts, start) : bisect_left(self._path_starts, end)]
        return [(offset, self.page(offset), self.heading(offset)) for offset in sorted({*pages, *paths})]

    def page(self, offset: int) -> int | None:
        """Return the page or slide number at `offset`, or None where the document has no pages."""
        index = bisect_right(self._page_starts, offset) - 1
        return self._pages[index][1] if index >= 0 else None

    def heading(self, offset: int) -> str | None:
        """Return the heading path at `offset` (`Chapter › Section`), or None above the first heading."""
        index = bisect_right(self._path_starts, offset) - 1
        return self._paths[index][1] if index >= 0 else None
