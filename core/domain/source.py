"""Sources of documents on disk: the rules of a source, the files that a look at it finds, and how it is watched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from core.errors import InvalidInput

DEFAULT_EXCLUDES = (
    # version control
    *(".git", ".hg", ".svn", ".bzr", ".jj", "_darcs"),
    # installed packages and caches of builds
    *("node_modules", "bower_components", "jspm_packages", "site-packages", "__pycache__", "*.pyc", ".venv", "venv"),
    *(".tox", ".nox", ".eggs", "*.egg-info", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis"),
    *(".ipynb_checkpoints", ".gradle", ".m2", ".terraform", ".next", ".nuxt", ".parcel-cache", ".cache", ".ccache"),
    # half-written, temporary and lock files
    *("~$*", "*.tmp", "*.temp", "*.part", "*.partial", "*.crdownload", "*.download", "*.swp", "*.swo", "*~", "*.bak"),
    *(".~lock.*#", ".#*", "*.lock", "*.lck"),
    # what systems and synchronising programs leave behind
    *("Thumbs.db", "ehthumbs.db", "desktop.ini", ".DS_Store", "._*", ".localized", "Icon\r", "lost+found"),
    *("$RECYCLE.BIN", "System Volume Information", ".Trash", ".Trash-*", ".Trashes", ".Spotlight-V100", ".fseventsd"),
    *(".TemporaryItems", "@eaDir", "#recycle", ".dropbox.cache", ".stversions", ".stfolder", ".sync", ".snapshots"),
)
"""Names that are left out unless a person's rules say otherwise."""

HIDDEN = "hidden"
NOT_INCLUDED = "not included"
NOT_REGULAR = "not a regular file"
LINK_INSIDE = "symlink inside"  # its target stands in the same source and is read there
LINK_OUTSIDE = "symlink outside"  # its target was not chosen by the person
LINK_BROKEN = "symlink broken"  # no target, or a loop
TOO_LARGE = "too large"
UNREADABLE = "unreadable"

MISSING = "missing"
"""Reason code of a document whose file is gone, while its removal waits for another look or for a decision."""
KEPT = "kept"
"""Reason code of a document whose file is gone, and whose text a person chose to keep."""
VANISHED = "vanished"
"""Reason code of a document whose file was not at its place when it was to be read; a look that finds it reads it."""


def excluded(pattern: str) -> str:
    """Return the rule that skips what an exclude pattern matches."""
    return f"excluded: {pattern}"


def unsupported(name: str) -> str:
    """Return the rule that skips a file of a type that Carrel does not read: `type: .xyz`, `type: none`, `type: other`.

    Only an ending that looks like a type is named; numbers and sentences would each be a rule of their own.
    """
    stem, dot, extension = name.rpartition(".")
    if not (stem and dot):
        return "type: none"
    usual = len(extension) <= 10 and extension.isalnum() and not extension.isdigit()
    return f"type: .{extension.lower()}" if usual else "type: other"


