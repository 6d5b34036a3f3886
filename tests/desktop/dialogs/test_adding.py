"""Adding: what is chosen, dropped or pasted leads to one dialog, which counts before anything is read."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from core.domain.source import Preview
from core.domain.workspace import Workspace
from desktop.context import Context
from desktop.dialogs import adding as module
from desktop.dialogs.add_dialog import AddDialog
from desktop.dialogs.add_text_dialog import AddTextDialog, first_words
from desktop.dialogs.adding import MOST_AT_ONCE, Adding
from desktop.widgets.drop_overlay import DropOverlay
from desktop.widgets.query_bar import QueryBar

Until = Callable[[Callable[[], object]], None]
_COPY = Qt.DropAction.CopyAction
_NO_BUTTON, _NO_KEY = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    window.show()
    return window


@pytest.fixture
def adding(context: Context, window: QWidget, workspace: Workspace) -> Adding:
    adding = Adding(context, window)
    adding.open(workspace)
    return adding


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    (folder / "drafts").mkdir(parents=True)
    for name in ("a.md", "b.md", "drafts/c.txt", ".hidden.md", "d.bin"):
        (folder / name).write_text("The whale sings.", "utf-8")
    return folder


def _files(*paths: Path) -> QMimeData:
    given = QMimeData()
    given.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return given


def _enter(widget: QWidget, given: QMimeData) -> QDragEnterEvent:
    event = QDragEnterEvent(QPointF(30, 30).toPoint(), _COPY, given, _NO_BUTTON, _NO_KEY)
    event.setAccepted(False)
    QApplication.sendEvent(widget, event)
    return event


def _drop(widget: QWidget, given: QMimeData) -> None:
    _enter(widget, given)
    QApplication.sendEvent(widget, QDropEvent(QPointF(30, 30), _COPY, given, _NO_BUTTON, _NO_KEY))


def _dialog(window: QWidget) -> AddDialog:
    [dialog] = window.findChildren(AddDialog)
    return dialog


def _said(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_a_dropped_folder_is_counted_and_read_when_it_is_started(
    adding: Adding, window: QWidget, context: Context, workspace: Workspace, papers: Path, until: Until
) -> None:
    _drop(window, _files(papers))
    dialog = _dialog(window)
    until(lambda: "3 readable (2 md, 1 txt)" in _said(dialog))
    assert "2 skipped" in _said(dialog)
    assert "hidden" in _said(dialog)
    assert context.kb.sources.all(workspace) == []
    dialog.start.click()
    until(lambda: context.kb.documents.ledger(workspace).documents == 3)  # the source is there before its files are
    [source] = context.kb.sources.all(workspace)
    assert source.watch


def test_the_time_is_told_once_files_like_these_were_read(
    adding: Adding, window: QWidget, context: Context, workspace: Workspace, papers: Path, tmp_path: Path, until: Until
) -> None:
    adding.add([str(papers)])
    until(lambda: "3 readable" in _said(_dialog(window)))
    assert "about" not in _said(_dialog(window))
    _dialog(window).reject()
    until(lambda: not window.findChildren(AddDialog))
    others = tmp_path / "others"
    others.mkdir()
    for number in range(20):
        (others / f"{number}.{('md', 'txt')[number % 2]}").write_text("The heron stands.", "utf-8")
    context.kb.documents.add(workspace, [others])
    assert context.kb.documents.wait(workspace, timeout=60)
    adding.add([str(papers)])
    until(lambda: "about 1 second(s)" in _said(_dialog(window)))


def test_the_target_is_named_while_something_is_dragged(adding: Adding, window: QWidget, papers: Path) -> None:
    overlay = window.findChild(DropOverlay)
    assert overlay is not None
    assert _enter(window, _files(papers)).isAccepted()
    assert overlay.isVisible()
    assert "Thesis" in overlay.accessibleName()
    assert not overlay.grab().isNull()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not overlay.isVisible()


def test_the_search_box_leaves_files_to_the_window(qtbot: QtBot, context: Context, papers: Path) -> None:
    box = QueryBar(context.theme)
    qtbot.addWidget(box)
    files = _files(papers)
    files.setText(str(papers))
    assert not _enter(box, files).isAccepted()
    words = QMimeData()
    words.setText("whale")
    assert _enter(box, words).isAccepted()


def test_other_rules_are_counted_and_used(
    adding: Adding, window: QWidget, context: Context, workspace: Workspace, papers: Path, until: Until
) -> None:
    adding.add([str(papers)])
    dialog = _dialog(window)
    until(lambda: "3 readable" in _said(dialog))
    dialog.more.click()
    rules = dialog.rules
    rules.include.setText("*.md")
    rules.exclude.setText("b.*, ")
    rules.hidden.click()
    until(lambda: "2 readable (2 md)" in _said(dialog))
    rules.recursive.click()
    rules.usual.click()
    rules.largest.setCurrentIndex(0)
    dialog.watch.click()
    dialog.start.click()
    until(lambda: context.kb.sources.all(workspace))
    [source] = context.kb.sources.all(workspace)
    assert not source.watch
    assert source.rules.include == ("*.md",)
    assert source.rules.exclude == ("b.*",)
    assert (source.rules.hidden, source.rules.recursive, source.rules.max_bytes) == (True, False, 10 * 2**20)


def test_a_path_that_is_not_there_is_named_and_can_not_be_started(
    adding: Adding, window: QWidget, tmp_path: Path, until: Until
) -> None:
    adding.add([str(tmp_path / "gone")])
    dialog = _dialog(window)
    until(lambda: "There is nothing at" in _said(dialog))
    assert not dialog.start.isEnabled()
    dialog.reject()


def test_a_folder_that_may_not_be_read_is_named(
    adding: Adding, window: QWidget, papers: Path, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.scandir", refuse)  # rights do not hold back an administrator
    adding.add([str(papers)])
    dialog = _dialog(window)
    until(lambda: "can't be read (Permission denied)" in _said(dialog))
    assert not dialog.start.isEnabled()


def test_ten_thousand_files_get_one_sentence_and_an_offer(
    adding: Adding, window: QWidget, context: Context, papers: Path, until: Until
) -> None:
    said: list[tuple[str, Callable[[], None]]] = []
    context.notices.said.connect(lambda sentence, _hint, _bad, _label, do: said.append((sentence, do)))
    _drop(window, _files(*(papers / f"{number}.md" for number in range(10_000))))
    [(sentence, do)] = said
    assert "10000 files" in sentence.replace(",", "")
    assert window.findChildren(AddDialog) == []
    do()
    until(lambda: "3 readable" in _said(_dialog(window)))


def test_many_files_without_a_common_folder_are_refused_without_an_offer(adding: Adding, context: Context) -> None:
    said: list[object] = []
    context.notices.said.connect(lambda _sentence, _hint, _bad, _label, do: said.append(do))
    adding.add([f"/folder{number}/a.md" for number in range(MOST_AT_ONCE + 1)])
    assert said == [None]


def test_pasted_text_becomes_a_document_named_by_its_first_words(
    adding: Adding, window: QWidget, context: Context, workspace: Workspace, until: Until
) -> None:
    QGuiApplication.clipboard().setText("The whale sings\nfor hours; one two three four five.")
    adding.paste()
    [dialog] = window.findChildren(AddTextDialog)
    assert dialog.title.text() == "The whale sings for hours; one two three"
    dialog.accept()
    until(lambda: context.kb.documents.list(workspace).total)
    page = context.kb.documents.list(workspace)
    assert [each.title for each in page.documents] == ["The whale sings for hours; one two three"]


def test_pasted_files_are_added_like_dropped_ones(adding: Adding, window: QWidget, papers: Path) -> None:
    adding.take(_files(papers / "a.md", papers / "b.md"))
    assert "a.md, b.md" in _said(_dialog(window))


def test_a_clipboard_with_nothing_to_add_says_so(adding: Adding, context: Context) -> None:
    said: list[str] = []
    context.notices.said.connect(lambda sentence, *_: said.append(sentence))
    web = QMimeData()
    web.setUrls([QUrl("https://example.org/a.pdf")])
    adding.take(web)
    adding.take(QMimeData())
    assert len(said) == 2


def test_a_title_is_one_line_without_tricks() -> None:
    assert first_words("  a\u202eb\n c ") == "a�b c"
    assert len(first_words("x" * 1000)) == 80


def test_chosen_folders_and_files_are_asked_about(
    adding: Adding, window: QWidget, papers: Path, monkeypatch: pytest.MonkeyPatch, until: Until
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(papers))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(papers / "a.md")], ""))
    adding.ask_for_folder()
    adding.ask_for_files()
    first, second = window.findChildren(AddDialog)
    until(lambda: "3 readable" in _said(first) and "1 readable" in _said(second))


def test_the_sample_is_read_at_once(
    adding: Adding, context: Context, workspace: Workspace, papers: Path, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert any(module.SAMPLE.rglob("*.pdf"))
    monkeypatch.setattr(module, "SAMPLE", papers)
    adding.try_sample()
    until(lambda: context.kb.sources.all(workspace))
    assert not context.kb.sources.all(workspace)[0].watch


@pytest.mark.parametrize("end", ["cancel", "quit"])
def test_a_long_count_ends_with_the_dialog_and_with_the_program(
    adding: Adding,
    window: QWidget,
    context: Context,
    papers: Path,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
    qapp: QApplication,
    end: str,
) -> None:
    began, ended = threading.Event(), threading.Event()

    def count(_paths: object, _rules: object, stop: threading.Event) -> Preview:
        began.set()
        assert stop.wait(20)
        ended.set()
        return Preview({}, {}, ())

    monkeypatch.setattr(context.kb.documents, "preview", count)
    adding.add([str(papers)])
    until(began.is_set)
    if end == "cancel":
        _dialog(window).reject()
    else:
        qapp.aboutToQuit.emit()
    until(ended.is_set)


def test_every_control_has_a_name(adding: Adding, window: QWidget, papers: Path) -> None:
    adding.add([str(papers)])
    adding.take(_text("The whale sings."))
    for dialog in (_dialog(window), window.findChildren(AddTextDialog)[0]):
        for control in dialog.findChildren(QWidget):
            takes_keys = control.focusPolicy() & Qt.FocusPolicy.TabFocus and control.isVisibleTo(dialog)
            if takes_keys and not isinstance(control, QLabel):
                assert control.accessibleName() or control.property("text"), control


def _text(words: str) -> QMimeData:
    given = QMimeData()
    given.setText(words)
    return given
