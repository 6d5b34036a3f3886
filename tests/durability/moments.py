"""Moments at which a process kills itself: before and after each step by which something becomes durable."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from core.keyword_index.tantivy_index import TantivyIndex
from core.vector_stores.disk import Disk
from core.vector_stores.exact import ExactStore
from core.vector_stores.hnsw import HnswStore

MOMENTS = {
    "SQL statement": 250,
    "SQL commit": 60,
    "keyword commit": 30,
    "disk step": 50,
    "vectors saved": 6,
    "folder": 4,
}
"""What can be aimed at, with the most steps of its kind that are let pass before."""


class Aim:
    """Kills this process at a step of the kind `moment`, when `armed` and after as many steps as `passing` says."""

    def __init__(self, moment: str, passing: int) -> None:
        self._moment = moment
        self._left = passing
        self._lock = threading.Lock()
        self.armed = False

    def install(self) -> None:
        """Put the aim around the steps, in this process, and wait for no disk: a killed process loses what it has not
        handed to the system, and no more; a loss of power is another test.
        """
        os.fsync = lambda _: None
        for name in ("make_folder", "write", "sync", "rename", "remove"):
            self._around(Disk, name, "disk step")
        for store in (ExactStore, HnswStore):
            self._around(store, "freeze", "vectors saved")
        self._around(TantivyIndex, "commit", "keyword commit")
        self._around(shutil, "rmtree", "folder")
        self._around(Path, "rename", "folder")
        connect, step = sqlite3.connect, self._step

        class Connection(sqlite3.Connection):
            def execute(self, sql: str, *arguments: Any) -> sqlite3.Cursor:
                if sql.startswith("PRAGMA synchronous"):
                    sql = "PRAGMA synchronous = OFF"
                moment = "SQL commit" if sql == "COMMIT" else "SQL statement"
                if not sql.startswith(("SELECT", "PRAGMA")):
                    step(moment)
                cursor = super().execute(sql, *arguments)
                if sql == "COMMIT":
                    step(moment)
                return cursor

        def connecting(*arguments: Any, **named: Any) -> sqlite3.Connection:
            return connect(*arguments, **({"factory": Connection} | named))

        sqlite3.connect = connecting

    def _around(self, owner: Any, name: str, moment: str) -> None:
        function: Callable[..., Any] = getattr(owner, name)

        def stepped(*arguments: Any, **named: Any) -> Any:
            self._step(moment)
            try:
                return function(*arguments, **named)
            finally:
                self._step(moment)

        setattr(owner, name, stepped)

    def _step(self, moment: str) -> None:
        if not self.armed or moment != self._moment:
            return
        with self._lock:
            self._left -= 1
            if self._left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
