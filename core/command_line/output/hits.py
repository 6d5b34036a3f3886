"""Found passages and documents, for people and as the JSON that programs rely on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from core.command_line.output.quantities import count
from core.command_line.output.safe_text import one_line
from core.command_line.output.screen import Part, Screen
from core.domain.document import Document
from core.domain.search import Hit, Matches, Mode, Results

_MODES = {Mode.HYBRID: "words and meaning", Mode.KEYWORD: "words", Mode.VECTOR: "meaning"}


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


def show_results(screen: Screen, results: Results, noun: str) -> None:
    """Show hits, best first; `noun` is what was counted (`passage` or `document`)."""
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
    shown = f"{len(results)} of " if len(results) < results.total else ""
    screen.line((f"{shown}{count(results.total, noun)} · {results.took_ms:.0f} ms · by {_MODES[results.mode]}", "dim"))


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
