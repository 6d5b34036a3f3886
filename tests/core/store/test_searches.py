"""What is owed after searches were deleted."""

from __future__ import annotations

from core.domain.search import Mode
from core.store.database import Database
from core.store.deletion import Deletion
from core.store.searches import Searches


def test_what_is_deleted_while_others_are_erased_is_still_owed(database: Database) -> None:
    searches, deletion = Searches(database), Deletion(database)
    assert deletion.owed() is None
    searches.remove(searches.save("Birds", "heron", Mode.HYBRID, {}, 1.0).id)
    first = deletion.owed()
    assert first is not None
    searches.clear_history()
    deletion.erased(first)
    second = deletion.owed()
    assert second is not None
    deletion.erased(second)
    assert deletion.owed() is None
