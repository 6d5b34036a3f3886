"""Puts a document's text together block by block, and keeps the anchors right while it grows.

Every extractor needs the same four things: blocks parted by a blank line, anchors at the text that follows them,
text that the store and both indices can take, and an end before a hostile file fills the memory.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from core.domain.extracted import Anchor, Extracted, Remark

CHARACTER_LIMIT = 5_000_000
"""Characters kept of one document: some 2,500 pages."""

ANCHOR_LIMIT = 20_000
"""Anchors kept of one document; each heading begins a passage, and a file can hold a million of nothing else."""

LABEL_LIMIT = 200
"""Characters kept of an anchor's label."""

_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Return `text` as `Extracted` promises it.

    Line ends become LF and other control characters a space. NUL goes, and so does the soft hyphen: a word that holds
    one would never be found. Surrogate pairs are joined, lone surrogates become U+FFFD.
    """
    text = _LINE_ENDS.sub("\n", text).replace("\0", "").replace("\xad", "")
    text = _CONTROLS.sub(" ", text)
    if _SURROGATES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


class TextBuilder:
    """Collects text and anchors in reading order.

    Attributes:
        remarks: What the reader should know; the extractor appends, `build` hands them out.
        full: The limit is reached, whatever is added now is dropped: the extractor may stop.
    """

    def __init__(self, limit: int = CHARACTER_LIMIT) -> None:
        self.remarks: list[Remark] = []
        self.full = False
        self._limit = limit
        self._parts: list[str] = []
        self._length = 0
        self._anchors: list[Anchor] = []
        self._crowded = False
        self._waiting: list[tuple[str, str, int]] = []

    def __len__(self) -> int:
        """Return the number of characters so far; after `add`, the end of what was added."""
        return self._length

    def place(self, kind: str, label: str, level: int = 0) -> None:
        """Put an anchor at the next text that is added; it is dropped if none follows."""
        if len(self._waiting) < ANCHOR_LIMIT:
            self._waiting.append((kind, label, level))

    def mark(self, start: int, kind: str, label: str, level: int = 0) -> None:
        """Put an anchor at an offset of text that was added already; one behind the text is dropped by `build`."""
        if len(self._anchors) < ANCHOR_LIMIT:
            self._anchors.append(Anchor(kind, start, _label(label), level))
        elif not self._crowded:
            self._crowded = True
            self.remarks.append(
                Remark("truncated", f"Of its headings, pages and other places only {ANCHOR_LIMIT:,} were kept.")
            )

    def heading(self, text: str, level: int) -> None:
        """Add a heading: its words as a block, with their anchor."""
        if text.strip():
            self.place("heading", text, level)
            self.add(text)

    def add(self, text: str, sep: str = "\n\n") -> None:
        """Append a block, cleaned, after `sep`; text of white space alone is dropped, and its anchors wait on."""
        text = clean(text)
        if self.full or not text.strip():
            return
        if self._parts:
            text = sep + text
        start = self._length + (len(sep) if self._parts else 0)
        room = self._limit - self._length
        if len(text) > room:
            text = text[:room]
            self.full = True
            self.remarks.append(
                Remark("truncated", f"The document is very long; only its first {self._limit:,} characters were read.")
            )
        for kind, label, level in self._waiting:
            self.mark(start, kind, label, level)
        self._waiting.clear()
        self._parts.append(text)
        self._length += len(text)

    def build(self, metadata: Mapping[str, str | int | float | None] | None = None) -> Extracted:
        """Return what was collected; metadata that is None or an empty string is left out."""
        facts = {
            key: " ".join(clean(value).split()) if isinstance(value, str) else value
            for key, value in (metadata or {}).items()
            if value is not None
        }
        return Extracted(
            text="".join(self._parts),
            anchors=tuple(sorted((a for a in self._anchors if a.start < self._length), key=lambda a: a.start)),
            metadata={key: value for key, value in facts.items() if value != ""},
            warnings=tuple(self.remarks),
        )


def _label(text: str) -> str:
    return " ".join(clean(text).split())[:LABEL_LIMIT]


def numbered(noun: str, numbers: Sequence[int]) -> str:
    """Return ascending numbers in words for a remark: `page 3` or `pages 3-17, 20`."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    words = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)
    return f"{noun}{'s' if len(numbers) > 1 else ''} {words}"
