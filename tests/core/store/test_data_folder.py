"""Who owns the data folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import DataFolderLocked
from core.store.data_folder import DataFolder


def test_a_start_that_is_refused_has_touched_no_file_of_the_owner(tmp_path: Path) -> None:
    owner = DataFolder(tmp_path)
    owner.app_database.touch()
    owner.app_database.chmod(0o644)
    with pytest.raises(DataFolderLocked):
        DataFolder(tmp_path)
    assert owner.app_database.stat().st_mode & 0o777 == 0o644
    owner.close()
    DataFolder(tmp_path).close()
    assert owner.app_database.stat().st_mode & 0o777 == 0o600
