"""`kb.documents`: what is in a workspace, how it gets there, and how it goes."""
# Paths are raw bytes, because not every file name is text; pathlib takes text only.
# ruff: noqa: PTH100, PTH111, PTH112

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from core.domain.change import Change, Progress, Receipt
from core.domain.chunk import Chunk
from core.domain.clock import Clock
from core.domain.document import WORKSPACE_SCOPE, Document, Failure, Ledger, Text
from core.domain.extracted import Extracted
from core.domain.listing import DocumentPage, Sort
from core.domain.path_key import path_key
from core.domain.queue import QueueEntry
from core.domain.source import KindCount, Preview, Rules
from core.domain.workspace import Workspace
from core.errors import DocumentNotFound, InvalidInput, PathNotFound
from core.open_workspaces import OpenWorkspaces
from core.sources.walk import preview
from core.store.listing import Wanted
from core.store.versions import text_hash

StrPath = str | bytes | os.PathLike[str]


class DocumentsService:
    """Adds, shows and removes documents."""

    def __init__(
        self,
        opened: OpenWorkspaces,
        clock: Clock,
        own_folder: Path,
        rules: Callable[[], Rules],
        seconds: Callable[[Mapping[str, KindCount]], float | None],
    ) -> None:
        """
        Args:
            opened: The workspaces.
            clock: Tells the time.
            own_folder: Carrel's data folder, which is never read.
            rules: Gives those that hold where a caller has none.
            seconds: Estimates how long files will take to be read, or None.
        """
        self._opened = opened
        self._clock = clock
        self._own_folder = own_folder
        self._rules = rules
        self._seconds = seconds

    def preview(
        self, paths: Iterable[StrPath], rules: Rules | None = None, stop: threading.Event | None = None
    ) -> Preview:
        """Count what adding these paths would read and what it would skip, by rule, and estimate how long reading takes
        from what was read on this machine; nothing is changed.

        `stop` breaks the count off when it is set; the result then has a problem with the code `stopped`.

        Raises:
            PathNotFound: If there is nothing at one of the paths.
        """
        found = preview(
            [_existing(path) for path in paths], rules or self._rules(), stop, leave_out=[os.fsencode(self._own_folder)]
        )
        return replace(found, seconds=self._seconds(found.kinds))

    def add(
        self,
        workspace: Workspace,
        paths: Iterable[StrPath],
        *,
        watch: bool = False,
        rules: Rules | None = None,
        scope: str = WORKSPACE_SCOPE,
        ttl: float | timedelta | None = None,
    ) -> Change:
        """Add files and folders as sources; reading them goes on in the background (see `wait`).

        Adding a path again looks at it again, with the rules given now. A file that stands under two sources belongs
        to the
        more specific one.

        Args:
            workspace: Where to.
            paths: Files and folders; `~` is expanded.
            watch: Whether to follow later changes.
            rules: Which files of a folder are read.
            scope: Who may see the documents.
            ttl: Seconds, or a time span, after which each document expires; None for never.

        Raises:
            PathNotFound: If there is nothing at one of the paths; then none is added.
            InvalidInput: If the scope or the time to live can't be used.
        """
        found = [_existing(path) for path in paths]
        _check_scope(scope)
        seconds = _seconds(ttl)
        now = self._clock.wall()
        sources = []
        with self._opened.use(workspace) as opened:
            for path in found:
                kind = "folder" if os.path.isdir(path) else "file"
                sources.append(
                    opened.sources.put(kind, path, path_key(path), scope, rules or self._rules(), watch, seconds, now)
                )
            jobs = sum(opened.scanning.request(source) for source in sources)
            if watch:
                for source in sources:
                    opened.watch(source)
            opened.wake()
        return Change(workspace.id, sources=tuple(sources), jobs=jobs, progress=True)

    def add_texts(
        self,
        workspace: Workspace,
        texts: Iterable[Text],
        *,
        scope: str = WORKSPACE_SCOPE,
        ttl: float | timedelta | None = None,
    ) -> Change:
        """Add texts that a program gives; the same id again replaces the text. They are stored when the call returns.

        Args:
            workspace: Where to.
            texts: The texts, each with the program's own id.
            scope: Who may see them.
            ttl: Seconds, or a time span, after which they expire; None for never.

        Raises:
            InvalidInput: If an id is empty, or the scope or the time to live can't be used; then nothing is added.
        """
        texts = list(texts)
        if any(not text.id.strip() for text in texts):
            raise InvalidInput("A text needs an id.", "Use the id by which your program knows it.")
        _check_scope(scope)
        seconds = _seconds(ttl)
        with self._opened.use(workspace) as opened:
            documents = opened.put_texts([_clean(text) for text in texts], scope, seconds)
        return Change(workspace.id, documents=tuple(documents), jobs=len(documents), progress=True)

    def wait(self, workspace: Workspace, timeout: float | None = None) -> bool:
        """Wait until everything is searchable by words and by meaning; return False if `timeout` seconds were not
        enough.
        """
        with self._opened.use(workspace) as opened:
            return opened.wait(timeout)

    def progress(self, workspace: Workspace) -> Progress:
        """Return how far indexing is."""
        with self._opened.use(workspace) as opened:
            return opened.progress()

    def ledger(self, workspace: Workspace, *, files: bool = True) -> Ledger:
        """Return the coverage ledger: every file and text in exactly one state; `files=False` gives the counts
        alone.
        """
        with self._opened.use(workspace) as opened:
            return opened.documents.ledger(files=files)

    def list(
        self,
        workspace: Workspace,
        *,
        sort: str | Sort = Sort.NAME,
        descending: bool = False,
        text: str = "",
        states: Collection[str] = (),
        kinds: Collection[str] = (),
        sources: Collection[int] = (),
        tags: Collection[str] = (),
        reasons: Collection[str] = (),
        ids: Collection[int] | None = None,
        scopes: Sequence[str] = (WORKSPACE_SCOPE,),
        offset: int = 0,
        limit: int = 200,
    ) -> DocumentPage:
        """Return a list of documents in any state of the ledger, sorted and filtered.

        It has the ids of all of them, and the documents in a window; of a long list, the next windows are read soonest
        by their ids. All conditions must hold; an empty one lets every document through. What has expired is left out,
        as in a search.

        Args:
            workspace: Which.
            sort: What by: a value of `Sort`. Equals come by name, and what is unknown comes last, in both directions.
            descending: Whether the greatest comes first.
            text: Stands in name, title or path, as it is, but for case and accents.
            states: One of these states.
            kinds: One of these short types, such as `pdf`.
            sources: Under one of these sources.
            tags: With at least one of these tags, spelled exactly.
            reasons: With one of these reasons; see `skipped`.
            ids: Among these; None means all, and unknown ones are left out.
            scopes: The scopes that may be seen.
            offset: Number of documents before the window.
            limit: Most documents in the window.

        Raises:
            InvalidInput: If there is no such sort, or the window is negative.
        """
        if offset < 0 or limit < 0:
            raise InvalidInput("A window of a list has neither a place nor a size below 0.")
        if sort not in set(Sort):
            raise InvalidInput(f"A list can't be sorted by “{sort}”.", f"By one of: {', '.join(Sort)}.")
        wanted = Wanted(scopes, text, states, kinds, sources, tags, reasons, ids)
        with self._opened.use(workspace) as opened:
            return opened.listing.page(wanted, Sort(sort), descending, offset, limit, self._clock.wall())

    def queue(self, workspace: Workspace, limit: int = 200) -> Sequence[QueueEntry]:
        """Return up to `limit` pieces of work: those being done, then those that wait, in the order of their turn.

        How many there are in all is in `progress`.
        """
        with self._opened.use(workspace) as opened:
            return opened.jobs.queue(limit)

    def skipped(self, workspace: Workspace) -> dict[str, int]:
        """Return how many files each rule leaves out, the most first; `list` with that reason shows which."""
        with self._opened.use(workspace) as opened:
            return opened.documents.skipped()

    def get(self, workspace: Workspace, document_id: int) -> Document:
        """Return a document.

        Raises:
            DocumentNotFound: If there is none with that id.
        """
        with self._opened.use(workspace) as opened:
            found = opened.documents.get([document_id])
        if document_id not in found:
            raise DocumentNotFound(document_id)
        return found[document_id]

    def text(self, workspace: Workspace, document_id: int) -> Extracted:
        """Return the stored text of a document with its anchors and warnings; empty while it has not been read.

        Raises:
            DocumentNotFound: If there is none with that id.
        """
        self.get(workspace, document_id)
        with self._opened.use(workspace) as opened:
            return opened.versions.extracted(document_id) or Extracted("")

    def passages(self, workspace: Workspace, document_id: int) -> Sequence[Chunk]:
        """Return the passages of a document, in order.

        Raises:
            DocumentNotFound: If there is none with that id.
        """
        self.get(workspace, document_id)
        with self._opened.use(workspace) as opened:
            return opened.versions.chunks(document_id)

    def remove(self, workspace: Workspace, document_ids: Sequence[int]) -> Receipt:
        """Remove documents from everywhere in Carrel; the files themselves are not touched. Unknown ids are left out.

        A file that still stands under a watched source comes back with the next look at it.
        """
        with self._opened.use(workspace) as opened:
            receipt = opened.removal.remove(list(document_ids), "removed")
            opened.wake()
            opened.tell_removed(receipt)
        return receipt

    def tag(self, workspace: Workspace, document_id: int, tags: Iterable[str]) -> Change:
        """Replace the tags of a document.

        Raises:
            DocumentNotFound: If there is none with that id.
            InvalidInput: If a tag is empty.
        """
        self.get(workspace, document_id)
        cleaned = [tag.strip() for tag in tags]
        if not all(cleaned):
            raise InvalidInput("A tag is empty.")
        with self._opened.use(workspace) as opened:
            opened.documents.set_tags(document_id, cleaned)
            opened.wake()
        return Change(workspace.id, documents=(document_id,))

    def expire(self, workspace: Workspace, document_ids: Sequence[int], at: datetime | None) -> Change:
        """Set when documents expire; None for never. An expired document is hidden at once and purged by the sweep."""
        with self._opened.use(workspace) as opened:
            opened.documents.set_expiry(document_ids, None if at is None else at.timestamp())
        return Change(workspace.id, documents=tuple(document_ids))

    def failures(self, workspace: Workspace) -> Sequence[Failure]:
        """Return what could not be read, with stage and reason."""
        with self._opened.use(workspace) as opened:
            return opened.documents.failures()

    def retry(self, workspace: Workspace, document_ids: Sequence[int] | None = None) -> Change:
        """Read failed and cancelled documents again; all of them where no ids are given."""
        with self._opened.use(workspace) as opened:
            ids = opened.documents.to_retry() if document_ids is None else document_ids
            jobs = opened.jobs.retry(ids, self._clock.wall())
            opened.wake()
        return Change(workspace.id, documents=tuple(ids), jobs=jobs, progress=True)


