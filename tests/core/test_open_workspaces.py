"""Workspaces open when they are used and close when they are idle, and nobody notices."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from core import KnowledgeBase, Text
from core.domain.workspace import Workspace
from core.errors import Closing, WorkspaceNotFound
from core.open_workspaces import OpenWorkspaces
from core.settings import LifetimeSettings, Settings, WorkspaceSettings
from core.store.jobs import Job
from core.vector_stores.generations import SnapshotFailed
from core.workspace import OpenWorkspace
from tests.core.embedders.hashing import HashingEmbedder
from tests.core.engine import InlineReaders, MovableClock


class IdleClock(MovableClock):
    """A clock whose monotonic side can be moved, too."""

    def __init__(self) -> None:
        super().__init__()
        self.passed = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self.passed


def _engine(folder: Path, clock: IdleClock, most_open: int = 50, by_itself: bool = False) -> KnowledgeBase:
    kb = KnowledgeBase(
        folder,
        settings=Settings(
            lifetimes=LifetimeSettings(sweep_seconds=1), workspaces=WorkspaceSettings(most_open=most_open)
        ),
        clock=clock,
        embedder=lambda _, dimension: HashingEmbedder(dimension),
        readers=InlineReaders,
    )
    if not by_itself:
        kb._opened._tending.stop()  # the test does what the loop would do, one at a time
    return kb


def _filled(kb: KnowledgeBase, name: str) -> Workspace:
    workspace = kb.workspaces.create(name)
    kb.documents.add_texts(workspace, [Text("1", f"The harbour of {name}.")])
    assert kb.documents.wait(workspace, timeout=30)
    return workspace


def _postpone_work(opened: OpenWorkspace) -> None:
    """Leave a job in the queue that is not due in this test."""
    source = opened.sources.texts("workspace", 0.0)
    jobs: list[Job] = []
    while not jobs:  # the workspace's own thread may have been quicker
        opened.jobs.queue_scan(source, 0.0)
        jobs = opened.jobs.claim(1.0)
    for job in jobs:
        opened.jobs.postpone(job, 1e12)
    assert opened.jobs.counts() == {"queued": 1}


def _open(kb: KnowledgeBase) -> set[str]:
    return {place.workspace.name for place in kb._opened._all_open()}


def _tend(kb: KnowledgeBase, *left: str) -> None:
    """Do at once what the loop does by and by, until only the workspaces `left` are open."""
    until = time.monotonic() + 30
    while True:
        kb._opened._tend()
        if _open(kb) == set(left):
            return
        assert time.monotonic() < until, f"open: {_open(kb)}"


def test_an_idle_workspace_is_closed_and_opens_again_when_it_is_used(tmp_path: Path) -> None:
    clock = IdleClock()
    with _engine(tmp_path, clock) as kb:
        idle, used = _filled(kb, "idle"), _filled(kb, "used")
        clock.passed += 601
        kb.documents.ledger(used)
        _tend(kb, "used")
        assert [hit.document.external_id for hit in kb.search.query(idle, "harbour")] == ["1"]
        assert _open(kb) == {"idle", "used"}


def test_the_least_recently_used_are_closed_when_too_many_are_open(tmp_path: Path) -> None:
    with _engine(tmp_path, IdleClock(), most_open=2) as kb:
        workspaces = [_filled(kb, name) for name in ("first", "second", "third")]
        kb.documents.ledger(workspaces[0])
        _tend(kb, "third", "first")


def test_that_too_many_are_open_is_noticed_at_once(tmp_path: Path) -> None:
    with _engine(tmp_path, IdleClock(), most_open=1, by_itself=True) as kb:
        for name in ("first", "second"):
            _filled(kb, name)
        until = time.monotonic() + 30
        while len(_open(kb)) > 1:
            assert time.monotonic() < until
            time.sleep(0.05)


def test_closing_by_itself_loses_nothing(tmp_path: Path) -> None:
    clock = IdleClock()
    with _engine(tmp_path, clock) as kb:
        workspace = _filled(kb, "one")
        before = kb.search.query(workspace, "harbour", mode="vector")[0].score
        clock.passed += 601
        _tend(kb)
        assert kb.search.query(workspace, "harbour", mode="vector")[0].score == pytest.approx(before, abs=1e-4)
        assert kb.documents.progress(workspace).idle


def test_a_workspace_with_waiting_work_or_a_watched_folder_stays_open(tmp_path: Path) -> None:
    clock = IdleClock()
    folder = tmp_path / "watched"
    folder.mkdir()
    with _engine(tmp_path / "data", clock) as kb:
        watching, waiting = kb.workspaces.create("watching"), kb.workspaces.create("waiting")
        kb.documents.add(watching, [folder], watch=True)
        assert kb.documents.wait(watching, timeout=30)
        kb.documents.add_texts(waiting, [Text("1", "word")])
        clock.passed += 601
        with kb._opened.use(waiting) as opened:
            assert opened.wait(30)
            _postpone_work(opened)
        clock.passed += 601
        for _ in range(3):
            kb._opened._tend()
        assert _open(kb) == {"watching", "waiting"}
        kb.sources.remove(watching, kb.sources.all(watching)[0].id)
        assert kb.documents.wait(watching, timeout=30)
        clock.passed += 601
        _tend(kb, "waiting")


def test_a_workspace_is_not_closed_under_a_search(tmp_path: Path) -> None:
    clock = IdleClock()
    with _engine(tmp_path, clock) as kb:
        workspace = _filled(kb, "one")
        with kb._opened.use(workspace) as opened:
            clock.passed += 601
            kb._opened._tend()
            assert opened.documents.ledger().documents == 1
        clock.passed += 601
        _tend(kb)


def test_searches_and_closings_at_the_same_time_neither_fail_nor_wait_for_ever(tmp_path: Path) -> None:
    clock = IdleClock()
    with _engine(tmp_path, clock) as kb:
        workspaces = [_filled(kb, name) for name in ("one", "two")]
        kb.subscribe(lambda change: kb.documents.progress(workspaces[0]))
        failures: list[Exception] = []
        stop = threading.Event()

        def until_stopped(action: Callable[[], object]) -> None:
            while not stop.is_set():
                try:
                    action()
                except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
                    failures.append(error)
                    return

        def close_idle() -> None:
            clock.passed += 601
            kb._opened._tend()

        actions: list[Callable[[], object]] = [close_idle]
        for each in workspaces:
            actions.append(lambda each=each: kb.search.query(each, "harbour"))  # type: ignore[misc]
            actions.append(lambda each=each: kb.documents.tag(each, 1, ["new"]))  # type: ignore[misc]
        threads = [threading.Thread(target=until_stopped, args=(action,)) for action in actions]
        for thread in threads:
            thread.start()
        threads[0].join(1.0)
        stop.set()
        for thread in threads:
            thread.join(30)
        assert not any(thread.is_alive() for thread in threads)
        assert failures == []
        assert all(len(kb.search.query(each, "harbour")) == 1 for each in workspaces)


def test_what_expires_in_a_closed_workspace_is_purged(tmp_path: Path) -> None:
    clock = IdleClock()
    with _engine(tmp_path, clock) as kb:
        workspace = kb.workspaces.create("one")
        kb.documents.add_texts(workspace, [Text("1", "word")], scope="session:1", ttl=timedelta(hours=2))
        assert kb.documents.wait(workspace, timeout=30)
        clock.passed += 601
        _tend(kb)
        clock.forward(2 * 3600 + 1)
        purged = threading.Event()
        kb.subscribe(lambda change: purged.set() if change.receipt else None)
        kb._opened._tend()  # opens it again
        assert purged.wait(30)
        assert [receipt.reason for receipt in kb.upkeep.receipts(workspace)] == ["expired"]


def test_deleting_a_workspace_ends_a_wait_in_it(tmp_path: Path) -> None:
    with _engine(tmp_path, IdleClock()) as kb:
        workspace = kb.workspaces.create("one")
        waited: list[bool] = []
        begun = threading.Event()

        def wait() -> None:
            with kb._opened.use(workspace) as opened:
                _postpone_work(opened)
                begun.set()
                waited.append(opened.wait(None))

        waiting = threading.Thread(target=wait)
        waiting.start()
        assert begun.wait(30)
        kb.workspaces.delete(workspace)
        waiting.join(30)
        assert waited == [False]
        with pytest.raises(WorkspaceNotFound):
            kb.documents.ledger(workspace)


@pytest.mark.expects_log("can't be looked after: SnapshotFailed")
def test_a_workspace_that_can_t_be_closed_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = IdleClock()
    with _engine(tmp_path, clock) as kb:
        sick, _ = _filled(kb, "sick"), _filled(kb, "well")

        def fail() -> None:
            raise SnapshotFailed("disk full")

        with kb._opened.use(sick) as opened:
            monkeypatch.setattr(opened, "save", fail)
        clock.passed += 601
        _tend(kb, "sick")
        monkeypatch.undo()


def test_nothing_opens_after_the_end(tmp_path: Path) -> None:
    kb = _engine(tmp_path, IdleClock())
    workspace = _filled(kb, "one")
    opened: OpenWorkspaces = kb._opened
    kb.close()
    with pytest.raises(Closing, match="Carrel is closing"), opened.use(workspace):
        pass
    for call in (kb.workspaces.all, lambda: kb.documents.ledger(workspace), lambda: kb.workspaces.create("two")):
        with pytest.raises(Closing):
            call()
