"""Small windows, large text and screens of twice the resolution: nothing is cut off, and nothing scrolls sideways."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QTabBar,
    QWidget,
)

from desktop.main_window import MainWindow
from tests.desktop.controls import described
from tests.desktop.test_accessibility import DIALOGS, STATES, filled, papers

Until = Callable[[Callable[[], object]], None]
__all__ = ["filled", "papers"]  # fixtures
SIZES = ((640, 480), (900, 600), (1280, 800))
SIDEWAYS = ("TextView", "QPlainTextEdit", "PdfView", "QTreeWidget")  # code, tables and pages may be wider than the pane
PARTS = (QLineEdit, QAbstractSpinBox, QTabBar)
"""What has buttons of its own, which it lays out by itself."""
CONTROLS = (QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit, QLabel)
BORDER = 2
"""Pixels around a text; with so many less it is seen whole."""
ROOT = Path(__file__).parents[2]


def cut_off(root: QWidget) -> Iterator[str]:
    """Yield what is not seen whole: controls and words that have less room than they need, and bars that scroll."""
    for each in root.findChildren(QWidget):
        inside = each.parentWidget()
        if not each.isVisible() or each.window() is not root.window() or isinstance(inside, PARTS):
            continue
        if isinstance(each, QAbstractScrollArea):
            bar = each.horizontalScrollBar()
            if bar.isVisible() and bar.maximum() > 0 and type(each).__name__ not in SIDEWAYS:
                yield f"{described(each)} scrolls sideways"
        elif isinstance(each, QLabel) and not each.text():
            continue
        elif isinstance(each, CONTROLS) and (lacking := _lacks(each)):
            yield f"{described(each)} lacks {lacking}"


def _lacks(control: QWidget) -> str:
    """Return what a control lacks to be seen whole; nothing where it is."""
    needed = control.minimumSizeHint()
    if isinstance(control, QLabel):
        if control.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Ignored and not control.wordWrap():
            return ""  # it is meant to be cut, and says the whole in its tip
        if control.wordWrap():
            needed.setWidth(0)
            needed.setHeight(control.heightForWidth(control.width()))
    wide, high = needed.width() - control.width(), needed.height() - control.height()
    if max(wide, high) > BORDER:
        return f"{max(wide, 0)}×{max(high, 0)} pixels"
    outside = _outside(control)
    return f"{outside} pixels outside of what is around it" if outside > 0 else ""


def _outside(control: QWidget) -> int:
    """Return by how many pixels a control stands outside of what is around it, where one can't scroll to it."""
    parent, outside = control.parentWidget(), 0
    while parent is not None:
        place = QRect(control.mapTo(parent, QPoint(0, 0)), control.size())
        outside = max(outside, -place.left(), place.right() - parent.rect().right())
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            return outside
        outside = max(outside, -place.top(), place.bottom() - parent.rect().bottom())
        parent = None if parent.isWindow() else parent.parentWidget()
    return outside


@pytest.mark.parametrize("percent", [100, 150])
def test_nothing_of_the_window_is_cut_off(percent: int, filled: MainWindow, until: Until) -> None:
    filled._theme.choose("light", percent)
    faults: dict[str, list[str]] = {}
    for width, height in SIZES:
        filled.resize(width, height)
        for state, arrange in STATES.items():
            arrange(filled, until)
            QApplication.processEvents()
            assert (filled.width(), filled.height()) == (width, height), f"{state} needs {filled.minimumSizeHint()}"
            for fault in cut_off(filled):
                faults.setdefault(fault, []).append(f"{state} at {width}×{height}")
    assert faults == {}


@pytest.mark.parametrize("percent", [100, 150])
def test_nothing_of_a_first_window_is_cut_off(percent: int, window: MainWindow, until: Until) -> None:
    window._theme.choose("light", percent)
    until(window.desk.search._welcome.isVisible)
    for width, height in SIZES:
        window.resize(width, height)
        QApplication.processEvents()
        assert list(cut_off(window)) == []


@pytest.mark.parametrize("percent", [100, 150])
def test_nothing_of_a_dialog_is_cut_off(percent: int, filled: MainWindow, papers: Path, until: Until) -> None:
    filled._theme.choose("light", percent)
    filled.resize(640, 480)
    faults = {}
    for name, show in DIALOGS.items():
        show(filled, papers)
        until(lambda: any(each.isVisible() for each in filled.findChildren(QDialog)))
        (dialog,) = (each for each in filled.findChildren(QDialog) if each.isVisible())
        QTest.qWait(50)
        faults[name] = list(cut_off(dialog))
        dialog.close()
        until(lambda: not any(each.isVisible() for each in filled.findChildren(QDialog)))
    assert {name: each for name, each in faults.items() if each} == {}


def test_the_same_on_a_screen_of_twice_the_resolution(tmp_path: Path) -> None:
    if os.environ.get("QT_SCALE_FACTOR") == "2":
        screen = QApplication.primaryScreen()
        assert screen.devicePixelRatio() == 2
        assert screen.size() == QSize(900, 600)
        return
    screens = tmp_path / "screens.json"
    screens.write_text(json.dumps({"screens": [{"name": "small", "x": 0, "y": 0, "width": 1800, "height": 1200}]}))
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "not 150", __file__],
        cwd=ROOT,
        env=os.environ | {"QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": f"offscreen:configfile={screens}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-3000:]


def test_larger_text_is_larger_everywhere_at_once(filled: MainWindow) -> None:
    filled.desk.preferences.show_page("about")
    before = {each: each.font().pointSizeF() for each in filled.findChildren(QWidget) if isinstance(each, CONTROLS)}
    filled._theme.choose("light", 150)
    grown = {each.font().pointSizeF() / size for each, size in before.items()}
    assert min(grown) == pytest.approx(1.5, abs=0.01)
    assert max(grown) == pytest.approx(1.5, abs=0.01)
