"""Removal of documents from everywhere: the truth, both indices and the cache; with a receipt."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from core.domain.change import Receipt
from core.domain.clock import Clock, moment
from core.errors import DiskFull
from core.store.deletion import Deleted, Deletion
from core.store.disk_space import DiskSpace
from core.store.embeddings import Embeddings

BATCH = 200
_NONE: NDArray[np.int64] = np.empty(0, dtype=np.int64)
PASSAGES = 4000


class Removal:
    """Removes documents in small transactions.

    The change log carries every deletion too, so that an index that misses it here (a kill in between) replays it
    later.

    Attributes:
        leaving: Ids of the documents, sorted, whose rows may have gone while the keyword index still has them: their
            words are to be suggested and counted no more.
    """

    def __init__(
        self,
        deletion: Deletion,
        embeddings: Embeddings,
        forget_words: Callable[[Sequence[int], Sequence[int]], int],
        forget_vectors: Callable[[Sequence[int]], tuple[int, int]],
        clock: Clock,
        space: DiskSpace,
        removing: threading.RLock,
    ) -> None:
        """
        Args:
            deletion: Deletes the rows.
            embeddings: The cache.
            forget_words: Takes passages and documents out of the keyword index; returns the number of entries removed.
            forget_vectors: Takes passages out of the vector index; returns the number of vectors and bytes removed.
            clock: Tells when.
            space: Gives room up, so that removing works on a full disk, too.
            removing: Keeps the followers of the log from taking out what is being taken out here, and counted.
        """
        self._deletion = deletion
        self._embeddings = embeddings
        self._forget_words = forget_words
        self._forget_vectors = forget_vectors
        self._clock = clock
        self._space = space
        self._removing = removing
        self.leaving: NDArray[np.int64] = _NONE

    def remove(self, document_ids: Sequence[int], reason: str) -> Receipt:
        """Remove documents with everything that was made of them; unknown ids are left out."""
        return self._receipt(self._deletion.delete, document_ids, reason)

    def remove_text(self, document_ids: Sequence[int], reason: str) -> Receipt:
        """Remove what was made of documents whose place in the ledger stays."""
        return self._receipt(self._deletion.delete_text, document_ids, reason)

    def _delete(self, delete: Callable[[Sequence[int]], Deleted], document_ids: Sequence[int]) -> Deleted:
        self._space.make_room()
        try:
            return delete(document_ids)
        except DiskFull:
            if not self._space.release():
                raise
            return delete(document_ids)

    def expire(self, document_ids: Sequence[int], now: float) -> Receipt:
        """Remove documents that have expired; of files that may still be there, everything but their place in the
        ledger.
        """
        return self._receipt(lambda part: self._deletion.expire(part, now), document_ids, "expired")

    def _receipt(self, delete: Callable[[Sequence[int]], Deleted], document_ids: Sequence[int], reason: str) -> Receipt:
        documents = rows = entries = vectors = cached = size = 0
        left = [document_ids[begin : begin + BATCH] for begin in range(0, len(document_ids), BATCH)]
        left.reverse()
        while left:
            deletions: list[Deleted] = []
            with self._removing:
                try:
                    # A commit of the keyword index costs far more than an entry, so it is done for several batches.
                    while left and sum(len(each.chunks) for each in deletions) < PASSAGES:
                        self.leaving = np.union1d(self.leaving, left[-1])
                        deletions.append(self._delete(delete, left.pop()))
                    chunks = [chunk for each in deletions for chunk in each.chunks]
                    gone_documents = [document for each in deletions for document in each.documents]
                    entries += self._forget_words(chunks, gone_documents)
                finally:
                    self.leaving = _NONE
                gone, vector_bytes = self._forget_vectors(chunks)
            dropped, cache_bytes = self._embeddings.delete([text for each in deletions for text in each.unused])
            documents += sum(len(each.documents) for each in deletions)
            rows += sum(each.rows for each in deletions)
            vectors += gone
            cached += dropped
            size += sum(each.bytes for each in deletions) + vector_bytes + cache_bytes
        receipt = Receipt(0, moment(self._clock.wall()), reason, documents, rows, entries, vectors, cached, size)
        return self._deletion.write_receipt(receipt) if documents else receipt
