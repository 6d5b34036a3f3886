"""What a process asks the Linux kernel to take from it: privileges, and its life after its owner's."""

from __future__ import annotations

import ctypes
import signal
import struct

from core.indexing.sandbox.kernel import libc, prctl

PR_SET_PDEATHSIG, PR_GET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 2, 38
_CAPABILITY_VERSION_3 = 0x20080522


def end_with_owner() -> None:
    """Have the kernel kill this process as soon as the thread that started it is gone, whatever it is busy with."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def ends_with_owner() -> bool:
    """Ask the kernel whether it will."""
    number = ctypes.c_int()
    return prctl(PR_GET_PDEATHSIG, ctypes.addressof(number)) and number.value == signal.SIGKILL


def drop() -> None:
    """Give up all capabilities (of a root user), and the way to any by a program with more rights."""
    header, nothing = struct.pack("Ii", _CAPABILITY_VERSION_3, 0), bytes(24)
    libc().capset(header, nothing)
    prctl(PR_SET_NO_NEW_PRIVS, 1)
