"""A program that watches a folder, for tests that stop and continue it: says `ready`, and ends at the end of input."""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path

from tests.core.engine import quick_engine


def main(data: str, folder: str) -> None:
    """Watch `folder`; for each number on the standard input, wait until there are so many files in the ledger."""
    logging.basicConfig(level=logging.CRITICAL)
    with quick_engine(Path(data)) as kb:
        workspace = kb.workspaces.get_or_create("Watched")
        kb.documents.add(workspace, [folder], watch=True)
        kb.documents.wait(workspace, timeout=60)
        changed = threading.Event()
        kb.subscribe(lambda _: changed.set())
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        for line in sys.stdin:
            # Nothing asks for a look: what is found, the watcher has noticed.
            while (found := kb.documents.ledger(workspace, files=False).total) != int(line):
                changed.wait(0.5)
                changed.clear()
            sys.stdout.write(f"found {found}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
