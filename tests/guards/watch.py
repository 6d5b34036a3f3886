"""Watches what a process does while tests run: no connection leaves the machine, no file is written outside tmp.

The functions by which Python opens files and sockets are replaced by ones that look first. (An audit hook would see
more, but on Python 3.11 it must not be written in Python while coverage traces threads: `sys.settrace` calls the hook,
and fails when another thread gets its turn in there.)

The test process installs the watch in `tests/conftest.py`. Python processes that a test starts install it themselves: a
`sitecustomize` module, which Python imports by that name when it starts, lies in a folder on PYTHONPATH. All that they
need is in that folder, so that the watch also reaches a process that gets hardly any environment. Only the standard
library is imported here: this module is loaded before anything else in every such process.
"""

from __future__ import annotations

import builtins
import io
import os
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

REPORT = "report"  # file in the watch's folder: a line for each thing that should not have happened
LOOPBACK = "loopback"  # while this file lies there, connections to this machine are allowed

_FLAGS_OF_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_LOOPBACK_HOSTS = ("127.0.0.1", "::1", "localhost")
# What tools leave beside the code; git ignores all of it.
_TOOL_FILES = (
    "__pycache__",
    ".coverage",
    ".hypothesis",
    ".import_linter_cache",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
)


class Blocked(RuntimeError):
    """A test tried to reach the network."""


def prepare(folder: Path, writable: Sequence[Path]) -> str:
    """Make `folder` the watch's own; return the PYTHONPATH under which Python processes install the watch.

    Args:
        folder: An empty folder that exists.
        writable: Folders in which files may be written.
    """
    (folder / "sitecustomize.py").write_text(
        "import importlib.util\n"
        f"spec = importlib.util.spec_from_file_location('carrel_test_watch', {__file__!r})\n"
        "watch = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(watch)\n"
        f"watch.install({str(folder)!r}, {[str(each) for each in writable]!r})\n",
        "utf-8",
    )
    return os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))


def install(folder: str, writable: Sequence[str]) -> None:
    """Watch this process from now on; nothing is reported any more when `folder` has gone.

    A connection raises `Blocked` and is reported; a file written outside of the writable folders is only reported, so
    that no half-done work is left behind.
    """
    report = _Report(Path(folder))
    _watch_files(report, tuple(os.path.realpath(each) for each in writable))
    _watch_sockets(report)


class _Report:
    """Where the watch writes what it saw; many processes add to one file."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / REPORT
        self._loopback = folder / LOOPBACK
        self._open = os.open  # as it was before the watch

    def add(self, line: str) -> None:
        if not self._file.parent.is_dir():
            return  # the tests are over
        descriptor = self._open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, (line + "\n").encode("utf-8", "backslashreplace"))
        finally:
            os.close(descriptor)

    def refuse(self, call: str, host: object) -> None:
        """Report a host that is asked for, and raise; this machine itself passes where a test may use it."""
        if isinstance(host, bytes):
            host = host.decode("ascii", "backslashreplace")
        if not isinstance(host, str) or (host in _LOOPBACK_HOSTS and self._loopback.exists()):
            return
        self.add(f"{call} {host}")
        raise Blocked(f"{call} {host!r}: tests never use the network")


class _Watched:
    """A function with a look in front; unlike a plain one, it does not become a method when a class keeps it."""

    def __init__(self, original: Callable[..., Any], look: Callable[..., None]) -> None:
        self.__wrapped__ = original
        self.__name__ = original.__name__
        self.__doc__ = original.__doc__
        self._look = look

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self._look(*args, **kwargs)
        return self.__wrapped__(*args, **kwargs)


def _watch_files(report: _Report, writable: tuple[str, ...]) -> None:
    def opened(file: Any, mode: str = "r", *_: object, **__: object) -> None:
        if not set("wax+").isdisjoint(mode) and not _may_write(file, writable):
            report.add(f"wrote {os.fsdecode(file)}")

    def opened_by_flags(path: Any, flags: int, *_: object, dir_fd: int | None = None, **__: object) -> None:
        if dir_fd is None and flags & _FLAGS_OF_WRITING and not _may_write(path, writable):
            report.add(f"wrote {os.fsdecode(path)}")

    def made(path: Any, *_: object, dir_fd: int | None = None) -> None:
        if dir_fd is None and not _may_write(path, writable):
            report.add(f"made {os.fsdecode(path)}")

    def removed(path: Any, *, dir_fd: int | None = None) -> None:
        if dir_fd is None and not _may_write(path, writable, through_link=False):
            report.add(f"removed {os.fsdecode(path)}")

    def moved(src: Any, dst: Any, **_: object) -> None:
        if not all(_may_write(path, writable, through_link=False) for path in (src, dst)):
            report.add(f"moved {os.fsdecode(src)} to {os.fsdecode(dst)}")

    builtins.open = io.open = _Watched(builtins.open, opened)
    looks: dict[str, Callable[..., None]] = {"open": opened_by_flags, "mkdir": made, "rename": moved, "replace": moved}
    for name, look in (looks | {"remove": removed, "unlink": removed}).items():
        original = getattr(os, name)
        watched = _Watched(original, look)
        setattr(os, name, watched)
        if original in os.supports_dir_fd:  # shutil asks whether it may use this function safely
            os.supports_dir_fd.add(watched)


def _may_write(path: object, writable: tuple[str, ...], *, through_link: bool = True) -> bool:
    if not isinstance(path, (str, bytes, os.PathLike)):
        return True  # a descriptor that is open already
    whole = os.fsdecode(path)
    if "\0" in whole:
        return True  # the system refuses it
    if through_link:
        whole = os.path.realpath(whole)
    else:  # removing or renaming changes the link, not what it points to
        parent, name = os.path.split(os.path.abspath(whole))  # noqa: PTH100 (Path.absolute() keeps "..")
        whole = os.path.join(os.path.realpath(parent), name)  # noqa: PTH118 (a plain string is faster here)
    if whole.startswith(("/dev/", "/proc/")):
        return True
    if any(part.startswith(_TOOL_FILES) for part in Path(whole).parts):
        return True
    return any(whole == folder or whole.startswith(folder + os.sep) for folder in writable)


def _watch_sockets(report: _Report) -> None:
    def asked(name: str) -> Callable[..., None]:
        return lambda host, *_, **__: report.refuse(f"socket.{name}", host)

    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr"):
        setattr(socket, name, _Watched(getattr(socket, name), asked(name)))

    def method(name: str, address_of: Callable[[tuple[Any, ...]], object]) -> None:
        original = getattr(socket.socket, name)

        def watched(self: socket.socket, *args: Any) -> Any:
            address = address_of(args)
            if isinstance(address, tuple):  # the address of AF_UNIX is a path
                report.refuse(f"socket.{name}", address[0])
            return original(self, *args)

        setattr(socket.socket, name, watched)

    for name in ("bind", "connect", "connect_ex"):
        method(name, lambda args: args[0])
    method("sendto", lambda args: args[-1])  # (data, address) or (data, flags, address)
    method("sendmsg", lambda args: args[3] if len(args) > 3 else None)
