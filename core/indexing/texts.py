"""Takes in texts that programs give: stored in one transaction, cut and indexed by the queue."""

from __future__ import annotations

from collections.abc import Sequence

from core.domain.clock import Clock
from core.domain.document import Text
from core.store.database import Database
from core.store.disk_space import DiskSpace
from core.store.documents import Documents
from core.store.jobs import Jobs
from core.store.sources import Sources
from core.store.versions import Versions


class TextIntake:
    """Stores texts with the jobs that make them searchable."""

    def __init__(
        self,
        database: Database,
        sources: Sources,
        documents: Documents,
        versions: Versions,
        jobs: Jobs,
        clock: Clock,
        space: DiskSpace,
    ) -> None:
        self._database = database
        self._sources = sources
        self._documents = documents
        self._versions = versions
        self._jobs = jobs
        self._clock = clock
        self._space = space

    def put(self, texts: Sequence[tuple[Text, str]], scope: str, ttl: float | None) -> list[int]:
        """Store texts, given with their hashes, in place of those with the same ids; return their documents.

        All are stored when this returns, or none.

        Raises:
            StorageFailed: If they could not be stored; `DiskFull` before anything is written, if the disk has little
                left.
        """
        self._space.require(sum(len(text.text) for text, _ in texts), "storing texts")
        now = self._clock.wall()
        expires_at = None if ttl is None else now + ttl
        with self._database.transaction():
            source = self._sources.texts(scope, now)
            documents = []
            for text, content_hash in texts:
                document = self._documents.put_text(source, scope, text, expires_at, now)
                self._versions.draft(document, content_hash, text.title or text.id, text.text, now)
                documents.append(document)
            self._jobs.queue_reads([(source, document, now) for document in documents], now)
        return documents
