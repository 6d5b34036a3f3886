"""The window says how many connections are open because they were counted."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from core.domain.health import Connections
from desktop.main_window import MainWindow
from desktop.widgets.network_label import NetworkLabel

Until = Callable[[Callable[[], object]], None]


@pytest.mark.local_server
def test_the_bar_counts_by_itself_and_sees_a_real_connection(window: MainWindow, until: Until) -> None:
    label = window.frame.top.network
    until(lambda: label.text() == "Offline · 0 connections")
    assert "within this computer" not in label.toolTip()
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        with socket.create_connection(server.getsockname()):
            assert window.desk is not None
            window.desk._counting.timeout.emit()
            until(lambda: "1 connection(s) within this computer" in label.toolTip())
    assert label.text() == "Offline · 0 connections"


def test_connections_to_other_computers_are_said_first(qtbot: QtBot) -> None:
    label = NetworkLabel()
    qtbot.addWidget(label)
    assert label.text() == ""
    label.tell(Connections(elsewhere=2, here=0, processes=3, unseen=1))
    assert label.text() == "2 connection(s)"
    assert label.toolTip() == (
        "2 connection(s) to other computers, counted now in Carrel and 2 program(s) that it has started,"
        " 1 more program(s) could not be looked at."
    )
