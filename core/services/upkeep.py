"""`kb.upkeep`: receipts, the sweep, and the facts that a diagnosis needs."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from core.domain.change import Receipt
from core.domain.workspace import Workspace
from core.open_workspaces import OpenWorkspaces
from core.store.database import SQLITE_VERSION
from core.store.disk_space import BALLAST

NAMED_PACKAGES = ("carrel", "tantivy", "faiss-cpu", "wordllama", "numpy", "pypdfium2", "watchdog")


class UpkeepService:
    """Looks after the data folder."""

    def __init__(self, opened: OpenWorkspaces, folder: Path, problems: list[str], warnings: list[str]) -> None:
        """`problems` are those of the settings file, `warnings` those of the data folder's place."""
        self._opened = opened
        self._folder = folder
        self._problems = problems
        self._warnings = warnings

    def sweep(self, workspace: Workspace) -> list[Receipt]:
        """Purge what has expired now, without waiting for the next look; return the receipts."""
        with self._opened.use(workspace) as opened:
            return opened.sweep.run()

    def receipts(self, workspace: Workspace, limit: int = 100) -> list[Receipt]:
        """Return what deletions removed, newest first."""
        with self._opened.use(workspace) as opened:
            return opened.deletion.receipts(limit)

    def settings_problems(self) -> list[str]:
        """Return one sentence for each entry of the settings file that could not be used."""
        return list(self._problems)

    def warnings(self) -> list[str]:
        """Return one sentence for each thing about the data folder's place that endangers what is in it."""
        return list(self._warnings)

    def facts(self) -> dict[str, str | int]:
        """Return versions, places and sizes."""
        size = sum(file.stat().st_size for file in self._folder.rglob("*") if file.is_file() and file.name != BALLAST)
        packages: dict[str, str | int] = {name: _version(name) for name in NAMED_PACKAGES}
        return packages | {
            "python": sys.version.split()[0],
            "sqlite": SQLITE_VERSION,
            "platform": sys.platform,
            "data_folder": str(self._folder),
            "data_bytes": size,
        }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
