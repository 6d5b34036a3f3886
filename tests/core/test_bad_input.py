"""Bad input: one clear sentence with a hint, or a reason in the ledger; nothing lost, nothing hangs."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from core import KnowledgeBase, Text
from core.domain.document import State
from core.domain.workspace import Workspace
from core.errors import CarrelError, DataFolderUnusable, InvalidInput, InvalidQuery
from core.settings import IndexingSettings, Settings


@pytest.fixture
def workspace(kb: KnowledgeBase) -> Workspace:
    workspace = kb.workspaces.create("Bad input")
    kb.documents.add_texts(workspace, [Text("good", "A good canary that must survive.")])
    assert kb.documents.wait(workspace, timeout=60)
    return workspace


@pytest.mark.parametrize("query", ["", "   ", "-only -these", '""', "\0", "\ud800", "type:pdf", "!?.,"])
def test_a_query_without_a_word_is_refused_in_one_sentence(kb: KnowledgeBase, workspace: Workspace, query: str) -> None:
    with pytest.raises(InvalidQuery) as caught:
        kb.search.query(workspace, query)
    assert caught.value.message.endswith(".")
    assert caught.value.hint


@pytest.mark.parametrize(
    "query",
    [
        '"good canary',
        "“good canary”",
        "good\0canary",
        "good \udcff canary",
        "canary " * 20_000,
        "canary AND OR NOT ( ) [ ] { } ^ ~ * ? : \\ /",
        "canary type: in: -",
        "x" * 100_000 + " canary",
        "canary " + "'" * 500,
    ],
)
@pytest.mark.parametrize("mode", ["keyword", "vector", "hybrid"])
def test_an_odd_query_is_searched(kb: KnowledgeBase, workspace: Workspace, query: str, mode: str) -> None:
    for hit in kb.search.query(workspace, query, mode=mode):
        assert hit.document.external_id == "good"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"mode": "magic"}, "hybrid, keyword, vector"),
        ({"limit": 0}, "1 to"),
        ({"limit": 10**9}, "1 to"),
        ({"filters": {"before": "soon"}}, "date"),
        ({"scopes": []}, "scope"),
        ({"scopes": "workspace"}, "scope"),
    ],
)
def test_a_bad_option_is_said(kb: KnowledgeBase, workspace: Workspace, options: dict[str, object], said: str) -> None:
    with pytest.raises(CarrelError) as caught:
        kb.search.query(workspace, "canary", **options)  # type: ignore[arg-type]
    assert said in str(caught.value)


@pytest.mark.parametrize("scope", ["", "Session:1", "session:", "a b", "x" * 300])
def test_a_bad_scope_is_refused_and_nothing_is_added(kb: KnowledgeBase, workspace: Workspace, scope: str) -> None:
    with pytest.raises(InvalidInput):
        kb.documents.add_texts(workspace, [Text("1", "x")], scope=scope)
    assert kb.documents.ledger(workspace).total == 1


@pytest.mark.parametrize("ttl", [0, -1, float("nan"), float("inf")])
def test_a_bad_time_to_live_is_refused(kb: KnowledgeBase, workspace: Workspace, ttl: float) -> None:
    with pytest.raises(InvalidInput):
        kb.documents.add_texts(workspace, [Text("1", "x")], ttl=ttl)


def test_texts_that_hold_what_no_text_should_are_kept(kb: KnowledgeBase, workspace: Workspace) -> None:
    texts = [Text("nul", "odd\0canary"), Text("lone", "odd \ud83d canary"), Text("empty", ""), Text("blank", " \n ")]
    kb.documents.add_texts(workspace, texts)
    assert kb.documents.wait(workspace, timeout=60)
    assert kb.documents.ledger(workspace).counts[State.MEANING] == 5
    assert kb.search.matches(workspace, "odd canary").total == 2


def _zip(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


_BILLION = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
_BAD_FILES = {
    "truncated.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog",
    "empty.pdf": b"",
    "empty.docx": b"",
    "not-a-zip.docx": bytes(range(256)) * 4,
    "zip-without-parts.docx": _zip(hello=b"world"),
    "bomb.docx": _zip(word__document=b"<w>" + b"\0" * 40_000_000 + b"</w>"),
    "entities.odt": _zip(mimetype=b"application/vnd.oasis.opendocument.text", **{"content.xml": _BILLION}),
    "broken.xlsx": _zip(xl__workbook=b"<workbook"),
    "broken.epub": _zip(mimetype=b"application/epub+zip"),
    "broken.ipynb": b"{",
    "broken.msg": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "program.txt": b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20,
}


def test_bad_files_fail_each_with_its_reason_and_stop_nobody(
    kb: KnowledgeBase, workspace: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    for name, content in _BAD_FILES.items():
        (folder / name).write_bytes(content)
    (folder / "web.pdf").write_text("<!doctype html><p>A page with the wrong name.", encoding="utf-8")
    os.mkfifo(folder / "pipe.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "outside.txt").symlink_to("/etc/hostname")
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(2 * 2**30)
    kb.documents.add(workspace, [folder])
    assert kb.documents.wait(workspace, timeout=100)
    by_name = {each.name: each for each in kb.documents.ledger(workspace).files}
    for name in _BAD_FILES:
        document = by_name[name]
        assert document.state in (State.FAILED, State.SKIPPED), (name, document)
        assert document.reason.endswith("."), (name, document.reason)
        assert "Traceback" not in document.reason
    assert (by_name["web.pdf"].state, by_name["web.pdf"].kind) == (State.MEANING, "html")
    for name in ("pipe.txt", "loop", "outside.txt", "huge.txt"):
        assert by_name[name].state is State.SKIPPED, by_name[name]
    assert len(kb.documents.failures(workspace)) == sum(each.state is State.FAILED for each in by_name.values())
    assert kb.search.query(workspace, "good canary")[0].document.external_id == "good"


def test_failed_files_are_read_again_when_asked_and_when_they_change(
    kb: KnowledgeBase, workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "later.ipynb"
    path.write_text("{", encoding="utf-8")
    kb.documents.add(workspace, [path])
    assert kb.documents.wait(workspace, timeout=60)
    assert [each.attempts for each in kb.documents.failures(workspace)] == [1]
    kb.documents.retry(workspace)
    assert kb.documents.wait(workspace, timeout=60)
    assert [each.attempts for each in kb.documents.failures(workspace)] == [2]
    path.write_text('{"cells": [{"cell_type": "markdown", "source": ["late canary"]}]}', encoding="utf-8")
    kb.sources.rescan(workspace)
    assert kb.documents.wait(workspace, timeout=60)
    assert kb.documents.failures(workspace) == []
    assert kb.search.matches(workspace, "late canary").total == 1


def test_a_file_that_breaks_later_stays_searchable_as_stale(
    kb: KnowledgeBase, workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "book.ipynb"
    path.write_text('{"cells": [{"cell_type": "markdown", "source": ["old words"]}]}', encoding="utf-8")
    kb.documents.add(workspace, [path])
    assert kb.documents.wait(workspace, timeout=60)
    path.write_text("{ broken", encoding="utf-8")
    kb.sources.rescan(workspace)
    assert kb.documents.wait(workspace, timeout=60)
    assert kb.documents.ledger(workspace).counts[State.STALE] == 1
    assert kb.search.matches(workspace, "old words").total == 1
    assert len(kb.documents.failures(workspace)) == 1


def test_a_reader_that_takes_too_long_is_killed_and_replaced(tmp_path: Path) -> None:
    settings = Settings(indexing=IndexingSettings(workers=1, timeout_seconds=1.0))
    (tmp_path / "slow.csv").write_text("a,b\n" * 3_000_000, encoding="utf-8")
    (tmp_path / "quick.txt").write_text("quick canary", encoding="utf-8")
    with KnowledgeBase(tmp_path / "data", settings=settings) as kb:
        workspace = kb.workspaces.create("Slow")
        kb.documents.add(workspace, [tmp_path / "slow.csv"])
        kb.documents.add(workspace, [tmp_path / "quick.txt"])
        assert kb.documents.wait(workspace, timeout=100)
        states = {each.name: each.state for each in kb.documents.ledger(workspace).files}
        assert states["quick.txt"] is State.MEANING
        assert states["slow.csv"] in (State.FAILED, State.PARTIAL)


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(DataFolderUnusable, match="not a folder"):
        KnowledgeBase.open(tmp_path / "file")
