"""The steps by which files become durable."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.vector_stores.disk import Disk


@pytest.mark.parametrize(("failures", "succeeds"), [(0, True), (1, True), (5, True), (6, False)])
def test_a_rename_that_is_refused_is_tried_again(
    failures: int, succeeds: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("whole")
    pauses: list[float] = []
    left = [failures]
    rename = Path.replace

    def refusing(self: Path, target: Path) -> Path:
        if left[0]:
            left[0] -= 1
            raise PermissionError(13, "used by another process")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", refusing)
    disk = Disk(sleep=pauses.append)
    if succeeds:
        disk.rename(old, new)
        assert new.read_text() == "whole"
    else:
        with pytest.raises(PermissionError):
            disk.rename(old, new)
        assert old.read_text() == "whole"
    assert len(pauses) == min(failures, 5)
    assert sum(pauses) < 2.5


def test_only_the_user_can_look_into_its_folders(tmp_path: Path) -> None:
    Disk().make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700


def test_checksum_and_removal(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    Disk().make_folder(folder)
    Disk().write(folder / "file", "abc")
    Disk().sync(folder / "file")
    Disk().sync(folder)
    assert Disk().sha256(folder / "file").startswith("ba7816bf")
    Disk().remove(folder)
    Disk().remove(folder)
    assert not folder.exists()
