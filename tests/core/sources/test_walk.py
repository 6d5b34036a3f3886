from __future__ import annotations

import os
import shutil
import socket
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.domain.source import FoundFile, KindCount, Rules
from core.sources.walk import Scan, preview, walk

NO_STAT = (0, 0, 0, 0, None)


def make(root: Path, *names: str | bytes, text: bytes = b"text") -> None:
    for name in names:
        path = root / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)


def rules_by_name(scan: Scan) -> dict[str, str | None]:
    """Return the rule of each file by its path below the root, as the key has it."""
    found = list(scan)
    assert len({each.path for each in found}) == len({each.key for each in found}) == len(found)
    return {each.key.removeprefix(scan.key).lstrip("/"): each.rule for each in found}


def look(root: Path, rules: Rules | None = None, **options: object) -> dict[str, str | None]:
    return rules_by_name(walk(os.fsencode(root), rules or Rules(), **options))  # type: ignore[arg-type]


def refuse(monkeypatch: pytest.MonkeyPatch, path: Path, error: OSError) -> None:
    """Make a folder impossible to list; permissions do not hold back the user root."""
    real = os.scandir

    def scandir(asked: bytes | str | int | None = None) -> Iterator[os.DirEntry[str]]:
        if isinstance(asked, bytes | str) and os.fsencode(asked) == os.fsencode(path):
            raise error
        return real(asked)  # type: ignore[arg-type,return-value]

    monkeypatch.setattr(os, "scandir", scandir)


def test_nested_files_are_found_with_what_identifies_them(tmp_path: Path) -> None:
    make(tmp_path, "a.pdf", "deep/er/b.md", "deep/c.txt")
    scan = walk(os.fsencode(tmp_path), Rules())
    found = {each.key: each for each in scan}
    status = (tmp_path / "deep/er/b.md").stat()
    assert found[f"{tmp_path}/deep/er/b.md"] == FoundFile(
        os.fsencode(tmp_path / "deep/er/b.md"),
        f"{tmp_path}/deep/er/b.md",
        4,
        status.st_mtime_ns,
        status.st_ino,
        status.st_dev,
        "md",
        None,
    )
    assert {each.kind for each in found.values()} == {"pdf", "md", "txt"}
    assert (scan.files, scan.problems, scan.offline) == (3, [], None)
    assert scan.identity == (tmp_path.stat().st_dev, tmp_path.stat().st_ino)


def test_every_file_is_counted_and_a_rule_says_why_it_is_skipped(tmp_path: Path) -> None:
    make(tmp_path, "web/node_modules/x/readme.md", "web/page.html", ".secret/key.txt", ".hidden.txt", "photo.jpg")
    make(tmp_path, "LOG", "letter.docx", "~$letter.docx", "half.pdf.part")
    make(tmp_path, "big.csv", text=b"x" * 101)
    make(tmp_path, "empty.txt", text=b"")
    scan = walk(os.fsencode(tmp_path), Rules(max_bytes=100))
    assert rules_by_name(scan) == {
        "web/node_modules/x/readme.md": "excluded: node_modules",
        "web/page.html": None,
        ".secret/key.txt": "hidden",
        ".hidden.txt": "hidden",
        "photo.jpg": "type: .jpg",
        "LOG": "type: none",
        "letter.docx": None,
        "~$letter.docx": "excluded: ~$*",
        "half.pdf.part": "excluded: *.part",
        "big.csv": "too large",
        "empty.txt": None,
    }
    assert scan.files == 11
    assert sum(scan.skipped.values()) == 8
    assert scan.skipped["hidden"] == 2


def test_a_file_skipped_by_its_name_is_not_looked_at(tmp_path: Path) -> None:
    make(tmp_path, ".git/config", "photo.jpg")
    for found in walk(os.fsencode(tmp_path), Rules()):
        assert (found.size, found.mtime_ns, found.inode, found.device, found.kind) == NO_STAT


