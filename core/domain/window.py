"""The windows of a chunk: short runs of tokens whose best cosine sharpens the score of a static embedding.

A static embedder averages token vectors, so a long chunk drowns the one sentence that answers. The best window inside the
chunk is found without storing a vector per window: the chunk keeps its token ids and the length (norm) of the summed vector
of each window; at query time one product of the query with the token table and running sums over the ids give every cosine.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WINDOW_TOKENS = 32
WINDOW_STEP = 16


@dataclass(frozen=True, slots=True, eq=False)
class WindowTokens:
    """What is kept per chunk to score its windows.

    Attributes:
        ids: uint16 `(prefix + body,)`: ids of the prefix's tokens (the title), then of the chunk's own tokens.
        prefix: Number of prefix tokens; they belong to every window.
        norms: float16 `(windows,)`: length of the summed token vectors of each window, prefix included.
    """

    ids: NDArray[np.uint16]
    prefix: int
    norms: NDArray[np.float16]


def window_bounds(body: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the first and one-past-last body token of each window of a chunk with `body` tokens.

    Windows begin every `WINDOW_STEP` tokens; the last one ends with the chunk; a short or empty chunk has one window.
    """
    last = max(0, body - WINDOW_TOKENS)
    count = -(-last // WINDOW_STEP) + 1
    starts = np.minimum(np.arange(count, dtype=np.int64) * WINDOW_STEP, last)
    return starts, np.minimum(starts + WINDOW_TOKENS, body)
