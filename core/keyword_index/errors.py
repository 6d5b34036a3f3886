"""What can go wrong with an index: it has to be built again, or it could not be written this time."""

from __future__ import annotations

from core.errors import CarrelError


class IndexDamaged(CarrelError):
    """The index can't be opened or read, or was made by another version; it has to be rebuilt from the documents."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The keyword index can't be read: {reason}.",
            "Nothing is lost: it is made of the stored documents and can be rebuilt.",
        )


class IndexNotWritten(CarrelError):
    """Changes could not be committed; the index is as it was before them."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The keyword index can't be written: {reason}.", "Check that the disk has space left, then try again."
        )
