"""What is being read and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A piece of work.

    Attributes:
        kind: `read` (a document) or `scan` (a look at a source).
        state: `running`, `queued`, or `paused`: queued, and its source is paused.
        document_id: The document; None for a scan.
        name: Name of the file or text; for a scan, that of the source.
        path: Absolute path for display; None for a text, and for a look at the texts of a program.
        source_id: The source.
        source: Its name.
        since: When it was begun, or since when it waits (UTC).
        attempts: How often it was begun, this time included.
    """

    kind: Literal["read", "scan"]
    state: Literal["running", "queued", "paused"]
    document_id: int | None
    name: str
    path: str | None
    source_id: int
    source: str
    since: datetime
    attempts: int
