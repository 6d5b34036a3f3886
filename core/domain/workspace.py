"""A workspace as callers see it: one project or client; nothing leaks into another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

COLOURS = ("red", "orange", "yellow", "green", "teal", "blue", "violet", "grey")
"""Names by which a window tells workspaces apart; how each looks is the window's."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """Names a workspace; a handle that calls of the facade take.

    Attributes:
        id: UUID; the name of its folder on disk.
        name: The user's name for it.
        model: Embedding model.
        dimension: Number of components of that model's vectors.
        created_at: When it was made (UTC).
        colour: One of `COLOURS`, or empty.
    """

    id: str
    name: str
    model: str
    dimension: int
    created_at: datetime
    colour: str = ""
