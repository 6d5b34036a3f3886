"""`kb.upkeep`: receipts, the sweep, and the facts that a diagnosis needs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import psutil

from core.domain.backup import Backup
from core.domain.change import Receipt
from core.domain.clock import Clock, ClockDoubt
from core.domain.health import Connections, Finding, Part, Report, Salvaged
from core.domain.usage import UsageDay
from core.domain.workspace import Workspace
from core.errors import DatabaseDamaged, InvalidInput
from core.maintenance.usage import Usage
from core.open_workspaces import OpenWorkspaces
from core.store.backups import Backups
from core.store.database import SQLITE_VERSION
from core.store.disk_space import BALLAST, DiskSpace
from core.store.part_sizes import size_of
from core.store.restoring import restore
from core.store.salvage import salvage
from core.store.workspace_files import CACHE, set_aside

NAMED_PACKAGES = ("carrel", "tantivy", "faiss-cpu", "wordllama", "numpy", "pypdfium2", "watchdog")
MOST_DAYS = 3_660


class UpkeepService:
    """Looks after the data folder."""

    def __init__(
        self,
        opened: OpenWorkspaces,
        folder: Path,
        clock: Clock,
        space: DiskSpace,
        usage: Usage,
        problems: list[str],
        warnings: list[str],
    ) -> None:
        """`problems` are those of the settings file, `warnings` those of the data folder's place."""
        self._opened = opened
        self._folder = folder
        self._clock = clock
        self._space = space
        self._usage = usage
        self._problems = problems
        self._warnings = warnings

    def clock_doubt(self, workspace: Workspace) -> ClockDoubt | None:
        """Return why the clock is not trusted, so that nothing expired is deleted, or None."""
        with self._opened.use(workspace) as opened:
            return opened.trusted_time.doubt()

    def confirm_clock(self, workspace: Workspace) -> None:
        """Say that the computer's clock is right; what has expired by it is deleted then."""
        with self._opened.use(workspace) as opened:
            opened.trusted_time.confirm()
            opened.wake_sweep()

    def sweep(self, workspace: Workspace) -> list[Receipt]:
        """Purge what has expired now, without the days for which it is kept; return the receipts.

        While the clock is in doubt, nothing is purged.
        """
        with self._opened.use(workspace) as opened:
            return opened.sweep.run(at_once=True)

    def receipts(self, workspace: Workspace, limit: int = 100) -> list[Receipt]:
        """Return what deletions removed, newest first."""
        with self._opened.use(workspace) as opened:
            return opened.deletion.receipts(limit)

    def back_up(self, workspace: Workspace, *, only: bool = False) -> Backup:
        """Make a backup now, and return it.

        Args:
            workspace: Of which.
            only: Whether to remove all others and what was set aside, so that what was deleted from the workspace
                stands nowhere any more.

        Raises:
            StorageFailed: If the database can't be read, or the disk has no room.
            BackupFailed: If the copy is not sound.
        """
        with self._opened.use(workspace) as opened:
            backup = opened.files.back_up("asked")
            if only:
                opened.files.backups.keep_only(backup)
                opened.files.empty_quarantine()
        return backup

    def backups(self, workspace: Workspace) -> list[Backup]:
        """Return the backups of a workspace, newest first; also where the workspace itself can't be opened."""
        return self._backups(workspace).all()

    def restore(self, workspace: Workspace, name: str | None = None) -> Backup:
        """Bring a backup back, the newest where none is named, and return it.

        What is there now is replaced whole, and kept aside in the folder `quarantine`. Files that changed since the
        backup are read again, the indices are made anew behind the search.

        Raises:
            BackupNotFound: If there is none of that name.
            BackupFailed: If it is damaged; nothing is changed then.
            StorageFailed: If there is no room; nothing is changed then.
        """
        backups = self._backups(workspace)
        backup = backups.find(name)
        with self._opened.closed(workspace):
            restore(self._workspace_folder(workspace), backups, backup)
        with self._opened.use(workspace) as opened:
            opened.look_again()
        return backup

    def verify(
        self, workspace: Workspace, *, deep: bool = False, progress: Callable[[str, float], None] = lambda *_: None
    ) -> Report:
        """Look whether the files of a workspace are whole and agree with each other; nothing is changed.

        Args:
            workspace: Which.
            deep: Whether to read every text, ask the indices for passages, and try the newest backup.
            progress: Called with what is being looked at, and how far that is (0 to 1).
        """
        try:
            with self._opened.use(workspace) as opened:
                return opened.verification.run(deep=deep, progress=progress)
        except DatabaseDamaged as error:
            return Report(deep, (Finding(Part.TRUTH, "structure", error.message),))

    def repair(
        self, workspace: Workspace, *, deep: bool = False, progress: Callable[[str, float], None] = lambda *_: None
    ) -> Report:
        """Look as `verify` does, and have every damaged derived part made anew; the truth is never touched.

        The truth is mended by `restore` or `salvage`, which are never done without being asked for.
        """
        before = self.verify(workspace, deep=deep, progress=progress)
        derived = {each.part for each in before.findings if not each.truth}
        if not derived or any(each.truth for each in before.findings):
            return before
        if any(each.part is Part.CACHE and each.code == "structure" for each in before.findings):
            with self._opened.closed(workspace):
                set_aside(self._workspace_folder(workspace), CACHE)
        progress("repairing", 0.0)
        with self._opened.use(workspace) as opened:
            opened.remake(derived)
            if Part.BACKUPS in derived:
                opened.files.backups.drop(opened.files.backups.find(None))
                opened.files.back_up("asked")
            opened.wait(None)
        left = self.verify(workspace, deep=deep, progress=progress).findings
        still = {(each.part, each.code) for each in left}
        repaired = tuple(each for each in before.findings if (each.part, each.code) not in still)
        known = {(each.part, each.code) for each in before.findings}
        new = tuple(each for each in left if (each.part, each.code) not in known)
        return Report(deep, before.findings + new, repaired)

    def salvage(self, workspace: Workspace) -> Salvaged:
        """Save what can still be read of a damaged workspace into a new database; files are read again.

        The damaged one is kept aside in the folder `quarantine`.

        Raises:
            StorageFailed: If there is no room; nothing is changed then.
        """
        with self._opened.closed(workspace):
            saved = salvage(self._workspace_folder(workspace))
        with self._opened.use(workspace) as opened:
            opened.look_again()
        return saved

    def usage(self, workspace: Workspace, days: int = 30) -> list[UsageDay]:
        """Return how a workspace was used on the last days, today included, and what it held; in order.

        Days on which nobody looked at it are left out: they are not known, which is not the same as nothing.

        Raises:
            InvalidInput: If it is not at least one day.
        """
        if not 1 <= days <= MOST_DAYS:
            raise InvalidInput(f"Usage is told of 1 to {MOST_DAYS} days, not of {days}.")
        with self._opened.use(workspace) as opened:
            self._usage.note(workspace.id, opened.holdings())
        return self._usage.days(workspace.id, days)

    def _workspace_folder(self, workspace: Workspace) -> Path:
        return self._folder / "workspaces" / workspace.id

    def _backups(self, workspace: Workspace) -> Backups:
        return Backups(self._workspace_folder(workspace) / "backups", self._clock, self._space.free)

    def settings_problems(self) -> list[str]:
        """Return one sentence for each entry of the settings file that could not be used."""
        return list(self._problems)

    def warnings(self) -> list[str]:
        """Return one sentence for each thing about the data folder's place that endangers what is in it."""
        return list(self._warnings)

    def connections(self) -> Connections:
        """Count the network connections that are open now, as the system tells them; this takes a few milliseconds.

        Counted is every socket with an address at its other end, TCP or UDP, of this process and of all that it has
        started. A socket that waits, and talk within this computer that needs no address, are none.
        """
        own = psutil.Process()
        sockets: set[tuple[Any, ...]] = set()
        processes = unseen = 0
        for process in (own, *own.children(recursive=True)):
            try:
                # A socket that a child has inherited is one, not two.
                sockets |= {(each.type, each.laddr, each.raddr) for each in process.net_connections() if each.raddr}
                processes += 1
            except psutil.NoSuchProcess:
                continue
            except psutil.AccessDenied:
                unseen += 1
        here = sum(_is_loopback(remote.ip) for _, _, remote in sockets)
        return Connections(len(sockets) - here, here, processes, unseen)

    def facts(self) -> dict[str, str | int]:
        """Return versions, places and sizes."""
        size = size_of(self._folder) - size_of(self._folder / BALLAST)
        packages: dict[str, str | int] = {name: _version(name) for name in NAMED_PACKAGES}
        return packages | {
            "python": sys.version.split()[0],
            "sqlite": SQLITE_VERSION,
            "platform": sys.platform,
            "data_folder": str(self._folder),
            "data_bytes": size,
        }


def _is_loopback(address: str) -> bool:
    found = ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
