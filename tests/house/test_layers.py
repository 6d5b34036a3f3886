"""The contracts of import-linter in pyproject.toml really catch an import that points up, across or out."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONTRACTS = (
    "Imports point down only",
    "Services do not know each other",
    "The engine knows no window",
    "All SQL is in the store",
)

# The smallest engine: one module each, and what it imports.
CLEAN = {
    "errors.py": "",
    "domain/chunk.py": "import core.errors",
    "store/database.py": "import sqlite3",
    "chunkers/recursive.py": "import core.domain.chunk",
    "extractors/pdf.py": "import core.domain.chunk",
    "services/search.py": "import core.store.database",
    "services/upkeep.py": "import core.domain.chunk",
}


def broken(folder: Path, engine: dict[str, str]) -> set[str]:
    """The contracts that are broken by an engine of these modules."""
    for name, text in engine.items():
        file = folder / "core" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        (file.parent / "__init__.py").touch()
        file.write_text(text + "\n", "utf-8")
    (folder / "core" / "__init__.py").touch()
    shutil.copy(ROOT / "pyproject.toml", folder)
    code = (
        "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command; lint_imports_command()"
    )
    command = [sys.executable, "-c", code, "--no-logo", "--no-cache"]
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    results = {name: f"{name} KEPT" in said.stdout for name in CONTRACTS}
    assert all(f"{name} {'KEPT' if kept else 'BROKEN'}" in said.stdout for name, kept in results.items()), said
    return {name for name, kept in results.items() if not kept}


def test_clean_engine_passes(tmp_path: Path) -> None:
    assert broken(tmp_path, CLEAN) == set()


@pytest.mark.parametrize(
    ("module", "text", "contract"),
    [
        ("errors.py", "import core.domain.chunk", CONTRACTS[0]),
        ("chunkers/recursive.py", "import core.extractors.pdf", CONTRACTS[0]),
        ("store/database.py", "import sqlite3\ndef late():\n    import core.services.search", CONTRACTS[0]),
        ("novelty/thing.py", "", CONTRACTS[0]),
        ("services/search.py", "import core.services.upkeep", CONTRACTS[1]),
        ("domain/chunk.py", "import PySide6.QtCore", CONTRACTS[2]),
        ("services/search.py", "import sqlite3", CONTRACTS[3]),
    ],
)
def test_forbidden_import_breaks_its_contract(tmp_path: Path, module: str, text: str, contract: str) -> None:
    assert broken(tmp_path, CLEAN | {module: text}) == {contract}
