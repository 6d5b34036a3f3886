"""`kb.search`: finds passages and documents, and says why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from core.domain.clock import Clock
from core.domain.document import WORKSPACE_SCOPE, Document, Scalar
from core.domain.query import Filter, Operator
from core.domain.search import Hit, Holding, Matches, Mode, Results, ScoredChunk
from core.domain.workspace import Workspace
from core.errors import DocumentNotFound, InvalidInput, InvalidQuery
from core.keyword_index.errors import IndexDamaged
from core.keyword_index.highlight import Highlighter
from core.keyword_index.snippet import Snippet, without_marks
from core.open_workspaces import OpenWorkspaces
from core.retrievers.base import Retrieved
from core.retrievers.query_language import make_filter, operators, parse_query
from core.settings import SearchSettings
from core.store.hits import FoundPassage
from core.workspace import OpenWorkspace

MOST_RESULTS = 1000
SLACK = 10
PATIENCE = 15.0
"""Seconds in which the vectors of a million passages are loaded."""
MOST_CANDIDATES = 5_000
MOST_OCCURRENCES = 10_000


class SearchService:
    """Searches one workspace at a time."""

    def __init__(
        self,
        opened: OpenWorkspaces,
        clock: Clock,
        settings: Callable[[], SearchSettings],
        count: Callable[[str, str], None],
    ) -> None:
        """`settings` gives what holds now, `count` takes the workspace and the query of each search."""
        self._count = count
        self._opened = opened
        self._clock = clock
        self._settings = settings

    def query(
        self,
        workspace: Workspace,
        query: str,
        *,
        limit: int = 10,
        mode: str | Mode = Mode.HYBRID,
        filters: Mapping[str, Scalar] | None = None,
        scopes: Sequence[str] | None = None,
        as_you_type: bool = False,
        patience: float = PATIENCE,
    ) -> Results:
        """Find passages.

        Args:
            workspace: Where.
            query: Words, `"exact phrases"`, `-not`, and filters such as `type:pdf` (see
                `core.retrievers.query_language`).
            limit: Most hits.
            mode: `hybrid`, `keyword` or `vector`.
            filters: Filters by name (`type`, `in`, `tag`, `source`, `before`, `after`); any other name is a metadata
                key
                whose value must be equal.
            scopes: The scopes that may be seen; None means the workspace's own documents.
            as_you_type: Whether the last word may be unfinished.
            patience: Most seconds to wait for the index of meaning, which is loaded after the workspace has been
                opened; then words alone answer, and the results say that they are not complete.

        Raises:
            InvalidQuery: If there is nothing to look for, or a filter or the mode can't be understood.
            InvalidInput: If the limit or the scopes can't be used.
        """
        with self._opened.ask(workspace) as opened:
            search = _Request(opened, self._clock, query, mode, filters, scopes, as_you_type, patience)
            found = search.passages(_checked_limit(limit))
        self._counted(workspace, query, as_you_type)
        return found

    def documents(
        self,
        workspace: Workspace,
        query: str,
        *,
        limit: int = 10,
        mode: str | Mode = Mode.HYBRID,
        filters: Mapping[str, Scalar] | None = None,
        scopes: Sequence[str] | None = None,
        as_you_type: bool = False,
        patience: float = PATIENCE,
    ) -> Results:
        """Find documents: each with its best passage, and ranked by that and by the whole document's own words.

        Takes and raises what `query` does.
        """
        with self._opened.ask(workspace) as opened:
            search = _Request(opened, self._clock, query, mode, filters, scopes, as_you_type, patience)
            found = search.documents(_checked_limit(limit), self._settings())
        self._counted(workspace, query, as_you_type)
        return found

    def matches(
        self,
        workspace: Workspace,
        query: str,
        *,
        limit: int | None = None,
        filters: Mapping[str, Scalar] | None = None,
        scopes: Sequence[str] | None = None,
    ) -> Matches:
        """Return every document that holds all words and phrases of the query, counted exactly.

        Takes and raises what `query` does; `limit` bounds the documents returned, not the count.
        """
        with self._opened.ask(workspace) as opened:
            found = _Request(opened, self._clock, query, Mode.KEYWORD, filters, scopes).matches(limit)
        self._counted(workspace, query)
        return found

    def _counted(self, workspace: Workspace, query: str, as_you_type: bool = False) -> None:
        if not as_you_type:
            self._count(workspace.id, query)

    def count(
        self,
        workspace: Workspace,
        query: str,
        *,
        filters: Mapping[str, Scalar] | None = None,
        scopes: Sequence[str] | None = None,
        as_you_type: bool = False,
    ) -> Holding:
        """Count exactly the passages and documents that hold the words and phrases of a query: all of them, or some.

        Apart from `query`, so that hits need not wait for it. Takes and raises what that does.
        """
        with self._opened.use(workspace) as opened:
            return _Request(opened, self._clock, query, Mode.KEYWORD, filters, scopes, as_you_type).holding()

    def occurrences(
        self,
        workspace: Workspace,
        document_id: int,
        query: str,
        *,
        fuzzy: Mapping[str, Sequence[str]] | None = None,
        as_you_type: bool = False,
        limit: int = MOST_OCCURRENCES,
    ) -> list[tuple[int, int]]:
        """Return where the words and phrases of a query stand in the stored text of a document, as `(start, end)`.

        They are those that the snippets of hits mark, in order and without overlaps. Filters and excluded words mark
        nothing, and neither does what a document shares with the query in meaning alone.

        Args:
            workspace: Where.
            document_id: The document.
            query: What was searched for.
            fuzzy: Words that were looked for instead: `Results.fuzzy` of that search.
            as_you_type: Whether the last word may be unfinished.
            limit: Most places, from the beginning of the text.

        Raises:
            DocumentNotFound: If there is none with that id.
            InvalidQuery: If there is nothing to look for, or the query can't be understood.
        """
        parsed = parse_query(query, as_you_type)
        with self._opened.ask(workspace) as opened:
            document = opened.documents.get([document_id]).get(document_id)
            extracted = opened.versions.extracted(document_id)
        if document is None:
            raise DocumentNotFound(document_id)
        if extracted is None:
            return []
        return Highlighter(parsed, fuzzy).matches(extracted.text, document.language)[:limit]

    def complete(
        self, workspace: Workspace, prefix: str, *, limit: int = 10, scopes: Sequence[str] | None = None
    ) -> list[str]:
        """Return words of the workspace that begin with `prefix`, the most frequent first."""
        with self._opened.ask(workspace) as opened:
            return opened.words.index.complete(prefix, limit, _checked_scopes(scopes))

    def operators(self, query: str) -> list[Operator]:
        """Return the filters, phrases and exclusions of a query, where they stand in it; this reads nothing."""
        return operators(query)

    def examples(self, workspace: Workspace, *, limit: int = 4, scopes: Sequence[str] | None = None) -> list[str]:
        """Return words of the workspace's own documents that make good examples of a query."""
        with self._opened.ask(workspace) as opened:
            return opened.words.index.terms(limit, _checked_scopes(scopes))

    def facets(
        self, workspace: Workspace, query: str = "", *, scopes: Sequence[str] | None = None
    ) -> dict[str, dict[str, int]]:
        """Return how many documents there are of each `type`, `source`, `tag` and `year`, among those that the query
        finds.

        Raises:
            InvalidQuery: If the query can't be understood; an empty one means all documents.
        """
        parsed = parse_query(query) if query.strip() else None
        with self._opened.ask(workspace) as opened:
            reach = opened.reaches.of(parsed.filters if parsed else (), _checked_scopes(scopes))
            return opened.words.index.facets(parsed, reach.scopes, reach.documents)

    def similar(
        self, workspace: Workspace, document_id: int, *, limit: int = 10, scopes: Sequence[str] | None = None
    ) -> list[Document]:
        """Return the documents that share most of a document's telling words, best first.

        Raises:
            DocumentNotFound: If there is none with that id.
        """
        names = _checked_scopes(scopes)
        with self._opened.ask(workspace) as opened:
            if document_id not in opened.documents.get([document_id]):
                raise DocumentNotFound(document_id)
            similar = opened.words.index.similar(document_id, limit + SLACK, names)
            found = [each for each, _ in similar]
            documents = opened.hits.documents(found, names, self._clock.wall())
        return [documents[each] for each in found if each in documents][:limit]


