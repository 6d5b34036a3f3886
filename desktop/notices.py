"""The one place that tells a person of errors: what they can mend, and what is a fault of ours."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

from core.errors import CarrelError

logger = logging.getLogger(__name__)


class Notices(QObject):
    """What the person is told.

    Attributes:
        said: A sentence, a hint (may be empty), whether it is bad news, and the label of a button with what it does
            (or None for both).
        fault: An exception that is a fault of Carrel.
    """

    said = Signal(str, str, bool, object, object)
    fault = Signal(object)
    _elsewhere = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = threading.get_ident()
        self._remedies: list[tuple[type[CarrelError], str, Callable[[], None]]] = []
        self._no_news: tuple[type[CarrelError], ...] = ()
        self._elsewhere.connect(self.error, Qt.ConnectionType.QueuedConnection)

    def offer(self, kind: type[CarrelError], label: str, do: Callable[[], None]) -> None:
        """Show errors of this kind with a button that does something about them."""
        self._remedies.append((kind, label, do))

    def hush(self, kind: type[CarrelError]) -> None:
        """Say nothing of errors of this kind from now on: the person has brought them about."""
        self._no_news = (*self._no_news, kind)

    def say(
        self, sentence: str, hint: str = "", action: str | None = None, do: Callable[[], None] | None = None
    ) -> None:
        """Tell of something good, or worth knowing."""
        self.said.emit(sentence, hint, False, action, do)

    @Slot(object)
    def error(self, error: BaseException) -> None:
        """Tell of an error: a `CarrelError` by its own words, anything else as a fault of ours.

        May be called on any thread; it is told on that of the window.
        """
        if threading.get_ident() != self._thread:
            self._elsewhere.emit(error)
        elif isinstance(error, self._no_news):
            logger.info("no news: %s", type(error).__name__)
        elif isinstance(error, CarrelError):
            remedy = ((label, do) for kind, label, do in self._remedies if isinstance(error, kind))
            self.said.emit(error.message, error.hint, True, *next(remedy, (None, None)))
        else:
            logger.error("fault: %s", type(error).__name__, exc_info=error)
            self.fault.emit(error)
