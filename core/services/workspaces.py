"""`kb.workspaces`: one workspace for each project or client; nothing leaks from one into another."""

from __future__ import annotations

import uuid
from contextlib import suppress

from core.domain.change import Receipt
from core.domain.clock import Clock, moment
from core.domain.name import checked_name
from core.domain.workspace import COLOURS, Workspace
from core.errors import InvalidInput, StorageFailed, WorkspaceExists, WorkspaceNotFound
from core.open_workspaces import OpenWorkspaces
from core.store.data_folder import DataFolder
from core.store.disk_space import DiskSpace
from core.store.workspace_files import describe_new
from core.store.workspaces import Workspaces


class WorkspacesService:
    """Makes, lists, renames, colours and deletes workspaces."""

    def __init__(
        self,
        rows: Workspaces,
        opened: OpenWorkspaces,
        folder: DataFolder,
        space: DiskSpace,
        clock: Clock,
        model: str,
        dimension: int,
    ) -> None:
        """`model` and `dimension` are those of new workspaces."""
        self._rows = rows
        self._opened = opened
        self._folder = folder
        self._space = space
        self._clock = clock
        self._model = model
        self._dimension = dimension

    def create(self, name: str) -> Workspace:
        """Make a workspace.

        Raises:
            WorkspaceExists: If the name is taken; upper and lower case are the same.
            InvalidInput: If the name is empty, too long, or holds control characters.
        """
        name = checked_name(name, "workspace")
        if self._rows.named(name) is not None:
            raise WorkspaceExists(name)
        workspace_id = str(uuid.uuid4())
        # The folder first: what is listed can be opened, whenever this is interrupted.
        folder = self._folder.workspace(workspace_id)
        workspace = self._rows.add(workspace_id, name, self._model, self._dimension, self._clock.wall())
        describe_new(folder, workspace)
        return workspace

    def get(self, name: str) -> Workspace:
        """Return the workspace of that name.

        Raises:
            WorkspaceNotFound: If there is none.
        """
        workspace = self._rows.named(name)
        if workspace is None:
            raise WorkspaceNotFound(name, [each.name for each in self._rows.all()])
        return workspace

    def get_or_create(self, name: str) -> Workspace:
        """Return the workspace of that name, made if there is none."""
        return self._rows.named(name) or self.create(name)

    def all(self) -> list[Workspace]:
        """Return all workspaces, oldest first."""
        return self._rows.all()

    def rename(self, workspace: Workspace, name: str) -> Workspace:
        """Give a workspace another name, and return it.

        Raises:
            WorkspaceExists: If the name is taken.
            InvalidInput: If the name can't be used.
        """
        self._rows.rename(workspace.id, checked_name(name, "workspace"))
        return self._noted(workspace)

    def recolour(self, workspace: Workspace, colour: str) -> Workspace:
        """Give a workspace another colour, one of `COLOURS` or none (empty), and return it.

        Raises:
            InvalidInput: If there is no such colour.
        """
        if colour not in ("", *COLOURS):
            raise InvalidInput(f"There is no colour “{colour}”.", f"Choose one of: {', '.join(COLOURS)}.")
        self._rows.recolour(workspace.id, colour)
        return self._noted(workspace)

    def _noted(self, workspace: Workspace) -> Workspace:
        """Return the workspace as it is listed now, once its own database says the same."""
        changed = self._rows.get(workspace.id)
        if changed is None:
            raise WorkspaceNotFound(workspace.name, [])
        # A workspace that can't be opened now notes it when it can.
        with suppress(StorageFailed), self._opened.use(changed) as opened:
            opened.files.facts.describe(changed)
        return changed

    def delete(self, workspace: Workspace) -> Receipt:
        """Delete a workspace with everything in it, and say what that was.

        Raises:
            WorkspaceNotFound: If it is not there.
        """
        if self._rows.get(workspace.id) is None:
            raise WorkspaceNotFound(workspace.name, [each.name for each in self._rows.all()])
        self._space.make_room()
        with self._opened.use(workspace) as opened:
            counts = opened.counts()
        with self._opened.closed(workspace):
            # The mark first: what carries it is taken off the list at the next start, if this is interrupted.
            size = self._folder.doom_workspace(workspace.id)
            self._rows.remove(workspace.id)
            self._folder.delete_doomed()
        return Receipt(0, moment(self._clock.wall()), "workspace deleted", **counts, bytes=size)
