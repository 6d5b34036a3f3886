"""The engine behind the window: opened while the window is shown already, closed within the time a person waits."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.knowledge_base import KnowledgeBase
from desktop.changes import Changes
from desktop.tasks import Tasks

CLOSE_SECONDS = 2.5
"""How long closing may take; what is not written by then is replayed at the next start."""


class Engine(QObject):
    """Opens and closes the knowledge base.

    Attributes:
        opened: It is open; with the `KnowledgeBase`.
        failed: It could not be opened; with the error.
        data_folder: Where it keeps its data.
    """

    opened = Signal(object)
    failed = Signal(object)

    def __init__(self, data_folder: Path, tasks: Tasks, changes: Changes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.data_folder = data_folder
        self._tasks = tasks
        self._changes = changes
        self._kb: KnowledgeBase | None = None
        self._closing = threading.Event()
        self._ready = threading.Event()
        self._ready.set()

    def open(self) -> None:
        """Open it in a thread; `opened` or `failed` tells how that went."""
        self._ready.clear()
        self._tasks.run(self, self._open, self._take, self.failed.emit)

    def _open(self) -> KnowledgeBase | None:
        try:
            kb = KnowledgeBase.open(self.data_folder)
            if self._closing.is_set():
                kb.close()  # the window was closed meanwhile
                return None
            self._kb = kb
            return kb
        finally:
            self._ready.set()

    def _take(self, kb: KnowledgeBase | None) -> None:
        if kb is not None:
            self._changes.follow(kb)
            self.opened.emit(kb)

    def close(self) -> bool:
        """End all work; return False if that takes longer than a person waits."""
        self._closing.set()
        self._changes.close()
        self._tasks.close()
        closing = threading.Thread(target=self._close, name="closing", daemon=True)
        closing.start()
        closing.join(CLOSE_SECONDS)
        return not closing.is_alive()

    def _close(self) -> None:
        self._ready.wait()
        if self._kb is not None:
            self._kb.close()
