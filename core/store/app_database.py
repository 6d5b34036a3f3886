"""Opens the list of workspaces; where it is damaged or gone, it is made again from what the workspaces say."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import partial

from core.domain.clock import Clock, moment
from core.domain.workspace import Workspace
from core.errors import DatabaseDamaged, StorageFailed, WorkspaceExists
from core.store.backups import Backups
from core.store.data_folder import DataFolder
from core.store.database import Database
from core.store.facts import described
from core.store.schema import APP_MIGRATIONS
from core.store.swap import DATABASE
from core.store.workspace_files import set_aside
from core.store.workspaces import Workspaces

logger = logging.getLogger(__name__)


def open_app_database(folder: DataFolder, clock: Clock, model: tuple[str, int]) -> Database:
    """Return the database of the list of workspaces.

    Args:
        folder: The data folder.
        clock: Tells when a backup is made.
        model: Name and dimension of the model of a workspace that does not say its own.

    Raises:
        NewerSchema: If a newer Carrel wrote it.
        StorageFailed: If it can't be read or written.
    """
    path = folder.app_database
    known = path.exists() and path.stat().st_size > 0
    try:
        database = _open(folder, clock)
    except DatabaseDamaged:
        set_aside(folder.path, path.name)
        known, database = False, _open(folder, clock)
    if not known:
        found = list(_found(folder, model))
        for workspace in found:
            _add(Workspaces(database), workspace)
        if found:
            logger.warning("the list of workspaces was damaged or gone; %d were found in their folders", len(found))
    return database


def _open(folder: DataFolder, clock: Clock) -> Database:
    path = folder.app_database
    backups = Backups(folder.path / "backups", clock)
    database = Database(path, APP_MIGRATIONS, before_migration=partial(backups.make, path, "migration"))
    try:
        database.check()
        Workspaces(database).all()
    except BaseException:
        database.close()
        raise
    return database


def _found(folder: DataFolder, model: tuple[str, int]) -> Iterator[Workspace]:
    """Give the workspaces in the data folder, as each says of itself."""
    doomed = folder.doomed()
    for path in sorted((folder.path / "workspaces").glob("*")):
        if path.stem in doomed or not (path / DATABASE).exists():
            continue
        try:
            workspace = described(path / DATABASE)
        except StorageFailed:
            workspace = None
        if workspace is None or workspace.id != path.name:
            # Listed all the same, so that a backup of it can be brought back.
            workspace = Workspace(path.name, f"Found {path.name[:8]}", *model, moment(path.stat().st_mtime))
        yield workspace


def _add(rows: Workspaces, workspace: Workspace) -> None:
    name, number = workspace.name, 1
    while True:
        try:
            made = workspace.created_at.timestamp()
            rows.add(workspace.id, name, workspace.model, workspace.dimension, made, workspace.colour)
        except WorkspaceExists:
            number += 1
            name = f"{workspace.name} ({number})"
        else:
            return
