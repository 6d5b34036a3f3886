"""What is committed: versions agree, nothing of one machine or of how the project is worked on, nothing half-done."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

# A letter in brackets each, so that this file does not break its own rules.
FORBIDDEN = {
    "path of one machine": r"/[w]ork/(main|shared)|/[r]oot/",
    "file of another place": r"\b(design|style|product|quality|performance|reliability|libraries|brief)\.[m]d\b",
    "ticket": r"\b[Ii]ssues? [#]?\d|\bissues [s]how\b|\bclosing [n]ote\b",
    "unfinished work": r"\b([T]ODO|[F]IXME|[X]XX)\b",
}


def committed_files() -> list[Path]:
    """The files that git knows; in a source archive without git, every file outside of hidden and made folders."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        files = [ROOT / name for name in listed.decode("utf-8").split("\0") if name]
    else:
        files = [path for path in ROOT.rglob("*") if not any(part.startswith(".") for part in path.parts)]
    return [path for path in files if path.is_file()]


FILES = committed_files()
TEXTS = [path for path in FILES if b"\0" not in path.read_bytes()[:8000]]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_committed_files_speak_of_the_program_alone(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in TEXTS
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1)
        if pattern.search(line)
    ]
    assert found == []


def test_changelog_begins_with_the_version_of_the_project() -> None:
    versions = re.findall(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert versions[0] == PROJECT["version"]


def test_folder_of_scripts_does_not_hide_the_library_of_its_name() -> None:
    assert not list((ROOT / "packaging").rglob("__init__.py"))


def test_nothing_is_left_on_the_top_level() -> None:
    folders = {"core", "desktop", "resources", "tests", "packaging"}
    files = {"pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE"}
    top = {path.relative_to(ROOT).parts[0] for path in FILES}
    assert {name for name in top if not name.startswith(".")} <= folders | files


def test_every_package_is_one_for_the_tools_too() -> None:
    """A folder of modules without `__init__.py` is left out of the built package, and of the check of the layers."""
    folders = {path.parent for path in FILES if path.suffix == ".py" and path.is_relative_to(ROOT / "core")}
    assert [str(each.relative_to(ROOT)) for each in sorted(folders) if not (each / "__init__.py").exists()] == []
