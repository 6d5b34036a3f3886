"""Makes HTML shallow before it is parsed.

The parser's time grows with the square of the nesting: 100,000 open `<div>` take it most of a minute. No page that a
person reads is nested deeper than a few hundred elements. So it does with the attributes of one element, of which
nobody writes more than some dozens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

DEPTH_LIMIT = 1_000

FORMATTING_LIMIT = 100
"""Open elements such as `<b>`; the parser opens those that were not closed again in each paragraph that follows."""

ATTRIBUTE_LIMIT = 500
_START = re.compile(r"<([a-zA-Z][^\s/>]{0,100})([^>]*)")
_LONG = 2 * ATTRIBUTE_LIMIT
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_ATTRIBUTE = re.compile(r"[\s/]+[^\s/]")

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
_FORMATTING = ("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")


def shallow(markup: str) -> str:
    """Return the markup without tags that are nested too deeply, and without attributes by the hundred; text stays."""
    markup = _START.sub(_with_few_attributes, markup)
    pieces: list[str] = []
    position = 0
    for start, end, instead in _too_deep(markup):
        pieces += (markup[position:start], instead)
        position = end
    return "".join([*pieces, markup[position:]]) if pieces else markup


def _with_few_attributes(tag: re.Match[str]) -> str:
    if len(tag[2]) < _LONG:
        return tag[0]
    count = len(_ATTRIBUTE.findall(_QUOTED.sub("", tag[2])))
    return tag[0] if count <= ATTRIBUTE_LIMIT else f"<{tag[1]}"


def _too_deep(markup: str) -> Iterator[tuple[int, int, str]]:
    """Yield begin and end of each tag to leave out, and what to put in its place."""
    depths = {False: 0, True: 0}
    for match in _TAG.finditer(markup):
        closing, name = match[2], (match[3] or "").lower()
        if not name or name in _NO_DEPTH:
            continue
        formatting = name in _FORMATTING
        limit = FORMATTING_LIMIT if formatting else DEPTH_LIMIT
        depth = depths[formatting]
        depths[formatting] = max(0, depth - 1) if closing else depth + 1
        if depth > limit or (depth == limit and not closing):
            end = markup.find(">", match.end())
            yield match.start(), end + 1 if end >= 0 else len(markup), "" if formatting else "<br>"
            if end < 0:
                return
