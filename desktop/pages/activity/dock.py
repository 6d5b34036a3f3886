"""The dock: four tabs on what Carrel does with the documents of a workspace."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabWidget, QToolButton, QVBoxLayout, QWidget

from core.domain.workspace import Workspace
from desktop.context import Context
from desktop.pages.activity.failed import FailedTab
from desktop.pages.activity.log import LogTab
from desktop.pages.activity.queue import QueueTab
from desktop.pages.activity.skipped import SkippedTab


class ActivityDock(QWidget):
    """Queue, Failed, Skipped, Log.

    Attributes:
        closed: The person closed it.
        wants_setting: The person wants to change a setting: its name.
    """

    closed = Signal()
    wants_setting = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.queue = QueueTab(context)
        self.failed = FailedTab(context)
        self.failed.wants_setting.connect(self.wants_setting.emit)
        self.skipped = SkippedTab(context)
        self.log = LogTab(context)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self.tr("Activity"))
        self.tabs.tabBar().setDrawBase(False)
        for tab, title in (
            (self.queue, self.tr("Queue")),
            (self.failed, self.tr("Failed")),
            (self.skipped, self.tr("Skipped")),
            (self.log, self.tr("Log")),
        ):
            self.tabs.addTab(tab, title)
        self.tabs.currentChanged.connect(self.refresh)
        close = QToolButton()
        context.theme.icons.put(close, "down")
        close.setToolTip(self.tr("Close"))
        close.setAccessibleName(self.tr("Close the activity dock"))
        close.clicked.connect(self.closed.emit)
        self.tabs.setCornerWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)

    def open(self, workspace: Workspace) -> None:
        """Show another workspace."""
        for each in (self.queue, self.failed, self.skipped):
            each.open(workspace)

    def refresh(self) -> None:
        """Read again what is seen; what is hidden is read when it is shown."""
        shown = self.tabs.currentWidget()
        if self.isVisible() and isinstance(shown, QueueTab | FailedTab | SkippedTab):
            shown.refresh()

    def show_failures(self) -> None:
        """Show what could not be read."""
        self.tabs.setCurrentWidget(self.failed)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read what was not read while it was hidden."""
        super().showEvent(event)
        self.refresh()
