"""The pane at the right: the document of the chosen hit, with the passage marked; its passages, and what is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QTabWidget, QVBoxLayout, QWidget

from core.domain.document import Document
from core.domain.plain_text import one_line
from core.domain.search import Hit
from core.domain.workspace import Workspace
from core.errors import DocumentNotFound
from desktop.changes import News
from desktop.context import Context
from desktop.tasks import Latest
from desktop.widgets.preview.citation import citation
from desktop.widgets.preview.contents import Contents, Standing
from desktop.widgets.preview.document_head import DocumentHead, Offer
from desktop.widgets.preview.document_view import DocumentView
from desktop.widgets.preview.file_manager import open_file, show_file
from desktop.widgets.preview.info_view import InfoView
from desktop.widgets.preview.page_programs import command_at_page, start
from desktop.widgets.preview.passages_view import PassagesView
from desktop.widgets.preview.runnable import runs
from desktop.words import day

_RELATED = 6


class PreviewPane(QWidget):
    """Shows one document at a time.

    Attributes:
        document_chosen: Another document was chosen among the related ones, and is shown: a `Document`.
    """

    document_chosen = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._workspace: Workspace | None = None
        self._document: Document | None = None
        self._hit: Hit | None = None
        self._query = ""
        self._contents: Contents | None = None
        self._filled: set[QWidget] = set()  # tabs that show the document already
        self._latest = Latest(context.tasks, self)
        self._head = DocumentHead(context.theme)
        self._view = DocumentView(context.theme)
        self._passages = PassagesView(context.theme)
        self._info = InfoView(context.theme)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setAccessibleName(self.tr("What is shown of the document"))
        self._tabs.addTab(self._view, self.tr("Preview"))
        self._tabs.addTab(self._passages, self.tr("Passages"))
        self._tabs.addTab(self._info, self.tr("Info"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self._tabs, 1)
        self._tabs.currentChanged.connect(self._fill)
        self._info.document_chosen.connect(self._go_to)
        self._head.wants_open.connect(self.open_outside)
        self._head.wants_folder.connect(self.show_in_folder)
        self._head.wants_citation.connect(self.copy_citation)
        self._head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._head.customContextMenuRequested.connect(self._offer)
        context.changes.news.connect(self._hear)
        self._show_nothing()

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
        self._document, self._hit, self._query, self._contents = document, hit, query, None
        if document is None or workspace is None:
            self._latest.drop()
            self._show_nothing()
            return
        self._head.show_document(document, citable=hit is not None)
        self._latest.run(lambda: Contents.of(kb, workspace, document, hit, query), self._show, self._lost)

    def _show(self, contents: Contents) -> None:
        self._contents = contents
        self._offer_tabs(True)
        sentence = self._view.show_contents(contents, self._hit)
        if contents.standing in (Standing.GONE, Standing.CHANGED):
            self._say_how_it_stands(contents)
        else:
            self._head.say(sentence)
        self._filled = {self._view}
        self._fill()

    def _fill(self) -> None:
        """Fill the tab in front; what nobody looks at is not asked for."""
        tab, contents, workspace = self._tabs.currentWidget(), self._contents, self._workspace
        if contents is None or workspace is None or tab in self._filled:
            return
        self._filled.add(tab)
        kb, document, hit = self._context.kb, contents.document, self._hit
        if tab is self._passages:
            self._context.tasks.run(
                self,
                lambda: kb.documents.passages(workspace, document.id),
                lambda found: self._passages.show_passages(found, hit) if self._contents is contents else None,
                self._lost,
            )
        else:
            self._context.tasks.run(
                self,
                lambda: kb.search.similar(workspace, document.id, limit=_RELATED),
                lambda found: (
                    self._info.show_facts(document, contents.extracted, found) if self._contents is contents else None
                ),
                self._lost,
            )

    def _show_nothing(self) -> None:
        self._contents = self._document = self._hit = None
        self._filled = set()
        self._view.clear()
        self._head.show_document(None)
        self._tabs.setCurrentIndex(0)
        self._offer_tabs(False)

    def _offer_tabs(self, offered: bool) -> None:
        self._tabs.tabBar().setVisible(offered)
        # Tab would stop for ever before a bar that takes the keyboard and can't be seen.
        self._tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus if offered else Qt.FocusPolicy.NoFocus)

    def _lost(self, error: BaseException) -> None:
        self._show_nothing()
        if not isinstance(error, DocumentNotFound):
            self._context.notices.error(error)

    def _go_to(self, document: Document) -> None:
        self._tabs.setCurrentIndex(0)
        self.show_document(document)
        self.document_chosen.emit(document)

    def _hear(self, news: News) -> None:
        """Show no longer what has been removed, and follow a file to its new place."""
        workspace, shown, kb = self._workspace, self._document, self._context.kb
        if workspace is None or shown is None or news.workspace_id != workspace.id or not news.documents:
            return

        def lost(error: BaseException) -> None:
            if self._document is shown:
                self._lost(error)

        def follow(found: Document) -> None:
            if self._document is shown and found.path != shown.path:
                self._ask(found, self._hit and replace(self._hit, document=found), self._query)

        self._context.tasks.run(self, lambda: kb.documents.get(workspace, shown.id), follow, lost)

    # -- a file that is gone or has changed ---------------------------------------------------------------------------

    def _say_how_it_stands(self, contents: Contents) -> None:
        document, stored = contents.document, day(contents.document.updated_at)
        if contents.standing is Standing.GONE:
            offers: list[Offer] = [
                (self.tr("Locate…"), lambda: self._locate(document)),
                (self.tr("Forget"), lambda: self._forget(document)),
            ]
            sentence = self.tr("File is not at its place; this is the text stored on {date}.")
        else:
            offers = []
            sentence = self.tr("The file has changed since it was read; this is the text stored on {date}.")
        self._head.say(sentence.format(date=stored), offers)

    def _locate(self, document: Document) -> None:
        """Ask where the file is now, and add it there; a moved file is recognised by its content."""
        name = one_line(document.name)
        found, _ = QFileDialog.getOpenFileName(self, self.tr("Where is “{name}” now?").format(name=name))
        workspace, kb = self._workspace, self._context.kb
        if found and workspace is not None:
            said = self.tr("“{name}” is read at its new place.").format(name=name)
            self._context.tasks.run(
                self,
                lambda: kb.documents.add(workspace, [found]),
                lambda _: self._context.notices.say(said),
            )

    def _forget(self, document: Document) -> None:
        """Remove the document, after a question."""
        question = QMessageBox(self)
        question.setIcon(QMessageBox.Icon.Question)
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setText(self.tr("Forget “{name}”?").format(name=one_line(document.name)))
        question.setInformativeText(
            self.tr("Its text is removed from Carrel and can't be brought back, for its file is gone.")
        )
        forget = question.addButton(self.tr("Forget"), QMessageBox.ButtonRole.DestructiveRole)
        question.addButton(QMessageBox.StandardButton.Cancel)
        question.exec()
        question.deleteLater()
        workspace, kb = self._workspace, self._context.kb
        if question.clickedButton() is forget and workspace is not None:
            self._context.tasks.run(
                self,
                lambda: kb.documents.remove(workspace, [document.id]),
                lambda _: self._show_nothing() if self._document is document else None,
            )

    # -- what can be done with it -------------------------------------------------------------------------------------

    def step(self, places: int) -> None:
        """Go to the next place in the document where the query's words stand, or the one before; around the end."""
        self._tabs.setCurrentIndex(0)
        self._view.step(places)

    def open_outside(self) -> None:
        """Open the file in the program that it belongs to, at the page that is looked at where that takes a page.

        One that opening could run is shown in its folder instead.
        """
        path, page = self._file(), self._page()
        if path is not None:
            self._context.tasks.run(
                self,
                lambda: (runs(path), command_at_page(path, page) if page else None),
                lambda found: self._open(path, *found),
            )

    def _open(self, path: Path, runs_it: bool, at_page: Sequence[str] | None) -> None:
        if runs_it:
            self._context.notices.say(self.tr("Opening this file could run it; here is its folder instead."))
            show_file(path, self)
        elif not (at_page and start(at_page)) and not open_file(path):
            self._context.notices.say(self.tr("No program for this file was found."))

    def _page(self) -> int:
        """Return the page of a PDF that is looked at, or will be; 0 for none."""
        if self._document is None or self._document.kind != "pdf":
            return 0
        shown = 0 if self._contents is None else self._view.page
        return shown or (self._hit.page if self._hit else None) or 0

    def show_in_folder(self) -> None:
        """Show the file in the system's file manager."""
        if path := self._file():
            show_file(path, self)

    def copy_citation(self) -> None:
        """Copy the passage with where it stands, as text and as HTML."""
        if self._hit is not None:
            QGuiApplication.clipboard().setMimeData(citation(self._hit))
            self._context.notices.say(self.tr("The passage was copied with where it stands."))

    def _file(self) -> Path | None:
        document = self._document
        return Path(document.path) if document is not None and document.path is not None else None

    def _offer(self, at: QPoint) -> None:
        """Show the menu of the document."""
        menu = QMenu(self)
        if self._file() is not None:
            menu.addAction(self.tr("Open in its own program"), self.open_outside)
            menu.addAction(self.tr("Show in folder"), self.show_in_folder)
        if self._hit is not None:
            menu.addAction(self.tr("Copy with citation"), self.copy_citation)
        if not menu.isEmpty():
            menu.exec(self._head.mapToGlobal(at))
        menu.deleteLater()
