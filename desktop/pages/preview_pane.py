"""The pane at the right: the document of the chosen hit, with the passage marked; its passages, and what is known."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from core.domain.document import Document
from core.domain.plain_text import one_line
from core.domain.search import Hit
from core.domain.workspace import Workspace
from core.errors import DocumentNotFound
from desktop.changes import News
from desktop.context import Context
from desktop.tasks import Latest
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.preview.contents import Contents, Standing
from desktop.widgets.preview.document_head import DocumentHead
from desktop.widgets.preview.pdf_view import PdfView
from desktop.widgets.preview.picture_view import PictureView
from desktop.widgets.preview.place_bar import PlaceBar
from desktop.widgets.preview.text_view import TextView
from desktop.words import day


class PreviewPane(QWidget):
    """Shows one document at a time.

    Attributes:
        document_chosen: Another document is to be shown: a `Document`.
    """

    document_chosen = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._workspace: Workspace | None = None
        self._document: Document | None = None
        self._hit: Hit | None = None
        self._contents: Contents | None = None
        self._current = -1
        self._latest = Latest(context.tasks, self)
        theme = context.theme
        self._head = DocumentHead(theme)
        self._empty = EmptyState(theme)
        self._text = TextView(theme)
        self._pdf = PdfView(theme)
        self._picture = PictureView(theme)
        self._views = QStackedWidget()
        for view in (self._empty, self._text, self._pdf, self._picture):
            self._views.addWidget(view)
        self._bar = PlaceBar(theme)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setAccessibleName(self.tr("What is shown of the document"))
        self._tabs.addTab(self._preview(), self.tr("Preview"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self._tabs, 1)
        self._head.wants_open.connect(self.open_outside)
        self._head.wants_folder.connect(self.show_in_folder)
        self._head.wants_citation.connect(self.copy_citation)
        self._bar.stepped.connect(self.step)
        self._bar.zoomed.connect(self._pdf.zoom)
        self._pdf.moved.connect(self._bar.show_page)
        context.changes.news.connect(self._hear)
        self._show_nothing()

    def _preview(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._views, 1)
        layout.addWidget(self._bar)
        return page

    # -- what is shown ------------------------------------------------------------------------------------------------

    def open(self, workspace: Workspace) -> None:
        """Show nothing of the workspace before."""
        self._workspace = workspace
        self.show_hit(None, "")

    def show_hit(self, hit: Hit | None, query: str) -> None:
        """Show the passage of a hit in its document."""
        self._ask(hit.document if hit else None, hit, query)

    def show_document(self, document: Document) -> None:
        """Show a document from its beginning."""
        self._ask(document, None, "")

    def _ask(self, document: Document | None, hit: Hit | None, query: str) -> None:
        workspace, kb = self._workspace, self._context.kb
        self._document, self._hit = document, hit
        if document is None or workspace is None:
            self._latest.drop()
            self._show_nothing()
            return
        self._head.show_document(document, citable=hit is not None)
        self._latest.run(
            lambda: Contents.of(kb, workspace, document, hit, query), lambda found: self._show(found, hit), self._lost
        )

    def _show(self, contents: Contents, hit: Hit | None) -> None:
        self._contents, self._current = contents, -1
        if hit is not None:
            inside = (at for at, place in enumerate(contents.places) if hit.start <= place[0] < hit.end)
            self._current = next(inside, -1)
        self._say_how_it_stands(contents)
        self._tabs.tabBar().show()
        self._bar.show_page(None, 0)
        if contents.picture is not None:
            self._picture.show_picture(contents.picture)
            self._views.setCurrentWidget(self._picture)
        elif contents.pdf is None or not self._show_pdf(contents, contents.pdf, hit):
            self._show_text(contents, hit)
            if contents.document.kind == "pdf" and contents.pdf is None and contents.standing is Standing.SAME:
                self._head.say(self.tr("This PDF is too large to be drawn, or can't be read; here is its text."))
        self._bar.setVisible(hit is not None or self._views.currentWidget() is self._pdf)
        self._bar.show_place(self._current, len(contents.places) if hit else -1)

    def _show_pdf(self, contents: Contents, data: bytes, hit: Hit | None) -> bool:
        """Show the pages, or say why that is not possible."""
        error = self._pdf.load(data)
        if error is QPdfDocument.Error.None_:
            self._views.setCurrentWidget(self._pdf)
            self._pdf.show_marks(
                contents.extracted, (hit.start, hit.end) if hit else None, contents.places, self._current
            )
            return True
        if error is QPdfDocument.Error.IncorrectPassword:
            self._head.say(self.tr("This PDF is locked by a password; here is what Carrel has of its text."))
        else:
            self._head.say(self.tr("The pages of this PDF can't be drawn; here is its text."))
        return False

    def _show_text(self, contents: Contents, hit: Hit | None) -> None:
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

    def _show_nothing(self) -> None:
        self._pdf.clear()
        self._contents, self._current = None, -1
        self._document = self._hit = None
        self._head.show_document(None)
        self._tabs.setCurrentIndex(0)
        self._tabs.tabBar().hide()
        self._bar.hide()
        self._empty.say("eye", self.tr("Choose a result to see it in its document."))
        self._views.setCurrentWidget(self._empty)

    def _lost(self, error: BaseException) -> None:
        self._show_nothing()
        if not isinstance(error, DocumentNotFound):
            self._context.notices.error(error)

    def _say_how_it_stands(self, contents: Contents) -> None:
        stored = day(contents.document.updated_at)
        if contents.standing is Standing.GONE:
            self._head.say(
                self.tr("File is not at its place; this is the text stored on {date}.").format(date=stored),
            )
        elif contents.standing is Standing.CHANGED:
            self._head.say(
                self.tr("The file has changed since it was read; this is the text stored on {date}.").format(
                    date=stored
                )
            )

    def _hear(self, news: News) -> None:
        """Show no longer what has been removed; say it where a file has gone."""
        workspace, shown, kb = self._workspace, self._document, self._context.kb
        if workspace is None or shown is None or news.workspace_id != workspace.id or not news.documents:
            return

        def lost(error: BaseException) -> None:
            if self._document is shown:
                self._lost(error)

        self._context.tasks.run(self, lambda: kb.documents.get(workspace, shown.id), failed=lost)

    # -- what can be done with it -------------------------------------------------------------------------------------

    def step(self, places: int) -> None:
        """Go to the next place in the document where the query's words stand, or the one before; around the end."""
        if self._contents is None or not self._contents.places:
            return
        count = len(self._contents.places)
        self._current = (self._current + places) % count if self._current >= 0 else (0 if places > 0 else count - 1)
        self._tabs.setCurrentIndex(0)
        (self._pdf if self._views.currentWidget() is self._pdf else self._text).go(self._current)
        self._bar.show_place(self._current, count)

    def open_outside(self) -> None:
        """Open the file in the program that it belongs to."""
        if self._document is not None and self._document.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._document.path))

    def show_in_folder(self) -> None:
        """Show the file's folder."""

    def copy_citation(self) -> None:
        """Copy the passage with where it stands."""
        if self._hit is not None:
            QGuiApplication.clipboard().setText(f"“{self._hit.text}”\n{one_line(self._hit.document.title)}")
