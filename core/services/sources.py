"""`kb.sources`: the folders, files and texts that a workspace is made from."""

from __future__ import annotations

from collections.abc import Mapping

from core.domain.change import Change, Receipt
from core.domain.clock import Clock, moment
from core.domain.document import State
from core.domain.source import Source, WatchState
from core.domain.workspace import Workspace
from core.errors import SourceNotFound
from core.open_workspaces import OpenWorkspaces


class SourcesService:
    """Lists, pauses, looks at again and removes sources."""

    def __init__(self, opened: OpenWorkspaces, clock: Clock) -> None:
        self._opened = opened
        self._clock = clock

    def all(self, workspace: Workspace) -> list[Source]:
        """Return the sources of a workspace, oldest first."""
        with self._opened.use(workspace) as opened:
            return opened.sources.all()

    def get(self, workspace: Workspace, source_id: int) -> Source:
        """Return a source.

        Raises:
            SourceNotFound: If there is none with that id.
        """
        with self._opened.use(workspace) as opened:
            source = opened.sources.get(source_id)
        if source is None:
            raise SourceNotFound(source_id)
        return source

    def watch_states(self, workspace: Workspace) -> dict[int, WatchState]:
        """Return how each watched source is being followed, by its id."""
        with self._opened.use(workspace) as opened:
            return opened.watcher.states()

    def coverage(self, workspace: Workspace) -> Mapping[int, Mapping[State, int]]:
        """Return the coverage ledger of each source that has documents, by its id: how many stand in each state."""
        with self._opened.use(workspace) as opened:
            return opened.documents.coverage(self._clock.wall())

    def rescan(self, workspace: Workspace, source_id: int | None = None) -> Change:
        """Look at a source again, or at all of them.

        Raises:
            SourceNotFound: If there is none with that id.
        """
        sources = self.all(workspace) if source_id is None else [self.get(workspace, source_id)]
        with self._opened.use(workspace) as opened:
            jobs = sum(opened.scanning.request(each.id) for each in sources if each.path is not None)
            opened.wake()
        return Change(workspace.id, sources=tuple(each.id for each in sources), jobs=jobs, progress=True)

    def pause(self, workspace: Workspace, source_id: int) -> Change:
        """Stop reading a source after the files being read now; it goes on with `resume`, also after a restart.

        Raises:
            SourceNotFound: If there is none with that id.
        """
        return self._set_state(workspace, source_id, "paused")

    def resume(self, workspace: Workspace, source_id: int) -> Change:
        """Go on reading a source.

        Raises:
            SourceNotFound: If there is none with that id.
        """
        return self._set_state(workspace, source_id, "active")

    def cancel(self, workspace: Workspace, source_id: int) -> Change:
        """Drop what waits to be read; it comes back with `documents.retry` or when a file changes.

        Raises:
            SourceNotFound: If there is none with that id.
        """
        self.get(workspace, source_id)
        with self._opened.use(workspace) as opened:
            jobs = opened.jobs.cancel(source_id, self._clock.wall())
        return Change(workspace.id, sources=(source_id,), jobs=-jobs, progress=True)

    def confirm_deletions(self, workspace: Workspace, source_id: int) -> Receipt:
        """Remove the documents whose files are gone, after `Source.missing` asked about them.

        The source is looked at again first: files that are back stay.

        Raises:
            SourceNotFound: If there is none with that id.
            DecisionNotPossible: If nothing waits, the source can't be reached now, or more is gone than was asked
                about.
        """
        self.get(workspace, source_id)
        with self._opened.use(workspace) as opened:
            receipt = opened.scanning.decide(source_id, "remove")
            opened.wake()
            if receipt is not None:
                opened.tell_removed(receipt, [source_id])
        return receipt or Receipt(0, moment(self._clock.wall()), "gone")

    def keep_missing(self, workspace: Workspace, source_id: int) -> Change:
        """Keep the documents whose files are gone, after `Source.missing` asked about them; they stay searchable as
        stale, and nobody is asked about them again.

        Raises:
            SourceNotFound: If there is none with that id.
            DecisionNotPossible: If nothing waits, or the source can't be reached now.
        """
        self.get(workspace, source_id)
        with self._opened.use(workspace) as opened:
            opened.scanning.decide(source_id, "keep")
            opened.wake()
        return Change(workspace.id, sources=(source_id,), progress=True)

    def remove(self, workspace: Workspace, source_id: int) -> Receipt:
        """Remove a source and its documents from Carrel; the files themselves are not touched.

        Raises:
            SourceNotFound: If there is none with that id.
        """
        self.get(workspace, source_id)
        with self._opened.use(workspace) as opened:
            opened.space.make_room()
            opened.watcher.unwatch(source_id)
            opened.jobs.cancel(source_id, self._clock.wall())
            receipt = opened.removal.remove(opened.documents.under(source_id), "removed")
            while not opened.sources.remove(source_id):
                opened.removal.remove(opened.documents.under(source_id), "removed")
            opened.wake()
            opened.tell_removed(receipt, [source_id])
        return receipt

    def _set_state(self, workspace: Workspace, source_id: int, state: str) -> Change:
        self.get(workspace, source_id)
        with self._opened.use(workspace) as opened:
            opened.sources.set_state(source_id, state)
            opened.wake()
        return Change(workspace.id, sources=(source_id,), progress=True)
