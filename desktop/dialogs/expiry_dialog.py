"""Asks when documents expire."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QDialog, QLabel, QVBoxLayout, QWidget

from desktop.dialogs.buttons import accept_or_leave
from desktop.dialogs.shape import shape, wrapped
from desktop.theme.theme import GRID, sized

_NEVER, _DATE = 0, -1
_LATEST = 30_000
"""Days from now; about 80 years."""


class ExpiryDialog(QDialog):
    """Never, in some days, or after a date.

    Attributes:
        decided: When (a `datetime`), or None for never.
    """

    decided = Signal(object)

    def __init__(self, documents: int, now: datetime, parent: QWidget | None = None) -> None:
        """`now` has a time zone; dates are meant in it."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Expiry"))
        self._now = now
        title = QLabel(self.tr("When do %n document(s) expire?", "", documents))
        title.setFont(sized(self.font(), 1.25, bold=True))
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Expiry"))
        for label, days in (
            (self.tr("Never"), _NEVER),
            (self.tr("In 1 day"), 1),
            (self.tr("In 7 days"), 7),
            (self.tr("In 30 days"), 30),
            (self.tr("In 1 year"), 365),
            (self.tr("After a date…"), _DATE),
        ):
            self.choice.addItem(label, days)
        self.date = QDateEdit(QDate(now.year, now.month, now.day).addDays(30))
        self.date.setAccessibleName(self.tr("Last day"))
        self.date.setCalendarPopup(True)
        self.date.setMinimumDate(QDate(now.year, now.month, now.day))
        self.date.setMaximumDate(QDate(now.year, now.month, now.day).addDays(_LATEST))
        self.date.hide()
        self.choice.currentIndexChanged.connect(lambda: self.date.setVisible(self.choice.currentData() == _DATE))
        hint = wrapped(
            self.tr("What has expired is hidden at once and deleted from Carrel later. The files are not touched.")
        )
        hint.setProperty("muted", True)
        buttons = accept_or_leave(self, self.tr("Save"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        for each in (title, self.choice, self.date, hint):
            layout.addWidget(each)
        layout.addSpacing(GRID)
        layout.addWidget(buttons)
        shape(layout, title, 46 * GRID)

    def accept(self) -> None:
        """Tell when."""
        days = self.choice.currentData()
        if days == _DATE:
            day = self.date.date().addDays(1)  # the whole of the last day
            midnight = datetime.combine(datetime(day.year(), day.month(), day.day()), time(), self._now.tzinfo)
            self.decided.emit(midnight)
        else:
            self.decided.emit(None if days == _NEVER else self._now + timedelta(days=days))
        super().accept()
