"""How long reading took on this machine, summed up by kind of file, in the database of the whole program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.store.database import Database

_MOST_FILES = 2000
"""Files of a kind after which the sums are halved, so that they follow a machine that has become another."""


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """Files of one kind that were read, one by one.

    Attributes:
        files: Their number.
        bytes: Their size together.
        seconds: The time that one reader took for all of them.
    """

    files: int
    bytes: int
    seconds: float

    def plus(self, other: ReadFiles) -> ReadFiles:
        """Return both together."""
        return ReadFiles(self.files + other.files, self.bytes + other.bytes, self.seconds + other.seconds)


class Paces:
    """Rows of `pace`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> dict[str, ReadFiles]:
        """Return the sums by kind."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT kind, files, bytes, seconds FROM pace").fetchall()
        return {row["kind"]: ReadFiles(row["files"], row["bytes"], row["seconds"]) for row in rows}

    def add(self, read: Mapping[str, ReadFiles]) -> None:
        """Add to the sums."""
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT INTO pace (kind, files, bytes, seconds) VALUES (?, ?, ?, ?) ON CONFLICT (kind) DO UPDATE SET"
                " files = files + excluded.files, bytes = bytes + excluded.bytes, seconds = seconds + excluded.seconds",
                [(kind, each.files, each.bytes, each.seconds) for kind, each in read.items()],
            )
            connection.execute(
                "UPDATE pace SET files = files / 2, bytes = bytes / 2, seconds = seconds / 2 WHERE files > ?",
                (_MOST_FILES,),
            )
