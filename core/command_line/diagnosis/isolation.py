"""Whether the processes that read files are held to the one file that they read: found by having one try the rest."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from core.command_line.diagnosis.check import Check, Level
from core.domain.clock import SystemClock
from core.errors import CarrelError
from core.indexing.worker_pool import WorkerPool
from core.settings import IndexingSettings

_FOREIGN = Path(os.sep, "etc", "passwd")


@dataclass(frozen=True, slots=True)
class _Measure:
    name: str
    deeds: tuple[str, ...]
    held: str
    open: str


_MEASURES = (
    _Measure("files", ("open", "list", "write", "change"), "it sees the file it reads, and no other", "it could {}"),
    _Measure("network", ("tcp", "udp", "unix"), "it reaches nothing", "it could use {}"),
    _Measure("programs", ("exec", "fork", "signal"), "it starts none, and ends none", "it could {}"),
    _Measure("memory", ("memory",), "the system refuses it too much at once", "{}"),
    _Measure("end", ("outlive",), "the system ends it when Carrel ends", "{}"),
)
_WORDS = {
    "open": "open other files",
    "list": "look into folders",
    "write": "write files",
    "change": "change what others may do with files",
    "tcp": "TCP",
    "udp": "UDP",
    "unix": "sockets of this machine",
    "exec": "run programs",
    "fork": "start processes",
    "signal": "end other processes",
    "memory": "it is only ended after it took too much",
    "outlive": "it ends by itself, after the file that it reads when Carrel ends",
}


def check_isolation(settings: IndexingSettings) -> Iterator[Check]:
    """Let a reader process try what it must not be able to do, and say of each measure whether it holds."""
    foreign = _FOREIGN if _FOREIGN.exists() else Path(__file__)
    pool = WorkerPool(replace(settings, workers=1), SystemClock())
    try:
        done = pool.probe(str(foreign), str(Path.home()))
    except CarrelError as error:
        yield Check("Reader kept to its file", Level.PROBLEM, error.message, "Install Carrel again, or report it.")
        return
    finally:
        pool.close()
    for measure in _MEASURES:
        # What was not tried is not known to be refused.
        possible = [_WORDS[deed] for deed in measure.deeds if done.get(deed, True)]
        name = f"Reader kept to its file: {measure.name}"
        if possible:
            yield Check(name, Level.WARNING, measure.open.format(", ".join(possible)), _advice())
        else:
            yield Check(name, Level.OK, measure.held)


def _advice() -> str:
    if sys.platform == "linux":
        return "Linux 6.12 with Landlock and seccomp refuses all of it; until then, add only files that you trust."
    return "Only Linux refuses it; here, add only files that you trust."
