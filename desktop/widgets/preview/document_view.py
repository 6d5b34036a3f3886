"""The document itself: its pages, its picture or its text, and the line below that goes from place to place."""

from __future__ import annotations

from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core.domain.plain_text import one_line
from core.domain.search import Hit
from desktop.theme import Theme
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.preview.contents import Contents, Standing
from desktop.widgets.preview.pdf_view import PdfView
from desktop.widgets.preview.picture_view import PictureView
from desktop.widgets.preview.place_bar import PlaceBar
from desktop.widgets.preview.text_view import TextView


class DocumentView(QWidget):
    """Shows one document as it is best read."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._contents: Contents | None = None
        self._current = -1
        self._empty = EmptyState(theme)
        self._text = TextView(theme)
        self._pdf = PdfView(theme)
        self._picture = PictureView(theme)
        self._views = QStackedWidget()
        for view in (self._empty, self._text, self._pdf, self._picture):
            self._views.addWidget(view)
        self._bar = PlaceBar(theme)
        self._bar.stepped.connect(self.step)
        self._bar.zoomed.connect(self._pdf.zoom)
        self._pdf.moved.connect(self._bar.show_page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._views, 1)
        layout.addWidget(self._bar)
        self.clear()

    def clear(self) -> None:
        """Show nothing, and let go of the file."""
        self._contents, self._current = None, -1
        self._pdf.clear()
        self._bar.hide()
        self._empty.say("eye", self.tr("Choose a result to see it in its document."))
        self._views.setCurrentWidget(self._empty)

    def show_contents(self, contents: Contents, hit: Hit | None) -> str:
        """Show a document, at the passage of a hit where there is one.

        Returns:
            A sentence that says why it is not shown as it is; empty where it is.
        """
        self._contents, self._current = contents, -1
        if hit is not None:
            inside = (at for at, place in enumerate(contents.places) if hit.start <= place[0] < hit.end)
            self._current = next(inside, -1)
        self._bar.show_page(None, 0)
        sentence = ""
        if contents.picture is not None:
            self._picture.show_picture(contents.picture)
            self._views.setCurrentWidget(self._picture)
        else:
            paged = contents.document.kind == "pdf" and contents.standing is Standing.SAME
            sentence = self._show_pdf(contents, hit) if paged else ""
            if sentence or not paged:
                self._show_text(contents, hit)
        self._bar.setVisible(hit is not None or self._views.currentWidget() is self._pdf)
        self._bar.show_place(self._current, len(contents.places) if hit else -1)
        return sentence

    def _show_pdf(self, contents: Contents, hit: Hit | None) -> str:
        """Show the pages, or return why that is not possible."""
        if contents.pdf is None:
            return self.tr("This PDF is too large to be drawn, or can't be read; here is its text.")
        error = self._pdf.load(contents.pdf)
        if error is QPdfDocument.Error.IncorrectPassword:
            return self.tr("This PDF is locked by a password; here is what Carrel has of its text.")
        if error is not QPdfDocument.Error.None_:
            return self.tr("The pages of this PDF can't be drawn; here is its text.")
        self._views.setCurrentWidget(self._pdf)
        self._pdf.show_marks(contents.extracted, (hit.start, hit.end) if hit else None, contents.places, self._current)
        return ""

    def _show_text(self, contents: Contents, hit: Hit | None) -> None:
        self._pdf.clear()
        document = contents.document
        if contents.extracted.text:
            passage = (hit.start, hit.end) if hit else None
            self._text.show_text(
                contents.extracted, document.kind, document.name, passage, contents.places, self._current
            )
            self._views.setCurrentWidget(self._text)
        else:
            reason = one_line(document.reason) or self.tr("It has not been read yet.")
            self._empty.say("file", self.tr("There is no text of this document."), [reason])
            self._views.setCurrentWidget(self._empty)

    def step(self, places: int) -> None:
        """Go to the next place where the query's words stand, or the one before; around the end."""
        if self._contents is None or not self._contents.places:
            return
        count = len(self._contents.places)
        self._current = (self._current + places) % count if self._current >= 0 else (0 if places > 0 else count - 1)
        if self._views.currentWidget() is self._pdf:
            self._pdf.go(self._current)
        else:
            self._text.go(self._current)
        self._bar.show_place(self._current, count)

    @property
    def page(self) -> int:
        """The page that is looked at, from 1; 0 where no pages are shown."""
        return self._pdf.page if self._views.currentWidget() is self._pdf else 0
