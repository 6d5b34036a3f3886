"""Source code as it is written, with the places where things are defined, so that a passage is a function or a class.

Python is read by its own parser; other languages by a line pattern for definitions, where indentation gives the depth.
That misses and misreads some, which costs a heading and never any text.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from core.domain.extracted import Extracted
from core.domain.media import KINDS
from core.extractors.builder import TextBuilder
from core.extractors.code_patterns import DEFINITIONS
from core.extractors.failures import translated
from core.extractors.text import add_lines, read_clean

PARSED_CHARACTERS = 2_000_000
"""Python source up to this length is parsed: a syntax tree takes some hundred times the memory of its text."""

_COMMENT = ("//", "/*", "*", "@", "#[", "# ", "#:", "--", ";;", "%%")
_OUTSIDE = "<module>"


class Symbol(NamedTuple):
    """A definition: offset of its first line (comments and decorators above included), its name, its depth from 1."""

    start: int
    name: str
    level: int


class CodeExtractor:
    """Reads source code of one language.

    Args:
        language: A kind of the family `code`.
    """

    media_types: tuple[str, ...] = tuple(kind.media_type for kind in KINDS.values() if kind.family == "code")

    def __init__(self, language: str) -> None:
        self._language = language

    def extract(self, path: Path) -> Extracted:
        """Return the code as it is written; raises `ExtractionFailed` (`unreadable`, `vanished`)."""
        with translated("source file"):
            builder = TextBuilder()
            text = read_clean(path, builder)
            add_lines(builder, text)
            for start, name, level in symbols(text, self._language):
                builder.mark(start, "symbol", name, level)
            return builder.build()


def symbols(text: str, language: str) -> list[Symbol]:
    """Return the definitions in the code of a language, in order; none for a language without a pattern."""
    if language == "python" and len(text) <= PARSED_CHARACTERS:
        try:
            return _python_symbols(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            pass  # Python 2, a template, a fragment: the line pattern still finds its definitions
    pattern = DEFINITIONS.get(language)
    return list(_line_symbols(text, pattern)) if pattern else []


def _python_symbols(text: str) -> list[Symbol]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about somebody else's code
        module = ast.parse(text)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    found = [*_definitions(module.body, 1, starts, text), *_after_definitions(module, starts)]
    return sorted(found)


def _definitions(body: list[ast.stmt], level: int, starts: list[int], text: str) -> Iterator[Symbol]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            line = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            yield Symbol(_with_comments(text, starts[line - 1]), node.name, level)
            yield from _definitions(node.body, level + 1, starts, text)
        elif isinstance(node, ast.If | ast.Try | ast.With):
            yield from _definitions(node.body, level, starts, text)
            if not isinstance(node, ast.With):
                yield from _definitions(node.orelse, level, starts, text)


def _after_definitions(module: ast.Module, starts: list[int]) -> Iterator[Symbol]:
    """Yield the places where code outside of definitions goes on, so that it is not taken for the one above it."""
    inside = False
    for node in module.body:
        definition = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        if inside and not definition:
            yield Symbol(starts[node.lineno - 1], _OUTSIDE, 1)
        inside = definition


def _line_symbols(text: str, pattern: re.Pattern[str]) -> Iterator[Symbol]:
    open_indents: list[int] = []
    for match in pattern.finditer(text):
        name = " ".join(next((group for group in match.groups() if group), "").split())
        if not name:
            continue
        line = match.start()
        indent = len(match[0]) - len(match[0].lstrip())
        while open_indents and open_indents[-1] >= indent:
            open_indents.pop()
        open_indents.append(indent)
        yield Symbol(_with_comments(text, line), name, len(open_indents))


def _with_comments(text: str, start: int) -> int:
    """Return the start of the comment, attributes or annotations that stand directly above the line at `start`."""
    while start > 0:
        above = text.rfind("\n", 0, start - 1) + 1
        if not text[above:start].lstrip().startswith(_COMMENT):
            break
        start = above
    return start
