"""What the engine leaves on disk is the user's alone, and its log tells nothing of what is in the documents."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core import KnowledgeBase, Text
from core.embedders.base import Vectors
from tests.core.command_line.program_runs import Carrel
from tests.core.embedders.hashing import HashingEmbedder
from tests.core.engine import InlineReaders, quick_engine

CANARY = "zarkumba"


@pytest.fixture
def umask() -> Iterator[None]:
    """The usual mask, which lets others read."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder whose name, files and texts all hold the canary."""
    folder = tmp_path / f"{CANARY} papers"
    folder.mkdir(mode=0o755)
    (folder / f"{CANARY}.md").write_text(f"# About {CANARY}\n\nThe {CANARY} is a secret.\n", encoding="utf-8")
    (folder / f"{CANARY}.csv").write_text(f"name,{CANARY}\n1,2\n", encoding="utf-8")
    (folder / f"{CANARY}.pdf").write_bytes(b"%PDF-1.4 broken " + CANARY.encode())
    (folder / f"{CANARY}.docx").write_bytes(b"PK\3\4 broken " + CANARY.encode())
    return folder


def _modes(folder: Path) -> dict[str, int]:
    return {
        str(each.relative_to(folder)): stat.S_IMODE(each.stat().st_mode)
        for each in (folder, *folder.rglob("*"))
        if stat.S_IMODE(each.stat().st_mode) != (0o700 if each.is_dir() else 0o600)
    }


def _work(data: Path, papers: Path) -> None:
    with quick_engine(data) as kb:
        workspace = kb.workspaces.get_or_create("one")
        kb.documents.add(workspace, [papers])
        kb.documents.add_texts(workspace, [Text("1", "A text.")])
        assert kb.documents.wait(workspace, timeout=60)
        assert _modes(data) == {}
        assert len(kb.search.query(workspace, "secret")) >= 1


@pytest.mark.usefixtures("umask")
def test_every_file_and_folder_is_the_users_alone(tmp_path: Path, papers: Path) -> None:
    data = tmp_path / "data"
    _work(data, papers)
    assert _modes(data) == {}
    for each in (data, *data.rglob("*")):
        each.chmod(0o755 if each.is_dir() else 0o644)
    _work(data, papers)
    assert _modes(data) == {}


def test_a_foreign_file_in_the_data_folder_keeps_its_rights(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").touch()
    (tmp_path / "photo.jpg").chmod(0o644)
    quick_engine(tmp_path).close()
    assert stat.S_IMODE((tmp_path / "photo.jpg").stat().st_mode) == 0o644


def test_nothing_needs_a_folder_for_temporary_files(
    tmp_path: Path, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a temporary file was made")

    for name in ("mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryFile", "TemporaryDirectory"):
        monkeypatch.setattr(tempfile, name, refuse)
    for name in ("TMPDIR", "SQLITE_TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path / "nowhere"))
    data = tmp_path / "data"
    carrel = Carrel(data)
    carrel.process("add", str(papers))
    assert carrel.process("search", "secret", "--mode", "keyword", "--json").stdout.count('"rank"') == 1
    _work(tmp_path / "other", papers)


def test_an_end_to_end_run_logs_nothing_of_the_documents(
    tmp_path: Path, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARREL_DEBUG", "1")
    carrel = Carrel(tmp_path / "data")
    carrel.process("add", str(papers), "--watch")
    carrel("search", CANARY)
    carrel("search", f'"{CANARY} is"', "--mode", "vector", "--filter", f"in={CANARY}")
    carrel("search", f"before:{CANARY}", code=1)
    carrel("add", str(papers / "nothing"), code=10)
    carrel("workspace", "create", CANARY)
    carrel("status", "--workspace", CANARY)
    carrel("failures")

    command = [sys.executable, "-c", _CRASH, "search", CANARY, "--data-dir", str(tmp_path / "data")]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 70
    written = "".join(each.read_text("utf-8") for each in (tmp_path / "data").glob("carrel.log*"))
    assert "workspace " in written
    assert "opened in" in written
    assert "a command broke off" in written
    assert "ZeroDivisionError at <string>:" in written
    assert CANARY not in written.lower()
    assert str(tmp_path) not in written


_CRASH = """
import sys
from core.command_line import main
from core.services.search import SearchService
def crash(*arguments, **_):
    raise ZeroDivisionError(f"{arguments}")
SearchService.query = crash
sys.exit(main())
"""


class Refusing(HashingEmbedder):
    """A model that fails and repeats what it was given."""

    def embed_documents(self, texts: object) -> Vectors:
        raise ValueError(f"can't embed {texts} of /home/{CANARY}")


@pytest.mark.expects_log("meaning failed: ValueError at embed_documents")
def test_a_fault_in_a_loop_logs_its_place_and_not_its_words(tmp_path: Path) -> None:
    with KnowledgeBase(tmp_path, embedder=lambda _, dimension: Refusing(dimension), readers=InlineReaders) as kb:
        workspace = kb.workspaces.create("one")
        kb.documents.add_texts(workspace, [Text("1", CANARY, CANARY)])
        assert not kb.documents.wait(workspace, timeout=1.0)
    written = (tmp_path / "carrel.log").read_text("utf-8")
    assert "meaning failed: ValueError at embed_documents" in written
    assert CANARY not in written
