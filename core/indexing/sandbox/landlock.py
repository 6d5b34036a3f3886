"""Landlock: the calling thread opens, makes, moves and removes no file any more (landlock(7), Linux 5.13).

What is open stays open, and memory files (memfd_create(2)) are on no disk, so they can still be opened: that is how a
reader gets its document. Newer kernels also refuse TCP (6.7), abstract Unix sockets and signals to others (6.12).
"""

from __future__ import annotations

import os
import struct
from contextlib import suppress

from core.indexing.sandbox.kernel import libc

_CREATE_RULESET, _RESTRICT_SELF = 444, 446  # the same on every processor
_VERSION = 1
# Rights by the version of the interface that brought them; a right that is named, and that no rule grants, is refused.
_FILE_RIGHTS = ((1, 0x1FFF), (2, 1 << 13), (3, 1 << 14), (5, 1 << 15))
_NETWORK_RIGHTS = ((4, 0b11),)
_SCOPES = ((6, 0b11),)


def version() -> int:
    """Return the version of the kernel's interface; 0 or less where it has none, or where it is switched off."""
    answer: int = libc().syscall(_CREATE_RULESET, None, 0, _VERSION)
    return answer


def restrict(abi: int | None = None) -> bool:
    """Restrict the calling thread as far as the interface goes; tell whether the kernel agreed.

    Args:
        abi: The version to use; by default the kernel's.
    """
    abi = version() if abi is None else abi
    if abi < 1:
        return False
    words = [_rights(_FILE_RIGHTS, abi)]
    if abi >= 4:
        words.append(_rights(_NETWORK_RIGHTS, abi))
    if abi >= 6:
        words.append(_rights(_SCOPES, abi))
    attributes = struct.pack(f"{len(words)}Q", *words)
    ruleset = libc().syscall(_CREATE_RULESET, attributes, len(attributes), 0)
    if ruleset < 0:
        return False
    done: int = libc().syscall(_RESTRICT_SELF, ruleset, 0)
    with suppress(OSError):
        os.close(ruleset)
    return done == 0


def _rights(table: tuple[tuple[int, int], ...], abi: int) -> int:
    return sum(bits for since, bits in table if since <= abi)
