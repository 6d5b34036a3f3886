"""Opens and hashes a file that may be anything by now: gone, a pipe, a link, or still being written."""
# Paths are raw bytes, because not every file name is text; pathlib takes text only.
# ruff: noqa: PTH112, PTH116

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass

from core.errors import ExtractionFailed

# A pipe without a writer must not block, and a link that took the file's place must not be followed. Both flags are
# missing on Windows, where neither can happen by a name.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_PIECE = 1 << 20
_VANISHED = (errno.ENOENT, errno.ENOTDIR)
_NOT_A_FILE = (errno.ELOOP, errno.EISDIR, errno.ENXIO, errno.ENODEV)


class ChangedWhileRead(ExtractionFailed):
    """Somebody wrote the file while it was read; what was read may be a mix of both states. Read it again later."""

    def __init__(self) -> None:
        super().__init__("changed", "The file was being changed while it was read.", "It is read again by itself.")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a file was when it was read.

    Attributes:
        size: Bytes.
        mtime_ns: Time of last change, in nanoseconds since 1970.
        inode: Number of the file on its device.
        device: The device.
        sha256: Hash of the bytes, in hexadecimal.
    """

    size: int
    mtime_ns: int
    inode: int
    device: int
    sha256: str


def open_regular(path: bytes) -> io.BufferedReader:
    """Open a regular file for reading; a symbolic link in its place is refused.

    Raises:
        ExtractionFailed: With the code `vanished`, `unreadable` or `not_a_file`.
    """
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        raise _failure(error, path) from error
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise _not_a_file()
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def fingerprint(path: bytes) -> Fingerprint:
    """Read a file to its end and return its hash together with what it was at that moment.

    Raises:
        ChangedWhileRead: The file was written, or another took its place, between the first byte and the last.
        ExtractionFailed: As in `open_regular`.
    """
    return _read(path, lambda file: hashlib.file_digest(file, "sha256").hexdigest())


def copied(path: bytes, descriptor: int) -> Fingerprint:
    """Copy a file into an empty one, open under `descriptor`, and return the fingerprint of what was copied.

    Raises:
        ChangedWhileRead, ExtractionFailed: As in `fingerprint`.
    """

    def copy(file: io.BufferedReader) -> str:
        digest = hashlib.sha256()
        place = 0
        while piece := file.read(_PIECE):
            digest.update(piece)
            place += os.pwrite(descriptor, piece, place)
        return digest.hexdigest()

    return _read(path, copy)


def _read(path: bytes, digested: Callable[[io.BufferedReader], str]) -> Fingerprint:
    with open_regular(path) as file:
        try:
            before = os.fstat(file.fileno())
            digest = digested(file)
            after = os.fstat(file.fileno())
            there = os.stat(path, follow_symlinks=False)
        except OSError as error:
            raise _failure(error, path) from error
    if not _same(before, after) or not _same(after, there):
        raise ChangedWhileRead
    return Fingerprint(after.st_size, after.st_mtime_ns, after.st_ino, after.st_dev, digest)


def _same(one: os.stat_result, other: os.stat_result) -> bool:
    # The time of change of the inode can't be set back by a program, other than the time of change of the content.
    return (one.st_dev, one.st_ino, one.st_size, one.st_mtime_ns, one.st_ctime_ns) == (
        other.st_dev,
        other.st_ino,
        other.st_size,
        other.st_mtime_ns,
        other.st_ctime_ns,
    )


def _failure(error: OSError, path: bytes) -> ExtractionFailed:
    if error.errno in _VANISHED:
        return ExtractionFailed("vanished", "The file is not at its place any more.")
    if error.errno in _NOT_A_FILE or os.path.isdir(path):
        return _not_a_file()
    return ExtractionFailed(
        "unreadable",
        f"The file can't be opened ({error.strerror}).",
        "Check its permissions and whether its disk is connected.",
    )


def _not_a_file() -> ExtractionFailed:
    return ExtractionFailed("not_a_file", "This is not a regular file but a folder, a link, a pipe or a device.")
