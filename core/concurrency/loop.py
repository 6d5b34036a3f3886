"""A thread that works when there is work: woken, it runs a step again and again until the step says that nothing is
left.

The thread exists only while it is needed, so that many open workspaces cost nothing while they are idle.
"""

from __future__ import annotations

import logging
import re
import threading
import traceback
from collections.abc import Callable

from core.errors import CarrelError

logger = logging.getLogger(__name__)
IDLE_SECONDS = 5.0
RETRY_SECONDS = 5.0
LONGEST_RETRY = 300.0
LONGEST_PAUSE = 60.0
"""A step may ask for a time that the clock on the wall tells, and that clock can be set while the loop waits."""


class Loop:
    """Runs `step` on a thread of its own while there is work.

    A step that raises is logged and tried again after a while; it never ends the loop. Of errors that the world causes
    (a full disk) only the first of a row is logged.
    """

    def __init__(self, name: str, step: Callable[[], float | None]) -> None:
        """`step` does a piece of work and returns 0 to be called again at once, None when nothing is left, or the
        seconds to wait.
        """
        self._name = name
        self._step = step
        self._condition = threading.Condition()
        self._thread: threading.Thread | None = None
        self._woken = False
        self._stopped = False

    def wake(self) -> None:
        """Tell the loop that there may be work."""
        with self._condition:
            if self._stopped:
                return
            self._woken = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
            self._condition.notify_all()

    def start(self) -> None:
        """Begin, unless the loop is at work or waits already."""
        if self._thread is None:
            self.wake()

    def stop(self) -> None:
        """End the loop after its current step, and wait for that."""
        with self._condition:
            self._stopped = True
            thread = self._thread
            self._condition.notify_all()
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def is_current(self) -> bool:
        """Whether the calling thread is the loop's."""
        return self._thread is threading.current_thread()

    def _run(self) -> None:
        pause: float | None = 0.0
        trouble = ""  # what the step failed of, which is said once and not at every try
        tries = 0
        while True:
            with self._condition:
                if tries:
                    # A fault of ours does not pass because there is more to do.
                    self._condition.wait_for(lambda: self._stopped, pause)
                elif pause != 0.0 and not self._woken and not self._stopped:
                    self._condition.wait(IDLE_SECONDS if pause is None else min(pause, LONGEST_PAUSE))
                if self._stopped or (pause is None and not self._woken):
                    self._thread = None
                    return
                self._woken = False
            try:
                pause = self._step()
                trouble, tries = "", 0
            except CarrelError as error:
                # Something outside that passes or is mended.
                pause, tries = RETRY_SECONDS, 0
                if trouble != (trouble := _words(error)):
                    logger.warning("%s waits: %s; trying again every %g s", self._name, trouble, pause)
            except Exception as error:  # noqa: BLE001 - a loop outlives a bug in its step, and says so
                pause, tries = min(RETRY_SECONDS * 2**tries, LONGEST_RETRY), tries + 1
                # The message of an exception may hold a path or a text, which does not belong in a log.
                place = traceback.extract_tb(error.__traceback__)[-1]
                if trouble != (trouble := f"{type(error).__name__} at {place.name}:{place.lineno}"):
                    logger.error("%s failed: %s; trying again in %g s, and later", self._name, trouble, pause)


def _words(error: CarrelError) -> str:
    """Return the kind of an error in words; its message may hold a path, which does not belong in a log."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", type(error).__name__).lower()
