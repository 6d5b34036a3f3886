"""A fault of ours is told of, with a report that holds nothing of what is the person's own; the window goes on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, qInstallMessageHandler, qWarning
from PySide6.QtGui import QGuiApplication

from core.errors import DiskFull, PathNotFound
from desktop.context import Context
from desktop.fault_report import fault_report
from desktop.main_window import MainWindow
from desktop.notices import Notices
from desktop.qt_messages import log_qt_messages
from desktop.words import number

Until = Callable[[Callable[[], object]], None]
CANARY = "Kanarienvogel"


def fault(folder: Path) -> BaseException:
    """Return an exception that went through our code and through a file with a telling name, telling words all over."""
    code = compile(f"def {CANARY}(value):\n    raise KeyError(value)\n", str(folder / f"{CANARY}.py"), "exec")
    foreign: dict[str, Callable[[str], None]] = {}
    exec(code, foreign)
    try:
        try:
            foreign[CANARY](f"/home/{CANARY}/letter to {CANARY}.pdf")
        except KeyError as error:
            error.add_note(f"while searching for {CANARY}")
            number(f"sk-{CANARY}")  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError) as error:
        return error
    raise AssertionError


def test_the_report_names_kinds_places_and_versions_and_nothing_else(tmp_path: Path) -> None:
    report = fault_report(fault(tmp_path))
    assert CANARY not in report
    assert str(tmp_path) not in report
    assert str(Path.home()) not in report
    lines = report.splitlines()
    assert "caused by KeyError" in lines
    assert any(line.startswith("  desktop/words.py:") and line.endswith(" number") for line in lines)
    assert "  (other code)" in lines
    assert "Python 3." in report
    assert "numpy" in report


@pytest.mark.expects_log("fault: ")
def test_the_dialog_collects_faults_and_the_window_goes_on(window: MainWindow, tmp_path: Path) -> None:
    error = fault(tmp_path)
    for _ in range(3):
        window._notices.error(error)
    window._notices.error(ZeroDivisionError(CANARY))
    dialog = window._faults
    assert dialog.isVisible()
    assert not dialog.isModal()
    text = dialog.report.toPlainText()
    assert "3 ×" in text
    assert "ZeroDivisionError" in text
    assert CANARY not in text
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == text
    dialog.reject()
    window.frame.top.query.setText("still here")
    window._notices.error(ZeroDivisionError())
    assert "3 ×" not in dialog.report.toPlainText()


def test_an_error_of_another_thread_is_told_on_that_of_the_window(context: Context, until: Until) -> None:
    notices, told = context.notices, []

    class Ear(QObject):
        def hear(self, *_: object) -> None:
            told.append(threading.get_ident())

    ear = Ear()
    notices.said.connect(ear.hear)
    thread = threading.Thread(target=lambda: notices.error(PathNotFound("/gone")))
    thread.start()
    thread.join()
    until(lambda: told)
    assert told == [threading.get_ident()]


def test_what_a_person_can_mend_has_its_hint_and_a_button_where_there_is_one() -> None:
    said: list[tuple[object, ...]] = []
    done: list[str] = []
    notices = Notices()
    notices.said.connect(lambda *what: said.append(what))
    notices.offer(DiskFull, "Show the folder", lambda: done.append("shown"))
    notices.error(DiskFull("a text"))
    notices.error(PathNotFound("/gone"))
    (_, hint, bad, label, do), (_, _, _, no_label, _) = said
    assert "Free some space" in str(hint)
    assert bad
    assert label == "Show the folder"
    assert callable(do)
    do()
    assert done == ["shown"]
    assert no_label is None


@pytest.mark.expects_log("Qt default: no such plugin")
def test_what_qt_says_is_logged() -> None:
    before = qInstallMessageHandler(lambda *_: None)
    try:
        log_qt_messages()
        qWarning("no such plugin")
    finally:
        qInstallMessageHandler(before)
