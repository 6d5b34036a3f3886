"""The workspaces that are open in this process: opened when first used, closed when nobody has used them for long."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from core.concurrency.loop import Loop
from core.concurrency.precedence import Precedence
from core.domain.change import Change
from core.domain.clock import Clock
from core.domain.workspace import Workspace
from core.embedders.base import Embedder
from core.errors import CarrelError, Closing, StorageFailed, WorkspaceNotFound
from core.indexing.estimate import Estimate
from core.indexing.worker_pool import Readers
from core.maintenance.usage import Usage
from core.settings import IndexingSettings, Settings
from core.store.backups import Interrupted
from core.store.data_folder import DataFolder
from core.store.disk_space import DiskSpace
from core.workspace import OpenWorkspace

logger = logging.getLogger(__name__)
CALLS_SECONDS = 2.0
"""How long closing waits for calls that are under way; what breaks off then is mended at the next opening."""
OVERDUE_SECONDS = 3600.0


class _Place:
    """Where one workspace stands, open or not."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.turn = threading.Lock()  # held while it is opened or closed
        self.opened: OpenWorkspace | None = None
        self.users = 0
        self.used = 0.0


class OpenWorkspaces:
    """Opens each workspace once, lends it to calls, and closes it when it has been idle.

    A workspace that is in use, has work waiting or follows a folder is never closed by itself. Whoever holds the
    `Workspace` record need not know: the next call opens it again.
    """

    def __init__(
        self,
        folder: DataFolder,
        settings: Callable[[], Settings],
        clock: Clock,
        embedder: Callable[[Workspace], Embedder],
        publish: Callable[[Change], None],
        readers: Callable[[IndexingSettings, Clock], Readers],
        space: DiskSpace,
        listed: Callable[[str], Workspace | None],
        usage: Usage,
        estimate: Estimate,
    ) -> None:
        """
        Args:
            folder: The data folder.
            settings: Gives what the user has set, as it is now.
            clock: Tells the time.
            embedder: Gives the model of a workspace.
            publish: Sends changes to whoever listens.
            readers: Makes what reads files.
            space: What the disk has left.
            listed: Gives a workspace as it is listed now; who holds its record may have got it before a new name.
            usage: Keeps count of how workspaces are used.
            estimate: Sums up how long reading takes.
        """
        self._estimate = estimate
        self._listed = listed
        self._usage = usage
        self._folder = folder
        self._settings = settings
        self._clock = clock
        self._embedder = embedder
        self._publish = publish
        self._space = space
        # What shapes passages must not change while readers work by it.
        self._indexing = settings().indexing
        self._readers = readers(self._indexing, clock)
        self._precedence = Precedence()
        self._tending = Loop("tending", self._tend)
        self._state = threading.Condition()  # guards what follows and the users of a place; never held for long
        self._places: dict[str, _Place] = {}
        self._expiries: dict[str, float] = {}
        self._closed = False
        self._ending = threading.Event()

    @contextmanager
    def use(self, workspace: Workspace) -> Iterator[OpenWorkspace]:
        """Lend the workspace, open; it stays open until the end of the context.

        Raises:
            WorkspaceNotFound: If it has been deleted.
            Closing: If everything is being closed.
        """
        with self._state:
            place = self._places.setdefault(workspace.id, _Place(workspace))
        opened = place.opened
        if opened is not None and opened.runs_here():
            # Called by a listener on one of the workspace's own threads, for which closing waits.
            yield opened
            return
        opened = self._lend(place, workspace)
        try:
            yield opened
        finally:
            with self._state:
                place.users -= 1
                place.used = self._clock.monotonic()
                self._state.notify_all()

    @contextmanager
    def ask(self, workspace: Workspace) -> Iterator[OpenWorkspace]:
        """As `use`, for a question whose answer somebody waits for: work in all workspaces gives way to it."""
        with self._precedence.first(), self.use(workspace) as opened:
            yield opened

    def _lend(self, place: _Place, workspace: Workspace) -> OpenWorkspace:
        with place.turn:
            if self._closed:
                raise Closing
            newly = place.opened is None
            opened = place.opened or self._open(workspace)
            with self._state:
                place.workspace, place.opened = workspace, opened
                place.users += 1
                place.used = self._clock.monotonic()
                crowded = newly and len(self._all_open()) > self._settings().workspaces.most_open
        if newly:
            self._tending.wake() if crowded else self._tending.start()
        return opened

    def _open(self, workspace: Workspace) -> OpenWorkspace:
        if not self._folder.holds(workspace.id):
            raise WorkspaceNotFound(workspace.name, [])
        began = self._clock.monotonic()
        opened = OpenWorkspace(
            self._listed(workspace.id) or workspace,
            self._folder.workspace(workspace.id),
            self._folder.path,
            self._indexing,
            self._settings,
            self._readers,
            self._embedder(workspace),
            self._clock,
            self._publish,
            self._space,
            self._estimate.read,
            self._precedence,
        )
        try:
            opened.start()
        except BaseException:
            opened.close()  # or the next call would open it a second time beside this one
            raise
        took = (self._clock.monotonic() - began) * 1000
        logger.info("workspace %s opened in %d ms", workspace.id, took)
        return opened

    @contextmanager
    def closed(self, workspace: Workspace) -> Iterator[None]:
        """Close a workspace, if it is open, and keep it closed until the end of the context."""
        with self._state:
            place = self._places.setdefault(workspace.id, _Place(workspace))
        with place.turn:
            self._close(place, CALLS_SECONDS)
            yield
        if not self._folder.holds(workspace.id):
            with self._state:
                self._places.pop(workspace.id, None)
                self._expiries.pop(workspace.id, None)

    def close_all(self) -> None:
        """Stop the readers and close every workspace."""
        self._closed = True
        self._readers.close()
        self._ending.set()
        self._tending.stop()
        with self._state:
            places = list(self._places.values())
        deadline = self._clock.monotonic() + CALLS_SECONDS
        for place in places:
            with place.turn:
                self._close(place, max(0.0, deadline - self._clock.monotonic()))
        self._write_usage()
        self._keep_estimate()

    def _keep_estimate(self) -> None:
        try:
            self._estimate.keep()
        except StorageFailed as error:
            logger.warning("how long reading took is not saved (%s)", type(error).__name__)

    def _close(self, place: _Place, seconds: float) -> None:
        """Close a workspace whose turn is held, after the calls under way, but at most so many seconds."""
        if place.opened is None:
            return
        place.opened.end_waiting()
        with self._state:
            self._state.wait_for(lambda: place.users == 0, seconds)
            opened, place.opened = place.opened, None
        self._note_usage(opened)
        opened.close()

    def _tend(self) -> float:
        """Look after what is open: purge what has expired, close what is idle; return the seconds until the next
        look.
        """
        self._space.restore()
        self._write_usage()
        self._keep_estimate()
        now = self._clock.wall()
        with self._state:
            due = [each for each, expiry in self._expiries.items() if expiry <= now]
            waiting = [self._places[each].workspace for each in due if self._expiries.pop(each)]
        for workspace in waiting:
            with self._told(workspace), self.use(workspace):
                continue
        for place in self._all_open():
            with self._told(place.workspace):
                self._look_after(place)
        for place in self._to_close():
            with self._told(place.workspace):
                self._close_idle(place)
        return self._settings().lifetimes.sweep_seconds

    def _look_after(self, place: _Place) -> None:
        if self._ending.is_set():
            return
        with self._held(place) as opened:
            if opened is None:
                return
            opened.wake_sweep()
            if not opened.needs_reopening:
                opened.check_if_due(self._ending)
                opened.back_up_if_due(self._ending)
                if not opened.new:
                    self._note_usage(opened)
                return
        with self.closed(place.workspace):
            logger.warning("workspace %s: a derived file is damaged and is made anew", place.workspace.id)
        with self.use(place.workspace):
            return

    def _note_usage(self, opened: OpenWorkspace) -> None:
        try:
            self._usage.note_if_due(opened.record.id, opened.holdings)
        except CarrelError as error:
            # A day without a note is a gap in a chart; whatever ails the database is told of where it matters.
            logger.info("workspace %s: what it holds is not noted: %s", opened.record.id, type(error).__name__)

    def _write_usage(self) -> None:
        try:
            self._usage.write()
        except CarrelError as error:
            logger.info("searches are counted, but not written yet: %s", type(error).__name__)

    @contextmanager
    def _held(self, place: _Place) -> Iterator[OpenWorkspace | None]:
        """Lend the workspace if it is open, without counting this as a use."""
        with self._state:
            opened = place.opened
            place.users += 1
        try:
            yield opened
        finally:
            with self._state:
                place.users -= 1
                self._state.notify_all()

    @contextmanager
    def _told(self, workspace: Workspace) -> Iterator[None]:
        """Keep the trouble of one workspace (a full disk, a lost folder) from the others."""
        try:
            yield
        except Interrupted:
            logger.info("workspace %s: the backup is made another time", workspace.id)
        except CarrelError as error:
            logger.warning("workspace %s can't be looked after: %s", workspace.id, type(error).__name__)

    def _all_open(self) -> list[_Place]:
        """Return the places of open workspaces, the least recently used first."""
        with self._state:
            return sorted((each for each in self._places.values() if each.opened), key=lambda each: each.used)

    def _to_close(self) -> list[_Place]:
        """Return the workspaces that were not used for long, and the oldest of those that are too many."""
        opened = self._all_open()
        since = self._clock.monotonic() - 60 * self._settings().workspaces.idle_minutes
        surplus = len(opened) - self._settings().workspaces.most_open
        unused = [place for place in opened if not place.users]
        return [place for number, place in enumerate(unused) if place.used <= since or number < surplus]

    def _close_idle(self, place: _Place) -> None:
        with self._held(place) as opened:
            if opened is None or opened.busy():
                return
            # What takes long comes first, while calls still get through.
            opened.sweep.run(at_once=False)
            opened.save()
        with place.turn:
            with self._state:
                if place.users or place.opened is not opened:
                    return
            if opened.busy():
                return
            expiry = opened.sweep.next_due()
            place.opened = None
            self._note_usage(opened)
            opened.close()
        logger.info("workspace %s was idle and is closed", place.workspace.id)
        if expiry is not None:
            # What should be purged by now, but is not, gets another chance later.
            now = self._clock.wall()
            with self._state:
                self._expiries[place.workspace.id] = expiry if expiry > now else now + OVERDUE_SECONDS
