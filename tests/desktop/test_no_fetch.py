"""Nothing in a document or in a name makes the window fetch, open or run anything, or show another file, by itself."""

from __future__ import annotations

import ctypes
import os
import socket
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPoint, QProcess, Qt, QUrl, Slot
from PySide6.QtGui import QColor, QDesktopServices, QImage
from PySide6.QtGui import Qt as Markup
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QLabel,
    QMenu,
    QTextEdit,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from core import Text
from core.domain.workspace import Workspace
from core.knowledge_base import KnowledgeBase
from desktop.dialogs.add_dialog import AddDialog
from desktop.main_window import MainWindow
from desktop.pages.preview_pane import PreviewPane
from desktop.widgets.preview.safe_text import SafeText
from tests.desktop.payloads import WORD, Targets, write

Until = Callable[[Callable[[], object]], None]
LEAST = 60
SCHEMES = ("http", "https", "ftp", "file", "mailto", "javascript", "data", "smb", "qrc", "")
_IN_ACCESS, _IN_OPEN = 0x1, 0x20
pytestmark = [pytest.mark.local_server, pytest.mark.slow]


class Canary:
    """A picture that is shown nowhere; whoever opens it is noticed by the kernel.

    Attributes:
        path: Where it is; the working folder of the test, so that its bare name leads there, too.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.path = folder / "canary.png"
        picture = QImage(64, 64, QImage.Format.Format_RGB32)
        picture.fill(QColor("#fe01fd"))
        assert picture.save(str(self.path))
        libc = ctypes.CDLL(None, use_errno=True)
        self._events = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        assert libc.inotify_add_watch(self._events, os.fsencode(folder), _IN_ACCESS | _IN_OPEN) >= 0

    def opened(self) -> int:
        """Return how often it was opened or read since the last call."""
        try:
            told = os.read(self._events, 1 << 20)
        except BlockingIOError:
            return 0
        count, at = 0, 0
        while at < len(told):
            (length,) = struct.unpack_from("I", told, at + 12)
            count += self.path.name.encode() in told[at + 16 : at + 16 + length]
            at += 16 + length
        return count

    def close(self) -> None:
        os.close(self._events)


class Opener(QObject):
    """Takes whatever is to be opened outside."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.asked.append(url.toString())


