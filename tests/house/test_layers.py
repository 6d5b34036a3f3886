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
    "The window's parts know what is below them",
    "Pages do not know each other",
    "The window sees the facade, the records, the settings and the errors",
)

# The smallest program: one module each, and what it imports.
CLEAN = {
    "core/errors.py": "",
    "core/domain/chunk.py": "import core.errors",
    "core/store/database.py": "import sqlite3",
    "core/chunkers/recursive.py": "import core.domain.chunk",
    "core/extractors/pdf.py": "import core.domain.chunk",
    "core/services/search.py": "import core.store.database",
    "core/services/upkeep.py": "import core.domain.chunk",
    "core/knowledge_base.py": "import core.services.search",
    "core/command_line/program.py": "import core.knowledge_base",
    "desktop/__main__.py": "import core.command_line\nimport desktop.app",
    "desktop/app.py": "import desktop.pages.search\nimport desktop.pages.library",
    "desktop/pages/search.py": "import core.knowledge_base\nimport desktop.theme",
    "desktop/pages/library.py": "import desktop.theme",
    "desktop/notices.py": "",
    "desktop/theme.py": "",
    # A contract can only forbid what is there.
    **{
        f"core/{name}/thing.py": ""
        for name in ("open_workspaces", "workspace", "indexing", "maintenance", "retrievers")
    },
    **{f"core/{name}/thing.py": "" for name in ("sources", "embedders", "vector_stores", "keyword_index", "variants")},
    "core/concurrency/thing.py": "",
}


def broken(folder: Path, program: dict[str, str]) -> set[str]:
    """The contracts that are broken by a program of these modules."""
    for name, text in program.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        for each in (file.parent, folder / file.relative_to(folder).parts[0]):
            (each / "__init__.py").touch()
        file.write_text(text + "\n", "utf-8")
    shutil.copy(ROOT / "pyproject.toml", folder)
    code = (
        "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command; lint_imports_command()"
    )
    command = [sys.executable, "-c", code, "--no-logo", "--no-cache"]
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    results = {name: f"{name} KEPT" in said.stdout for name in CONTRACTS}
    assert all(f"{name} {'KEPT' if kept else 'BROKEN'}" in said.stdout for name, kept in results.items()), said
    return {name for name, kept in results.items() if not kept}


def test_clean_program_passes(tmp_path: Path) -> None:
    assert broken(tmp_path, CLEAN) == set()


@pytest.mark.parametrize(
    ("module", "text", "contract"),
    [
        ("core/errors.py", "import core.domain.chunk", CONTRACTS[0]),
        ("core/chunkers/recursive.py", "import core.extractors.pdf", CONTRACTS[0]),
        ("core/store/database.py", "import sqlite3\ndef late():\n    import core.services.search", CONTRACTS[0]),
        ("core/novelty/thing.py", "", CONTRACTS[0]),
        ("core/services/search.py", "import core.services.upkeep", CONTRACTS[1]),
        ("core/domain/chunk.py", "import PySide6.QtCore", CONTRACTS[2]),
        ("core/services/search.py", "import sqlite3", CONTRACTS[3]),
        ("desktop/theme.py", "import desktop.notices", CONTRACTS[4]),
        ("desktop/novelty.py", "", CONTRACTS[4]),
        ("desktop/pages/search.py", "import desktop.pages.library", CONTRACTS[5]),
        ("desktop/pages/search.py", "import core.services.search", CONTRACTS[6]),
    ],
)
def test_forbidden_import_breaks_its_contract(tmp_path: Path, module: str, text: str, contract: str) -> None:
    assert broken(tmp_path, CLEAN | {module: text}) == {contract}
