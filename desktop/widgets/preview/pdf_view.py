"""Shows the pages of a PDF, with a passage and words marked on them.

Pages are drawn one below the other, beside the event loop, as they come into view. The paper stays white in the dark
theme, and marks are those of the light one. Forms, scripts and links of a file do nothing here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtPdf import QPdfDocument, QPdfPageRenderer
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from core.domain.extracted import Extracted
from desktop.theme import LIGHT, Theme
from desktop.theme.theme import GRID
from desktop.widgets.preview.page_layout import PageLayout
from desktop.widgets.preview.pdf_marks import Pages, Place, passage_on_page, words_on_page

_KEPT = 12
"""Pictures of pages that are kept, so that going back shows them at once."""
_MARKED = 60
"""Pages of which the marks are kept."""


class PdfView(QAbstractScrollArea):
    """One PDF at a time.

    Attributes:
        moved: Another page is looked at: its number from 1, and how many there are.
    """

    moved = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Pages of the document"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self._document: QPdfDocument | None = None
        self._renderer: QPdfPageRenderer | None = None
        self._layout = PageLayout([])
        self._drawn: OrderedDict[tuple[int, QSize], QImage] = OrderedDict()
        self._asked: set[tuple[int, QSize]] = set()
        self._pages = Pages(Extracted(""))
        self._extracted = Extracted("")
        self._passage: Place | None = None
        self._places: Sequence[Place] = ()
        self._current = -1
        self._marks: OrderedDict[int, tuple[list[QRectF], dict[int, list[QRectF]]]] = OrderedDict()
        self._page = -1
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        theme.changed.connect(self.viewport().update)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def load(self, data: bytes) -> QPdfDocument.Error:
        """Open a PDF; returns what is wrong with it, and shows nothing then."""
        self.clear()
        # Before the document: children are deleted in the order in which they came, and a page may be being drawn.
        renderer = QPdfPageRenderer(self)
        document = QPdfDocument(self)
        buffer = QBuffer(document)
        buffer.setData(QByteArray(data))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(buffer)
        if document.error() is not QPdfDocument.Error.None_ or not document.pageCount():
            error = document.error()
            renderer.deleteLater()
            document.deleteLater()
            return QPdfDocument.Error.Unknown if error is QPdfDocument.Error.None_ else error
        self._document = document
        self._layout = PageLayout([document.pagePointSize(page) for page in range(document.pageCount())])
        renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        renderer.setDocument(document)
        renderer.pageRendered.connect(self._take)
        self._renderer = renderer
        self._arrange()
        return QPdfDocument.Error.None_

    def clear(self) -> None:
        """Show nothing, and let go of the file."""
        if self._renderer is not None:
            self._renderer.pageRendered.disconnect(self._take)
            self._renderer.deleteLater()  # before the document: it waits for the page that is being drawn
        if self._document is not None:
            self._document.deleteLater()
        self._document = self._renderer = None
        self._drawn.clear()
        self._asked.clear()
        self._marks.clear()
        self._layout = PageLayout([], self._layout.zoom)
        self._page = -1

    def show_marks(self, extracted: Extracted, passage: Place | None, places: Sequence[Place], current: int) -> None:
        """Mark a passage and words, given as places of the stored text, and go to one of them; see `go`."""
        self._extracted, self._pages = extracted, Pages(extracted)
        self._passage, self._places = passage, places
        self._marks.clear()
        self.go(current)

    def go(self, current: int) -> None:
        """Scroll to one of the places and mark it; to the passage for -1."""
        self._current = current
        if self._document is None:
            return
        offset = self._places[current][0] if current >= 0 else (self._passage[0] if self._passage else 0)
        page = min(self._pages.at(offset), self._document.pageCount() - 1)
        passage, words = self._marks_of(page)
        marks = words.get(current) or passage
        top = self._layout.top(page)
        if marks:
            top += marks[0].top() * self._layout.scale - self.viewport().height() / 3
            left = marks[0].left() * self._layout.scale
            self.horizontalScrollBar().setValue(int(left - self.viewport().width() / 3))
        if current >= 0 or self._passage is not None:
            self.verticalScrollBar().setValue(int(top))
        else:
            self.verticalScrollBar().setValue(0)
        self._scrolled()
        self.viewport().update()

    def zoom(self, steps: int) -> None:
        """Draw pages larger (1) or smaller (-1), or as wide as the pane (0); what is in the middle stays there."""
        middle = self.viewport().height() / 2
        at = self._layout.share(self.verticalScrollBar().value() + middle)
        self._layout.zoom_by(steps)
        self._arrange()
        self.verticalScrollBar().setValue(int(self._layout.position(at) - middle))

    @property
    def page(self) -> int:
        """The page that is looked at, from 1; 0 for none."""
        return self._page + 1

    @property
    def painted(self) -> bool:
        """Whether the page that is looked at has been drawn."""
        return any(page == self._page for page, _ in self._drawn)

    # -- marks --------------------------------------------------------------------------------------------------------

    def _marks_of(self, page: int) -> tuple[list[QRectF], dict[int, list[QRectF]]]:
        """Return where the passage stands on a page, and each of the places there, in points."""
        if page in self._marks or self._document is None:
            return self._marks.get(page, ([], {}))
        start, end = self._pages.span(page)
        numbers = self._pages.places(page, self._places)
        first, last = (
            max(start, self._passage[0]) if self._passage else 0,
            min(end, self._passage[1] if self._passage else 0),
        )
        passage: list[QRectF] = []
        words: dict[int, list[QRectF]] = {}
        if numbers or first < last:
            shown = self._document.getAllText(page).text()
            if first < last:
                for part in passage_on_page(shown, self._extracted.text[first:last]):
                    passage += self._rectangles(page, part)
            found = words_on_page(shown, self._extracted.text, [self._places[each] for each in numbers])
            words = {
                number: self._rectangles(page, place)
                for number, place in zip(numbers, found, strict=True)
                if place is not None
            }
        self._marks[page] = passage, words
        if len(self._marks) > _MARKED:
            self._marks.popitem(last=False)
        return passage, words

    def _rectangles(self, page: int, place: Place) -> list[QRectF]:
        if self._document is None:
            return []
        selection = self._document.getSelectionAtIndex(page, place[0], place[1] - place[0])
        return [polygon.boundingRect() for polygon in selection.bounds()]

    # -- drawing ------------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the pages in view."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(self._theme.colours.raised))
        for page in self._layout.in_view(self.verticalScrollBar().value(), self.viewport().height()):
            place = self._place_of(page)
            painter.fillRect(place, Qt.GlobalColor.white)
            picture = self._picture(page, place.size())
            if picture is not None:
                painter.drawImage(place, picture)
            self._paint_marks(painter, page, place)
        painter.end()

    def _paint_marks(self, painter: QPainter, page: int, place: QRect) -> None:
        passage, words = self._marks_of(page)
        scale = self._layout.scale
        painter.save()
        painter.translate(place.topLeft())
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)  # the letters stay black
        for each in passage:
            painter.fillRect(_scaled(each, scale).adjusted(-4, -3, 4, 3), QColor(LIGHT.current))
        for rectangles in words.values():
            for each in rectangles:
                painter.fillRect(_scaled(each, scale).adjusted(-1, -1, 1, 1), QColor(LIGHT.mark))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        if passage:
            whole = _scaled(passage[0], scale)
            for each in passage[1:]:
                whole = whole.united(_scaled(each, scale))
            painter.fillRect(QRectF(whole.left() - GRID, whole.top() - 3, 3, whole.height() + 6), QColor(LIGHT.warning))
        painter.setPen(QPen(QColor(LIGHT.accent), 2))
        for each in words.get(self._current, []):
            painter.drawRoundedRect(_scaled(each, scale).adjusted(-3, -3, 3, 3), 2, 2)
        painter.restore()

    def _picture(self, page: int, size: QSize) -> QImage | None:
        """Return the picture of a page, or one of another size while it is being drawn."""
        wanted = page, size * self.devicePixelRatioF()
        if wanted in self._drawn:
            self._drawn.move_to_end(wanted)
            return self._drawn[wanted]
        if wanted not in self._asked and self._renderer is not None:
            self._asked.add(wanted)
            self._renderer.requestPage(page, wanted[1])
        return next((each for (number, _), each in reversed(self._drawn.items()) if number == page), None)

    def _take(self, page: int, size: QSize, picture: QImage) -> None:
        self._asked.discard((page, size))
        self._drawn[page, size] = picture
        if len(self._drawn) > _KEPT:
            self._drawn.popitem(last=False)
        self.viewport().update()

    # -- places on the screen -----------------------------------------------------------------------------------------

    def _place_of(self, page: int) -> QRect:
        size = self._layout.size(page)
        left = max((self.viewport().width() - size.width()) // 2, GRID) - self.horizontalScrollBar().value()
        return QRect(QPoint(left, int(self._layout.top(page)) - self.verticalScrollBar().value()), size)

    def _arrange(self) -> None:
        self._layout.fit(self.viewport().width() - 2 * GRID)
        view = self.viewport().size()
        whole = self._layout.whole
        self.verticalScrollBar().setRange(0, max(0, whole.height() - view.height()))
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(5 * GRID)
        self.horizontalScrollBar().setRange(0, max(0, whole.width() + 2 * GRID - view.width()))
        self.horizontalScrollBar().setPageStep(view.width())
        if self._document is not None:
            self._scrolled()  # at the same place of the bar stands another page, where pages have another size

    def _scrolled(self) -> None:
        page = self._layout.page_at(self.verticalScrollBar().value() + self.viewport().height() // 2)
        if page != self._page:
            self._page = page
            self.moved.emit(page + 1, self._layout.count)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what stands at the top there, in another size."""
        super().resizeEvent(event)
        at, all_in_view = self._layout.share(self.verticalScrollBar().value()), not self.verticalScrollBar().maximum()
        self._arrange()
        if all_in_view:
            self.go(self._current)  # there was nothing to scroll, as in a pane that had no room yet
        else:
            self.verticalScrollBar().setValue(int(self._layout.position(at)))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom while Ctrl is held; else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)


def _scaled(rectangle: QRectF, scale: float) -> QRectF:
    return QRectF(rectangle.topLeft() * scale, rectangle.size() * scale)
