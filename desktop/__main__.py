"""The program `carrel`: alone it opens the window, with a command it is the command line."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from core import command_line


def main() -> int:
    """Run the program and return its exit code."""
    return command_line.main(window=_open_window if _has_screen() else None)


def _has_screen() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _open_window(given: argparse.Namespace) -> int:
    # Only now: the commands need nothing of Qt.
    from desktop.app import run

    return run(Path(given.data_dir) if given.data_dir else None, given.workspace)


if __name__ == "__main__":
    sys.exit(main())
