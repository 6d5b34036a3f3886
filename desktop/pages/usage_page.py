"""Usage: what the workspace holds, how much room that takes, and how often it is searched, over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.domain.health import Part
from core.domain.usage import UsageDay
from core.domain.workspace import Workspace
from desktop.context import Context
from desktop.tasks import Latest
from desktop.theme.theme import GRID, sized
from desktop.widgets.dot import dot
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.flow_layout import FlowLayout
from desktop.widgets.usage import bars
from desktop.widgets.usage.bars import PARTS, Bar, Figure
from desktop.widgets.usage.chart import Chart
from desktop.words import number, size

_DAYS = 30
_MONTHS = 12


class UsagePage(QWidget):
    """Charts, and the same as a table."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("paper", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context = context
        self._workspace: Workspace | None = None
        self._days: Sequence[UsageDay] = ()
        self._latest = Latest(context.tasks, self)
        self._part_names = {
            Part.TRUTH: self.tr("Texts"),
            Part.WORDS: self.tr("Index of words"),
            Part.VECTORS: self.tr("Index of meaning"),
            Part.CACHE: self.tr("Stored embeddings"),
            Part.BACKUPS: self.tr("Backups"),
        }
        self._title = _label(self.tr("Usage"))
        self._title.setFont(sized(self.font(), 1.15, bold=True))
        self.period = QComboBox()
        self.period.setAccessibleName(self.tr("Period"))
        self.period.addItem(self.tr("Last 30 days"), _DAYS)
        self.period.addItem(self.tr("Last 12 months"), _MONTHS)
        self.period.currentIndexChanged.connect(lambda _: self.refresh())
        self.as_table = QPushButton(self.tr("As a table"))
        self.as_table.setProperty("flat", True)
        self.as_table.setCheckable(True)
        self.as_table.toggled.connect(lambda _: self._show_days())
        self.searches = Chart(context.theme, self.tr("Searches"))
        self.documents = Chart(context.theme, self.tr("Documents"))
        self.storage = Chart(context.theme, self.tr("Room on disk"))
        self._now = {chart: _label() for chart in (self.searches, self.documents, self.storage)}
        self._note = _label()
        self._note.setWordWrap(True)
        self._note.setProperty("muted", True)
        self._legend = FlowLayout(2 * GRID)
        self._legend_entries: list[tuple[QLabel, QLabel]] = []
        self.table = self._make_table()
        self._empty = EmptyState(context.theme)
        self._stack = QStackedWidget()
        for each in (self._make_charts(), self.table, self._empty):
            self._stack.addWidget(each)
        self._lay_out()
        context.theme.changed.connect(self._draw_legend)
        self._draw_legend()

    def _make_table(self) -> QTableWidget:
        names = [self.tr("Day"), self.tr("Searches"), self.tr("Documents"), self.tr("Passages")]
        names += [self._part_names[part] for part in PARTS]
        table = QTableWidget(0, len(names))
        for column, name in enumerate(names):
            title = QTableWidgetItem(name)
            title.setTextAlignment(_alignment(column))
            table.setHorizontalHeaderItem(column, title)
        table.setAccessibleName(self.tr("Usage as a table"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(4 * GRID)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        return table

    def _make_charts(self) -> QWidget:
        inside = QWidget()
        inside.setProperty("paper", True)
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        for chart in (self.searches, self.documents, self.storage):
            row = QHBoxLayout()
            name = _label(chart.accessibleName())
            name.setFont(sized(self.font(), 1.0, bold=True))
            self._now[chart].setProperty("muted", True)
            row.addWidget(name)
            row.addStretch(1)
            row.addWidget(self._now[chart])
            column.addLayout(row)
            column.addWidget(chart)
            column.addSpacing(GRID)
        for _ in PARTS:
            entry, mark, text = QWidget(), QLabel(), _label()
            pair = QHBoxLayout(entry)
            pair.setContentsMargins(0, 0, 0, 0)
            pair.addWidget(mark)
            pair.addWidget(text)
            self._legend_entries.append((mark, text))
            self._legend.addWidget(entry)
        column.addLayout(self._legend)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        return scroll

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.as_table)
        head.addWidget(self.period)
        below = QHBoxLayout()
        below.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID)
        below.addWidget(self._note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(below)
        layout.addWidget(self._stack, 1)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def open(self, workspace: Workspace) -> None:
        """Show the usage of a workspace."""
        self._workspace = workspace
        self._latest.drop()
        self._days = ()
        self._note.clear()
        self._empty.say("usage", self.tr("Counting…"))
        self._stack.setCurrentWidget(self._empty)
        self.refresh()

    def refresh(self) -> None:
        """Count again, if somebody looks."""
        workspace, kb = self._workspace, self._context.kb
        if workspace is not None and self.isVisible():
            days = _DAYS if self._daily else 31 * _MONTHS
            self._latest.run(lambda: kb.upkeep.usage(workspace, days), self._show)

    @property
    def _daily(self) -> bool:
        return bool(self.period.currentData() == _DAYS)

    def _show(self, days: Sequence[UsageDay]) -> None:
        self._days = days
        self._show_days()

    def _show_days(self) -> None:
        if not self._days:
            return
        held = self._days[-1].holdings
        if not any(day.searches or (day.holdings and day.holdings.documents) for day in self._days):
            self._note.clear()
            self._empty.say(
                "usage",
                self.tr("There is nothing to count yet."),
                [self.tr("Add documents and search them; from then on this page tells of each day.")],
            )
            self._stack.setCurrentWidget(self._empty)
            return
        if len(self._days) == 1:
            self._note.setText(self.tr("Only today is known yet; each day on which Carrel is open here adds to it."))
        else:
            since = self.tr("Since {day}. Days on which Carrel was not open here stay empty.")
            self._note.setText(since.format(day=_date(self._days[0].day)))
        self._draw(self.searches, bars.searches, self._said_searches, _counted)
        self._draw(self.documents, bars.documents, self._said_documents, _counted)
        self._draw(self.storage, bars.storage, self._said_storage, _sized)
        self._now[self.searches].setText(self.tr("%n in this period", "", sum(day.searches for day in self._days)))
        if held is not None:
            self._now[self.documents].setText(self.tr("%n now", "", held.documents))
            self._now[self.storage].setText(self.tr("{size} now").format(size=size(held.size)))
        self._fill_table()
        self._draw_legend()
        self._stack.setCurrentIndex(1 if self.as_table.isChecked() else 0)

    def _draw(self, chart: Chart, figure: Figure, said: Callable[[Bar], str], written: Callable[[float], str]) -> None:
        today = self._days[-1].day
        drawn = (
            bars.by_day(self._days, figure, today, _DAYS)
            if self._daily
            else bars.by_month(self._days, figure, today, _MONTHS)
        )
        chart.show_bars(drawn, written=written, dated=self._dated, said=lambda bar: self._told(bar, said))

    def _told(self, bar: Bar, said: Callable[[Bar], str]) -> str:
        when = _date(bar.first) if self._daily else _written(bar.first, "MMMM yyyy")
        return f"{when}\n{said(bar) if bar.parts else self.tr('Not known')}"

    def _dated(self, bar: Bar) -> str:
        return _written(bar.first, "d MMM" if self._daily else "MMM yyyy")

    def _said_searches(self, bar: Bar) -> str:
        return self.tr("%n search(es)", "", round(bar.height))

    def _said_documents(self, bar: Bar) -> str:
        return self.tr("%n document(s)", "", round(bar.height))

    def _said_storage(self, bar: Bar) -> str:
        # As they are stacked: the upper first.
        parts = [
            f"{self._part_names[part]}: {_sized(value)}" for part, value in zip(PARTS, bar.parts, strict=True) if value
        ]
        return "\n".join([_sized(bar.height), *reversed(parts)])

    def _draw_legend(self) -> None:
        held = self._days[-1].holdings if self._days else None
        for (mark, text), part in zip(self._legend_entries, PARTS, strict=True):
            mark.setPixmap(dot(self.storage.colour(PARTS.index(part)), 12, 2).pixmap(12, 12))
            amount = "" if held is None else f"  {size(held.bytes[part])}"
            text.setText(self._part_names[part] + amount)

    def _fill_table(self) -> None:
        self.table.setRowCount(len(self._days))
        for row, day in enumerate(reversed(self._days)):
            held = day.holdings
            cells = [_date(day.day), number(day.searches)]
            if held is not None:
                cells += [number(held.documents), number(held.passages), *(size(held.bytes[part]) for part in PARTS)]
            for column in range(self.table.columnCount()):
                item = QTableWidgetItem(cells[column] if column < len(cells) else "")
                item.setTextAlignment(_alignment(column))
                self.table.setItem(row, column, item)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Count when it is looked at."""
        super().showEvent(event)
        self.refresh()


def _label(text: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _alignment(column: int) -> Qt.AlignmentFlag:
    """Return how a column is set: the day at the left, numbers at the right."""
    return (Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter


def _counted(value: float) -> str:
    return number(round(value))


def _sized(value: float) -> str:
    return size(round(value))


def _date(day: date) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)


def _written(day: date, form: str) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), form)
