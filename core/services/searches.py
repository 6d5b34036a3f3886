"""`kb.searches`: searches that a person keeps, what they searched for lately, and what they think of what was found.

All of it belongs to one workspace, stands in its database alone, and goes with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.domain.change import Change
from core.domain.clock import Clock
from core.domain.document import Scalar
from core.domain.name import checked_name
from core.domain.saved_search import Mark, SavedSearch
from core.domain.search import Mode
from core.domain.workspace import Workspace
from core.errors import DocumentNotFound, InvalidInput, SearchNotFound
from core.open_workspaces import OpenWorkspaces
from core.retrievers.query_language import plain
from core.settings import SearchSettings


class SearchesService:
    """Saves searches, keeps their history, and marks what they find."""

    def __init__(
        self,
        opened: OpenWorkspaces,
        clock: Clock,
        settings: Callable[[], SearchSettings],
        count: Callable[[str, str], None],
    ) -> None:
        """`settings` gives what holds now; `count` is told workspace and query of each search that was meant."""
        self._opened = opened
        self._clock = clock
        self._settings = settings
        self._count = count

    def save(
        self,
        workspace: Workspace,
        name: str,
        query: str,
        *,
        mode: str | Mode = Mode.HYBRID,
        filters: Mapping[str, Scalar] | None = None,
    ) -> SavedSearch:
        """Save a search under a name; `mode` and `filters` are those that `kb.search.query` takes.

        Raises:
            SearchExists: If the name is taken; upper and lower case are the same.
            InvalidInput: If the name or the mode can't be used, or the query is empty.
        """
        name = checked_name(name, "saved search")
        if not (query := plain(query)):
            raise InvalidInput("There is nothing to save: the search is empty.")
        if mode not in set(Mode):
            raise InvalidInput(f"There is no search mode “{mode}”.", f"Modes: {', '.join(Mode)}.")
        with self._opened.use(workspace) as opened:
            return opened.searches.save(name, query, Mode(mode), filters or {}, self._clock.wall())

    def all(self, workspace: Workspace) -> list[SavedSearch]:
        """Return the saved searches of a workspace, by name."""
        with self._opened.use(workspace) as opened:
            return opened.searches.all()

    def rename(self, workspace: Workspace, search_id: int, name: str) -> SavedSearch:
        """Give a saved search another name, and return it.

        Raises:
            SearchNotFound: If there is none with that id.
            SearchExists: If the name is taken.
            InvalidInput: If the name can't be used.
        """
        name = checked_name(name, "saved search")
        with self._opened.use(workspace) as opened:
            opened.searches.rename(search_id, name)
            renamed = opened.searches.get(search_id)
        if renamed is None:
            raise SearchNotFound(search_id)
        return renamed

    def remove(self, workspace: Workspace, search_id: int) -> None:
        """Remove a saved search; what it finds stays. One that is not there is left out."""
        with self._opened.use(workspace) as opened:
            opened.searches.remove(search_id)
            opened.wake()

    def record(self, workspace: Workspace, query: str) -> None:
        """Count what a person searched for, and note it unless the setting `search.history` is off; 500 are kept.

        For a search that was typed and never entered, once its results are looked at.
        """
        if query := plain(query):
            self._count(workspace.id, query)
            if self._settings().history:
                with self._opened.use(workspace) as opened:
                    opened.searches.record(query, self._clock.wall())

    def recent(self, workspace: Workspace, limit: int = 50) -> list[str]:
        """Return what was searched for in this workspace, each once, the latest first."""
        with self._opened.use(workspace) as opened:
            return opened.searches.recent(limit)

    def clear_history(self, workspace: Workspace) -> None:
        """Forget what was searched for in this workspace; soon after, it stands in no file but backups."""
        with self._opened.use(workspace) as opened:
            opened.searches.clear_history()
            opened.wake()

    def mark(self, workspace: Workspace, query: str, document_id: int, mark: str | Mark | None) -> Change:
        """Mark a document among all matches of a query as `relevant` or `irrelevant`; None takes the mark away.

        White space makes no difference between two queries. The mark goes with the document's text.

        Raises:
            DocumentNotFound: If there is none with that id.
            InvalidInput: If there is no such mark.
        """
        if mark is not None and mark not in set(Mark):
            raise InvalidInput(f"There is no mark “{mark}”.", f"Marks: {', '.join(Mark)}.")
        with self._opened.use(workspace) as opened:
            known = opened.searches.mark(
                plain(query), document_id, None if mark is None else Mark(mark), self._clock.wall()
            )
            if mark is None:
                opened.wake()
        if not known:
            raise DocumentNotFound(document_id)
        return Change(workspace.id, documents=(document_id,))

    def marks(self, workspace: Workspace, query: str) -> dict[int, Mark]:
        """Return the marks among all matches of a query, by document."""
        with self._opened.use(workspace) as opened:
            return opened.searches.marks(plain(query))
