"""However a command ends, the knowledge base is closed, and nobody who wants to stop waits long for that."""

from __future__ import annotations

import argparse
import threading
import time

import pytest

from core.command_line import opening
from core.knowledge_base import KnowledgeBase

NOWHERE = argparse.Namespace(data_dir="/not/used", workspace=None)


class Closing:
    """Stands for a knowledge base whose closing takes until it is let go."""

    def __init__(self, at_once: bool) -> None:
        self.go_on = threading.Event()
        self.closed = threading.Event()
        if at_once:
            self.go_on.set()

    def close(self) -> None:
        self.go_on.wait()
        self.closed.set()


def put(monkeypatch: pytest.MonkeyPatch, kb: Closing) -> None:
    monkeypatch.setattr(KnowledgeBase, "open", lambda _: kb)


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, SystemExit])
def test_it_is_closed_and_the_error_goes_on(monkeypatch: pytest.MonkeyPatch, error: type[BaseException]) -> None:
    kb = Closing(at_once=True)
    put(monkeypatch, kb)
    with pytest.raises(error) as caught, opening.knowledge_base(NOWHERE):
        raise error
    assert type(caught.value) is error
    assert kb.closed.is_set()


def test_it_is_closed_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    kb = Closing(at_once=True)
    put(monkeypatch, kb)
    with opening.knowledge_base(NOWHERE):
        assert not kb.closed.is_set()
    assert kb.closed.is_set()


def test_a_person_who_stops_it_does_not_wait_for_a_long_closing(monkeypatch: pytest.MonkeyPatch) -> None:
    kb = Closing(at_once=False)
    put(monkeypatch, kb)
    monkeypatch.setattr(opening, "CLOSE_SECONDS", 0.05)
    began = time.monotonic()
    with pytest.raises(opening.StillClosing), opening.knowledge_base(NOWHERE):
        raise KeyboardInterrupt
    assert time.monotonic() - began < 2
    kb.go_on.set()
    assert kb.closed.wait(10)
