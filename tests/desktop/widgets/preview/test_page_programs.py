"""A PDF is opened at its page where the person's program takes one, whatever stands in its name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.widgets.preview import page_programs
from desktop.widgets.preview.page_programs import command_at_page, start

Until = Callable[[Callable[[], object]], None]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="programs are asked for as on Linux")
NAMES = ("-rf.pdf", "a b.pdf", "two\nlines.pdf", "a#7.pdf", "$(touch x); 'q' \"r\".pdf", "päper 100%.pdf")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Path]:
    """Put a fake program on PATH, which writes down what it is given, and an `xdg-mime` that names its entry."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def make(entry: str, program: str) -> Path:
        given = tmp_path / "given.json"
        script = (
            f"#!{sys.executable} -ES\nimport json, os, sys\n"
            f"json.dump(sys.argv[1:], open({str(given) + '.new'!r}, 'w'))\n"
            f"os.rename({str(given) + '.new'!r}, {str(given)!r})\n"
        )
        asked = ["query", "default", "application/pdf"]
        asker = f"#!{sys.executable} -ES\nimport sys\nif sys.argv[1:] == {asked}: print({entry!r})\n"
        for name, text in ((program, script), ("xdg-mime", asker)):
            (folder / name).write_text(text, "utf-8")
            (folder / name).chmod(0o755)
        return given

    return make


@LINUX
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("entry", "program", "arguments"),
    [
        ("org.gnome.Evince.desktop", "evince", ["--page-index=12", "FILE"]),
        ("okularApplication_pdf.desktop", "okular", ["-p", "12", "FILE"]),
        ("org.pwmt.zathura-pdf-poppler.desktop", "zathura", ["-P", "12", "FILE"]),
        ("qpdfview.desktop", "qpdfview", ["FILE#12"]),
        ("mupdf.desktop", "mupdf", ["FILE", "12"]),
    ],
)
def test_the_program_gets_the_page_and_the_file_as_they_are(
    entry: str,
    program: str,
    arguments: list[str],
    name: str,
    programs: Callable[[str, str], Path],
    tmp_path: Path,
    until: Until,
) -> None:
    given = programs(entry, program)
    file = tmp_path / name
    command = command_at_page(file, 12)
    assert command is not None
    assert start(command)
    until(given.exists)
    assert json.loads(given.read_text("utf-8")) == [each.replace("FILE", str(file)) for each in arguments]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["bin", "given.json"]


@LINUX
@pytest.mark.parametrize("name", NAMES)
def test_a_browser_gets_an_address_that_leads_back_to_the_file(
    name: str, programs: Callable[[str, str], Path], tmp_path: Path
) -> None:
    from urllib.parse import unquote, urlsplit

    programs("firefox.desktop", "firefox")
    command = command_at_page(tmp_path / name, 3)
    assert command is not None
    address = urlsplit(command[1])
    assert (address.scheme, unquote(address.path), address.fragment) == ("file", str(tmp_path / name), "page=3")


@LINUX
@pytest.mark.parametrize("entry", ["org.some.Reader.desktop", "", "../evil.desktop", "sh.desktop"])
def test_a_program_that_is_not_known_is_left_to_the_system(
    entry: str, programs: Callable[[str, str], Path], tmp_path: Path
) -> None:
    programs(entry, "evince")
    assert command_at_page(tmp_path / "a.pdf", 2) is None


@LINUX
def test_without_a_page_a_full_path_or_an_answer_there_is_no_command(
    programs: Callable[[str, str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs("evince.desktop", "evince")
    assert command_at_page(tmp_path / "a.pdf", 1) is not None
    assert command_at_page(tmp_path / "a.pdf", 0) is None
    assert command_at_page(Path("a.pdf"), 1) is None
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "bin")  # found only where Carrel happens to stand
    assert command_at_page(tmp_path / "a.pdf", 1) is None

    def slow(*_: Any, **__: Any) -> None:
        raise subprocess.TimeoutExpired("xdg-mime", 3)

    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(subprocess, "run", slow)
    assert command_at_page(tmp_path / "a.pdf", 1) is None


def test_a_mac_is_left_to_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(page_programs.sys, "platform", "darwin")
    assert command_at_page(tmp_path / "a.pdf", 1) is None


@pytest.mark.parametrize(
    ("program", "arguments"),
    [
        ("C:\\Program Files\\Adobe\\Acrobat DC\\Acrobat\\Acrobat.exe", ["/A", "page=4", "FILE"]),
        ("C:\\SumatraPDF\\SumatraPDF.exe", ["-page", "4", "FILE"]),
        ("C:\\Windows\\notepad.exe", None),
    ],
)
def test_programs_of_windows_are_known_by_their_files(
    program: str, arguments: list[str] | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(page_programs.sys, "platform", "win32")
    monkeypatch.setattr(page_programs, "default_program", lambda: program)
    file = tmp_path / "a b.pdf"
    expected = None if arguments is None else [program, *(each.replace("FILE", os.fspath(file)) for each in arguments)]
    assert command_at_page(file, 4) == expected


def test_a_program_that_is_not_there_is_not_started(tmp_path: Path) -> None:
    assert not start([str(tmp_path / "gone"), "a.pdf"])
