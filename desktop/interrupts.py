"""Ends the window in order when the system asks: Ctrl+C in the terminal that started it, or the end of the session."""

from __future__ import annotations

import signal
import socket
import sys

from PySide6.QtCore import QObject, QSocketNotifier, Signal


class Interrupts(QObject):
    """Brings signals of the system into the event loop, which would not let Python see them.

    Attributes:
        came: The system asks to end.
    """

    came = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading, self._writing = socket.socketpair()
        for each in (self._reading, self._writing):
            each.setblocking(False)
        signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)
        for number in (signal.SIGINT, signal.SIGTERM, *(() if sys.platform == "win32" else (signal.SIGHUP,))):
            signal.signal(number, lambda *_: None)

    def close(self) -> None:
        """Hear nothing more."""
        signal.set_wakeup_fd(-1)
        self._notifier.setEnabled(False)
        self._reading.close()
        self._writing.close()

    def _hear(self) -> None:
        self._reading.recv(64)
        self.came.emit()
