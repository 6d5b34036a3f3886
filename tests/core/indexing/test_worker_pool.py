"""Reader processes are made, asked, replaced and ended; nothing that one of them does reaches its owner."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from core.domain.clock import SystemClock
from core.errors import ExtractionFailed
from core.indexing import worker
from core.indexing.worker_pool import WorkerPool
from core.settings import IndexingSettings
from core.sources.read import ChangedWhileRead, fingerprint
from tests.core.engine import InlineReaders

ROOT = Path(__file__).parents[3]
DOCUMENTS = ROOT / "tests/data/documents"
ROGUE = "tests.core.indexing.rogue"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a reader process")


class QuickClock:
    """Ten times as fast as the computer's, so that a reader's second is soon over."""

    def wall(self) -> float:
        return time.time()

    def monotonic(self) -> float:
        return 10 * time.monotonic()


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    made = WorkerPool(IndexingSettings(workers=1), SystemClock())
    made.read_texts(["warm"])
    yield made
    made.close()


@pytest.fixture(scope="module")
def rogue() -> Iterator[WorkerPool]:
    settings = IndexingSettings(workers=1, timeout_seconds=10, memory_mb=256)
    made = WorkerPool(settings, QuickClock(), ROGUE)
    yield made
    made.close()


def read(pool: WorkerPool, path: Path) -> object:
    name = os.fsencode(path)
    return pool.read_file(name, "", fingerprint(name))


def readers() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE]


@pytest.mark.shared_engine
@pytest.mark.parametrize("path", sorted(each for each in DOCUMENTS.iterdir() if each.is_file()), ids=lambda p: p.name)
def test_a_locked_reader_reads_what_a_free_one_reads(path: Path, pool: WorkerPool) -> None:
    settings = IndexingSettings()
    name = os.fsencode(path)
    inline = InlineReaders(settings, SystemClock()).read_file(name, "", fingerprint(name))
    assert read(pool, path) == inline


@pytest.mark.shared_engine
@pytest.mark.parametrize(
    ("name", "code"),
    [("empty.pdf", "empty"), ("broken.docx", "damaged"), ("gone.txt", "vanished"), ("folder", "not_a_file")],
)
def test_a_file_that_can_t_be_read_has_its_own_reason(name: str, code: str, tmp_path: Path, pool: WorkerPool) -> None:
    path = tmp_path / name
    path.write_bytes({"empty.pdf": b"", "broken.docx": b"PK\x03\x04"}.get(name, b"text"))
    expected = fingerprint(os.fsencode(path))
    if name in ("gone.txt", "folder"):
        path.unlink()
    if name == "folder":
        path.mkdir()
    with pytest.raises(ExtractionFailed) as failure:
        pool.read_file(os.fsencode(path), "", expected)
    assert failure.value.code == code


@pytest.mark.shared_engine
def test_what_is_read_must_be_what_was_expected(tmp_path: Path, pool: WorkerPool) -> None:
    path = tmp_path / "a.txt"
    path.write_text("before")
    name = os.fsencode(path)
    expected = fingerprint(name)
    path.write_text("behind")
    with pytest.raises(ChangedWhileRead):
        pool.read_file(name, "", expected)
    assert pool.read_file(name, "", fingerprint(name)).extracted.text == "behind"


@pytest.mark.shared_engine
def test_a_short_file_after_a_long_one_holds_nothing_of_it(tmp_path: Path, pool: WorkerPool) -> None:
    (tmp_path / "long.txt").write_text("long " * 1000)
    (tmp_path / "short.txt").write_text("short")
    read(pool, tmp_path / "long.txt")
    name = os.fsencode(tmp_path / "short.txt")
    assert pool.read_file(name, "", fingerprint(name)).extracted.text == "short"


@LINUX
@pytest.mark.shared_engine
def test_a_reader_outlives_the_thread_that_asked_first_and_has_one_thread_itself(tmp_path: Path) -> None:
    pool = WorkerPool(IndexingSettings(workers=1), SystemClock())
    before = set(readers())
    try:
        asking = threading.Thread(target=pool.read_texts, args=(["one"],))
        asking.start()
        asking.join()
        [made] = set(readers()) - before
        assert pool.read_texts(["two"])[0].extracted.text == "two"
        assert set(readers()) - before == {made}
        assert made.num_threads() == 1
        assert made.environ() == {} or "HOME" not in made.environ()
    finally:
        pool.close()
    assert not made.is_running()


@LINUX
@pytest.mark.shared_engine
@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("sleep", "timeout"),
        ("hold", "timeout"),
        ("print", "timeout"),
        ("abort", "crashed"),
        ("fault", "crashed"),
        ("fork", "crashed"),
        ("flood", "crashed"),
        ("chatter", "crashed"),
        ("deep", "crashed"),
        ("lie", "crashed"),
        ("two", "crashed"),
        ("blame", "crashed"),
        ("eat", "memory"),
        ("gulp", "memory"),
    ],
)
def test_a_reader_that_was_taken_over_costs_its_file_and_nothing_else(
    word: str, code: str, tmp_path: Path, rogue: WorkerPool
) -> None:
    (tmp_path / "bad").write_text(word)
    (tmp_path / "good").write_text("well")
    read(rogue, tmp_path / "good")
    before = psutil.Process().memory_info().rss
    with pytest.raises(ExtractionFailed) as failure:
        read(rogue, tmp_path / "bad")
    assert failure.value.code == code
    assert failure.value.message.endswith(".")
    begin = time.monotonic()
    name = os.fsencode(tmp_path / "good")
    assert rogue.read_file(name, "", fingerprint(name)).extracted.text == "well"
    assert time.monotonic() - begin < 5  # under one second on a machine that has nothing else to do
    assert psutil.Process().memory_info().rss - before < 50_000_000
    assert len(readers()) <= 2  # this one, and that of the other pool


@LINUX
@pytest.mark.shared_engine
def test_a_reader_that_grows_is_ended_also_where_the_system_has_no_limit(
    tmp_path: Path, rogue: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker.Worker, "_resident", lambda _: 10**9)
    (tmp_path / "bad").write_text("sleep")
    with pytest.raises(ExtractionFailed, match=r"more than 256 MB") as failure:
        read(rogue, tmp_path / "bad")
    assert failure.value.code == "memory"


_OWNER = """
import os, sys, threading
from core.domain.clock import SystemClock
from core.indexing.worker_pool import WorkerPool
from core.settings import IndexingSettings
from core.sources.read import fingerprint
import psutil
pool = WorkerPool(IndexingSettings(workers=2), SystemClock(), "tests.core.indexing.rogue")
for word in sys.argv[1:]:
    name = os.fsencode(word)
    threading.Thread(target=pool.read_file, args=(name, "", fingerprint(name)), daemon=True).start()
