"""Markdown, kept as it is written: its marks are light enough to read, and a passage shows what the file shows."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from core.domain.extracted import Extracted
from core.extractors.builder import TextBuilder
from core.extractors.failures import translated
from core.extractors.text import add_lines, read_clean

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_NO_PARAGRAPH = re.compile(
    r"[ \t]*$| {4}| {0,3}(?:[-=_*][ \t]*)+$|\t| {0,3}(?:#{1,6}\s|>|[-*+]\s|\d{1,9}[.)]\s|\||<|```|~~~)"
)
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|\{[#.][^}]*\}|[*`]|(?<!\w)_+|_+(?!\w)")

_HEADING_LIMIT = 1_000
"""Characters of a line that may be a heading; longer ones are none, and would take the expressions above too long."""

_FRONT_MATTER = re.compile(r"\s*(---|\+\+\+)[ \t]*\n(.*?)\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_MATTER_LIMIT = 20_000
_FACT = re.compile(r"([A-Za-z][\w-]*):[ \t]*(.*)")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.+)")
_KEYS = {
    "title": "title",
    "author": "author",
    "authors": "author",
    "date": "created",
    "created": "created",
    "tags": "tags",
    "keywords": "tags",
    "lang": "language",
    "language": "language",
    "description": "description",
}


class Heading(NamedTuple):
    """A heading of a Markdown text: offset of its line, its words, its depth from 1."""

    start: int
    label: str
    level: int


class MarkdownExtractor:
    """Reads Markdown with its headings and its front matter (YAML or TOML)."""

    media_types: tuple[str, ...] = ("text/markdown",)

    def extract(self, path: Path) -> Extracted:
        """Return the text as it is written; raises `ExtractionFailed` (`unreadable`, `vanished`)."""
        with translated("Markdown file"):
            builder = TextBuilder()
            text = read_clean(path, builder)
            add_lines(builder, text)
            metadata, body = front_matter(text)
            found = list(headings(text, body))
            for start, label, level in found:
                builder.mark(start, "heading", label, level)
            if found and found[0].level == 1:
                metadata.setdefault("title", found[0].label)
            return builder.build(metadata)


def headings(text: str, start: int = 0) -> Iterator[Heading]:
    """Yield the headings (`# …` and underlined) from an offset on, leaving out code between fences."""
    fence = ""
    before, paragraph = start, ""  # the line above, if it may be a heading: a paragraph of one line
    alone = True
    for line_start, line in _lines(text, start):
        if fence:
            mark = line.strip()
            if mark.startswith(fence) and not mark.strip(fence[0]):
                fence = ""
            continue
        if len(line) > _HEADING_LIMIT:
            paragraph, alone = "", False
            continue
        underline = _UNDERLINE.fullmatch(line) if paragraph and alone else None
        if underline:
            yield Heading(before, plain(paragraph), 1 if "=" in underline[1] else 2)
        elif match := _FENCE.match(line):
            fence = match[1]
        elif (match := _ATX.fullmatch(line)) and (label := plain(match[2] or "")):
            yield Heading(line_start, label, len(match[1]))
        is_paragraph = not underline and not _NO_PARAGRAPH.match(line)
        alone = not (paragraph and is_paragraph)
        before, paragraph = line_start, line if is_paragraph else ""


def plain(label: str) -> str:
    """Return a heading's words without marks for links, emphasis, code and attributes."""
    return " ".join(_MARKUP.sub(lambda match: match[1] or "", label).split())


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """Return the facts at the top of a Markdown file, by our names for them, and the offset behind them."""
    match = _FRONT_MATTER.match(text[:_FRONT_MATTER_LIMIT])
    if match is None:
        return {}, 0
    facts = _toml_facts(match[2]) if match[1] == "+++" else _yaml_facts(match[2])
    metadata: dict[str, str] = {}
    for key, values in facts.items():
        name = _KEYS.get(key.lower())
        if name and values:
            metadata.setdefault(name, ", ".join(values))
    return metadata, match.end()


def _lines(text: str, start: int) -> Iterator[tuple[int, str]]:
    while start < len(text):
        end = text.find("\n", start)
        end = end if end >= 0 else len(text)
        yield start, text[start:end]
        start = end + 1


def _toml_facts(block: str) -> dict[str, list[str]]:
    try:
        facts = tomllib.loads(block)
    except tomllib.TOMLDecodeError:
        return {}
    return {
        key: [str(each) for each in (value if isinstance(value, list) else [value])] for key, value in facts.items()
    }


def _yaml_facts(block: str) -> dict[str, list[str]]:
    """Return the plain facts and lists of a YAML block; whatever else YAML can say is left out."""
    facts: dict[str, list[str]] = {}
    key = ""
    for line in block.split("\n"):
        if match := _FACT.fullmatch(line.rstrip()):
            key, value = match[1], match[2]
            in_brackets = value.startswith("[") and value.endswith("]")
            values = value[1:-1].split(",") if in_brackets else [value]
            facts[key] = [word for each in values if (word := _unquoted(each))]
        elif key and (match := _ITEM.fullmatch(line)):
            facts[key].append(_unquoted(match[1]))
    return {key: [value for value in values if value not in ("|", ">", "|-", ">-")] for key, values in facts.items()}


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value.partition(" #")[0].strip()
