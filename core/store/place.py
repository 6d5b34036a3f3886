"""Where a data folder stands: what kind of disk, whether a program syncs it, and copies that such a program left.

SQLite's log works through memory that processes share, which network file systems do not give; a database there can be
damaged without notice. A sync program copies the files of a database one by one, at moments that do not fit together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import psutil

NETWORK_DISKS = (
    "nfs",
    "cifs",
    "smb",
    "9p",
    "afp",
    "sshfs",
    "webdav",
    "davfs",
    "glusterfs",
    "ceph",
    "lustre",
    "rclone",
    "s3fs",
    "gvfsd",
    "curlftpfs",
    "vboxsf",
    "vmhgfs",
    "virtiofs",
    "drvfs",
)
_SYNC_FOLDERS = {
    "Dropbox": re.compile(r"dropbox( \(.*\))?", re.IGNORECASE),
    "OneDrive": re.compile(r"onedrive( - .*)?", re.IGNORECASE),
    "iCloud Drive": re.compile(r"icloud ?drive|com~apple~clouddocs|mobile documents", re.IGNORECASE),
    "Google Drive": re.compile(r"google ?drive|googledrive-.*|my drive", re.IGNORECASE),
    "Nextcloud": re.compile(r"nextcloud|owncloud", re.IGNORECASE),
    "Syncthing": re.compile(r"syncthing", re.IGNORECASE),
    "MEGA": re.compile(r"mega(sync)?", re.IGNORECASE),
    "pCloud": re.compile(r"pcloud ?drive", re.IGNORECASE),
    "Box": re.compile(r"box( sync)?", re.IGNORECASE),
}
_SYNC_MARKERS = {
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "Nextcloud",
}
_DATABASES = ("app.db", "workspace.db", "embeddings.db")


def disk_kind(folder: Path) -> str:
    """Return the kind of file system that `folder` stands on, or would stand on, in lower case; empty if unknown."""
    if folder.drive.startswith("\\\\"):
        return "smb"
    there = next(each for each in (folder, *folder.parents) if each.exists()).resolve()
    mounts = {Path(each.mountpoint): each.fstype for each in psutil.disk_partitions(all=True)}
    return next((mounts[each] for each in (there, *there.parents) if each in mounts), "").lower()


def on_network(kind: str) -> bool:
    """Tell whether a kind of file system is one on which databases get damaged."""
    return any(name in kind for name in NETWORK_DISKS)


def sync_service(folder: Path) -> str | None:
    """Return the name of the service that seems to sync `folder`, or None."""
    for each in (folder, *folder.parents):
        for service, names in _SYNC_FOLDERS.items():
            if names.fullmatch(each.name):
                return service
        for marker, service in _SYNC_MARKERS.items():
            if (each / marker).exists():
                return service
    return None


def conflicted_copies(data_folder: Path) -> Iterator[Path]:
    """Give files that look like a sync program's second copy of one of our databases; they are never opened."""
    for folder in (data_folder, *(data_folder / "workspaces").glob("*")):
        for path in sorted(folder.glob("*.db")):
            stem = path.stem.lower()
            if path.name not in _DATABASES and any(stem.startswith(name.removesuffix(".db")) for name in _DATABASES):
                yield path
