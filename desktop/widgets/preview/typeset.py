"""Chooses how a document's text is set, by its kind."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from core.domain.extracted import PAGE_KINDS, Extracted
from core.domain.media import KINDS
from desktop.widgets.preview.blocks import Block, Look, Role, Run
from desktop.widgets.preview.code import code
from desktop.widgets.preview.lines import lines
from desktop.widgets.preview.markdown import markdown, notebook
from desktop.widgets.preview.prose import prose
from desktop.widgets.preview.table import table

_DATA = ("xml", "yaml", "toml", "ini")
_PART = 24_000
_CODE_PART = 8_000


def part_size(kind: str) -> int:
    """Return how many characters of a document are laid out at a time: what takes about 30 ms, colouring code being
    the slowest.
    """
    return _CODE_PART if _is_code(kind) else _PART


def _is_code(kind: str) -> bool:
    return kind in _DATA or (kind in KINDS and KINDS[kind].family == "code" and kind != "ipynb")


def typeset(extracted: Extracted, kind: str, name: str, begin: int, end: int) -> list[Block]:
    """Return `extracted.text[begin:end]` in blocks; `kind` and `name` are those of the document."""
    text, anchors = extracted.text, extracted.anchors
    family = KINDS[kind].family if kind in KINDS else "text"
    if _is_code(kind):
        return list(code(text, begin, end, kind, name))
    here = anchors[bisect_left(anchors, begin, key=_start) : bisect_left(anchors, end, key=_start)]
    part = list(lines(text, begin, end))
    if family == "table":
        return list(table(part, {each.start: each.label for each in here if each.kind == "sheet"}))
    headings = {each.start: each.level or 1 for each in here if each.kind in ("heading", "message")}
    if kind == "md":
        return list(markdown(part, headings))
    if kind == "ipynb":
        return list(notebook(part, headings))
    pages = [(each.start, each.label) for each in here if each.kind in PAGE_KINDS]
    return list(_paged(prose(part, headings, mail=family == "mail"), pages))


def _start(anchor: object) -> int:
    return anchor.start  # type: ignore[attr-defined, no-any-return] # an Anchor


def _paged(blocks: Iterable[Block], pages: list[tuple[int, str]]) -> Iterator[Block]:
    """Yield the blocks with the number of a page before the first of each."""
    waiting = list(reversed(pages))
    for block in blocks:
        start = next((run.start for run in block.runs if run.start is not None), None)
        while waiting and start is not None and waiting[-1][0] <= start:
            yield Block(Look.PAGE, 0, [Run(waiting.pop()[1], None, Role.MUTED)])
        yield block
