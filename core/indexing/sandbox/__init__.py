"""What a reader process may still do once it has loaded its parsers: read the one document that it was handed.

On Linux the kernel holds it to that, for the whole process and for good: no other file, no network, no program, no
process, no thread (Landlock and seccomp, by `ctypes`), and an end with its owner. Limits of memory, time and open files
are set on every system that has them. A kernel that lacks a part leaves it out; `probe` tells by trying what holds.
"""

from __future__ import annotations

import sys

from core.indexing.sandbox.limits import set_limits


def lock(memory: int) -> None:
    """Lock this process, as far as the system can; called by its only thread, after everything is loaded.

    Args:
        memory: Bytes that it may take in addition to what it has.
    """
    set_limits(memory)
    if sys.platform == "linux":
        from core.indexing.sandbox import landlock, privileges, seccomp

        privileges.drop()
        landlock.restrict()
        seccomp.restrict()
