"""The workspaces that are open in this process: opened when first used, closed with the knowledge base."""

from __future__ import annotations

import threading
from collections.abc import Callable

from core.domain.change import Change
from core.domain.clock import Clock
from core.domain.workspace import Workspace
from core.embedders.base import Embedder
from core.errors import WorkspaceNotFound
from core.indexing.worker_pool import Readers
from core.settings import IndexingSettings, Settings
from core.store.data_folder import DataFolder
from core.workspace import OpenWorkspace


class OpenWorkspaces:
    """Opens each workspace once."""

    def __init__(
        self,
        folder: DataFolder,
        settings: Settings,
        clock: Clock,
        embedder: Callable[[Workspace], Embedder],
        publish: Callable[[Change], None],
        readers: Callable[[IndexingSettings, Clock], Readers],
    ) -> None:
        """
        Args:
            folder: The data folder.
            settings: What the user has set.
            clock: Tells the time.
            embedder: Gives the model of a workspace.
            publish: Sends changes to whoever listens.
            readers: Makes what reads files.
        """
        self._folder = folder
        self._settings = settings
        self._clock = clock
        self._embedder = embedder
        self._publish = publish
        self._readers = readers(settings.indexing, clock)
        self._lock = threading.Lock()
        self._open: dict[str, OpenWorkspace] = {}
        self._closed = False

    def get(self, workspace: Workspace) -> OpenWorkspace:
        """Return the workspace, open.

        Raises:
            WorkspaceNotFound: If it has been deleted.
        """
        with self._lock:
            if self._closed:
                raise RuntimeError("the knowledge base is closed")
            if workspace.id not in self._open:
                if not (self._folder.path / "workspaces" / workspace.id).is_dir():
                    raise WorkspaceNotFound(workspace.name, [])
                opened = OpenWorkspace(
                    workspace,
                    self._folder.workspace(workspace.id),
                    self._folder.path,
                    self._settings,
                    self._readers,
                    self._embedder(workspace),
                    self._clock,
                    self._publish,
                )
                self._open[workspace.id] = opened
                opened.start()
            return self._open[workspace.id]

    def close(self, workspace_id: str) -> None:
        """Close one workspace, if it is open."""
        with self._lock:
            opened = self._open.pop(workspace_id, None)
        if opened is not None:
            opened.close()

    def close_all(self) -> None:
        """Stop the readers and close every workspace."""
        with self._lock:
            self._closed = True
            opened = list(self._open.values())
            self._open.clear()
        self._readers.close()
        for each in opened:
            each.close()
