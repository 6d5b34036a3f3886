"""A backup of one workspace, as callers see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a workspace's database, verified when it was made.

    Attributes:
        name: By which it is asked for; sorts by time.
        made_at: When (UTC).
        reason: `changed` (made by itself), `asked`, or `migration` (before the file was brought to a newer schema).
        schema: Number of the schema.
        bytes: Size of the file, packed.
        unpacked: Size of the database in it.
        sha256: Checksum of the file, in hexadecimal.
        counts: Rows in each table.
        sequences: The last number that each table gave, which tells whether anything has changed since.
    """

    name: str
    made_at: datetime
    reason: str
    schema: int
    bytes: int
    unpacked: int
    sha256: str
    counts: Mapping[str, int]
    sequences: Mapping[str, int]

    @property
    def documents(self) -> int:
        """How many files and texts are in it."""
        return self.counts.get("document", 0)
