"""Which columns of a table are shown: those that there is room for, or those that the person has chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QTableView

_SHARE = 0.3
"""Least share of the width that the first column has."""


class Columns(QObject):
    """Shows and hides the columns of a table but the first, which always stays; the head's menu lets a person choose.

    Attributes:
        chosen: The person has chosen: the names of the columns, or None for as many as there is room for.
    """

    chosen = Signal(object)

    def __init__(self, table: QTableView, names: Sequence[str], widths: Mapping[str, int], first: int) -> None:
        """
        Args:
            table: The table, with its model.
            names: A name for each column, by which a choice is remembered.
            widths: Widths in pixels of all columns but the first, those that are to be seen soonest first.
            first: Least width of the first column.
        """
        super().__init__(table)
        self._table = table
        self._names = list(names)
        self._widths = widths
        self._first = first
        self._choice: frozenset[str] | None = None
        for name, width in widths.items():
            table.setColumnWidth(self._names.index(name), width)
        header = table.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self.offer)
        table.viewport().installEventFilter(self)

    def choose(self, names: Sequence[str] | None) -> None:
        """Show these columns, whatever room there is; None for as many as there is room for."""
        self._choice = None if names is None else frozenset(names) & self._widths.keys()
        self._fit()

    def offer(self, place: QPoint) -> QMenu:
        """Show the menu of the columns at a place of the head."""
        menu = QMenu(self._table)
        menu.aboutToHide.connect(menu.deleteLater)
        model = self._table.model()
        for column, name in enumerate(self._names[1:], start=1):
            entry = menu.addAction(str(model.headerData(column, Qt.Orientation.Horizontal)))
            entry.setCheckable(True)
            entry.setChecked(not self._table.isColumnHidden(column))
            entry.toggled.connect(lambda on, name=name: self._toggle(name, on))
        menu.addSeparator()
        fitting = menu.addAction(self.tr("As many as there is room for"), lambda: self._decide(None))
        fitting.setCheckable(True)
        fitting.setChecked(self._choice is None)
        menu.popup(self._table.horizontalHeader().mapToGlobal(place))
        return menu

    def _toggle(self, name: str, on: bool) -> None:
        shown = {each for each in self._widths if not self._table.isColumnHidden(self._names.index(each))}
        self._decide([each for each in self._names if each in (shown | {name} if on else shown - {name})])

    def _decide(self, names: Sequence[str] | None) -> None:
        self.choose(names)
        self.chosen.emit(names)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Fit the columns into another width."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        whole = self._table.viewport().width()
        room = whole - max(self._first, int(_SHARE * whole))
        for name, width in self._widths.items():
            shown = width <= room if self._choice is None else name in self._choice
            room -= width if shown else 0
            self._table.setColumnHidden(self._names.index(name), not shown)
