"""Starts the window and ends it: the event loop, the theme, one instance, the engine behind it."""

from __future__ import annotations

import logging
import os
import sys
import threading
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from core.knowledge_base import KnowledgeBase
from core.settings import SettingsFile
from desktop.changes import Changes
from desktop.engine import Engine
from desktop.interrupts import Interrupts
from desktop.language import speak
from desktop.main_window import MainWindow
from desktop.notices import Notices
from desktop.qt_messages import log_qt_messages
from desktop.remembered import Remembered
from desktop.single_instance import SingleInstance
from desktop.tasks import Tasks
from desktop.theme import Theme

logger = logging.getLogger(__name__)


def run(data_folder: Path | None = None, workspace: str | None = None) -> int:
    """Show the window until it is closed; return the exit code.

    Args:
        data_folder: Where Carrel keeps its data; None for the user's own place.
        workspace: The name of the workspace to show; None for the last one.
    """
    # One thread of Python must not hold up the window for the usual 5 ms at each hand-over (measured: 85 ms at worst).
    sys.setswitchinterval(0.001)
    log_qt_messages()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Carrel")
    application.setQuitOnLastWindowClosed(False)
    folder = data_folder or KnowledgeBase.default_folder()
    instance = SingleInstance(folder)
    if not instance.take():
        return 0
    look = SettingsFile(folder / "settings.toml").settings.appearance  # before the engine is open
    speak(application, look.language)
    theme = Theme(application, look.theme, look.text_percent)
    application.setWindowIcon(theme.icons("carrel"))
    tasks, changes, notices = Tasks(), Changes(), Notices()
    tasks.failed.connect(notices.error)
    _catch_faults(notices)
    engine = Engine(folder, tasks, changes)
    window = MainWindow(engine, tasks, changes, notices, theme, Remembered(folder), workspace)
    instance.raised.connect(window.come_to_front)
    # Qt's own way to end could be cancelled: by a dialog that is shown a moment later, or by one that refuses to close.
    window.closed.connect(lambda: application.exit(0))
    interrupts = Interrupts()
    interrupts.came.connect(window.close)
    window.show()
    QTimer.singleShot(0, engine.open)  # the window is drawn first
    code = application.exec()
    interrupts.close()
    closed = engine.close()
    instance.give_up()
    if not closed:
        # Threads are still at work; all of it can be broken off, as by a loss of power.
        os._exit(code)
    return code


def _catch_faults(notices: Notices) -> None:
    """Show what escapes from a slot or a thread, instead of writing it where nobody looks."""

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
        else:
            notices.error(error.with_traceback(trace))

    sys.excepthook = caught
    threading.excepthook = lambda given: caught(
        given.exc_type, given.exc_value or given.exc_type(), given.exc_traceback
    )
