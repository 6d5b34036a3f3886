"""Shows the stored text of a document, set by its kind, with a passage and words marked.

Only a part of a long text is laid out at a time, around what is looked at; so the length of a text does not matter.
Nothing of a document is taken for HTML, and nothing that a text names is ever loaded.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QShowEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from core.domain.extracted import Extracted
from desktop.theme import Theme
from desktop.theme.theme import GRID
from desktop.widgets.preview.blocks import Look
from desktop.widgets.preview.lines import around
from desktop.widgets.preview.looks import Looks
from desktop.widgets.preview.safe_text import SafeText, as_characters
from desktop.widgets.preview.typeset import part_size, typeset
from desktop.words import qt_length

_READABLE = 720
"""Pixels of the widest column of text; a wider pane gets margins."""
Place = tuple[int, int]


class TextView(SafeText):
    """A text to read. Places in it are given as offsets of the stored text."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(self.tr("Text of the document"))
        self._extracted = Extracted("")
        self._kind = self._name = ""
        self._passage: Place | None = None
        self._places: Sequence[Place] = ()
        self._current = -1
        self._begin = self._end = 0
        self._starts: list[int] = []  # of the runs, in the stored text
        self._runs: list[tuple[int, str]] = []  # where each stands in the document, and its text
        self._setting = False
        self._kept = (0, 0)  # what stands where: an offset, and pixels below the top
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().rangeChanged.connect(self._stay)
        theme.changed.connect(self._set_anew)

    def show_text(
        self, extracted: Extracted, kind: str, name: str, passage: Place | None, places: Sequence[Place], current: int
    ) -> None:
        """Show a text.

        Args:
            extracted: The stored text.
            kind: The kind of its document.
            name: The file name.
            passage: What is set off, if anything.
            places: What is marked as found.
            current: Which of the places is marked as the one that is looked at, and scrolled to; -1 for the passage.
        """
        self._extracted, self._kind, self._name = extracted, kind, name
        self._passage, self._places = passage, places
        self._begin = self._end = 0
        self.go(current)

    def go(self, current: int) -> None:
        """Scroll to one of the places and mark it; to the passage for -1."""
        self._current = current
        at = self._places[current][0] if current >= 0 else (self._passage[0] if self._passage else 0)
        if not self._begin <= at < self._end or not self._starts:
            self._set(*around(self._extracted.text, at, part_size(self._kind)))
        else:
            self._mark()
        self._show(at, self.viewport().height() // 3 if current >= 0 or self._passage else 0)

    # -- setting ------------------------------------------------------------------------------------------------------

    def _set(self, begin: int, end: int) -> None:
        """Lay out a part of the text."""
        before, self._setting = self._setting, True
        self._begin, self._end = begin, end
        self._starts, self._runs = [], []
        document = self.document()
        document.clear()
        document.setDefaultFont(self.font())
        self._fit()
        looks = Looks(self._theme, self.font())
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        for number, block in enumerate(typeset(self._extracted, self._kind, self._name, begin, end)):
            if number:
                cursor.insertBlock()
            cursor.setBlockFormat(looks.block(block))
            for run in block.runs:
                shown = as_characters(run.text)
                if block.look is Look.PAGE:
                    shown = self._page(shown)
                if run.start is not None:
                    self._starts.append(run.start)
                    self._runs.append((cursor.position(), shown))
                cursor.insertText(shown, looks.run(block, run.role))
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)  # else a resize scrolls to where the last run was put
        self._mark()
        self._setting = before

    def _page(self, label: str) -> str:
        return (
            self.tr("Slide {number}").format(number=label)
            if self._kind in ("pptx", "odp")
            else self.tr("Page {number}").format(number=label)
        )

    def _set_anew(self) -> None:
        """Lay out the same part again, in other colours or another size."""
        if self._starts:
            self._set(self._begin, self._end)
            self._show(*self._kept)

    def _scrolled(self, value: int) -> None:
        """Lay out the part around what is looked at, where its end or beginning comes into view."""
        bar = self.verticalScrollBar()
        up = value <= bar.minimum() and self._begin > 0
        down = value >= bar.maximum() and self._end < len(self._extracted.text)
        if self._setting or not self._starts:
            return
        at = self._at_top()
        self._kept = at, self.cursorRect(self._cursor(at)).top()
        if up or down:
            self._set(*around(self._extracted.text, at, part_size(self._kind)))
            self._show(*self._kept)

    def _stay(self) -> None:
        """Keep what is looked at where it is, while the text is being laid out and its height is not yet known."""
        if not self._setting and self._starts:
            self._show(*self._kept)

    # -- marking ------------------------------------------------------------------------------------------------------

    def _mark(self) -> None:
        colours = self._theme.colours
        marks = []
        first = bisect_left(self._places, (self._begin, 0))
        last = bisect_right(self._places, (self._end, 0))
        for number in range(first, last):
            here = number == self._current
            ground, ink = (colours.accent, colours.on_accent) if here else (colours.mark, colours.on_mark)
            marks.append(self._selection(self._places[number], ground, ink))
        self.setExtraSelections([each for each in marks if each is not None])
        self.viewport().update()

    def _selection(self, place: Place, ground: str, ink: str) -> QTextEdit.ExtraSelection | None:
        start, end = max(place[0], self._begin), min(place[1], self._end)
        if start >= end or not self._starts:
            return None
        made = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setBackground(QColor(ground))
        look.setForeground(QColor(ink))
        cursor = self._cursor(start)
        cursor.setPosition(self._position(end, after=True), QTextCursor.MoveMode.KeepAnchor)
        made.cursor, made.format = cursor, look
        return made

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the passage's ground behind the text, from edge to edge, with a bar at its left."""
        if self._passage is not None and self._starts:
            start, end = max(self._passage[0], self._begin), min(self._passage[1], self._end)
            if start < end:
                cursor = self._cursor(end)
                cursor.setPosition(self._position(end, after=True))
                top = self.cursorRect(self._cursor(start)).top() - GRID // 2
                bottom = self.cursorRect(cursor).bottom() + GRID // 2
                painter = QPainter(self.viewport())
                painter.fillRect(0, top, self.viewport().width(), bottom - top, QColor(self._theme.colours.current))
                painter.fillRect(0, top, 3, bottom - top, QColor(self._theme.colours.warning))
                painter.end()
        super().paintEvent(event)

    # -- places -------------------------------------------------------------------------------------------------------

    def _position(self, offset: int, *, after: bool = False) -> int:
        """Return where a character of the stored text stands in the document; what is left out stands at what follows
        it, or (`after`) at the end of what comes before it.
        """
        number = bisect_right(self._starts, offset - after) - 1
        if number < 0:
            return 0
        position, text = self._runs[number]
        inside = offset - self._starts[number]
        if inside > len(text) and not after and number + 1 < len(self._runs):
            return self._runs[number + 1][0]
        return position + qt_length(text[:inside])

    def _cursor(self, offset: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._position(offset))
        return cursor

    def _at_top(self) -> int:
        """Return the offset in the stored text of what stands at the top of the view."""
        position = self.cursorForPosition(self.viewport().rect().topLeft()).position()
        number = bisect_right(self._runs, position, key=lambda run: run[0]) - 1
        start, text = self._runs[max(0, number)]
        return self._starts[max(0, number)] + min(max(0, position - start), len(text))

    def _show(self, offset: int, y: int) -> None:
        """Scroll so that a character stands `y` pixels below the top."""
        before, self._setting = self._setting, True
        self._kept = offset, y
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect(self._cursor(offset)).top() - y)
        self.horizontalScrollBar().setValue(0)
        self._setting = before

    def _fit(self) -> None:
        """Keep lines short enough to read, in a wide pane; code and tables take all of it."""
        free = max(2 * GRID, (self.viewport().width() - _READABLE) // 2)
        self.document().setDocumentMargin(2 * GRID)
        frame = self.document().rootFrame().frameFormat()
        frame.setLeftMargin(free)
        frame.setRightMargin(free)
        self.document().rootFrame().setFrameFormat(frame)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the place: Qt scrolls to its text cursor when a text is shown for the first time."""
        before, self._setting = self._setting, True
        super().showEvent(event)
        if self._starts:
            self._show(*self._kept)
        self._setting = before

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what is looked at where it is."""
        before, self._setting = self._setting, True  # a scroll bar that comes or goes resizes once more inside this
        super().resizeEvent(event)
        self._fit()
        if self._starts:
            self._show(*self._kept)
        self._setting = before
