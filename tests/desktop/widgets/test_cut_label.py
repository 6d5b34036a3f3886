"""A line that has no room is cut, and offered whole in its tip, letter by letter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.widgets.cut_label import CutLabel
from desktop.words import tip

LINE = "~/Documents/a very long folder name that goes on and on/report of the year.pdf"


@pytest.mark.parametrize("cut", [Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideRight])
def test_what_does_not_fit_is_cut_and_offered_as_a_whole(qtbot: QtBot, cut: Qt.TextElideMode) -> None:
    label, expected = CutLabel(cut), CutLabel()
    for each in (label, expected):
        qtbot.addWidget(each)
        each.resize(200, 20)
    label.setText(LINE)
    expected.setText(label.fontMetrics().elidedText(LINE, cut, 200))
    assert "…" in expected.text()
    assert picture(label) == picture(expected)
    assert (label.text(), label.toolTip()) == (LINE, LINE)
    assert label.sizePolicy().horizontalPolicy() == label.sizePolicy().Policy.Ignored


def picture(label: CutLabel) -> QImage:
    image = QImage(label.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    label.render(image, QPoint())
    return image


def test_a_name_that_looks_like_markup_is_shown_as_it_is() -> None:
    assert tip("a < b & c.pdf") == "a < b & c.pdf"
    shown = tip("<img src='file:///etc/passwd'>\n<b>x</b>.pdf")
    assert shown == "<qt>&lt;img src=&#x27;file:///etc/passwd&#x27;&gt;<br>&lt;b&gt;x&lt;/b&gt;.pdf</qt>"
