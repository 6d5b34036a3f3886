"""How far indexing is: a bar of two tones (words, meaning) on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING

from core.command_line.output.quantities import size, span
from core.command_line.output.screen import Part, Screen, styled
from core.domain.change import Progress

if TYPE_CHECKING:
    from rich.live import Live

BAR = 30
LINE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a batch of work is.

    Attributes:
        documents: Documents of the batch that were read.
        total: Documents of the batch that are known so far.
        words: Share of the batch that is searchable by words, 0 to 1.
        meaning: Share of the batch that is searchable by meaning, 0 to 1; never more than `words`.
        seconds_left: Estimate, or None while nothing has been measured.
    """

    documents: int
    total: int
    words: float
    meaning: float
    seconds_left: float | None

    @property
    def sentence(self) -> str:
        """The same in words."""
        if not self.total:
            return "looking for files"
        parts = [
            f"{self.documents:,} of {self.total:,} read",
            f"words {self.words:.0%}",
            f"meaning {self.meaning:.0%}",
        ]
        if self.seconds_left is not None:
            parts.append(f"about {span(self.seconds_left)} left")
        return " · ".join(parts)

    @property
    def bar(self) -> tuple[Part, ...]:
        """The bar: strong where the meaning is known, weak where the words are, dots where nothing is."""
        strong, weak = round(self.meaning * BAR), round(self.words * BAR)
        return ("█" * strong, "green"), ("▒" * (weak - strong), "yellow"), ("·" * (BAR - weak), "dim")


class Batch:
    """What has been done since the first look at the progress; what was indexed before does not count."""

    def __init__(self) -> None:
        self._last: Progress | None = None
        self._read = 0
        self._understood = 0

    def stage(self, now: Progress) -> Stage:
        """Return how far the batch is; looks are given in the order of time."""
        last = self._last or now
        if self._last is None:
            self._understood = min(now.words, now.meaning)
        self._last = now
        # A file that could not be read leaves the queue without a new document; while files are read, more are found.
        self._read += max(0, _waiting(last) - _waiting(now), _stored(now) - _stored(last))
        total = self._read + _waiting(now)
        read = self._read / total if total else 1.0
        passages = now.chunks - self._understood
        words = read * _share(now.words - self._understood, passages)
        meaning = read * _share(now.meaning - self._understood, passages)
        return Stage(self._read, total, words, min(meaning, words), now.seconds_left)


class IndexingProgress:
    """Shows how far indexing is, until the block ends."""

    def __init__(self, screen: Screen, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds; it paces the lines where there is no terminal."""
        self._screen = screen
        self._clock = clock
        self._batch = Batch()
        self._live: Live | None = None
        self._next_line = clock() + LINE_SECONDS

    def show(self, progress: Progress) -> None:
        """Show this."""
        stage = self._batch.stage(progress)
        sentence = stage.sentence
        if progress.space_missing:
            sentence = f"paused until {size(progress.space_missing)} more are free on the disk · {sentence}"
        if self._live is not None:
            self._live.update(styled(*stage.bar, " ", sentence), refresh=True)
        elif self._clock() >= self._next_line:
            self._next_line = self._clock() + LINE_SECONDS
            self._screen.note(sentence)

    def __enter__(self) -> IndexingProgress:
        if self._screen.animated:
            from rich.live import Live

            # Drawn when there is something new, by this thread; the bar makes room for the summary.
            self._live = Live(
                console=self._screen.notes,
                auto_refresh=False,
                transient=True,
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None


def _waiting(progress: Progress) -> int:
    return progress.queued + progress.running


def _stored(progress: Progress) -> int:
    return progress.total - progress.queued


def _share(part: int, whole: int) -> float:
    return min(1.0, max(0.0, part / whole)) if whole > 0 else 1.0
