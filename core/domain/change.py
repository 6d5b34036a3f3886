"""What a call changed: returned to the caller and sent to every subscriber."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a deletion removed.

    Attributes:
        id: Number of the receipt in its workspace.
        at: When (UTC).
        reason: `removed`, `expired`, `gone` (the file vanished) or `workspace deleted`.
        documents: Documents removed.
        rows: Rows removed from the workspace's database (documents, versions, chunks, jobs, marks).
        keyword_entries: Entries removed from the keyword index.
        vectors: Vectors removed from the vector index.
        cached_embeddings: Embeddings removed from the cache, because no other text uses them.
        bytes: Bytes of text, vectors and embeddings removed.
    """

    id: int
    at: datetime
    reason: str
    documents: int = 0
    rows: int = 0
    keyword_entries: int = 0
    vectors: int = 0
    cached_embeddings: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in one workspace.

    Attributes:
        workspace_id: The workspace.
        sources: Ids of sources added or changed.
        documents: Ids of documents added, changed or removed; empty where too many to name.
        jobs: Number of jobs put into the queue.
        progress: The state of the queue or of an index changed.
        receipt: What was removed, if anything was.
    """

    workspace_id: str
    sources: tuple[int, ...] = ()
    documents: tuple[int, ...] = ()
    jobs: int = 0
    progress: bool = False
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a workspace's indexing is.

    Attributes:
        queued: Documents and scans that wait.
        running: Documents and scans being worked on.
        total: Documents with text plus those that wait.
        words: Passages searchable by words.
        meaning: Passages searchable by meaning.
        chunks: Passages stored.
        seconds_left: Measured estimate, or None while nothing has been measured.
        paused: Whether every active source is paused.
        building: Whether a faster vector index is being built; searches are complete meanwhile, only slower.
        space_missing: Bytes that must be freed on the disk before reading goes on; 0 while there is room.
    """

    queued: int
    running: int
    total: int
    words: int
    meaning: int
    chunks: int
    seconds_left: float | None
    paused: bool
    building: bool = False
    space_missing: int = 0

    @property
    def idle(self) -> bool:
        """Whether everything that can be indexed is searchable by words and by meaning."""
        return (self.paused or not self.queued) and not self.running and self.words == self.meaning == self.chunks
