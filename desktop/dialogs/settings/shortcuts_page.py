"""The keys of all actions, and the field that changes them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.shortcuts import Shortcuts
from desktop.theme.theme import GRID

_ACTION = Qt.ItemDataRole.UserRole
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)


class ShortcutsPage(QWidget):
    """One row for each action; the chosen one is changed below. Keys that another one has are refused."""

    def __init__(self, shortcuts: Shortcuts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shortcuts = shortcuts
        self.rows = QTreeWidget()
        self.rows.setAccessibleName(self.tr("Shortcuts"))
        self.rows.setHeaderLabels([self.tr("What it does"), self.tr("Keys")])
        self.rows.setRootIsDecorated(False)
        self.rows.setUniformRowHeights(True)
        self.rows.header().setStretchLastSection(False)
        self.rows.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.rows.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        for action in shortcuts.actions:
            row = QTreeWidgetItem([_title(action), ""])
            row.setData(0, _ACTION, action.objectName())
            self.rows.addTopLevelItem(row)
        self.rows.currentItemChanged.connect(lambda *_: self._choose())
        label = QLabel(self.tr("New keys:"))
        self.field = _Keys()
        self.field.setMaximumSequenceLength(1)
        self.field.setClearButtonEnabled(True)
        self.field.setAccessibleName(self.tr("New keys"))
        self.field.editingFinished.connect(self._set)
        label.setBuddy(self.field)
        self.reset = QPushButton(self.tr("Default"))
        self.reset.clicked.connect(self._reset)
        self.reset_all = QPushButton(self.tr("All defaults"))
        self.reset_all.clicked.connect(self._reset_all)
        self.refusal = QLabel(wordWrap=True)
        self.refusal.setProperty("bad", True)
        below = QHBoxLayout()
        below.setSpacing(GRID)
        below.addWidget(label)
        below.addWidget(self.field, 1)
        below.addWidget(self.reset)
        below.addWidget(self.reset_all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.rows, 1)
        layout.addWidget(self.refusal)
        layout.addLayout(below)
        self._show()
        self.rows.setCurrentIndex(self.rows.model().index(0, 0))

    def narrow(self, text: str) -> bool:
        """Show the rows that hold all these words; return whether there are any."""
        any_left = False
        for number, action in enumerate(self._shortcuts.actions):
            whole = f"{_title(action)} {_keys(action)}".casefold()
            found = all(word in whole for word in text.casefold().split())
            any_left |= found
            if (row := self.rows.topLevelItem(number)) is not None:
                row.setHidden(not found)
        return any_left

    def _show(self) -> None:
        for number, action in enumerate(self._shortcuts.actions):
            if (row := self.rows.topLevelItem(number)) is not None:
                row.setText(1, _keys(action))
                font = self.font()
                font.setBold(self._shortcuts.changed(action))
                row.setFont(1, font)

    def _action(self) -> QAction | None:
        item = self.rows.currentItem()
        name = None if item is None else item.data(0, _ACTION)
        return next((each for each in self._shortcuts.actions if each.objectName() == name), None)

    def _choose(self) -> None:
        action = self._action()
        self.refusal.hide()
        self.field.setEnabled(action is not None)
        self.reset.setEnabled(action is not None and self._shortcuts.changed(action))
        self.field.setKeySequence(QKeySequence() if action is None else action.shortcut())

    def _set(self) -> None:
        action, keys = self._action(), self.field.keySequence()
        if action is not None and keys != action.shortcut():
            self._say(keys, self._shortcuts.set(action, keys))

    def _reset(self) -> None:
        action = self._action()
        if action is not None:
            self._say(None, self._shortcuts.reset(action))

    def _reset_all(self) -> None:
        self._shortcuts.reset_all()
        self._say(None, None)

    def _say(self, keys: QKeySequence | None, taken: QAction | None) -> None:
        self._show()
        self._choose()
        if taken is not None:
            named = _keys(taken) if keys is None else keys.toString(QKeySequence.SequenceFormat.NativeText)
            sentence = self.tr("{keys} is already “{action}”; nothing was changed.")
            self.refusal.setText(sentence.format(keys=named, action=_title(taken)))
            self.refusal.show()


class _Keys(QKeySequenceEdit):
    """Takes all keys but those by which the keyboard leaves it: Tab, Shift+Tab and Esc."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take a key, or go."""
        if event.key() in _MODIFIERS:
            event.accept()  # Qt would drop the keys that stand there already, though Shift+Tab only passes by
        elif event.key() == Qt.Key.Key_Backtab:
            self.focusPreviousChild()
        elif event.key() == Qt.Key.Key_Escape and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)


def _title(action: QAction) -> str:
    return action.text().replace("&", "").rstrip("…")


def _keys(action: QAction) -> str:
    return QKeySequence.listToString(action.shortcuts(), QKeySequence.SequenceFormat.NativeText).replace("; ", "   ")
