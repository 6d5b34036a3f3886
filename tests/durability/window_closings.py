"""Ends the window at random moments, and looks whether it ends soon and well, and whether anything is lost.

    python -m tests.durability.window_closings --closings 30 [--seed 1] [--json] [--folder FOLDER]

As `closings` does for the engine alone: each life is the program with its window, drawn on no screen, which reads new
files of a folder while searches are typed, hits, pages and settings are looked at, and another thread adds texts. At a
random moment, from the first picture of the window on, it is told to end: by one of the signals with which a system
ends programs, or by its own close button. It must end with exit code 0 and without a word, within 3 seconds (times what
a busy machine makes of a second). The next life opens the same folder; the last looks whether every text that was
acknowledged and every file is there, and all is whole.

Exit status: 0 if all was well, else 1.
"""

from __future__ import annotations

import faulthandler
import os
import random
import signal
import sys
import threading
import time
import traceback
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from tests.durability.programs import Program  # isort: skip # sets what must be set before libraries are loaded

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from core.indexing.worker_pool import WorkerPool
from core.knowledge_base import KnowledgeBase
from desktop import app
from desktop.main_window import MainWindow
from tests.core.engine import InlineReaders
from tests.durability import closings
from tests.durability.closings import NAME, Lives
from tests.durability.small import SETTINGS, shrink

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
CLOSING = b"closing"
_STEP_MS = 15
_WORDS = ("sentence", "fills", "word", "document", "file1n1x", '"of what"', "-word filler", "type:txt what")


class BusyWindow(MainWindow):
    """The window, which somebody uses without a pause; after a while they close it, if they are told to."""

    def __init__(self, *given: object, chance: random.Random, close_after: float | None) -> None:
        super().__init__(*given)  # type: ignore[arg-type] # what `app` gives
        self._chance = chance
        self._used = False
        self._using = QTimer(self, interval=_STEP_MS)
        self._using.timeout.connect(self._use)
        self._using.start()
        if close_after is not None:
            QTimer.singleShot(int(1000 * close_after), self, self._leave)
        QTimer.singleShot(0, self, lambda: closings.say(WindowLives.BEGUN.decode()))

    def _leave(self) -> None:
        closings.say(CLOSING.decode())
        self.close()

    def _use(self) -> None:
        desk, chance = self.desk, self._chance
        if desk is None:
            return
        if not self._used:
            self._used = True
            closings.say(WindowLives.READY.decode())
        query = self.frame.top.query
        deed = chance.randrange(12)
        if deed == 0:
            query.clear()
            query.ask(chance.choice(_WORDS))
        elif deed <= 4:
            QTest.keyClicks(query, chance.choice(_WORDS)[:3])
        elif deed <= 6:
            desk.search.step(1)
        elif deed == 7:
            chance.choice((self.actions_.show_library, self.actions_.show_search)).trigger()
        elif deed == 8:
            self.actions_.show_activity.toggle()
        elif deed == 9:
            desk.library.table.selectRow(chance.randrange(20))
        elif deed == 10:
            desk.preferences.show_page(chance.choice(("appearance", "about", "data")))
        else:
            QTest.keyClick(query, Qt.Key.Key_Return)


class WindowLives(Lives):
    """Lives of the window on the data folder `root/data`, which follow each other."""

    READY = b"in use"
    SAYS = ()

    def _tell(self, program: Program, delay: float) -> float | None:
        """Tell it to end by a signal, or wait until it closes itself."""
        if self._close_after is not None:
            return time.perf_counter() if program.wait_for(CLOSING) else None
        if program.wait(delay):
            return None
        began = time.perf_counter()
        program.signal(self._rng.choice(SIGNALS))
        return began

    def close_at_random(self, life: int) -> None:
        """Let a process live, and end it."""
        self._close_after = 2 * self._rng.random() if self._rng.random() < 0.4 else None
        super().close_at_random(life)

    def _serve(self, life: int, *, real_readers: bool) -> int:
        """Run the program, with somebody at its window and company in its engine; in a process of its own."""
        faulthandler.register(signal.SIGUSR1, all_threads=True)
        shrink()
        readers = WorkerPool if real_readers else InlineReaders
        chance, close_after = random.Random(life), self._close_after

        def opened(data: Path) -> KnowledgeBase:
            kb = KnowledgeBase(data, settings=SETTINGS, embedder=lambda *_: self._model, readers=readers)
            kb.workspaces.get_or_create(NAME)
            threading.Thread(target=self._accompany, args=(kb, life)).start()
            return kb

        KnowledgeBase.open = staticmethod(opened)  # type: ignore[assignment,method-assign] # of this process alone
        app.MainWindow = lambda *given: BusyWindow(*given, chance=chance, close_after=close_after)  # type: ignore
        try:
            return app.run(self._root / "data", NAME)
        except BaseException:
            traceback.print_exc()
            raise


if __name__ == "__main__":
    sys.exit(closings.main(WindowLives, __doc__))
