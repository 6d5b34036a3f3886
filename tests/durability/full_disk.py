"""Fills a real, small disk at each stage of the work, and looks whether anything is lost and everything goes on.

    python -m tests.durability.full_disk [--json]

Needs Linux, and the right to mount a disk in a namespace of one's own (`unshare -rm`). The disk is full from the moment
at which a stage begins; then a document is removed, which must work; then there is room again.
"""

from __future__ import annotations

import argparse
import json
import logging
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest import mock

from core import KnowledgeBase, Text
from core.concurrency import loop
from core.domain.workspace import Workspace
from core.errors import CarrelError
from core.indexing import reading
from core.indexing.meaning import MeaningFollower
from core.settings import IndexingSettings, Settings
from core.store import backups
from core.store.documents import Documents
from core.store.embeddings import Embeddings
from core.store.versions import Versions
from tests.core.embedders.hashing import HashingEmbedder
from tests.core.engine import InlineReaders

DISK_MB = 128
STAGES: dict[str, tuple[Any, str]] = {
    "read": (InlineReaders, "read_file"),
    "store": (Versions, "store"),
    "commit": (Documents, "mark_meaning"),
    "embed cache": (Embeddings, "put"),
    "snapshot": (MeaningFollower, "snapshot"),
    "backup": (backups, "_pack"),
}
_INSIDE = "--inside"


def why_not() -> str:
    """Return why it can't be done here, or an empty string."""
    if shutil.which("unshare") is None:
        return "there is no unshare"
    tried = subprocess.run(_mounted("true", tempfile.gettempdir()), capture_output=True, check=False)
    return "" if tried.returncode == 0 else "no disk may be mounted here"


def run() -> list[dict[str, object]]:
    """Do all stages, each on a disk of its own; return what happened."""
    results = []
    for stage in STAGES:
        with tempfile.TemporaryDirectory() as folder:
            command = f'exec "{sys.executable}" -m tests.durability.full_disk {_INSIDE} "{stage}" "{folder}"'
            done = subprocess.run(
                _mounted(command, folder), capture_output=True, text=True, check=False, timeout=120, cwd=_root()
            )
        if done.returncode:
            raise RuntimeError(f"{stage}: {done.stderr[-2000:]}")
        results.append(json.loads(done.stdout))
    return results


def _mounted(command: str, folder: str) -> list[str]:
    return ["unshare", "-rm", "sh", "-c", f'mount -t tmpfs -o size={DISK_MB}m t "{folder}" && {command}']


def _root() -> Path:
    return Path(__file__).parents[2]


class Disk:
    """A disk that can be filled to the last byte."""

    def __init__(self, folder: Path) -> None:
        self._filler = folder / "filler"
        self.filled = False

    def fill(self) -> None:
        if self.filled:
            return
        self.filled = True
        with self._filler.open("wb", buffering=0) as file, suppress(OSError):
            for size in (1 << 20, 1 << 12, 1):
                with suppress(OSError):
                    while file.write(bytes(size)):
                        continue

    def free(self) -> None:
        self._filler.unlink(missing_ok=True)


@contextmanager
def _full_from(stage: str, disk: Disk) -> Iterator[None]:
    owner, name = STAGES[stage]
    real: Callable[..., Any] = getattr(owner, name)

    def filling(*given: Any, **named: Any) -> Any:
        disk.fill()
        return real(*given, **named)

    with mock.patch.object(owner, name, filling):
        yield


def _inside(stage: str, folder: Path) -> dict[str, object]:
    logging.disable(logging.CRITICAL)
    loop.RETRY_SECONDS = reading.SPACE_DELAY = 0.1
    disk = Disk(folder)
    (folder / "file.txt").write_text("A spoonbill in a file. " * 200)
    with KnowledgeBase(
        folder / "data",
        settings=Settings(indexing=IndexingSettings(free_space_mb=0)),
        embedder=lambda _, size: HashingEmbedder(size),
        readers=InlineReaders,
    ) as kb:
        workspace = kb.workspaces.create("Thesis")
        first = kb.documents.add_texts(workspace, [Text(f"a{n}", f"The heron number {n}.") for n in range(20)])
        kb.documents.wait(workspace, timeout=60)
        with _full_from(stage, disk):
            acknowledged = 20 + _work(kb, workspace, folder)
            assert disk.filled, "the stage was never reached"
            removed = kb.documents.remove(workspace, first.documents[:1]).documents
            disk.free()
            went_on = kb.documents.wait(workspace, timeout=60)
        kb.upkeep.back_up(workspace)
        found = kb.documents.ledger(workspace).documents
        report = kb.upkeep.verify(workspace, deep=True)
    return {
        "stage": stage,
        "removed while full": removed == 1,
        "went on": went_on,
        "lost": acknowledged - removed - found,
        "whole": not report.findings,
    }


def _work(kb: KnowledgeBase, workspace: Workspace, folder: Path) -> int:
    """Do everything that writes; return how many documents were acknowledged."""
    acknowledged = 1
    kb.documents.add(workspace, [folder / "file.txt"])
    with suppress(CarrelError):
        kb.documents.add_texts(workspace, [Text(f"b{n}", f"The egret number {n}. " * 300) for n in range(20)])
        acknowledged += 20
    kb.documents.wait(workspace, timeout=2)
    with suppress(CarrelError), kb._opened.use(workspace) as opened:
        opened.meaning.snapshot()
    with suppress(CarrelError):
        kb.upkeep.back_up(workspace)
    return acknowledged


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument(_INSIDE, nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        print(json.dumps(_inside(given.inside[0], Path(given.inside[1]))))
        return
    if reason := why_not():
        sys.exit(f"This can't be tried: {reason}.")
    results = run()
    if given.json:
        print(json.dumps(results))
        return
    for each in results:
        print(" · ".join(f"{name}: {value}" for name, value in each.items()))


if __name__ == "__main__":
    main()
