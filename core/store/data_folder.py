"""The data folder: one owner process, private to the user."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Collection, Iterable
from pathlib import Path

from filelock import FileLock, Timeout
from platformdirs import PlatformDirs

from core.errors import DataFolderLocked, DataFolderUnusable
from core.store import swap
from core.store.disk_space import DiskSpace
from core.store.place import conflicted_copies, disk_kind, on_network, sync_service

_DOOMED = ".deleted"
ENVIRONMENT = "CARREL_DATA_DIR"
_OURS = ("app.db", "backups", "ballast", "carrel.log", "lock", "owner", "settings.toml", "workspaces")
HINT = "Choose another place with --data-dir or CARREL_DATA_DIR."


def default_folder() -> Path:
    """Return the user's own data folder: `CARREL_DATA_DIR` if set, else the place that the system has for such data."""
    given = os.environ.get(ENVIRONMENT)
    return Path(given).expanduser() if given else PlatformDirs("carrel", appauthor=False).user_data_path


class DataFolder:
    """A data folder that this process owns until `close`.

    Attributes:
        path: Where it is.
    """

    def __init__(self, path: Path) -> None:
        """Make the folder if it is not there, and take its lock: a kernel lock, which ends with the process however
        it ends.

        Raises:
            DataFolderLocked: If another process owns it.
            DataFolderUnusable: If it can't be made or written, or stands on a network disk; then nothing is made.
        """
        self.path = path.expanduser().absolute()
        if on_network(kind := disk_kind(self.path)):
            raise DataFolderUnusable(f"{self.path} is on a network disk ({kind}), where a database gets damaged.", HINT)
        # tantivy, faiss and SQLite make files by themselves; while the folder is open, all are the user's alone.
        self._umask = os.umask(0o077)
        try:
            self._lock = self._take()
        except BaseException:
            os.umask(self._umask)
            raise

    def _take(self) -> FileLock:
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = FileLock(self.path / "lock", timeout=0, mode=0o600, thread_local=False)
            lock.acquire()
            # Only now: while another owns the folder, its files come and go.
            _make_private(self.path, (each for each in self.path.iterdir() if each.name.startswith(_OURS)))
            DiskSpace(self.path, floor=0).make_room()  # on a full disk, opening a database fails, too
            (self.path / "owner").write_text(str(os.getpid()), encoding="ascii")
        except Timeout as error:
            raise DataFolderLocked(str(self.path), self._owner()) from error
        except (NotADirectoryError, FileExistsError) as error:
            raise DataFolderUnusable(f"{self.path} is not a folder.", HINT) from error
        except OSError as error:
            raise DataFolderUnusable(
                f"{self.path} can't be used as the data folder: {error.strerror}.", HINT
            ) from error
        return lock

    def _owner(self) -> str:
        try:
            return f"process {int((self.path / 'owner').read_text(encoding='ascii'))}"
        except (OSError, ValueError):
            return ""

    @property
    def settings_file(self) -> Path:
        """Where the settings are."""
        return self.path / "settings.toml"

    @property
    def app_database(self) -> Path:
        """Where the list of workspaces is."""
        return self.path / "app.db"

    def warnings(self) -> list[str]:
        """Return a sentence for each thing about the folder's place that endangers what is in it."""
        found = []
        if service := sync_service(self.path):
            found.append(
                f"The data folder is synced by {service}, which can damage the databases in it: exclude it there, or"
                " move it to another place."
            )
        found += [
            f"{path.name} looks like a second copy that a sync program made of a database; it is not used. Move it"
            " away when you have made sure that nothing is missing."
            for path in conflicted_copies(self.path)
        ]
        return found

    def workspace(self, workspace_id: str) -> Path:
        """Return the folder of a workspace, made if it is not there."""
        folder = self.path / "workspaces" / workspace_id
        for each in (folder.parent, folder):
            each.mkdir(exist_ok=True, mode=0o700)
        _make_private(folder, folder.rglob("*"))
        return folder

    def holds(self, workspace_id: str) -> bool:
        """Tell whether there is a folder of this workspace."""
        return (self.path / "workspaces" / workspace_id).is_dir()

    def doom_workspace(self, workspace_id: str) -> int:
        """Mark a workspace's folder for deletion; return its bytes.

        From now on it is deleted, whatever happens: what is not done by `delete_doomed` now is done at the next start.
        """
        folder = self.workspace(workspace_id)
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        folder.rename(folder.with_name(f"{workspace_id}{_DOOMED}"))
        return size

    def finish_interrupted(self) -> None:
        """Finish the replacement of a workspace by its backup."""
        swap.finish_all(self.path / "workspaces")

    def doomed(self) -> list[str]:
        """Return the ids of the workspaces whose folders are marked for deletion."""
        return [path.name.removesuffix(_DOOMED) for path in (self.path / "workspaces").glob(f"*{_DOOMED}")]

    def delete_doomed(self) -> None:
        """Delete the folders that are marked."""
        for folder in (self.path / "workspaces").glob(f"*{_DOOMED}"):
            shutil.rmtree(folder)

    def drop_empty(self, listed: Collection[str]) -> None:
        """Remove the empty folder that a creation left which broke off; a folder that holds anything stays."""
        for folder in (self.path / "workspaces").glob("*"):
            if folder.name not in listed and folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()

    def close(self) -> None:
        """Give the folder free."""
        (self.path / "owner").unlink(missing_ok=True)
        self._lock.release()
        os.umask(self._umask)


def _make_private(folder: Path, inside: Iterable[Path]) -> None:
    """Take the rights of others away from a folder and what is inside, as a copy or a restored backup may have them."""
    for path in (folder, *inside):
        mode = path.lstat().st_mode
        if stat.S_IMODE(mode) & 0o077 and not stat.S_ISLNK(mode):
            path.chmod(0o700 if stat.S_ISDIR(mode) else 0o600)
