"""The guards of `tests/conftest.py` really fail a test that breaks a rule, and leave the others alone."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[2]
RULES = Path(__file__).with_name("broken_rules.py")
NAMES = [node.name for node in ast.parse(RULES.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)]
BAD = [name for name in NAMES if name.startswith("test_bad_") and name != "test_bad_thread_of_the_module"]
MODULE_END = NAMES[-1]  # pytest reports the end of a module with its last test
GOOD = [name for name in NAMES if name.startswith("test_good_")]


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What pytest says of each test in `broken_rules.py`: the empty string where it passed."""
    folder = tmp_path_factory.mktemp("rules")
    # The inner run must not report to the outer one, must see a CI, and must hold this folder to be outside of its tmp.
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHONPATH", "COV", "PYTEST"))
    }
    environment |= {"CI": "1", "TMPDIR": str(folder / "tmp")}
    environment |= {"BROKEN_RULES_BESIDE": str(folder / "beside"), "CARREL_TEST_GRACE": "0.5"}
    (folder / "tmp").mkdir()
    report = folder / "report.xml"
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "-q"]
    command += ["-p", "no:cacheprovider", f"--junitxml={report}", str(RULES)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=100, check=False)
    assert report.exists(), done.stdout + done.stderr
    said: dict[str, str] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        trouble = [f"{each.get('message')} {each.text}" for each in case if each.tag in ("failure", "error")]
        said[case.attrib["name"]] = said.get(case.attrib["name"], "") + "\n".join(trouble)
    return said


@pytest.mark.parametrize("name", BAD)
def test_broken_rule_fails_the_test(complaints: dict[str, str], name: str) -> None:
    assert complaints[name]


@pytest.mark.parametrize("name", GOOD)
def test_kept_rule_passes(complaints: dict[str, str], name: str) -> None:
    assert complaints[name] == ""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("test_bad_warning_log", "carrel.somewhere: WARNING: something is off"),
        ("test_bad_log_of_a_closed_logger", "nobody hears this"),
        ("test_bad_expected_log_never_came", "expected log record never came"),
        ("test_bad_python_warning", "old habit"),
        ("test_bad_connection_that_hides_its_failure", "socket.getaddrinfo example.org"),
        ("test_bad_datagram", "socket.sendto 192.0.2.1"),
        ("test_bad_connection_of_a_child_process", "192.0.2.1"),
        ("test_bad_thread", "surviving thread: left-behind"),
        ("test_bad_child_process", "surviving child process"),
        ("test_bad_write_into_home", "written into HOME: .config, .config/settings"),
        ("test_bad_write_outside_of_tmp", "beside"),
        ("test_bad_write_outside_of_tmp_by_a_child", "beside"),
        ("test_bad_environment", "LEFT_BEHIND"),
        ("test_bad_working_folder", "working folder"),
    ],
)
def test_complaint_names_the_fault(complaints: dict[str, str], name: str, words: str) -> None:
    assert words in complaints[name]


def test_module_is_blamed_for_what_its_fixtures_leave(complaints: dict[str, str]) -> None:
    assert complaints["test_bad_thread_of_the_module"] == ""
    assert "surviving thread: left-by-the-module" in complaints[MODULE_END]
