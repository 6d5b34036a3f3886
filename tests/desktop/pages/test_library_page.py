"""The library: all documents in one table, sorted, filtered, chosen, changed; at 50,000 rows as at five."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.domain.change import Change
from core.domain.document import Document, State
from core.domain.listing import DocumentPage, Sort
from core.domain.source import FoundFile
from core.domain.workspace import Workspace
from core.knowledge_base import KnowledgeBase
from desktop.context import Context
from desktop.dialogs.expiry_dialog import ExpiryDialog
from desktop.dialogs.removal_question import RemovalQuestion
from desktop.dialogs.tags_dialog import TagsDialog
from desktop.item_models.documents import COLUMNS, WINDOW, DocumentsModel
from desktop.pages.library_page import Filter, LibraryPage
from desktop.remembered import Remembered
from desktop.theme import Theme
from desktop.widgets.empty_state import EmptyState

Until = Callable[[Callable[[], object]], None]
_MANY = 50_000


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> LibraryPage:
    page = LibraryPage(context)
    qtbot.addWidget(page)
    page.resize(1200, 600)
    page.show()
    return page


@pytest.fixture
def folder(context: Context, workspace: Workspace, tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    folder.mkdir()
    for name, words in (("a.md", 3), ("b.md", 1), ("c.txt", 2)):
        (folder / name).write_text("whale " * words, "utf-8")
    (folder / "d.bin").write_text("x", "utf-8")
    (folder / "e.pdf").write_bytes(b"%PDF-1.7 broken")
    context.kb.documents.add(workspace, [folder])
    assert context.kb.documents.wait(workspace, timeout=60)
    return folder


def _names(page: LibraryPage) -> list[str]:
    model = page.table.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def _choose(menu: QMenu, label: str) -> None:
    [action] = [each for each in menu.actions() if label in each.text()]
    action.trigger()
    menu.close()


def _shown(context: Context, workspace: Workspace, name: str) -> Document:
    [document] = context.kb.documents.list(workspace, text=name).documents
    return document


def test_all_documents_are_shown_and_sorted_by_each_column(
    page: LibraryPage, workspace: Workspace, folder: Path, until: Until
) -> None:
    page.open(workspace)
    until(lambda: _names(page) == ["a.md", "b.md", "c.txt", "d.bin", "e.pdf"])
    header = page.table.horizontalHeader()
    for column in range(len(COLUMNS)):
        header.setSortIndicator(column, Qt.SortOrder.DescendingOrder)
        until(lambda: len(_names(page)) == 5)
    header.setSortIndicator(COLUMNS.index(Sort.WORDS), Qt.SortOrder.DescendingOrder)
    until(lambda: _names(page)[:3] == ["a.md", "c.txt", "b.md"])
    assert page.table.model().index(0, COLUMNS.index(Sort.WORDS)).data() == "3"


def test_the_picture_of_states_filters_the_table(
    page: LibraryPage, workspace: Workspace, folder: Path, until: Until
) -> None:
    page.open(workspace)
    until(lambda: len(_names(page)) == 5)
    failed = page.coverage.buttons[State.FAILED]
    assert failed.text().startswith("1 ")
    assert not page.coverage.buttons[State.PENDING].isVisible()
    failed.click()
    until(lambda: _names(page) == ["e.pdf"])
    assert failed.isChecked()
    failed.click()
    until(lambda: len(_names(page)) == 5)


def test_a_part_of_the_bar_can_be_clicked(
    page: LibraryPage, workspace: Workspace, folder: Path, qtbot: QtBot, until: Until
) -> None:
    page.open(workspace)
    until(lambda: len(_names(page)) == 5)
    bar = page.coverage._bar
    [(_, rect)] = [(state, rect) for state, rect in bar.parts() if state is State.SKIPPED]
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=rect.center().toPoint())
    until(lambda: _names(page) == ["d.bin"])
    assert not page.grab().isNull()


def test_a_text_filters_names_and_nothing_found_offers_to_show_all(
    page: LibraryPage, workspace: Workspace, folder: Path, qtbot: QtBot, until: Until
) -> None:
    page.open(workspace)
    until(lambda: len(_names(page)) == 5)
    qtbot.keyClicks(page.filter_box, "C.T")
    until(lambda: _names(page) == ["c.txt"])
    page.filter_box.setText("no such name")
    empty = page.findChild(EmptyState)
    assert empty is not None
    until(empty.isVisible)
    page.show_only(Filter())
    until(lambda: len(_names(page)) == 5)
    assert page.filter_box.text() == ""


def test_a_source_filters_table_and_picture_until_its_chip_is_clicked(
    page: LibraryPage, context: Context, workspace: Workspace, folder: Path, tmp_path: Path, until: Until
) -> None:
    other = tmp_path / "other.md"
    other.write_text("whale", "utf-8")
    context.kb.documents.add(workspace, [other])
    assert context.kb.documents.wait(workspace, timeout=60)
    page.open(workspace)
    until(lambda: len(_names(page)) == 6)
    [source] = [each for each in context.kb.sources.all(workspace) if each.kind == "file"]
    page.show_only(Filter(source=source))
    until(lambda: _names(page) == ["other.md"])
    assert page.coverage.buttons[State.MEANING].text().startswith("1 ")
    assert "other.md" in page.chip.text()
    page.chip.click()
    until(lambda: len(_names(page)) == 6)


def test_a_chosen_document_is_told_and_stays_chosen_when_others_come(
    page: LibraryPage, context: Context, workspace: Workspace, folder: Path, until: Until
) -> None:
    chosen: list[Document | None] = []
    opened: list[Document] = []
    page.document_chosen.connect(chosen.append)
    page.document_opened.connect(opened.append)
    page.open(workspace)
    until(lambda: len(_names(page)) == 5)
    page.table.selectRow(1)
    assert [each.name for each in chosen if each] == ["b.md"]
    page.table.activated.emit(page.table.currentIndex())
    assert [each.name for each in opened] == ["b.md"]
    (folder / "aa.md").write_text("new", "utf-8")
    context.kb.sources.rescan(workspace)
    assert context.kb.documents.wait(workspace, timeout=60)
    page.refresh()
    until(lambda: _names(page)[:3] == ["a.md", "aa.md", "b.md"])
    assert page.table.currentIndex().row() == 2
    assert len(chosen) == 1
    context.kb.documents.remove(workspace, page.selected())
    page.refresh()
    until(lambda: chosen[-1] is None)


def test_an_empty_workspace_says_so(page: LibraryPage, workspace: Workspace, until: Until) -> None:
    empty = page.findChild(EmptyState)
    assert empty is not None
    page.open(workspace)
    until(empty.isVisible)
    assert "No documents" in " ".join(label.text() for label in empty.findChildren(QLabel))


def columns_of(page: LibraryPage) -> list[Sort]:
    return [sort for column, sort in enumerate(COLUMNS) if not page.table.isColumnHidden(column)]


def test_columns_without_room_are_left_out(page: LibraryPage, workspace: Workspace, folder: Path, until: Until) -> None:
    page.open(workspace)
    until(lambda: len(_names(page)) == 5)
    page.resize(1600, 400)
    assert columns_of(page) == list(COLUMNS)
    page.resize(560, 400)
    assert columns_of(page) == [Sort.NAME, Sort.STATE, Sort.PAGES, Sort.MODIFIED]
    page.resize(460, 400)
    assert columns_of(page) == [Sort.NAME, Sort.STATE, Sort.PAGES]


def test_columns_are_chosen_from_the_menu_of_the_head(
    page: LibraryPage, workspace: Workspace, folder: Path, until: Until, tmp_path: Path
) -> None:
    page.open(workspace)
    until(lambda: len(_names(page)) == 5)
    page.resize(560, 400)
    remembered = Remembered(tmp_path)
    page.columns.chosen.connect(lambda names: remembered.keep_columns("library", names))
    _choose(page.columns.offer(QPoint(5, 5)), "Size")
    _choose(page.columns.offer(QPoint(5, 5)), "Modified")
    assert columns_of(page) == [Sort.NAME, Sort.STATE, Sort.PAGES, Sort.SIZE]
    page.resize(1600, 400)
    assert columns_of(page) == [Sort.NAME, Sort.STATE, Sort.PAGES, Sort.SIZE]
    assert Remembered(tmp_path).columns("library") == ["state", "pages", "size"]
    _choose(page.columns.offer(QPoint(5, 5)), "As many")
    assert columns_of(page) == list(COLUMNS)
    assert Remembered(tmp_path).columns("library") is None
    page.columns.choose(["size", "gone", "name"])  # kept by another version
    assert columns_of(page) == [Sort.NAME, Sort.SIZE]
    page.columns.choose([])
    assert columns_of(page) == [Sort.NAME]


# -- what is done with documents -------------------------------------------------------------------------------------


def test_tags_are_changed_for_several_documents_at_once(
    page: LibraryPage, context: Context, workspace: Workspace, folder: Path, until: Until
) -> None:
    a, b = (_shown(context, workspace, name).id for name in ("a.md", "b.md"))
    context.kb.documents.tag(workspace, a, ["own", "old"])
    context.kb.documents.tag(workspace, b, ["old"])
    page.open(workspace)
    _choose(page.menu.offer([a, b], None, QPoint(0, 0)), "Tags")
    until(lambda: page.findChild(TagsDialog))
    dialog = page.findChild(TagsDialog)
    assert dialog is not None
    assert dialog.field.text() == "old"
    dialog.field.setText(" new, ")
    dialog.accept()
    until(lambda: _shown(context, workspace, "b.md").tags == ("new",))
    assert _shown(context, workspace, "a.md").tags == ("new", "own")
    page.refresh()
    until(lambda: page.table.model().index(1, COLUMNS.index(Sort.TAGS)).data() == "new")


@pytest.mark.parametrize(("choice", "days"), [("In 7 days", 7.0), ("After a date…", 31.0), ("Never", None)])
def test_an_expiry_is_set(
    page: LibraryPage,
    context: Context,
    workspace: Workspace,
    folder: Path,
    until: Until,
    choice: str,
    days: float | None,
) -> None:
    document = _shown(context, workspace, "a.md")
    page.open(workspace)
    _choose(page.menu.offer([document.id], document, QPoint(0, 0)), "Expiry")
    dialog = page.findChild(ExpiryDialog)
    assert dialog is not None
    began = dialog._now
    dialog.choice.setCurrentText(choice)
    assert dialog.date.isVisible() == (choice == "After a date…")
    told: list[object] = []
    dialog.decided.connect(told.append)
    dialog.accept()
    if days is None:
        assert told == [None]
        return
    until(lambda: _shown(context, workspace, "a.md").expires_at)
    expires = _shown(context, workspace, "a.md").expires_at
    assert expires is not None
    assert days - 1 <= (expires - began).total_seconds() / 86400 <= days + 0.1


def test_documents_are_read_again_shown_and_removed(
    page: LibraryPage,
    context: Context,
    workspace: Workspace,
    folder: Path,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []
    context.notices.said.connect(lambda _sentence, hint, *_: said.append(hint))
    failed = _shown(context, workspace, "e.pdf")
    page.open(workspace)
    until(lambda: len(_names(page)) == 5)
    page.table.selectRow(4)
    menu = page.menu.offer(page.selected(), failed, QPoint(0, 0))
    _choose(menu, "Copy path")
    assert QGuiApplication.clipboard().text() == str(folder / "e.pdf")
    again: list[Change] = []
    retry = context.kb.documents.retry
    monkeypatch.setattr(context.kb.documents, "retry", lambda *given: again.append(retry(*given)))
    _choose(page.menu.offer(page.selected(), failed, QPoint(0, 0)), "Read again")
    until(lambda: again)
    assert (again[0].documents, again[0].jobs) == ((failed.id,), 1)
    assert context.kb.documents.wait(workspace, timeout=60)
    page.menu.remove(page.selected())
    question = page.findChild(RemovalQuestion)
    assert question is not None
    question.remove.click()
    until(lambda: said)
    assert context.kb.documents.list(workspace, text="e.pdf").total == 0


def test_every_control_has_a_name(page: LibraryPage, workspace: Workspace, folder: Path, until: Until) -> None:
    page.open(workspace)
    until(lambda: len(_names(page)) == 5)
    for control in page.findChildren(QWidget):
        if control.focusPolicy() & Qt.FocusPolicy.TabFocus and control.isVisibleTo(page):
            assert control.accessibleName() or control.property("text"), control


# -- many ------------------------------------------------------------------------------------------------------------


def _record_many(kb: KnowledgeBase, workspace: Workspace, folder: Path) -> None:
    """Record files that nobody reads."""
    folder.mkdir()
    [source] = kb.documents.add(workspace, [folder]).sources
    kb.documents.wait(workspace, timeout=30)
    kb.sources.pause(workspace, source)
    names = [f"{folder}/{number:05}.md" for number in range(_MANY)]
    files = [
        FoundFile(name.encode(), name, at % 999, at * 10**9, 1, 1, "md", "hidden" if at % 3 else None)
        for at, name in enumerate(names)
    ]
    with kb._opened.use(workspace) as opened:
        opened.documents.add_files(source, "workspace", files, 1.0, None)


class _Heartbeat:
    """The longest that the thread of the window was busy between two beats, in seconds of its own processor time, so
    that other programs on the machine do not count."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.thread_time()
        self._timer = QTimer()
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.thread_time()
        self.longest = max(self.longest, now - self._last)
        self._last = now


