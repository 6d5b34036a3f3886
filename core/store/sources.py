"""Sources: what the documents of a workspace come from."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from core.domain.clock import optional_moment
from core.domain.source import Rules, Source
from core.errors import DatabaseDamaged
from core.store.database import Database
from core.store.documents import display_path
from core.store.sqlite_errors import MALFORMED

TEXTS = "texts"


class Sources:
    """Rows of `source`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Source]:
        """Return all sources, oldest first."""
        with self._database.read() as connection:
            return [_source(row) for row in connection.execute("SELECT * FROM source ORDER BY id")]

    def get(self, source_id: int) -> Source | None:
        """Return the source with that id, or None."""
        with self._database.read() as connection:
            row = connection.execute("SELECT * FROM source WHERE id = ?", (source_id,)).fetchone()
        return _source(row) if row else None

    def by_key(self, scope: str, key: str) -> Source | None:
        """Return the source at that path, or None."""
        with self._database.read() as connection:
            row = connection.execute("SELECT * FROM source WHERE scope = ? AND path_key = ?", (scope, key)).fetchone()
        return _source(row) if row else None

    def put(
        self, kind: str, path: bytes, key: str, scope: str, rules: Rules, watch: bool, ttl: float | None, now: float
    ) -> int:
        """Record a folder or file as a source, or change the rules of one that is recorded; return its id.

        Documents that stand under the new source's path pass to it: the most specific source owns a file.
        """
        with self._database.transaction() as connection:
            row = connection.execute(
                "INSERT INTO source (kind, path, path_key, name, scope, rules, watch, ttl, state, created_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'active', ?) ON CONFLICT (scope, path_key) WHERE path_key IS NOT NULL"
                " DO UPDATE SET rules = excluded.rules, watch = excluded.watch, ttl = excluded.ttl, state = CASE state"
                " WHEN 'offline' THEN 'active' ELSE state END RETURNING id",
                (kind, path, key, _name(path), scope, json.dumps(asdict(rules)), watch, ttl, now),
            ).fetchone()
            nested = [
                other["id"]
                for other in connection.execute(
                    "SELECT id, path_key FROM source WHERE scope = ? AND id <> ?", (scope, row["id"])
                )
                if other["path_key"] and contains(key, other["path_key"])
            ]
            prefix = key.rstrip("/") + "/"
            connection.execute(
                "UPDATE document SET source_id = :id WHERE scope = :scope AND source_id <> :id AND path_key IS NOT NULL"
                " AND (path_key = :key OR substr(path_key, 1, length(:prefix)) = :prefix) AND source_id NOT IN"
                " (SELECT value FROM json_each(:nested))",
                {"id": row["id"], "scope": scope, "key": key, "prefix": prefix, "nested": json.dumps(nested)},
            )
            return int(row["id"])

    def texts(self, scope: str, now: float) -> int:
        """Return the id of the source of texts of a scope; it is made when it is first asked for."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO source (kind, name, scope, rules, watch, state, created_at)"
                " VALUES ('texts', ?, ?, '{}', 0, 'active', ?)",
                (TEXTS, scope, now),
            )
            row = connection.execute("SELECT id FROM source WHERE kind = 'texts' AND scope = ?", (scope,)).fetchone()
            return int(row["id"])

    def set_state(self, source_id: int, state: str, reason: str = "") -> None:
        """Set a source to `active`, `paused` or `offline`."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE source SET state = ?, reason = ? WHERE id = ?", (state, reason, source_id))

    def scanned(self, source_id: int, now: float, root: str, missing: int, missing_of: int) -> None:
        """Record when a source was last looked at, its root, and what is gone and waits for a decision; it can be
        reached.
        """
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE source SET scanned_at = ?, root = ?, missing = ?, missing_of = ?, reason = '',"
                " state = CASE state WHEN 'offline' THEN 'active' ELSE state END WHERE id = ?",
                (now, root, missing, missing_of, source_id),
            )

    def replaced(self, source_id: int, reason: str, missing: int) -> None:
        """Record that another folder stands in the place of a source, and how many files are not in it."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE source SET state = 'offline', reason = ?, missing = ?, missing_of = ? WHERE id = ?",
                (reason, missing, missing, source_id),
            )

    def remove(self, source_id: int) -> bool:
        """Drop a source whose documents have been deleted; return False if a scan has found more of them meanwhile."""
        with self._database.transaction() as connection:
            if connection.execute("SELECT 1 FROM document WHERE source_id = ? LIMIT 1", (source_id,)).fetchone():
                return False
            connection.execute("DELETE FROM source WHERE id = ?", (source_id,))
            return True

    def nested(self, source: Source) -> Sequence[Source]:
        """Return the sources of the same scope that stand inside this one; they own their files."""
        return [
            other
            for other in self.all()
            if other.id != source.id and other.scope == source.scope and other.key and contains(source.key, other.key)
        ]


def contains(folder: str, key: str) -> bool:
    """Tell whether a path key lies inside a folder's key, or is it."""
    return key == folder or key.startswith(folder.rstrip("/") + "/")


def _name(path: bytes) -> str:
    shown = display_path(path.rstrip(b"/")) or "/"
    return shown.replace("\\", "/").rsplit("/", 1)[-1] or shown


def _source(row: sqlite3.Row) -> Source:
    try:
        rules: dict[str, Any] = json.loads(row["rules"])
        # JSON knows no tuples.
        rules |= {name: tuple(rules[name]) for name in ("include", "exclude") if name in rules}
        return Source(
            id=row["id"],
            kind=row["kind"],
            path=row["path"],
            key=row["path_key"] or "",
            name=row["name"],
            scope=row["scope"],
            rules=Rules(**rules),
            watch=bool(row["watch"]),
            ttl=row["ttl"],
            state=row["state"],
            reason=row["reason"],
            scanned_at=optional_moment(row["scanned_at"]),
            root=row["root"],
            missing=row["missing"],
            missing_of=row["missing_of"],
        )
    except MALFORMED as error:
        raise DatabaseDamaged("workspace.db", "a source can't be read") from error
