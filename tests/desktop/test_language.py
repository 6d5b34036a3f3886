"""Sentences with numbers are right for one and for many, no translation is out of date; the window speaks German."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import cast
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QMenu
from pytestqt.qtbot import QtBot

from core.domain import source
from desktop.dialogs.settings import SettingsDialog
from desktop.language import FOLDER, speak
from desktop.main_window import MainWindow
from desktop.words import percent, rule_name, size

Until = Callable[[Callable[[], object]], None]
ROOT = Path(__file__).parents[2]
RULES = (
    *(source.HIDDEN, source.NOT_INCLUDED, source.NOT_REGULAR, source.LINK_INSIDE, source.LINK_OUTSIDE),
    *(source.LINK_BROKEN, source.TOO_LARGE, source.UNREADABLE, source.excluded("*.log"), "expired"),
    *(source.unsupported(name) for name in ("film.xyz", "film", "film.1")),
)
_PLACEHOLDER = re.compile(r"\{\w*\}|%L?n")


@pytest.fixture
def spoken(qapp: QApplication) -> Iterator[QApplication]:
    before = QLocale()
    yield qapp
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(before)


@pytest.fixture
def german(spoken: QApplication) -> QApplication:
    speak(spoken, "de")
    return spoken


@pytest.fixture
def window_in(spoken: QApplication, request: pytest.FixtureRequest) -> MainWindow:
    """The window in the language that the test is called with."""
    speak(spoken, request.param)
    return cast("MainWindow", request.getfixturevalue("window"))


@pytest.mark.parametrize("choice", ["system", "en", "xx"])
@pytest.mark.parametrize(("count", "said"), [(1, "1 passage with these words"), (38, "38 passages with these words")])
def test_one_and_many(spoken: QApplication, choice: str, count: int, said: str) -> None:
    speak(spoken, choice)
    assert QCoreApplication.translate("ResultAccount", "%n passage(s) with these words", "", count) == said


@pytest.mark.parametrize(("count", "said"), [(1, "1 Textstelle"), (0, "0 Textstellen"), (38, "38 Textstellen")])
def test_one_and_many_in_german(german: QApplication, count: int, said: str) -> None:
    assert QCoreApplication.translate("DeleteWorkspaceDialog", "%n passage(s)", "", count) == said


def test_every_sentence_of_the_window_is_in_the_translations() -> None:
    command = [sys.executable, ROOT / "packaging" / "translations.py", "--check"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.ts")), ids=lambda file: file.stem)
def test_a_translation_has_the_placeholders_of_its_sentence(file: Path) -> None:
    for message in ElementTree.parse(file).iter("message"):
        sentence, translation = message.findtext("source", ""), message.find("translation")
        assert translation is not None
        for text in [each.text or "" for each in translation.iter("numerusform")] or [translation.text or ""]:
            assert sorted(_PLACEHOLDER.findall(text)) == sorted(_PLACEHOLDER.findall(sentence)), sentence


@pytest.mark.parametrize("window_in", ["en", "de"], indirect=True)
def test_no_two_entries_of_a_menu_have_the_same_mnemonic(window_in: MainWindow) -> None:
    bar = window_in.menuBar().actions()
    assert len(_mnemonics(bar)) == len(bar)
    for entries in (bar, *(menu.actions() for menu in window_in.findChildren(QMenu))):
        letters = _mnemonics(entries)
        assert len(set(letters)) == len(letters), [each.text() for each in entries]


def _mnemonics(actions: Iterable[QAction]) -> list[str]:
    keys = [QKeySequence.mnemonic(each.text()) for each in actions]
    return [key.toString() for key in keys if not key.isEmpty()]


@pytest.mark.parametrize("window_in", ["de"], indirect=True)
def test_the_window_opens_in_german(window_in: MainWindow, until: Until) -> None:
    menus = [each.text().replace("&", "") for each in window_in.menuBar().actions()]
    assert menus == ["Datei", "Gehe zu", "Ansicht", "Dokument"]
    assert window_in.actions_.add_folder.text() == "Ordner hinzufügen…"
    assert window_in.actions_.add_folder.shortcut().toString(QKeySequence.SequenceFormat.NativeText) == "Strg+I"
    assert window_in.desk is not None
    search = window_in.desk.search
    until(lambda: "Noch keine Dokumente in „Thesis“" in [each.text() for each in search.findChildren(QLabel)])
    assert search.narrow.text() == "Filter ▾"


@pytest.mark.parametrize("window_in", ["de"], indirect=True)
def test_the_settings_of_the_engine_are_shown_in_german(window_in: MainWindow) -> None:
    window_in.actions_.settings.trigger()
    dialog = window_in.findChild(SettingsDialog)
    assert dialog is not None
    titles = {row.option.name: row.title.text() for row in dialog.rows}
    assert titles["text_percent"] == "Textgröße"
    assert titles["timeout_seconds"] == "Zeit für eine Datei"
    unchanged = [row.option.name for row in dialog.rows if row.title.text() == row.option.title]
    assert not unchanged


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_that_leaves_files_out_has_a_german_name(german: QApplication, rule: str) -> None:
    assert rule_name(rule) != rule
    assert rule.partition("excluded: ")[2] in rule_name(rule)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_called_in_english_as_the_engine_calls_it(spoken: QApplication, rule: str) -> None:
    speak(spoken, "en")
    assert rule_name(rule) == rule


def test_numbers_are_written_as_germans_write_them(german: QApplication) -> None:
    assert size(2_100_000) == "2,1 MB"
    assert percent(0.5) == "50 %"


@pytest.mark.parametrize(
    ("choice", "said"), [("de", "Abbrechen"), ("de_AT", "Abbrechen"), ("en", "Cancel"), ("fr", "Cancel")]
)
def test_qts_own_words_are_in_the_language_of_the_window(
    spoken: QApplication, qtbot: QtBot, choice: str, said: str
) -> None:
    speak(spoken, choice)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.buttons()[0].text().replace("&", "") == said
