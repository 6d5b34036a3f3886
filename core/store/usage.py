"""What workspaces held and how often they were searched, a row for each day; never what was searched for."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date

from core.domain.health import Part
from core.domain.usage import Holdings, UsageDay
from core.store.database import Database

_COLUMNS = {
    Part.TRUTH: "texts_bytes",
    Part.WORDS: "words_bytes",
    Part.VECTORS: "vectors_bytes",
    Part.CACHE: "cache_bytes",
    Part.BACKUPS: "backups_bytes",
}
# A workspace may have been deleted since it was used; then nothing is noted.
_LISTED = "WHERE EXISTS (SELECT 1 FROM workspace WHERE id = :workspace)"


class UsageRows:
    """Rows of `usage`, in the database of the whole program."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_searches(self, counts: Mapping[tuple[str, date], int]) -> None:
        """Add searches to those of a workspace's days, in one transaction."""
        with self._database.transaction() as connection:
            connection.executemany(
                f"INSERT INTO usage (workspace_id, day, searches) SELECT :workspace, :day, :searches {_LISTED}"
                " ON CONFLICT (workspace_id, day) DO UPDATE SET searches = searches + excluded.searches",
                [
                    {"workspace": workspace, "day": day.isoformat(), "searches": count}
                    for (workspace, day), count in counts.items()
                ],
            )

    def note(self, workspace_id: str, day: date, holdings: Holdings, now: float) -> None:
        """Note what a workspace holds on a day, in place of what was noted before."""
        columns = ("documents", "passages", *_COLUMNS.values(), "looked_at")
        sizes = {_COLUMNS[part]: holdings.bytes.get(part, 0) for part in _COLUMNS}
        with self._database.transaction() as connection:
            connection.execute(
                f"INSERT INTO usage (workspace_id, day, {', '.join(columns)})"
                f" SELECT :workspace, :day, {', '.join(f':{each}' for each in columns)} {_LISTED}"
                " ON CONFLICT (workspace_id, day) DO UPDATE SET"
                f" {', '.join(f'{each} = excluded.{each}' for each in columns)}",
                {
                    "workspace": workspace_id,
                    "day": day.isoformat(),
                    "documents": holdings.documents,
                    "passages": holdings.passages,
                    "looked_at": now,
                }
                | sizes,
            )

    def looked_at(self, workspace_id: str) -> float:
        """Return when a workspace was last looked at (seconds since 1970), or 0."""
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT max(looked_at) FROM usage WHERE workspace_id = ?", (workspace_id,)
            ).fetchone()
        return float(row[0] or 0)

    def days(self, workspace_id: str, first: date) -> list[UsageDay]:
        """Return the days from `first` on of which anything is known, in order."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT * FROM usage WHERE workspace_id = ? AND day >= ? ORDER BY day",
                (workspace_id, first.isoformat()),
            ).fetchall()
        return [UsageDay(date.fromisoformat(row["day"]), row["searches"], _holdings(row)) for row in rows]


def _holdings(row: sqlite3.Row) -> Holdings | None:
    if row["looked_at"] is None:
        return None
    return Holdings(row["documents"], row["passages"], {part: row[column] for part, column in _COLUMNS.items()})
