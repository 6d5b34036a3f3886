"""What the engine logs while a command runs: a sentence on standard error; with debugging switched on, all of it.

The log file in the data folder (`core.store.log_file`) gets more, as long as the data folder is open.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from core.command_line.output.screen import Screen

_OURS = logging.getLogger(__name__.partition(".")[0])


class _Notes(logging.Handler):
    def __init__(self, screen: Screen, debug: bool) -> None:
        super().__init__(logging.DEBUG if debug else logging.WARNING)
        self._screen = screen
        self._debug = debug

    def emit(self, record: logging.LogRecord) -> None:
        lines = [f"carrel: {record.getMessage()}"]
        if self._debug and record.exc_info and record.exc_info[1]:
            from core.store.log_file import places  # only debugging needs it

            # Without its words, which may hold a text or a path: standard error may well be a log, too.
            lines.append(f"  {places(record.exc_info[1])}")
        for line in lines:
            self._screen.note(line)


@contextmanager
def logs_shown(screen: Screen, debug: bool) -> Iterator[None]:
    """Show warnings of the engine, and the end of a thread by an error; other libraries are not heard."""
    notes, silence = _Notes(screen, debug), logging.NullHandler()
    level, hook = _OURS.level, threading.excepthook

    def thread_ended(end: threading.ExceptHookArgs) -> None:
        name = end.thread.name if end.thread else "unknown"
        _OURS.error(
            "A part of Carrel stopped (%s: %s). Please start it again, and report it.",
            name,
            end.exc_type.__name__,
            exc_info=end.exc_value,
        )

    _OURS.addHandler(notes)
    _OURS.setLevel(logging.DEBUG if debug else logging.INFO)
    logging.getLogger().addHandler(silence)  # without any handler, Python prints what nobody handles
    threading.excepthook = thread_ended
    try:
        yield
    finally:
        threading.excepthook = hook
        logging.getLogger().removeHandler(silence)
        _OURS.setLevel(level)
        _OURS.removeHandler(notes)
