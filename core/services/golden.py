"""`kb.golden`: searches with what each must find, run before and after whatever changes the ranking.

All of it belongs to one workspace, stands in its database alone, and goes with it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator
from typing import Protocol

from core.domain.clock import Clock
from core.domain.document import WORKSPACE_SCOPE, Document, State
from core.domain.golden import GoldenQuery, GoldenRun, Miss
from core.domain.search import Results
from core.domain.workspace import Workspace
from core.errors import DocumentNotFound, InvalidInput
from core.open_workspaces import OpenWorkspaces
from core.retrievers.query_language import parse_query, plain
from core.settings import SearchSettings
from core.workspace import OpenWorkspace

WITHIN = 10
LOOKED_AT = 100
"""Results among which a place is told; as many as the window shows."""
PATIENCE = 60.0
LONGEST_PASSAGE = 4000
_RANKED = "golden queries ran with"
_UNREAD = {State.PENDING: Miss.PENDING, State.FAILED: Miss.FAILED, State.SKIPPED: Miss.SKIPPED}


class Find(Protocol):
    """A search, as `kb.search` offers it."""

    def __call__(self, workspace: Workspace, query: str, *, limit: int, patience: float) -> Results:
        """Return the best results."""
        ...


class GoldenService:
    """Pins what queries must find, and looks whether they do."""

    def __init__(
        self,
        opened: OpenWorkspaces,
        clock: Clock,
        settings: Callable[[], SearchSettings],
        find_documents: Find,
        find_passages: Find,
    ) -> None:
        """`settings` gives what holds now."""
        self._opened = opened
        self._clock = clock
        self._settings = settings
        self._find_documents = find_documents
        self._find_passages = find_passages

    def pin(
        self, workspace: Workspace, query: str, document_id: int, *, passage: str = "", within: int = WITHIN
    ) -> GoldenQuery:
        """Pin the document that a query must find; the same again begins anew, with another `within`.

        Args:
            workspace: Where.
            query: As for a search, with its filters; white space makes no difference between two queries.
            document_id: A document of the workspace itself.
            passage: A piece of its text: then not the document must be found, but the passage with the middle of this
                piece. It is kept as it is here, and goes with the document's text.
            within: It must be among so many first documents, or passages.

        Raises:
            InvalidQuery: If the query can't be understood.
            DocumentNotFound: If there is none with that id.
            InvalidInput: If the passage does not stand in the document, or `within` is out of range.
        """
        query = plain(query)
        parse_query(query)
        if not 1 <= within <= LOOKED_AT:
            raise InvalidInput(f"A document can be wanted among the first 1 to {LOOKED_AT}, not {within}.")
        passage = plain(passage)[:LONGEST_PASSAGE].strip()
        with self._opened.use(workspace) as opened:
            document = opened.documents.get([document_id]).get(document_id)
            if document is None or document.scope != WORKSPACE_SCOPE:
                raise DocumentNotFound(document_id)
            if passage and not any(_places(opened, document_id, passage)):
                raise InvalidInput(
                    "The passage does not stand in the document's text.", "Copy it from the text that Carrel shows."
                )
            now = self._clock.wall()
            number = opened.golden.pin(query, document_id, passage, within, now)
            [pinned] = opened.golden.all(now, [number])
        return pinned

    def all(self, workspace: Workspace) -> list[GoldenQuery]:
        """Return the golden queries of a workspace, each as the last run left it, in the order of pinning."""
        with self._opened.use(workspace) as opened:
            return opened.golden.all(self._clock.wall())

    def unpin(self, workspace: Workspace, ids: Collection[int]) -> None:
        """Remove golden queries; their documents stay. Those that are not there are left out."""
        with self._opened.use(workspace) as opened:
            opened.golden.unpin(ids)
            opened.wake()

    def run(self, workspace: Workspace, ids: Collection[int] | None = None) -> GoldenRun:
        """Search for each, and note at which place it found what it must find; None means all.

        One that can't be answered now, because an index is still being loaded or made anew, stays as it was.
        """
        with self._opened.use(workspace) as opened:
            ranked = self._ranking(opened)
            before = opened.golden.all(self._clock.wall(), ids)
            results = {each.id: result for each in before if (result := self._look(opened, workspace, each))}
            opened.golden.record(results, self._clock.wall())
            if ids is None and len(results) == len(before):
                opened.files.facts.put(_RANKED, ranked)
            after = opened.golden.all(self._clock.wall(), [each.id for each in before])
        had = {each.id for each in before if each.found}
        return GoldenRun(tuple(after), tuple(each for each in after if each.id in had and not each.found))

    def run_if_changed(self, workspace: Workspace) -> GoldenRun | None:
        """Run all if what ranks has changed since they were last run (documents, model, weights, an index made anew)
        and nothing is being read; return None if not.
        """
        with self._opened.use(workspace) as opened:
            if not opened.golden.any() or opened.files.facts.get(_RANKED) == self._ranking(opened):
                return None
            if not opened.progress().idle:
                return None
        return self.run(workspace)

    def _ranking(self, opened: OpenWorkspace) -> str:
        settings = self._settings()
        weights = (settings.keyword_weight, settings.vector_weight, settings.document_weight, settings.candidates)
        return json.dumps([*opened.ranking(), *weights])

    def _look(
        self, opened: OpenWorkspace, workspace: Workspace, golden: GoldenQuery
    ) -> tuple[int | None, Miss | None] | None:
        """Return place and miss, or None where the search was not complete."""
        wanted = golden.document_id
        document = None if wanted is None else opened.documents.get([wanted]).get(wanted)
        if document is None:
            return None, Miss.GONE
        find = self._find_passages if golden.passage else self._find_documents
        results = find(workspace, golden.query, limit=LOOKED_AT, patience=PATIENCE)
        if not results.complete:
            return None
        middles = list(_places(opened, document.id, golden.passage)) if golden.passage else []
        for place, hit in enumerate(results, start=1):
            right = not golden.passage or any(hit.start <= middle < hit.end for middle in middles)
            if hit.document.id == document.id and right:
                return place, None if place <= golden.within else Miss.LOWER
        return None, self._reason(opened, golden, document, middles)

    def _reason(self, opened: OpenWorkspace, golden: GoldenQuery, document: Document, middles: list[int]) -> Miss:
        expires = document.expires_at
        if document.reason_code == "expired" or (expires is not None and expires.timestamp() <= self._clock.wall()):
            return Miss.EXPIRED
        if document.state in _UNREAD:
            return _UNREAD[document.state]
        if golden.passage and not middles:
            return Miss.CHANGED
        allowed = opened.reaches.of(parse_query(golden.query).filters, (WORKSPACE_SCOPE,)).documents
        if allowed is not None and document.id not in allowed:
            return Miss.FILTERED
        return Miss.OUTRANKED


def _places(opened: OpenWorkspace, document_id: int, passage: str) -> Iterator[int]:
    """Yield where the middle of a piece stands, each time that it stands in a document's text."""
    extracted = opened.versions.extracted(document_id)
    words = r"\s+".join(map(re.escape, passage.split()))
    for found in re.finditer(words, extracted.text if extracted else ""):
        yield (found.start() + found.end()) // 2
