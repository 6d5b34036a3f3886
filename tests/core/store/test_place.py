"""Where a data folder may stand."""

from __future__ import annotations

from collections import namedtuple
from pathlib import Path

import psutil
import pytest

from core.errors import DataFolderUnusable
from core.store.data_folder import DataFolder
from core.store.place import conflicted_copies, sync_service

Mount = namedtuple("Mount", "mountpoint fstype")


@pytest.mark.parametrize(
    "kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.rclone", "virtiofs", "davfs"]
)
def test_a_network_disk_is_refused_and_nothing_is_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str
) -> None:
    mounts = [Mount("/", "ext4"), Mount(str(tmp_path), kind)]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: mounts)
    with pytest.raises(DataFolderUnusable, match=r"network disk .*gets damaged") as caught:
        DataFolder(tmp_path / "a" / "data")
    assert "--data-dir" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["ext4", "btrfs", "apfs", "ntfs", "fuseblk", "exfat", "overlay", "tmpfs", ""])
def test_a_local_disk_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str) -> None:
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: [Mount(str(tmp_path), kind)] if kind else [])
    DataFolder(tmp_path / "data").close()


@pytest.mark.parametrize(
    ("place", "service"),
    [
        ("Dropbox/carrel", "Dropbox"),
        ("Dropbox (Work)/carrel", "Dropbox"),
        ("OneDrive - Contoso/a/carrel", "OneDrive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/carrel", "iCloud Drive"),
        ("Library/CloudStorage/GoogleDrive-me@example.org/My Drive/carrel", "Google Drive"),
        ("Nextcloud/carrel", "Nextcloud"),
        ("Documents/carrel", None),
        ("inbox/carrel", None),
        ("megabytes/carrel", None),
    ],
)
def test_a_synced_folder_is_known_by_its_name(tmp_path: Path, place: str, service: str | None) -> None:
    assert sync_service(tmp_path / place) == service


@pytest.mark.parametrize(
    ("marker", "service"),
    [(".stfolder", "Syncthing"), (".dropbox.cache", "Dropbox"), (".owncloudsync.log", "Nextcloud")],
)
def test_a_synced_folder_is_known_by_what_lies_in_it(tmp_path: Path, marker: str, service: str) -> None:
    (tmp_path / marker).mkdir()
    assert sync_service(tmp_path / "documents" / "carrel") == service


@pytest.mark.parametrize(
    "name", ["app (conflicted copy 2024-05-01).db", "app.sync-conflict-20240501.db", "app-LAPTOP.db", "app (1).db"]
)
def test_second_copies_are_named(tmp_path: Path, name: str) -> None:
    folder = DataFolder(tmp_path / "data")
    (folder.path / "app.db").touch()
    assert folder.warnings() == []
    (folder.path / name).write_bytes(b"not ours")
    inner = folder.workspace("1") / "workspace (conflicted copy).db"
    inner.touch()
    assert [path.name for path in conflicted_copies(folder.path)] == [name, inner.name]
    assert name in folder.warnings()[0]
    assert "not used" in folder.warnings()[0]
    folder.close()


def test_a_synced_folder_is_warned_of(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "Dropbox" / "data")
    [warning] = folder.warnings()
    assert "Dropbox" in warning
    folder.close()


def test_a_disk_that_is_read_only_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refused(path: Path, mode: int) -> None:
        raise OSError(30, "Read-only file system")

    (tmp_path / "data").mkdir()
    (tmp_path / "data").chmod(0o755)  # so that there are rights to be taken away
    monkeypatch.setattr(Path, "chmod", refused)
    with pytest.raises(DataFolderUnusable, match="can't be used as the data folder: Read-only file system"):
        DataFolder(tmp_path / "data")
