"""Golden queries, for people and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.command_line.output.quantities import count, when
from core.command_line.output.safe_text import one_line
from core.command_line.output.screen import Screen
from core.domain.golden import GoldenQuery, Miss

_REASONS = {
    Miss.GONE: "the document has been removed",
    Miss.EXPIRED: "the document has expired",
    Miss.PENDING: "the document is not read yet",
    Miss.FAILED: "the document could not be read",
    Miss.SKIPPED: "a rule skips the document",
    Miss.CHANGED: "the passage is no longer in the document",
    Miss.FILTERED: "a filter of the query leaves it out",
    Miss.OUTRANKED: "not among the first hundred",
}


def golden_json(golden: GoldenQuery) -> dict[str, Any]:
    """Return one golden query in the JSON of `golden`."""
    return {
        "id": golden.id,
        "query": golden.query,
        "document_id": golden.document_id,
        "title": golden.title,
        "passage": golden.passage or None,
        "within": golden.within,
        "found": golden.found if golden.ran_at else None,
        "place": golden.place,
        "reason": golden.miss and str(golden.miss),
        "ran_at": golden.ran_at and golden.ran_at.isoformat(),
    }


def show_golden(screen: Screen, queries: Sequence[GoldenQuery]) -> None:
    """Show golden queries with how the last run of each went, and how many were found."""
    for each in queries:
        sign, style = ("✓", "green") if each.found else ("✗", "red") if each.ran_at else ("·", "dim")
        what = "the passage of " if each.passage else ""
        screen.line((f"{each.id:>3}  ", "dim"), (f"{sign} ", style), (one_line(each.query), "bold"))
        document = f"“{one_line(each.title)}”" if each.title else "a document"
        number = "" if each.document_id is None else f" (document {each.document_id})"
        screen.line(f"       {what}{document}{number}: ", (_state(each), style))
    ran = [each for each in queries if each.ran_at]
    missing = sum(not each.found for each in ran)
    parts = [count(len(queries), "golden query", "golden queries")]
    parts += [f"{len(ran) - missing:,} found"] if ran else []
    parts += [f"{missing:,} not found"] if missing else []
    parts += [f"run {when(max(each.ran_at for each in ran if each.ran_at))}"] if ran else ["not run yet"]
    screen.line((" · ".join(parts), "dim"))


def _state(golden: GoldenQuery) -> str:
    if golden.ran_at is None:
        return f"not run yet; wanted among the first {golden.within}"
    if golden.miss is None:
        return f"place {golden.place}"
    if golden.miss is Miss.LOWER:
        return f"place {golden.place}, not among the first {golden.within}"
    return _REASONS[golden.miss]
