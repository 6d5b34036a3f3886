"""Streams for the tests: files, and what looks like a terminal."""

from __future__ import annotations

import io


class Stream(io.StringIO):
    """Keeps what is written; says that it is a terminal if told so."""

    def __init__(self, terminal: bool = False) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    @property
    def text(self) -> str:
        return self.getvalue()