class _Request:
    """One search, from the text that was typed to the hits."""

    def __init__(
        self,
        opened: OpenWorkspace,
        clock: Clock,
        text: str,
        mode: str | Mode,
        filters: Mapping[str, Scalar] | None,
        scopes: Sequence[str] | None,
        as_you_type: bool = False,
        patience: float = PATIENCE,
    ) -> None:
        self._clock = clock
        self._began = clock.monotonic()
        self._opened = opened
        self._text = text
        self._mode = _checked_mode(mode)
        self._query = parse_query(text, as_you_type)
        self._corrected: Mapping[str, tuple[str, ...]] = {}
        self._reach = opened.reaches.of((*self._query.filters, *_filters(filters or {})), _checked_scopes(scopes))
        self._complete = self._mode is Mode.KEYWORD or opened.meaning.loaded(patience)
        if self._mode is Mode.HYBRID and not self._complete:
            self._mode = Mode.KEYWORD

    def passages(self, limit: int) -> Results:
        found: list[tuple[ScoredChunk, FoundPassage]] = []
        total = 0
        for retrieved in self._retrieve(limit + SLACK):
            total = retrieved.total
            found = self._shown(retrieved.chunks, limit)
            if len(found) == limit:
                break
            total = len(found)  # all that there is, but for what may not be shown
        return self._results(found, total)

    def _shown(self, candidates: Sequence[ScoredChunk], limit: int) -> list[tuple[ScoredChunk, FoundPassage]]:
        found: list[tuple[ScoredChunk, FoundPassage]] = []
        for begin in range(0, len(candidates), limit):
            part = candidates[begin : begin + limit]
            rows = self._opened.hits.passages([each.chunk_id for each in part], self._reach.scopes, self._clock.wall())
            found += [(each, rows[each.chunk_id]) for each in part if each.chunk_id in rows]
            if len(found) >= limit:
                break
        return found[:limit]

    def documents(self, limit: int, settings: SearchSettings) -> Results:
        best: dict[int, ScoredChunk] = {}
        for retrieved in self._retrieve(max(4 * limit, settings.candidates)):
            owners = self._opened.hits.owners(
                [each.chunk_id for each in retrieved.chunks], self._reach.scopes, self._clock.wall()
            )
            best = {}
            for candidate in retrieved.chunks:
                if candidate.chunk_id in owners:
                    best.setdefault(owners[candidate.chunk_id], candidate)
            if len(best) >= limit:
                break
        scores = {document: candidate.score for document, candidate in best.items()}
        if self._mode is not Mode.VECTOR and best:
            whole = self._opened.words.index.document_scores(self._query, sorted(best))
            top = max(whole.values(), default=0.0)
            for document, score in whole.items():
                scores[document] += settings.document_weight * score / top
        order = sorted(best, key=lambda document: (-scores[document], document))[:limit]
        rows = self._opened.hits.passages(
            [best[each].chunk_id for each in order], self._reach.scopes, self._clock.wall()
        )
        found = [(best[each], rows[best[each].chunk_id]) for each in order if best[each].chunk_id in rows]
        return self._results(found, len(best), {each: scores[each] for each in order})

    def matches(self, limit: int | None) -> Matches:
        index = self._opened.words.index
        _, ids = index.matching_documents(self._query, self._reach.scopes, self._reach.documents)
        hits, scopes, now = self._opened.hits, self._reach.scopes, self._clock.wall()
        newest = hits.newest(ids.tolist(), scopes, now)
        documents = hits.documents(newest[:limit], scopes, now)
        return Matches(self._text, len(newest), tuple(documents[each] for each in newest[:limit] if each in documents))

    def holding(self) -> Holding:
        return self._opened.words.index.count_holding(self._query, self._reach.scopes, self._reach.documents)

    def _retrieve(self, limit: int) -> Iterator[Retrieved]:
        """Give the best candidates, and more of them each time: what has expired, say, leaves gaps among the hits.

        Where the words can't be read, meaning alone answers.
        """
        while True:
            try:
                retrieved = self._opened.retrievers[self._mode].retrieve(self._query, self._reach, limit)
            except IndexDamaged:
                self._opened.check_words()
                if self._mode is not Mode.HYBRID:
                    raise
                self._mode, self._complete = Mode.VECTOR, False
                continue
            self._corrected = retrieved.corrected
            yield retrieved
            if len(retrieved.chunks) < limit or limit >= MOST_CANDIDATES:
                return
            limit *= 8

    def _results(
        self, found: Sequence[tuple[ScoredChunk, FoundPassage]], total: int, scores: Mapping[int, float] | None = None
    ) -> Results:
        snippets = Highlighter(self._query, self._corrected).snippets(
            [(_readable(row), row.document.language) for _, row in found]
        )
        hits = tuple(
            _hit(candidate, row, snippet, candidate.score if scores is None else scores[row.document.id])
            for (candidate, row), snippet in zip(found, snippets, strict=True)
        )
        took = (self._clock.monotonic() - self._began) * 1000
        return Results(self._text, self._mode, hits, total, took, self._corrected, self._complete)


