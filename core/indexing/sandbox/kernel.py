"""Calls of the Linux kernel that Python has no function for."""

from __future__ import annotations

import ctypes
from functools import cache


@cache
def libc() -> ctypes.CDLL:
    """Return the C library that is loaded already."""
    return ctypes.CDLL(None, use_errno=True)


def prctl(option: int, first: int, second: int = 0) -> bool:
    """Change something about the calling thread; tell whether the kernel agreed."""
    zero = ctypes.c_ulong(0)
    done: int = libc().prctl(option, ctypes.c_ulong(first), ctypes.c_ulong(second), zero, zero)
    return done == 0
