"""The engine against a plain dict: whatever is done in whatever order, it holds exactly what it should."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule

from core import KnowledgeBase, Text
from core.domain.document import State
from core.domain.workspace import Workspace
from tests.core.engine import MovableClock, quick_engine

NAMES = ("Atlas", "Borealis", "Cirrus")
workspaces = st.sampled_from(NAMES)
LONG = " ".join(f"filler{n % 40} sentence number {n}." for n in range(300))


class Engine(RuleBasedStateMachine):
    """Three workspaces, each with a canary word of its own in every document."""

    documents = Bundle("documents")

    def __init__(self) -> None:
        super().__init__()
        self._root = Path(tempfile.mkdtemp())
        self._clock = MovableClock()
        self._kb: KnowledgeBase | None = None
        self._serial = 0
        # workspace → name of the text or file → (its own word, time of expiry)
        self._model: dict[str, dict[str, tuple[str, float | None]]] = {name: {} for name in NAMES}

    @initialize()
    def open(self) -> None:
        self._kb = quick_engine(self._root / "data", self._clock)
        for name in NAMES:
            workspace = self.kb.workspaces.get_or_create(name)
            folder = self._root / name
            folder.mkdir()
            self.kb.documents.add(workspace, [folder])

    @property
    def kb(self) -> KnowledgeBase:
        assert self._kb is not None
        return self._kb

    def _workspace(self, name: str) -> Workspace:
        return self.kb.workspaces.get(name)

    def _text(self, name: str, long: bool) -> tuple[str, str]:
        self._serial += 1
        word = f"word{self._serial}x"
        return word, f"{name} canary. {LONG if long else ''} The word is {word}."

    @rule(
        target=documents, name=workspaces, key=st.integers(0, 5), long=st.booleans(), ttl=st.sampled_from([None, 60.0])
    )
    def put_text(self, name: str, key: int, long: bool, ttl: float | None) -> tuple[str, str]:
        word, body = self._text(name, long)
        self.kb.documents.add_texts(self._workspace(name), [Text(f"text-{key}", body)], ttl=ttl)
        self._model[name][f"text-{key}"] = (word, None if ttl is None else self._clock.wall() + ttl)
        return name, f"text-{key}"

    @rule(target=documents, name=workspaces, key=st.integers(0, 5), long=st.booleans())
    def write_file(self, name: str, key: int, long: bool) -> tuple[str, str]:
        word, body = self._text(name, long)
        (self._root / name / f"file-{key}.txt").write_text(body, encoding="utf-8")
        self._rescan(name)
        self._model[name][f"file-{key}.txt"] = (word, None)
        return name, f"file-{key}.txt"

    @rule(document=documents, key=st.integers(6, 9))
    def move_file(self, document: tuple[str, str], key: int) -> None:
        name, old = document
        if not old.startswith("file") or old not in self._model[name]:
            return
        self._settle(name)
        before = {each.name: each.id for each in self.kb.documents.ledger(self._workspace(name)).files}
        new = f"file-{key}.txt"
        (self._root / name / old).rename(self._root / name / new)
        self._rescan(name)
        self._settle(name)
        self._model[name][new] = self._model[name].pop(old)
        after = {each.name: each.id for each in self.kb.documents.ledger(self._workspace(name)).files}
        if new not in before:
            assert after[new] == before[old], "a move keeps the document"

    @rule(document=documents)
    def delete_file(self, document: tuple[str, str]) -> None:
        name, key = document
        if key.startswith("file") and key in self._model[name]:
            (self._root / name / key).unlink()
            del self._model[name][key]
            self._rescan(name)

    @rule(document=documents)
    def remove_text(self, document: tuple[str, str]) -> None:
        name, key = document
        if not key.startswith("text") or key not in self._model[name]:
            return
        self._settle(name)
        workspace = self._workspace(name)
        ids = [each.id for each in self.kb.documents.ledger(workspace).files if each.external_id == key]
        chunks = len(self.kb.documents.passages(workspace, ids[0])) if ids else 0
        receipt = self.kb.documents.remove(workspace, ids)
        assert (receipt.documents, receipt.vectors) == (len(ids), chunks)
        assert receipt.keyword_entries == (chunks + 1 if ids else 0)
        del self._model[name][key]

    @rule(seconds=st.sampled_from([1.0, 59.0, 61.0]))
    def let_time_pass(self, seconds: float) -> None:
        self._clock.forward(seconds)

    @rule(name=workspaces)
    def sweep(self, name: str) -> None:
        self.kb.upkeep.sweep(self._workspace(name))

    @rule()
    def restart(self) -> None:
        self.kb.close()
        self._kb = quick_engine(self._root / "data", self._clock)

    @rule(name=workspaces)
    def check(self, name: str) -> None:
        workspace = self._workspace(name)
        self._settle(name)
        alive = {
            key: word
            for key, (word, expiry) in self._model[name].items()
            if expiry is None or expiry > self._clock.wall()
        }
        found = {each.name for each in self.kb.search.matches(workspace, f"{name} canary").documents}
        assert found == set(alive)
        for key, word in alive.items():
            for mode in ("keyword", "hybrid"):
                hits = self.kb.search.query(workspace, word, mode=mode)
                assert hits[0].document.name == key
                assert word in hits[0].text
            assert self.kb.search.matches(workspace, word).total == 1
        for other in NAMES:
            if other != name:
                assert self.kb.search.matches(workspace, other).total == 0
                assert all(
                    other not in hit.text for hit in self.kb.search.query(workspace, f"{other} canary", limit=50)
                )
                assert self.kb.search.complete(workspace, other.lower()) == []
        ledger = self.kb.documents.ledger(workspace)
        assert ledger.total == len(ledger.files)
        assert set(alive) <= {each.name for each in ledger.files} <= set(self._model[name])
        assert {each.state for each in ledger.files} <= {State.MEANING}
        progress = self.kb.documents.progress(workspace)
        assert progress.words == progress.meaning == progress.chunks == ledger.chunks

    def _rescan(self, name: str) -> None:
        self.kb.sources.rescan(self._workspace(name))
        self._settle(name)

    def _settle(self, name: str) -> None:
        assert self.kb.documents.wait(self._workspace(name), timeout=60)

    def teardown(self) -> None:
        if self._kb is not None:
            for name in NAMES:
                self.check(name)
            self._kb.close()
        shutil.rmtree(self._root)


class TestEngine(Engine.TestCase):  # type: ignore[name-defined, misc]
    """The machine as a test."""

    settings = settings(max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))


TestEngine = pytest.mark.timeout(400)(pytest.mark.slow(TestEngine))  # type: ignore[misc]
