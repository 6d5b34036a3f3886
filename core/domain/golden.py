"""Golden queries: searches with the document that each of them must find."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Miss(StrEnum):
    """Why a search does not find what it must find."""

    GONE = "gone"  # the document has been removed
    EXPIRED = "expired"  # its time has run out
    PENDING = "pending"  # it is not read yet
    FAILED = "failed"  # it could not be read
    SKIPPED = "skipped"  # a rule leaves it out
    CHANGED = "changed"  # the passage stands in its text no more
    FILTERED = "filtered"  # a filter of the query leaves it out
    LOWER = "lower"  # it comes behind the wanted place
    OUTRANKED = "outranked"  # it is not among the results that were looked at


@dataclass(frozen=True, slots=True)
class GoldenQuery:
    """A query with what it must find, and how the last run went.

    Attributes:
        id: Its number in the workspace; never used again.
        query: What is searched for, by words and by meaning.
        document_id: The document that must be found; None once it has been removed.
        title: Title of the document; empty where it is gone or has expired.
        passage: The text of the passage that must be found; empty where any passage of the document will do.
        within: The document, or the passage, must be among so many first ones.
        created_at: When it was pinned (UTC).
        place: Where the last run found it, from 1; None where it did not, or none was made.
        miss: Why it was not found well enough; None where it was, or no run was made.
        ran_at: When the last run was (UTC), or None.
    """

    id: int
    query: str
    document_id: int | None
    title: str
    passage: str
    within: int
    created_at: datetime
    place: int | None = None
    miss: Miss | None = None
    ran_at: datetime | None = None

    @property
    def found(self) -> bool:
        """Whether the last run found it at the wanted place."""
        return self.ran_at is not None and self.miss is None


@dataclass(frozen=True, slots=True)
class GoldenRun:
    """What a run of golden queries found.

    Attributes:
        queries: All that were run, as they stand now.
        lost: Those of them that the run before had found and this one has not.
    """

    queries: tuple[GoldenQuery, ...]
    lost: tuple[GoldenQuery, ...]

    @property
    def found(self) -> int:
        """Return how many found what they must find."""
        return sum(each.found for each in self.queries)