def test_rules_can_include_exclude_show_hidden_and_stay_in_the_top_folder(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "a.txt", "papers/b.txt", "papers/deep/b.txt", "papers/old/c.md", ".notes/d.md")
    assert look(tmp_path, Rules(include=("*.md", "papers"), exclude=("papers/old/**",), hidden=True)) == {
        "a.md": None,
        "a.txt": "not included",
        "papers/b.txt": None,
        "papers/deep/b.txt": None,
        "papers/old/c.md": "excluded: papers/old/**",
        ".notes/d.md": None,
    }
    assert look(tmp_path, Rules(recursive=False)) == {"a.md": None, "a.txt": None}


def test_links_are_not_followed_and_loops_end(tmp_path: Path) -> None:
    root = tmp_path / "root"
    make(root, "real.txt", "folder/inner.txt")
    make(tmp_path, "outside.txt", "elsewhere/secret.txt")
    (root / "copy.txt").symlink_to("real.txt")
    (root / "folder/loop").symlink_to(root)
    (root / "away.txt").symlink_to(tmp_path / "outside.txt")
    (root / "away").symlink_to(tmp_path / "elsewhere")
    (root / "nothing.txt").symlink_to("missing.txt")
    (root / "circle.txt").symlink_to("circle.txt")
    os.link(root / "real.txt", root / "hard.txt")
    assert look(root) == {
        "real.txt": None,
        "folder/inner.txt": None,
        "copy.txt": "symlink inside",
        "folder/loop": "symlink inside",
        "away.txt": "symlink outside",
        "away": "symlink outside",
        "nothing.txt": "symlink broken",
        "circle.txt": "symlink broken",
        "hard.txt": None,
    }


def test_a_root_that_is_a_link_is_followed(tmp_path: Path) -> None:
    make(tmp_path, "real/a.txt", "real/deep/b.txt")
    (tmp_path / "real/inside.txt").symlink_to(tmp_path / "real/a.txt")
    (tmp_path / "link").symlink_to("real")
    assert look(tmp_path / "link") == {"a.txt": None, "deep/b.txt": None, "inside.txt": "symlink inside"}


def test_pipes_and_sockets_are_skipped_without_opening(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket.txt"))
    assert look(tmp_path) == dict.fromkeys(("pipe.txt", "pipe", "socket.txt"), "not a regular file")


def test_names_in_any_spelling_and_undecodable_names_are_one_file_each(tmp_path: Path) -> None:
    composed, decomposed = "é.txt", unicodedata.normalize("NFD", "é.txt")
    make(tmp_path, b"\xff\xfe.txt", b"\xff.txt", composed, decomposed, f"{decomposed}.d/a.md", f"{composed}.d/a.md")
    found = {each.path: each for each in walk(os.fsencode(tmp_path), Rules())}
    assert len(found) == len({each.key for each in found.values()}) == 6
    assert all(each.rule is None and each.key.encode() for each in found.values())
    assert found[os.fsencode(tmp_path / composed)].key == f"{tmp_path}/é.txt"


def test_a_name_in_another_spelling_has_the_same_key(tmp_path: Path) -> None:
    make(tmp_path, unicodedata.normalize("NFD", "Übung/é.txt"))
    assert look(tmp_path) == {"Übung/é.txt": None}


def test_a_folder_that_cannot_be_read_is_a_problem_and_the_rest_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "open/a.txt", "closed/b.txt")
    refuse(monkeypatch, tmp_path / "closed", PermissionError(13, "Permission denied"))
    scan = walk(os.fsencode(tmp_path), Rules())
    assert rules_by_name(scan) == {"open/a.txt": None}
    (problem,) = scan.problems
    assert (problem.code, problem.path) == ("unreadable", os.fsencode(tmp_path / "closed"))
    assert problem.message == f"{tmp_path}/closed can't be read (Permission denied)."
    assert scan.unreachable == {f"{tmp_path}/closed"}
    assert scan.offline is None


def test_a_file_without_permission_to_read_is_skipped_until_it_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "mine.txt", "theirs.txt")
    (tmp_path / "theirs.txt").chmod(0o000)
    monkeypatch.setattr(os, "access", lambda path, mode: not os.fsencode(path).endswith(b"theirs.txt"))
    assert look(tmp_path) == {"mine.txt": None, "theirs.txt": "unreadable"}


