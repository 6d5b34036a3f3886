"""What a person may send us of a fault: kinds of exceptions, places in our code, versions. Nothing of what is theirs.

An exception's words are left out, because they may quote a text, a query, a path or a key.
"""

from __future__ import annotations

import platform
import sys
import traceback
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PySide6.QtCore import qVersion

_ROOT = Path(__file__).parents[1]
_OURS = ("core", "desktop")
_LIBRARIES = ("carrel", "PySide6-Essentials", "tantivy", "faiss-cpu", "numpy", "pypdfium2")
_MOST_CAUSES = 8


def fault_report(error: BaseException) -> str:
    """Return the report on a fault, as lines of text."""
    return "\n".join([*_kinds(error), "", *_versions()])


def _kinds(error: BaseException) -> list[str]:
    lines: list[str] = []
    cause: BaseException | None = error
    for number in range(_MOST_CAUSES):
        if cause is None:
            break
        lines.append(("caused by " if number else "") + type(cause).__name__)
        lines += _places(cause)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return lines


def _places(error: BaseException) -> list[str]:
    """Return where the exception passed through our code; of foreign code only that it was there."""
    lines: list[str] = []
    for frame in traceback.extract_tb(error.__traceback__):
        place = _place(Path(frame.filename))
        line = "  (other code)" if place is None else f"  {place}:{frame.lineno} {frame.name}"
        if not (place is None and lines and lines[-1] == line):
            lines.append(line)
    return lines


def _place(file: Path) -> str | None:
    if not file.is_relative_to(_ROOT) or file.relative_to(_ROOT).parts[0] not in _OURS:
        return None
    return file.relative_to(_ROOT).as_posix()


def _versions() -> list[str]:
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    libraries = ", ".join(f"{name} {found}" for name in _LIBRARIES if (found := _version(name)))
    return [libraries, f"Python {sys.version.split()[0]}, Qt {qVersion()}, {system}"]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
