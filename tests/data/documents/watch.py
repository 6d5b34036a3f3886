"""Watches of a lighthouse."""

from dataclasses import dataclass


@dataclass
class Watch:
    """Four hours of a keeper."""

    keeper: str

    def relieve(self, other: str) -> "Watch":
        """Hand the watch over."""
        return Watch(other)