def test_a_file_that_cannot_be_looked_at_is_not_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.txt")
    real = os.scandir

    class Entry:
        """A folder may be listed and yet not be searched; then each entry's status is refused."""

        def __init__(self, entry: os.DirEntry[bytes]) -> None:
            self.name, self.path = entry.name, entry.path
            self.is_dir = lambda follow_symlinks: False
            self.is_symlink = lambda: False
            self.is_file = lambda follow_symlinks: True

        def stat(self, follow_symlinks: bool) -> os.stat_result:
            raise PermissionError(13, "Permission denied")

    class Listing(list[Entry]):
        def __enter__(self) -> Listing:
            return self

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(os, "scandir", lambda path: Listing(Entry(entry) for entry in real(path)))
    assert look(tmp_path) == {"a.txt": "unreadable"}


@pytest.mark.parametrize(
    "error", [PermissionError(13, "no"), OSError(107, "not connected"), FileNotFoundError(2, "gone")]
)
def test_a_root_that_cannot_be_listed_is_offline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    refuse(monkeypatch, tmp_path, error)
    scan = walk(os.fsencode(tmp_path), Rules())
    assert list(scan) == []
    assert scan.offline is not None
    assert scan.unreachable == {str(tmp_path)}


def test_a_root_that_is_missing_is_offline(tmp_path: Path) -> None:
    scan = walk(os.fsencode(tmp_path / "usb"), Rules())
    assert list(scan) == []
    assert scan.offline is not None
    assert scan.offline.code == "missing"
    assert scan.identity is None


def test_a_root_that_turned_into_something_else_is_offline(tmp_path: Path) -> None:
    make(tmp_path, "now a file", "folder/a.txt")
    for name, folder, code in (("now a file", True, "not_a_folder"), ("folder", False, "not_a_file")):
        scan = walk(os.fsencode(tmp_path / name), Rules(), folder=folder)
        assert list(scan) == []
        assert scan.offline is not None
        assert scan.offline.code == code


def test_a_disk_taken_away_in_the_middle_is_offline_and_not_empty(tmp_path: Path) -> None:
    root = tmp_path / "usb"
    make(root, *(f"{n}/a.txt" for n in range(4)))
    scan = walk(os.fsencode(root), Rules())
    found = iter(scan)
    next(found)
    root.rename(tmp_path / "gone")
    list(found)
    assert scan.offline is not None
    assert scan.offline.code == "missing"


def test_a_root_replaced_in_the_middle_is_offline(tmp_path: Path) -> None:
    root = tmp_path / "usb"
    make(root, "a.txt")
    scan = walk(os.fsencode(root), Rules())
    found = iter(scan)
    next(found)
    root.rename(tmp_path / "gone")
    root.mkdir()
    list(found)
    assert scan.offline is not None
    assert scan.offline.code == "vanished"


