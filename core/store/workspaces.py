"""The list of workspaces, in the database of the whole program."""

from __future__ import annotations

import sqlite3

from core.domain.clock import moment
from core.domain.name import name_key
from core.domain.workspace import Workspace
from core.errors import WorkspaceExists
from core.store.database import Database


class Workspaces:
    """Rows of `workspace`. Names are compared without regard to case."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Workspace]:
        """Return all workspaces, oldest first."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT * FROM workspace ORDER BY created_at, name_key").fetchall()
        return [_workspace(row) for row in rows]

    def named(self, name: str) -> Workspace | None:
        """Return the workspace of that name, or None."""
        with self._database.read() as connection:
            row = connection.execute("SELECT * FROM workspace WHERE name_key = ?", (name_key(name),)).fetchone()
        return _workspace(row) if row else None

    def get(self, workspace_id: str) -> Workspace | None:
        """Return the workspace with that id, or None."""
        with self._database.read() as connection:
            row = connection.execute("SELECT * FROM workspace WHERE id = ?", (workspace_id,)).fetchone()
        return _workspace(row) if row else None

    def add(self, workspace_id: str, name: str, model: str, dimension: int, now: float, colour: str = "") -> Workspace:
        """Add a workspace.

        Raises:
            WorkspaceExists: If the name is taken.
        """
        try:
            with self._database.transaction() as connection:
                connection.execute(
                    "INSERT INTO workspace (id, name, name_key, model, dimension, created_at, colour)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (workspace_id, name, name_key(name), model, dimension, now, colour),
                )
        except sqlite3.IntegrityError as error:
            raise WorkspaceExists(name) from error
        return Workspace(workspace_id, name, model, dimension, moment(now), colour)

    def rename(self, workspace_id: str, name: str) -> None:
        """Give a workspace another name.

        Raises:
            WorkspaceExists: If the name is taken.
        """
        try:
            with self._database.transaction() as connection:
                connection.execute(
                    "UPDATE workspace SET name = ?, name_key = ? WHERE id = ?", (name, name_key(name), workspace_id)
                )
        except sqlite3.IntegrityError as error:
            raise WorkspaceExists(name) from error

    def recolour(self, workspace_id: str, colour: str) -> None:
        """Give a workspace another colour."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE workspace SET colour = ? WHERE id = ?", (colour, workspace_id))

    def remove(self, workspace_id: str) -> None:
        """Take a workspace off the list."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM workspace WHERE id = ?", (workspace_id,))


def _workspace(row: sqlite3.Row) -> Workspace:
    return Workspace(row["id"], row["name"], row["model"], row["dimension"], moment(row["created_at"]), row["colour"])
