"""A chart: where bars stand, what they say, and by which keys one goes through them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.theme import DARK, LIGHT, Theme
from desktop.widgets.usage.bars import Bar
from desktop.widgets.usage.chart import Chart

DAY = date(2026, 2, 1)


def bars(*parts: tuple[float, ...]) -> list[Bar]:
    return [Bar(DAY + timedelta(days=number), each) for number, each in enumerate(parts)]


def show(chart: Chart, shown: list[Bar]) -> None:
    chart.show_bars(
        shown,
        written=lambda value: f"{value:g}",
        dated=lambda bar: bar.first.isoformat(),
        said=lambda bar: f"{bar.first.isoformat()}\n{bar.height:g}" if bar.parts else "not known",
    )


@pytest.fixture
def chart(theme: Theme, qtbot: QtBot) -> Chart:
    chart = Chart(theme, "Searches")
    qtbot.addWidget(chart)
    chart.resize(480, 160)
    show(chart, bars((10.0,), (), (5.0, 15.0), (0.0,), (0.01,)))
    chart.show()
    qtbot.waitExposed(chart)
    return chart


def test_bars_are_as_high_as_what_they_show(chart: Chart) -> None:
    (low,), none, (below, above), (zero,), (little,) = (chart.parts(number) for number in range(5))
    assert none == []
    assert low.height() == pytest.approx(2 * below.height())
    assert above.bottom() == below.top()
    assert below.height() + above.height() == pytest.approx(chart.column(2).height())
    assert zero.height() == 0
    assert little.height() == 2  # what is not nothing can be seen


def test_bars_are_drawn_in_the_colours_of_their_parts(chart: Chart, theme: Theme) -> None:
    picture = chart.grab().toImage()
    below, above = chart.parts(2)
    assert picture.pixelColor(below.center().toPoint()) == QColor(LIGHT.series[0])
    assert picture.pixelColor(above.center().toPoint()) == QColor(LIGHT.series[1])
    theme.choose("dark", 100)
    assert chart.grab().toImage().pixelColor(below.center().toPoint()) == QColor(DARK.series[0])
    theme.choose("light", 100)


def test_what_a_bar_says_is_shown_where_one_points(chart: Chart) -> None:
    plain = chart.grab().toImage()
    QTest.mouseMove(chart, chart.column(2).center().toPoint())
    assert chart.current == 2
    assert chart.accessibleDescription() == "2026-02-03\n20"
    assert chart.grab().toImage() != plain
    QApplication.sendEvent(chart, QEvent(QEvent.Type.Leave))
    assert chart.current is None
    assert chart.grab().toImage() == plain
    QTest.mouseMove(chart, QPoint(2, 20))  # beside the scale
    assert chart.current is None


def test_keys_go_from_bar_to_bar(chart: Chart) -> None:
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.current == 4  # begins with the latest
    for _ in range(6):
        QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.current == 0
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.accessibleDescription() == "not known"
    QTest.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.current is None


def test_no_bars_are_an_empty_chart(chart: Chart) -> None:
    show(chart, [])
    QTest.keyClick(chart, Qt.Key.Key_Left)
    QTest.mouseMove(chart, chart.rect().center())
    chart.grab()
    assert chart.current is None
    assert chart.accessibleDescription() == ""
