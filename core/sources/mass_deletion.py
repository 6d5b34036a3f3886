"""When files that are gone all at once are more likely a mishap than somebody's wish.

A disk that was not mounted, a synchronising program that signed out and a slip of the hand look like deletions. They
are held until a person decides. What a person does on purpose is mostly small, and what version control takes away,
it can bring back.
"""
# Paths are raw bytes, because not every file name is text; pathlib takes text only.
# ruff: noqa: PTH111, PTH112, PTH116, PTH118, PTH120

from __future__ import annotations

import os

HANDFUL = 10
MANY = 100
SHARE = 0.3

_CONTROL = ((b".git", b"index"), (b".hg", b"dirstate"))


def is_mass(gone: int, recorded: int) -> bool:
    """Tell whether so many of the recorded files are gone at once that a person should be asked."""
    return gone > MANY or (gone > HANDFUL and gone > SHARE * recorded)


class Checkouts:
    """Tells which files went because version control has put another state of them into the folder."""

    def __init__(self, since: float) -> None:
        """`since` is when the files were last there (seconds since 1970)."""
        self._since = since
        self._home = os.path.expanduser(b"~")
        self._known: dict[bytes, bool] = {}

    def rewrote(self, path: bytes) -> bool:
        """Tell whether a file stood in a working copy that was brought to another state since then.

        A working copy that is the home folder does not count: most of what stands there is not in it.
        """
        return self._rewritten(os.path.dirname(path))

    def _rewritten(self, folder: bytes) -> bool:
        if folder not in self._known:
            self._known[folder] = self._ask(folder)
        return self._known[folder]

    def _ask(self, folder: bytes) -> bool:
        for control, state in _CONTROL:
            place = os.path.join(folder, control)
            if os.path.lexists(place):
                try:
                    return folder != self._home and os.stat(os.path.join(_control(place), state)).st_mtime > self._since
                except OSError:
                    return False
        parent = os.path.dirname(folder)
        return parent != folder and self._rewritten(parent)


def _control(place: bytes) -> bytes:
    """Return the folder of version control; a linked working copy has a file there that names it."""
    if os.path.isdir(place):
        return place
    with open(place, "rb") as file:  # noqa: PTH123 - a raw path
        named = file.read(4096).removeprefix(b"gitdir:").strip()
    return os.path.join(os.path.dirname(place), named)
