"""Partitions: the change-over, and snapshots that survive crashes; damage to them is in `test_damage`."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.vector_stores import SnapshotFailed, VectorPartition
from core.vector_stores.disk import Disk
from core.vector_stores.exact import ExactStore
from core.vector_stores.generations import MANIFEST
from core.vector_stores.hnsw import HnswStore
from core.vector_stores.partition import default_exact_limit
from tests.core.vector_stores.partitions import DIMENSION, VECTORS, fill, holds, partition, plain, two_generations

ROOT = Path(__file__).parents[3]


class TestGrowth:
    def test_it_changes_over_above_its_limit(self, tmp_path: Path) -> None:
        store = partition(tmp_path, limit=500)
        fill(store, 0, 500)
        assert store.grow() is False
        assert isinstance(store._store, ExactStore)
        fill(store, 500, 501)
        assert store.grow() is False
        assert isinstance(store._store, HnswStore)
        holds(store, plain((0, 501)))

    def test_it_goes_on_while_the_graph_is_built_in_steps(self, tmp_path: Path) -> None:
        store = partition(tmp_path, limit=500)
        fill(store, 0, 1_000)
        assert store.grow(300) is True
        store.delete(np.arange(100))  # some are in the graph already
        fill(store, 1_000, 1_100)
        holds(store, plain((100, 1_100)))
        assert isinstance(store._store, ExactStore)
        steps = 0
        while store.grow(300):
            steps += 1
        assert steps == 2
        assert isinstance(store._store, HnswStore)
        holds(store, plain((100, 1_100)))

    def test_a_graph_full_of_dead_nodes_is_built_anew(self, tmp_path: Path) -> None:
        store = partition(tmp_path, limit=500)
        fill(store, 0, 2_000)
        store.grow()
        store.delete(np.arange(200))
        store.grow()
        old = store._store
        assert isinstance(old, HnswStore)
        assert old.dead == 200
        store.delete(np.arange(200, 600))
        store.grow()
        assert isinstance(store._store, HnswStore)
        assert store._store is not old
        assert store._store.dead == 0
        holds(store, plain((600, 2_000)))

    def test_a_small_rest_is_searched_exactly_again(self, tmp_path: Path) -> None:
        store = partition(tmp_path, limit=500)
        fill(store, 0, 1_000)
        store.grow()
        store.delete(np.arange(200, 1_000))
        store.grow()
        assert isinstance(store._store, ExactStore)
        assert store.count() == 200
        np.testing.assert_allclose(store.scores(VECTORS[3], np.array([3])), [1], atol=5e-3)

    def test_a_graph_made_for_other_vectors_is_built_anew(self, tmp_path: Path) -> None:
        rng = np.random.default_rng(0)
        store = VectorPartition(tmp_path, 128, "model", "workspace", exact_limit=300)
        few = rng.standard_normal((600, 16)) @ rng.standard_normal((16, 128))
        store.add(np.arange(600), (few / np.linalg.norm(few, axis=1, keepdims=True)).astype(np.float32))
        store.grow()
        old = store._store
        store.grow()
        assert store._store is old
        many = rng.standard_normal((1_000, 128))
        store.add(np.arange(600, 1_600), (many / np.linalg.norm(many, axis=1, keepdims=True)).astype(np.float32))
        store.grow()
        assert store._store is not old
        assert store.count() == 1_600

    def test_searches_go_on_while_it_grows(self, tmp_path: Path) -> None:
        store = partition(tmp_path, limit=200)
        fill(store, 0, 1_500)
        faults: list[int] = []
        done = threading.Event()

        def search() -> None:
            rng = np.random.default_rng(0)
            while not done.is_set():
                found = store.search(VECTORS[rng.integers(1_500)], 5)[0]
                if len(set(found.tolist())) != 5:
                    faults.append(len(found))

        def add() -> None:
            for begin in range(1_500, 2_000, 20):
                fill(store, begin, begin + 20)
                store.delete(np.arange(begin - 1_500, begin - 1_490))

        searching, adding = threading.Thread(target=search), threading.Thread(target=add)
        searching.start()
        adding.start()
        while store.grow(100):
            pass
        adding.join()
        done.set()
        searching.join()
        assert faults == []
        gone = {label for begin in range(0, 500, 20) for label in range(begin, begin + 10)}
        assert store.labels().tolist() == [label for label in range(2_000) if label not in gone]

    def test_the_limit_is_a_matter_of_bytes(self) -> None:
        assert default_exact_limit(256) == 20_000
        assert default_exact_limit(384) < 20_000
        assert default_exact_limit(4_096) == 5_000


@pytest.fixture(params=["exact", "hnsw"])
def limit(request: pytest.FixtureRequest) -> int:
    return 10_000 if request.param == "exact" else 100


class TestSnapshots:
    def test_the_newest_is_opened(self, tmp_path: Path, limit: int) -> None:
        two_generations(tmp_path, limit)
        store = partition(tmp_path, limit)
        assert store.open() == 9
        assert store.problems == []
        assert store.oldest_sequence == 7
        holds(store, plain((0, 400)))

    def test_an_empty_folder_is_an_empty_partition(self, tmp_path: Path) -> None:
        for folder in (tmp_path, tmp_path / "missing"):
            store = partition(folder)
            assert store.open() == 0
            assert (store.count(), store.problems, store.oldest_sequence) == (0, [], 0)

    def test_an_empty_partition_can_be_saved(self, tmp_path: Path) -> None:
        store = partition(tmp_path / "new")
        store.open()
        store.snapshot(4)
        again = partition(tmp_path / "new")
        assert again.open() == 4
        assert again.count() == 0

    def test_two_are_kept_and_the_log_is_needed_from_the_older(self, tmp_path: Path) -> None:
        store = partition(tmp_path)
        store.open()
        oldest = []
        for sequence in (1, 2, 3, 4):
            fill(store, 10 * sequence, 10 * sequence + 10)
            store.snapshot(sequence)
            oldest.append(store.oldest_sequence)
        assert oldest == [0, 1, 2, 3]
        assert sorted(path.name for path in tmp_path.iterdir()) == ["3", "4"]

    def test_dead_nodes_stay_dead(self, tmp_path: Path) -> None:
        two_generations(tmp_path, 100)
        store = partition(tmp_path, 100)
        store.open()
        store.delete(np.arange(50))
        store.snapshot(10)
        manifest = json.loads((tmp_path / "3" / MANIFEST).read_text())["manifest"]
        assert (manifest["kind"], manifest["count"], manifest["dead"]) == ("hnsw", 350, 50)
        again = partition(tmp_path, 100)
        assert again.open() == 10
        holds(again, plain((50, 400)))

    def test_changes_during_a_snapshot_do_no_harm(self, tmp_path: Path, limit: int) -> None:
        store = partition(tmp_path, limit)
        store.open()
        fill(store, 0, 300)
        store.grow()

        def change() -> None:
            for label in range(300, 700):
                fill(store, label, label + 1)
                store.delete(np.array([label - 300]))

        changing = threading.Thread(target=change)
        changing.start()
        for sequence in range(1, 6):
            store.snapshot(sequence)
        changing.join()
        again = partition(tmp_path, limit)
        assert again.open() == 5
        assert 299 <= again.count() <= 301
        store.snapshot(6)
        last = partition(tmp_path, limit)
        assert last.open() == 6
        holds(last, plain((400, 700)))

    @pytest.mark.parametrize("state", ["not opened", "closed"])
    def test_only_an_open_partition_is_saved(self, state: str, tmp_path: Path) -> None:
        two_generations(tmp_path, 10_000)
        store = partition(tmp_path)
        if state == "closed":
            store.open()
            store.close()
        with pytest.raises(RuntimeError, match="open"):
            store.snapshot(99)
        assert partition(tmp_path).open() == 9

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"model_id": "other"}, "model"),
            ({"workspace_id": "other"}, "workspace"),
        ],
    )
    def test_those_of_others_are_refused(self, change: dict[str, str], said: str, tmp_path: Path) -> None:
        two_generations(tmp_path, 10_000)
        store = partition(tmp_path, **change)
        assert store.open() == 0
        assert store.count() == 0
        assert len(store.problems) == 2
        assert all(said in problem for problem in store.problems)

    def test_those_of_another_dimension_are_refused(self, tmp_path: Path) -> None:
        two_generations(tmp_path, 10_000)
        store = VectorPartition(tmp_path, DIMENSION + 1, "model", "workspace")
        assert store.open() == 0
        assert "dimension" in store.problems[0]


class FailingDisk(Disk):
    """A disk whose n-th step fails, and every one after it: what is left is what a crash at that moment leaves."""

    def __init__(self, fails_at: int) -> None:
        super().__init__()
        self._left = fails_at

    def _step(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise OSError(28, "No space left on device")

    def make_folder(self, path: Path) -> None:
        self._step()
        super().make_folder(path)

    def write(self, path: Path, text: str) -> None:
        self._step()
        super().write(path, text[: len(text) // 2])  # half of it was written when the power went
        self._step()
        super().write(path, text)

    def sync(self, path: Path) -> None:
        self._step()
        super().sync(path)

    def rename(self, old: Path, new: Path) -> None:
        self._step()
        super().rename(old, new)

    def remove(self, path: Path) -> None:
        self._step()
        super().remove(path)

    def sha256(self, path: Path) -> str:
        self._step()
        return super().sha256(path)


class TestCrashes:
    def test_a_crash_at_any_step_leaves_a_generation_that_is_whole(self, tmp_path: Path, limit: int) -> None:
        two_generations(tmp_path / "whole", limit)
        opened: list[int] = []
        for step in range(100):
            folder = tmp_path / str(step)
            shutil.copytree(tmp_path / "whole", folder)
            store = partition(folder, limit)
            store.open()
            fill(store, 400, 500)
            store._generations._disk = FailingDisk(step)
            try:
                store.snapshot(11)
            except (SnapshotFailed, OSError):
                holds(store, plain((0, 500)))
            else:
                break
            again = partition(folder, limit)
            opened.append(again.open())
            assert again.problems == []
            holds(again, plain((0, 400 if opened[-1] == 9 else 500)))
            again.snapshot(12)
            assert len(list(folder.iterdir())) == 2
        assert opened == sorted(opened)
        assert set(opened) == {9, 11}
        assert opened.count(9) > 20

    def test_killed_at_a_random_moment_it_has_what_was_acknowledged(self, tmp_path: Path) -> None:
        program = (
            "import sys, numpy as np\n"
            "from pathlib import Path\n"
            "from core.vector_stores import VectorPartition\n"
            "store = VectorPartition(Path(sys.argv[1]), 32, 'model', 'workspace', exact_limit=200)\n"
            "sequence = store.open()\n"
            "while True:\n"
            "    sequence += 1\n"
            "    rng = np.random.default_rng(sequence)\n"
            "    store.add(np.arange(20 * sequence, 20 * sequence + 20), rng.random((20, 32), dtype=np.float32))\n"
            "    store.grow()\n"
            "    store.snapshot(sequence)\n"
            "    print(sequence, flush=True)\n"
        )
        rng = random.Random(1)
        acknowledged = 0
        for _ in range(5):
            command = [sys.executable, "-c", program, str(tmp_path / "vectors")]
            with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
                assert child.stdout is not None
                for _ in range(rng.randrange(1, 5)):
                    acknowledged = int(child.stdout.readline())
                time.sleep(rng.random() * 0.03)  # into the middle of the next
                child.kill()
                acknowledged = max([acknowledged, *map(int, child.stdout.read().split())])
            store = VectorPartition(tmp_path / "vectors", 32, "model", "workspace", exact_limit=200)
            sequence = store.open()
            assert store.problems == []
            assert acknowledged <= sequence <= acknowledged + 1
            assert store.labels().tolist() == list(range(20, 20 * sequence + 20))
        assert store.count() > 200

    def test_a_failure_says_what_to_do(self, tmp_path: Path) -> None:
        store = partition(tmp_path, disk=FailingDisk(0))
        store.open()
        with pytest.raises(SnapshotFailed, match=r"could not be saved .*No space left.* Free some space"):
            store.snapshot(1)

    def test_files_that_read_back_otherwise_are_not_kept(
        self, tmp_path: Path, limit: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        two_generations(tmp_path, limit)
        store = partition(tmp_path, limit)
        store.open()
        freeze = type(store._store).freeze
        name = "vectors" if limit > 100 else "codes"

        def damaging(self: ExactStore | HnswStore, folder: Path) -> dict[str, Any]:
            frozen = dict(freeze(self, folder))  # type: ignore[arg-type] # it is of the type that was asked
            return frozen | {name: frozen[name][::-1].copy()}

        monkeypatch.setattr(type(store._store), "freeze", damaging)
        with pytest.raises(SnapshotFailed, match="read back"):
            store.snapshot(11)
        monkeypatch.undo()
        assert partition(tmp_path, limit).open() == 9
