"""How a long computation is broken off."""

from __future__ import annotations

import threading


class Stopped(Exception):
    """The one who asked no longer wants the answer."""


def check(stop: threading.Event | None) -> None:
    """Raise `Stopped` if the event is set."""
    if stop is not None and stop.is_set():
        raise Stopped
