"""What the engine changed, told to the window: on its thread, and at most twenty times a second."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from core.domain.change import Change, Receipt
from core.knowledge_base import KnowledgeBase

_PAUSE_MS = 50


@dataclass(frozen=True, slots=True)
class News:
    """What changed in one workspace since the last news.

    Attributes:
        workspace_id: The workspace.
        documents: Whether documents were added, changed or removed.
        sources: Whether sources were.
        progress: Whether the queue or an index went on.
        receipts: What was removed, if anything was.
    """

    workspace_id: str
    documents: bool
    sources: bool
    progress: bool
    receipts: tuple[Receipt, ...]

    def and_then(self, change: Change) -> News:
        """Return the news with one more change."""
        receipts = (*self.receipts, change.receipt) if change.receipt else self.receipts
        return News(
            self.workspace_id,
            self.documents or bool(change.documents) or bool(change.receipt),
            self.sources or bool(change.sources),
            self.progress or change.progress,
            receipts,
        )


class Changes(QObject):
    """Gathers changes from all threads of the engine.

    Attributes:
        news: `News` of one workspace.
    """

    news = Signal(object)
    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gathered: dict[str, News] = {}
        self._lock = Lock()
        self._end: Callable[[], None] | None = None
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._tell)
        self._woken.connect(self._wake, Qt.ConnectionType.QueuedConnection)

    def follow(self, kb: KnowledgeBase) -> None:
        """Tell of the changes of this knowledge base from now on."""
        self._end = kb.subscribe(self._gather)

    def close(self) -> None:
        """Tell of nothing more."""
        if self._end is not None:
            self._end()
        self._timer.stop()

    def _gather(self, change: Change) -> None:
        with self._lock:
            first = not self._gathered
            known = self._gathered.get(change.workspace_id) or News(change.workspace_id, False, False, False, ())
            self._gathered[change.workspace_id] = known.and_then(change)
        if first:
            self._woken.emit()

    @Slot()
    def _wake(self) -> None:
        self._timer.start()

    @Slot()
    def _tell(self) -> None:
        with self._lock:
            gathered, self._gathered = self._gathered, {}
        for news in gathered.values():
            self.news.emit(news)
