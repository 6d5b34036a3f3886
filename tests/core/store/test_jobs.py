"""The queue."""

from __future__ import annotations

import pytest

from core.domain.document import Text
from core.domain.source import FoundFile, Rules
from core.store.database import Database
from core.store.documents import Documents
from core.store.jobs import MOST_ATTEMPTS, Jobs
from core.store.sources import Sources


@pytest.fixture
def source(database: Database) -> int:
    return Sources(database).put("folder", b"/papers", "/papers", "workspace", Rules(), False, None, 1.0)


def _document(database: Database, source: int, name: str) -> int:
    found = FoundFile(f"/papers/{name}".encode(), f"/papers/{name}", 10, 5, 1, 1, "pdf", None)
    return Documents(database).add_files(source, "workspace", [found], 1.0, None)[0]


def test_the_highest_priority_is_claimed_first(database: Database, source: int) -> None:
    jobs = Jobs(database, "boot")
    old, new = _document(database, source, "old"), _document(database, source, "new")
    jobs.queue_reads([(source, old, 1.0), (source, new, 2.0)], 1.0)
    assert [job.document_id for job in jobs.claim(2.0)] == [new]
    assert [job.document_id for job in jobs.claim(2.0)] == [old]
    assert jobs.claim(2.0) == []


def test_a_document_waits_only_once(database: Database, source: int) -> None:
    jobs = Jobs(database, "boot")
    document = _document(database, source, "a")
    assert jobs.queue_reads([(source, document, 1.0)], 1.0) == 1
    assert jobs.queue_reads([(source, document, 1.0)], 1.0) == 0
    assert jobs.queue_scan(source, 1.0) == 1
    assert jobs.queue_scan(source, 1.0) == 0


def test_nothing_is_queued_for_what_was_removed_meanwhile(database: Database, source: int) -> None:
    jobs = Jobs(database, "boot")
    assert jobs.queue_scan(source + 1, 1.0) == 0
    assert jobs.queue_reads([(source, 77, 1.0), (source + 1, _document(database, source, "a"), 1.0)], 1.0) == 0
    assert jobs.claim(2.0) == []


def test_work_that_is_asked_for_again_while_it_is_done_is_done_again(database: Database, source: int) -> None:
    jobs = Jobs(database, "boot")
    document = _document(database, source, "a")
    jobs.queue_reads([(source, document, 1.0)], 1.0)
    running = jobs.claim(2.0)
    assert jobs.queue_reads([(source, document, 1.0)], 2.0) == 1
    jobs.postpone(running[0], 3.0)  # two in the queue would be one too many
    assert jobs.counts() == {"queued": 1}


def test_texts_are_claimed_together_and_files_one_by_one(database: Database, source: int) -> None:
    jobs = Jobs(database, "boot")
    documents, texts = Documents(database), Sources(database).texts("workspace", 1.0)
    ids = [documents.put_text(texts, "workspace", Text(str(n), "x"), None, 1.0) for n in range(5)]
    jobs.queue_reads([(texts, each, 9.0) for each in ids], 1.0)
    files = [_document(database, source, name) for name in "ab"]
    jobs.queue_reads([(source, each, 1.0) for each in files], 1.0)
    assert [job.document_id for job in jobs.claim(2.0, most=4)] == ids[:4]
    assert [job.document_id for job in jobs.claim(2.0, most=4)] == ids[4:]
    assert len(jobs.claim(2.0, most=4)) == 1


def test_what_an_earlier_run_left_running_is_queued_again(database: Database, source: int) -> None:
    document = _document(database, source, "a")
    Jobs(database, "first").queue_reads([(source, document, 1.0)], 1.0)
    assert len(Jobs(database, "first").claim(2.0)) == 1
    later = Jobs(database, "second")
    assert later.claim(2.0) == []
    later.recover()
    assert [job.attempts for job in later.claim(2.0)] == [2]


