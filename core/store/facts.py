"""What a workspace's database says of itself: its name, model and colour, and the line of history that it stands in."""

from __future__ import annotations

import sqlite3
import uuid
from pathlib import Path

from core.domain.clock import moment
from core.domain.workspace import Workspace
from core.store.database import Database
from core.store.sqlite_errors import translated

_EPOCH = "epoch"


class Facts:
    """Rows of `fact`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def describe(self, workspace: Workspace) -> None:
        """Note whose file this is, so that the list of workspaces can be made again from the folders."""
        facts = {
            "id": workspace.id,
            "name": workspace.name,
            "model": workspace.model,
            "dimension": str(workspace.dimension),
            "created_at": str(workspace.created_at.timestamp()),
            "colour": workspace.colour,
        }
        if facts.items() <= self._all().items():
            return
        with self._database.transaction() as connection:
            _put(connection, facts)

    def epoch(self) -> str:
        """Return the name of this line of history.

        After a backup was brought back, sequences and chunk ids that were given once are given again for other things;
        an index that was made in another epoch must not be trusted, whatever sequence it says.
        """
        found = self._all().get(_EPOCH)
        return found or self.begin_epoch()

    def begin_epoch(self) -> str:
        """Begin a new line of history, and return its name."""
        epoch = uuid.uuid4().hex
        with self._database.transaction() as connection:
            _put(connection, {_EPOCH: epoch})
        return epoch

    def get(self, name: str) -> str | None:
        """Return a fact, or None."""
        return self._all().get(name)

    def put(self, name: str, value: str) -> None:
        """Note a fact."""
        with self._database.transaction() as connection:
            _put(connection, {name: value})

    def _all(self) -> dict[str, str]:
        with self._database.read() as connection:
            return _facts(connection)


def described(path: Path) -> Workspace | None:
    """Return the workspace that the file at `path`, which nobody has open, says it is; None if it says nothing.

    Raises:
        StorageFailed: If it can't be read.
    """
    with translated(path):
        connection = sqlite3.connect(path)
        try:
            facts = _facts(connection)
        except sqlite3.OperationalError:
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise
            return None
        finally:
            connection.close()
    try:
        return Workspace(
            facts["id"],
            facts["name"],
            facts["model"],
            int(facts["dimension"]),
            moment(float(facts["created_at"])),
            facts.get("colour", ""),
        )
    except (KeyError, ValueError):
        return None


def _facts(connection: sqlite3.Connection) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.execute("SELECT name, value FROM fact")}


def _put(connection: sqlite3.Connection, facts: dict[str, str]) -> None:
    connection.executemany("INSERT OR REPLACE INTO fact (name, value) VALUES (?, ?)", list(facts.items()))
