"""The filters, phrases and exclusions of a query as small buttons: each takes its part out of the query."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from core.domain.plain_text import one_line
from core.domain.query import Operator
from desktop.theme.theme import GRID
from desktop.widgets.flow_layout import FlowLayout

_LONGEST = 40


class QueryChips(QWidget):
    """A row of chips, hidden while there are none.

    Attributes:
        removed: A part is to be taken out of the query.
    """

    removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = FlowLayout(GRID // 2, self)
        self._layout.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID // 2)
        self._shown: list[Operator] = []
        self.hide()

    def show_parts(self, parts: Sequence[Operator]) -> None:
        """Show a chip for each part."""
        if list(parts) == self._shown:
            return
        self._shown = list(parts)
        while (item := self._layout.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for part in parts:
            text = one_line(part.text)
            chip = QPushButton((text if len(text) <= _LONGEST else text[:_LONGEST] + "…").replace("&", "&&") + "  ✕")
            chip.setProperty("chip", True)
            chip.setToolTip(self.tr("Take this out of the search"))
            chip.setAccessibleName(self.tr("Take {part} out of the search").format(part=text))
            chip.clicked.connect(partial(self.removed.emit, part))
            self._layout.addWidget(chip)
        self.setVisible(bool(parts))


def without(query: str, part: Operator) -> str:
    """Return a query without one of its parts."""
    return " ".join((query[: part.start] + query[part.end :]).split())
