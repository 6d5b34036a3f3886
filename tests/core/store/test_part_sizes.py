"""How much room the parts of a workspace take."""

from __future__ import annotations

from pathlib import Path

from core.domain.health import Part
from core.store.part_sizes import part_sizes, size_of


def test_every_file_counts_with_its_part(tmp_path: Path) -> None:
    for name, count in {
        "workspace.db": 1,
        "workspace.db-wal": 2,
        "embeddings.db": 4,
        "words/documents/a.store": 8,
        "words/b.store": 16,
        "vectors/workspace/1/graph": 32,
        "backups/x.db.gz": 64,
        "quarantine/workspace.db": 128,
        "running": 256,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * count)
    assert part_sizes(tmp_path) == {
        Part.TRUTH: 3,
        Part.CACHE: 4,
        Part.WORDS: 24,
        Part.VECTORS: 32,
        Part.BACKUPS: 192,
    }
    assert size_of(tmp_path) == 511


def test_what_is_not_there_takes_no_room(tmp_path: Path) -> None:
    assert set(part_sizes(tmp_path / "nowhere").values()) == {0}
    assert size_of(tmp_path / "nowhere") == 0
