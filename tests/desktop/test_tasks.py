"""Work beside the event loop comes back on the thread of the window, to those who are still there."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desktop.tasks import Latest, Tasks

Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.close()


def test_the_result_comes_back_on_the_thread_of_the_window(tasks: Tasks, until: Until) -> None:
    seen: list[object] = []
    here = threading.get_ident()
    owner = QObject()
    tasks.run(owner, threading.get_ident, lambda there: seen.extend([there, threading.get_ident()]))
    until(lambda: seen)
    there, back = seen
    assert there != here
    assert back == here


def test_an_error_goes_to_who_asked_or_else_to_everybody(tasks: Tasks, until: Until) -> None:
    own: list[BaseException] = []
    general: list[BaseException] = []
    owner = QObject()
    tasks.failed.connect(general.append)
    tasks.run(owner, lambda: 1 / 0, failed=own.append)
    tasks.run(owner, lambda: int("x"))
    until(lambda: own and general)
    assert isinstance(own[0], ZeroDivisionError)
    assert isinstance(general[0], ValueError)


def test_nobody_is_called_who_has_gone_or_does_not_want_it(tasks: Tasks, until: Until) -> None:
    called: list[str] = []
    go = threading.Event()
    gone, stays = QObject(), QObject()
    tasks.run(gone, go.wait, lambda _: called.append("gone"))
    task = tasks.run(stays, go.wait, lambda _: called.append("cancelled"))
    shiboken6.delete(gone)
    task.cancel()
    go.set()
    tasks.run(stays, lambda: None, lambda _: called.append("last"))
    until(lambda: called)
    assert called == ["last"]


def test_of_many_questions_the_first_and_the_last_are_asked_and_the_last_is_answered(
    tasks: Tasks, until: Until
) -> None:
    asked: list[int] = []
    answered: list[int] = []
    go = threading.Event()
    owner = QObject()
    latest = Latest(tasks, owner)

    def ask(number: int) -> int:
        asked.append(number)
        go.wait()
        return number

    for number in range(5):
        latest.run(lambda number=number: ask(number), answered.append)  # type: ignore[misc]
    until(lambda: asked)
    go.set()
    until(lambda: answered)
    assert asked == [0, 4]
    assert answered == [4]
