"""seccomp: the calling thread makes no socket, runs no program, and starts no process or thread any more.

A filter in the kernel refuses system calls by their number (seccomp(2), classic BPF). It refuses what a parser never
needs and what Landlock does not cover, and every call that is newer than the table below. The numbers are those of
Linux 6.14 (arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h).
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterator, Sequence

from core.indexing.sandbox.kernel import prctl
from core.indexing.sandbox.privileges import PR_GET_PDEATHSIG

_PR_SET_SECCOMP, _MODE_FILTER = 22, 2
_LOAD, _EQUAL, _GREATER, _RETURN = 0x20, 0x15, 0x25, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # where they stand in struct seccomp_data
_ALLOW, _KILL, _FAIL = 0x7FFF0000, 0x80000000, 0x00050000

# name: (number on x86-64, number on ARM64), or one number for both; None where a processor has no such call
_REFUSED: dict[str, tuple[int | None, int | None] | int] = {
    # network
    "socket": (41, 198),
    "socketpair": (53, 199),
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
    "accept": (43, 202),
    "accept4": (288, 242),
    "sendto": (44, 206),
    "sendmsg": (46, 211),
    "sendmmsg": (307, 269),
    # programs, processes, threads; also what asks the kernel to do other calls by the way
    "fork": (57, None),
    "vfork": (58, None),
    "clone": (56, 220),
    "clone3": 435,
    "execve": (59, 221),
    "execveat": (322, 281),
    "unshare": (272, 97),
    "setns": (308, 268),
    "io_uring_setup": 425,
    "io_uring_enter": 426,
    "io_uring_register": 427,
    # other processes: looking into them, and ending them
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_open": 434,
    "pidfd_getfd": 438,
    "pidfd_send_signal": 424,
    "kill": (62, 129),
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    # memory that no limit counts, or that others see
    "memfd_create": (319, 279),
    "memfd_secret": 447,
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    # what can be changed about a file without opening it
    "truncate": (76, 45),
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": 452,
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "setxattrat": 463,
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "removexattrat": 466,
    # parts of the kernel in which faults are found most often
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "bpf": (321, 280),
    "userfaultfd": (323, 282),
    "perf_event_open": (298, 241),
    "setrlimit": (160, 164),
}
_NEWEST = 466
# Numbers as above; these pass with some arguments. Words are halves of an argument: a number has one, an address two.
_TGKILL, _PRLIMIT, _PRCTL = (234, 131), (302, 261), (157, 167)
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}


def restrict(machine: str | None = None) -> bool:
    """Restrict the calling thread, which must have given up new privileges; tell whether the kernel agreed."""
    known = _MACHINES.get(machine or platform.machine())
    if known is None or sys.maxsize < 2**32:
        return False
    program = b"".join(_filter(*known))
    buffer = ctypes.create_string_buffer(program)
    # struct sock_fprog: a count of instructions, and their address
    head = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(program) // 8, ctypes.addressof(buffer)))
    return prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.addressof(head))


def _filter(column: int, architecture: int) -> Iterator[bytes]:
    """Yield the instructions; a jump tells how many to pass over if the comparison holds, and if it does not."""
    fail = _FAIL | errno.EPERM
    yield _instruction(_LOAD, _ARCHITECTURE)
    yield _instruction(_EQUAL, architecture, 1, 0)
    yield _instruction(_RETURN, _KILL)
    yield _instruction(_LOAD, _NUMBER)
    yield _instruction(_GREATER, _NEWEST, 0, 1)  # also the calls of x32, which have numbers of their own
    yield _instruction(_RETURN, _FAIL | errno.ENOSYS)
    # It may send a signal to itself, as abort() does, ask for its limits, and ask whether it ends with its owner.
    yield from _only(_TGKILL[column], [(0, os.getpid())])
    yield from _only(_PRLIMIT[column], [(4, 0), (5, 0)])
    yield from _only(_PRCTL[column], [(0, PR_GET_PDEATHSIG)])
    for numbers in _REFUSED.values():
        number = numbers if isinstance(numbers, int) else numbers[column]
        if number is not None:
            yield _instruction(_EQUAL, number, 0, 1)
            yield _instruction(_RETURN, fail)
    yield _instruction(_RETURN, _ALLOW)


def _only(number: int, words: Sequence[tuple[int, int]]) -> Iterator[bytes]:
    """Yield what refuses a call unless each of these words of its arguments has the value."""
    yield _instruction(_EQUAL, number, 0, 2 * len(words) + 2)
    for index, (word, value) in enumerate(words):
        yield _instruction(_LOAD, _ARGUMENTS + 4 * word)
        yield _instruction(_EQUAL, value, 0, 2 * (len(words) - index) - 1)
    yield _instruction(_RETURN, _ALLOW)
    yield _instruction(_RETURN, _FAIL | errno.EPERM)


def _instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)
