"""How long reading will take is told from what was read on this machine, and not at all where little was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core import KnowledgeBase
from core.domain.source import KindCount
from core.domain.workspace import Workspace
from core.errors import DiskFull
from core.indexing.estimate import Estimate
from core.store.database import Database
from core.store.paces import Paces, ReadFiles
from core.store.schema import APP_MIGRATIONS
from tests.core.engine import MovableClock, quick_engine


@pytest.fixture
def paces(tmp_path: Path) -> Iterator[Paces]:
    database = Database(tmp_path / "app.db", APP_MIGRATIONS)
    yield Paces(database)
    database.close()


def estimate(paces: Paces, *read: tuple[str, int, float], readers: int = 2) -> Estimate:
    """Return an estimate that knows these files, after the first ones, which are slow."""
    made = Estimate(paces, readers)
    for each in [*[("pdf", 1, 100.0)] * (2 * readers), *read]:
        made.read(*each)
    return made


def test_files_like_those_that_were_read_take_as_long(paces: Paces) -> None:
    made = estimate(paces, *[("pdf", 1000, 0.5)] * 4, ("pdf", 1000, 1.5))
    assert made.seconds({"pdf": KindCount(100, 100_000)}) == pytest.approx(100 * 0.7 / 2)
    assert made.seconds({"pdf": KindCount(100, 500_000)}) == pytest.approx(5 * 100 * 0.7 / 2)
    assert made.seconds({"pdf": KindCount(100, 0)}) == pytest.approx(100 * 0.7 / 2)  # the small have their costs, too


def test_nothing_is_told_of_what_is_not_known(paces: Paces) -> None:
    made = estimate(paces, *[("pdf", 1000, 0.5)] * 5, *[("md", 10, 0.1)] * 4)
    assert made.seconds({}) is None
    assert made.seconds({"md": KindCount(10, 100)}) is None
    assert made.seconds({"pdf": KindCount(7, 7000), "md": KindCount(3, 30)}) is None
    # A few others take what the known ones take in the mean.
    assert made.seconds({"pdf": KindCount(8, 8000), "md": KindCount(2, 20)}) == pytest.approx(10 * 0.5 / 2)


def test_what_was_read_is_kept_and_added_to(paces: Paces) -> None:
    made = estimate(paces, *[("pdf", 1000, 0.5)] * 3)
    made.keep()
    again = estimate(paces, *[("pdf", 1000, 0.5)] * 3)
    assert again.seconds({"pdf": KindCount(2, 2000)}) == pytest.approx(0.5)
    again.keep()
    again.keep()
    assert paces.all() == {"pdf": ReadFiles(6, 6000, 3.0)}
    paces.add({"pdf": ReadFiles(2000, 2000, 1.0)})
    assert paces.all() == {"pdf": ReadFiles(1003, 4000, 2.0)}


def test_what_can_not_be_kept_is_known_still(paces: Paces, monkeypatch: pytest.MonkeyPatch) -> None:
    made = estimate(paces, *[("pdf", 1000, 0.5)] * 5)

    def full(_: object) -> None:
        raise DiskFull("app.db")

    with monkeypatch.context() as patch:
        patch.setattr(paces, "add", full)
        with pytest.raises(DiskFull):
            made.keep()
    assert made.seconds({"pdf": KindCount(1, 1000)}) is not None
    made.keep()
    assert paces.all()["pdf"].files == 5


def _written(folder: Path, files: int) -> Path:
    folder.mkdir()
    for number in range(files):
        (folder / f"{number}.md").write_text(f"The note {number}.", "utf-8")
    return folder


def test_a_folder_is_estimated_by_what_another_took_also_after_a_start(tmp_path: Path, clock: MovableClock) -> None:
    first, second = _written(tmp_path / "first", 12), _written(tmp_path / "second", 6)

    def preview(kb: KnowledgeBase) -> float | None:
        return kb.documents.preview([second]).seconds

    with quick_engine(tmp_path / "data", clock) as kb:
        workspace: Workspace = kb.workspaces.create("Thesis")
        assert preview(kb) is None
        kb.documents.add(workspace, [first])
        assert kb.documents.wait(workspace, timeout=60)
        told = preview(kb)
        assert told is not None
        assert 0 < told < 60
    with quick_engine(tmp_path / "data", clock) as kb:
        assert preview(kb) == pytest.approx(told)
