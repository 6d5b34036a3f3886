"""One finding of a diagnosis."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad a finding is."""

    OK = "ok"
    WARNING = "warning"  # works, but not as well as it could
    PROBLEM = "problem"  # something does not work


@dataclass(frozen=True, slots=True)
class Check:
    """A finding.

    Attributes:
        name: What was looked at, in a few words.
        level: How bad it is.
        found: What was found, in a few words or a sentence.
        advice: What to do about it; empty where nothing needs to be done.
    """

    name: str
    level: Level
    found: str
    advice: str = ""
