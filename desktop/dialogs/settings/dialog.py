"""The dialog: pages at the left, a search over all of them above."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.settings import Settings, options
from desktop.context import Context
from desktop.dialogs.settings.about_page import AboutPage
from desktop.dialogs.settings.data_page import DataPage
from desktop.dialogs.settings.option_row import OptionRow
from desktop.dialogs.settings.shortcuts_page import ShortcutsPage
from desktop.shortcuts import Shortcuts
from desktop.theme.theme import GRID, sized
from desktop.widgets.scrolled import scrolled

_NAME = Qt.ItemDataRole.UserRole
_LIST_LETTERS = 30


class SettingsDialog(QDialog):
    """Stands beside the window; what is changed holds at once.

    Attributes:
        changed: A setting was changed: all settings, as they are now.
        about: The page on Carrel itself.
    """

    changed = Signal(object)

    def __init__(self, context: Context, shortcuts: Shortcuts, data_folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.setModal(False)
        self.setWindowTitle(self.tr("Settings"))
        self.rows: list[OptionRow] = []
        self.search = QLineEdit(placeholderText=self.tr("Search the settings"), clearButtonEnabled=True)
        self.search.setAccessibleName(self.tr("Search the settings"))
        self.search.addAction(context.theme.icons("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._narrow)
        self.list = QListWidget()
        self.list.setProperty("side", True)
        self.list.setAccessibleName(self.tr("Pages of the settings"))
        self.pages = QStackedWidget()
        self.list.currentRowChanged.connect(self.pages.setCurrentIndex)
        self._sections = self._add_sections()
        self.data = DataPage(context, data_folder)
        self.shortcuts = ShortcutsPage(shortcuts)
        self.about = AboutPage(context)
        self._add("data", self.tr("Data folder"), self.data)
        self._add("shortcuts", self.tr("Shortcuts"), self.shortcuts)
        self._add("about", self.tr("About"), self.about)
        self.list.setCurrentRow(0)
        side = QVBoxLayout()
        side.setSpacing(GRID)
        side.addWidget(self.search)
        side.addWidget(self.list, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(3 * GRID)
        layout.addLayout(side)
        layout.addWidget(self.pages, 1)
        self.resize(QSize(104 * GRID, 72 * GRID).boundedTo(self.screen().availableSize()))
        self._show(context.kb.settings)
        context.theme.changed.connect(self._fit)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Lay the list out by the style, which is known only now."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.fontMetrics().averageCharWidth() * _LIST_LETTERS
        self.list.setFixedWidth(width)
        self.search.setFixedWidth(width)
        self.list.doItemsLayout()

    def _add(self, name: str, title: str, page: QWidget) -> None:
        item = QListWidgetItem(title)
        item.setData(_NAME, name)
        self.list.addItem(item)
        self.pages.addWidget(_titled(title, page))

    def _add_sections(self) -> dict[str, list[OptionRow]]:
        titles = {
            "appearance": self.tr("Appearance"),
            "search": self.tr("Search"),
            "indexing": self.tr("Reading"),
            "lifetimes": self.tr("Lifetimes"),
            "workspaces": self.tr("Workspaces"),
        }
        sections = {name: list(each) for name, each in groupby(options(), lambda option: option.section)}
        made: dict[str, list[OptionRow]] = {}
        for name in sorted(sections, key=lambda name: list(titles).index(name) if name in titles else len(titles)):
            made[name] = [OptionRow(self._context, option) for option in sections[name]]
            for row in made[name]:
                row.changed.connect(self._show)
                row.changed.connect(self.changed.emit)
            self.rows += made[name]
            self._add(name, titles.get(name, name.capitalize()), _column(made[name]))
        return made

    def show_page(self, name: str) -> None:
        """Show a page by its name: a section of the settings, `data`, `shortcuts` or `about`."""
        self.search.clear()
        for item in self._items():
            if item.data(_NAME) == name:
                self.list.setCurrentItem(item)
        self.list.setFocus()

    def show_option(self, name: str) -> None:
        """Show one setting, with the keyboard in its field."""
        row = next(each for each in self.rows if each.option.name == name)
        self.show_page(row.option.section)
        row.field.setFocus()
        # Once it is laid out.
        QTimer.singleShot(0, row, lambda: _scroll_to(row))

    def _items(self) -> Iterator[QListWidgetItem]:
        return (self.list.item(row) for row in range(self.list.count()))

    def _show(self, settings: Settings) -> None:
        for row in self.rows:
            row.show_value(settings)

    def _narrow(self, text: str) -> None:
        """Leave what was looked for, and the pages that hold it."""
        left: list[QListWidgetItem] = []
        for item in self._items():
            name = item.data(_NAME)
            found = text.casefold().strip() in item.text().casefold()
            for row in self._sections.get(name, []):
                row.setVisible(found or row.matches(text))
            inside = any(row.matches(text) for row in self._sections.get(name, []))
            if name == "shortcuts":
                inside = self.shortcuts.narrow("" if found else text)
            item.setHidden(not (found or inside))
            left += [] if item.isHidden() else [item]
        if left and self.list.currentItem() not in left:
            self.list.setCurrentItem(left[0])


def _titled(title: str, page: QWidget) -> QWidget:
    whole = QWidget()
    heading = QLabel(title)
    heading.setFont(sized(whole.font(), 1.25, bold=True))
    layout = QVBoxLayout(whole)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(GRID)
    layout.addWidget(heading)
    layout.addWidget(page, 1)
    return whole


def _column(rows: list[OptionRow]) -> QScrollArea:
    inside = QWidget()
    layout = QVBoxLayout(inside)
    layout.setContentsMargins(0, 0, 2 * GRID, 0)
    layout.setSpacing(0)
    for row in rows:
        layout.addWidget(row)
    layout.addStretch(1)
    return scrolled(inside)


def _scroll_to(row: OptionRow) -> None:
    parent = row.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    if isinstance(parent, QScrollArea):
        parent.ensureWidgetVisible(row)
