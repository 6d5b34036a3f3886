"""The map: the documents of the workspace as a picture, those that are alike beside each other."""

from __future__ import annotations

import threading
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.domain.document_map import DocumentMap
from core.domain.workspace import Workspace
from desktop.context import Context
from desktop.tasks import Latest, Task
from desktop.theme.theme import GRID, sized
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.icon_button import icon_button
from desktop.widgets.map.canvas import MapCanvas
from desktop.widgets.map.colouring import ColourBy, colouring
from desktop.widgets.map.legend import Legend

_ZOOM = 1.5


class MapPage(QWidget):
    """A picture with a legend.

    Attributes:
        document_chosen: A document was chosen: its record.
        wants_list: Documents are to be shown in the library: their ids.
    """

    document_chosen = Signal(object)
    wants_list = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("paper", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context = context
        self._workspace: Workspace | None = None
        self._drawing: Task | None = None
        self._stop = threading.Event()
        self._map: DocumentMap | None = None
        self._latest = Latest(context.tasks, self)
        self._title = _label()
        self._title.setFont(sized(self.font(), 1.15, bold=True))
        self._waiting = _label()
        self._waiting.setProperty("muted", True)
        self.again = QPushButton(self.tr("Draw again"))
        self.again.setProperty("flat", True)
        context.theme.icons.put(self.again, "retry")
        self.again.setToolTip(self.tr("Documents have changed since the map was drawn"))
        self.again.clicked.connect(self.draw)
        self.colour_by = QComboBox()
        self.colour_by.setAccessibleName(self.tr("Colour by"))
        for by, name in (
            (ColourBy.SOURCE, self.tr("Colour by source")),
            (ColourBy.TYPE, self.tr("Colour by type")),
            (ColourBy.TAG, self.tr("Colour by tag")),
            (ColourBy.YEAR, self.tr("Colour by year")),
        ):
            self.colour_by.addItem(name, by)
        self.colour_by.currentIndexChanged.connect(lambda _: self._colour())
        self.canvas = MapCanvas(context.theme)
        self.canvas.chosen.connect(self._choose)
        self.canvas.surrounded.connect(self._show_selection)
        self.legend = Legend()
        self.legend.chosen.connect(self.canvas.stand_out)
        self._make_tools()
        self.chosen_line = self._make_chosen_line()
        self._empty = EmptyState(context.theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._with_chosen_line())
        self._stack.addWidget(self._empty)
        self._lay_out()
        context.theme.changed.connect(self._colour)

    def _make_tools(self) -> None:
        theme = self._context.theme
        self.lasso = icon_button(theme, "lasso", self.tr("Draw a line around documents (or drag with Shift)"))
        self.lasso.setCheckable(True)
        self.lasso.toggled.connect(lambda on: setattr(self.canvas, "lasso", on))
        self.closer = icon_button(theme, "zoom-in", self.tr("Closer"))
        self.closer.clicked.connect(lambda: self.canvas.zoom(_ZOOM))
        self.farther = icon_button(theme, "zoom-out", self.tr("Farther"))
        self.farther.clicked.connect(lambda: self.canvas.zoom(1 / _ZOOM))
        self.whole = icon_button(theme, "fit", self.tr("The whole map"))
        self.whole.clicked.connect(self.canvas.show_all)

    def _make_chosen_line(self) -> QWidget:
        line = QWidget()
        line.setProperty("notice", True)
        line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._chosen = _label()
        self.show_list = QPushButton(self.tr("Show them in the library"))
        self.show_list.clicked.connect(lambda: self.wants_list.emit(self.canvas.selected()))
        self.let_go = QPushButton(self.tr("Let go"))
        self.let_go.setProperty("flat", True)
        self.let_go.clicked.connect(lambda: self.canvas.select([]))
        row = QHBoxLayout(line)
        row.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID // 2)
        row.addWidget(self._chosen, 1)
        row.addWidget(self.show_list)
        row.addWidget(self.let_go)
        line.hide()
        return line

    def _with_chosen_line(self) -> QWidget:
        """Return the map with the line over its lower edge: beside it, it would move the map under the pointer."""
        both = QWidget()
        layout = QGridLayout(both)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas, 0, 0)
        layout.addWidget(self.chosen_line, 0, 0, Qt.AlignmentFlag.AlignBottom)
        return both

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.again)
        head.addWidget(self.colour_by)
        for tool in (self.lasso, self.closer, self.farther, self.whole):
            head.addWidget(tool)
        below = QHBoxLayout()
        below.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        below.addWidget(self._waiting, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, GRID // 2, GRID, GRID)
        foot.addWidget(self.legend)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        # The map comes first for the keyboard.
        layout.addWidget(self._stack, 1)
        layout.insertLayout(0, head)
        layout.insertLayout(1, below)
        layout.addLayout(foot)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def open(self, workspace: Workspace) -> None:
        """Show the map of a workspace."""
        self._break_off()
        self._latest.drop()
        self._workspace, self._map = workspace, None
        self.canvas.clear()
        self._show_selection([])
        self.refresh()

    def refresh(self) -> None:
        """Draw the map if there is none; where there is one, and it is out of date, offer to draw it again."""
        workspace, kb, drawn = self._workspace, self._context.kb, self._map
        if workspace is None or not self.isVisible() or self._drawing is not None:
            return
        if drawn is None:
            self.draw()
        else:
            self._latest.run(lambda: kb.maps.is_current(workspace, drawn), partial(self._judge, drawn))

    def _judge(self, drawn: DocumentMap, current: bool) -> None:
        if drawn is not self._map or self._drawing is not None:
            return
        if drawn.documents:
            self.again.setVisible(not current)
        elif not current and self.isVisible():
            self.draw()

    def draw(self) -> None:
        """Draw the map as the documents are now; what is on it stays about where it is."""
        workspace, kb, before = self._workspace, self._context.kb, self._map
        if workspace is None:
            return
        self._break_off()
        self.again.hide()
        stop = self._stop = threading.Event()
        if before is None:
            self._say("map", self.tr("Drawing the map…"))
        self._drawing = self._context.tasks.run(
            self, lambda: kb.maps.draw(workspace, before=before, stop=stop), self._show, self._refused
        )

    def _break_off(self) -> None:
        if self._drawing is not None:
            self._stop.set()
            self._drawing.cancel()
            self._drawing = None

    def _show(self, drawn: DocumentMap | None) -> None:
        self._drawing = None
        if drawn is None:
            return
        if self._map is None and len({each.source for each in drawn.documents}) == 1:
            # All of one source would all have one colour.
            self.colour_by.setCurrentIndex(self.colour_by.findData(ColourBy.TYPE))
        self._map = drawn
        self.canvas.show_map(drawn)
        self._show_selection(self.canvas.selected())
        self._colour()
        self._title.setText(self.tr("%n document(s)", "", len(drawn.documents)))
        self._waiting.setText(self.tr("%n document(s) not understood yet", "", drawn.waiting))
        self._waiting.setVisible(drawn.waiting > 0)
        if drawn.documents:
            for each in (self.colour_by, self.lasso, self.closer, self.farther, self.whole, self.legend):
                each.show()
            self._stack.setCurrentIndex(0)
            self.refresh()
        else:
            said = [self.tr("Documents appear here as soon as they are understood.")]
            self._say("map", self.tr("Nothing is on the map yet."), said)

    def _say(self, icon: str, title: str, reasons: list[str] | None = None) -> None:
        for each in (self.again, self.colour_by, self.lasso, self.closer, self.farther, self.whole, self.legend):
            each.hide()
        if self._map is None:
            self._title.clear()
            self._waiting.hide()
        self._empty.say(icon, title, reasons or [])
        self._stack.setCurrentWidget(self._empty)

    def _refused(self, error: BaseException) -> None:
        self._drawing = None
        offers = [(self.tr("Try again"), self.draw)]
        if self._map is None or not self._map.documents:
            self._empty.say("map", self.tr("The map could not be drawn."), [], offers)
        else:
            self.again.show()
        self._context.notices.error(error)

    def _colour(self) -> None:
        if self._map is not None:
            by = ColourBy(self.colour_by.currentData())
            found = colouring(self._map.documents, by, self._context.theme.colours)
            self.canvas.colour(found)
            self.legend.show_entries(found.entries)

    # -- what a person does -------------------------------------------------------------------------------------------

    def _choose(self, document_id: int) -> None:
        workspace, kb = self._workspace, self._context.kb
        if workspace is not None:
            self._context.tasks.run(
                self,
                partial(kb.documents.get, workspace, document_id),
                self.document_chosen.emit,
            )

    def _show_selection(self, ids: list[int]) -> None:
        self.chosen_line.setVisible(bool(ids))
        self._chosen.setText(self.tr("%n document(s) chosen", "", len(ids)))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Draw what was not drawn while nobody looked."""
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nobody looks: a map that is being drawn can wait."""
        super().hideEvent(event)
        self._break_off()


def _label() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
