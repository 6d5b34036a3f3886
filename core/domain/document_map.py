"""A picture of a workspace: its documents as points on a plane."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class PlacedDocument:
    """What a point of a map stands for.

    Attributes:
        id: The document.
        name: Its file name, or the title of a text.
        kind: Short type, such as `pdf`.
        source: Name of the source that it stands under.
        tags: Its tags, sorted.
        year: Year of its own date, or None where it has none.
    """

    id: int
    name: str
    kind: str
    source: str
    tags: tuple[str, ...]
    year: int | None


@dataclass(frozen=True, slots=True)
class Landmark:
    """Words that tell what the documents around a place are about.

    Attributes:
        words: The most telling first.
        x, y: The place.
        documents: How many documents stand around it.
    """

    words: tuple[str, ...]
    x: float
    y: float
    documents: int


@dataclass(frozen=True, slots=True, eq=False)
class DocumentMap:
    """Documents by meaning: those that are alike stand together. Directions and distances mean nothing else.

    Attributes:
        documents: The documents that are placed, by id.
        places: Where each stands, float32 `(n, 2)`; in no unit.
        landmarks: What is where, the place with the most documents first.
        waiting: Number of documents that can't be placed yet, because they are not read or understood.
        applied: The last change of the workspace that it shows.
    """

    documents: tuple[PlacedDocument, ...]
    places: NDArray[np.float32]
    landmarks: tuple[Landmark, ...]
    waiting: int
    applied: int
