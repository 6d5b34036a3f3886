from __future__ import annotations

import errno
import threading

import pytest

from core.sources.probe import Probe


def test_an_answer_and_an_error_are_passed_on() -> None:
    def question(place: bytes) -> bytes:
        if place == b"bad":
            raise PermissionError(errno.EACCES, "Permission denied")
        return place.upper()

    probe = Probe(question)
    assert probe.ask(b"good") == b"GOOD"
    with pytest.raises(PermissionError):
        probe.ask(b"bad")


def test_a_place_that_does_not_answer_is_asked_once_and_holds_up_nobody() -> None:
    release = threading.Event()
    asked: list[bytes] = []

    def question(place: bytes) -> bytes:
        asked.append(place)
        if place == b"dead":
            release.wait(30)
        return place

    probe = Probe(question, patience=0.05)
    for _ in range(3):
        with pytest.raises(OSError, match="does not answer") as caught:
            probe.ask(b"dead")
        assert caught.value.errno == errno.ETIMEDOUT
        assert probe.ask(b"alive") == b"alive"
    assert asked.count(b"dead") == 1
    release.set()
    for thread in threading.enumerate():
        if thread.name == "probe":
            thread.join(30)
    assert probe.ask(b"dead") == b"dead"
