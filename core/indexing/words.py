"""Keeps the keyword index in step with the change log."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from core.keyword_index.errors import IndexDamaged
from core.keyword_index.index import KeywordIndex
from core.store.changes import Changes
from core.store.versions import Versions

BATCH = 2000
DOCUMENT_BATCH = 200


class WordsFollower:
    """Applies the log to the keyword index, in batches that are searchable when `step` returns.

    Attributes:
        index: The keyword index; empty and being rebuilt if it was damaged.
        rebuilding: Whether the index is being made anew from the truth.
    """

    def __init__(self, folder: Path, changes: Changes, versions: Versions) -> None:
        self._changes = changes
        self._versions = versions
        self.index = _open(folder)
        self.rebuilding = False

    @property
    def applied(self) -> int:
        """The last sequence of the log that is searchable."""
        return self.index.applied

    def step(self) -> float | None:
        """Apply the next batch; return 0 if there may be more, else None."""
        if self._changes.first() > self.index.applied + 1:
            self._rebuild()
        entries = self._changes.after(self.index.applied, BATCH)
        if not entries:
            self.index.settle()
            return None
        touched = sorted({entry.document_id for entry in entries if entry.operation == "document"})
        # A batch ends where its documents' texts would take too much memory.
        if len(touched) > DOCUMENT_BATCH:
            limit = touched[DOCUMENT_BATCH]
            cut = next(
                n for n, entry in enumerate(entries) if entry.operation == "document" and entry.document_id == limit
            )
            entries = entries[: max(cut, 1)]
            touched = sorted({entry.document_id for entry in entries if entry.operation == "document"})
        added = [entry.chunk_id for entry in entries if entry.operation == "add" and entry.chunk_id is not None]
        removed = [entry.chunk_id for entry in entries if entry.operation == "delete" and entry.chunk_id is not None]
        documents = self._versions.entries(touched)
        alive = {entry.document_id for entry in documents}
        self.index.apply(
            entries[-1].sequence,
            add=self._versions.passages(added),
            remove=removed,
            documents=documents,
            remove_documents=[each for each in touched if each not in alive],
        )
        return 0.0

    def forget(self, chunk_ids: Sequence[int], document_ids: Sequence[int]) -> int:
        """Take passages and documents out at once; return how many entries were there."""
        removed = self.index.apply(self.index.applied, remove=chunk_ids, remove_documents=document_ids)
        return removed.passages + removed.documents

    def _rebuild(self) -> None:
        self.rebuilding = True
        self.index.clear()
        last = self._changes.last()
        position = 0
        while document_ids := self._versions.documents_after(position, DOCUMENT_BATCH):
            chunk_ids = [chunk.id for each in document_ids for chunk in self._versions.chunks(each)]
            self.index.apply(
                0,
                add=self._versions.passages(chunk_ids),
                documents=self._versions.entries(document_ids),
            )
            position = document_ids[-1]
        self.index.apply(last)
        self.rebuilding = False


def _open(folder: Path) -> KeywordIndex:
    try:
        return KeywordIndex(folder)
    except IndexDamaged:
        # Derived from the truth: made anew by the first step, since an empty index has applied nothing.
        shutil.rmtree(folder)
        return KeywordIndex(folder)
