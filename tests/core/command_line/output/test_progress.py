"""The two-tone progress."""

from __future__ import annotations

import pytest

from core.command_line.output.progress import BAR, LINE_SECONDS, Batch, IndexingProgress, Stage
from core.command_line.output.screen import Screen
from core.domain.change import Progress
from tests.core.command_line.terminal import Stream


def progress(
    queued: int, running: int, stored: int, chunks: int, words: int, meaning: int, left: float | None = None
) -> Progress:
    return Progress(queued, running, stored + queued, words, meaning, chunks, left, False)


def bar(stage: Stage) -> str:
    return "".join(part if isinstance(part, str) else part[0] for part in stage.bar)


def test_a_batch_counts_from_its_beginning() -> None:
    batch = Batch()
    assert batch.stage(progress(100, 0, 900, 9000, 9000, 9000)).sentence == "0 of 100 read · words 0% · meaning 0%"
    stage = batch.stage(progress(48, 2, 950, 9500, 9400, 9250, left=840))
    assert (stage.documents, stage.total) == (50, 100)
    assert stage.words == pytest.approx(0.5 * 0.8)
    assert stage.meaning == pytest.approx(0.5 * 0.5)
    assert stage.sentence == "50 of 100 read · words 40% · meaning 25% · about 14 min left"


def test_files_that_fail_and_files_that_are_read_again_count_as_read() -> None:
    batch = Batch()
    batch.stage(progress(10, 0, 0, 0, 0, 0))
    stage = batch.stage(progress(4, 0, 2, 6, 6, 6))
    assert (stage.documents, stage.total) == (6, 10)


def test_files_found_on_the_way_are_added() -> None:
    batch = Batch()
    batch.stage(progress(0, 1, 0, 0, 0, 0))
    stage = batch.stage(progress(500, 1, 20, 100, 0, 0))
    assert (stage.documents, stage.total) == (20, 521)


def test_no_share_leaves_its_bounds() -> None:
    batch = Batch()
    batch.stage(progress(1, 0, 10, 100, 100, 100))
    # Passages of a replaced document went, so that there are fewer than at the beginning.
    stage = batch.stage(progress(0, 0, 10, 90, 90, 90))
    assert (stage.words, stage.meaning) == (1.0, 1.0)
    assert batch.stage(progress(0, 0, 10, 90, 0, 0)).words <= 1.0


def test_the_bar_has_two_tones_and_one_length() -> None:
    assert bar(Stage(0, 10, 0.0, 0.0, None)) == "·" * BAR
    assert bar(Stage(10, 10, 1.0, 1.0, None)) == "█" * BAR
    half = bar(Stage(5, 10, 0.5, 0.2, None))
    assert (half.count("█"), half.count("▒"), len(half)) == (round(BAR * 0.2), round(BAR * 0.3), BAR)


def test_a_file_gets_a_line_now_and_then() -> None:
    err, now = Stream(), [0.0]
    with IndexingProgress(Screen(Stream(), err), clock=lambda: now[0]) as shown:
        for second in range(int(LINE_SECONDS * 3)):
            now[0] = float(second)
            shown.show(progress(10, 0, 0, 0, 0, 0))
    assert err.text == "0 of 10 read · words 0% · meaning 0%\n" * 2


def test_a_terminal_gets_a_bar_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    err = Stream(terminal=True)
    with IndexingProgress(Screen(Stream(), err)) as shown:
        shown.show(progress(10, 0, 0, 0, 0, 0))
        shown.show(progress(5, 0, 5, 10, 10, 0))
    assert "5 of 10 read · words 50% · meaning 0%" in err.text
    assert "▒" in err.text
    assert err.text.endswith("\x1b[2K")  # the line is cleared
    assert "\x1b[?25h" in err.text  # the cursor is back
