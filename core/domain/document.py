"""Documents: files under a source, or texts given by a program, each in exactly one state of the coverage ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

Scalar = str | int | float | bool | None
WORKSPACE_SCOPE = "workspace"


class State(StrEnum):
    """Where a document stands; the states of all documents add up to the files and texts of the workspace."""

    PENDING = "pending"  # found, not read yet
    WORDS = "words"  # searchable by words
    MEANING = "meaning"  # searchable by words and by meaning
    PARTIAL = "partial"  # searchable, but a part could not be read (pages without text, a limit)
    SKIPPED = "skipped"  # left out by a rule
    FAILED = "failed"  # could not be read
    STALE = "stale"  # searchable with the text of an earlier version; the newer one is not read yet, or can't be


@dataclass(frozen=True, slots=True)
class Text:
    """A text that a program adds.

    Attributes:
        id: The program's own id; adding the same id again replaces the text.
        text: The text itself.
        title: Shown with hits and searched.
        metadata: Plain facts, searchable by equality (`meta.KEY:VALUE`).
        tags: Tags (`tag:NAME`).
        event_time: When what the text tells happened, if known.
    """

    id: str
    text: str
    title: str = ""
    metadata: Mapping[str, Scalar] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    event_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document as callers see it.

    Attributes:
        id: Never used again after deletion.
        source_id: The source it stands under.
        path: Absolute path for display (undecodable bytes escaped), or None for a text.
        external_id: The program's id of a text, or None for a file.
        title: Title found in the document, else its file name.
        kind: Short type, such as `pdf`.
        scope: Who may see it: `workspace`, `session:<id>`, …
        state: Where it stands in the coverage ledger.
        reason: Why it is skipped, failed, partial or stale; empty otherwise.
        size: Bytes.
        language: Two letters, or empty.
        tags: Tags, sorted.
        metadata: Facts from the file or from the caller.
        created_at: When Carrel learned of it (UTC).
        updated_at: When its text last changed in Carrel (UTC).
        event_time: The document's own date: mail date, date in the file, or file date (UTC), or None.
        expires_at: When it expires (UTC), or None.
        attempts: How often reading it has failed, since the file last changed.
        reason_code: Short stable word for `reason`: `rule`, `unsupported`, `partial`, `cancelled`, … or one of
            `ExtractionFailed.code`; empty where there is no reason.
        pages: Number of pages or slides, or None where it has none or they are not known.
        words: Number of words of its text, or None where it has none or they are not known.
        modified_at: When the file was last changed, or a text was written (UTC), or None where that is not known.
    """

    id: int
    source_id: int
    path: str | None
    external_id: str | None
    title: str
    kind: str
    scope: str
    state: State
    reason: str
    size: int
    language: str
    tags: tuple[str, ...]
    metadata: Mapping[str, Scalar]
    created_at: datetime
    updated_at: datetime
    event_time: datetime | None
    expires_at: datetime | None
    attempts: int = 0
    reason_code: str = ""
    pages: int | None = None
    words: int | None = None
    modified_at: datetime | None = None

    @property
    def name(self) -> str:
        """Return the file name, or the external id of a text."""
        if self.path is not None:
            return self.path.replace("\\", "/").rsplit("/", 1)[-1]
        return self.external_id or self.title


@dataclass(frozen=True, slots=True)
class Ledger:
    """The coverage ledger: every file and text of a workspace in exactly one state.

    Attributes:
        counts: Number of documents in each state; every state is present.
        documents: Documents whose text is stored.
        chunks: Passages of those documents.
        files: All rows of the ledger, by document id; the counts add up to their number.
    """

    counts: Mapping[State, int]
    documents: int
    chunks: int
    files: tuple[Document, ...]

    @property
    def total(self) -> int:
        """Return the number of files and texts."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read, for the list of failures.

    Attributes:
        document_id: The document.
        name: Path or external id for display.
        stage: `read`, `extract`, `chunk` or `embed`.
        code: Short stable word; see `ExtractionFailed.code`.
        reason: One plain sentence.
        attempts: How often it was tried.
    """

    document_id: int
    name: str
    stage: str
    code: str
    reason: str
    attempts: int


def scope_kind(scope: str) -> str:
    """Return the kind of a scope: `workspace`, `session`, `agent`, …; each kind has a vector partition of its own."""
    return scope.partition(":")[0]
