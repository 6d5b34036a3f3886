"""The places at which a text may be cut: paragraphs, lines, sentences, lines of code.

A boundary is the offset at which the following text begins, behind the white space. Every pattern begins with a plain
set of characters, which the regular-expression engine skips to quickly, and none can go back over what it has read, so
that a megabyte of one character takes no longer than a megabyte of prose.
"""

from __future__ import annotations

import re

_PARAGRAPH = re.compile(r"\n(?:[ \t]*+\n)++\s*+")
# In hard-wrapped text a line often ends within a sentence; the next then mostly begins with a small letter.
_LINE = re.compile(r"\n\s*+(?![a-z])")
_CODE_LINE = re.compile(r"\n\s*+")
# Behind a full stop comes white space; behind an ideographic one comes the next sentence. Small letters may follow:
# chats and old collections know no others.
_SENTENCE = re.compile(r"[.!?…。！？｡।॥؟۔](?:[\"'”’)\]»]{0,2}\s++|(?<=[。！？｡])[」』）】》”’！？。]*+\s*+)")
_ABBREVIATED = (
    "mr mrs ms dr prof st vs etc e.g i.e cf al fig figs eq eqs nos vol pp ch eds jr sr inc ltd approx ca "
    "bzw z.b d.h nr bd hrsg usw vgl"
)
_ABBREVIATIONS = frozenset(_ABBREVIATED.split())
_LONGEST_ABBREVIATION = 8


def paragraphs(text: str) -> list[int]:
    """Return where paragraphs begin, behind empty lines."""
    return [match.end() for match in _PARAGRAPH.finditer(text)]


def lines(text: str) -> list[int]:
    """Return where lines begin that do not go on with a sentence."""
    return [match.end() for match in _LINE.finditer(text)]


def code_lines(text: str) -> list[int]:
    """Return where lines begin, as in program text."""
    return [match.end() for match in _CODE_LINE.finditer(text)]


def sentences(text: str) -> list[int]:
    """Return where sentences begin."""
    return [match.end() for match in _SENTENCE.finditer(text) if not _abbreviated(text, match.start())]


def _abbreviated(text: str, stop: int) -> bool:
    if text[stop] != ".":
        return False
    words = text[max(0, stop - _LONGEST_ABBREVIATION) : stop].split()
    word = words[-1].lstrip("([\"'") if words else ""
    return (len(word) == 1 and word.isalpha()) or word.lower() in _ABBREVIATIONS
