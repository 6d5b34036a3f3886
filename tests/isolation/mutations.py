"""Takes one wall between workspaces or scopes away at a time, in a copy of the code, and sees whether a test notices.

    python -m tests.isolation.mutations [--json]

The exit code is 1 if one of these mutants survives the tests, or if one can no longer be made because the code has
changed, and 2 if the tests fail in a copy from which nothing was taken.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
TESTS = (
    "tests/core/store/test_hits.py",
    "tests/core/concurrency/test_loop.py",
    "tests/core/keyword_index/test_search.py",
    "tests/core/test_isolation.py",
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A wall, where it stands, and what stands there when it is gone."""

    wall: str
    file: str
    before: str
    after: str
    at: int = 0  # which of several places in the file


_SCOPE = "AND scope IN (SELECT value FROM"
_HITS = "core/store/hits.py"
_VIEW = "core/keyword_index/view.py"
MUTANTS = (
    Mutant(
        "expired and hidden documents", "core/store/documents.py", 'VISIBLE = "hidden_at', 'VISIBLE = "1 OR hidden_at'
    ),
    Mutant("scope of passages", _HITS, _SCOPE, "AND 1 OR scope IN (SELECT value FROM", 0),
    Mutant("scope of owners", _HITS, " AND scope IN", " AND 1 OR scope IN", 1),
    Mutant("scope of documents", _HITS, _SCOPE, "AND 1 OR scope IN (SELECT value FROM", 2),
    Mutant("current version of passages", _HITS, "AND document.current_version_id = chunk.version_id", "", 0),
    Mutant("current version of owners", _HITS, 'AND"\n                f" document', "", 0),
    Mutant("scope of a filter", "core/store/filters.py", "scope IN (SELECT value FROM json_each(?))", "? IS NOT NULL"),
    Mutant("scope in the keyword index", _VIEW, "if not self._sees_all:", "if False:"),
    Mutant("scope of words", _VIEW, "condition = None if self._statistics_hold else", "condition = None if True else"),
    Mutant("scope of counts of words", _VIEW, "if not found or self._statistics_hold:", "if True:"),
    Mutant(
        "no scope, nothing seen",
        _VIEW,
        "self._seen = snapshot.scopes.intersection(scopes)",
        "self._seen = snapshot.scopes",
    ),
    Mutant(
        "sessions among the vectors", "core/retrievers/reach.py", 'all(":" not in scope for scope in scopes)', "True"
    ),
    Mutant(
        "what is kept for another view",
        "core/retrievers/reach.py",
        "tuple(filters), tuple(scopes))\n",
        "tuple(filters), ())\n",
    ),
    Mutant(
        "kinds of scopes among the vectors",
        "core/retrievers/vector.py",
        "{scope_kind(scope) for scope in reach.scopes}",
        '("workspace", "session")',
    ),
    Mutant(
        "a folder for each workspace",
        "core/open_workspaces.py",
        "self._folder.workspace(workspace.id)",
        'self._folder.workspace("all")',
    ),
    Mutant(
        "a place for each workspace",
        "core/open_workspaces.py",
        "self._places.setdefault(workspace.id,",
        'self._places.setdefault("all",',
    ),
    Mutant("no text in the log", "core/concurrency/loop.py", "type(error).__name__", "str(error)"),
)


def _made(mutant: Mutant, copy: Path) -> bool:
    """Change the copy; return False where the code no longer stands as the mutant expects."""
    file = copy / mutant.file
    parts = file.read_text("utf-8").split(mutant.before)
    if len(parts) < mutant.at + 2:
        return False
    head, tail = mutant.before.join(parts[: mutant.at + 1]), mutant.before.join(parts[mutant.at + 1 :])
    file.write_text(head + mutant.after + tail, "utf-8")
    return True


def survives(mutant: Mutant) -> bool | None:
    """Return whether the tests pass although the wall is gone; None if the mutant can't be made."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in ("core", "tests"):
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        for part in ("pyproject.toml", "README.md"):
            shutil.copy(ROOT / part, copy / part)
        if not _made(mutant, copy):
            return None
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *TESTS]
        environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, check=False)
        if done.returncode not in (0, 1):
            raise RuntimeError(done.stdout.decode()[-2000:] + done.stderr.decode()[-2000:])
        return done.returncode == 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Take walls away and see whether a test notices.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", default="", help="a part of the name of the walls to take away")
    options = parser.parse_args(arguments)
    words = {True: "SURVIVED", False: "noticed", None: "can't be made"}
    rows = []
    if not survives(Mutant("nothing", _HITS, "import json", "import json")):
        sys.stderr.write("The tests fail before anything is taken away.\n")
        return 2
    for mutant in MUTANTS:
        if options.only in mutant.wall:
            outcome = words[survives(mutant)]
            rows.append({"wall": mutant.wall, "file": mutant.file, "outcome": outcome})
            if not options.json:
                sys.stdout.write(f"{mutant.wall:<40}{mutant.file:<36}{outcome}\n")
                sys.stdout.flush()
    if options.json:
        sys.stdout.write(json.dumps(rows) + "\n")
    return 0 if all(row["outcome"] == "noticed" for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
