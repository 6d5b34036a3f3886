"""Tells files that opening could run from those that it shows."""

from __future__ import annotations

import os
from pathlib import Path

_WINDOWS = """
    application appref-ms bat chm cmd com cpl diagcab exe gadget hlp hta inf js jse lnk msc msi msp pif ps1 psm1 reg scf
    scr sct settingcontent-ms shb shs url vb vbe vbs ws wsc wsf wsh xbap xll
"""
_MACOS = "action app applescript command fileloc inetloc mpkg osax pkg scpt scptd terminal tool webloc workflow"
_LINUX = "appimage desktop flatpakref run"
_ANYWHERE = "bash csh fish jar jnlp ksh lua php pl py pyc pyw pyz pyzw rb sh tcl zsh"
_ENDINGS = frozenset(f"{_WINDOWS} {_MACOS} {_LINUX} {_ANYWHERE}".split())
"""Endings of files that some system runs, or obeys, when they are opened."""
_MAGIC = (b"#!", b"\x7fELF", b"[Desktop Entry]", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"MZ")
"""How files begin that a system can run: scripts, programs of Linux, of macOS and of Windows, and desktop entries."""


def runs(path: Path) -> bool:
    """Return whether opening a file could run what is in it; looks at its beginning where it is marked as a program.

    A link is judged by its own name and by that of the file that it leads to.
    """
    names = {path.name, Path(os.path.realpath(path)).name}
    # Windows leaves out dots and spaces at the end of a name.
    if any(Path(name.rstrip(". ")).suffix[1:].lower() in _ENDINGS for name in names):
        return True
    try:
        if path.is_file() and (not path.suffix or os.access(path, os.X_OK)):
            with path.open("rb") as file:
                return file.read(64).lstrip().startswith(_MAGIC)
    except OSError:
        return False  # it can't be read, and so not be run
    return False
