"""What the colours of a map stand for; a click on one shows where its documents are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from core.domain.plain_text import one_line
from desktop.theme.theme import GRID
from desktop.widgets.dot import dot
from desktop.widgets.flow_layout import FlowLayout
from desktop.widgets.map.colouring import NONE, Entry
from desktop.words import number

_MOST_LETTERS = 28


class Legend(QWidget):
    """A row of buttons.

    Attributes:
        chosen: A group is to stand out, or (None) none.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(GRID // 2)
        self.setLayout(self._flow)
        self.buttons: dict[int, QPushButton] = {}
        self._current: int | None = None

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these; a group that stood out does so no more."""
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.buttons, self._current = {}, None
        for entry in entries:
            name = one_line(entry.name) or (self.tr("none") if entry.group == NONE else self.tr("others"))
            shown = name if len(name) <= _MOST_LETTERS else name[: _MOST_LETTERS - 1] + "…"
            button = QPushButton(dot(entry.colour, 12), f"{shown.replace('&', '&&')}  {number(entry.documents)}")
            button.setProperty("flat", True)
            button.setCheckable(True)
            button.setToolTip("" if shown == name else name)
            button.setAccessibleName(self.tr("%n document(s): {name}", "", entry.documents).format(name=name))
            button.clicked.connect(lambda _checked=False, group=entry.group: self._choose(group))
            self._flow.addWidget(button)
            self.buttons[entry.group] = button
        self.updateGeometry()

    def _choose(self, group: int) -> None:
        self._current = None if group == self._current else group
        for each, button in self.buttons.items():
            button.setChecked(each == self._current)
        self.chosen.emit(self._current)
