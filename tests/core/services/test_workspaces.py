"""`kb.workspaces`: colours."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core import KnowledgeBase
from core.domain.workspace import COLOURS, Workspace
from core.errors import InvalidInput
from tests.core.engine import quick_engine


def test_a_colour_is_given_changed_and_taken_away(kb: KnowledgeBase, workspace: Workspace) -> None:
    assert workspace.colour == ""
    for colour in (*COLOURS, ""):
        assert kb.workspaces.recolour(workspace, colour).colour == colour
        assert kb.workspaces.get("Thesis").colour == colour


def test_an_unknown_colour_is_refused(kb: KnowledgeBase, workspace: Workspace) -> None:
    with pytest.raises(InvalidInput, match="There is no colour"):
        kb.workspaces.recolour(workspace, "#ff0000")


def test_workspaces_of_the_first_schema_have_no_colour(tmp_path: Path) -> None:
    with quick_engine(tmp_path) as kb:
        kb.workspaces.create("Thesis")
    with closing(sqlite3.connect(tmp_path / "app.db")) as connection:
        connection.execute("DROP TABLE usage")
        connection.execute("ALTER TABLE workspace DROP COLUMN colour")
        connection.execute("DROP TABLE pace")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    with quick_engine(tmp_path) as kb:
        assert kb.workspaces.get("Thesis").colour == ""