def test_fifty_thousand_rows_are_scrolled_and_sorted_without_a_stall(
    page: LibraryPage, context: Context, workspace: Workspace, tmp_path: Path, until: Until
) -> None:
    _record_many(context.kb, workspace, tmp_path / "many")
    model, header = page.table.model(), page.table.horizontalHeader()
    page.open(workspace)
    until(lambda: model.rowCount() == _MANY)
    beats = _Heartbeat()
    page.table.scrollToBottom()
    until(lambda: model.index(_MANY - 1, 0).data() == "49999.md")
    for column in range(1, len(COLUMNS)):
        header.setSortIndicator(column, Qt.SortOrder.DescendingOrder)
    header.setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    until(lambda: model.index(0, 0).data() == "49999.md")
    for share in range(1, 20):
        page.table.verticalScrollBar().setValue(page.table.verticalScrollBar().maximum() * share // 20)
        row = page.table.rowAt(5)
        until(lambda row=row: model.index(row, 0).data() == f"{_MANY - 1 - row:05}.md")
    page.table.selectAll()
    page.refresh()
    until(lambda: len(page.selected()) == _MANY)
    assert beats.longest < 0.1, beats.longest


def test_a_document_that_has_gone_is_not_asked_for_without_end(
    context: Context, theme: Theme, workspace: Workspace, folder: Path
) -> None:
    model = DocumentsModel(theme)
    page = context.kb.documents.list(workspace)
    model.show(DocumentPage(page.ids, ()))
    wanted: list[int] = []
    model.wanted.connect(wanted.append)
    model.wanted.connect(lambda first: model.fill(page.documents[1:], first))
    model.dataChanged.connect(lambda *_: model.index(0, 0).data())
    assert model.index(0, 0).data() == "…"
    assert model.index(1, 0).data() == "b.md"
    assert wanted == [0]


def test_the_table_is_a_sound_model(
    context: Context, theme: Theme, workspace: Workspace, folder: Path, qtmodeltester: ModelTester
) -> None:
    model = DocumentsModel(theme)
    page = context.kb.documents.list(workspace)
    model.show(DocumentPage(page.ids, page.documents[:2]))
    wanted: list[int] = []
    model.wanted.connect(wanted.append)
    assert model.index(4, 0).data() == "…"
    assert model.index(3, 0).data() == "…"
    assert wanted == [0]
    assert model.window(0) == page.ids
    model.fill(page.documents, 0)
    assert model.index(4, 0).data() == "e.pdf"
    assert "letters" in model.index(4, 0).data(Qt.ItemDataRole.ToolTipRole)
    qtmodeltester.check(model)
    model.show(DocumentPage(page.ids[1:], page.documents[1:]))
    assert WINDOW > model.rowCount() == 4
    assert model.rows([page.ids[0], page.ids[2]]) == [1]
    assert QItemSelectionModel(model).hasSelection() is False
