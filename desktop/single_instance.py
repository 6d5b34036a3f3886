"""One window for one data folder: a second start raises the first window and ends."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_ANSWER_MS = 3000


class SingleInstance(QObject):
    """The right to show the window of a data folder.

    Attributes:
        raised: Another start asks that the window come to the front.
    """

    raised = Signal()

    def __init__(self, data_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        data_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = QLockFile(str(data_folder / "window.lock"))
        self._lock.setStaleLockTime(0)  # the kernel gives up the lock of a process that has ended
        self._name = "carrel-" + hashlib.sha256(str(data_folder.resolve()).encode()).hexdigest()[:24]
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def take(self) -> bool:
        """Return whether this is the first; if not, the first one has been asked to come to the front."""
        if self._lock.tryLock(0):
            QLocalServer.removeServer(self._name)  # the socket of a first one that was killed
            self._server.listen(self._name)
            return True
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_ANSWER_MS):
            socket.disconnectFromServer()
        return False

    def give_up(self) -> None:
        """Let the next start be the first one."""
        self._server.close()
        self._lock.unlock()

    def _answer(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.raised.emit()
