"""The protocol of an extractor: a file becomes text with anchors."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from core.domain.extracted import Extracted


class Extractor(Protocol):
    """Reads one kind of file.

    Raises:
        ExtractionFailed: And nothing else, whatever the file holds.
    """

    media_types: tuple[str, ...]

    def extract(self, path: Path) -> Extracted:
        """Return the text of the file at `path`, its anchors, metadata and warnings."""
        ...
