"""Landlock and seccomp hold the thread that asks for them, so that a thread of the test's own is locked and tries."""

from __future__ import annotations

import os
import platform
import resource
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.indexing import sandbox
from core.indexing.sandbox import kernel, landlock, limits, privileges, probe, seccomp

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has Landlock and seccomp")
FILES = ("open", "list", "write")
NETWORK = ("tcp", "udp", "unix")
PROGRAMS = ("exec", "fork")


def in_thread(do: Callable[[], Any]) -> Any:
    """Return what `do` returns in a thread that ends with it."""
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.append(do()))
    thread.start()
    thread.join()
    return found[0]


def tried(folder: Path, *locks: Callable[[], object]) -> dict[str, bool]:
    file = folder / "file"
    file.touch()

    def do() -> dict[str, bool]:
        for lock in locks:
            lock()
        return probe.attempts(str(file), str(folder), 4096)

    done: dict[str, bool] = in_thread(do)
    return done


@pytest.mark.local_server
def test_a_free_process_can_do_all_that_is_tried_and_leaves_nothing_behind(tmp_path: Path) -> None:
    done = tried(tmp_path)
    assert all(done.values()), done
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.local_server
@pytest.mark.skipif(landlock.version() < 1, reason="this kernel has no Landlock")
@pytest.mark.parametrize("abi", range(1, 8))
def test_landlock_refuses_files_whatever_its_version(abi: int, tmp_path: Path) -> None:
    if abi > landlock.version():
        pytest.skip("this kernel has an older version")
    done = tried(tmp_path, privileges.drop, lambda: landlock.restrict(abi))
    assert not any(done[deed] for deed in FILES), done
    assert done["udp"]
    assert done["tcp"] == (abi < 4)
    assert done["signal"] == (abi < 6)


@pytest.mark.skipif(platform.machine() not in seccomp._MACHINES, reason="no table of system calls for this processor")
def test_seccomp_refuses_network_programs_processes_and_changes(tmp_path: Path) -> None:
    done = tried(tmp_path, privileges.drop, lambda: seccomp.restrict())
    assert not any(done[deed] for deed in (*NETWORK, *PROGRAMS, "signal", "change")), done
    assert all(done[deed] for deed in FILES)


def test_a_kernel_without_a_part_goes_without_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not landlock.restrict(0)
    assert not seccomp.restrict("pdp11")

    class Refusing:
        def syscall(self, *_: object) -> int:
            return -1

        def prctl(self, *_: object) -> int:
            return -1

    monkeypatch.setattr(landlock, "libc", Refusing)
    monkeypatch.setattr(kernel, "libc", Refusing)
    assert not landlock.restrict(7)
    assert not seccomp.restrict()
    assert not privileges.ends_with_owner()


def test_every_number_of_the_table_is_known_to_the_filter() -> None:
    for column, architecture in seccomp._MACHINES.values():
        program = list(seccomp._filter(column, architecture))
        assert len(program) < 4096  # what the kernel takes
        for index, instruction in enumerate(program):
            code, if_true, if_false = int.from_bytes(instruction[:2], "little"), instruction[2], instruction[3]
            if code in (seccomp._EQUAL, seccomp._GREATER):
                assert index + 1 + max(if_true, if_false) < len(program)
        numbers = [each if isinstance(each, int) else each[column] for each in seccomp._REFUSED.values()]
        known = [number for number in numbers if number is not None]
        assert len(known) == len(set(known))
        assert max(known) <= seccomp._NEWEST


def test_the_kernel_says_whether_a_process_ends_with_its_owner() -> None:
    def do() -> tuple[bool, bool]:
        before = privileges.ends_with_owner()
        privileges.end_with_owner()
        return before, privileges.ends_with_owner()

    assert in_thread(do) == (False, True)


def test_limits_are_set_as_far_as_the_system_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    set_to: dict[int, int] = {}

    def setrlimit(limit: int, most: tuple[int, int]) -> None:
        if limit == resource.RLIMIT_NPROC:
            raise ValueError
        set_to[limit] = most[1]

    monkeypatch.setattr(resource, "setrlimit", setrlimit)
    limits.set_limits(10**9)
    assert set_to[resource.RLIMIT_FSIZE] == set_to[resource.RLIMIT_CORE] == 0
    assert set_to[resource.RLIMIT_NOFILE] == limits.OPEN_FILES
    assert 10**9 < set_to[resource.RLIMIT_AS] < 10**9 + 2**40


def test_computing_is_limited_and_the_limit_can_be_taken_back() -> None:
    limits.limit_seconds(1000)
    assert 0 < signal.getitimer(signal.ITIMER_PROF)[0] <= 1000.1
    limits.limit_seconds(0)
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_all_of_it_is_done_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "set_limits", lambda memory: None)  # those would hold for the whole process
    done = tried(tmp_path, lambda: sandbox.lock(10**9))
    assert os.getpid() > 0
    lacking = {"memory", "outlive"}
    if landlock.version() >= 1 and platform.machine() in seccomp._MACHINES:
        assert {deed for deed, works in done.items() if works} == lacking
