"""The engine against a plain dict: whatever is done in whatever order, it holds exactly what it should.

`CARREL_STATE_MACHINE=2000x60` tries that many times that many steps.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
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
EXAMPLES, STEPS = map(int, os.environ.get("CARREL_STATE_MACHINE", "30x30").split("x"))
HOUR, DAY = 3600.0, 86_400.0
QUIET_SECONDS = 0.02
"""More than the steps in which a file system counts time: what was written since can be told from what was before."""
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
        self._backups: dict[tuple[str, str], dict[str, tuple[str, float | None]]] = {}  # by workspace and name
        # The latest time up to which each workspace may have trusted the clock: what expired by then may be deleted.
        self._reached = dict.fromkeys(NAMES, 0.0)
        self._noted: set[str] = set()  # workspaces that have noted the time, because something was to expire in them

    @initialize()
    def open(self) -> None:
        self._kb = quick_engine(self._root / "data", self._clock)
        for name in NAMES:
            workspace = self.kb.workspaces.get_or_create(name)
            folder = self._root / name
            folder.mkdir()
            self.kb.documents.add(workspace, [folder])
        self._note_time()

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
        self._note_time()

    @rule(seconds=st.sampled_from([-400 * DAY, -2 * DAY, -HOUR / 2, HOUR / 2, 2 * DAY, 400 * DAY]))
    def set_clock(self, seconds: float) -> None:
        for name in NAMES:
            self.sweep(name)  # as a program that runs has just done
        trusting = [name for name in NAMES if self._doubt(name) is None]
        for name in trusting:
            if any(expiry and expiry > self._reached[name] for _, expiry in self._model[name].values()):
                self._noted.add(name)
        self._clock.jump(seconds)
        for name in trusting:
            if abs(seconds) > DAY:
                assert self._doubt(name) == ("ahead" if seconds > 0 else "behind")
        self._note_time()

    @rule(name=workspaces)
    def confirm_clock(self, name: str) -> None:
        self.kb.upkeep.confirm_clock(self._workspace(name))
        assert self._doubt(name) is None
        self._note_time()

    @rule(name=workspaces)
    def sweep(self, name: str) -> None:
        doubt = self._doubt(name)
        receipts = self.kb.upkeep.sweep(self._workspace(name))
        assert not (doubt and receipts), "nothing is deleted by a clock in doubt"

    @rule()
    def restart(self) -> None:
        doubts = {name: self._doubt(name) for name in NAMES}
        self.kb.close()
        self._open_again(doubts)

    @rule(name=workspaces)
    def snapshot(self, name: str) -> None:
        with self.kb.workspaces._opened.use(self._workspace(name)) as opened:
            opened.save()

    @rule()
    def kill(self) -> None:
        """Go on from what is on the disk at one moment, which is what a kill leaves; some work may be half done."""
        doubts = {name: self._doubt(name) for name in NAMES}
        copy = self._root / "copy"
        while not _copied_at_one_moment(self._root / "data", copy):
            shutil.rmtree(copy, ignore_errors=True)
        self.kb.close()
        for ballast in (self._root / "data").glob("ballast*"):
            ballast.rename(copy / ballast.name)
        shutil.rmtree(self._root / "data")
        copy.rename(self._root / "data")
        self._open_again(doubts)

    def _open_again(self, doubts: dict[str, str | None]) -> None:
        self._kb = quick_engine(self._root / "data", self._clock)
        for name in NAMES:
            if doubts[name] == "ahead" and name in self._noted:
                assert self._doubt(name) == "ahead", "a restart does not believe what was doubted"
        self._note_time()

    @rule(name=workspaces)
    def back_up(self, name: str) -> None:
        self._settle(name)
        backup = self.kb.upkeep.back_up(self._workspace(name))
        assert backup in self.kb.upkeep.backups(self._workspace(name))
        self._backups[name, backup.name] = dict(self._model[name])

    @rule(name=workspaces, number=st.integers(0, 9))
    def restore(self, name: str, number: int) -> None:
        workspace = self._workspace(name)
        known = [each.name for each in self.kb.upkeep.backups(workspace) if (name, each.name) in self._backups]
        if not known:
            return
        chosen = known[number % len(known)]
        self.kb.upkeep.restore(workspace, chosen)
        texts = {key: value for key, value in self._backups[name, chosen].items() if key.startswith("text")}
        # Files are read again as they are now.
        files = {key: value for key, value in self._model[name].items() if key.startswith("file")}
        self._model[name] = texts | files
        self._noted.discard(name)  # what was noted since the backup is gone, too
        self._settle(name)
        self._note_time()

    def _doubt(self, name: str) -> str | None:
        doubt = self.kb.upkeep.clock_doubt(self._workspace(name))
        return None if doubt is None else doubt.direction

    def _note_time(self) -> None:
        for name in NAMES:
            if self._doubt(name) is None:
                self._reached[name] = max(self._reached[name], self._clock.wall())

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
        assert found <= set(alive)
        kept = {
            key
            for key, (_, expiry) in self._model[name].items()
            if expiry is None or expiry > max(self._reached[name], self._clock.wall())
        }
        assert kept <= found
        for key in found:
            word = alive[key]
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
        assert found <= {each.name for each in ledger.files} <= set(self._model[name])
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
                assert self.kb.upkeep.verify(self._workspace(name), deep=True).findings == ()
            self._kb.close()
        shutil.rmtree(self._root)


def _copied_at_one_moment(folder: Path, copy: Path) -> bool:
    """Copy a folder that is in use; tell whether nothing was written meanwhile."""
    began = time.time()
    before = _state(folder)
    try:
        # The ballast is only weight, and never changes; what SQLite shares in memory is nothing after a kill.
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("ballast*", "*-shm"))
    except (shutil.Error, FileNotFoundError):
        return False  # a file went away
    return _state(folder) == before and max(changed for _, changed in before.values()) < began - QUIET_SECONDS


def _state(folder: Path) -> dict[Path, tuple[int, float]]:
    """Return size and time of the last change of each file and folder."""
    found = {}
    for path in [folder, *folder.rglob("*")]:
        try:
            status = path.stat()
        except FileNotFoundError:
            continue
        if not path.name.endswith("-shm"):
            found[path] = status.st_size, status.st_mtime
    return found


class TestEngine(Engine.TestCase):  # type: ignore[name-defined, misc]
    """The machine as a test."""

    settings = settings(
        max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck)
    )


TestEngine = pytest.mark.timeout(15.0 * EXAMPLES)(pytest.mark.slow(TestEngine))  # type: ignore[misc]
