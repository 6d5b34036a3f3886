"""The dock: the queue, what failed and why, what was left out, what happened; and one notice for each batch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTreeWidget
from pytestqt.qtbot import QtBot

from core import Text
from core.domain.change import Receipt
from core.domain.workspace import Workspace
from core.knowledge_base import KnowledgeBase
from desktop import outside
from desktop.changes import News
from desktop.context import Context
from desktop.engine import Engine
from desktop.main_window import MainWindow
from desktop.pages.activity import ActivityDock
from desktop.remembered import Remembered

Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "whales.txt").write_text("The whale sings for hours.")
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing of a PDF")
    (folder / "film.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42")
    return folder


@pytest.fixture
def dock(window: MainWindow) -> ActivityDock:
    window.actions_.show_activity.trigger()
    assert window.desk.dock.isVisible()
    return window.desk.dock


def read(kb: KnowledgeBase, workspace: Workspace, folder: Path) -> None:
    kb.documents.add(workspace, [folder])
    assert kb.documents.wait(workspace, timeout=30)


def column(tree: QTreeWidget, column: int = 0) -> list[str]:
    """Return the texts of all rows, children after their group."""
    found = []
    for row in range(tree.topLevelItemCount()):
        group = tree.topLevelItem(row)
        assert group is not None
        found += [group.text(column), *(group.child(each).text(column) for each in range(group.childCount()))]
    return found


def notice(window: MainWindow) -> str:
    return " ".join(label.text() for label in window.frame.notice.findChildren(QLabel))


def test_failures_are_grouped_with_reason_tries_and_remedy(
    dock: ActivityDock, kb: KnowledgeBase, workspace: Workspace, folder: Path, until: Until
) -> None:
    read(kb, workspace, folder)
    dock.show_failures()
    rows = dock.failed.rows
    until(lambda: len(column(rows)) == 4)
    assert set(column(rows)) == {"Damaged (1)", "broken.pdf", "Empty (1)", "empty.pdf"}
    assert "This PDF file is empty (0 bytes). It may not have been copied completely." in column(rows, 1)
    assert column(rows, 2).count("1") == 2
    rows.setCurrentItem(rows.findItems("Empty (1)", Qt.MatchFlag.MatchExactly)[0])
    assert "copy it again" in dock.failed.text.text()
    assert dock.failed.retry.isEnabled()


def test_what_was_mended_is_read_again_on_demand(
    dock: ActivityDock, kb: KnowledgeBase, workspace: Workspace, folder: Path, until: Until
) -> None:
    read(kb, workspace, folder)
    dock.show_failures()
    rows = dock.failed.rows
    until(lambda: len(column(rows)) == 4)
    rows.setCurrentItem(rows.findItems("Damaged (1)", Qt.MatchFlag.MatchExactly)[0])
    dock.failed.retry.click()
    until(lambda: sorted(column(rows, 2)) == ["", "", "1", "2"])
    dock.failed.retry_all.click()
    until(lambda: sorted(column(rows, 2)) == ["", "", "2", "3"])


def test_a_file_that_failed_is_shown_in_its_folder(
    dock: ActivityDock,
    kb: KnowledgeBase,
    workspace: Workspace,
    folder: Path,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        outside.QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or len(opened) < 2
    )
    read(kb, workspace, folder)
    dock.show_failures()
    rows = dock.failed.rows
    until(lambda: len(column(rows)) == 4)
    row = rows.findItems("empty.pdf", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)[0]
    rows.setCurrentItem(row)
    dock.failed.show_file.click()
    assert opened == [str(folder)]
    dock.failed.show_file.click()
    assert "No program could show the folder" in notice(dock.window())  # type: ignore[arg-type]


def test_a_rule_opens_the_files_that_it_leaves_out(
    dock: ActivityDock, kb: KnowledgeBase, workspace: Workspace, folder: Path, until: Until
) -> None:
    read(kb, workspace, folder)
    dock.tabs.setCurrentWidget(dock.skipped)
    rows = dock.skipped.rows
    until(lambda: rows.topLevelItemCount() == 1)
    rule = rows.topLevelItem(0)
    assert rule is not None
    assert rule.text(1) == "1"
    rule.setExpanded(True)
    until(lambda: "film.mp4" in column(rows))
    assert not dock.skipped.show_file.isEnabled()
    rows.setCurrentItem(rule.child(0))
    assert dock.skipped.show_file.isEnabled()


def test_a_source_is_paused_resumed_and_cancelled(
    dock: ActivityDock, kb: KnowledgeBase, workspace: Workspace, folder: Path, until: Until
) -> None:
    read(kb, workspace, folder)
    source = kb.sources.all(workspace)[0]
    kb.sources.pause(workspace, source.id)
    kb.documents.retry(workspace)
    rows = dock.queue.rows
    dock.queue.refresh()
    until(lambda: sorted(column(rows)) == ["broken.pdf", "empty.pdf", "papers"])
    assert column(rows, 1) == ["paused", "paused", "paused"]
    rows.setCurrentItem(rows.topLevelItem(0))
    assert not dock.queue.pause.isEnabled()
    dock.queue.cancel.click()
    until(lambda: column(rows) == ["papers"])
    dock.queue.resume.click()
    until(lambda: kb.sources.all(workspace)[0].state == "active" and not column(rows))
    assert "Nothing waits" in dock.queue.text.text()


def test_the_strip_pauses_and_resumes_the_whole_workspace(
    window: MainWindow, kb: KnowledgeBase, workspace: Workspace, folder: Path, until: Until
) -> None:
    read(kb, workspace, folder)
    window.frame.strip.wants_pause.emit(True)
    until(
        lambda: window.frame.strip.pause.accessibleName() == "Resume reading" and window.frame.strip.pause.isVisible()
    )
    assert {each.state for each in kb.sources.all(workspace)} == {"paused"}
    window.frame.strip.pause.click()
    until(lambda: not window.frame.strip.pause.isVisible())
    assert {each.state for each in kb.sources.all(workspace)} == {"active"}


def test_a_batch_ends_with_one_notice_that_leads_to_the_failures(
    window: MainWindow, kb: KnowledgeBase, workspace: Workspace, folder: Path, until: Until, qtbot: QtBot
) -> None:
    said: list[str] = []
    window._notices.said.connect(lambda sentence, *_: said.append(sentence))
    read(kb, workspace, folder)
    until(lambda: said)
    kb.sources.rescan(workspace)
    assert kb.documents.wait(workspace, timeout=30)
    kb.documents.add_texts(workspace, [Text("a", "Ants follow trails.")])
    until(lambda: len(said) == 2)
    assert said == [f"{count} document(s) can be searched; 2 could not be read." for count in (1, 2)]
    window.frame.notice._button.click()
    assert window.desk.dock.isVisible()
    assert window.desk.dock.tabs.currentWidget() is window.desk.dock.failed


def test_the_log_tells_of_notices_receipts_and_faults_on_one_line_each(
    dock: ActivityDock, window: MainWindow, workspace: Workspace
) -> None:
    receipt = Receipt(1, datetime.now(UTC), "expired", documents=1, bytes=2000)
    window._changes.news.emit(News(workspace.id, True, False, True, (receipt,)))
    window._notices.say("two\nlines", "and a hint")
    window.desk.dock.log._hear_of_fault(ZeroDivisionError("canary"))
    lines = dock.log.lines
    assert "Expired and deleted: 1 document(s), 2.0 kB" in lines.toPlainText()
    assert "ZeroDivisionError" in lines.toPlainText()
    assert "canary" not in lines.toPlainText()
    assert "two�lines and a hint" in lines.toPlainText()
    assert all(line[2] == ":" and line[5] == ":" for line in lines.toPlainText().splitlines())


def test_ctrl_j_opens_and_closes_the_dock(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert window.desk.dock.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert not window.desk.dock.isVisible()


def test_the_dock_comes_back_as_high_as_it_was(
    window: MainWindow, context: Context, workspace: Workspace, tmp_path: Path, qtbot: QtBot, until: Until
) -> None:
    window.resize(1200, 900)
    window.actions_.show_activity.trigger()
    window.frame._rows.moveSplitter(300, 1)
    height = window.desk.dock.height()
    assert height > 300
    window.actions_.show_activity.trigger()
    window.close()
    engine = Engine(tmp_path / "data", context.tasks, context.changes)
    remembered = Remembered(tmp_path / "data")
    again = MainWindow(engine, context.tasks, context.changes, context.notices, context.theme, remembered)
    qtbot.addWidget(again)
    again.resize(1200, 900)
    again.show()
    engine.opened.emit(context.kb)
    until(lambda: workspace.name in again.windowTitle())
    assert not again.desk.dock.isVisible()
    again.actions_.show_activity.trigger()
    until(lambda: abs(again.desk.dock.height() - height) <= 40)
