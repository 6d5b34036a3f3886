"""What a look at a workspace's files, or at the program itself, has found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """A part of a workspace on disk."""

    TRUTH = "workspace.db"
    CACHE = "embeddings.db"
    WORDS = "words"
    VECTORS = "vectors"
    BACKUPS = "backups"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be.

    Attributes:
        part: Where.
        code: A short stable word by which findings are grouped.
        message: A sentence.
        count: How many entries are concerned; 1 for a whole file.
    """

    part: Part
    code: str
    message: str
    count: int = 1

    @property
    def truth(self) -> bool:
        """Whether it concerns what nothing else can be made from; all other parts are made anew."""
        return self.part is Part.TRUTH


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a look, or of a repair.

    Attributes:
        deep: Whether every text was looked at.
        findings: What was found; empty where all is well.
        repaired: Those of them that are mended now.
        skipped: Parts that could not be compared, because too much was being written.
    """

    deep: bool
    findings: tuple[Finding, ...]
    repaired: tuple[Finding, ...] = ()
    skipped: tuple[Part, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 where all is well, 1 for damage of derived files, 2 for damage of the truth."""
        if any(each.truth for each in self.findings):
            return 2
        return 1 if self.findings else 0


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was saved of a damaged workspace.

    Attributes:
        documents: Documents whose text was saved.
        again: Files whose text was lost, and that are read again.
        lost: Titles of documents that are gone, as far as they can be read.
        rows: Rows that could not be read, by table.
    """

    documents: int
    again: int
    lost: tuple[str, ...]
    rows: dict[str, int]


@dataclass(frozen=True, slots=True)
class Connections:
    """Network connections that are open at one moment, of this program and of the processes that it has started.

    Attributes:
        elsewhere: Sockets that are connected with another computer.
        here: Sockets that are connected with an address of this computer's own loopback.
        processes: Processes that were looked at.
        unseen: Processes that the system did not let be looked at.
    """

    elsewhere: int
    here: int
    processes: int
    unseen: int = 0
