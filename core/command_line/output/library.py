"""Workspaces, sources, failures and receipts, for people and as JSON."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Sequence
from typing import Any

from core.command_line.arguments import next_command
from core.command_line.output.quantities import count, size, span, when
from core.command_line.output.safe_text import one_line
from core.command_line.output.screen import Screen
from core.domain.change import Progress, Receipt
from core.domain.document import Failure, Ledger, State
from core.domain.source import Source, WatchState

STATES = {
    State.MEANING: ("searchable by words and by meaning", "green"),
    State.WORDS: ("searchable by words", "green"),
    State.PARTIAL: ("searchable in part", "yellow"),
    State.STALE: ("searchable with an earlier text", "yellow"),
    State.PENDING: ("not read yet", ""),
    State.SKIPPED: ("skipped by a rule", "dim"),
    State.FAILED: ("failed", "red"),
}
"""What the states of the coverage ledger mean, in the order in which a person wants them, and their style."""


def workspace_json(name: str, ledger: Ledger) -> dict[str, Any]:
    """Return one workspace in the JSON of `status`: a contract, whose keys stay as they are."""
    return {
        "name": name,
        "files": ledger.total,
        "documents": ledger.documents,
        "chunks": ledger.chunks,
        "states": {str(state): ledger.counts.get(state, 0) for state in State},
    }


def show_workspace(screen: Screen, name: str, ledger: Ledger, progress: Progress) -> None:
    """Show where the files of a workspace stand."""
    if not ledger.total:
        screen.line((name, "bold"), "  empty")
        return
    screen.line(
        (name, "bold"),
        f"  {count(ledger.total, 'file')} · {count(ledger.documents, 'document')} with text"
        f" · {count(ledger.chunks, 'passage')}",
    )
    for state, (meaning, style) in STATES.items():
        if number := ledger.counts.get(state, 0):
            screen.line(f"{number:>9,}  ", (meaning, style))
    if waiting := progress.queued + progress.running:
        left = f", about {span(progress.seconds_left)}" if progress.seconds_left is not None else ""
        screen.line(f"  {count(waiting, 'file')} to read{left}")


def source_json(source: Source, files: int, watch: WatchState | None) -> dict[str, Any]:
    """Return one source in the JSON of `sources`."""
    return {
        "id": source.id,
        "kind": source.kind,
        "name": source.name,
        "path": None if source.path is None else os.fsdecode(source.path),
        "scope": source.scope,
        "files": files,
        "state": source.state,
        "reason": source.reason,
        "watch": source.watch,
        "watch_kind": None if watch is None else watch.kind,
        "ttl": source.ttl,
        "missing": source.missing,
        "missing_of": source.missing_of,
        "scanned_at": None if source.scanned_at is None else source.scanned_at.isoformat(),
    }


def show_sources(
    screen: Screen, sources: Sequence[Source], files: Counter[int], watches: dict[int, WatchState]
) -> None:
    """Show the sources of a workspace."""
    rows = []
    for source in sources:
        where = source.name if source.path is None else os.fsdecode(source.path)
        expires = "" if source.ttl is None else span(source.ttl)
        watched = "yes" if source.watch else "no"
        rows.append(
            (
                str(source.id),
                source.kind,
                where,
                f"{files[source.id]:,}",
                source.state,
                watched,
                expires,
                when(source.scanned_at),
            )
        )
    screen.table(("#source", "kind", "where", "#files", "state", "watched", "expires", "last look"), rows)
    for source in sources:
        if source.reason:
            screen.line(f"Source {source.id}: ", (one_line(source.reason), "yellow"))
        watch = watches.get(source.id)
        if watch is not None and watch.reason:
            screen.line(f"Source {source.id}: {one_line(watch.reason)} {one_line(watch.hint)}".rstrip())


def show_questions(screen: Screen, sources: Sequence[Source], arguments: argparse.Namespace) -> None:
    """Show what a person has to decide about files that are gone."""
    for source in sources:
        if source.question:
            screen.line(f"Source {source.id}: ", (source.question, "yellow"))
            for action, what in (("confirm", "Remove them from Carrel"), ("keep", "Keep their texts")):
                screen.line(f"  {what}: {next_command(arguments, 'sources', f'{action} {source.id}')}")


def failure_json(failure: Failure) -> dict[str, Any]:
    """Return one failure in the JSON of `failures`."""
    return {
        "document_id": failure.document_id,
        "name": failure.name,
        "stage": failure.stage,
        "code": failure.code,
        "reason": failure.reason,
        "attempts": failure.attempts,
    }


def show_failures(screen: Screen, failures: Sequence[Failure]) -> None:
    """Show what could not be read, under its reasons."""
    groups: dict[str, list[Failure]] = {}
    for failure in failures:
        groups.setdefault(failure.reason, []).append(failure)
    for reason, group in sorted(groups.items(), key=lambda item: -len(item[1])):
        screen.line((one_line(reason), "red"), (f"  ({count(len(group), 'file')})", "dim"))
        for failure in group:
            tries = f", tried {failure.attempts} times" if failure.attempts > 1 else ""
            screen.line(f"  {failure.name}", (f"  document {failure.document_id}{tries}", "dim"))


def receipt_json(receipt: Receipt) -> dict[str, Any]:
    """Return one receipt in the JSON of `receipts`."""
    return {
        "id": receipt.id,
        "at": receipt.at.isoformat(),
        "reason": receipt.reason,
        "documents": receipt.documents,
        "rows": receipt.rows,
        "keyword_entries": receipt.keyword_entries,
        "vectors": receipt.vectors,
        "cached_embeddings": receipt.cached_embeddings,
        "bytes": receipt.bytes,
    }


def show_receipts(screen: Screen, receipts: Sequence[Receipt]) -> None:
    """Show what deletions removed."""
    headers = ("#receipt", "when", "why", "#documents", "#rows", "#words", "#vectors", "#embeddings", "#size")
    rows = [
        (
            str(each.id),
            when(each.at),
            each.reason,
            f"{each.documents:,}",
            f"{each.rows:,}",
            f"{each.keyword_entries:,}",
            f"{each.vectors:,}",
            f"{each.cached_embeddings:,}",
            size(each.bytes),
        )
        for each in receipts
    ]
    screen.table(headers, rows)


def show_receipt(screen: Screen, receipt: Receipt) -> None:
    """Show what one deletion removed, in a sentence."""
    screen.line(
        f"Removed {count(receipt.documents, 'document')}: {count(receipt.rows, 'row')},"
        f" {count(receipt.keyword_entries, 'keyword entry', 'keyword entries')}, {count(receipt.vectors, 'vector')},"
        f" {count(receipt.cached_embeddings, 'cached embedding')}, {size(receipt.bytes)}."
    )
