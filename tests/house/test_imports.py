"""Importing the engine does nothing else: no connection, no file in the user's home, no thread."""

from __future__ import annotations

import subprocess
import sys

# Runs under the watch of `tests/guards/watch.py` with an empty HOME, which fail this test for a connection and a file.
# What native code does is not seen by the watch, so the process also looks at its own connections.
IMPORT_ALL = """
import importlib, pkgutil, threading
import core
names = [each.name for each in pkgutil.walk_packages(core.__path__, "core.") if not each.name.endswith("__main__")]
for name in names:
    importlib.import_module(name)
import psutil
assert psutil.Process().net_connections("inet") == [], "open connections"
assert threading.active_count() == 1, threading.enumerate()
print(len(names))
"""


def test_importing_every_module_touches_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", IMPORT_ALL], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 20
    assert done.stderr == ""


def test_engine_is_imported_without_its_heavy_parts() -> None:
    """A reader process and `carrel --help` start fast only while `import core` stays small."""
    code = "import core, sys; print(sorted({'numpy', 'tantivy', 'faiss', 'wordllama', 'rich'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
