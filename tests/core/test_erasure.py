"""What was removed is gone from every file of the data folder, soon and without a restart."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import KnowledgeBase, Text
from core.domain.passage import Passage
from core.domain.workspace import Workspace
from core.errors import DiskFailed
from core.indexing import words
from core.keyword_index.index import KeywordIndex
from core.maintenance.erasure import Erasure
from core.store.database import Database
from core.store.deletion import Owed
from core.store.embeddings import Embeddings
from tests.core.engine import MovableClock, quick_engine

CANARY = "zyzzyvaquill"
BESIDE = 30


def settle(kb: KnowledgeBase, workspace: Workspace) -> None:
    assert kb.documents.wait(workspace, timeout=60)


def traces(folder: Path, *words: str) -> list[str]:
    """Return where words stand in the files of a folder: as bytes in the usual encodings, or packed in a row."""
    encodings = ("utf-8", "utf-16-le", "utf-16-be")
    wanted = re.compile(b"|".join(re.escape(word.encode(each)) for word in words or [CANARY] for each in encodings))
    found = []
    for path in sorted(folder.rglob("*")):
        where = path.relative_to(folder)
        if wanted.search(path.name.encode()):
            found.append(f"{where}: its name")
        if path.is_file():
            content = path.read_bytes()
            if match := wanted.search(content.lower()):
                found.append(f"{where}: {match[0]!r}")
            if any(wanted.search(text) for text in unpacked(content)):
                found.append(f"{where}: packed")
    return found


def unpacked(content: bytes) -> Iterator[bytes]:
    """Yield what stands behind each beginning of a zlib stream, as far as it can be read."""
    for match in re.finditer(b"\x78\x9c", content):
        unpack = zlib.decompressobj()
        text = b""
        try:
            for at in range(match.start(), min(match.start() + 4096, len(content)), 64):
                text += unpack.decompress(content[at : at + 64])
        except zlib.error:
            pass
        if text:
            yield text.lower()


def add_everything(kb: KnowledgeBase, workspace: Workspace, folder: Path) -> list[int]:
    """Add documents with the canary in every place that one can be told in, among others without it."""
    folder.mkdir()
    texts = [Text(f"plain-{n}", f"Ordinary words number {n}. " * 20, metadata={"n": n}) for n in range(BESIDE)]
    long = " ".join(f"Sentence {n} of the {CANARY} story." for n in range(400))
    kb.documents.add_texts(workspace, texts[: BESIDE // 2])
    kb.documents.add_texts(
        workspace,
        [
            Text(f"{CANARY}-id", "short", title="x"),
            Text("title", "short", title=f"About {CANARY}"),
            Text("meta", "short", metadata={"team": CANARY}),
            Text("tag", "short", tags=(CANARY,)),
            Text("long", long),
            *(Text(f"text-{n}", f"The {CANARY} number {n}.") for n in range(20)),
        ],
    )
    kb.documents.add_texts(workspace, texts[BESIDE // 2 :])
    (folder / f"{CANARY}.md").write_text(f"# The {CANARY} heading\n\n## Deeper {CANARY}\n\nText.\n")
    (folder / "stays.md").write_text("# Plain\n\nText that stays.\n")
    kb.documents.add(workspace, [folder])
    settle(kb, workspace)
    files = kb.documents.ledger(workspace).files
    return [each.id for each in files if not each.name.startswith(("plain", "stays"))]


def test_nothing_is_left_of_removed_documents(kb: KnowledgeBase, workspace: Workspace, tmp_path: Path) -> None:
    ids = add_everything(kb, workspace, tmp_path / "papers")
    assert len(traces(tmp_path / "data")) > 3  # the search finds what is there
    kb.documents.remove(workspace, ids)
    settle(kb, workspace)
    assert traces(tmp_path / "data") == []
    assert kb.search.matches(workspace, "ordinary").total == BESIDE
    assert kb.search.query(workspace, "stays", mode="keyword")[0].document.name == "stays.md"


def test_nothing_is_left_of_what_expired_and_of_a_removed_source(
    kb: KnowledgeBase, workspace: Workspace, tmp_path: Path, clock: MovableClock
) -> None:
    kb.documents.add_texts(workspace, [Text("plain", "Ordinary words.")])
    kb.documents.add_texts(workspace, [Text("1", f"The {CANARY}.")], scope="session:1", ttl=60)
    folder = tmp_path / CANARY
    folder.mkdir()
    (folder / "a.md").write_text("A file.")
    change = kb.documents.add(workspace, [folder])
    settle(kb, workspace)
    clock.forward(61)
    kb.upkeep.sweep(workspace)
    kb.sources.remove(workspace, change.sources[0])
    settle(kb, workspace)
    assert traces(tmp_path / "data") == []


def test_what_closing_interrupted_is_erased_after_the_next_start(
    tmp_path: Path, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with quick_engine(tmp_path / "data", clock) as kb:
        workspace = kb.workspaces.create("Thesis")
        ids = add_everything(kb, workspace, tmp_path / "papers")
        with monkeypatch.context() as patch:
            patch.setattr("core.maintenance.erasure.Erasure.step_words", lambda *_: None)
            kb.documents.remove(workspace, ids)
            assert not kb.documents.wait(workspace, timeout=0.2)
            kb.close()
    assert traces(tmp_path / "data") != []
    with quick_engine(tmp_path / "data", clock) as kb:
        settle(kb, kb.workspaces.get("Thesis"))
        assert traces(tmp_path / "data") == []


def test_what_is_added_and_removed_again_and_again_leaves_nothing(
    kb: KnowledgeBase, workspace: Workspace, tmp_path: Path
) -> None:
    """Segments of every size, the one with the index's mark among them, and rows that are moved between pages."""
    rng = random.Random(7)
    alive: dict[int, str] = {}
    gone: list[str] = []
    for turn in range(3):
        words = {f"w{turn}x{n}q": "filler " * rng.randrange(400) for n in range(rng.randrange(1, 60))}
        change = kb.documents.add_texts(workspace, [Text(word, f"{word} {rest}") for word, rest in words.items()])
        settle(kb, workspace)
        alive |= zip(change.documents, words, strict=True)
        removed = rng.sample(sorted(alive), rng.randrange(1, len(alive) // 2 + 2))
        kb.documents.remove(workspace, removed)
        settle(kb, workspace)
        gone += [alive.pop(each) for each in removed]
        assert kb.documents.ledger(workspace).total == len(alive)
        assert traces(tmp_path / "data", *gone) == []
    assert all(kb.search.matches(workspace, word).total == 1 for word in alive.values())


def test_files_of_the_keyword_index_go_while_a_search_still_reads_them(tmp_path: Path) -> None:
    index = KeywordIndex(tmp_path / "words")
    index.apply(1, add=[passage(1, CANARY), passage(2, "plain")])
    reading = index._passages.snapshot
    index.apply(2, remove=[1])
    assert index.beside_removed() == ([2], [])
    index.apply(2, add=[passage(2, "plain")])
    assert index.beside_removed() == ([], [])
    assert index.collect()
    assert traces(tmp_path / "words") == []
    assert reading.keys().tolist() == [1, 2]
    index.close()


def passage(chunk_id: int, text: str) -> Passage:
    return Passage(chunk_id, chunk_id, "workspace", "en", "", "", text)


def test_erasing_rests_in_proportion_to_its_work() -> None:
    clock = StandingClock()
    deletion = Debts()
    work = iter([True, False, False])
    databases: list[Database] = []

    def erase() -> bool:
        clock.now += 3
        return next(work)

    erasure = Erasure(deletion, databases, erase, lambda: 9, lambda: None, clock)  # type: ignore[arg-type]
    assert erasure.step_words(5) is None
    deletion.debt = Owed(7, 7)
    assert erasure.step_words(6) is None, "first the index follows the log"
    assert erasure.step_words(7) == 6.0
    assert erasure.step_words(7) is None
    assert erasure.step_rest(6) is None
    assert erasure.step_rest(7) is None
    assert deletion.debt is None
    deletion.debt = Owed(8, 0)
    assert erasure.step_words(8) == 120.0
    with erasure.hurry():
        assert erasure.step_words(8) is None
    assert erasure.step_rest(8) is None


class Debts:
    """What is owed, without a database."""

    debt: Owed | None = None

    def owed(self) -> Owed | None:
        return self.debt

    def erased(self, owed: Owed) -> None:
        assert owed == self.debt
        self.debt = None


class StandingClock:
    """A clock that a test sets."""

    now = 100.0

    def wall(self) -> float:
        return self.now

    def monotonic(self) -> float:
        return self.now

    def elapsed(self) -> float:
        return self.now


def test_erasing_comes_to_an_end_in_however_many_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Each part is a commit, and commits make tantivy merge segments in between.
    monkeypatch.setattr(words, "DOCUMENT_BATCH", 4)
    monkeypatch.setattr(words, "ERASED_AT_ONCE", 8)
    with quick_engine(tmp_path / "data", MovableClock()) as kb:
        workspace = kb.workspaces.create("Thesis")
        for day in range(3):
            kb.documents.add_texts(workspace, [Text(f"{day}-{each}", f"Log {each} of day {day}") for each in range(60)])
            assert kb.documents.wait(workspace, timeout=60)
        kb.documents.remove(workspace, [each.id for each in kb.documents.ledger(workspace).files][::50])
        assert kb.documents.wait(workspace, timeout=60)


def test_no_embedding_stays_of_what_was_replaced_or_of_a_removal_that_broke_off(
    kb: KnowledgeBase, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        monkeypatch.undo()
        raise DiskFailed("embeddings.db")

    ids = kb.documents.add_texts(workspace, [Text(name, f"The {name} is new.") for name in "abc"]).documents
    settle(kb, workspace)
    kb.documents.add_texts(workspace, [Text("a", "Another text.")])
    settle(kb, workspace)
    monkeypatch.setattr(Embeddings, "delete", fail)
    with pytest.raises(DiskFailed):
        kb.documents.remove(workspace, ids[1:2])
    settle(kb, workspace)
    with kb._opened.use(workspace) as opened:
        assert opened.counts()["cached_embeddings"] == opened.versions.count() == 2
