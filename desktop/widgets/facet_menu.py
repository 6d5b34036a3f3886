"""The menu that narrows a search: types, sources, tags and years of the documents that were found, with counts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from core.domain.plain_text import one_line
from desktop.words import number

_MOST = 30


class FacetMenu(QMenu):
    """Filled each time before it is shown.

    Attributes:
        narrowed: A filter was chosen: what is to be added to the query.
    """

    narrowed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = {
            "type": self.tr("Type"),
            "source": self.tr("Source"),
            "tag": self.tr("Tag"),
            "year": self.tr("Year"),
        }

    def wait(self) -> None:
        """Say that the counts are being made."""
        self.clear()
        self.addAction(self.tr("Counting…")).setEnabled(False)

    def show_facets(self, facets: Mapping[str, Mapping[str, int]]) -> None:
        """Offer the values of each facet, the most frequent first; years the latest first."""
        self.clear()
        for name, title in self._titles.items():
            values = list(facets.get(name, {}).items())
            if not values:
                continue
            if name == "year":
                values.sort(reverse=True)
            menu = self.addMenu(title)
            for value, count in values[:_MOST]:
                shown = one_line(value).replace("&", "&&")
                action = menu.addAction(f"{shown}\t{number(count)}")
                action.triggered.connect(partial(self.narrowed.emit, as_filter(name, value)))
        if self.isEmpty():
            self.addAction(self.tr("There is nothing to narrow by")).setEnabled(False)


def as_filter(facet: str, value: str) -> str:
    """Return a facet's value as it is typed: `type:pdf`, `tag:"two words"`; a year is a span of dates."""
    if facet == "year":
        return f"after:{value} before:{int(value) + 1}"
    return f'{facet}:"{value}"' if not value.replace("-", "").replace("_", "").isalnum() else f"{facet}:{value}"