def test_what_stopped_the_program_three_times_is_put_aside_with_its_reason(database: Database, source: int) -> None:
    document = _document(database, source, "bomb")
    Jobs(database, "0").queue_reads([(source, document, 1.0)], 1.0)
    for boot in range(MOST_ATTEMPTS):
        jobs = Jobs(database, str(boot))
        jobs.recover()
        assert len(jobs.claim(2.0)) == 1
    last = Jobs(database, "last")
    last.recover()
    assert last.claim(2.0) == []
    assert last.counts() == {"quarantined": 1}
    failure = Documents(database).failures()[0]
    assert (failure.document_id, failure.code) == (document, "crashed")
    assert last.retry([document], 3.0) == 1
    assert len(last.claim(4.0)) == 1


def test_a_job_that_breaks_down_comes_back_later_and_not_for_ever(database: Database, source: int) -> None:
    jobs = Jobs(database, "boot")
    jobs.queue_reads([(source, _document(database, source, "a"), 1.0)], 1.0)
    for _ in range(MOST_ATTEMPTS):
        jobs.give_back(jobs.claim(10.0), 5.0)
    assert jobs.claim(10.0) == []
    assert jobs.counts() == {"quarantined": 1}


def test_a_postponed_job_is_not_claimed_before_its_time(database: Database, source: int) -> None:
    jobs = Jobs(database, "boot")
    jobs.queue_reads([(source, _document(database, source, "a"), 1.0)], 1.0)
    jobs.postpone(jobs.claim(2.0)[0], 60.0)
    assert jobs.claim(59.0) == []
    assert jobs.next_due() == 60.0
    assert [job.attempts for job in jobs.claim(60.0)] == [1]


def test_a_paused_source_waits_and_goes_on(database: Database, source: int) -> None:
    jobs, sources = Jobs(database, "boot"), Sources(database)
    jobs.queue_reads([(source, _document(database, source, "a"), 1.0)], 1.0)
    sources.set_state(source, "paused")
    assert jobs.claim(2.0) == []
    assert jobs.counts() == {"paused": 1}
    assert jobs.next_due() is None
    sources.set_state(source, "active")
    assert len(jobs.claim(2.0)) == 1


def test_jobs_are_counted_by_state(database: Database, source: int) -> None:
    jobs = Jobs(database, "boot")
    jobs.queue_reads([(source, _document(database, source, name), 1.0) for name in "abc"], 1.0)
    jobs.claim(2.0)
    jobs.queue_scan(source, 1.0)
    assert jobs.counts() == {"queued": 3, "running": 1}


def test_cancelled_work_can_be_asked_for_again(database: Database, source: int) -> None:
    jobs = Jobs(database, "boot")
    document = _document(database, source, "a")
    jobs.queue_reads([(source, document, 1.0)], 1.0)
    assert jobs.cancel(source, 2.0) == 1
    assert jobs.claim(3.0) == []
    assert jobs.retry([document], 3.0) == 1
    assert len(jobs.claim(4.0)) == 1


def test_the_queue_shows_what_is_done_and_then_what_waits_in_its_order(database: Database, source: int) -> None:
    jobs = Jobs(database, "boot")
    old, new = _document(database, source, "old"), _document(database, source, "new")
    text = Sources(database).texts("workspace", 1.0)
    given = Documents(database).put_text(text, "workspace", Text("t1", "A text."), None, 1.0)
    jobs.queue_reads([(source, old, 1.0), (source, new, 2.0), (text, given, 0.5)], 3.0)
    jobs.claim(4.0)
    Sources(database).set_state(text, "paused")
    shown = [
        (entry.name, entry.state, entry.since.timestamp(), entry.document_id, entry.path) for entry in jobs.queue(9)
    ]
    assert shown == [
        ("new", "running", 4.0, new, "/papers/new"),
        ("old", "queued", 3.0, old, "/papers/old"),
        ("t1", "paused", 3.0, given, None),
    ]
    assert [entry.name for entry in jobs.queue(2)] == ["new", "old"]
    assert [entry.attempts for entry in jobs.queue(1)] == [1]
