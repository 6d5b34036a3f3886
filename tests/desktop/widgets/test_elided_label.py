"""A label that has no room shows the whole in its tip, letter by letter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.widgets.elided_label import ElidedLabel
from desktop.words import tip

PATH = "/home/ada/Documents/a very long folder name that goes on/report of the year.pdf"


@pytest.mark.parametrize(
    ("cut", "end"), [(Qt.TextElideMode.ElideMiddle, "year.pdf"), (Qt.TextElideMode.ElideRight, "…")]
)
def test_what_does_not_fit_is_cut_and_offered_as_a_whole(qtbot: QtBot, cut: Qt.TextElideMode, end: str) -> None:
    label = ElidedLabel(cut)
    qtbot.addWidget(label)
    label.resize(200, 20)
    label.show()
    label.say(PATH)
    assert "…" in label.text()
    assert label.text().startswith("/home")
    assert label.text().endswith(end)
    assert label.fontMetrics().horizontalAdvance(label.text()) <= 200
    assert (label.toolTip(), label.accessibleName(), label.whole) == (PATH, PATH, PATH)
    label.resize(2000, 20)
    assert (label.text(), label.toolTip()) == (PATH, "")
    font = label.font()
    font.setPointSize(80)
    label.setFont(font)
    assert "…" in label.text()
    assert label.minimumSizeHint().width() == 0


def test_a_name_that_looks_like_markup_is_shown_as_it_is() -> None:
    assert tip("a < b & c.pdf") == "a < b & c.pdf"
    shown = tip("<img src='file:///etc/passwd'>\n<b>x</b>.pdf")
    assert shown == "<qt>&lt;img src=&#x27;file:///etc/passwd&#x27;&gt;<br>&lt;b&gt;x&lt;/b&gt;.pdf</qt>"