def test_files_and_folders_that_vanish_while_walking_are_left_out(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.txt", "sub/c.txt")
    scan = walk(os.fsencode(tmp_path), Rules())
    found = iter(scan)
    first = next(found)
    shutil.rmtree(tmp_path / "sub")
    for name in ("a.txt", "b.txt"):
        if not first.key.endswith(name):
            (tmp_path / name).unlink()
    assert list(found) == []
    assert scan.problems == []


def test_a_stopped_look_says_nothing_about_what_it_did_not_find(tmp_path: Path) -> None:
    make(tmp_path, "a/a.txt", "b/b.txt")
    stop = threading.Event()
    stop.set()
    scan = walk(os.fsencode(tmp_path), Rules(), stop)
    assert list(scan) == []
    assert scan.unreachable == {str(tmp_path)}
    assert [problem.code for problem in scan.problems] == ["stopped"]


def test_what_belongs_to_others_is_passed_over(tmp_path: Path) -> None:
    make(tmp_path, "docs/a.txt", "docs/data/own.txt", "docs/inner/b.txt", "docs/single.txt", "docs/inner2/c.txt")
    (tmp_path / "link").symlink_to("docs")
    others = [os.fsencode(tmp_path / name) for name in ("link/data", "docs/inner", "docs/single.txt", "elsewhere")]
    assert look(tmp_path / "docs", leave_out=others) == {"a.txt": None, "inner2/c.txt": None}
    assert look(tmp_path / "link", leave_out=others) == {"a.txt": None, "inner2/c.txt": None}


def test_a_root_inside_of_what_is_left_out_is_not_walked(tmp_path: Path) -> None:
    make(tmp_path, "data/vectors/a.txt")
    scan = walk(os.fsencode(tmp_path / "data/vectors"), Rules(), leave_out=[os.fsencode(tmp_path / "data")])
    assert list(scan) == []
    assert [problem.code for problem in scan.problems] == ["left_out"]


def test_a_single_file_is_judged_by_type_and_size_only(tmp_path: Path) -> None:
    make(tmp_path, ".hidden.md", "x.tmp")
    make(tmp_path, "big.txt", text=b"123456")
    os.mkfifo(tmp_path / "pipe.txt")
    rules = Rules(max_bytes=5)
    judged = {
        name: [(each.rule, each.kind, each.key) for each in walk(os.fsencode(tmp_path / name), rules)]
        for name in (".hidden.md", "x.tmp", "big.txt", "pipe.txt")
    }
    assert judged == {
        ".hidden.md": [(None, "md", f"{tmp_path}/.hidden.md")],
        "x.tmp": [("type: .tmp", None, f"{tmp_path}/x.tmp")],
        "big.txt": [("too large", "txt", f"{tmp_path}/big.txt")],
        "pipe.txt": [("not a regular file", None, f"{tmp_path}/pipe.txt")],
    }


def test_a_single_file_that_is_a_link_is_read_at_its_target(tmp_path: Path) -> None:
    make(tmp_path, "v2.md")
    (tmp_path / "current.txt").symlink_to("v2.md")
    (found,) = walk(os.fsencode(tmp_path / "current.txt"), Rules())
    assert (found.path, found.kind, found.rule) == (os.fsencode(tmp_path / "v2.md"), "md", None)
    assert found.key == f"{tmp_path}/current.txt"


def test_deep_folders_do_not_exhaust_anything(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    try:
        for _ in range(60):  # 60 names of 100 letters are longer than a path may be
            os.mkdir("d" * 100, dir_fd=here)
            deeper = os.open("d" * 100, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = deeper
    finally:
        os.close(here)
    scan = walk(os.fsencode(tmp_path), Rules())
    assert list(scan) == []
    assert [problem.code for problem in scan.problems] == ["unreadable"]


def test_preview_counts_kinds_bytes_and_rules(tmp_path: Path) -> None:
    make(tmp_path, "a.pdf", "b.pdf", "sub/c.md", ".git/config", "node_modules/x/y.md", "photo.jpg")
    found = preview([os.fsencode(tmp_path)], Rules())
    assert found.kinds == {"pdf": KindCount(2, 8), "md": KindCount(1, 4)}
    assert found.skipped == {"excluded: .git": 1, "excluded: node_modules": 1, "type: .jpg": 1}
    assert (found.files, found.readable, found.bytes, found.problems, found.seconds) == (6, 3, 12, (), None)


def test_preview_counts_a_file_under_two_paths_once(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "sub/b.md", "sub/c.md")
    (tmp_path / "again").symlink_to(tmp_path / "sub")
    paths = [os.fsencode(tmp_path / name) for name in ("sub", "", "a.md", "again", "missing")]
    found = preview(paths, Rules())
    assert found.kinds == {"md": KindCount(3, 12)}
    assert [problem.code for problem in found.problems] == ["missing"]


def test_a_part_is_found_as_the_whole_would_find_it(tmp_path: Path) -> None:
    for name in ("a/b/c.txt", "a/b/node_modules/d.txt", "a/e.txt", "f.txt", "node_modules/deep/g.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    root = os.fsencode(tmp_path)
    whole = {file.path: file for file in walk(root, Rules())}
    for part in ("", "a", "a/b", "a/b/node_modules", "node_modules/deep", "not/there", "f.txt"):
        folder = os.fsencode(tmp_path / part)
        found = list(walk(root, Rules(), part=folder))
        assert {file.path: file for file in found} == {
            path: file for path, file in whole.items() if path.startswith(folder + b"/")
        }
