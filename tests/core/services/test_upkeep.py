"""Facts for a diagnosis can be asked for at any moment, connections and usage are counted."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import psutil
import pytest

from core import KnowledgeBase, Text
from core.domain.health import Connections, Part
from core.domain.workspace import Workspace
from core.errors import InvalidInput
from tests.core.engine import MovableClock, quick_engine


def test_a_folder_that_goes_while_sizes_are_added_up_is_passed_over(
    kb: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = tmp_path / "data" / "workspaces" / "1.tmp"
    snapshot.mkdir(parents=True)
    (snapshot / "vectors").write_bytes(b"x" * 1_000_000)
    listed = os.scandir

    def going(path: Any = ".") -> Iterator[os.DirEntry[str]]:
        if path in (snapshot, str(snapshot)):
            shutil.rmtree(snapshot)  # renamed, as a snapshot is when it is complete
        return listed(path)

    before = kb.upkeep.facts()["data_bytes"]
    monkeypatch.setattr(os, "scandir", going)
    assert int(kb.upkeep.facts()["data_bytes"]) <= int(before) - 500_000


def test_usage_tells_of_today(kb: KnowledgeBase, workspace: Workspace) -> None:
    kb.documents.add_texts(workspace, [Text("1", "A heron stands."), Text("2", "An egret is white.")])
    kb.documents.wait(workspace, timeout=30)
    for query in ("heron", "heron", "egret"):
        kb.search.query(workspace, query)
    kb.search.documents(workspace, "white")
    kb.search.matches(workspace, "stands")
    kb.search.query(workspace, "whi", as_you_type=True)
    (today,) = kb.upkeep.usage(workspace)
    assert today.searches == 4
    assert today.holdings is not None
    assert (today.holdings.documents, today.holdings.passages) == (2, 2)
    assert all(today.holdings.bytes[part] > 0 for part in (Part.TRUTH, Part.CACHE, Part.WORDS))


def test_each_workspace_has_its_own_usage(kb: KnowledgeBase, workspace: Workspace) -> None:
    other = kb.workspaces.create("Other")
    kb.search.query(other, "heron")
    assert [each.searches for each in kb.upkeep.usage(workspace)] == [0]
    kb.workspaces.delete(other)
    assert [each.searches for each in kb.upkeep.usage(workspace)] == [0]


def test_usage_outlives_the_program(tmp_path: Path) -> None:
    clock = MovableClock()
    with quick_engine(tmp_path / "data", clock) as kb:
        workspace = kb.workspaces.create("Thesis")
        kb.documents.add_texts(workspace, [Text("1", "A heron stands.")])
        kb.documents.wait(workspace, timeout=30)
        kb.search.query(workspace, "heron")
    clock.forward(2 * 86_400)
    with quick_engine(tmp_path / "data", clock) as kb:
        before, today = kb.upkeep.usage(workspace, 7)
        assert (before.searches, today.searches) == (1, 0)
        assert before.holdings is not None
        assert before.holdings.documents == 1  # noted when it was closed
        assert len(kb.upkeep.usage(workspace, 1)) == 1


@pytest.mark.parametrize("days", [0, -1, 4_000])
def test_a_span_that_makes_no_sense_is_refused(kb: KnowledgeBase, workspace: Workspace, days: int) -> None:
    with pytest.raises(InvalidInput, match="Usage is told of"):
        kb.upkeep.usage(workspace, days)


@pytest.mark.local_server
@pytest.mark.parametrize(("family", "address"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")])
def test_a_connection_that_is_open_is_counted(kb: KnowledgeBase, family: socket.AddressFamily, address: str) -> None:
    before = kb.upkeep.connections()
    assert (before.elsewhere, before.here, before.unseen) == (0, 0, 0)
    with socket.socket(family) as server:
        try:
            server.bind((address, 0))
        except OSError:
            pytest.skip(f"this machine has no {address}")
        server.listen()
        assert kb.upkeep.connections() == before  # it waits, and nobody has come
        with socket.create_connection(server.getsockname()[:2]) as client:
            accepted, _ = server.accept()
            with accepted:
                assert kb.upkeep.connections().here == 2  # both ends are ours
                with socket.socket(family, socket.SOCK_DGRAM) as datagrams:
                    datagrams.connect(client.getpeername()[:2])
                    assert kb.upkeep.connections().here == 3
    assert kb.upkeep.connections().elsewhere == 0


@pytest.mark.local_server
def test_connections_of_processes_that_were_started_are_counted(kb: KnowledgeBase) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        code = f"import socket; c = socket.create_connection(('127.0.0.1', {server.getsockname()[1]})); c.recv(1)"
        with subprocess.Popen([sys.executable, "-c", code]) as child:
            accepted, _ = server.accept()
            with accepted:
                found = kb.upkeep.connections()
            child.wait(timeout=30)
    assert found.here == 2
    assert found.processes >= 2


class Address(NamedTuple):
    ip: str
    port: int


def test_a_connection_to_another_computer_is_told_apart(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    class Elsewhere:
        def children(self, recursive: bool) -> list[Any]:
            return [Denied(), Gone()]

        def net_connections(self) -> list[Any]:
            remotes = ("192.0.2.7", "::ffff:127.0.0.1", "fe80::1%eth0", "2001:db8::1")
            return [
                SimpleNamespace(type=1, laddr=("a", number), raddr=Address(ip, 443))
                for number, ip in enumerate(remotes)
            ] * 2

    class Denied:
        def net_connections(self) -> list[Any]:
            raise psutil.AccessDenied

    class Gone:
        def net_connections(self) -> list[Any]:
            raise psutil.NoSuchProcess(1)

    monkeypatch.setattr(psutil, "Process", Elsewhere)
    assert kb.upkeep.connections() == Connections(elsewhere=3, here=1, processes=1, unseen=1)
