"""The log in the data folder: what happened, in ids, kinds and sizes; never a text, a query, a title, a path or a key.

Every record goes through `SafeFormatter`, whoever wrote it: a message may hold what an exception of a library said.
"""

from __future__ import annotations

import logging
import re
import traceback
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

MOST_BYTES = 1_000_000
KEPT = 3
NAME = "carrel.log"
_FRAMES = 8
_OURS = ("core", "desktop")  # the window logs into the same file

_SECRETS = (
    (re.compile(r"\bsk-[\w-]{6,}|\bBearer\s+\S+", re.IGNORECASE), "(key)"),
    (re.compile(r"\b((?:api[_-]?)?key|token|password|secret)\s*[=:]\s*\S+", re.IGNORECASE), r"\1=(key)"),
    (re.compile(r"“[^”]*”|„[^“]*“|«[^»]*»|(?<!\w)b?'[^']*'|(?<!\w)b?\"[^\"]*\""), "(quoted)"),
    # To the end of the line: nobody can tell where a name with spaces ends.
    (re.compile(r"(?<![\w./])(?:[A-Za-z]:|~\w*)?[\\/](?=\w|\\)[^\n]*"), "(path)"),
)


class SafeFormatter(logging.Formatter):
    """Writes records without what is the user's own."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S%z")

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as a line, and a line for an exception: its kinds and places, without its words."""
        line = super().format(_plain(record))
        if record.exc_info and record.exc_info[1]:
            line += "\n  " + places(record.exc_info[1])
        return line


def _plain(record: logging.LogRecord) -> logging.LogRecord:
    message = record.getMessage()
    for pattern, instead in _SECRETS:
        message = pattern.sub(instead, message)
    facts = record.__dict__ | {"msg": message, "args": None, "exc_info": None, "exc_text": None, "stack_info": None}
    return logging.makeLogRecord(facts)


def places(error: BaseException) -> str:
    """Return the kind of an exception, where it was raised, and the same of what caused it."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    trace = " < ".join(f"{'/'.join(Path(each.filename).parts[-2:])}:{each.lineno}" for each in reversed(frames))
    cause = error.__cause__ or error.__context__
    return f"{type(error).__name__} at {trace}" + ("" if cause is None else f"; from {places(cause)}")


class LogFile(RotatingFileHandler):
    """The log of an open data folder: takes what the engine and the window log, until it is closed."""

    def __init__(self, folder: Path) -> None:
        """`folder` is the data folder; the file is made with the first record."""
        super().__init__(folder / NAME, maxBytes=MOST_BYTES, backupCount=KEPT, encoding="utf-8", delay=True)
        self.setFormatter(SafeFormatter())
        for name in _OURS:
            logging.getLogger(name).addHandler(self)

    def _open(self) -> TextIOWrapper:
        stream = super()._open()
        Path(self.baseFilename).chmod(0o600)
        return stream

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is that of `logging`
        """Leave the record out: a disk that is full must not stop what is being logged about."""

    def close(self) -> None:
        """Take no more records."""
        for name in _OURS:
            logging.getLogger(name).removeHandler(self)
        super().close()
