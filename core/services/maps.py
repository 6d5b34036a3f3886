"""`kb.maps`: pictures of a workspace, its documents placed by meaning."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain.clock import Clock
from core.domain.document import WORKSPACE_SCOPE, scope_kind
from core.domain.document_map import DocumentMap, Landmark, PlacedDocument
from core.domain.workspace import Workspace
from core.keyword_index.errors import IndexDamaged
from core.maps.groups import groups
from core.maps.layout import lay_out
from core.maps.means import mean_vectors
from core.maps.stopping import Stopped, check
from core.open_workspaces import OpenWorkspaces
from core.workspace import OpenWorkspace

PATIENCE = 15.0
"""Seconds in which the vectors of a million passages are loaded."""
_DOCUMENTS_AT_ONCE = 2_000
_WORDS = 2

_Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class _Gathered:
    """What a map is made of: documents with their vectors, how many wait, and the last change that is in it."""

    documents: tuple[PlacedDocument, ...]
    vectors: _Vectors
    waiting: int
    applied: int


class MapsService:
    """Draws one workspace at a time: its own documents, never those of a session, nor what has expired."""

    def __init__(self, opened: OpenWorkspaces, clock: Clock) -> None:
        self._opened = opened
        self._clock = clock

    def draw(
        self,
        workspace: Workspace,
        *,
        before: DocumentMap | None = None,
        stop: threading.Event | None = None,
        patience: float = PATIENCE,
    ) -> DocumentMap | None:
        """Return the map of a workspace, by the vectors that are there; 50,000 documents take a few seconds.

        The same documents give the same map.

        Args:
            workspace: Which.
            before: The map as it was last: what stands on it moves little, unless most of it is new.
            stop: Breaks it off when it is set; the result is None then.
            patience: Most seconds to wait for the vectors, which are loaded after the workspace has been opened; then
                every document is still waiting.
        """
        try:
            with self._opened.use(workspace) as opened:
                found = self._gathered(opened, stop, patience)
            # What takes long needs the workspace no more: it may be closed meanwhile.
            places = lay_out(found.vectors, None if before is None else _places(before, found.documents), stop)
            with self._opened.use(workspace) as opened:
                landmarks = _landmarks(opened, found.documents, places)
        except Stopped:
            return None
        return DocumentMap(found.documents, places, landmarks, found.waiting, found.applied)

    def is_current(self, workspace: Workspace, drawn: DocumentMap) -> bool:
        """Tell whether nothing has changed among what can be placed since a map was drawn."""
        with self._opened.use(workspace) as opened:
            return opened.meaning.applied == drawn.applied

    def _gathered(self, opened: OpenWorkspace, stop: threading.Event | None, patience: float) -> _Gathered:
        opened.meaning.loaded(patience)
        applied = opened.meaning.applied
        now = self._clock.wall()
        shown = opened.placeable.documents(WORKSPACE_SCOPE, now)
        pending = opened.placeable.pending(WORKSPACE_SCOPE, now)
        ids, vectors = _vectors(opened, shown, stop)
        known = {each.id: each for each in shown}
        documents = tuple(known[each] for each in ids.tolist())
        return _Gathered(documents, vectors, len(shown) - len(documents) + pending, applied)


def _vectors(
    opened: OpenWorkspace, shown: Sequence[PlacedDocument], stop: threading.Event | None
) -> tuple[NDArray[np.int64], _Vectors]:
    """Return those of the documents that have vectors, by id, and the vector of each."""
    partition = opened.meaning.partition(scope_kind(WORKSPACE_SCOPE))
    if partition is None or not shown:
        return np.empty(0, np.int64), np.empty((0, 0), np.float32)
    ids: list[NDArray[np.int64]] = []
    vectors: list[_Vectors] = []
    wanted = _ids(shown)
    # A part at a time: the passages of all documents take many times the room of the documents.
    for begin in range(0, len(shown), _DOCUMENTS_AT_ONCE):
        check(stop)
        part = wanted[begin : begin + _DOCUMENTS_AT_ONCE]
        owners, passages = opened.placeable.passages(int(part[0]), int(part[-1]), WORKSPACE_SCOPE)
        seen = np.isin(owners, part)
        found, means = mean_vectors(owners[seen], passages[seen], partition.vectors)
        ids.append(found)
        vectors.append(means)
    return np.concatenate(ids), np.concatenate(vectors)


def _places(before: DocumentMap, documents: Sequence[PlacedDocument]) -> _Vectors:
    """Return where each document stood before; NaN for those that are new."""
    places = np.full((len(documents), 2), np.nan, np.float32)
    _, rows, old = np.intersect1d(_ids(documents), _ids(before.documents), assume_unique=True, return_indices=True)
    places[rows] = before.places[old]
    return places


def _landmarks(opened: OpenWorkspace, documents: Sequence[PlacedDocument], places: _Vectors) -> tuple[Landmark, ...]:
    ids = _ids(documents)
    rows = groups(places)
    try:
        words = opened.words.index.characteristic([ids[each] for each in rows], _WORDS, (WORKSPACE_SCOPE,))
    except IndexDamaged:
        # The map is of use without words, which are made anew meanwhile.
        opened.check_words()
        return ()
    middles = [np.median(places[each], axis=0).tolist() for each in rows]
    return tuple(
        Landmark(said, x, y, len(each)) for said, (x, y), each in zip(words, middles, rows, strict=True) if said
    )


def _ids(documents: Sequence[PlacedDocument]) -> NDArray[np.int64]:
    return np.fromiter((each.id for each in documents), np.int64, len(documents))