@pytest.fixture
def canary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Canary]:
    if sys.platform != "linux":
        pytest.skip("the kernel is asked by inotify")
    canary = Canary(tmp_path / "elsewhere")
    monkeypatch.chdir(canary.path.parent)
    canary.path.read_bytes()
    assert canary.opened()  # it does sing
    yield canary
    canary.close()


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        with socket.create_connection(listener.getsockname()):
            listener.accept()[0].close()  # it does hear
        yield listener


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What was to be opened or started, and what a text asked for."""
    opener = Opener()
    for scheme in SCHEMES:
        QDesktopServices.setUrlHandler(scheme, opener, "take")
    monkeypatch.setattr(QProcess, "startDetached", lambda *what: opener.asked.append(f"started {what}"))
    monkeypatch.setattr(subprocess, "Popen", lambda *what, **_: opener.asked.append(f"started {what}"))
    load = SafeText.loadResource
    monkeypatch.setattr(
        SafeText, "loadResource", lambda *given: (opener.asked.append(f"loaded {given[1:]}"), load(*given))[1]
    )
    QDesktopServices.openUrl(QUrl("http://127.0.0.1/control"))
    assert opener.asked == ["http://127.0.0.1/control"]
    opener.asked.clear()
    yield opener.asked
    for scheme in SCHEMES:
        QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture
def filled(
    window: MainWindow,
    kb: KnowledgeBase,
    workspace: Workspace,
    tmp_path: Path,
    canary: Canary,
    listener: socket.socket,
) -> Workspace:
    """A workspace with all payloads: as files, texts, tags, searches and names; read while the window shows it."""
    folder = tmp_path / f"<img src={canary.path.name}>"
    folder.mkdir()
    targets = Targets(listener.getsockname()[1], canary.path)
    assert write(folder, targets) >= LEAST
    kb.documents.add(workspace, [folder])
    markup = f'<img src="{canary.path.as_uri()}">'
    kb.documents.add_texts(workspace, [Text(markup, f"The {WORD} of a program. {markup}", markup, {markup: markup})])
    assert kb.documents.wait(workspace, timeout=120)
    page = kb.documents.list(workspace, limit=500)
    kb.documents.tag(workspace, page.documents[0].id, [markup])
    kb.searches.save(workspace, markup, f"{WORD} {markup}")
    kb.searches.record(workspace, f"{WORD} {markup}")
    return kb.workspaces.rename(workspace, f"<img src={canary.path.name}>")


def show_tips(widget: QWidget) -> None:
    """Show every tip of a widget and of what is in it, as pointing at it would."""
    tips = [each.toolTip() for each in (widget, *widget.findChildren(QWidget))]
    for view in widget.findChildren(QAbstractItemView):
        tips += [str(index.data(Qt.ItemDataRole.ToolTipRole) or "") for index in indexes(view)]
    for tip in filter(None, dict.fromkeys(tips)):
        QToolTip.showText(QPoint(10, 10), tip, widget)
        for label in QApplication.topLevelWidgets():
            if isinstance(label, QLabel) and label.isVisible():
                label.grab()
    QToolTip.hideText()


def indexes(view: QAbstractItemView) -> Iterator[QModelIndex]:
    model = view.model()
    waiting = [QModelIndex()]
    while model is not None and waiting:
        parent = waiting.pop()
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)  # private in a list
        for row in range(model.rowCount(parent)):
            waiting.append(model.index(row, 0, parent))
            yield from (model.index(row, column, parent) for column in range(columns))


def look(widget: QWidget) -> None:
    """Draw it all, and everything that pointing at it shows."""
    widget.grab()
    show_tips(widget)
    for text in widget.findChildren(QTextEdit):
        formats = text.document().allFormats()
        assert not any(each.isImageFormat() or each.toCharFormat().isAnchor() for each in formats)
    for label in widget.findChildren(QLabel):
        if label.objectName() != "qtooltip_label":
            plain = label.textFormat() is Qt.TextFormat.PlainText
            assert plain or not Markup.mightBeRichText(label.text()), label.text()


def test_what_is_read_listed_and_shown_fetches_and_opens_nothing(
    filled: Workspace,
    window: MainWindow,
    canary: Canary,
    listener: socket.socket,
    outside: list[str],
    kb: KnowledgeBase,
    until: Until,
    qtbot: QtBot,
) -> None:
    desk = window.desk
    assert desk is not None
    window.resize(1400, 900)
    desk.show(filled)
    window.actions_.show_activity.trigger()
    until(lambda: desk.sources.list.model().rowCount() == 2)

    window.frame.top.query.ask(WORD)
    results = desk.search.list
    until(lambda: results.model().rowCount() >= LEAST and "with these words" in desk.search.account.text())
    look(window)
    for row in range(results.model().rowCount()):
        step(desk.preview, until, lambda row=row: results.setCurrentIndex(results.model().index(row, 0)))
        look(desk.preview)

    desk.search._all.click()
    until(lambda: desk.matches.table.model().rowCount() >= LEAST)
    look(window)
    window.actions_.show_library.trigger()
    table = desk.library.table
    until(lambda: table.model().rowCount() >= LEAST and desk.library._model.document(table.model().rowCount() - 1))
    look(window)
    [drawing] = kb.documents.list(filled, text="drawing.svg").documents
    step(desk.preview, until, lambda: desk.preview.show_document(drawing))
    for tab in range(desk.dock.tabs.count()):
        desk.dock.tabs.setCurrentIndex(tab)
        look(window)
    for menu in (desk.search._facets, window.frame.top.workspaces, *window.findChildren(QMenu)):
        menu.grab()
    desk.search._count_facets()
    until(lambda: len(desk.search._facets.actions()) > 1)
    for menu in desk.search._facets.findChildren(QMenu):
        menu.grab()

    assert listener_heard(listener) == 0
    assert canary.opened() == 0
    assert outside == []


def step(preview: PreviewPane, until: Until, choose: Callable[[], None]) -> None:
    """Choose a document, and look at each tab of the preview when it is filled."""
    preview._contents = None
    choose()
    until(lambda: preview._contents is not None)
    for tab in (1, 2, 0):
        preview._tabs.setCurrentIndex(tab)
        if tab == 2:
            until(lambda: preview._info.widget() is not None)
        preview.grab()


def listener_heard(listener: socket.socket) -> int:
    try:
        listener.accept()[0].close()
    except BlockingIOError:
        return 0
    return 1


def test_dialogs_that_name_what_is_foreign_fetch_and_open_nothing(
    filled: Workspace,
    window: MainWindow,
    canary: Canary,
    listener: socket.socket,
    outside: list[str],
    kb: KnowledgeBase,
    tmp_path: Path,
    until: Until,
) -> None:
    desk = window.desk
    assert desk is not None
    desk.show(filled)
    until(lambda: desk.sources.list.model().rowCount() == 2)
    [folder] = [each for each in tmp_path.iterdir() if each.name.startswith("<img")]
    markup = f'<img src="{canary.path.as_uri()}">'
    ids = [each.id for each in kb.documents.list(filled, limit=500).documents]
    desk._adding.add([str(folder)])
    desk._adding.add([str(each) for each in folder.iterdir()][:20])
    desk._adding._overlay.name_target(filled.name)
    desk._adding._overlay.hide()
    desk.library.menu.remove(ids)
    desk.library.menu.ask_for_tags(ids)
    desk.library.menu.ask_for_expiry(ids)
    desk.sources.menu.remove(desk.sources._model.row(0))
    desk.workspace_menu.ask_for_name()
    desk.workspace_menu.ask_for_deletion()
    desk.preferences.show_page("about")
    window._notices.say(markup, markup, markup)
    until(lambda: sum(each.isVisible() for each in window.findChildren(QDialog)) == 9)
    until(lambda: all(each._counting.isHidden() for each in window.findChildren(AddDialog)))
    look(window)
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            look(dialog)
            dialog.reject()
    assert listener_heard(listener) == 0
    assert canary.opened() == 0
    assert outside == []
