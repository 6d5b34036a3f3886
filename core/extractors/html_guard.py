"""Makes HTML shallow before it is parsed.

The parser's time grows with the square of the nesting: 100,000 open `<div>` take it most of a minute. No page that a
person reads is nested deeper than a few hundred elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

DEPTH_LIMIT = 1_000

_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|textarea|title|xmp|iframe|noembed|noframes)\b.*?(?:</\1\b|\Z)|<(/?)([a-zA-Z][^\s/>]*)",
    re.DOTALL | re.IGNORECASE,
)
# Elements without an end, or which the next one of their kind ends: however many there are, they do not nest.
_NO_DEPTH = (
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"),
    *("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup", "rt", "rp"),
    *("html", "head", "body"),
)


def shallow(markup: str) -> str:
    """Return the markup, with line breaks for tags of elements nested deeper than `DEPTH_LIMIT`."""
    cuts = list(_too_deep(markup))
    if not cuts:
        return markup
    pieces, position = [], 0
    for start, end in cuts:
        pieces.append(markup[position:start])
        position = end
    return "<br>".join([*pieces, markup[position:]])


def _too_deep(markup: str) -> Iterator[tuple[int, int]]:
    depth = 0
    for match in _TAG.finditer(markup):
        closing, name = match[2], match[3]
        if name is None or name.lower() in _NO_DEPTH:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > DEPTH_LIMIT or (closing and depth == DEPTH_LIMIT):
            end = markup.find(">", match.end())
            yield match.start(), end + 1 if end >= 0 else len(markup)
