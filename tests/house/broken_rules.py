"""Tests that each break one rule of the house, or rightly use what loosens it; `test_guards.py` runs them.

The name keeps pytest from collecting this file by itself.
"""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import warnings
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

SERVER_BANNER = b"here"


def test_bad_warning_log() -> None:
    logging.getLogger("carrel.somewhere").warning("something is off")


def test_bad_log_of_a_closed_logger() -> None:
    logger = logging.getLogger("carrel.closed")
    logger.propagate = False
    logger.addHandler(logging.NullHandler())
    logger.error("nobody hears this")


@pytest.mark.expects_log("something is off")
def test_good_expected_log() -> None:
    logging.getLogger("carrel.somewhere").warning("something is off")


@pytest.mark.expects_log("something is off")
def test_bad_expected_log_never_came() -> None:
    logging.getLogger("carrel.somewhere").info("something is off")


def test_bad_python_warning() -> None:
    warnings.warn("old habit", DeprecationWarning, stacklevel=1)


def test_bad_connection() -> None:
    with socket.socket() as plug:
        plug.connect(("127.0.0.1", 9))


def test_bad_connection_that_hides_its_failure() -> None:
    with suppress(Exception):
        urllib.request.urlopen("http://example.org/", timeout=1)


def test_bad_datagram() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as plug, suppress(RuntimeError):
        plug.sendto(b"hello", ("192.0.2.1", 9))


def test_bad_connection_of_a_child_process() -> None:
    code = "import socket; socket.create_connection(('192.0.2.1', 9), timeout=1)"
    subprocess.run([sys.executable, "-c", code], stderr=subprocess.DEVNULL, check=False)


@pytest.fixture
def server() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer_once() -> None:
            with listener.accept()[0] as plug:
                plug.sendall(SERVER_BANNER)

        thread = threading.Thread(target=answer_once)
        thread.start()
        yield listener.getsockname()[1]
        thread.join()


@pytest.mark.local_server
def test_good_connection_to_this_machine(server: int) -> None:
    with socket.create_connection(("127.0.0.1", server)) as plug:
        assert plug.recv(10) == SERVER_BANNER


@pytest.mark.local_server
def test_bad_connection_beyond_this_machine() -> None:
    with socket.socket() as plug, suppress(RuntimeError):
        plug.connect(("192.0.2.1", 9))


def test_good_connection_by_a_path(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as plug:
        listener.bind(str(tmp_path / "door"))
        listener.listen()
        plug.connect(str(tmp_path / "door"))


def test_bad_thread() -> None:
    threading.Thread(target=time.sleep, args=(30,), daemon=True, name="left-behind").start()


def test_good_thread_that_ends_soon() -> None:
    threading.Thread(target=time.sleep, args=(0.2,)).start()


@pytest.mark.shared_engine
def test_bad_thread_of_the_module() -> None:
    """Not the test but the end of the module is blamed; see `test_guards.py`."""
    threading.Thread(target=time.sleep, args=(30,), daemon=True, name="left-by-the-module").start()


def test_bad_child_process() -> None:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(30)"])
    child.returncode = 0  # keeps Popen's own ResourceWarning away


def test_bad_write_into_home() -> None:
    (Path.home() / ".config").mkdir()
    (Path.home() / ".config" / "settings").write_text("x")


def test_bad_write_outside_of_tmp() -> None:
    beside = Path(os.environ["BROKEN_RULES_BESIDE"])
    beside.write_text("x")


def test_bad_write_outside_of_tmp_by_a_child() -> None:
    code = "import os; open(os.environ['BROKEN_RULES_BESIDE'], 'w').close()"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_bad_write_through_a_link_out_of_tmp(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(os.environ["BROKEN_RULES_BESIDE"])
    (tmp_path / "link").write_text("x")


def test_good_removal_of_a_link_out_of_tmp(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(os.environ["BROKEN_RULES_BESIDE"])
    (tmp_path / "link").unlink()


def test_good_write_into_tmp(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "file").rename(tmp_path / "other")


def test_bad_environment() -> None:
    os.environ["LEFT_BEHIND"] = "1"


def test_bad_working_folder(tmp_path: Path) -> None:
    os.chdir(tmp_path)


def test_good_environment_after_the_bad_ones(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert "LEFT_BEHIND" not in os.environ
    assert "CI" not in os.environ
    assert list(Path.home().iterdir()) == []
    monkeypatch.setenv("SHORT_LIVED", "1")
    monkeypatch.chdir(tmp_path)


def test_last_of_the_module() -> None:
    """Breaks nothing; pytest reports with it what the module leaves behind."""