def _existing(path: StrPath) -> bytes:
    raw = os.fsencode(path)
    if b"\0" in raw or not raw:
        raise InvalidInput("A path is empty or holds a NUL character.")
    absolute = os.path.abspath(os.path.expanduser(raw))
    if not os.path.lexists(absolute):
        raise PathNotFound(os.fsdecode(raw).encode("utf-8", "backslashreplace").decode())
    return absolute


def _check_scope(scope: str) -> None:
    kind, colon, name = scope.partition(":")
    if not (kind.isalnum() and kind.islower()) or (colon and not name) or len(scope) > 200:
        raise InvalidInput(f"“{scope}” is no scope.", "Use workspace, session:ID, agent:ID or the like.")


def _seconds(ttl: float | timedelta | None) -> float | None:
    if ttl is None:
        return None
    seconds = ttl.total_seconds() if isinstance(ttl, timedelta) else float(ttl)
    if not 0 < seconds < 3e9:
        raise InvalidInput("The time to live must be more than 0 seconds and less than 95 years.")
    return seconds


def _clean(text: Text) -> tuple[Text, str]:
    """Return the text as it can be stored (no lone surrogate, no NUL), with its hash."""
    body = text.text.encode("utf-8", "replace").decode().replace("\0", " ")
    title = text.title.encode("utf-8", "replace").decode().replace("\0", " ")
    return Text(text.id, body, title, text.metadata, text.tags, text.event_time), text_hash(body)
