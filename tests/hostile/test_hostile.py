"""Three hundred hostile files through two reader processes: every one ends, and nothing happens to their owner."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.domain.clock import SystemClock
from core.indexing.worker_pool import WorkerPool
from core.settings import IndexingSettings
from tests.hostile.corpus import DOCUMENTS, KINDS, made
from tests.hostile.run import GROWTH_LIMIT
from tests.hostile.trial import LOST, outcomes, settled

FILES = 300
TIMEOUT = 30
EXPECTED = {
    "bomb.docx": "too_large",
    "bomb-that-lies.docx": "damaged",
    "bomb-in-a-picture.docx": "too_large",
    "overlapping.docx": "too_large",
    "hundred-thousand-members.docx": "too_large",
    "traversal.docx": "damaged",
    "encrypted-member.docx": "encrypted",
    "billion-laughs.docx": "unsupported",
    "billion-laughs-in-utf-16.docx": "unsupported",
    "foreign-entity.docx": "unsupported",
    "far-corner.xlsx": "read",
    "program.pdf": "damaged",
    "headings.md": "read",
    "thousand-parts-in-parts.eml": "damaged",
}


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_hostile_files_end_with_a_reason_and_leave_their_owner_alone(tmp_path: Path) -> None:
    assert len(KINDS) >= 60
    settings = IndexingSettings(workers=2, timeout_seconds=TIMEOUT, memory_mb=600)
    good = DOCUMENTS / "foghorn.txt"
    files = made(tmp_path, FILES, seed=1)
    pool = WorkerPool(settings, SystemClock())
    try:
        pool.read_texts(["warm"])
        before = settled()
        found = list(outcomes(pool, files[: FILES // 2], good))
        halfway = settled()
        found += outcomes(pool, files[FILES // 2 :], good)
        after = settled()
    finally:
        pool.close()
    assert len(found) == FILES
    assert [each.name for each in found if each.leaked] == []
    assert [each.name for each in found if each.code != "read" and not each.message.endswith(".")] == []
    codes = {each.name: each.code for each in found}
    assert {name: codes[name] for name in EXPECTED} == EXPECTED
    # Two documents of the largest size that there may be leave room behind in which the next ones are taken.
    assert after - before < 3 * GROWTH_LIMIT
    assert after - halfway < GROWTH_LIMIT
    lost = [each for each in found if each.code in LOST]
    assert len(lost) <= 15, [(each.name, each.code) for each in lost]
    # Less than a second on a machine that has nothing else to do; here others may be at work.
    assert all(each.next_seconds < 10 for each in lost)
    assert all(each.seconds < TIMEOUT + 15 for each in found)
