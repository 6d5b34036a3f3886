"""The facade: everything that a window, a script or the command line may ask of the engine, grouped by noun."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from types import TracebackType

from threadpoolctl import threadpool_limits

from core import embedders
from core.domain.change import Change
from core.domain.clock import Clock, SystemClock
from core.domain.source import Rules
from core.domain.workspace import Workspace
from core.embedders.base import Embedder
from core.indexing.estimate import Estimate
from core.indexing.worker_pool import Readers, WorkerPool
from core.maintenance.usage import Usage
from core.open_workspaces import OpenWorkspaces
from core.services.documents import DocumentsService
from core.services.golden import GoldenService
from core.services.maps import MapsService
from core.services.preferences import PreferencesService
from core.services.search import SearchService
from core.services.searches import SearchesService
from core.services.sources import SourcesService
from core.services.upkeep import UpkeepService
from core.services.workspaces import WorkspacesService
from core.settings import IndexingSettings, Settings, SettingsFile
from core.store.app_database import open_app_database
from core.store.data_folder import DataFolder, default_folder
from core.store.disk_space import MEGABYTE, DiskSpace, free_bytes
from core.store.log_file import LogFile
from core.store.paces import Paces
from core.store.usage import UsageRows
from core.store.workspaces import Workspaces

logger = logging.getLogger(__name__)
DEFAULT_MODEL = "wordllama"
DEFAULT_DIMENSION = 256
EmbedderFactory = Callable[[str, int], Embedder]


class KnowledgeBase:
    """An open data folder.

    Attributes:
        workspaces: Make, list, rename, delete workspaces.
        sources: Folders, files and texts that a workspace is made from.
        documents: Add, show, remove documents; the coverage ledger.
        search: Find passages and documents.
        searches: Saved searches, their history, and marks of what they find.
        golden: Golden queries: searches with what each must find.
        maps: Pictures of a workspace: documents placed by meaning.
        upkeep: Receipts, the sweep, facts for a diagnosis.
        preferences: Change settings.
    """

    def __init__(
        self,
        data_dir: str | os.PathLike[str] | None = None,
        *,
        settings: Settings | None = None,
        clock: Clock | None = None,
        embedder: EmbedderFactory | None = None,
        readers: Callable[[IndexingSettings, Clock], Readers] = WorkerPool,
        free: Callable[[Path], int] = free_bytes,
    ) -> None:
        """Open the data folder; see `open`. The arguments after `data_dir` are for tests and embedding programs."""
        self._clock = clock or SystemClock()
        self._folder = DataFolder(default_folder() if data_dir is None else Path(data_dir))
        # What fails on the way must give the data folder free.
        with ExitStack() as undo:
            undo.callback(self._folder.close)
            self._log = LogFile(self._folder.path)
            undo.callback(self._log.close)
            self._file = SettingsFile(self._folder.settings_file)
            self._file.settings = settings or self._file.settings
            self._folder.finish_interrupted()
            self._app = open_app_database(self._folder, self._clock, (DEFAULT_MODEL, DEFAULT_DIMENSION))
            undo.callback(self._app.close)
            rows = Workspaces(self._app)
            for each in self._folder.doomed():
                rows.remove(each)
            self._folder.delete_doomed()
            self._folder.drop_empty({each.id for each in rows.all()})
            undo.pop_all()
        for warning in (warnings := self._folder.warnings()):
            logger.warning("%s", warning)
        space = DiskSpace(self._folder.path, self.settings.indexing.free_space_mb * MEGABYTE, free)
        space.restore()
        # The products of a query are small; a second thread of BLAS spins longer than it helps.
        self._blas = threadpool_limits(limits=1, user_api="blas")
        self._subscribers: list[Callable[[Change], None]] = []
        self._subscribers_lock = threading.Lock()
        usage = Usage(UsageRows(self._app), self._clock)
        # One model serves all workspaces that use it.
        make = cache(embedder or embedders.embedder)
        self._estimate = Estimate(Paces(self._app), self.settings.indexing.workers)
        self._opened = OpenWorkspaces(
            self._folder,
            lambda: self.settings,
            self._clock,
            lambda each: make(each.model, each.dimension),
            self._publish,
            readers,
            space,
            rows.get,
            usage,
            self._estimate,
        )
        self.workspaces = WorkspacesService(
            rows, self._opened, self._folder, space, self._clock, DEFAULT_MODEL, DEFAULT_DIMENSION
        )
        self.sources = SourcesService(self._opened, self._clock)
        self.documents = DocumentsService(
            self._opened,
            self._clock,
            self._folder.path,
            lambda: Rules(max_bytes=self.settings.indexing.max_file_mb * 2**20),
            self._estimate.seconds,
        )
        self.search = SearchService(self._opened, self._clock, lambda: self.settings.search, usage.searched)
        self.searches = SearchesService(self._opened, self._clock, lambda: self.settings.search, usage.searched)
        self.golden = GoldenService(
            self._opened, self._clock, lambda: self.settings.search, self.search.documents, self.search.query
        )
        self.maps = MapsService(self._opened, self._clock)
        self.upkeep = UpkeepService(
            self._opened, self._folder.path, self._clock, space, usage, self._file.problems, warnings
        )
        self.preferences = PreferencesService(self._file)

    @staticmethod
    def default_folder() -> Path:
        """Return the user's own data folder."""
        return default_folder()

    @classmethod
    def open(cls, data_dir: str | os.PathLike[str] | None = None) -> KnowledgeBase:
        """Open a data folder, made if it is not there; None means the user's own.

        Raises:
            DataFolderLocked: If another process owns it.
            DataFolderUnusable: If it can't be made or written, or stands on a network disk.
            StorageFailed: If its database can't be read or written.
            NewerSchema: If a newer Carrel wrote it.
        """
        return cls(data_dir)

    @property
    def settings(self) -> Settings:
        """What the user has set, as it is now."""
        return self._file.settings

    def resume(self, workspace: Workspace) -> None:
        """Open a workspace, take up the work that waits in it, and follow its watched folders from now on."""
        with self._opened.use(workspace):
            return

    def subscribe(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Send every change to `listener`, on whatever thread it happens; return a function that ends this."""
        with self._subscribers_lock:
            self._subscribers.append(listener)

        def end() -> None:
            with self._subscribers_lock:
                self._subscribers.remove(listener)

        return end

    def _publish(self, change: Change) -> None:
        with self._subscribers_lock:
            listeners = list(self._subscribers)
        for listener in listeners:
            listener(change)

    def close(self) -> None:
        """End all work and give the data folder free; what is queued goes on at the next start."""
        self._opened.close_all()
        self._blas.restore_original_limits()
        self._app.close()
        self._log.close()
        self._folder.close()

    def __enter__(self) -> KnowledgeBase:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
