"""Whole workspaces are never called damaged; damage is found where it is, and what is derived is mended."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from core import KnowledgeBase, Text
from core.domain.health import Part
from core.domain.workspace import Workspace
from core.errors import CarrelError
from tests.core.command_line.program_runs import Carrel
from tests.core.engine import MovableClock, quick_engine

WORDS = (
    "heron",
    "egret",
    "stork",
    "crane",
    "ibis",
    "bittern",
    "spoonbill",
    "pelican",
    "Störche",
    "Löffler",
    "白鷺",
    "цапля",
)


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(WORDS) + chance.choice([".", "", ",", "\n\n"]) for _ in range(words))


def _texts(chance: random.Random, number: int, words: int = 60) -> list[Text]:
    return [Text(f"t{n}", _text(chance, chance.randint(1, words)), chance.choice(WORDS)) for n in range(number)]


class Shapes:
    """Makes workspaces of odd shapes, by seed."""

    def __init__(self, kb: KnowledgeBase, root: Path) -> None:
        self._kb = kb
        self._root = root

    def make(self, seed: int) -> Workspace:
        chance = random.Random(seed)
        shape = self.ALL[seed % len(self.ALL)]
        workspace = self._kb.workspaces.create(f"{shape.__name__} {seed} {chance.choice(WORDS)}")
        shape(self, workspace, chance)
        return workspace

    def empty(self, workspace: Workspace, chance: random.Random) -> None:
        pass

    def one_passage(self, workspace: Workspace, chance: random.Random) -> None:
        self._kb.documents.add_texts(workspace, [Text("1", chance.choice(WORDS))])

    def only_texts(self, workspace: Workspace, chance: random.Random) -> None:
        self._kb.documents.add_texts(workspace, _texts(chance, 20))

    def no_text_at_all(self, workspace: Workspace, chance: random.Random) -> None:
        self._kb.documents.add_texts(workspace, [Text("1", ""), Text("2", " \n "), Text("3", "\0")])

    def files(self, workspace: Workspace, chance: random.Random) -> None:
        folder = self._root / workspace.id
        folder.mkdir()
        for number in range(chance.randint(1, 8)):
            (folder / f"{chance.choice(WORDS)}-{number}.md").write_text("# " + _text(chance, 200))
        (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
        (folder / "empty.txt").touch()
        self._kb.documents.add(workspace, [folder])

    def expired(self, workspace: Workspace, chance: random.Random) -> None:
        self._kb.documents.add_texts(workspace, _texts(chance, 5), ttl=1.0)

    def removed(self, workspace: Workspace, chance: random.Random) -> None:
        change = self._kb.documents.add_texts(workspace, _texts(chance, 10))
        self._kb.documents.wait(workspace, timeout=60)
        self._kb.documents.remove(workspace, change.documents[: chance.choice([3, 10])])

    def replaced(self, workspace: Workspace, chance: random.Random) -> None:
        for _ in range(3):
            self._kb.documents.add_texts(workspace, _texts(chance, 6))

    def huge(self, workspace: Workspace, chance: random.Random) -> None:
        self._kb.documents.add_texts(workspace, [Text("1", _text(chance, 8000))])

    def scopes(self, workspace: Workspace, chance: random.Random) -> None:
        for number in range(6):
            self._kb.documents.add_texts(
                workspace, _texts(chance, 2), scope=chance.choice(["workspace", f"session:{number}", f"agent:{number}"])
            )

    def same_again(self, workspace: Workspace, chance: random.Random) -> None:
        body = _text(chance, 40)
        change = self._kb.documents.add_texts(workspace, [Text(str(n), body) for n in range(8)])
        self._kb.documents.wait(workspace, timeout=60)
        self._kb.documents.remove(workspace, change.documents[::2])

    def restored(self, workspace: Workspace, chance: random.Random) -> None:
        self._kb.documents.add_texts(workspace, _texts(chance, 4))
        self._kb.documents.wait(workspace, timeout=60)
        self._kb.upkeep.back_up(workspace)
        self._kb.documents.add_texts(workspace, _texts(chance, 8))
        self._kb.upkeep.restore(workspace)

    def salvaged(self, workspace: Workspace, chance: random.Random) -> None:
        self._kb.documents.add_texts(workspace, _texts(chance, 4))
        self._kb.documents.wait(workspace, timeout=60)
        assert self._kb.upkeep.salvage(workspace).lost == ()

    ALL: tuple[Callable[..., None], ...] = (
        empty,
        one_passage,
        only_texts,
        no_text_at_all,
        files,
        expired,
        removed,
        replaced,
        huge,
        scopes,
        same_again,
        restored,
        salvaged,
    )


@pytest.mark.slow
def test_a_hundred_whole_workspaces_are_not_called_damaged(tmp_path: Path) -> None:
    clock = MovableClock()
    with quick_engine(tmp_path / "data", clock) as kb:
        shapes = Shapes(kb, tmp_path)
        workspaces = [shapes.make(seed) for seed in range(100)]
        for workspace in workspaces:
            assert kb.documents.wait(workspace, timeout=60)
        clock.forward(10)
        found = {each.name: kb.upkeep.verify(each, deep=True).findings for each in workspaces[::3]}
    for number, workspace in enumerate(workspaces):
        folder = _folder_of(tmp_path / "data", workspace)
        if number % 2:
            (folder / "running").touch()  # as a kill leaves it
        if number % 5 == 0:
            shutil.rmtree(folder / "vectors", ignore_errors=True)  # never in a snapshot
    with quick_engine(tmp_path / "data", clock) as kb:
        found |= {each.name: kb.upkeep.verify(each, deep=True).findings for each in workspaces}
    assert {name: findings for name, findings in found.items() if findings} == {}
    assert len(found) == 100


@pytest.fixture
def filled(tmp_path: Path) -> tuple[Path, Workspace]:
    """Return a data folder with a workspace of texts and files, backed up and closed."""
    chance = random.Random(7)
    with quick_engine(tmp_path / "data") as kb:
        workspace = kb.workspaces.create("Thesis")
        kb.documents.add_texts(workspace, _texts(chance, 40, 300))
        Shapes(kb, tmp_path).files(workspace, chance)
        assert kb.documents.wait(workspace, timeout=60)
        kb.upkeep.back_up(workspace)
    return tmp_path / "data", workspace


def _harm(path: Path, chance: random.Random) -> str:
    content = bytearray(path.read_bytes())
    match chance.choice(["flip", "flips", "zero", "cut", "noise", "empty"]):
        case "flip":
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        case "flips":
            for _ in range(40):
                content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        case "zero":
            page = 4096 * chance.randrange(len(content) // 4096)
            content[page : page + 4096] = bytes(4096)
        case "cut":
            del content[chance.randrange(len(content)) :]
        case "noise":
            page = 4096 * chance.randrange(len(content) // 4096)
            content[page : page + 4096] = chance.randbytes(4096)
        case "empty":
            content.clear()
    path.write_bytes(content)
    return path.name


def _use(kb: KnowledgeBase, workspace: Workspace) -> None:
    """Call what a person might; whatever is damaged, they get a sentence and no traceback."""
    calls: list[Callable[[], object]] = [
        lambda: kb.documents.wait(workspace, timeout=5),
        lambda: kb.documents.ledger(workspace),
        lambda: kb.search.query(workspace, "heron stork"),
        lambda: kb.search.documents(workspace, "egret"),
        lambda: [kb.documents.text(workspace, document) for document in range(1, 12)],
        lambda: [kb.documents.passages(workspace, document) for document in range(1, 12)],
        lambda: kb.documents.failures(workspace),
        lambda: kb.upkeep.receipts(workspace),
        lambda: kb.documents.add_texts(workspace, [Text("new", "A new heron.")]),
    ]
    for call in calls:
        with suppress(CarrelError):
            call()


@pytest.mark.slow
@pytest.mark.expects_log(
    "the list of workspaces was damaged or gone"
    "|(words|meaning|sweep|reading-0) waits: database damaged"
    "|vectors not saved .DatabaseDamaged"
    "|can't be looked after: DatabaseDamaged"
    "|a derived file is damaged and is made anew"
)
def test_fifty_damages_are_never_a_crash_and_always_of_the_right_class(
    filled: tuple[Path, Workspace], tmp_path: Path
) -> None:
    data, workspace = filled
    found = 0
    for seed in range(50):
        chance = random.Random(seed)
        root = tmp_path / f"damaged-{seed}"
        shutil.copytree(data, root)
        folder = root / "workspaces" / workspace.id
        harmed = _harm(chance.choice([folder / "workspace.db", folder / "embeddings.db", root / "app.db"]), chance)
        with quick_engine(root) as kb:
            [listed] = kb.workspaces.all()
            report = kb.upkeep.verify(listed, deep=True)
            if harmed == "workspace.db":
                found += bool(report.findings)
            else:
                assert report.exit_code < 2, (seed, harmed, report)
            _use(kb, listed)
            if report.exit_code == 2:
                kb.upkeep.restore(listed)
            else:
                kb.upkeep.repair(listed, deep=True)
            assert kb.documents.wait(listed, timeout=30), seed
            assert kb.upkeep.verify(listed, deep=True).findings == (), (seed, harmed, report)
            assert len(kb.search.query(listed, "heron")) > 0
        shutil.rmtree(root)
    assert found > 10


def _change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def _folder_of(data: Path, workspace: Workspace) -> Path:
    return data / "workspaces" / workspace.id


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE chunk SET text = 'something else' WHERE id = 3",
        "UPDATE chunk SET start = start + 1 WHERE id = 3",
        "UPDATE version SET text = x'00' WHERE document_id = 2",
        "UPDATE document SET current_version_id = 999 WHERE id = 2",
        "UPDATE document SET state = 'lost' WHERE id = 2",
        "INSERT INTO version SELECT 999, 999, '', '', '', x'', x'', 0, '', 0, 0",
    ],
)
def test_texts_that_are_not_as_they_were_stored_are_damage_of_the_truth(
    filled: tuple[Path, Workspace], statement: str
) -> None:
    data, workspace = filled
    _change(_folder_of(data, workspace) / "workspace.db", statement)
    with quick_engine(data) as kb:
        report = kb.upkeep.verify(workspace, deep=True)
        assert report.exit_code == 2
        assert {each.part for each in report.findings if each.truth} == {Part.TRUTH}
        assert kb.upkeep.repair(workspace, deep=True).repaired == ()


def test_what_is_missing_in_the_indices_is_found_and_made_anew(filled: tuple[Path, Workspace]) -> None:
    data, workspace = filled
    with quick_engine(data) as kb:
        with kb._opened.use(workspace) as opened:
            chunks = opened.versions.chunk_ids().tolist()
            opened.words.forget(chunks[:5], [1])
            opened.meaning.forget(chunks[5:7])
        report = kb.upkeep.verify(workspace)
        assert {(each.part, each.count) for each in report.findings} == {(Part.WORDS, 6), (Part.VECTORS, 2)}
        assert report.exit_code == 1
        repaired = kb.upkeep.repair(workspace)
        assert set(repaired.repaired) == set(report.findings)
        assert kb.upkeep.verify(workspace, deep=True).findings == ()


def test_a_backup_that_can_not_be_brought_back_is_found_and_made_again(filled: tuple[Path, Workspace]) -> None:
    data, workspace = filled
    [packed] = (_folder_of(data, workspace) / "backups").glob("*.gz")
    packed.write_bytes(packed.read_bytes()[:-9])
    with quick_engine(data) as kb:
        [finding] = kb.upkeep.verify(workspace, deep=True).findings
        assert (finding.part, finding.truth) == (Part.BACKUPS, False)
        assert kb.upkeep.repair(workspace, deep=True).repaired == (finding,)
        assert len(kb.upkeep.backups(workspace)) == 1


def test_what_can_be_read_of_a_damaged_database_is_saved_and_files_are_read_again(
    filled: tuple[Path, Workspace],
) -> None:
    data, workspace = filled
    path = _folder_of(data, workspace) / "workspace.db"
    _change(path, "UPDATE version SET text = x'00' WHERE document_id IN (1, 2, 41)")
    with quick_engine(data) as kb:
        before = kb.documents.ledger(workspace)
        titles = {each.id: each.title for each in before.files}
        saved = kb.upkeep.salvage(workspace)
        assert (saved.again, sorted(saved.lost)) == (1, sorted([titles[1], titles[2]]))
        assert saved.documents == before.documents - 3
        assert kb.documents.wait(workspace, timeout=60)
        after = kb.documents.ledger(workspace)
        assert (after.total, after.documents) == (before.total - 2, before.documents - 2)
        assert kb.upkeep.verify(workspace, deep=True).findings == ()
    assert (path.parent / "quarantine" / "workspace.db").exists()


@pytest.mark.parametrize("seed", range(6))
def test_rows_on_a_bad_page_are_lost_and_no_others(filled: tuple[Path, Workspace], seed: int) -> None:
    data, workspace = filled
    chance = random.Random(seed)
    path = _folder_of(data, workspace) / "workspace.db"
    content = bytearray(path.read_bytes())
    page = 4096 * chance.randrange(1, len(content) // 4096)
    content[page : page + 4096] = bytes(4096)
    path.write_bytes(content)
    with quick_engine(data) as kb:
        kb.upkeep.salvage(workspace)
        assert kb.documents.wait(workspace, timeout=60)
        assert kb.upkeep.verify(workspace, deep=True).findings == ()


def test_a_database_of_which_nothing_can_be_read_becomes_an_empty_one(filled: tuple[Path, Workspace]) -> None:
    data, workspace = filled
    (_folder_of(data, workspace) / "workspace.db").write_bytes(b"nothing" * 2000)
    with quick_engine(data) as kb:
        assert kb.upkeep.salvage(workspace).documents == 0
        assert kb.upkeep.verify(workspace, deep=True).findings == ()
        assert kb.upkeep.restore(workspace).documents > 40


@pytest.mark.expects_log("words: .* entries are missing")
def test_after_an_end_without_closing_the_workspace_is_looked_at_and_mended(filled: tuple[Path, Workspace]) -> None:
    import threading

    data, workspace = filled
    with quick_engine(data) as kb, kb._opened.use(workspace) as opened:
        assert kb.documents.wait(workspace, timeout=60)
        opened._words_loop.stop()
        opened.words.forget(opened.versions.chunk_ids().tolist()[:5], [])
        opened.words.index.settle()  # sealed, so that the opening finds nothing
    (_folder_of(data, workspace) / "running").touch()
    with quick_engine(data) as kb:
        assert kb.documents.wait(workspace, timeout=60)
        with kb._opened.use(workspace) as opened:
            opened.check_if_due(threading.Event())
        assert kb.documents.wait(workspace, timeout=60)
        assert kb.upkeep.verify(workspace).findings == ()
    assert not (_folder_of(data, workspace) / "running").exists()


@pytest.mark.expects_log("it is of the model hashing")  # the program has another model than the quick engine
def test_the_command_line_tells_by_its_exit_code(filled: tuple[Path, Workspace]) -> None:
    data, workspace = filled
    carrel = Carrel(data)
    folder = _folder_of(data, workspace)
    assert "is whole" in carrel("workspace", "verify", "Thesis").stdout
    assert carrel.json("workspace", "verify", "Thesis", "--deep") == {
        "workspace": "Thesis",
        "deep": True,
        "healthy": True,
        "findings": [],
        "skipped": [],
    }
    shutil.copy(folder / "workspace.db", data / "whole.db")
    [packed] = (folder / "backups").glob("*.gz")
    packed.write_bytes(b"nothing")
    damaged = carrel("workspace", "verify", "Thesis", "--deep", code=1).stdout
    assert "backups: The newest backup can't be brought back" in damaged
    assert 'carrel workspace repair "Thesis"' in damaged
    assert "repaired" in carrel("workspace", "repair", "Thesis", "--deep", code=1).stdout
    (folder / "workspace.db").write_bytes(b"nothing" * 1000)
    damaged = carrel("workspace", "verify", "Thesis", code=2).stdout
    assert "workspace restore" in damaged
    assert "--salvage" in damaged
    assert "restore" in carrel("workspace", "repair", "Thesis", code=2).stdout
    assert "needs --yes" in carrel.error(2, "workspace", "repair", "Thesis", "--salvage")
    shutil.copy(data / "whole.db", folder / "workspace.db")
    _change(folder / "workspace.db", "UPDATE version SET text = x'00' WHERE document_id = 1")
    said = carrel("workspace", "repair", "Thesis", "--salvage", "--yes").stdout
    assert "1 document lost" in said
    assert carrel.json("workspace", "repair", "Thesis", "--salvage", "--yes")["lost"] == []
    assert "no workspace named" in carrel.error(10, "workspace", "verify", "Nowhere")
