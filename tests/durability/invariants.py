"""What must hold in an engine that was opened after a kill; every broken rule is a sentence."""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from core import KnowledgeBase
from core.domain.document import WORKSPACE_SCOPE, Document, State
from core.domain.workspace import Workspace
from core.errors import CarrelError
from core.workspace import OpenWorkspace
from tests.durability.model import Key, Model, TextState, body
from tests.durability.model import State as Allowed

SECONDS = 60.0
SAMPLE = 4
LIKENESS = 0.995
"""Least cosine between a vector in the index and the one in the cache: a graph keeps int8 rows."""


def leftovers(data: Path) -> list[str]:
    """Return what is half done in a data folder: temporary names, and generations of vectors beside the two kept."""
    left = [f"{path.relative_to(data)} is left over" for end in ("tmp", "deleted") for path in data.rglob(f"*.{end}")]
    for kind in data.glob("workspaces/*/vectors/*"):
        generations = sorted(each.name for each in kind.iterdir())
        if len(generations) > 2:
            left.append(f"there are generations {generations}")
    return left


class Check:
    """One look at everything, compared with a model.

    Attributes:
        problems: What is wrong.
        seen: What was found for each key of the model.
        chunks: Workspace and id of each passage, with the word of its text: ids must never be used again.
        quarantined: Jobs that were put aside because the engine was killed three times while it did them.
    """

    def __init__(self, kb: KnowledgeBase, model: Model, files: Path, rng: random.Random) -> None:
        """`files` holds the folders that are read, as workspace/folder."""
        self._kb = kb
        self._model = model
        self._files = files
        self._rng = rng
        self.problems: list[str] = []
        self.seen: dict[Key, Allowed] = {}
        self.chunks: list[tuple[str, int, str]] = []
        self.quarantined = 0

    def run(self) -> None:
        """Look at every workspace."""
        there = {each.name: each for each in self._kb.workspaces.all()}
        known = {key[0] for key in self._model.states if len(key) == 1}
        for name in sorted(known | there.keys()):
            allowed = self._model.allowed((name,))
            found = True if name in there else None
            self.seen[(name,)] = found
            if found not in allowed:
                self._problem(name, "is there though it was deleted" if found else "is lost")
            elif found:
                self._workspace(there[name])
        folders = {path.name for path in (self._files.parent / "data" / "workspaces").glob("*")}
        if stray := folders - {each.id for each in there.values()}:
            self._problem("data folder", f"{len(stray)} folders belong to no workspace: {sorted(stray)}")
        if self._model.halves(self.seen):
            self._problem("model", f"an operation is half done: {self._model.under_way}")

    def _problem(self, where: str, what: str) -> None:
        self.problems.append(f"{where}: {what}")

    def _workspace(self, workspace: Workspace) -> None:
        # Lent for the whole look, so that it is not closed meanwhile.
        with self._kb._opened.use(workspace) as opened:
            self._look(workspace, opened)

    def _look(self, workspace: Workspace, opened: OpenWorkspace) -> None:
        kb, name = self._kb, workspace.name
        kb.upkeep.sweep(workspace)  # or the sweep takes something out between two looks
        if not kb.documents.wait(workspace, SECONDS):
            self._problem(name, f"does not come to rest: {kb.documents.progress(workspace)} {opened.jobs.counts()}")
            return
        self._requeue(workspace, opened)
        self._sources(workspace)
        if not kb.documents.wait(workspace, SECONDS):
            self._problem(name, f"does not come to rest after a scan: {opened.jobs.counts()}")
            return
        # A removal of a source that was cut off may leave cancelled jobs, which are a note and not work.
        if jobs := {state: count for state, count in opened.jobs.counts().items() if state != "cancelled"}:
            self._problem(name, f"jobs are left when all is done: {jobs}")
        ledger = kb.documents.ledger(workspace)
        if not sum(ledger.counts.values()) == ledger.total == len(ledger.files):
            self._problem(name, f"the ledger does not add up: {ledger.counts}")
        self._documents(workspace, list(ledger.files))
        self._indices(workspace, opened)
        self._expired(workspace)
        self._backups(workspace, opened)

    def _backups(self, workspace: Workspace, opened: OpenWorkspace) -> None:
        """Look whether the newest backup can be brought back, and nothing is left of one that was cut off."""
        key = (workspace.name, "backup", "newest")
        backups = [each for each in self._kb.upkeep.backups(workspace) if each.reason == "asked"]
        self.seen[key] = True if backups else None
        if self.seen[key] not in self._model.allowed(key):
            self._problem(workspace.name, f"a backup is {'there that nobody made' if backups else 'lost'}")
        elif backups:
            unpacked = self._files.parent / "unpacked.db"
            try:
                opened.files.backups.unpack(backups[0], unpacked)  # which verifies it
            except CarrelError as error:
                self._problem(workspace.name, f"the newest of {len(backups)} backups can't be brought back: {error}")
            unpacked.unlink(missing_ok=True)
        if left := [path.name for path in opened.files.folder.glob("backups/*.tmp")]:
            self._problem(workspace.name, f"of backups is left: {left}")

    def _requeue(self, workspace: Workspace, opened: OpenWorkspace) -> None:
        """Ask again for what was put aside, as a person would; that it was put aside is no loss."""
        counts = opened.jobs.counts()
        if counts:
            # Cancelled are those of a source whose removal was cut off.
            self.quarantined += counts.get("quarantined", 0)
            self._kb.documents.retry(workspace)
            self._kb.sources.rescan(workspace)
            with opened._database.transaction() as connection:
                connection.execute("DELETE FROM job WHERE state IN ('quarantined', 'cancelled') AND kind = 'scan'")
            if not self._kb.documents.wait(workspace, SECONDS):
                self._problem(workspace.name, f"does not come to rest after a retry: {opened.jobs.counts()}")

    def _sources(self, workspace: Workspace) -> None:
        name = workspace.name
        there = {Path(os.fsdecode(each.path)).name: each for each in self._kb.sources.all(workspace) if each.path}
        for key in [key for key in self._model.states if key[:2] == (name, "source")]:
            found = True if key[2] in there else None
            self.seen[key] = found
            if found not in self._model.allowed(key):
                self._problem(name, f"source {key[2]} is {'there though it was removed' if found else 'lost'}")
            scanned = (name, "scanned", key[2])
            if found and self._model.allowed(scanned) != [True]:
                self._kb.sources.rescan(workspace, there[key[2]].id)
            self.seen[scanned] = True
        if stray := there.keys() - {key[2] for key in self._model.states if key[:2] == (name, "source")}:
            self._problem(name, f"sources that nobody added: {stray}")

    def _documents(self, workspace: Workspace, documents: list[Document]) -> None:
        name, now = workspace.name, self._model.clock
        texts = {each.external_id: each for each in documents if each.external_id is not None}
        for key in [key for key in self._model.states if key[:2] == (name, "text")]:
            self._text(workspace, key, texts.pop(key[2], None), now)
        if texts:
            self._problem(name, f"texts that nobody added: {sorted(map(str, texts))}")
        expected = {
            str(path): path.read_text("utf-8")
            for key, states in self._model.states.items()
            if key[:2] == (name, "source") and self.seen.get(key)
            for path in (self._files / name / key[2]).rglob("*.txt")
        }
        found = Counter(each.path for each in documents if each.path is not None)
        if twice := [path for path, times in found.items() if times > 1]:
            self._problem(name, f"files that are there twice: {twice}")
        if lost := expected.keys() - found.keys():
            self._problem(name, f"files that are lost: {sorted(lost)}")
        if phantom := found.keys() - expected.keys():
            self._problem(name, f"files that are not on disk: {sorted(map(str, phantom))}")
        for each in documents:
            if each.path in expected:
                self._body(workspace, each, expected[each.path])

    def _text(self, workspace: Workspace, key: Key, found: Document | None, now: float) -> None:
        allowed = self._model.allowed(key)
        name = workspace.name
        if found is None:
            expired = [each for each in allowed if isinstance(each, TextState) and (each.expires or now + 1) <= now]
            self.seen[key] = None
            if None not in allowed and not expired:
                self._problem(name, f"text {key[2]} is lost; allowed: {allowed}")
            return
        stored = self._kb.documents.text(workspace, found.id).text
        expires = found.expires_at.timestamp() if found.expires_at else None
        for state in allowed:
            if (
                isinstance(state, TextState)
                and body(name, state.word, state.sentences) == stored
                and (state.expires, state.tag) == (expires, " ".join(found.tags))
            ):
                self.seen[key] = state
                self._body(workspace, found, stored)
                return
        words = sorted({word for word in stored.replace(".", " ").replace(",", " ").split() if word.startswith("word")})
        self._problem(
            name, f"text {key[2]} is none of {allowed}: {words}, {len(stored)}, {expires}, {found.tags}, {found.state}"
        )

    def _body(self, workspace: Workspace, document: Document, expected: str) -> None:
        stored = self._kb.documents.text(workspace, document.id).text
        if stored != expected:
            self._problem(workspace.name, f"{document.name} holds another text: {stored[:80]!r} not {expected[:80]!r}")
            return
        if document.state is not State.MEANING:
            self._problem(workspace.name, f"{document.name} is {document.state}: {document.reason}")
        passages = self._kb.documents.passages(workspace, document.id)
        if [each.ordinal for each in passages] != list(range(len(passages))) or not passages:
            self._problem(workspace.name, f"{document.name} has passages {[each.ordinal for each in passages]}")
        if any(each.text != stored[each.start : each.end] for each in passages):
            self._problem(workspace.name, f"{document.name} has passages of another text")
        covered = 0
        for each in passages:
            if stored[covered : each.start].strip():
                self._problem(workspace.name, f"{document.name} has a gap before passage {each.ordinal}")
            covered = each.end
        if stored[covered:].strip():
            self._problem(workspace.name, f"{document.name} has no passage for its end")
        word = expected.partition(" canary of ")[2].partition(".")[0]
        self.chunks += [(workspace.id, each.id, f"{word}/{each.ordinal}") for each in passages]
        lasting = document.expires_at is None or document.expires_at.timestamp() > self._model.clock
        if lasting and self._rng.random() < 0.1:
            for mode in ("keyword", "hybrid"):
                hits = self._kb.search.query(workspace, word, mode=mode, limit=3)
                if not hits or hits[0].document.id != document.id or word not in hits[0].text:
                    self._problem(workspace.name, f"{document.name} is not found by its word ({mode})")

    def _indices(self, workspace: Workspace, opened: OpenWorkspace) -> None:
        name = workspace.name
        with opened._database.read() as connection:
            rows = connection.execute(
                "SELECT chunk.id, chunk.embedding_hash, document.scope, chunk.document_id FROM chunk"
                " JOIN document ON document.id = chunk.document_id ORDER BY chunk.id"
            ).fetchall()
            spare = connection.execute(
                "SELECT count(*) FROM version WHERE id NOT IN (SELECT current_version_id FROM document"
                " WHERE current_version_id IS NOT NULL)"
            ).fetchone()[0]
            health = [row[0] for row in connection.execute("PRAGMA quick_check")]
            dangling = connection.execute("PRAGMA foreign_key_check").fetchall()
        if health != ["ok"] or dangling:
            self._problem(name, f"SQLite finds damage: {health} {len(dangling)}")
        if spare:
            self._problem(name, f"{spare} versions are no document's current one")
        truth = np.array([row["id"] for row in rows], dtype=np.int64)
        if not np.array_equal(truth, words := opened.words.index.chunk_ids()):
            self._differ(name, "words", truth, words)
        documents = np.unique(np.array([row["document_id"] for row in rows], dtype=np.int64))
        if not np.array_equal(documents, found := opened.words.index.document_ids()):
            self._differ(name, "words of whole documents", documents, found)
        partition = opened.meaning.partition(WORKSPACE_SCOPE)
        if partition is None:
            if len(truth):
                self._problem(name, "no vectors")
            return
        if not np.array_equal(truth, labels := partition.labels()):
            self._differ(name, "vectors", truth, labels)
            return
        if not np.array_equal(truth, windows := partition.windows.labels()):
            self._differ(name, "windows", truth, windows)
        if not opened.versions.count() == opened.words.index.count() == opened.meaning.count() == len(truth):
            self._problem(name, "the counts differ")
        if len(truth):
            self._vectors(name, opened, partition, {row["id"]: row["embedding_hash"] for row in rows})

    def _differ(self, name: str, index: str, truth: Any, found: Any) -> None:
        missing, extra = np.setdiff1d(truth, found), np.setdiff1d(found, truth)
        self._problem(name, f"difference in {index}: {missing.tolist()} are missing, {extra.tolist()} are too many")

    def _vectors(self, name: str, opened: OpenWorkspace, partition: Any, hashes: dict[int, bytes]) -> None:
        labels = np.array(sorted(hashes), dtype=np.int64)
        vectors = partition.vectors(labels)
        cached = opened._embeddings.get(opened.meaning._embedder.model_id, "document", list(hashes.values()))
        if missing := [label for label, each in hashes.items() if each not in cached]:
            self._problem(name, f"the cache lacks the embeddings of passages {missing}")
            return
        true = np.stack([cached[hashes[label]][0] for label in labels.tolist()])
        likeness = np.einsum("ij,ij->i", vectors, true) / (
            np.linalg.norm(vectors, axis=1) * np.linalg.norm(true, axis=1)
        )
        if not (likeness > LIKENESS).all():
            self._problem(name, f"vectors differ from the cache: {labels[~(likeness > LIKENESS)].tolist()}")
        for label in self._rng.sample(labels.tolist(), min(SAMPLE, len(labels))):
            vector = cached[hashes[label]][0]
            found, scores = partition.search(vector, 10)
            if label not in found.tolist() and scores[-1] < 0.99:
                self._problem(name, f"passage {label} does not find itself")

    def _expired(self, workspace: Workspace) -> None:
        now, name = self._model.clock, workspace.name
        visible = {each.name for each in self._kb.search.matches(workspace, f"{name} canary").documents}
        expected = {
            key[2]
            for key, state in self.seen.items()
            if key[:2] == (name, "text")
            and isinstance(state, TextState)
            and (state.expires is None or state.expires > now)
        }
        texts = {each for each in visible if not each.endswith(".txt")}
        if texts != expected:
            self._problem(name, f"visible {sorted(texts - expected)}, hidden {sorted(expected - texts)}")
