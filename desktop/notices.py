"""The one place that tells a person of errors: what they can mend, and what is a fault of ours."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

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

    def say(
        self, sentence: str, hint: str = "", action: str | None = None, do: Callable[[], None] | None = None
    ) -> None:
        """Tell of something good, or worth knowing."""
        self.said.emit(sentence, hint, False, action, do)

    def error(self, error: BaseException) -> None:
        """Tell of an error: a `CarrelError` by its own words, anything else as a fault of ours."""
        if isinstance(error, CarrelError):
            self.said.emit(error.message, error.hint, True, None, None)
        else:
            logger.error("fault: %s", type(error).__name__, exc_info=error)
            self.fault.emit(error)
