"""Makes the engine of this process small and quick, so that everything rare happens often."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

from core import KnowledgeBase, knowledge_base
from core.domain.clock import Clock
from core.domain.window import WindowTokens
from core.embedders.base import Vectors
from core.embedders.wordllama import WordLlamaEmbedder
from core.indexing import meaning, reading, snapshots, words
from core.maintenance import removal, sweep
from core.settings import IndexingSettings, LifetimeSettings, Settings
from core.vector_stores import partition
from tests.core.engine import InlineReaders

DIMENSION = 64
_WORD = re.compile(r"word\d+x")
EMBEDDED_AT_ONCE = 16
_SIZES: tuple[tuple[ModuleType, str, Any], ...] = (
    (knowledge_base, "DEFAULT_DIMENSION", DIMENSION),
    (snapshots, "AFTER_CHANGES", 24),
    (meaning, "BATCH", EMBEDDED_AT_ONCE),
    (meaning, "GROWN_AT_ONCE", 16),
    (words, "BATCH", 40),
    (words, "DOCUMENT_BATCH", 4),
    (words, "GATHER_SECONDS", 0.01),
    (reading, "TEXT_BATCH", 4),
    (reading, "CHANGED_DELAY", 0.0),  # the clock stands still between two operations
    (removal, "BATCH", 3),
    (sweep, "AT_ONCE", 3),
    (partition, "_EXACT_COMPONENTS", 0),
    (partition, "_EXACT_LEAST", 40),
)
SETTINGS = Settings(
    indexing=IndexingSettings(chunk_tokens=48, overlap_tokens=8, free_space_mb=0),
    lifetimes=LifetimeSettings(sweep_seconds=0.1, purge_days=0.0),
)


def shrink() -> ExitStack:
    """Set the sizes of this process; closing what is returned sets them back."""
    stack = ExitStack()
    for module, name, value in _SIZES:
        # A name that has gone raises here, or the tests would say nothing without anybody noticing.
        stack.enter_context(mock.patch.object(module, name, value))
    return stack


class CountedEmbedder:
    """WordLlama, which tells what it is asked to embed (hash and own word) before it does so."""

    def __init__(self, model: WordLlamaEmbedder, tell: Callable[[list[list[str]]], None]) -> None:
        self._model = model
        self._tell = tell
        self.model_id, self.dimension, self.table = model.model_id, model.dimension, model.table

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        return self.embed_with_windows(texts, [""] * len(texts))[0]

    def embed_query(self, text: str) -> Vectors:
        return self._model.embed_query(text)

    def embed_with_windows(self, texts: Sequence[str], prefixes: Sequence[str]) -> tuple[Vectors, list[WindowTokens]]:
        pairs = [f"{prefix}\0{text}" for prefix, text in zip(prefixes, texts, strict=True)]
        self._tell([[hashlib.sha256(each.encode()).hexdigest()[:16], *_WORD.findall(each)[:1]] for each in pairs])
        return self._model.embed_with_windows(texts, prefixes)


class SetClock:
    """A wall clock that a test sets."""

    def __init__(self, wall: float) -> None:
        import time

        self.now = wall
        self.monotonic = time.monotonic

    def wall(self) -> float:
        return self.now

    def elapsed(self) -> float:
        return self.now


def small_engine(data: Path, clock: Clock, embedder: CountedEmbedder) -> KnowledgeBase:
    """Return an engine in this process, to be made small by `shrink` first."""
    return KnowledgeBase(data, settings=SETTINGS, clock=clock, embedder=lambda *_: embedder, readers=InlineReaders)


class Rebuilds:
    """Counts how often an index is made anew from the truth; installed once in a process."""

    def __init__(self) -> None:
        self.count = 0
        self._lock = threading.Lock()
        for follower in (words.WordsFollower, meaning.MeaningFollower):
            self._count(follower)

    def _count(self, follower: Any) -> None:
        rebuild = follower._rebuild

        def counted(itself: Any) -> None:
            with self._lock:
                self.count += 1
            rebuild(itself)

        follower._rebuild = counted
