"""What a text is set in: blocks (a heading, a paragraph, a row), each of runs that look alike.

Every run says where it stands in the stored text, so that a passage is found again in what is shown, though marks of
Markdown are left out and tables get columns.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple


class Look(Enum):
    """How a block is set."""

    BODY = auto()
    HEADING = auto()
    ITEM = auto()
    QUOTE = auto()
    CODE = auto()
    ROW = auto()  # of a table: monospaced, never broken
    FIELD = auto()  # of the head of a mail
    PAGE = auto()  # where a page or slide begins
    RULE = auto()


class Role(Enum):
    """How a run is drawn."""

    PLAIN = auto()
    STRONG = auto()
    EMPHASIS = auto()
    FIXED = auto()
    MUTED = auto()
    LINK = auto()
    KEYWORD = auto()
    STRING = auto()
    COMMENT = auto()
    NUMBER = auto()
    NAME = auto()


class Run(NamedTuple):
    """A piece of text.

    Attributes:
        text: What is shown; as long as what it stands for.
        start: Its first character in the stored text; None for what is not there, such as the space between columns.
        role: How it is drawn.
    """

    text: str
    start: int | None
    role: Role = Role.PLAIN


@dataclass(slots=True)
class Block:
    """A line or a paragraph.

    Attributes:
        look: How it is set.
        level: Depth of a heading or an item, from 1; else 0.
        runs: Its text.
    """

    look: Look
    level: int = 0
    runs: list[Run] = field(default_factory=list)
