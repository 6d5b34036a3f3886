"""Keeps the keyword index in step with the change log."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from core.concurrency.precedence import Precedence
from core.keyword_index.errors import IndexDamaged
from core.keyword_index.index import KeywordIndex, check
from core.keyword_index.view import Hidden
from core.store.changes import Changes, LoggedChange
from core.store.versions import Versions

logger = logging.getLogger(__name__)
BATCH = 4000
DOCUMENT_BATCH = 200
PART_CHARACTERS = 20_000_000
GATHER_SECONDS = 0.3
ERASED_AT_ONCE = 1000
CHECKED_AT_ONCE = 32_000_000
"""Bytes of an index up to which it is checked before it is opened, in 10 ms (60 ms where a disk has to give them
first); a larger one is checked behind the first searches."""


class WordsFollower:
    """Applies the log to the keyword index, in batches that are searchable when `step` returns.

    Attributes:
        index: The keyword index; empty and being rebuilt if it was damaged.
        made_anew: How often it has been made anew from the truth.
    """

    def __init__(
        self,
        folder: Path,
        epoch: str,
        changes: Changes,
        versions: Versions,
        removing: threading.RLock,
        hidden: Hidden,
        precedence: Precedence,
    ) -> None:
        """
        Args:
            folder: Where the index is; that around it bears the id of the workspace.
            epoch: The line of history that the log belongs to; an index of another one is made anew.
            changes: The log.
            versions: The texts.
            removing: Held where entries are removed and counted, which the log tells of, too.
            hidden: Tells the documents of some scopes that have expired.
            precedence: Lets searches come first.
        """
        self._folder = folder
        self._removing = removing
        self._changes = changes
        self._versions = versions
        self._precedence = precedence
        self.index, self._checked, self._proven = _open(folder, epoch, hidden)
        # An index that is ahead of the log knows things that the truth has lost.
        self._doubted = self.index.applied > changes.last()
        self.made_anew = 0

    @property
    def applied(self) -> int:
        """The last sequence of the log that is searchable; 0 while it is not known that the index is whole."""
        return self.index.applied if self._proven and not self._doubted else 0

    def step(self) -> float | None:
        """Apply the next batch; return the seconds after which to go on, None where nothing is left."""
        if not self._checked:
            self._check()
        if self._doubted or self._changes.first() > self.index.applied + 1:
            self._rebuild()
            self._doubted, self._proven = False, True
        entries = self._changes.after(self.index.applied, BATCH)
        if not entries:
            return None if self._proven else self._prove()
        with self._removing:
            self._take_in(entries)
        # A commit costs far more than an entry: where little is waiting, a moment is given for more to gather.
        return 0.0 if len(entries) == BATCH else GATHER_SECONDS

    def _check(self) -> None:
        try:
            self._proven = self.index.check()
        except IndexDamaged:
            _tell(self._folder)
            self._doubted = True
        self._checked = True

    def _prove(self) -> float | None:
        """Compare an index that was written after it was sealed with the truth; have it made anew if they differ."""
        last = self._changes.last()
        try:
            same = np.array_equal(self.index.chunk_ids(), self._versions.chunk_ids()) and np.array_equal(
                self.index.document_ids(), self._versions.document_ids()
            )
        except IndexDamaged:
            same = False
        if self.index.applied == last == self._changes.last():
            self._proven, self._doubted = True, not same
            if not same:
                _tell(self._folder)
        return None if self._proven and not self._doubted else 0.0

    def _take_in(self, entries: Sequence[LoggedChange]) -> None:
        touched = sorted({entry.document_id for entry in entries if entry.operation == "document"})
        *first, last = self._parts(touched)
        for part in first:
            self._apply_documents(part)
        documents = self._versions.entries(last)
        self.index.apply(
            entries[-1].sequence,
            add=self._precedence.paced(
                self._versions.passages(
                    [each.chunk_id for each in entries if each.operation == "add" and each.chunk_id]
                )
            ),
            remove=[each.chunk_id for each in entries if each.operation == "delete" and each.chunk_id],
            documents=self._precedence.paced(documents),
            remove_documents=list(set(last) - {entry.document_id for entry in documents}),
        )

    def _apply_documents(self, document_ids: Sequence[int]) -> None:
        """Take whole documents in, or out where they have gone, without having applied their batch of the log."""
        documents = self._versions.entries(document_ids)
        gone = set(document_ids) - {entry.document_id for entry in documents}
        self.index.apply(self.index.applied, documents=self._precedence.paced(documents), remove_documents=list(gone))

    def _parts(self, document_ids: Sequence[int]) -> list[list[int]]:
        """Return the documents in parts whose texts together fit into memory easily; at least one part."""
        sizes = self._versions.characters(document_ids)
        parts: list[list[int]] = [[]]
        size = 0
        for each in document_ids:
            size += sizes.get(each, 0)
            if parts[-1] and size > PART_CHARACTERS:
                parts.append([])
                size = sizes.get(each, 0)
            parts[-1].append(each)
        return parts

    def doubt(self) -> None:
        """Have the index made anew from the truth by the next step."""
        self._doubted = True

    def check(self) -> None:
        """Have the files of the index looked at by the next step, and made anew if they are damaged."""
        self._checked = self._proven = False

    def forget(self, chunk_ids: Sequence[int], document_ids: Sequence[int]) -> int:
        """Take passages and documents out at once; return how many entries were there."""
        removed = self.index.apply(self.index.applied, remove=chunk_ids, remove_documents=document_ids)
        return removed.passages + removed.documents

    def erase(self) -> bool:
        """Bring the words of removed entries nearer to leaving the disk; return False when none are left.

        Called by the thread that calls `step`, when that has nothing to do: so what is removed meanwhile is behind
        `applied` in the log, and is taken out again.
        """
        # Asked for again each time: segments are merged behind our back, and to add an entry again that stands in a
        # merged one would wear that out, without end.
        passages, documents = self.index.beside_removed()
        if not passages and not documents:
            return not self.index.collect()
        part = passages[:ERASED_AT_ONCE]
        found = self._versions.passages(part)
        there = {passage.chunk_id for passage in found}
        self.index.apply(self.index.applied, add=found, remove=[each for each in part if each not in there])
        self._apply_documents(self._parts(documents[:DOCUMENT_BATCH])[0])
        return True

    def _rebuild(self) -> None:
        self.index.clear()
        last = self._changes.last()
        position = 0
        while document_ids := self._versions.documents_after(position, DOCUMENT_BATCH):
            for part in self._parts(document_ids):
                self._apply_documents(part)
            chunk_ids = [chunk.id for each in document_ids for chunk in self._versions.chunks(each)]
            for begin in range(0, len(chunk_ids), BATCH):
                passages = self._versions.passages(chunk_ids[begin : begin + BATCH])
                self.index.apply(0, add=self._precedence.paced(passages))
            position = document_ids[-1]
        self.index.apply(last)
        self.made_anew += 1


def _open(folder: Path, epoch: str, hidden: Hidden) -> tuple[KeywordIndex, bool, bool]:
    """Return the index, whether its files have been checked, and whether they are then known to be the right ones."""
    mark = folder / "epoch"
    if folder.exists() and (not mark.exists() or mark.read_text("utf-8", "replace") != epoch):
        shutil.rmtree(folder)
    checked, proven = not folder.exists(), not folder.exists()
    try:
        if not checked and _size(folder) <= CHECKED_AT_ONCE:
            # Before it is opened: it answers nothing wrong then, and tantivy does not stumble over it.
            checked, proven = True, check(folder)
        index = KeywordIndex(folder, hidden)
    except IndexDamaged:
        # Derived from the truth: made anew by the first step, since an empty index has applied nothing.
        _tell(folder)
        shutil.rmtree(folder)
        index, checked, proven = KeywordIndex(folder, hidden), True, True
    mark.write_text(epoch, "utf-8")
    return index, checked, proven


def _tell(folder: Path) -> None:
    logger.warning("workspace %s: the keyword index is damaged and is made anew", folder.parent.name)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*"))
