"""The settings: a row for each, found by words, changed at once; the keys; the data folder; what Carrel is made of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDesktopServices, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDoubleSpinBox, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from core.domain.health import Finding, Part, Report
from core.errors import DatabaseBusy
from core.knowledge_base import KnowledgeBase
from core.settings import options
from desktop.dialogs.settings import SettingsDialog
from desktop.dialogs.settings.about_page import libraries
from desktop.dialogs.settings.option_row import OptionRow
from desktop.main_window import MainWindow

Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def dialog(window: MainWindow) -> SettingsDialog:
    window.actions_.settings.trigger()
    dialog = window.desk.preferences.dialog
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def row(dialog: SettingsDialog, name: str) -> OptionRow:
    return next(each for each in dialog.rows if each.option.name == name)


def pages(dialog: SettingsDialog) -> list[str]:
    return [item.text() for item in dialog._items() if not item.isHidden()]


def test_there_is_a_row_for_every_setting(dialog: SettingsDialog) -> None:
    assert {(each.option.section, each.option.name) for each in dialog.rows} == {
        (each.section, each.name) for each in options()
    }


def test_a_change_is_stored_and_can_be_taken_back(dialog: SettingsDialog, kb: KnowledgeBase, until: Until) -> None:
    workers, weight, history = row(dialog, "workers"), row(dialog, "keyword_weight"), row(dialog, "history")
    assert isinstance(workers.field, QSpinBox)
    assert isinstance(weight.field, QDoubleSpinBox)
    assert isinstance(history.field, QAbstractButton)
    workers.field.setValue(4)
    weight.field.setValue(0.75)
    history.field.click()
    until(
        lambda: (
            (kb.settings.indexing.workers, kb.settings.search.keyword_weight, kb.settings.search.history)
            == (4, 0.75, False)
        )
    )
    until(lambda: not workers.reset.isHidden())
    workers.reset.click()
    until(lambda: kb.settings.indexing.workers == 2 and workers.reset.isHidden())
    assert workers.field.value() == 2
    assert "from the next start" in workers._about.text()
    assert "from the next start" not in weight._about.text()


def test_the_look_changes_at_once(dialog: SettingsDialog, window: MainWindow, until: Until) -> None:
    theme, size = row(dialog, "theme").field, row(dialog, "text_percent").field
    assert isinstance(theme, QComboBox)
    assert isinstance(size, QSpinBox)
    before = window.font().pointSizeF()
    theme.setCurrentIndex(theme.findData("dark"))
    theme.activated.emit(theme.currentIndex())
    until(lambda: window._theme.dark)
    size.setValue(150)
    until(lambda: window.font().pointSizeF() == pytest.approx(1.5 * before))
    window._theme.choose("light", 100)


def test_what_the_engine_says_against_a_change_stands_below_it(
    dialog: SettingsDialog, kb: KnowledgeBase, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise DatabaseBusy("settings.toml")

    monkeypatch.setattr(kb.preferences, "set", refuse)
    workers = row(dialog, "workers")
    assert isinstance(workers.field, QSpinBox)
    workers.field.setValue(4)
    until(lambda: "keeps it locked" in workers._refusal.text())
    assert workers.field.value() == 2


def test_words_lead_to_settings_and_keys(dialog: SettingsDialog) -> None:
    dialog.search.setText("seconds file")
    assert pages(dialog) == ["Reading"]
    assert dialog.list.currentItem().text() == "Reading"
    assert [each.option.name for each in dialog.rows if each.isVisible()] == ["timeout_seconds"]
    dialog.search.setText("F6")
    assert pages(dialog) == ["Shortcuts"]
    dialog.search.setText("nothing of that kind")
    assert pages(dialog) == []
    dialog.search.clear()
    assert len(pages(dialog)) == 8


def test_a_failure_leads_to_the_setting_that_mends_it(window: MainWindow, qtbot: QtBot) -> None:
    window.desk.dock.wants_setting.emit("timeout_seconds")
    dialog = window.desk.preferences.dialog
    assert dialog is not None
    assert dialog.list.currentItem().text() == "Reading"
    qtbot.waitUntil(lambda: row(dialog, "timeout_seconds").field.isVisible())


def test_the_wheel_turns_no_value_that_it_passes_over(dialog: SettingsDialog, qtbot: QtBot) -> None:
    dialog.show_page("indexing")
    field = row(dialog, "workers").field
    assert isinstance(field, QSpinBox)
    middle = QPointF(field.rect().center())
    event = QWheelEvent(
        middle,
        middle,
        QPoint(0, 120),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, event)
    assert field.value() == 2


def test_the_data_folder_is_shown_with_its_size(
    dialog: SettingsDialog, tmp_path: Path, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    dialog.show_page("data")
    until(lambda: "kB" in dialog.data.amount.text() or "MB" in dialog.data.amount.text())
    assert dialog.data.place.text() == str(tmp_path / "data")
    dialog.data.open_button.click()
    assert opened == [str(tmp_path / "data")]


def test_the_files_of_the_workspace_are_checked_on_demand(
    dialog: SettingsDialog, kb: KnowledgeBase, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = dialog.about
    dialog.show_page("about")
    until(lambda: about.network.text().startswith("Network: 0 connection(s) to other computers, counted now"))
    assert about.verify.text() == "Check “Thesis”"
    about.verify.click()
    assert not about.verify.isEnabled()
    until(lambda: about.findings.text() == "All is well.")
    report = Report(False, (Finding(Part.WORDS, "lost", "Three entries are lost."),), skipped=(Part.VECTORS,))
    monkeypatch.setattr(kb.upkeep, "verify", lambda _: report)
    about.verify.click()
    until(lambda: "Three entries are lost." in about.findings.text())
    assert "vectors" in about.findings.text()


def test_every_library_is_named_with_version_and_licence(dialog: SettingsDialog, until: Until) -> None:
    dialog.show_page("about")
    until(lambda: dialog.about.libraries.topLevelItemCount() > 10)
    found = {name: (version, licence) for name, version, licence in libraries()}
    assert found["carrel"][1] == "Apache-2.0"
    assert "LGPL" in found["PySide6-Essentials"][1]
    assert all(version and licence for version, licence in found.values())


def test_f1_lists_the_keys(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    dialog = window.desk.preferences.dialog
    assert dialog is not None
    rows = dialog.shortcuts.rows
    assert dialog.shortcuts.isVisible()
    assert rows.topLevelItemCount() == len(list(window.actions_.all()))
    assert len(rows.findItems("Shortcuts", Qt.MatchFlag.MatchExactly)) == 1


def test_keys_that_another_action_has_are_refused_by_its_name(dialog: SettingsDialog, window: MainWindow) -> None:
    page, actions = dialog.shortcuts, window.actions_
    page.rows.setCurrentItem(page.rows.findItems("Next pane", Qt.MatchFlag.MatchExactly)[0])
    page.field.setKeySequence(QKeySequence("Ctrl+D"))
    page.field.editingFinished.emit()
    assert page.refusal.isVisibleTo(page)
    assert "Ctrl+D is already “Keep this search”" in page.refusal.text()
    assert actions.next_pane.shortcut() == QKeySequence("F6")
    page.field.setKeySequence(QKeySequence("Ctrl+Alt+P"))
    page.field.editingFinished.emit()
    assert actions.next_pane.shortcut() == QKeySequence("Ctrl+Alt+P")
    assert not page.refusal.isVisibleTo(page)
    page.reset.click()
    assert actions.next_pane.shortcut() == QKeySequence("F6")


def test_the_keyboard_passes_the_field_of_keys_without_changing_them(
    dialog: SettingsDialog, window: MainWindow, qtbot: QtBot
) -> None:
    dialog.show_page("shortcuts")
    page, actions = dialog.shortcuts, window.actions_
    page.rows.setCurrentItem(page.rows.findItems("Next pane", Qt.MatchFlag.MatchExactly)[0])
    dialog.activateWindow()
    page.field.setFocus()
    qtbot.keyClick(page.field, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is page.rows
    assert actions.next_pane.shortcut() == QKeySequence("F6")
    page.field.setFocus()
    qtbot.keyClick(page.field, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(page.field, Qt.Key.Key_Tab)
    assert actions.next_pane.shortcut() == QKeySequence("Shift+F7")
    page.field.setFocus()
    qtbot.keyClick(page.field, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert actions.next_pane.shortcut() == QKeySequence("Shift+F7")


@pytest.mark.parametrize("part", ["settings", "dock"])
def test_everything_that_takes_the_keyboard_has_a_name(dialog: SettingsDialog, window: MainWindow, part: str) -> None:
    window.actions_.show_activity.setChecked(True)
    whole: QWidget = dialog if part == "settings" else window.desk.dock
    nameless = [
        each
        for each in whole.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not each.accessibleName()
        and not (isinstance(each, QAbstractButton) and each.text())
        and not each.objectName().startswith("qt_")  # parts of Qt's own widgets
        and each.focusProxy() is None
        and each.window() is whole.window()  # and not the list that a choice opens
    ]
    assert [type(each).__name__ for each in nameless] == []
