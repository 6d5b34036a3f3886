"""Finds out what a locked process can still do, by trying it: nobody has to believe what a kernel is said to do."""

from __future__ import annotations

import mmap
import os
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_NO_PROGRAM = "/carrel/no-such-program"
_NOWHERE = ("127.0.0.1", 9)


def attempts(file: str, folder: str, memory: int) -> dict[str, bool]:
    """Try what a reader must not do, and return for each deed whether it succeeded; all of it is harmless.

    Args:
        file: A file that exists, is readable by everybody, and is none of the reader's business.
        folder: A folder that exists, and that the user may write to.
        memory: Bytes that are more than a reader may take.
    """
    deeds: dict[str, Callable[[], object]] = {
        "open": lambda: Path(file).open("rb").close(),
        "list": lambda: list(Path(folder).iterdir()),
        "write": lambda: _write(Path(folder) / f".carrel-probe-{os.getpid()}"),
        "change": lambda: Path(folder).chmod(Path(folder).stat().st_mode & 0o7777),
        "tcp": lambda: _connect(socket.SOCK_STREAM),
        "udp": lambda: _connect(socket.SOCK_DGRAM),
        "unix": lambda: _unix("\0carrel-probe"),
        "exec": _execute,
        "fork": _fork,
        "signal": lambda: os.kill(os.getppid(), 0),
        "memory": lambda: mmap.mmap(-1, memory).close(),
    }
    done = {name: _works(deed) for name, deed in deeds.items()}
    return done | {"outlive": not _ends_with_owner()}


def _works(deed: Callable[[], object]) -> bool:
    try:
        deed()
    except (OSError, MemoryError, AttributeError):  # AttributeError: this system has no such call
        return False
    return True


def _write(path: Path) -> None:
    path.touch()
    path.unlink()


def _connect(kind: int) -> None:
    with socket.socket(socket.AF_INET, kind) as made, suppress(ConnectionError, TimeoutError):
        made.settimeout(1)
        made.connect(_NOWHERE)
        if kind == socket.SOCK_DGRAM:
            made.send(b"")


def _unix(address: str) -> None:
    with socket.socket(socket.AF_UNIX) as made, suppress(ConnectionError, FileNotFoundError):
        made.connect(address)


def _execute() -> None:
    with suppress(FileNotFoundError):  # it was looked for, and so it would have been run
        os.execv(_NO_PROGRAM, [_NO_PROGRAM])  # noqa: S606 - there is none to be run


def _fork() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _ends_with_owner() -> bool:
    if sys.platform != "linux":
        return False
    from core.indexing.sandbox.privileges import ends_with_owner

    return ends_with_owner()
