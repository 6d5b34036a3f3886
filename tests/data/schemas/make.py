"""Writes the released schemas, with a workspace in them, as SQL: later versions are tested by migrating them.

Run once when a schema is released, before the next migration is written:

    python -m tests.data.schemas.make

A file that is there already is never written again: it says what stands on people's disks.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from core import Text
from core.store.schema import APP_MIGRATIONS, WORKSPACE_MIGRATIONS
from tests.core.engine import MovableClock, quick_engine

FOLDER = Path(__file__).parent


def fixture(version: int, kind: str = "workspace") -> Path:
    """Return the file of a version of a schema: that of a `workspace`, or that of the `app`."""
    return FOLDER / f"{kind}_{version}.sql"


def load(version: int, into: Path, kind: str = "workspace") -> None:
    """Make the database of a version, as it was released, in the file `into`."""
    with closing(sqlite3.connect(into)) as connection:
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(fixture(version, kind).read_text("utf-8"))
        connection.execute(f"PRAGMA user_version = {version}")
        connection.commit()


def _write(target: Path, kind: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with quick_engine(Path(folder) / "data", MovableClock()) as kb:
            workspace = kb.workspaces.create("Thesis")
            texts = [
                Text("heron", "A grey heron stands in the water.", "Heron", {"team": "x"}, ("bird",)),
                Text("egret", "An egret is white.", "Egret"),
            ]
            kb.documents.add_texts(workspace, texts)
            kb.documents.wait(workspace, timeout=60)
            kb.documents.remove(workspace, [kb.documents.ledger(workspace).files[1].id])
        data = Path(folder) / "data"
        path = data / "app.db" if kind == "app" else data / "workspaces" / workspace.id / "workspace.db"
        with closing(sqlite3.connect(path)) as connection:
            target.write_text("\n".join(connection.iterdump()) + "\n", "utf-8")


if __name__ == "__main__":
    for kind, migrations in (("workspace", WORKSPACE_MIGRATIONS), ("app", APP_MIGRATIONS)):
        newest = fixture(len(migrations), kind)
        if newest.exists():
            print(f"{newest.name} is there already.")
        else:
            _write(newest, kind)
            print(f"Wrote {newest.name}.")
