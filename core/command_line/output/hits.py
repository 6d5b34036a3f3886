"""Found passages and documents, for people and as the JSON that programs rely on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from core.command_line.output.quantities import count
from core.command_line.output.safe_text import one_line
from core.command_line.output.screen import Part, Screen
from core.domain.document import Document
from core.domain.search import Hit, Holding, Matches, Mode, Results


def results_json(results: Results) -> dict[str, Any]:
    """Return the JSON of `search`: a contract, whose keys stay as they are."""
    return {
        "query": results.query,
        "mode": str(results.mode),
        "took_ms": round(results.took_ms, 1),
        "total": results.total,
        "hits": [_hit_json(rank, hit) for rank, hit in enumerate(results.hits, start=1)],
    }


def _hit_json(rank: int, hit: Hit) -> dict[str, Any]:
    return {
        "rank": rank,
        "document_id": hit.document.id,
        "path": hit.document.path,
        "title": hit.document.title,
        "page": hit.page,
        "heading": hit.heading,
        "start": hit.start,
        "end": hit.end,
        "snippet": hit.snippet,
        "matches": [list(match) for match in hit.matches],
        "score": hit.score,
        "keyword_rank": hit.keyword_rank,
        "vector_rank": hit.vector_rank,
    }


def show_results(screen: Screen, results: Results, holding: Holding, *, documents: bool = False) -> None:
    """Show hits, best first, and how many passages, or documents, hold the words."""
    for rank, hit in enumerate(results.hits, start=1):
        screen.line((f"{rank:>2}  ", "dim"), (one_line(hit.document.title), "bold"), _place(hit))
        screen.paragraph(*snippet_parts(hit.snippet, hit.matches), indent=4)
        screen.line(("    " + _where(hit.document), "dim"))
    for word, instead in results.fuzzy.items():
        screen.line(f"Nothing holds “{one_line(word)}”; looked for {', '.join(map(one_line, instead))} instead.")
    if not results.complete and results.mode is Mode.KEYWORD:
        screen.line("Words alone were looked for, since the index of meaning is still being loaded.")
    elif not results.complete:
        screen.line("Not everything was looked for, since an index is not ready yet. Ask again in a moment.")
    parts = [f"{len(results):,} shown", *_account(results, holding, "document" if documents else "passage")]
    screen.line((" · ".join([*parts, f"{results.took_ms:.0f} ms"]), "dim"))


def _account(results: Results, holding: Holding, noun: str) -> list[str]:
    """Return what was counted: nobody can count what is near in meaning, for everything is, more or less."""
    if results.mode is Mode.VECTOR:
        return ["by meaning"]
    every, some = holding.passages, holding.some_passages
    if noun == "document":
        every, some = holding.documents, holding.some_documents
    parts = []
    if every:
        parts.append(f"{count(every, noun)} with these words")
    if some > every:
        parts.append(f"{some:,} with some of them" if every else f"{count(some, noun)} with some of these words")
    if results.mode is Mode.HYBRID and (results.total > some or not all(hit.keyword_score for hit in results)):
        parts.append("more by meaning" if parts else "by meaning alone")
    return parts


def matches_json(matches: Matches) -> dict[str, Any]:
    """Return the JSON of `matches`."""
    return {
        "query": matches.query,
        "total": matches.total,
        "documents": [document_json(document) for document in matches.documents],
    }


def document_json(document: Document) -> dict[str, Any]:
    """Return the facts by which a program names a document."""
    return {
        "document_id": document.id,
        "path": document.path,
        "external_id": document.external_id,
        "title": document.title,
        "kind": document.kind,
        "state": str(document.state),
    }


def show_matches(screen: Screen, matches: Matches) -> None:
    """Show the documents and their exact number."""
    shown = matches.documents
    screen.table(("#document", "title", "where"), [(str(each.id), one_line(each.title), _path(each)) for each in shown])
    left = matches.total - len(shown)
    more = f"; {left:,} more are not shown" if left else ""
    screen.line((f"{count(matches.total, 'document')} with all of these words{more}", "dim"))


def snippet_parts(snippet: str, matches: Sequence[tuple[int, int]]) -> Iterator[Part]:
    """Return the snippet as one line, its matches marked."""
    done = 0
    for start, end in matches:
        yield one_line(snippet[done:start])
        yield one_line(snippet[start:end]), "bold yellow"
        done = end
    yield one_line(snippet[done:])


def _place(hit: Hit) -> str:
    page = "" if hit.page is None else f" · p. {hit.page}"
    # The first heading of a document is most often its title.
    heading = f"{hit.heading or ''} › ".removeprefix(f"{hit.document.title} › ").removesuffix(" › ")
    return page + (f" · {one_line(heading)}" if heading else "")


def _where(document: Document) -> str:
    return f"{_path(document)} · document {document.id}"


def _path(document: Document) -> str:
    return document.path or document.external_id or ""
