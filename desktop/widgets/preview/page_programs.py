"""Opens a PDF at a page, where the person's own program for PDF is one that is known to take a page.

Programs are started with a list of arguments and never by a shell, and a file is named by its absolute path: whatever
stands in a file name (a dash in front, spaces, a line end, a `#`) is nothing but a name.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path, PureWindowsPath

from PySide6.QtCore import QProcess, QUrl

_SECONDS = 3.0
Arguments = Callable[[str, int], list[str]]


def _url(path: str, page: int) -> list[str]:
    url = QUrl.fromLocalFile(path)
    url.setFragment(f"page={page}")
    return [url.toString(QUrl.ComponentFormattingOption.FullyEncoded)]


def _page_index(path: str, page: int) -> list[str]:
    return [f"--page-index={page}", path]


_ARGUMENTS: dict[str, Arguments] = {
    "evince": _page_index,
    "atril": _page_index,
    "xreader": _page_index,
    "okular": lambda path, page: ["-p", str(page), path],
    "zathura": lambda path, page: ["-P", str(page), path],
    "qpdfview": lambda path, page: [f"{path}#{page}"],
    "mupdf": lambda path, page: [path, str(page)],
    "sumatrapdf": lambda path, page: ["-page", str(page), path],
    "acrobat": lambda path, page: ["/A", f"page={page}", path],
    "acrord32": lambda path, page: ["/A", f"page={page}", path],
    **dict.fromkeys(
        (
            *("firefox", "firefox-esr", "chromium", "chromium-browser", "google-chrome", "brave-browser"),
            *("microsoft-edge", "chrome", "msedge", "brave"),
        ),
        _url,
    ),
}
"""How each program takes a page, counted from 1, by the name of its file without `.exe`."""
_OF_ENTRY = {
    "org.gnome.evince": "evince",
    "org.kde.okular": "okular",
    "okularapplication_pdf": "okular",
    "org.pwmt.zathura": "zathura",
    "org.pwmt.zathura-pdf-mupdf": "zathura",
    "org.pwmt.zathura-pdf-poppler": "zathura",
    "org.mozilla.firefox": "firefox",
    "google-chrome-stable": "google-chrome",
}
"""Programs whose desktop entry on Linux bears another name."""


def command_at_page(path: Path, page: int) -> Sequence[str] | None:
    """Return program and arguments that show a PDF at a page, from 1; None where no program is known to do it.

    Asks the system which program the person has chosen, which takes a moment.
    """
    program = default_program() if page > 0 and path.is_absolute() else None
    if program is None:
        return None
    name = PureWindowsPath(program).name.lower() if sys.platform == "win32" else os.path.basename(program)  # noqa: PTH119
    arguments = _ARGUMENTS.get(name.removesuffix(".exe"))
    return None if arguments is None else [program, *arguments(os.fspath(path), page)]


def start(command: Sequence[str]) -> bool:
    """Start a program that goes on when Carrel ends; return whether it could be started."""
    started = QProcess.startDetached(command[0], list(command[1:]))
    return bool(started[0] if isinstance(started, tuple) else started)


def default_program() -> str | None:
    """Return the absolute path of the program that the person opens PDF with, or None where that is not known."""
    if sys.platform == "win32":
        return _associated_program()
    return None if sys.platform == "darwin" else _program_of_entry()


def _program_of_entry() -> str | None:
    asker = _found("xdg-mime")
    if asker is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - a program of the system, and words of our own
            [asker, "query", "default", "application/pdf"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    entry = done.stdout.decode("utf-8", "replace").strip().removesuffix(".desktop").lower()
    program = _OF_ENTRY.get(entry, entry)
    return _found(program) if program in _ARGUMENTS else None


def _found(program: str) -> str | None:
    found = shutil.which(program)
    # A relative folder on PATH would be looked for where Carrel happens to stand.
    return found if found is not None and Path(found).is_absolute() else None


def _associated_program() -> str | None:
    """Ask Windows, by the same table from which it opens files itself."""
    if sys.platform != "win32":
        return None
    import ctypes

    room = ctypes.c_ulong(1024)
    found = ctypes.create_unicode_buffer(room.value)
    executable = 2  # ASSOCSTR_EXECUTABLE
    failed = ctypes.windll.shlwapi.AssocQueryStringW(0, executable, ".pdf", "open", found, ctypes.byref(room))
    return None if failed or not found.value else found.value
