"""The set-up scripts: what they say where something is missing, and what they take when it is there.

Each test sources `packaging/setup.sh` with a PATH that holds only what the test puts there, and calls one function.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# What the functions themselves use; no python, no compiler, no apt.
TOOLS = ("bash", "cat", "dirname", "env", "grep", "id", "sed")

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="the scripts are for machines with bash")


class Machine:
    """A PATH that holds a few tools and whatever a test adds, with one call recorded per line."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.calls = folder / "calls"
        self.bin.mkdir()
        self.calls.touch()
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found is not None, tool
            (self.bin / tool).symlink_to(found)

    def add(self, name: str, *, exit_code: int = 0, says: str = "") -> None:
        """Add a program that records its arguments, says something and ends."""
        program = self.bin / name
        program.unlink(missing_ok=True)  # never write through the link to the machine's own
        program.write_text(
            f"#!{self.bin}/bash\necho {name} \"$@\" >>'{self.calls}'\ncat >/dev/null\necho '{says}'\nexit {exit_code}\n"
        )
        program.chmod(0o755)

    def run(self, call: str) -> subprocess.CompletedProcess[str]:
        """Call a function of `setup.sh`."""
        script = f"source '{ROOT}/packaging/setup.sh'; VENV='{self.bin.parent}/venv'; {call}"
        environment = {"PATH": str(self.bin), "HOME": os.environ["HOME"]}
        command = [str(self.bin / "bash"), "-c", script]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


# The system's own Python is looked for at its fixed place, which a PATH does not hide.
NO_SYSTEM_PYTHON = "find_python() { return 1; }; "


def test_missing_python_is_said_with_what_to_do(machine: Machine) -> None:
    done = machine.run(NO_SYSTEM_PYTHON + "require_python")
    assert done.returncode == 1
    assert "needs Python 3.11, 3.12 or 3.13" in done.stderr
    assert "apt-get install python3" in done.stderr


def test_python_that_does_not_fit_is_passed_over(machine: Machine) -> None:
    machine.add("python9", exit_code=1)
    assert machine.run("python_fits python9").returncode == 1
    assert machine.run(f"python_fits '{sys.executable}'").returncode == 0


def test_named_python_is_taken_first(machine: Machine) -> None:
    done = machine.run(f"CARREL_PYTHON='{sys.executable}'; find_python")
    assert done.stdout.strip() == sys.executable


def test_missing_compiler_is_said_with_what_to_do(machine: Machine) -> None:
    # A python that knows its version, can't import hnswlib, and whose pip finds no wheel.
    machine.add("python", exit_code=1, says="3.11")
    done = machine.run("PYTHON=python; python_value() { echo 3.11; }; CXX=no-such-compiler; require_hnswlib")
    assert done.returncode == 1
    assert "no C++ compiler" in done.stderr
    assert "apt-get install g++ python3.11-dev" in done.stderr


def test_compiler_without_the_headers_of_python_does_not_count(machine: Machine) -> None:
    machine.add("halfway", exit_code=1)
    machine.add("python", says="halfway")
    assert machine.run("PYTHON=python; CXX=halfway; can_compile").returncode == 1
    machine.add("whole")
    assert machine.run("PYTHON=python; CXX=whole; can_compile").returncode == 0


def test_apt_fetches_its_lists_once_and_then_installs(machine: Machine) -> None:
    machine.add("apt-get")
    machine.add("id", says="0")
    assert machine.run("apt_install one; apt_install two").returncode == 0
    assert [line.split()[1] for line in machine.calls.read_text().splitlines() if line.startswith("apt-get")] == [
        "update",
        "install",
        "install",
    ]


def test_person_without_rights_is_not_asked_when_nobody_is_there(machine: Machine) -> None:
    machine.add("apt-get")
    machine.add("id", says="1000")
    assert machine.run("apt_install one").returncode == 1
    machine.add("sudo", exit_code=1, says="a password is required")
    done = machine.run("apt_install one")
    assert done.returncode == 1
    assert "a password is required" in done.stderr
    assert "sudo -n apt-get update" in machine.calls.read_text()


def test_what_apt_says_is_shown_only_when_it_fails(machine: Machine) -> None:
    machine.add("id", says="0")
    machine.add("apt-get", says="Reading package lists")
    assert "Reading" not in machine.run("apt_install one").stderr
    machine.add("apt-get", says="Unable to locate package", exit_code=100)
    assert "Unable to locate" in machine.run("apt_install one").stderr


def test_requirement_of_the_index_is_read_from_the_project(machine: Machine) -> None:
    assert machine.run("hnswlib_requirement").stdout.strip().startswith("hnswlib>=")


def test_second_set_up_does_nothing(machine: Machine, tmp_path: Path) -> None:
    binaries = tmp_path / "venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "python").symlink_to(sys.executable)
    forbid = "require_python() { echo again >&2; exit 7; }; "
    assert machine.run(forbid + "set_up test").returncode == 7
    done = machine.run(forbid + 'stamp_text >"$VENV/.carrel-test.stamp"; set_up test')
    assert (done.returncode, done.stderr) == (0, "")
    assert machine.run(forbid + "set_up").returncode == 0, "what the tests need holds the program as well"


def test_program_alone_is_not_enough_for_the_tests(machine: Machine, tmp_path: Path) -> None:
    binaries = tmp_path / "venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "python").symlink_to(sys.executable)
    stamped = 'require_python() { exit 7; }; stamp_text >"$VENV/.carrel.stamp"; '
    assert machine.run(stamped + "set_up").returncode == 0
    assert machine.run(stamped + "set_up test").returncode == 7


def test_environment_of_a_project_that_was_moved_is_made_anew(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "venv").mkdir()
    stamp = tmp_path / "venv" / ".carrel.stamp"
    stamp.write_text(f"{ROOT} 3.11.2 hash\n")
    assert machine.run("moved").returncode == 1
    stamp.write_text(f"{ROOT}-before 3.11.2 hash\n")
    assert machine.run("moved").returncode == 0


def test_help_explains_and_changes_nothing() -> None:
    script = str(ROOT / "packaging" / "run.sh")
    done = subprocess.run(["bash", script, "--help"], capture_output=True, text=True, check=True)
    assert "FOLDER" in done.stdout
    assert done.stderr == ""


def test_folder_that_is_not_there_is_said_before_anything_is_installed(tmp_path: Path) -> None:
    script = str(ROOT / "packaging" / "run.sh")
    done = subprocess.run(["bash", script, str(tmp_path / "gone")], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "There is no folder" in done.stderr
    assert "installing" not in done.stderr
