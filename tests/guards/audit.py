"""Watches what a process does while tests run: no connection leaves the machine, no file is written outside tmp.

Python's audit events see every socket and every opened file, whichever library asks for it, and can't be patched away.
The test process installs the watch in `tests/conftest.py`; Python processes that a test starts install it themselves
(`children/sitecustomize.py`), because the variables below travel with the environment. Only the standard library is
imported here: this module is loaded before anything else in every such process.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

REPORT = "CARREL_TEST_REPORT"
WRITABLE = "CARREL_TEST_WRITABLE"
LOOPBACK = "CARREL_TEST_LOOPBACK"

CHILDREN = Path(__file__).parent / "children"

_OPENED_FOR_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_LOOPBACK_HOSTS = ("127.0.0.1", "::1", "localhost")
_ADDRESSED = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind")
_RESOLVED = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
# What tools leave beside the code; git ignores all of it.
_TOOL_FILES = (
    "__pycache__",
    ".coverage",
    ".pytest_cache",
    ".hypothesis",
    ".mypy_cache",
    ".ruff_cache",
    ".import_linter_cache",
)


class Blocked(RuntimeError):
    """A test tried to reach the network."""


def variables(report: Path, writable: Iterable[Path]) -> dict[str, str]:
    """Return the environment that makes this process, and each Python process it starts, report to `report`.

    Args:
        report: The file that gets one line for each thing that should not have happened.
        writable: Folders in which files may be written.
    """
    return {
        REPORT: str(report),
        WRITABLE: os.pathsep.join(os.path.realpath(folder) for folder in writable),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(CHILDREN), os.environ.get("PYTHONPATH")])),
    }


def install() -> None:
    """Watch this process from now on; a process can't take an audit hook off again.

    A connection raises `Blocked` and is reported; a file written outside of the writable folders is only reported, so
    that no half-done work is left behind.
    """
    report = os.environ[REPORT]
    writable = tuple(os.environ[WRITABLE].split(os.pathsep))

    def note(line: str) -> None:
        if REPORT not in os.environ:
            return  # the tests are over
        descriptor = os.open(report, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, (line + "\n").encode("utf-8", "backslashreplace"))
        finally:
            os.close(descriptor)

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if flags & _OPENED_FOR_WRITING and not _may_write(path, writable):
                note(f"wrote {os.fsdecode(path)}")
        elif event == "os.mkdir" or event == "os.remove":
            if not _may_write(arguments[0], writable):
                note(f"{event[3:]} {os.fsdecode(arguments[0])}")
        elif event == "os.rename":
            if not all(_may_write(path, writable) for path in arguments[:2]):
                note(f"renamed {os.fsdecode(arguments[0])} to {os.fsdecode(arguments[1])}")
        elif event in _ADDRESSED:
            _check_address(event, arguments[1], note)
        elif event in _RESOLVED:
            _check_host(event, arguments[0], note)

    sys.addaudithook(watch)


def _may_write(path: object, writable: tuple[str, ...]) -> bool:
    if not isinstance(path, (str, bytes, os.PathLike)):
        return True  # a descriptor that is open already
    name = os.fsdecode(path)
    whole = os.path.realpath(name)
    if whole.startswith(("/dev/", "/proc/")):
        return True
    if any(part.startswith(_TOOL_FILES) for part in Path(whole).parts):
        return True
    return any(whole == folder or whole.startswith(folder + os.sep) for folder in writable)


def _check_address(event: str, address: object, note: Any) -> None:
    if isinstance(address, tuple):  # AF_UNIX has a path, netlink a pair of numbers; only names and addresses leave
        _check_host(event, address[0], note)


def _check_host(event: str, host: object, note: Any) -> None:
    if isinstance(host, bytes):
        host = host.decode("ascii", "backslashreplace")
    if not isinstance(host, str) or (host in _LOOPBACK_HOSTS and os.environ.get(LOOPBACK)):
        return
    note(f"{event} {host}")
    raise Blocked(f"{event} {host!r}: tests never use the network")