def _readable(row: FoundPassage) -> str:
    return without_marks(row.text) if row.document.kind == "md" else row.text


def _hit(candidate: ScoredChunk, row: FoundPassage, snippet: Snippet, score: float) -> Hit:
    # A passage may go over a page's end: the hit stands where its words do.
    page, heading = row.place(snippet.place)
    return Hit(
        document=row.document,
        chunk_id=row.chunk_id,
        text=row.text,
        page=page,
        heading=heading,
        start=row.start,
        end=row.end,
        snippet=snippet.text,
        matches=snippet.matches,
        score=score,
        keyword_rank=candidate.keyword_rank,
        vector_rank=candidate.vector_rank,
        rerank_score=None,
        keyword_score=candidate.keyword_score,
        vector_score=candidate.vector_score,
    )


def _filters(given: Mapping[str, Scalar]) -> list[Filter]:
    return [
        make_filter(name, str(value).lower() if isinstance(value, bool) else str(value))
        for name, value in given.items()
    ]


def _checked_mode(mode: str | Mode) -> Mode:
    try:
        return Mode(mode)
    except ValueError as error:
        raise InvalidQuery(f"There is no search mode “{mode}”.", "Modes: hybrid, keyword, vector.") from error


def _checked_limit(limit: int) -> int:
    if not 1 <= limit <= MOST_RESULTS:
        raise InvalidInput(
            f"A search gives 1 to {MOST_RESULTS} results, not {limit}.", "Use matches for all documents."
        )
    return limit


def _checked_scopes(scopes: Sequence[str] | None) -> tuple[str, ...]:
    if scopes is None:
        return (WORKSPACE_SCOPE,)
    if isinstance(scopes, str) or not scopes:
        raise InvalidInput("A search needs a list of at least one scope.", 'For example ["workspace", "session:42"].')
    return tuple(dict.fromkeys(scopes))
