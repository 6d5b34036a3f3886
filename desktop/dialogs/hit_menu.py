"""What can be done with a result: opening it, and pinning the search to it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from core.domain.search import Hit


class HitMenu(QObject):
    """The menu of a result.

    Attributes:
        wants_open: The hit is to be opened in the program that its file belongs to.
        wants_pin: A query is to be pinned to what it must find: the hit, the query, and whether its passage is meant.
    """

    wants_open = Signal(object)
    wants_pin = Signal(object, str, bool)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def offer(self, hit: Hit, query: str, place: QPoint) -> QMenu:
        """Show the menu of a hit of a query at a place of the screen."""
        menu = QMenu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        if hit.document.path is not None:
            menu.addAction(self.tr("Open at this page"), lambda: self.wants_open.emit(hit))
            menu.addSeparator()
        menu.addAction(
            self.tr("Pin: this search must find this document"), lambda: self.wants_pin.emit(hit, query, False)
        )
        menu.addAction(
            self.tr("Pin: this search must find this passage"), lambda: self.wants_pin.emit(hit, query, True)
        )
        menu.popup(place)
        return menu
