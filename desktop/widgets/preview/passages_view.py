"""A passage as it is stored and found, between its neighbours; and why it was found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from core.domain.chunk import Chunk
from core.domain.plain_text import one_line
from core.domain.search import Hit
from desktop.theme import Theme
from desktop.theme.theme import GRID
from desktop.widgets.icon_button import icon_button
from desktop.widgets.preview.looks import LINE_HEIGHT
from desktop.widgets.preview.safe_text import SafeText, as_characters
from desktop.widgets.preview.why_result import WhyResult
from desktop.words import number


class PassagesView(QWidget):
    """One passage at a time, with the one before and the one after it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._passages: Sequence[Chunk] = ()
        self._at = 0
        self._why = WhyResult(theme)
        self._line = QFrame()
        self._line.setProperty("line", True)
        self._previous = self._button("up", self.tr("Previous passage"), -1)
        self._next = self._button("down", self.tr("Next passage"), 1)
        self._count = QLabel()
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self._count.setProperty("muted", True)
        self._text = SafeText()
        self._text.setAccessibleName(self.tr("Passage with its neighbours"))
        top = QHBoxLayout()
        top.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        top.addWidget(self._count, 1)
        top.addWidget(self._previous)
        top.addWidget(self._next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._why)
        layout.addWidget(self._line)
        layout.addLayout(top)
        layout.addWidget(self._text, 1)
        theme.changed.connect(self._draw)

    def _button(self, icon: str, tip: str, step: int) -> QToolButton:
        button = icon_button(self._theme, icon, tip)
        button.clicked.connect(lambda: self._step(step))
        return button

    def show_passages(self, passages: Sequence[Chunk], hit: Hit | None) -> None:
        """Show the passages of a document, at the one of a hit, or at the first."""
        self._passages = passages
        self._at = next((at for at, each in enumerate(passages) if hit and each.id == hit.chunk_id), 0)
        self._why.setVisible(hit is not None)
        self._line.setVisible(hit is not None)
        if hit is not None:
            self._why.show_hit(hit)
        self._draw()

    def _step(self, step: int) -> None:
        self._at = min(max(0, self._at + step), len(self._passages) - 1)
        self._draw()

    def _draw(self) -> None:
        count = len(self._passages)
        self._previous.setEnabled(self._at > 0)
        self._next.setEnabled(self._at + 1 < count)
        self._text.clear()
        if not count:
            self._count.setText(self.tr("This document has no passages."))
            return
        said = self.tr("Passage {number} of {count}")
        self._count.setText(said.format(number=number(self._at + 1), count=number(count)))
        cursor = QTextCursor(self._text.document())
        self._text.document().setDocumentMargin(2 * GRID)
        begin = 0
        for at in range(max(0, self._at - 1), min(count, self._at + 2)):
            begin = cursor.position() if at == self._at else begin
            self._write(cursor, self._passages[at], chosen=at == self._at)
        cursor.setPosition(begin)
        self._text.setTextCursor(cursor)
        bar = self._text.verticalScrollBar()
        bar.setValue(bar.value() + self._text.cursorRect(cursor).top() - self._text.viewport().height() // 4)

    def _write(self, cursor: QTextCursor, passage: Chunk, *, chosen: bool) -> None:
        colours = self._theme.colours
        page = self.tr("p. %n", "", passage.page) if passage.page else ""
        place = " · ".join(filter(None, (number(passage.ordinal + 1), page, one_line(passage.heading or ""))))
        muted, plain = QTextCharFormat(), QTextCharFormat()
        muted.setForeground(QColor(colours.accent if chosen else colours.muted))
        plain.setForeground(QColor(colours.text if chosen else colours.muted))
        block = QTextBlockFormat()
        block.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if chosen:
            block.setBackground(QColor(colours.current))
        cursor.insertText(place, muted)
        cursor.insertBlock(block)
        cursor.insertText(as_characters(passage.text.strip()), plain)
        after = QTextBlockFormat()
        after.setTopMargin(2 * GRID)
        cursor.insertBlock(after)
