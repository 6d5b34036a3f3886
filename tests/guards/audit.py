"""Watches what a process does while tests run: no connection leaves the machine, no file is written outside tmp.

Python's audit events see every socket and every opened file, whichever library asks for it, and can't be patched away.
The test process installs the watch in `tests/conftest.py`. Python processes that a test starts install it themselves: a
`sitecustomize` module, which Python imports by that name when it starts, lies in a folder on PYTHONPATH. All that they
need is in that folder, so that the watch also reaches a process that gets hardly any environment. Only the standard
library is imported here: this module is loaded before anything else in every such process.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

REPORT = "report"  # file in the watch's folder: a line for each thing that should not have happened
LOOPBACK = "loopback"  # while this file lies there, connections to this machine are allowed

_OPENED_FOR_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_LOOPBACK_HOSTS = ("127.0.0.1", "::1", "localhost")
_CHANGED = {"os.mkdir": 1, "os.remove": 1, "os.rename": 2}  # and how many paths the event begins with
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


def prepare(folder: Path, writable: Sequence[Path]) -> str:
    """Make `folder` the watch's own; return the PYTHONPATH under which Python processes install the watch.

    Args:
        folder: An empty folder that exists.
        writable: Folders in which files may be written.
    """
    roots = tuple(os.path.realpath(each) for each in writable)
    (folder / "sitecustomize.py").write_text(
        "import importlib.util\n"
        f"spec = importlib.util.spec_from_file_location('carrel_test_audit', {__file__!r})\n"
        "audit = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(audit)\n"
        f"audit.install({str(folder)!r}, {roots!r})\n",
        "utf-8",
    )
    return os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))


def install(folder: str, writable: tuple[str, ...]) -> None:
    """Watch this process until `folder` is removed; a process can't take an audit hook off again.

    A connection raises `Blocked` and is reported; a file written outside of the writable folders is only reported, so
    that no half-done work is left behind.
    """
    report = Path(folder, REPORT)
    loopback = Path(folder, LOOPBACK)

    def note(line: str) -> None:
        if not report.parent.is_dir():
            return  # the tests are over
        descriptor = os.open(report, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, (line + "\n").encode("utf-8", "backslashreplace"))
        finally:
            os.close(descriptor)

    def check_host(event: str, host: object) -> None:
        if isinstance(host, bytes):
            host = host.decode("ascii", "backslashreplace")
        if not isinstance(host, str) or (host in _LOOPBACK_HOSTS and loopback.exists()):
            return
        note(f"{event} {host}")
        raise Blocked(f"{event} {host!r}: tests never use the network")

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if flags & _OPENED_FOR_WRITING and not _may_write(path, writable):
                note(f"wrote {os.fsdecode(path)}")
        elif event in _CHANGED:
            paths = arguments[: _CHANGED[event]]
            relative_to_descriptor = arguments[-1] != -1  # by dir_fd, which tells no path
            if not relative_to_descriptor and not all(_may_write(path, writable, through_link=False) for path in paths):
                note(f"{event} {' '.join(os.fsdecode(path) for path in paths)}")
        elif event in _ADDRESSED:
            if isinstance(arguments[1], tuple):  # the address of AF_UNIX is a path
                check_host(event, arguments[1][0])
        elif event in _RESOLVED:
            check_host(event, arguments[0])

    sys.addaudithook(watch)


def _may_write(path: object, writable: tuple[str, ...], *, through_link: bool = True) -> bool:
    if not isinstance(path, (str, bytes, os.PathLike)):
        return True  # a descriptor that is open already
    whole = os.fsdecode(path)
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
