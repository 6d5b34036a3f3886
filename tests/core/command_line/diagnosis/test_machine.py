"""What the machine offers, with made-up machines."""

from __future__ import annotations

import shutil
import sys
from collections import namedtuple
from pathlib import Path

import psutil
import pytest

from core.command_line.diagnosis import machine
from core.command_line.diagnosis.check import Level

Usage = namedtuple("Usage", "total used free")
Mount = namedtuple("Mount", "mountpoint fstype")


def put_disk(monkeypatch: pytest.MonkeyPatch, free: int, kind: str, at: Path) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 0, free))
    mounts = [Mount("/", "ext4"), Mount(str(at), kind)]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: mounts)


@pytest.mark.parametrize(("free", "level"), [(10**11, Level.OK), (10**9, Level.WARNING), (10**8, Level.PROBLEM)])
def test_little_space_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, free: int, level: Level) -> None:
    put_disk(monkeypatch, free, "ext4", tmp_path)
    [check] = machine.check_disk(tmp_path / "not" / "there" / "yet")
    assert check.level is level


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_a_network_disk_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str) -> None:
    put_disk(monkeypatch, 10**11, kind, tmp_path)
    space, disk = machine.check_disk(tmp_path / "data")
    assert (space.level, disk.level, disk.found) == (Level.OK, Level.PROBLEM, kind)
    assert "--data-dir" in disk.advice


def test_few_watches_are_told_with_the_command_that_helps(tmp_path: Path) -> None:
    (tmp_path / "max_user_watches").write_text("8192\n")
    check = next(iter(machine.check_limits(tmp_path)))
    assert (check.level, check.found) == (Level.WARNING, "8,192")
    assert "sysctl fs.inotify.max_user_watches" in check.advice


def test_enough_watches_need_no_advice(tmp_path: Path) -> None:
    (tmp_path / "max_user_watches").write_text("524288\n")
    check = next(iter(machine.check_limits(tmp_path)))
    assert (check.level, check.advice) == (Level.OK, "")


def test_a_system_without_inotify_has_no_such_line(tmp_path: Path) -> None:
    assert [check.name for check in machine.check_limits(tmp_path)] == ["Files open at once"]


def test_an_untried_python_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    assert machine.check_python().level is Level.OK
    monkeypatch.setattr(sys, "version_info", (3, 15, 0))
    assert machine.check_python().level is Level.WARNING