while len(found := psutil.Process().children()) < 2 or any(each.num_threads() > 1 for each in found):
    pass
print(*[each.pid for each in found], flush=True)
sys.stdin.read()
"""


@LINUX
def test_no_reader_outlives_an_owner_that_is_killed(tmp_path: Path) -> None:
    for word in ("sleep", "hold"):
        (tmp_path / word).write_text(word)
    owner = subprocess.Popen(
        [sys.executable, "-c", _OWNER, str(tmp_path / "sleep"), str(tmp_path / "hold")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with owner:
        assert owner.stdout is not None
        made = [psutil.Process(int(pid)) for pid in owner.stdout.readline().split()]
        assert len(made) == 2
        owner.send_signal(signal.SIGKILL)
        gone, alive = psutil.wait_procs(made, timeout=5)
    assert not alive
    assert len(gone) == 2


@pytest.mark.shared_engine
def test_where_memory_has_no_files_the_path_is_told_and_the_file_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_memory_file", lambda: None)
    pool = WorkerPool(IndexingSettings(workers=1), SystemClock(), "tests.core.indexing.unlocked")
    path = tmp_path / "a.md"
    path.write_text("# Heron")
    name = os.fsencode(path)
    try:
        expected = fingerprint(name)
        assert pool.read_file(name, "", expected).kind == "md"
        path.write_text("# Stork")
        with pytest.raises(ChangedWhileRead):
            pool.read_file(name, "", expected)
    finally:
        pool.close()


@pytest.mark.shared_engine
def test_no_module_that_lies_in_the_folder_of_a_script_or_of_the_user_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "zipfile.py").write_text("raise SystemExit")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    worker.import_paths.cache_clear()
    pool = WorkerPool(IndexingSettings(workers=1), SystemClock())
    try:
        assert pool.read_texts(["well"])[0].extracted.text == "well"
        assert str(tmp_path) not in worker.import_paths()
    finally:
        pool.close()
        worker.import_paths.cache_clear()


def test_a_closed_pool_reads_nothing(tmp_path: Path) -> None:
    pool = WorkerPool(IndexingSettings(workers=1), SystemClock())
    pool.close()
    with pytest.raises(ExtractionFailed) as failure:
        pool.read_texts(["late"])
    assert failure.value.code == "cancelled"


def test_who_asks_a_reader_that_was_just_ended_is_told_at_once() -> None:
    # As when Carrel is closed while a reader is being started for somebody.
    reader = worker.Worker(SystemClock(), 2**30)
    reader.kill()
    for _ in range(2):
        with pytest.raises(worker.Overrun, match=r"crashed|ended"):
            reader.ask({"texts": ["late"]}, seconds=1000)
