"""A process of its own that loads the parts built by a compiler, and says of each whether that went well.

A part that was built for another processor does not fail, it ends the process; then the last line names it.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

PARTS = {
    "numpy": "numpy",
    "tantivy": "tantivy",
    "faiss-cpu": "faiss",
    "tokenizers": "tokenizers",
    "safetensors": "safetensors.numpy",
    "pypdfium2": "pypdfium2",
    "selectolax": "selectolax.lexbor",
    "python-calamine": "python_calamine",
    "psutil": "psutil",
}
"""Packages, and the module of each that holds what was compiled."""

BEGIN, DONE, FAILED = "begin", "done", "failed"


def main(names: Sequence[str]) -> None:
    """Load the named packages; print what happens, one line each time."""
    for name in names:
        print(BEGIN, name, flush=True)  # noqa: T201 - read by the process that started this one
        try:
            module = importlib.import_module(PARTS[name])
            if name == "faiss-cpu":
                _search(module)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
            print(FAILED, f"{type(error).__name__}: {error}".replace("\n", " "), flush=True)  # noqa: T201 - as above
        else:
            print(DONE, flush=True)  # noqa: T201 - as above


def _search(faiss: object) -> None:
    """Use what only runs, and may only fail, when vectors are compared."""
    import numpy as np

    index = faiss.IndexHNSWFlat(16, 4)  # type: ignore[attr-defined] # the package tells no types
    index.add(np.eye(4, 16, dtype=np.float32))
    _, labels = index.search(np.eye(1, 16, dtype=np.float32), 1)
    if labels[0, 0] != 0:
        raise ArithmeticError("it finds the wrong vector")


if __name__ == "__main__":
    main(sys.argv[1:])