@dataclass(frozen=True, slots=True)
class Rules:
    """Which files of a folder are read.

    A pattern without a slash matches the name of a file or folder at any depth; one with a slash matches the path below
    the source, where `*` stays inside a name and `**` crosses folders. Case does not matter. What a matched folder
    holds is matched with it.

    Attributes:
        include: Only files that match one of these; empty means all.
        exclude: Never files or folders that match one of these; stronger than `include`.
        recursive: Whether folders inside the folder belong to the source.
        hidden: Whether hidden files and folders are read.
        max_bytes: Larger files are skipped.

    Raises:
        InvalidInput: A pattern is empty, or `max_bytes` is not positive.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = DEFAULT_EXCLUDES
    recursive: bool = True
    hidden: bool = False
    max_bytes: int = 200 * 2**20

    def __post_init__(self) -> None:
        if not all(pattern.strip("/ ") for pattern in (*self.include, *self.exclude)):
            raise InvalidInput("A pattern for files is empty.", "Write a name such as *.pdf, or leave the pattern out.")
        if self.max_bytes < 1:
            raise InvalidInput("The largest size of a file must be at least 1 byte.")


@dataclass(frozen=True, slots=True)
class Source:
    """What documents of a workspace come from, as it is recorded.

    Attributes:
        id: Number of the source in its workspace.
        kind: `folder`, `file` or `texts`.
        path: Raw bytes of the absolute path, or None for texts.
        key: `path_key` of the path; empty for texts.
        name: Shown, and found by `in:`.
        scope: Scope of its documents.
        rules: Which files are read.
        watch: Whether changes are followed.
        ttl: Seconds after which its documents expire, or None.
        state: `active`, `paused` or `offline`.
        reason: Why it is offline; empty otherwise.
        scanned_at: When it was last looked at (UTC), or None.
        root: Device and inode of its root when it was last looked at, as text; empty if not known.
        missing: Number of its files that are gone, and whose removal waits for a decision; 0 where nothing waits.
        missing_of: Number of files with text among which they are counted.
    """

    id: int
    kind: str
    path: bytes | None
    key: str
    name: str
    scope: str
    rules: Rules
    watch: bool
    ttl: float | None
    state: str
    reason: str
    scanned_at: datetime | None
    root: str = ""
    missing: int = 0
    missing_of: int = 0

    @property
    def question(self) -> str:
        """Return what a person has to decide, as one sentence, or an empty string."""
        if not self.missing:
            return ""
        return f"{self.missing:,} of {self.missing_of:,} files are gone; nothing was removed."


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file as a look at a source finds it.

    A file that is skipped for its name, for the folder that it stands in or for being no regular file was not looked
    at: its size, time and numbers are 0 and its kind is None.

    Attributes:
        path: Raw bytes of the absolute path.
        key: The path in normal form, a different one for each file; see `path_key`.
        size: Bytes.
        mtime_ns: Time of last change, in nanoseconds since 1970.
        inode: Number of the file on its device; 0 where the system gives none.
        device: The device; 0 where the system gives none.
        kind: Type that the name promises, such as `pdf`.
        rule: The rule that skips it, or None if it is to be read.
    """

    path: bytes
    key: str
    size: int
    mtime_ns: int
    inode: int
    device: int
    kind: str | None
    rule: str | None


@dataclass(frozen=True, slots=True)
class RecordedFile:
    """A file as it is recorded from earlier looks; the attributes are those of `FoundFile` and these.

    Attributes:
        document_id: Its document.
        content_hash: SHA-256 of its bytes in hexadecimal, or None if it was never read.
        has_text: Whether a text of it is stored, so that something is lost when it is removed.
        absence: `MISSING` or `KEPT` if an earlier look did not find it, `VANISHED` if a reading did not; empty
            otherwise.
    """

    document_id: int
    path: bytes
    key: str
    size: int
    mtime_ns: int
    inode: int
    device: int
    kind: str | None
    rule: str | None
    content_hash: str | None
    has_text: bool = True
    absence: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A folder, or a whole source, that could not be looked at; what is recorded under it must not count as gone.

    Attributes:
        path: Raw bytes of the path.
        key: `path_key` of it.
        code: `missing`, `unreadable`, `not_a_folder`, `not_a_file`, `left_out` (it stands in what the caller left out),
            `vanished` (it went away while being looked at) or `stopped` (the look was broken off).
        message: One plain sentence.
    """

    path: bytes
    key: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class KindCount:
    """Number and total size of the files of one kind."""

    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What adding some paths would do.

    Attributes:
        kinds: Files that would be read, by kind.
        skipped: Files that would not, by rule.
        problems: What could not be looked at.
        seconds: Estimate of the time to read them, or None while nothing has been measured.
    """

    kinds: Mapping[str, KindCount]
    skipped: Mapping[str, int]
    problems: tuple[Problem, ...]
    seconds: float | None = None

    @property
    def readable(self) -> int:
        """Return the number of files that would be read."""
        return sum(count.files for count in self.kinds.values())

    @property
    def files(self) -> int:
        """Return the number of all files."""
        return self.readable + sum(self.skipped.values())

    @property
    def bytes(self) -> int:
        """Return the size of the files that would be read."""
        return sum(count.bytes for count in self.kinds.values())


@dataclass(frozen=True, slots=True)
class WatchState:
    """How a source is being watched.

    Attributes:
        kind: `starting`, `native` (the system tells of changes), `polling` (looked at now and then) or `offline`.
        reason: Why it is not native, as one sentence; empty otherwise.
        hint: What the person can do about it, such as a command; may be empty.
    """

    kind: Literal["starting", "native", "polling", "offline"]
    reason: str = field(default="")
    hint: str = field(default="")
