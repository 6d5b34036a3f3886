"""The steps by which something becomes durable, and a process that kills itself before or after one of them."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import threading
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

from core.keyword_index.tantivy_index import TantivyIndex
from core.vector_stores import partition as partitions
from core.vector_stores.disk import Disk
from core.vector_stores.exact import ExactStore
from core.vector_stores.hnsw import HnswStore

STATEMENT = "SQL statement"
COMMIT = "SQL commit"
MOMENTS = {
    STATEMENT: 250,
    "SQL rows": 30,
    COMMIT: 60,
    "keyword commit": 30,
    "keyword reload": 30,
    "disk step": 50,
    "vectors saved": 6,
    "folder": 4,
}
"""What can be aimed at, with the most steps of its kind that are let pass before."""
Around = Callable[[str, str, Callable[..., Any], tuple[Any, ...]], Any]
"""Called in the place of a step, with its moment, its name, the function that does it, and what that is given."""
_STEPS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("disk step", Disk, ("make_folder", "write", "sync", "rename", "remove")),
    ("vectors saved", ExactStore, ("freeze",)),
    ("vectors saved", HnswStore, ("freeze",)),
    ("vectors saved", partitions, ("write_arrays",)),
    ("keyword commit", TantivyIndex, ("_finish",)),
    ("keyword reload", TantivyIndex, ("_reload",)),
    ("folder", shutil, ("rmtree",)),
    ("folder", Path, ("rename",)),
)
_READING = ("SELECT", "PRAGMA")
_WRITING_PRAGMAS = ("PRAGMA incremental_vacuum", "PRAGMA wal_checkpoint")


def put_around(around: Around) -> ExitStack:
    """Put `around` in the place of each step of this process; closing what is returned takes it out again.

    No disk is waited for: a killed process loses what it has not handed to the system, and no more; a loss of power is
    another test.
    """
    stack = ExitStack()
    stack.enter_context(mock.patch.object(os, "fsync", return_value=None))
    for moment, owner, names in _STEPS:
        for name in names:
            stack.enter_context(mock.patch.object(owner, name, _stepped(around, moment, name, getattr(owner, name))))

    class Connection(sqlite3.Connection):
        def execute(self, sql: str, *arguments: Any) -> sqlite3.Cursor:
            if sql.startswith("PRAGMA synchronous"):
                sql = "PRAGMA synchronous = OFF"
            if sql.startswith(_READING) and not sql.startswith(_WRITING_PRAGMAS):
                return super().execute(sql, *arguments)
            moment = COMMIT if sql == "COMMIT" else STATEMENT
            cursor: sqlite3.Cursor = around(moment, sql.split()[0], super().execute, (sql, *arguments))
            return cursor

        def executemany(self, *arguments: Any) -> sqlite3.Cursor:
            cursor: sqlite3.Cursor = around("SQL rows", "INSERT", super().executemany, arguments)
            return cursor

    connect = sqlite3.connect

    def connecting(*arguments: Any, **named: Any) -> sqlite3.Connection:
        return connect(*arguments, **({"factory": Connection} | named))

    stack.enter_context(mock.patch.object(sqlite3, "connect", connecting))
    return stack


def _stepped(around: Around, moment: str, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def stepped(*arguments: Any, **named: Any) -> Any:
        return around(moment, name, partial(function, **named), arguments)

    return stepped


class Aim:
    """Kills this process at a step of the kind `moment`, when `armed` and after as many steps as `passing` says."""

    def __init__(self, moment: str, passing: int) -> None:
        self._moment = moment
        self._left = passing
        self._lock = threading.Lock()
        self.armed = False

    def install(self) -> None:
        """Put the aim around the steps, in this process, for as long as it lives."""
        put_around(self._around)

    def _around(self, moment: str, _: str, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        self._step(moment)
        try:
            return function(*arguments)
        finally:
            if moment != STATEMENT:
                self._step(moment)

    def _step(self, moment: str) -> None:
        if not self.armed or moment != self._moment:
            return
        with self._lock:
            self._left -= 1
            if self._left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
