"""What the window consists of: bars above and below, and between them panes that can be made wider or left out."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.actions import Actions
from desktop.theme import Theme
from desktop.widgets.activity_strip import ActivityStrip
from desktop.widgets.notice_bar import NoticeBar
from desktop.widgets.side_pane import SidePane
from desktop.widgets.top_bar import TopBar

_ROOM_FOR_PREVIEW = 1100
_ROOM_FOR_SIDE = 800
_WIDTHS = (220, 520, 540)
_HEIGHTS = (560, 240)


class Frame(QWidget):
    """Puts things into their places, and knows nothing of what they do.

    Attributes:
        top, side, pages, strip: The bar above, the pane at the left, the pages in the middle, the strip below.
        notice: The line above the pages.
        dock_moved: A person has changed the height of the dock.
    """

    dock_moved = Signal()

    def __init__(self, theme: Theme, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.top = TopBar(theme, actions.workspaces)
        self.notice = NoticeBar(theme)
        self.side = SidePane(theme)
        self.pages = QStackedWidget()
        self.strip = ActivityStrip(theme, actions.show_activity)
        self._preview: QWidget | None = None
        self._previewable = False
        self._panes = _splitter(Qt.Orientation.Horizontal, self.side, self.pages)
        self._panes.setStretchFactor(1, 1)
        self._rows = _splitter(Qt.Orientation.Vertical, self._panes)
        self._rows.splitterMoved.connect(lambda *_: self.dock_moved.emit())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top)
        layout.addWidget(self.notice)
        layout.addWidget(self._rows, 1)
        layout.addWidget(self.strip)
        for each in (actions.show_side, actions.show_preview):
            each.setChecked(True)
            each.toggled.connect(lambda _: self.fit())

    def place(self, preview: QWidget, dock: QWidget, height: QByteArray) -> None:
        """Put the preview to the right and the dock below.

        Args:
            preview: The pane at the right.
            dock: What the strip opens.
            height: What `dock_height` gave, or nothing.
        """
        self._preview = preview
        self._panes.addWidget(preview)
        self._panes.setSizes(_WIDTHS)
        self._rows.addWidget(dock)
        if not self._rows.restoreState(height):
            self._rows.setSizes(_HEIGHTS)
        self.fit()

    def fit(self) -> None:
        """Leave out panes that are not wanted, or for which there is no room."""
        self.top.narrow(self.width() < _ROOM_FOR_SIDE)
        self.side.setVisible(self.width() >= _ROOM_FOR_SIDE and self._actions.show_side.isChecked())
        if self._preview is not None:
            wanted = self._previewable and self._actions.show_preview.isChecked()
            self._preview.setVisible(wanted and self.width() >= _ROOM_FOR_PREVIEW)

    def offer_preview(self, offered: bool) -> None:
        """Show the pane at the right only where there is anything that it could show."""
        if offered != self._previewable:
            self._previewable = offered
            self.fit()

    def focus_next(self) -> None:
        """Put the keyboard into the next pane: search box, side, page, preview, and round again."""
        panes = [each for each in (self.top.query, self.side, self.pages, self._preview) if each and each.isVisible()]
        focus = QApplication.focusWidget()
        inside = [focus is not None and (pane is focus or pane.isAncestorOf(focus)) for pane in panes]
        at = inside.index(True) if any(inside) else -1
        for place in range(1, len(panes) + 1):
            pane = panes[(at + place) % len(panes)]
            if (target := _first_for_keys(pane)) is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def widths(self) -> QByteArray:
        """Return the widths of the panes, to be kept."""
        return self._panes.saveState()

    def dock_height(self) -> QByteArray:
        """Return the height of the dock, to be kept; of one that is hidden it is nothing."""
        return self._rows.saveState()

    def restore_widths(self, widths: QByteArray) -> None:
        """Give the panes the widths that were kept, if any were."""
        if not widths.isEmpty():
            self._panes.restoreState(widths)


def _splitter(orientation: Qt.Orientation, *parts: QWidget) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    for part in parts:
        splitter.addWidget(part)
    return splitter


def _first_for_keys(pane: QWidget) -> QWidget | None:
    """Return the part of a pane that takes keys: its first list or text, else the first part that does."""
    parts = [
        each
        for each in (pane, *pane.findChildren(QWidget))
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isEnabled() and (each.focusProxy() or each).isVisible()
    ]
    views = [each for each in parts if isinstance(each, QAbstractScrollArea)]
    return next(iter(views or parts), None)
