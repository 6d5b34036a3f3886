"""Files are handed to other programs as each system wants it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QProcess
from PySide6.QtDBus import QDBusConnection
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from desktop.widgets.preview import file_manager
from desktop.widgets.preview.file_manager import open_file, show_file

Until = Callable[[Callable[[], object]], None]


@pytest.mark.parametrize(("system", "asked"), [("win32", ["explorer", "/select,"]), ("darwin", ["open", "-R"])])
def test_a_file_is_chosen_in_its_folder(
    system: str, asked: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(file_manager.sys, "platform", system)
    monkeypatch.setattr(QProcess, "startDetached", lambda program, rest: started.append([program, *rest]))
    show_file(tmp_path / "a b.txt", QObject())
    assert started == [[*asked, str(tmp_path / "a b.txt")]]


def test_the_folder_is_opened_where_no_file_manager_answers(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, until: Until
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    monkeypatch.setattr(file_manager.sys, "platform", "linux")
    nowhere = QDBusConnection("nowhere")
    monkeypatch.setattr(QDBusConnection, "sessionBus", lambda: nowhere)
    owner = QObject()
    show_file(tmp_path / "a.txt", owner)
    until(lambda: opened == [str(tmp_path)])
    assert open_file(tmp_path / "a.txt")
    assert opened[1:] == [str(tmp_path / "a.txt")]
