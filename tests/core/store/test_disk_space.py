"""The floor below which nothing is read in, and the ballast."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from core.errors import DiskFull
from core.store import disk_space
from core.store.disk_space import BALLAST, MEGABYTE, DiskSpace


class Disk:
    """A disk with so many bytes free."""

    def __init__(self, free: int) -> None:
        self.free = free

    def __call__(self, folder: Path) -> int:
        return self.free


def test_the_floor_or_twice_the_job_must_be_free(tmp_path: Path) -> None:
    disk = Disk(600 * MEGABYTE)
    space = DiskSpace(tmp_path, 500 * MEGABYTE, disk)
    assert space.missing() == 0
    assert space.missing(300 * MEGABYTE) == 0
    assert space.missing(400 * MEGABYTE) == 200 * MEGABYTE
    disk.free = 100 * MEGABYTE
    assert space.missing() == 400 * MEGABYTE
    with pytest.raises(DiskFull, match=r"100 MB are free, and storing needs 500 MB\. Free 400 MB"):
        space.require(0, "storing")


def test_the_ballast_is_given_up_when_little_is_left_and_made_again_when_much_is(tmp_path: Path) -> None:
    disk = Disk(100 * MEGABYTE)
    space = DiskSpace(tmp_path, 10 * MEGABYTE, disk, ballast=MEGABYTE)
    space.restore()
    assert (tmp_path / BALLAST).stat().st_size == MEGABYTE
    space.make_room()
    assert (tmp_path / BALLAST).exists()
    disk.free = MEGABYTE // 2
    space.make_room()
    assert not (tmp_path / BALLAST).exists()
    assert not space.release()
    disk.free = 11 * MEGABYTE
    space.restore()
    assert not (tmp_path / BALLAST).exists()
    disk.free = 12 * MEGABYTE
    space.restore()
    assert (tmp_path / BALLAST).exists()


def test_the_ballast_is_written_out_where_the_system_can_not_reserve_space(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(disk_space.os, "posix_fallocate")
    DiskSpace(tmp_path, 0, Disk(100 * MEGABYTE), ballast=2 << 20).restore()
    assert (tmp_path / BALLAST).stat().st_size == 2 << 20


def test_a_disk_that_fills_up_meanwhile_keeps_no_half_ballast(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int, size: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(disk_space, "_fill", full)
    DiskSpace(tmp_path, 0, Disk(100 * MEGABYTE)).restore()
    assert list(tmp_path.iterdir()) == []
