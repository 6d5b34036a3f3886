"""A reader process on a system that can't lock it: it is told a path, and opens it."""

from __future__ import annotations

import os

from core.indexing.worker_process import Reader, serve


def main(memory: int) -> None:
    serve(Reader().answer, os.fdopen(0, "rb"), os.fdopen(1, "wb"))
