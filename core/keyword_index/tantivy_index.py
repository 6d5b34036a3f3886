"""One tantivy index on disk: opened or made, changed in commits that carry a sequence, read through snapshots.

Three habits of tantivy 0.27 decide the shape of this file. It looks for new commits only twice a second, so readers are
reloaded by hand after each. A writer costs megabytes and several threads, so it is opened by the first change and given
back by `settle`. It reports everything as ValueError, and damage that it did not expect as a panic, which is not even
an Exception; `translated` makes both our errors.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from tantivy import Document, Index, IndexWriter, Query, Schema

from core.keyword_index import seal
from core.keyword_index.analysis import VERSION
from core.keyword_index.errors import IndexDamaged, IndexNotWritten
from core.keyword_index.schema import marker
from core.keyword_index.snapshot import Snapshot

_WRITER_MEMORY = 30_000_000
"""Bytes the writer may fill before it writes a segment; it takes them as it needs them. Tantivy's least is 15 MB."""


class TantivyIndex:
    """An index in `folder`, which is made if there is nothing in it.

    Args:
        folder: The folder; nothing else is in it.
        schema: What is stored. An index with another schema is damaged, as is one of another analysis version.
        key: The integer field that identifies an entry.

    Attributes:
        applied: The sequence of the last commit; 0 before the first.
        snapshot: The entries of the last commit. Replaced, never changed, so that a reader holds on to one.

    Raises:
        IndexDamaged: If there is something in the folder that can't be used.
    """

    def __init__(self, folder: Path, schema: Schema, key: str) -> None:
        self._folder = folder
        self._schema = schema
        self._key = key
        self._writer: IndexWriter | None = None
        self._lock = Lock()
        with translated(IndexDamaged):
            if folder.is_dir() and not (folder / seal.META).exists() and any(folder.iterdir()):
                raise IndexDamaged("a part of it is missing")
            folder.mkdir(parents=True, exist_ok=True)
            self._index = Index(schema, str(folder))
            self._index.config_reader("manual")
            self._index.reload()
            self.snapshot = Snapshot(self._index.searcher(), schema, key)
            self.applied, version = self.snapshot.marker()
            self._marked = self.snapshot.searcher.num_docs > 0
        if version != VERSION:
            raise IndexDamaged("it was made by another version of Carrel")

    def commit(self, sequence: int, remove: Sequence[int], add: Iterable[tuple[int, Document]]) -> int:
        """Remove entries by key, add entries (each replaces the one of its key), and note the sequence: all or nothing.

        Returns:
            How many of `remove` were there.

        Raises:
            IndexNotWritten: If it failed; nothing is changed then.
        """
        with self._lock, translated(IndexNotWritten), self._discarded_on_failure():
            added = dict(add)
            before = self.snapshot
            removed = before.count(before.with_keys(remove)) if remove else 0
            # What `before` does not know may be there: a commit that could not be read back.
            if outdated := [*remove, *added]:
                self._open_writer().delete_documents_by_query(before.with_keys(outdated))
            elif self._is_marked(sequence):
                return 0
            for document in added.values():
                self._open_writer().add_document(document)
            self._finish(sequence)
        return removed

    def clear(self) -> None:
        """Remove all entries and set the sequence to 0; raises as `commit`."""
        with self._lock, translated(IndexNotWritten), self._discarded_on_failure():
            self._open_writer().delete_all_documents()
            self._marked = False
            self._finish(0)
            for name in seal.strangers(self._folder):
                (self._folder / name).unlink(missing_ok=True)

    def beside_removed(self) -> list[int]:
        """Return the keys of the entries of one segment that holds removed entries, too; empty if there is none.

        Tantivy keeps the words of a removed entry until its segment is merged, and offers no way to ask for that. A
        segment whose last entry has gone is dropped, so its other entries are to be added again. The smallest segments
        come first; one that holds no more than an outdated mark may be among them.

        Raises:
            IndexDamaged: If the files can't be read.
        """
        self.settle()
        with self._lock, translated(IndexDamaged), self._discarded_on_failure():
            self._reload()
            while self.snapshot.removed:
                segments = self._segments()
                worn = [number for number, segment in enumerate(segments) if segment["deletes"] is not None]
                # One deletion is mostly an outdated mark.
                worn.sort(key=lambda at: (segments[at]["deletes"]["num_deleted_docs"] == 1, segments[at]["max_doc"]))
                if keys := self.snapshot.keys_of_segment(worn[0]):
                    return keys
                # Nothing but the mark keeps this segment.
                self._marked = False
                self._finish(self.applied)
        return []

    def collect(self) -> bool:
        """Delete the files of segments that are no longer needed; return False if a search still reads some."""
        with self._lock, translated(IndexNotWritten):
            self._open_writer().garbage_collect_files()
            known = {str(segment["segment_id"]).replace("-", "") for segment in self._segments()}
            files = [path.name for path in self._folder.iterdir() if seal.SEGMENT_FILE.match(path.name)]
        return {name.partition(".")[0] for name in files} <= known

    def _segments(self) -> list[dict[str, Any]]:
        segments: list[dict[str, Any]] = json.loads((self._folder / seal.META).read_text("utf-8"))["segments"]
        return segments

    def settle(self) -> bool:
        """Wait until segments are merged, seal the files, and give back the writer and its threads until the next
        change; return whether there was one.
        """
        with self._lock, translated(IndexNotWritten):
            merged = self._end_merging()
            seal.write(self._folder)
        return merged

    def close(self) -> None:
        """Give everything back; merges that are not done are done another time, and nothing works afterwards."""
        with self._lock:
            self._writer = None
            del self._index, self.snapshot

    def _end_merging(self) -> bool:
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.wait_merging_threads()
        return writer is not None

    def _open_writer(self) -> IndexWriter:
        # Never kept in a local variable: the traceback of a failure would keep the writer, and its lock, alive.
        if self._writer is None:
            self._writer = self._index.writer(heap_size=_WRITER_MEMORY, num_threads=1)
            # WORKAROUND tantivy: a commit that broke off leaves a list of deletions, and the next one, which counts
            # its operations from the same number, can't write its own under that name: now, and at every try.
            self._writer.garbage_collect_files()
            # WORKAROUND tantivy: the first operation of a writer gets the number of the last commit. A merge begun
            # before the next one takes it for part of that, leaves it out where a segment's deletions are as old as
            # that, and forgets it: what was removed came back. So the first operation is one that removes nothing.
            self._writer.delete_documents_by_query(Query.empty_query())
        return self._writer

    def _finish(self, sequence: int) -> None:
        # A mark that is still right stays: an outdated one makes its segment look as if it held removed entries.
        if not self._is_marked(sequence):
            self._open_writer().delete_documents_by_query(self.snapshot.markers())
            self._open_writer().add_document(marker(sequence))
        self._open_writer().commit()
        self._marked = True
        self._reload()
        self.applied = sequence

    def _is_marked(self, sequence: int) -> bool:
        return self._marked and sequence == self.applied

    def _reload(self) -> None:
        self._index.reload()
        self.snapshot = Snapshot(self._index.searcher(), self._schema, self._key)

    @contextlib.contextmanager
    def _discarded_on_failure(self) -> Iterator[None]:
        """Drop the writer, and with it what is not committed, when the body fails."""
        try:
            yield
        except BaseException:
            self._writer = None
            raise


@contextlib.contextmanager
def translated(error: type[IndexDamaged] | type[IndexNotWritten]) -> Iterator[None]:
    """Raise `error` in the place of what tantivy and the file system raise."""
    try:
        yield
    except (ValueError, OSError) as cause:
        raise error(_short(cause)) from cause
    except BaseException as cause:
        # WORKAROUND PyO3: a panic of Rust code, as on a file with flipped bits, is no Exception and can't be imported.
        if type(cause).__name__ != "PanicException":
            raise
        raise error(_short(cause)) from cause


def _short(cause: BaseException) -> str:
    return " ".join(str(cause).split())[:200].rstrip(".")
