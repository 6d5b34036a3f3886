"""The preview: a hit in its document, whatever has become of its file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QMessageBox, QPushButton, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from core import Text
from core.domain.search import Hit
from core.domain.workspace import Workspace
from desktop.context import Context
from desktop.pages import preview_pane
from desktop.pages.preview_pane import PreviewPane
from desktop.widgets.preview.document_head import DocumentHead
from desktop.widgets.preview.info_view import InfoView
from desktop.widgets.preview.passages_view import PassagesView
from desktop.widgets.preview.pdf_view import PdfView
from desktop.widgets.preview.picture_view import PictureView
from desktop.widgets.preview.place_bar import PlaceBar
from desktop.widgets.preview.text_view import TextView
from tests.core.extractors.office_files import pdf

Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def pane(context: Context, workspace: Workspace, qtbot: QtBot) -> PreviewPane:
    pane = PreviewPane(context)
    qtbot.addWidget(pane)
    pane.resize(540, 700)
    pane.show()
    pane.open(workspace)
    return pane


@pytest.fixture
def add(context: Context, workspace: Workspace) -> Callable[[Path], None]:
    def add(path: Path) -> None:
        context.kb.documents.add(workspace, [path])
        assert context.kb.documents.wait(workspace, timeout=60)

    return add


def find(context: Context, workspace: Workspace, query: str) -> Hit:
    return context.kb.search.query(workspace, query)[0]


def text(pane: PreviewPane) -> TextView:
    found = pane.findChild(TextView)
    assert found is not None
    return found


def counter(pane: PreviewPane) -> str:
    bar = pane.findChild(PlaceBar)
    assert bar is not None
    return bar._counter.text() if bar.isVisible() else ""


def sentence(pane: PreviewPane) -> str:
    head = pane.findChild(DocumentHead)
    assert head is not None
    return head.sentence if head.isVisible() else ""


def marks(pane: PreviewPane) -> list[str]:
    return [each.cursor.selectedText() for each in text(pane).extraSelections()]


def test_a_hit_is_shown_with_its_words_counted(
    pane: PreviewPane, context: Context, workspace: Workspace, until: Until
) -> None:
    context.kb.documents.add_texts(workspace, [Text("a", "The whale sings.\n\nNobody knows why whales sing.")])
    assert context.kb.documents.wait(workspace, timeout=30)
    pane.show_hit(find(context, workspace, "whale"), "whale")
    until(lambda: counter(pane) == "1 of 2")
    assert marks(pane) == ["whale", "whales"]
    pane.step(1)
    assert counter(pane) == "2 of 2"
    pane.step(1)
    assert counter(pane) == "1 of 2"
    pane.step(-1)
    assert counter(pane) == "2 of 2"


def test_words_of_an_unfinished_and_of_a_mistyped_query_are_marked(
    pane: PreviewPane, context: Context, workspace: Workspace, until: Until
) -> None:
    context.kb.documents.add_texts(workspace, [Text("a", "The whale sings for hours.")])
    assert context.kb.documents.wait(workspace, timeout=30)
    for query, typing in (("wha", True), ("whalle", False)):
        hit = context.kb.search.query(workspace, query, as_you_type=typing)[0]
        pane.show_hit(None, "")
        pane.show_hit(hit, query)
        until(lambda: marks(pane) == ["whale"])


def test_another_workspace_begins_empty(
    pane: PreviewPane, context: Context, workspace: Workspace, until: Until
) -> None:
    context.kb.documents.add_texts(workspace, [Text("a", "The whale sings.")])
    assert context.kb.documents.wait(workspace, timeout=30)
    pane.show_hit(find(context, workspace, "whale"), "whale")
    until(lambda: counter(pane))
    pane.open(context.kb.workspaces.create("Other"))
    assert counter(pane) == ""
    assert not text(pane).isVisible()


def test_a_file_that_is_gone_or_has_changed_is_shown_as_it_was_read(
    pane: PreviewPane, context: Context, workspace: Workspace, add: Callable[[Path], None], tmp_path: Path, until: Until
) -> None:
    path = tmp_path / "whale.txt"
    path.write_text("The whale sings for hours.")
    add(path)
    hit = find(context, workspace, "whale")
    pane.show_hit(hit, "whale")
    until(lambda: counter(pane) == "1 of 1")
    assert sentence(pane) == ""
    path.write_text("Something else stands here now, and it is longer.")
    pane.show_hit(hit, "whale")
    until(lambda: "has changed since it was read" in sentence(pane))
    path.unlink()
    pane.show_hit(hit, "whale")
    until(lambda: "not at its place" in sentence(pane))
    assert "sings for hours" in text(pane).toPlainText()


def test_a_document_that_is_removed_while_it_is_shown_goes_from_the_pane(
    pane: PreviewPane, context: Context, workspace: Workspace, until: Until
) -> None:
    context.kb.documents.add_texts(workspace, [Text("a", "The whale sings.")])
    assert context.kb.documents.wait(workspace, timeout=30)
    hit = find(context, workspace, "whale")
    pane.show_hit(hit, "whale")
    until(lambda: counter(pane))
    context.kb.documents.remove(workspace, [hit.document.id])
    until(lambda: not text(pane).isVisible())
    pane.show_hit(hit, "whale")
    pane.step(1)
    until(lambda: not text(pane).isVisible())


def test_a_document_without_a_hit_is_shown_from_its_beginning(
    pane: PreviewPane, context: Context, workspace: Workspace, until: Until
) -> None:
    context.kb.documents.add_texts(workspace, [Text("a", "The whale sings.")])
    assert context.kb.documents.wait(workspace, timeout=30)
    pane.show_document(find(context, workspace, "whale").document)
    until(lambda: "whale" in text(pane).toPlainText())
    assert marks(pane) == []
    assert counter(pane) == ""


def views(pane: PreviewPane) -> list[type]:
    return [kind for kind in (TextView, PdfView, PictureView) if pane.findChild(kind).isVisible()]  # type: ignore[union-attr]


def test_a_pdf_is_shown_at_the_page_of_the_hit(
    pane: PreviewPane, context: Context, workspace: Workspace, add: Callable[[Path], None], tmp_path: Path, until: Until
) -> None:
    add(pdf(tmp_path / "x.pdf", [[(72, 700, 12, "Nothing.")], [(72, 700, 12, "The whale sings.")]]))
    pane.show_hit(find(context, workspace, "whale"), "whale")
    until(lambda: views(pane) == [PdfView])
    assert counter(pane) == "1 of 1"
    assert pane.findChild(PdfView).page == 2  # type: ignore[union-attr]
    assert "2 of 2" in pane.findChild(PlaceBar)._page.text()  # type: ignore[union-attr]
    (tmp_path / "x.pdf").unlink()
    pane.step(1)
    pane.grab()
    pane.show_hit(find(context, workspace, "whale"), "whale")
    until(lambda: views(pane) == [TextView])
    assert "not at its place" in sentence(pane)


def test_a_pdf_that_cannot_be_drawn_is_shown_as_its_text(
    pane: PreviewPane, context: Context, workspace: Workspace, add: Callable[[Path], None], tmp_path: Path, until: Until
) -> None:
    path = pdf(tmp_path / "x.pdf", [[(72, 700, 12, "The whale sings.")]])
    add(path)
    hit = find(context, workspace, "whale")
    for spoil, said in ((b"", "can't be drawn"), (None, "locked by a password")):
        if spoil is None:
            pdf(path, [[(72, 700, 12, "x")]], password=True)
        else:
            path.write_bytes(spoil)
        facts = path.stat()
        changed = replace(hit.document, size=facts.st_size, modified_at=datetime.fromtimestamp(facts.st_mtime, tz=UTC))
        pane.show_hit(replace(hit, document=changed), "whale")
        until(lambda said=said: said in sentence(pane))
        assert views(pane) == [TextView]
        assert marks(pane) == ["whale"]


def test_a_picture_is_shown(
    pane: PreviewPane, context: Context, workspace: Workspace, add: Callable[[Path], None], tmp_path: Path, until: Until
) -> None:
    picture = QImage(5000, 60, QImage.Format.Format_RGB32)
    picture.fill(QColor("#123456"))
    assert picture.save(str(tmp_path / "x.png"))
    (tmp_path / "bad.png").write_bytes(b"\x89PNG\r\n\x1a\n no picture")
    add(tmp_path)
    for name, view in (("x.png", PictureView), ("bad.png", None)):
        (document,) = context.kb.documents.list(workspace, text=name).documents
        pane.show_document(document)
        until(lambda view=view: views(pane) == ([view] if view else []))
    pane.grab()


def tab(pane: PreviewPane, number: int) -> None:
    pane.findChild(QTabWidget).setCurrentIndex(number)  # type: ignore[union-attr]


def labels(widget: QWidget | None) -> str:
    assert widget is not None
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_the_passage_is_shown_between_its_neighbours_with_why_it_was_found(
    pane: PreviewPane, context: Context, workspace: Workspace, until: Until
) -> None:
    text_ = "\n\n".join(f"# Part {name}\n\n" + f"The {name} sings. " * 40 for name in ("ant", "whale", "cat", "dog"))
    context.kb.documents.add_texts(workspace, [Text("a", text_)])
    assert context.kb.documents.wait(workspace, timeout=30)
    hit = find(context, workspace, "whale")
    pane.show_hit(hit, "whale")
    tab(pane, 1)
    passages = pane.findChild(PassagesView)
    assert passages is not None
    until(lambda: "rank 1" in labels(passages))
    assert "whale" in labels(passages)
    shown = passages._text.toPlainText()
    assert hit.text.strip()[:40] in shown
    before = passages._count.text()
    passages._next.click()
    assert passages._count.text() != before
    for _ in range(20):
        passages._next.click()
    assert not passages._next.isEnabled()
    assert passages._previous.isEnabled()


def test_what_is_known_is_shown_and_a_related_document_leads_on(
    pane: PreviewPane, context: Context, workspace: Workspace, add: Callable[[Path], None], tmp_path: Path, until: Until
) -> None:
    folder = tmp_path / "sea"
    folder.mkdir()
    (folder / "one\u202e.txt").write_text("Whales of the northern harbour sing in winter. " * 5)
    (folder / "two.txt").write_text("Songs of whales in the northern harbour. " * 5)
    add(folder)
    context.kb.documents.tag(workspace, find(context, workspace, "songs").document.id, ["sea <b>"])
    pane.show_hit(find(context, workspace, "songs"), "songs")
    tab(pane, 2)
    info = pane.findChild(InfoView)
    until(lambda: "found by words" in labels(info))
    assert "sea <b>" in labels(info)
    assert "two.txt" in labels(info)
    chosen: list[object] = []
    pane.document_chosen.connect(chosen.append)
    (button,) = info.widget().findChildren(QPushButton)  # type: ignore[union-attr]
    assert "\u202e" not in button.text()
    button.click()
    until(lambda: "winter" in text(pane).toPlainText())
    assert len(chosen) == 1


def test_a_citation_is_copied_as_text_and_as_html(
    pane: PreviewPane, context: Context, workspace: Workspace, until: Until
) -> None:
    context.kb.documents.add_texts(workspace, [Text("a", "The <whale> sings & dives.", title="Sea <b>")])
    assert context.kb.documents.wait(workspace, timeout=30)
    pane.show_hit(replace(find(context, workspace, "whale"), page=3), "whale")
    pane.copy_citation()
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "“The <whale> sings & dives.”\n— Sea <b>, p. 3"
    assert "&lt;whale&gt; sings &amp; dives" in data.html()
    assert "<cite>Sea &lt;b&gt;</cite>, p. 3" in data.html()


def test_a_file_is_opened_by_its_own_program_and_one_that_runs_is_not(
    pane: PreviewPane,
    context: Context,
    workspace: Workspace,
    add: Callable[[Path], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    until: Until,
) -> None:
    folder = tmp_path / "sea"
    folder.mkdir()
    for name in ("a.txt", "b.sh"):
        (folder / name).write_text("whale")
    add(folder)
    opened, shown = [], []
    monkeypatch.setattr(preview_pane, "open_file", lambda path: opened.append(path.name) or True)
    monkeypatch.setattr(preview_pane, "show_file", lambda path, _: shown.append(path.name))
    for hit in context.kb.search.query(workspace, "whale"):
        pane.show_hit(hit, "whale")
        pane.open_outside()
    until(lambda: (opened, shown) == (["a.txt"], ["b.sh"]))
    pane.show_in_folder()
    assert len(shown) == 2


def test_a_pdf_is_opened_at_the_page_of_its_hit_or_by_the_system(
    pane: PreviewPane,
    context: Context,
    workspace: Workspace,
    add: Callable[[Path], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    until: Until,
) -> None:
    path = tmp_path / "whales.pdf"
    pdf(path, [[(72.0, 700.0, 12.0, text)] for text in ("Ants follow trails.", "The whale sings for hours.")])
    add(path)
    asked: list[tuple[str, int]] = []
    started: list[list[str]] = []
    opened: list[str] = []
    works = [True]
    monkeypatch.setattr(
        preview_pane,
        "command_at_page",
        lambda path, page: asked.append((path.name, page)) or ["/usr/bin/reader", str(page)],
    )
    monkeypatch.setattr(preview_pane, "start", lambda command: started.append(command) or works[0])
    monkeypatch.setattr(preview_pane, "open_file", lambda path: opened.append(path.name) or True)
    pane.show_hit(find(context, workspace, "whale"), "whale")
    pane.open_outside()  # at once, before its pages are shown
    until(lambda: started == [["/usr/bin/reader", "2"]])
    until(lambda: pane._view.page == 2)
    pane.open_outside()
    until(lambda: len(started) == 2)
    assert asked == [("whales.pdf", 2)] * 2
    assert not opened
    works[0] = False
    pane.open_outside()
    until(lambda: opened == ["whales.pdf"])


@pytest.fixture
def gone(
    pane: PreviewPane, context: Context, workspace: Workspace, add: Callable[[Path], None], tmp_path: Path, until: Until
) -> Path:
    """Show a document of which the file is gone; returns where it is now."""
    path = tmp_path / "whale.txt"
    path.write_text("The whale sings for hours.")
    add(path)
    moved = path.rename(tmp_path / "moved.txt")
    pane.show_hit(find(context, workspace, "whale"), "whale")
    until(lambda: "not at its place" in sentence(pane))
    return moved


def button(pane: PreviewPane, label: str) -> QPushButton:
    return next(each for each in pane.findChildren(QPushButton) if each.text() == label)


def test_a_file_that_is_gone_is_followed_to_where_a_person_finds_it(
    pane: PreviewPane, gone: Path, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(gone), ""))
    button(pane, "Locate…").click()
    until(lambda: "moved.txt" in labels(pane.findChild(DocumentHead)) and sentence(pane) == "")
    assert marks(pane) == ["whale"]


def test_a_file_that_is_gone_is_forgotten_after_a_question(
    pane: PreviewPane, context: Context, workspace: Workspace, gone: Path, until: Until
) -> None:
    for answer in ("Cancel", "Forget"):

        def press(answer: str = answer) -> None:
            box = QApplication.activeModalWidget()
            assert isinstance(box, QMessageBox)
            next(each for each in box.buttons() if each.text().replace("&", "") == answer).click()

        assert context.kb.documents.ledger(workspace).total == 1
        QTimer.singleShot(0, press)
        button(pane, "Forget").click()
    until(lambda: not text(pane).isVisible())
    assert context.kb.documents.ledger(workspace).total == 0


def test_every_control_has_a_name(pane: PreviewPane, context: Context, workspace: Workspace, until: Until) -> None:
    context.kb.documents.add_texts(workspace, [Text("a", "The whale sings."), Text("b", "Another whale sings.")])
    assert context.kb.documents.wait(workspace, timeout=30)
    pane.show_hit(find(context, workspace, "whale"), "whale")
    until(lambda: counter(pane))
    tab(pane, 1)
    tab(pane, 2)
    until(lambda: "found by words" in labels(pane.findChild(InfoView)))
    for widget in pane.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(widget, QTabWidget):
            name = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
            assert name, widget


def test_the_menu_offers_what_can_be_done_with_a_document(
    pane: PreviewPane, context: Context, workspace: Workspace, add: Callable[[Path], None], tmp_path: Path, until: Until
) -> None:
    path = tmp_path / "whale.txt"
    path.write_text("The whale sings.")
    add(path)
    pane.show_hit(find(context, workspace, "whale"), "whale")
    until(lambda: counter(pane))
    offered: list[str] = []

    def look() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        offered.extend(action.text() for action in menu.actions())
        menu.close()

    QTimer.singleShot(0, look)
    head = pane.findChild(DocumentHead)
    assert head is not None
    head.customContextMenuRequested.emit(QPoint(5, 5))
    assert offered == ["Open in its own program", "Show in folder", "Copy with citation"]
