"""Sources at the left: counts, states, what can be done with them, and files that vanish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.domain.document import State
from core.domain.source import Source, WatchState
from core.domain.workspace import Workspace
from desktop.context import Context
from desktop.dialogs.removal_question import RemovalQuestion
from desktop.dialogs.vanished_dialog import VanishedDialog
from desktop.item_models.sources import SourceRow, SourcesModel
from desktop.pages.sources_pane import SourcesPane

Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def pane(context: Context, workspace: Workspace, qtbot: QtBot) -> SourcesPane:
    pane = SourcesPane(context)
    qtbot.addWidget(pane)
    pane.resize(220, 400)
    pane.open(workspace)
    pane.show()
    return pane


@pytest.fixture
def folder(context: Context, workspace: Workspace, tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number}.md").write_text(f"Letter {number}.", "utf-8")
    (folder / "odd.bin").write_text("x", "utf-8")
    context.kb.documents.add(workspace, [folder])
    assert context.kb.documents.wait(workspace, timeout=60)
    return folder


def _rows(context: Context, workspace: Workspace) -> list[SourceRow]:
    coverage = context.kb.sources.coverage(workspace)
    return [SourceRow(each, None, coverage.get(each.id, {})) for each in context.kb.sources.all(workspace)]


def _row(context: Context, workspace: Workspace) -> SourceRow:
    [row] = _rows(context, workspace)
    return row


def _choose(menu: QMenu, label: str) -> None:
    [action] = [each for each in menu.actions() if label in each.text()]
    action.trigger()
    menu.close()


def test_each_source_is_counted_and_chosen_by_click_or_key(
    pane: SourcesPane, context: Context, workspace: Workspace, folder: Path, qtbot: QtBot
) -> None:
    row = _row(context, workspace)
    assert (row.documents, row.counts[State.SKIPPED]) == (60, 1)
    pane.show_sources([row])
    index = pane.list.model().index(0, 0)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "letters" in said
    assert "60 document" in said
    assert str(folder) in index.data(Qt.ItemDataRole.ToolTipRole)
    assert not pane.grab().isNull()
    with qtbot.waitSignal(pane.chosen) as caught:
        qtbot.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=pane.list.visualRect(index).center())
    assert caught.args == [row.source]
    with qtbot.waitSignal(pane.chosen):
        qtbot.keyClick(pane.list, Qt.Key.Key_Return)


def test_what_is_chosen_stays_chosen_while_counts_change(
    pane: SourcesPane, context: Context, workspace: Workspace, folder: Path
) -> None:
    row = _row(context, workspace)
    pane.show_sources([row])
    pane.list.setCurrentIndex(pane.list.model().index(0, 0))
    pane.show_sources([replace(row, counts={State.WORDS: 1})])
    assert pane.list.currentIndex().row() == 0


def test_the_menu_pauses_resumes_and_looks_again(
    pane: SourcesPane, context: Context, workspace: Workspace, folder: Path, until: Until
) -> None:
    def source() -> Source:
        return _row(context, workspace).source

    menu = pane.menu.offer(_row(context, workspace), QPoint(0, 0))
    [waits] = [each for each in menu.actions() if "Cancel" in each.text()]
    assert not waits.isEnabled()
    _choose(menu, "Pause")
    until(lambda: source().state == "paused")
    _choose(pane.menu.offer(_row(context, workspace), QPoint(0, 0)), "Resume")
    until(lambda: source().state == "active")
    (folder / "new.md").write_text("New.", "utf-8")
    _choose(pane.menu.offer(_row(context, workspace), QPoint(0, 0)), "Look again")
    until(lambda: _row(context, workspace).documents == 61)


def test_what_waits_can_be_cancelled(
    pane: SourcesPane, context: Context, workspace: Workspace, folder: Path, until: Until
) -> None:
    row = _row(context, workspace)
    context.kb.sources.pause(workspace, row.source.id)
    (folder / "0.md").write_text("Another letter.", "utf-8")
    (folder / "new.md").write_text("New.", "utf-8")
    waiting = replace(row, counts={**row.counts, State.PENDING: 1})
    menu = pane.menu.offer(waiting, QPoint(0, 0))
    _choose(menu, "Cancel")
    until(lambda: context.kb.documents.progress(workspace).queued == 0)


def test_the_place_on_the_disk_is_shown_and_copied(
    pane: SourcesPane, context: Context, workspace: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    _choose(pane.menu.offer(_row(context, workspace), QPoint(0, 0)), "Show in folder")
    _choose(pane.menu.offer(_row(context, workspace), QPoint(0, 0)), "Copy path")
    assert shown == [str(folder)]
    assert QGuiApplication.clipboard().text() == str(folder)


def test_a_source_is_removed_after_a_question_and_the_receipt_is_shown(
    pane: SourcesPane, context: Context, workspace: Workspace, folder: Path, qtbot: QtBot, until: Until
) -> None:
    said: list[str] = []
    context.notices.said.connect(lambda _sentence, hint, *_: said.append(hint))
    pane.show_sources(_rows(context, workspace))
    pane.list.setFocus()
    pane.list.setCurrentIndex(pane.list.model().index(0, 0))
    qtbot.keyClick(pane.list, Qt.Key.Key_Delete)
    question = pane.findChild(RemovalQuestion)
    assert question is not None
    assert context.kb.sources.all(workspace)
    question.remove.click()
    until(lambda: said)
    assert "61 document" in said[0]
    assert context.kb.sources.all(workspace) == []
    assert (folder / "0.md").exists()


@pytest.mark.parametrize("decision", ["keep", "remove"])
def test_many_vanished_files_wait_for_a_decision(
    pane: SourcesPane, context: Context, workspace: Workspace, folder: Path, until: Until, decision: str
) -> None:
    said: list[tuple[str, Callable[[], None] | None]] = []
    context.notices.said.connect(lambda sentence, _hint, _bad, _label, do: said.append((sentence, do)))
    for number in range(55):
        (folder / f"{number}.md").unlink()
    context.kb.sources.rescan(workspace)
    until(lambda: _row(context, workspace).source.missing == 55)
    row = _row(context, workspace)
    assert row.bad
    assert "vanished" in row.standing()
    pane.show_sources([row])
    pane.show_sources([row])
    assert [sentence for sentence, _ in said] == ["55 file(s) vanished. Remove them?"]
    ask = said[0][1]
    assert ask is not None
    ask()
    dialog = pane.findChild(VanishedDialog)
    assert dialog is not None
    until(lambda: len(dialog.names.toPlainText().splitlines()) == 55)
    getattr(dialog, decision).click()
    until(lambda: not _row(context, workspace).source.missing)
    left = context.kb.documents.list(workspace, kinds=["md"]).total
    assert left == (60 if decision == "keep" else 5)
    if decision == "remove":
        until(lambda: len(said) == 2)


def test_a_source_says_how_it_stands(context: Context, workspace: Workspace, folder: Path) -> None:
    row = _row(context, workspace)
    source = row.source
    standings = {
        "not watched": row,
        "paused": replace(row, source=replace(source, state="paused")),
        "reading, 7 to go": replace(row, counts={State.PENDING: 7}),
        "live": replace(row, watch=WatchState("native")),
        "now and then": replace(row, watch=WatchState("polling", "The limit of watches is reached.", "sysctl …")),
        "since": replace(row, source=replace(source, state="offline")),
        "2020": replace(row, source=replace(source, state="offline", scanned_at=datetime(2020, 1, 2, 12, tzinfo=UTC))),
        "not reachable": replace(row, source=replace(source, state="offline", scanned_at=None)),
        "given texts": replace(row, source=replace(source, kind="texts", path=None)),
    }
    for words, each in standings.items():
        assert words in each.standing()
    assert "The limit of watches is reached." in standings["now and then"].notes()


def test_the_list_of_sources_is_a_sound_model(
    context: Context, workspace: Workspace, folder: Path, qtmodeltester: ModelTester
) -> None:
    model = SourcesModel()
    model.show(_rows(context, workspace))
    qtmodeltester.check(model)
    model.show([])
