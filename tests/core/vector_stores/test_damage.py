"""Damage to the files of a partition: the generation before it is opened, and nothing crashes or answers wrongly."""

from __future__ import annotations

import hashlib
import json
import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from core.vector_stores import SnapshotFailed
from core.vector_stores.generations import MANIFEST, Manifest
from tests.core.vector_stores.partitions import LARGE, fill, holds, partition, plain, two_generations

ROOT = Path(__file__).parents[3]
DAMAGES = 500
IN_A_CHILD = 20
SEED = 20_250_117
OPENED = {2: (9, 400), 1: (7, 300), 0: (0, 0)}  # sequence and vectors, by the generation that is whole
OPEN_THEM = (
    "import json, sys\n"
    "from pathlib import Path\n"
    "from tests.core.vector_stores.partitions import VECTORS, partition\n"
    "for path, limit in json.loads(sys.argv[1]):\n"
    "    store = partition(Path(path), limit)\n"
    "    opened = store.open()\n"
    "    found = [store.search(vector, 5)[0].tolist() for vector in VECTORS[:20]]\n"
    "    print(json.dumps([opened, store.count(), found]))\n"
)

FUTURE = json.dumps(
    {"sha256": hashlib.sha256(b'{"format": 99}').hexdigest(), "manifest": {"format": 99}}
)  # whole, but of a later Carrel


def flip(content: bytearray, rng: random.Random) -> None:
    for _ in range(rng.randrange(1, 4)):
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)


def truncate(content: bytearray, rng: random.Random) -> None:
    del content[rng.choice([0, rng.randrange(len(content)), len(content) - 1]) :]


def lengthen(content: bytearray, rng: random.Random) -> None:
    content += rng.randbytes(rng.randrange(1, 5_000))


def clear_page(content: bytearray, rng: random.Random) -> None:
    begin = rng.randrange(len(content)) // 4096 * 4096
    content[begin : begin + 4096] = bytes(len(content[begin : begin + 4096]))


ALTERATIONS: list[Callable[[bytearray, random.Random], None]] = [flip, truncate, lengthen, clear_page]


@pytest.fixture(params=["exact", "hnsw"])
def limit(request: pytest.FixtureRequest) -> int:
    return 10_000 if request.param == "exact" else LARGE


class Shelf:
    """A sound partition, one of another workspace, and copies of the first that are damaged by seed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for limit in (LARGE, 10_000):
            two_generations(folder / f"sound {limit}", limit)
            other = partition(folder / f"other {limit}", limit, workspace_id="other")
            other.open()
            for generation in (1, 2):
                fill(other, 500 * generation, 500 * generation + 350)
                other.grow()
                other.snapshot(generation)

    def damaged(self, seed: int) -> tuple[Path, int, int]:
        """Return a damaged copy, the limit of its partition, and the newest generation that is whole, 0 for none."""
        rng = random.Random(seed)
        limit = rng.choice([LARGE, 10_000])
        sound, copy = self._folder / f"sound {limit}", self._folder / f"damaged {seed}"
        shutil.copytree(sound, copy, copy_function=os.link)
        for generation in rng.choice([[2], [2], [2], [1], [1, 2]]):
            self._damage(copy / str(generation), self._folder / f"other {limit}" / str(generation), rng)
        whole = [each for each in (1, 2) if self._same(sound / str(each), copy / str(each))]
        return copy, limit, max(whole, default=0)

    def _damage(self, generation: Path, foreign: Path, rng: random.Random) -> None:
        path = rng.choice(sorted(generation.iterdir()))
        content = bytearray(path.read_bytes())
        match rng.randrange(10):
            case 0:
                path.unlink()
            case 1:
                (generation / rng.choice(["graph.faiss.1", "extra.npy", "manifest"])).write_bytes(content)
            case 2:
                self._replace(path, (foreign / path.name).read_bytes())
            case 3:
                self._replace(path, (generation.parent / str(3 - int(generation.name)) / path.name).read_bytes())
            case 4:
                self._replace(path, rng.choice(sorted(generation.iterdir())).read_bytes())
            case 5:
                shutil.rmtree(generation)
                shutil.copytree(foreign, generation)
            case _:
                rng.choice(ALTERATIONS)(content, rng)
                self._replace(path, content)

    def _replace(self, path: Path, content: bytes) -> None:
        path.unlink()  # it is a link to the sound file
        path.write_bytes(content)

    def _same(self, sound: Path, copy: Path) -> bool:
        names = [path.name for path in sound.iterdir()]
        return all(
            (copy / name).is_file() and (copy / name).read_bytes() == (sound / name).read_bytes() for name in names
        )


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return Shelf(tmp_path_factory.mktemp("shelf"))


def test_500_damages_end_in_an_older_generation_and_right_answers(shelf: Shelf) -> None:
    seen: set[tuple[int, int]] = set()
    for seed in range(SEED, SEED + DAMAGES):
        folder, limit, whole = shelf.damaged(seed)
        store = partition(folder, limit)
        assert (store.open(), store.count()) == OPENED[whole], seed
        assert len(store.problems) == len([path for path in folder.iterdir() if int(path.name) > whole]), seed
        fill(store, 0, 400)  # what the log still holds is applied again
        holds(store, plain((0, 400)))
        seen.add((limit, whole))
        shutil.rmtree(folder)
    assert len(seen) == 6


def test_a_process_survives_20_damages(shelf: Shelf) -> None:
    damaged = [shelf.damaged(seed) for seed in range(IN_A_CHILD)]
    asked = json.dumps([[str(folder), limit] for folder, limit, _ in damaged])
    done = subprocess.run([sys.executable, "-c", OPEN_THEM, asked], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    for (_, _, whole), line in zip(damaged, done.stdout.splitlines(), strict=True):
        sequence, count, found = json.loads(line)
        assert (sequence, count) == OPENED[whole]
        assert all(label in labels for label, labels in enumerate(found)) == (whole > 0)


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """Let no file grow beyond `size`: what a full disk does to a large file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


