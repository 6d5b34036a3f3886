"""File names of any bytes that the disk allows: one document each, found again when they move and when they go."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from core import KnowledgeBase
from tests.core.engine import quick_engine

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere, names are text")
TWINS = ["é", "e\u0301", "É", "A", "a", "ß", "ss", "ﬁ", "Å", "Å", "\n", "\x1b[31m", "\\", "\\udcff", "%", " ", "."]
pieces = st.one_of(
    st.sampled_from([each.encode() for each in TWINS]),
    st.sampled_from([b"\xff", b"\xed\xa0\x80", b"\xc3", b"\x01", b"\x7f"]),
    st.characters(blacklist_categories=("Cs",), blacklist_characters="/\0").map(str.encode),
)
names = st.lists(pieces, min_size=1, max_size=4).map(lambda parts: b"n" + b"".join(parts) + b".txt")


@pytest.fixture(scope="module")
def kb() -> Iterator[KnowledgeBase]:
    with tempfile.TemporaryDirectory() as folder, quick_engine(Path(folder) / "data") as kb:
        yield kb


@pytest.mark.shared_engine
@given(st.sets(names, min_size=1, max_size=6), st.data())
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_file_is_one_document_wherever_it_goes(kb: KnowledgeBase, wanted: set[bytes], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        root = os.fsencode(temporary)
        workspace = kb.workspaces.create(temporary)
        os.mkdir(root + b"/moved")  # noqa: PTH102 - raw bytes
        for number, name in enumerate(sorted(wanted)):
            with open(root + b"/" + name, "wb") as file:  # noqa: PTH123 - raw bytes
                file.write(b"unlike " + str(number).encode() * 9)
        kb.documents.add(workspace, [root])
        assert kb.documents.wait(workspace, timeout=60)
        before = {each.id for each in kb.documents.ledger(workspace).files}
        assert len(before) == len(wanted)
        for number in range(len(wanted)):
            assert kb.search.matches(workspace, str(number) * 9).total == 1
        moved = data.draw(st.sampled_from(sorted(wanted)))
        os.rename(root + b"/" + moved, root + b"/moved/" + moved)  # noqa: PTH104 - raw bytes
        kb.sources.rescan(workspace)
        assert kb.documents.wait(workspace, timeout=60)
        assert {each.id for each in kb.documents.ledger(workspace).files} == before
        os.unlink(root + b"/moved/" + moved)  # noqa: PTH108 - raw bytes
        kb.sources.rescan(workspace)
        assert kb.documents.wait(workspace, timeout=60)
        after = {each.id for each in kb.documents.ledger(workspace).files}
        assert after < before
        assert len(after) == len(wanted) - 1
        kb.workspaces.delete(workspace)
