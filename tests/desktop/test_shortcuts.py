"""Keys are kept, given back, and never given twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from desktop.actions import Actions
from desktop.remembered import Remembered
from desktop.shortcuts import Shortcuts


@pytest.fixture
def owner(qapp: QApplication) -> QObject:
    return QObject()


def made(owner: QObject, folder: Path) -> tuple[Actions, Shortcuts]:
    actions = Actions(owner)
    return actions, Shortcuts(actions, Remembered(folder))


def keys(*texts: str) -> list[QKeySequence]:
    return [QKeySequence(each) for each in texts]


def test_no_two_actions_begin_with_the_same_keys(owner: QObject) -> None:
    every = [key for action in Actions(owner).all() for key in action.shortcuts()]
    assert len({each.toString() for each in every}) == len(every)


def test_keys_are_kept_for_the_next_start(owner: QObject, tmp_path: Path) -> None:
    actions, shortcuts = made(owner, tmp_path)
    assert shortcuts.set(actions.focus_query, QKeySequence("Ctrl+Alt+,")) is None
    assert shortcuts.set(actions.rescan, QKeySequence()) is None
    again, kept = made(owner, tmp_path)
    assert again.focus_query.shortcuts() == keys("Ctrl+Alt+,", "/")
    assert again.rescan.shortcuts() == []
    assert kept.changed(again.rescan)
    kept.reset_all()
    assert again.focus_query.shortcuts() == keys("Ctrl+L", "/")
    third, _ = made(owner, tmp_path)
    assert third.rescan.shortcuts() == keys("F5")


def test_keys_that_are_taken_change_nothing(owner: QObject, tmp_path: Path) -> None:
    actions, shortcuts = made(owner, tmp_path)
    assert shortcuts.set(actions.rescan, QKeySequence("/")) is actions.focus_query
    assert actions.rescan.shortcuts() == keys("F5")
    assert shortcuts.set(actions.rescan, QKeySequence("F9")) is None
    assert shortcuts.set(actions.next_pane, QKeySequence("F5")) is None
    assert shortcuts.reset(actions.rescan) is actions.next_pane
    assert actions.rescan.shortcuts() == keys("F9")
