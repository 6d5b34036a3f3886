"""The settings: frozen dataclasses whose fields carry title, description and range.

A settings page is made from `options()`; there is no second list of them anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

Value = int | float | str | bool


def option(
    default: Value,
    title: str,
    description: str,
    *,
    least: float | None = None,
    most: float | None = None,
    choices: tuple[str, ...] = (),
    restart: bool = False,
) -> Any:
    """Declare a setting; `least` and `most` bound a number, `choices` a word.

    `restart` says that a change holds from the next start only.
    """
    about = {"title": title, "description": description, "least": least, "most": most, "choices": choices}
    return field(default=default, metadata=about | {"restart": restart})


@dataclass(frozen=True, slots=True)
class IndexingSettings:
    """How documents are read and cut."""

    chunker: str = option(
        "recursive",
        "Chunking",
        "How documents are cut into passages.",
        choices=("recursive", "sentence", "heading", "window"),
        restart=True,
    )
    chunk_tokens: int = option(256, "Passage size", "Most tokens of a passage.", least=32, most=2048, restart=True)
    overlap_tokens: int = option(
        64, "Overlap", "Tokens that a passage shares with the one before.", least=0, most=512, restart=True
    )
    workers: int = option(2, "Readers", "Files that are read at the same time.", least=1, most=16, restart=True)
    timeout_seconds: float = option(
        60.0, "Time for a file", "Seconds after which reading a file is given up.", least=1, most=3600, restart=True
    )
    memory_mb: int = option(
        1500, "Memory for a file", "Megabytes a reader may use.", least=256, most=16_384, restart=True
    )
    max_file_mb: int = option(500, "Largest file", "Larger files are skipped (megabytes).", least=1, most=100_000)
    free_space_mb: int = option(
        500,
        "Space that stays free",
        "Reading pauses while less is free on the disk of the data folder (megabytes).",
        least=0,
        most=1_000_000,
        restart=True,
    )


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """How passages are found and ranked."""

    keyword_weight: float = option(0.5, "Weight of words", "Share of the keyword score.", least=0, most=1)
    vector_weight: float = option(0.5, "Weight of meaning", "Share of the meaning score.", least=0, most=1)
    document_weight: float = option(
        0.25,
        "Weight of the document",
        "How much the whole document's keyword score adds when documents are ranked.",
        least=0,
        most=1,
    )
    candidates: int = option(
        64, "Candidates", "Passages taken from each index before they are ranked.", least=10, most=2000
    )
    history: bool = option(
        True, "History", "Whether each workspace remembers what was searched for in it, to offer it again."
    )


@dataclass(frozen=True, slots=True)
class LifetimeSettings:
    """How long things are kept."""

    session_hours: float = option(
        24.0, "Documents of a chat", "Hours after which a chat's own documents expire.", least=0.1, most=8760
    )
    purge_days: float = option(
        7.0,
        "Keep what has expired",
        "Days for which an expired document of a workspace is kept, hidden, before it is deleted; those of chats go at"
        " once.",
        least=0,
        most=365,
    )
    sweep_seconds: float = option(60.0, "Sweep", "Seconds between two looks for expired documents.", least=1, most=3600)


@dataclass(frozen=True, slots=True)
class WorkspaceSettings:
    """How many workspaces stand open."""

    most_open: int = option(
        50,
        "Open workspaces",
        "When more are open, those that were not used for longest are closed, unless they are at work.",
        least=1,
        most=1000,
    )
    idle_minutes: float = option(
        10.0, "Idle workspaces", "Minutes after which a workspace that nobody uses is closed.", least=0.1, most=100_000
    )


@dataclass(frozen=True, slots=True)
class AppearanceSettings:
    """How the window looks and speaks."""

    theme: str = option(
        "system", "Colours", "Light or dark, or as the system has it.", choices=("system", "light", "dark")
    )
    text_percent: int = option(100, "Text size", "Size of the text, in percent of the system's.", least=80, most=200)
    language: str = option(
        "system",
        "Language",
        "Language of the window, or that of the system.",
        choices=("system", "en", "de"),
        restart=True,
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, by section."""

    indexing: IndexingSettings = field(default_factory=IndexingSettings)
    search: SearchSettings = field(default_factory=SearchSettings)
    lifetimes: LifetimeSettings = field(default_factory=LifetimeSettings)
    workspaces: WorkspaceSettings = field(default_factory=WorkspaceSettings)
    appearance: AppearanceSettings = field(default_factory=AppearanceSettings)


@dataclass(frozen=True, slots=True)
class Option:
    """One setting, described.

    Attributes:
        section: Its section in the file.
        name: Its name there.
        kind: `int`, `float`, `str` or `bool`.
        default: What holds when the file says nothing.
        title: A few words.
        description: A sentence.
        least: Smallest number, or None.
        most: Largest number, or None.
        choices: The words that can be chosen; empty for free text and numbers.
        restart: Whether a change holds from the next start only, and not at once.
    """

    section: str
    name: str
    kind: type
    default: Value
    title: str
    description: str
    least: float | None
    most: float | None
    choices: tuple[str, ...]
    restart: bool

    def problem(self, value: object) -> str:
        """Return what is wrong with `value`, or an empty string."""
        fits = isinstance(value, self.kind) or (self.kind is float and isinstance(value, int))
        if not fits or (isinstance(value, bool) and self.kind is not bool):
            return f"must be {_article(self.kind)}, not {value!r}"
        if self.choices and value not in self.choices:
            return f"must be one of {', '.join(self.choices)}, not {value!r}"
        if isinstance(value, int | float) and not isinstance(value, bool):
            if self.least is not None and not value >= self.least:
                return f"must be at least {self.least:g}, not {value}"
            if self.most is not None and not value <= self.most:
                return f"must be at most {self.most:g}, not {value}"
        return ""


def options() -> Iterator[Option]:
    """Yield every setting, in the order of declaration."""
    for section in fields(Settings):
        for entry in fields(type(getattr(Settings(), section.name))):
            about = entry.metadata
            default: Value = getattr(getattr(Settings(), section.name), entry.name)
            yield Option(
                section.name,
                entry.name,
                type(default),
                default,
                about["title"],
                about["description"],
                about["least"],
                about["most"],
                about["choices"],
                about["restart"],
            )


def _article(kind: type) -> str:
    return {int: "a whole number", float: "a number", str: "a word", bool: "true or false"}[kind]
