"""The window under test: drawn on no screen, on an engine with a quick embedder."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything of Qt is loaded

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.domain.workspace import Workspace
from core.knowledge_base import KnowledgeBase
from desktop.changes import Changes
from desktop.context import Context
from desktop.engine import Engine
from desktop.main_window import MainWindow
from desktop.notices import Notices
from desktop.remembered import Remembered
from desktop.tasks import Tasks
from desktop.theme import Theme
from tests.core.engine import quick_engine


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    font = qapp.font()
    yield Theme(qapp, "light")
    qapp.setFont(font)  # another theme takes the size of its text from there


@pytest.fixture
def kb(tmp_path: Path) -> Iterator[KnowledgeBase]:
    with quick_engine(tmp_path / "data") as kb:
        yield kb


@pytest.fixture
def workspace(kb: KnowledgeBase) -> Workspace:
    return kb.workspaces.create("Thesis")


@pytest.fixture
def context(kb: KnowledgeBase, theme: Theme) -> Iterator[Context]:
    tasks, changes, notices = Tasks(), Changes(), Notices()
    tasks.failed.connect(notices.error)
    changes.follow(kb)
    yield Context(kb, tasks, changes, notices, theme)
    changes.close()
    tasks.close()


@pytest.fixture
def until(qtbot: QtBot) -> Callable[[Callable[[], object]], None]:
    """Wait until something holds, and fail if it does not within ten seconds."""

    def wait(holds: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(holds()), timeout=10_000)

    return wait


@pytest.fixture
def window(context: Context, workspace: Workspace, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """The whole window, on the workspace."""
    kb, tasks, changes, notices, theme = context.kb, context.tasks, context.changes, context.notices, context.theme
    engine = Engine(tmp_path / "data", tasks, changes)
    window = MainWindow(engine, tasks, changes, notices, theme, Remembered(tmp_path / "data"), workspace.name)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    engine.opened.emit(kb)
    qtbot.waitUntil(lambda: workspace.name in window.windowTitle(), timeout=10_000)
    return window
