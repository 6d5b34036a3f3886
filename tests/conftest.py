"""The guards under which every test runs.

A test fails when it logs a warning that it does not expect, raises a Python warning (`filterwarnings` in
pyproject.toml), reaches for the network, writes outside the temporary folder, or leaves behind a thread, a child
process, a changed environment or working folder. HOME and the folders of the desktop standard are an empty temporary
folder, and CI is unset, so that tests see what a person's machine would see.

Markers that loosen a guard:
    expects_log(regex, …): the test logs this at warning level or above; each expression must be found.
    local_server: the test may connect to this machine (127.0.0.1, ::1).
    shared_engine: threads and processes started in the test belong to a fixture of the module; they are looked at when
        the module ends.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.guards import watch
from tests.guards.leaks import Surroundings
from tests.guards.logs import LogWatch

_FOLDERS = {
    "HOME": "home",
    "USERPROFILE": "home",
    "APPDATA": "home/AppData/Roaming",
    "LOCALAPPDATA": "home/AppData/Local",
    "XDG_CONFIG_HOME": "home/.config",
    "XDG_DATA_HOME": "home/.local/share",
    "XDG_STATE_HOME": "home/.local/state",
    "XDG_CACHE_HOME": "home/.cache",
    "XDG_RUNTIME_DIR": "run",
}
_UNSET = ("CI", "CARREL_DATA_DIR", "XDG_CONFIG_DIRS", "XDG_DATA_DIRS")


class House:
    """The world that the tests see: an empty home and a report of what should not have happened."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.home = root / "home"
        self.watch = root / "watch"
        self.logs = LogWatch()
        self._before = dict(os.environ)

    def enter(self, writable: list[Path]) -> None:
        """Move in: from now on this process and its children live in this house."""
        self.home.mkdir()
        self.watch.mkdir()
        (self.root / "run").mkdir(mode=0o700)
        for name in _UNSET:
            os.environ.pop(name, None)
        os.environ.update({name: str(self.root / folder) for name, folder in _FOLDERS.items()})
        roots = [self.root, *writable]
        os.environ["PYTHONPATH"] = watch.prepare(self.watch, roots)
        watch.install(str(self.watch), [str(each) for each in roots])
        self.logs.start()

    def leave(self) -> None:
        """Move out, and give the environment back."""
        self.logs.stop()
        os.environ.clear()
        os.environ.update(self._before)
        shutil.rmtree(self.root, ignore_errors=True)

    def faults(self) -> list[str]:
        """Return a line for each forbidden deed since the last call and each file in the home; empty the home."""
        faults = []
        report = self.watch / watch.REPORT
        if report.exists():
            faults = [f"forbidden: {line}" for line in report.read_text("utf-8").splitlines()]
            report.unlink()
        for found in sorted(self.home.iterdir()):
            inside = sorted(str(path.relative_to(self.home)) for path in found.rglob("*")) if found.is_dir() else []
            faults.append(f"written into HOME: {', '.join([found.name, *inside[:5]])}")
            shutil.rmtree(found) if found.is_dir() else found.unlink()
        return faults


_house = House(Path(tempfile.mkdtemp(prefix="carrel-tests-")))


def pytest_configure(config: pytest.Config) -> None:
    writable = [Path(tempfile.gettempdir())]
    if config.option.basetemp:
        writable.append(Path(config.option.basetemp))
    # The default deadline of 200 ms measures the machine, not the code; runs on a server must be repeatable.
    unattended = bool(os.environ.get("CI"))
    settings.register_profile("house", deadline=None, print_blob=True, derandomize=unattended)
    settings.load_profile("house")
    _house.enter(writable)


def pytest_unconfigure() -> None:
    _house.leave()


@pytest.fixture(scope="module", autouse=True)
def _module_guard() -> Iterator[None]:
    """Fail the last test of a module when a fixture of the module leaves something behind."""
    before = Surroundings.look()
    yield
    _fail_on(before.activity_faults() + before.environment_faults() + _house.logs.faults([]) + _house.faults())


@pytest.fixture(autouse=True)
def _guard(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that breaks a rule; set up first, it looks last, when the other fixtures are gone."""
    node = request.node
    before = Surroundings.look()
    loopback = _house.watch / watch.LOOPBACK
    if node.get_closest_marker("local_server"):
        loopback.touch()
    yield
    loopback.unlink(missing_ok=True)
    expected = [pattern for marker in node.iter_markers("expects_log") for pattern in marker.args]
    faults = _house.logs.faults(expected) + _house.faults() + before.environment_faults()
    if not node.get_closest_marker("shared_engine"):
        faults += before.activity_faults()
    _fail_on(faults)


def _fail_on(faults: list[str]) -> None:
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)
