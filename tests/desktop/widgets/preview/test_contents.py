"""How a document's file stands to what was read of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from desktop.widgets.preview.contents import real_path


def test_a_path_is_taken_as_it_is_shown_where_there_is_such_a_file(tmp_path: Path) -> None:
    path = tmp_path / "odd\\xe9.txt"
    assert real_path(str(tmp_path / "plain.txt")) == str(tmp_path / "plain.txt")
    if sys.platform != "win32":
        path.write_text("x")
        assert real_path(str(path)) == str(path)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names of any bytes")
def test_bytes_that_are_no_text_are_found_behind_their_escapes(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(raw, "w") as file:  # noqa: PTH123 - the path is bytes
        file.write("x")
    assert real_path(str(tmp_path / "caf\\xe9.txt")) == raw
