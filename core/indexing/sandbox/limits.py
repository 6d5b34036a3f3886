"""Limits that POSIX systems put on one process."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

OPEN_FILES = 64
_STATUS = Path("/proc/self/statm")


def set_limits(memory: int) -> None:
    """Limit this process: nothing written, no core dump, no further process, few open files, `memory` more bytes.

    The limit of memory is one of addresses: a single huge allocation fails before any of it is used, which watching the
    process from outside would notice too late. Windows has none of these.
    """
    if sys.platform == "win32":
        return
    import resource

    limits = {
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_NOFILE: OPEN_FILES,
    }
    if sys.platform == "linux":
        pages = int(_STATUS.read_text("ascii").split()[0])
        limits[resource.RLIMIT_AS] = pages * resource.getpagesize() + memory
    for limit, most in limits.items():
        hard = resource.getrlimit(limit)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(OSError, ValueError):  # a system may refuse one; the others still count
            resource.setrlimit(limit, (most, most))


def limit_seconds(seconds: float) -> None:
    """End this process after so many seconds of computing; 0 takes the limit back.

    The owner ends a reader sooner, by the clock on the wall; this is for a reader whose owner has stopped or gone.
    """
    if sys.platform != "win32":
        import signal

        signal.setitimer(signal.ITIMER_PROF, seconds)
