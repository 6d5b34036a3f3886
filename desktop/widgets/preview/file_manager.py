"""Hands a file to other programs: the one that it belongs to, or the system's file manager."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QUrl
from PySide6.QtGui import QDesktopServices

_SERVICE = "org.freedesktop.FileManager1"
_PATH = "/org/freedesktop/FileManager1"


def open_file(path: Path) -> bool:
    """Open a file in the program that it belongs to; False where there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(os.fspath(path)))


def show_file(path: Path, owner: QObject) -> None:
    """Show a file in its folder, chosen where the file manager can do that; `owner` waits for its answer."""
    if sys.platform == "win32":
        QProcess.startDetached("explorer", ["/select,", os.fspath(path)])
    elif sys.platform == "darwin":
        QProcess.startDetached("open", ["-R", os.fspath(path)])
    else:
        _ask_file_manager(path, owner)


def _ask_file_manager(path: Path, owner: QObject) -> None:
    """Ask by D-Bus, as the file managers of Linux agree; open the folder where none answers."""
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher  # other systems may lack it

    def answered(watcher: QDBusPendingCallWatcher) -> None:
        if watcher.reply().type() is not QDBusMessage.MessageType.ReplyMessage:
            open_file(path.parent)
        watcher.deleteLater()

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        open_file(path.parent)
        return
    call = QDBusMessage.createMethodCall(_SERVICE, _PATH, _SERVICE, "ShowItems")
    call.setArguments([[QUrl.fromLocalFile(os.fspath(path)).toString()], ""])
    watcher = QDBusPendingCallWatcher(bus.asyncCall(call, 2000), owner)
    watcher.finished.connect(answered)
