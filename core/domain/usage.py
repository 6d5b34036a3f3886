"""How much a workspace held and was used, day by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.domain.health import Part


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a workspace holds at a moment.

    Attributes:
        documents: Documents whose text is stored.
        passages: Passages of those.
        bytes: Size on disk of each part; what was set aside counts with the backups.
    """

    documents: int
    passages: int
    bytes: Mapping[Part, int]

    @property
    def size(self) -> int:
        """Return the size on disk of all parts."""
        return sum(self.bytes.values())


@dataclass(frozen=True, slots=True)
class UsageDay:
    """One day of a workspace.

    Attributes:
        day: The day, where the person is.
        searches: Queries that were entered; not every letter of them, nor looking again for the same one.
        holdings: What it held when it was last looked at on that day, or None where it was not.
    """

    day: date
    searches: int
    holdings: Holdings | None