class TestFullDisk:
    def test_what_can_not_be_written_leaves_the_last_generation(self, tmp_path: Path, limit: int) -> None:
        two_generations(tmp_path, limit)
        sizes = sorted({path.stat().st_size for path in (tmp_path / "2").iterdir()})
        store = partition(tmp_path, limit)
        store.open()
        for size in [0, *(size - 1 for size in sizes)]:
            fill(store, 400, 401)
            with no_file_beyond(size), pytest.raises(SnapshotFailed, match="could not be saved"):
                store.snapshot(10)
            assert sorted(path.name for path in tmp_path.iterdir()) == ["1", "2"], "a full disk needs the room"
            holds(store, plain((0, 401)))
            assert partition(tmp_path, limit).open() == 9
        store.snapshot(11)
        again = partition(tmp_path, limit)
        assert again.open() == 11
        holds(again, plain((0, 401)))

    def test_a_folder_that_can_not_be_made(self, tmp_path: Path, limit: int) -> None:
        (tmp_path / "file").write_text("no folder")
        store = partition(tmp_path / "file" / "vectors", limit)
        assert store.open() == 0
        fill(store, 0, 300)
        with pytest.raises(SnapshotFailed):
            store.snapshot(1)
        holds(store, plain((0, 300)))


class TestManifest:
    def test_when_both_are_damaged_it_is_empty(self, tmp_path: Path, limit: int) -> None:
        two_generations(tmp_path, limit)
        for path in tmp_path.glob("*/labels.npy"):
            path.write_bytes(path.read_bytes()[:-1] + b"\xff")
        store = partition(tmp_path, limit)
        assert store.open() == 0
        assert store.count() == 0
        assert len(store.problems) == 2

    def test_a_damaged_one_is_replaced_by_the_next(self, tmp_path: Path, limit: int) -> None:
        two_generations(tmp_path, limit)
        (tmp_path / "2" / "labels.npy").unlink()
        store = partition(tmp_path, limit)
        assert store.open() == 7
        fill(store, 300, 420)
        store.snapshot(12)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["1", "3"]
        assert store.oldest_sequence == 7
        again = partition(tmp_path, limit)
        assert again.open() == 12
        holds(again, plain((0, 420)))

    @pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"manifest": {}, "sha256": 3}', "[" * 100_000, FUTURE])
    def test_a_manifest_of_nonsense(self, text: str, tmp_path: Path) -> None:
        two_generations(tmp_path, 10_000)
        (tmp_path / "2" / MANIFEST).write_text(text)
        store = partition(tmp_path)
        assert store.open() == 7

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"kind": "other"}, "kind other"),
            ({"count": 399}, "instead of 399"),
            ({"kind": "exact"}, "No such file"),
        ],
    )
    def test_files_that_are_not_what_the_manifest_says(
        self, change: dict[str, object], said: str, tmp_path: Path
    ) -> None:
        two_generations(tmp_path, LARGE)
        path = tmp_path / "2" / MANIFEST
        path.write_text(replace(Manifest.from_json(path.read_text()), **change).to_json())
        store = partition(tmp_path, LARGE)
        assert store.open() == 7
        assert said in store.problems[0]

    def test_foreign_things_in_the_folder_are_left_alone(self, tmp_path: Path) -> None:
        two_generations(tmp_path, 10_000)
        (tmp_path / "note.txt").write_text("mine")
        (tmp_path / "³").mkdir()
        (tmp_path / "5").write_text("a file named like a generation")
        store = partition(tmp_path)
        assert store.open() == 9
        store.snapshot(10)
        assert (tmp_path / "note.txt").read_text() == "mine"
        assert partition(tmp_path).open() == 10
