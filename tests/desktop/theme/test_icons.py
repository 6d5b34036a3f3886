"""Icons are there, sharp, and follow the theme."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from desktop.theme import DARK, LIGHT, Theme
from desktop.theme.icons import FOLDER


def darkest(button: QToolButton) -> QColor:
    picture = button.icon().pixmap(QSize(24, 24)).toImage()
    colours = [picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())]
    return max(colours, key=QColor.alpha)


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.svg")))
def test_every_icon_draws_something(theme: Theme, name: str) -> None:
    picture = theme.icons(name).pixmap(QSize(24, 24)).toImage()
    assert any(picture.pixelColor(x, y).alpha() for x in range(24) for y in range(24))


def test_an_icon_on_a_button_follows_the_theme(qapp: QApplication, theme: Theme, qtbot: QtBot) -> None:
    button = QToolButton()
    qtbot.addWidget(button)
    theme.icons.put(button, "check")
    assert darkest(button) == QColor(LIGHT.text)
    theme.choose("dark", 100)
    assert darkest(button) == QColor(DARK.text)
    theme.icons.put(button, "search")
    theme.choose("light", 100)
    assert darkest(button) == QColor(LIGHT.text)


def test_a_button_that_has_gone_is_forgotten(theme: Theme, qtbot: QtBot) -> None:
    button = QToolButton()
    theme.icons.put(button, "check")
    button.deleteLater()
    qtbot.waitUntil(lambda: not _alive(button))
    theme.choose("dark", 100)


def _alive(button: QToolButton) -> bool:
    import shiboken6

    return shiboken6.isValid(button)
