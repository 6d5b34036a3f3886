"""Errors that the user, or the world, can mend; anything else that escapes the engine is a bug of ours.

Every error carries one sentence (`message`) and what to do about it (`hint`). Each class builds its own sentence from
facts, so that a call site only names them.
"""

from __future__ import annotations


class CarrelError(Exception):
    """Root of all errors that a caller may show to a person.

    Attributes:
        message: One sentence that says what is wrong.
        hint: What the person can do; may be empty.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class NotFound(CarrelError):
    """A workspace, document or source that was named does not exist."""

    exit_code = 10


class WorkspaceNotFound(NotFound):
    def __init__(self, name: str, known: list[str]) -> None:
        names = ", ".join(sorted(known)[:8])
        hint = f"Workspaces that exist: {names}." if names else "Create it with: carrel workspace create NAME."
        super().__init__(f"There is no workspace named “{name}”.", hint)


class DocumentNotFound(NotFound):
    def __init__(self, document_id: int) -> None:
        super().__init__(
            f"There is no document with the id {document_id}.", "It may have been removed or have expired."
        )


class SourceNotFound(NotFound):
    def __init__(self, source: object) -> None:
        super().__init__(f"There is no source {source} in this workspace.", "See the sources with: carrel status.")


class WorkspaceExists(CarrelError):
    def __init__(self, name: str) -> None:
        super().__init__(f"A workspace named “{name}” exists already.", "Choose another name.")


class SearchNotFound(NotFound):
    def __init__(self, search_id: int) -> None:
        super().__init__(f"There is no saved search with the id {search_id}.", "It may have been removed.")


class GoldenQueryNotFound(NotFound):
    def __init__(self, number: int) -> None:
        super().__init__(f"There is no golden query with the number {number}.", "See them with: carrel golden.")


class SearchExists(CarrelError):
    def __init__(self, name: str) -> None:
        super().__init__(f"A saved search named “{name}” exists already.", "Choose another name.")


class PathNotFound(NotFound):
    def __init__(self, path: str) -> None:
        super().__init__(f"There is nothing at {path}.", "Check the spelling, or whether the disk is connected.")


class DataFolderLocked(CarrelError):
    """Another process owns the data folder."""

    exit_code = 11

    def __init__(self, folder: str, owner: str = "") -> None:
        who = f" ({owner})" if owner else ""
        super().__init__(
            f"Another Carrel{who} is using the data folder {folder}.", "Close it first, or choose another --data-dir."
        )


class DataFolderUnusable(CarrelError):
    """The data folder can't be made, read or written."""


class Closing(CarrelError):
    """A call came while Carrel, or the workspace that it was about, was being closed."""

    def __init__(self) -> None:
        super().__init__("Carrel is closing.", "What was acknowledged before is stored.")


class StorageFailed(CarrelError):
    """The disk, or a file on it, can't be used now. What was acknowledged before stays stored."""


class DiskFull(StorageFailed):
    def __init__(self, what: str, needed: int | None = None, free: int | None = None) -> None:
        if needed is None or free is None:
            super().__init__(
                f"The disk is full: {what} could not be written.",
                "Free some space. Deleting documents still works, and what waits goes on by itself.",
            )
        else:
            super().__init__(
                f"The disk is nearly full: {_megabytes(free)} are free, and {what} needs {_megabytes(needed)}.",
                f"Free {_megabytes(needed - free)}; what waits goes on by itself.",
            )


class DiskFailed(StorageFailed):
    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} could not be read or written: the disk reports an error.",
            "Check that the disk is connected and sound, then start Carrel again.",
        )


class StorageReadOnly(StorageFailed):
    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} can't be opened for writing.",
            "Make its folder writable for you, or choose another place with --data-dir or CARREL_DATA_DIR.",
        )


class DatabaseBusy(StorageFailed):
    def __init__(self, file: str) -> None:
        super().__init__(
            f"Another program has {file} open and keeps it locked.",
            "Close programs that look into Carrel's data folder (a viewer, a backup or sync program), then try again.",
        )


class DatabaseDamaged(StorageFailed):
    """A database can't be read as it should.

    Attributes:
        file: Which.
    """

    def __init__(self, file: str, found: str = "") -> None:
        self.file = file
        super().__init__(
            f"{file} is damaged{f' ({found})' if found else ''}.",
            "See how much with: carrel workspace verify NAME. Bring back a backup with: carrel workspace restore NAME",
        )


class DatabaseReplaced(StorageFailed):
    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} was deleted, renamed or replaced while Carrel had it open; nothing more is written to it.",
            "Put it back if you moved it, then start Carrel again; or bring back a backup with: "
            "carrel workspace restore NAME",
        )


class NewerSchema(CarrelError):
    def __init__(self, file: str, found: int, known: int) -> None:
        super().__init__(
            f"{file} was written by a newer Carrel (schema {found}; this one knows {known}).",
            "Update Carrel; the file was not touched.",
        )


class InvalidQuery(CarrelError):
    """A query, a filter or a mode that can't be understood."""


class InvalidInput(CarrelError):
    """An argument of a call that can't be used."""


class DecisionNotPossible(CarrelError):
    """A decision about files that are gone could not be carried out; nothing was removed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, "See what waits with: carrel sources.")


class MissingDependency(CarrelError):
    def __init__(self, what: str, install: str) -> None:
        super().__init__(f"{what} needs a package that is not installed.", f"Install it with: {install}")


class EmbeddingFailed(CarrelError):
    """An embedder returned something that is not a unit vector of its dimension."""


class ExtractionFailed(CarrelError):
    """A file's text can't be had. The failure is kept with the document, as data.

    Attributes:
        code: A short stable word by which failures are grouped: `encrypted`, `damaged`, `too_large`, `timeout`,
            `memory`, `crashed`, `unreadable`, `vanished`, `not_a_file`, `unsupported`, `changed` (while it was read).
    """

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.code = code


def _megabytes(size: int) -> str:
    return f"{max(1, round(size / 10**6)):,} MB"
