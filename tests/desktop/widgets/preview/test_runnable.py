"""What a system would run is told from what it opens."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop.widgets.preview.runnable import runs


def test_by_its_ending() -> None:
    assert all(runs(Path(name)) for name in ("a.SH", "b.desktop", "c.exe", "d.js", "e.bat", "f.AppImage", "g.exe. ."))
    assert not any(runs(Path(name)) for name in ("a.pdf", "sh", "b.docx", "c.txt", "exe.txt"))


@pytest.mark.skipif(os.name != "posix", reason="files are marked as programs")
@pytest.mark.parametrize("name", ["tool", "notes.txt"])
@pytest.mark.parametrize("head", [b"#!/bin/sh\ntrue\n", b"\x7fELF\2", b"\n[Desktop Entry]\nExec=true\n"])
def test_by_its_beginning_where_it_is_marked_as_a_program(tmp_path: Path, name: str, head: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(head)
    assert runs(file) == (not file.suffix)
    file.chmod(0o755)
    assert runs(file)
    file.write_bytes(b"%PDF-1.7")  # a disk of another system marks every file
    assert not runs(file)


@pytest.mark.skipif(os.name != "posix", reason="links are made")
def test_a_link_is_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "x.sh").write_text("true")
    (tmp_path / "harmless.pdf").symlink_to(tmp_path / "x.sh")
    assert runs(tmp_path / "harmless.pdf")
