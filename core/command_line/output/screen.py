"""The two streams of the program: results on standard output, progress and errors on standard error.

Everything that is shown passes through here and is made harmless for a terminal here, so that no command can forget it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TextIO

from core.command_line.output.safe_text import escaped, well_formed
from core.domain.document import Document
from core.domain.match_table import write_table
from core.domain.saved_search import Mark

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Part = str | tuple[str, str]
"""A piece of a line: plain text, or text with a style such as `bold` or `red`."""

_UNBROKEN = 100_000
"""Columns of what is no terminal: nothing is broken there."""


class Screen:
    """Shows lines, tables and JSON.

    Colours and animation appear on a terminal only, and no colours where the variable NO_COLOR is set.
    """

    def __init__(self, out: TextIO, err: TextIO) -> None:
        self._out = out
        self._err = err

    def line(self, *parts: Part) -> None:
        """Show a line of the result. It is left to the terminal to break it, so that a path can be copied."""
        self._results.print(styled(*parts), soft_wrap=True)

    def paragraph(self, *parts: Part, indent: int = 0) -> None:
        """Show a text, broken between words at the right edge of a terminal."""
        width = max(20, self._results.width - indent)
        for line in styled(*parts).wrap(self._results, width):
            line.rstrip()
            self._results.print(" " * indent, line, sep="", soft_wrap=True)

    def table(self, headers: Sequence[str], rows: Iterable[Sequence[Part]]) -> None:
        """Show rows in columns; a header that begins with `#` is that of a column of numbers."""
        from rich.table import Table

        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        for header in headers:
            # Folded, not cut: a path that is cut can't be used.
            table.add_column(header.lstrip("#"), justify="right" if header.startswith("#") else "left", overflow="fold")
        for row in rows:
            table.add_row(*(styled(part) for part in row))
        with self._results.capture() as captured:
            self._results.print(table)
        self._out.writelines(line.rstrip() + "\n" for line in captured.get().splitlines())

    def json(self, document: object) -> None:
        """Write the one JSON document that a program reads."""
        # In ASCII: whatever the encoding of the stream, it holds what was meant, and nothing that a terminal obeys.
        indent = 2 if self._out.isatty() else None
        self._out.write(json.dumps(_well_formed(document), indent=indent, allow_nan=False) + "\n")

    def matches_table(self, documents: Iterable[Document], marks: Mapping[int, Mark]) -> None:
        """Write documents as CSV, for spreadsheets."""
        write_table(self._out, documents, marks)

    def note(self, *parts: Part) -> None:
        """Show a line about the work on standard error."""
        self.notes.print(styled(*parts), soft_wrap=True)

    def error(self, message: str, hint: str = "") -> None:
        """Show what went wrong in one sentence, and what to do about it."""
        self._out.flush()
        self._err.write(f"carrel: {escaped(message)}\n" + (f"  {escaped(hint)}\n" if hint else ""))
        self._err.flush()

    def ask(self, question: str) -> str | None:
        """Return what the person answers, or None where nobody can."""
        if not (sys.stdin.isatty() and self._err.isatty()):
            return None
        self._err.write(f"{escaped(question)} ")
        self._err.flush()
        return sys.stdin.readline().rstrip("\n")

    @property
    def animated(self) -> bool:
        """Whether a line on standard error can be drawn over."""
        return self._err.isatty() and not self.notes.is_dumb_terminal

    def flush(self) -> None:
        """Send on what was written so far."""
        self._out.flush()
        self._err.flush()

    @cached_property
    def notes(self) -> Console:
        """Standard error, as the library for terminals sees it."""
        return _console(self._err)

    @cached_property
    def _results(self) -> Console:
        return _console(self._out)


def styled(*parts: Part) -> Text:
    """Return the parts as one text that is safe to show."""
    from rich.text import Text

    text = Text()
    for part in parts:
        words, style = (part, "") if isinstance(part, str) else part
        text.append(escaped(words), style or None)
    return text


def _console(stream: TextIO) -> Console:
    # Imported on first use, like everything of this library: a program that reads JSON does not pay for it.
    from rich.console import Console

    class Ours(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # the library itself would end the program here

    terminal = stream.isatty()
    return Ours(
        file=stream,
        # Said outright, since the library has variables of its own by which it takes a file for a terminal.
        force_terminal=terminal,
        color_system="auto" if terminal and not os.environ.get("NO_COLOR") else None,
        width=None if terminal else _UNBROKEN,
        highlight=False,
        markup=False,
        emoji=False,
    )


def _well_formed(value: Any) -> Any:
    if isinstance(value, str):
        return well_formed(value)
    if isinstance(value, dict):
        return {key: _well_formed(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_well_formed(each) for each in value]
    return value
