"""Searches that a person keeps, and what they think of the documents that a search finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.document import Scalar
from core.domain.search import Mode


class Mark(StrEnum):
    """What a person thinks of a document that a query finds."""

    RELEVANT = "relevant"
    IRRELEVANT = "irrelevant"


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that was given a name.

    Attributes:
        id: Its number in the workspace; never used again.
        name: The user's name for it; no two are the same, whatever their case.
        query: What was typed.
        mode: How it finds.
        filters: Filters by name, as a search takes them.
        created_at: When it was saved (UTC).
    """

    id: int
    name: str
    query: str
    mode: Mode
    filters: Mapping[str, Scalar]
    created_at: datetime
