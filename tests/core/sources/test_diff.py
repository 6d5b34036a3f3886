from __future__ import annotations

import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from core.domain.source import FoundFile, RecordedFile, Rules
from core.sources.diff import RENUMBERED_FROM, Diff, MoveCandidates, diff
from core.sources.walk import walk


def found(
    name: str, *, size: int = 1, mtime: int = 1, inode: int = 0, device: int = 1, kind: str | None = "txt"
) -> FoundFile:
    return FoundFile(f"/d/{name}".encode(), f"/d/{name}", size, mtime, inode, device, kind, None)


def record(file: FoundFile, document_id: int, content_hash: str | None = "hash") -> RecordedFile:
    return RecordedFile(
        document_id,
        file.path,
        file.key,
        file.size,
        file.mtime_ns,
        file.inode,
        file.device,
        file.kind,
        file.rule,
        content_hash,
    )


def recorded(*files: FoundFile) -> list[RecordedFile]:
    return [record(file, number) for number, file in enumerate(files, 1)]


def classes(result: Diff) -> dict[str, list[object]]:
    """Return the classes that are not empty: names of found files, document ids of recorded ones, both of pairs."""
    names = {
        "added": [file.key.removeprefix("/d/") for file in result.added],
        "changed": [(pair.recorded.document_id, pair.found.key.removeprefix("/d/")) for pair in result.changed],
        "moved": [(pair.recorded.document_id, pair.found.key.removeprefix("/d/")) for pair in result.moved],
        "renumbered": [(pair.recorded.document_id, pair.found.key.removeprefix("/d/")) for pair in result.renumbered],
        "unchanged": [each.document_id for each in result.unchanged],
        "kept": [each.document_id for each in result.kept],
        "gone": [each.document_id for each in result.gone],
    }
    return {name: list(files) for name, files in names.items() if files}


def test_files_are_added_changed_gone_or_unchanged() -> None:
    old = recorded(found("same"), found("longer"), found("later"), found("gone", size=7))
    new = [found("same"), found("longer", size=2), found("later", mtime=2), found("new", size=8)]
    assert classes(diff(new, old)) == {
        "added": ["new"],
        "changed": [(2, "longer"), (3, "later")],
        "unchanged": [1],
        "gone": [4],
    }


def test_another_rule_or_kind_is_a_change() -> None:
    old = recorded(found("a"), found("b"))
    skipped = FoundFile(b"/d/a", "/d/a", 1, 1, 0, 1, "txt", "too large")
    assert classes(diff([skipped, found("b", kind="md")], old)) == {"changed": [(1, "a"), (2, "b")]}


def test_a_renamed_file_moves_without_a_hash() -> None:
    old = recorded(found("a", inode=5, size=3), found("b", inode=6))
    result = diff([found("sub/c", inode=5, size=3), found("b", inode=6)], old)
    assert classes(result) == {"moved": [(1, "sub/c")], "unchanged": [2]}
    assert result.candidates == ()


def test_a_renamed_file_of_another_kind_is_read_again_as_the_same_document() -> None:
    old = recorded(found("a.txt", inode=5))
    assert classes(diff([found("a.md", inode=5, kind="md")], old)) == {"changed": [(1, "a.md")]}


def test_a_moved_copy_is_a_candidate_that_the_hash_decides() -> None:
    gone = [found("a", size=9, inode=1), found("b", size=9, inode=2), found("other", size=8), found("empty", size=0)]
    added = [found("x/a", size=9, inode=3), found("x/b", size=9, inode=4), found("z", size=7), found("none", size=0)]
    old = recorded(*gone)
    result = diff(added, old)
    assert classes(result) == {"added": ["x/a", "x/b", "z", "none"], "gone": [1, 2, 3, 4]}
    assert result.candidates == (MoveCandidates(9, tuple(old[:2]), tuple(added[:2])),)


def test_a_file_that_was_never_read_or_is_skipped_is_no_candidate() -> None:
    gone = [record(found("a", size=9), 1, content_hash=None)]
    assert diff([found("b", size=9)], gone).candidates == ()
    skipped = FoundFile(b"/d/b", "/d/b", 9, 1, 0, 1, "txt", "too large")
    assert diff([skipped], recorded(found("a", size=9))).candidates == ()


def test_nothing_is_gone_where_nobody_could_look() -> None:
    old = recorded(found("usb/a"), found("usb/deep/b"), found("usb2/c"), found("d"))
    assert classes(diff([], old, {"/d/usb"})) == {"kept": [1, 2], "gone": [3, 4]}
    assert classes(diff([], old, {"/d"})) == {"kept": [1, 2, 3, 4]}
    assert classes(diff([], old, {"/"})) == {"kept": [1, 2, 3, 4]}
    assert classes(diff([], old, {"/d/d"})) == {"kept": [4], "gone": [1, 2, 3]}


def test_what_may_not_be_read_for_now_keeps_its_text() -> None:
    denied = FoundFile(b"/d/a", "/d/a", 0, 0, 0, 0, None, "unreadable")
    assert classes(diff([denied], recorded(found("a")))) == {"kept": [1]}
    assert classes(diff([denied], [])) == {"added": ["a"]}
    assert classes(diff([found("a")], recorded(denied))) == {"changed": [(1, "a")]}
    assert classes(diff([denied], recorded(denied))) == {"unchanged": [1]}


def test_the_same_file_in_another_spelling_is_the_same_document() -> None:
    old = recorded(FoundFile("/d/é".encode(), "/d/é", 1, 1, 0, 1, "txt", None))
    new = FoundFile("/d/e\u0301".encode(), "/d/é", 1, 1, 0, 1, "txt", None)
    assert classes(diff([new], old)) == {"moved": [(1, "é")]}


def test_each_twin_stays_its_own_document_when_the_other_goes_or_comes() -> None:
    composed = FoundFile("/d/é".encode(), "/d/é", 1, 1, 11, 1, "txt", None)
    twin = FoundFile("/d/e\u0301".encode(), "/d/\\~é", 2, 2, 12, 1, "txt", None)
    alone = FoundFile("/d/e\u0301".encode(), "/d/é", 2, 2, 12, 1, "txt", None)
    gone = diff([alone], recorded(composed, twin))
    assert [(pair.recorded.document_id, pair.found) for pair in gone.moved] == [(2, alone)]
    assert [each.document_id for each in gone.gone] == [1]
    come = diff([composed, twin], recorded(alone))
    assert [(pair.recorded.document_id, pair.found) for pair in come.moved] == [(1, twin)]
    assert come.added == (composed,)


def test_two_files_of_one_size_and_time_that_changed_places_are_read_again() -> None:
    old = recorded(found("a", inode=1), found("b", inode=2))
    assert classes(diff([found("a", inode=2), found("b", inode=1)], old)) == {"changed": [(1, "a"), (2, "b")]}


def test_a_file_system_that_numbers_its_files_anew_causes_no_reading() -> None:
    many = [found(f"{n}", inode=n + 1) for n in range(RENUMBERED_FROM)]
    again = [found(f"{n}", inode=n + 1001, device=2) for n in range(RENUMBERED_FROM)]
    result = diff(again, recorded(*many))
    assert len(result.renumbered) == RENUMBERED_FROM
    assert not result.changed


def test_unknown_inodes_tell_nothing() -> None:
    old = recorded(found("a", inode=1), found("b", inode=0))
    assert classes(diff([found("a", inode=0), found("b", inode=2)], old)) == {"renumbered": [(1, "a"), (2, "b")]}


_NAMES = ("a", "b", "c/a", "c/b", "c/d/a")
_FILES = st.builds(
    lambda name, key, size, mtime, inode, device, kind, rule: FoundFile(
        f"/d/{name}".encode(), f"/d/{key}", size, mtime, inode, device, kind, rule
    ),
    st.sampled_from(_NAMES),
    st.sampled_from(_NAMES),
    st.integers(0, 1),
    st.integers(1, 2),
    st.integers(0, 3),
    st.integers(1, 2),
    st.sampled_from(["txt", "md"]),
    st.sampled_from([None, "too large", "unreadable"]),
)
_FILE_SETS = st.lists(_FILES, max_size=5, unique_by=(lambda file: file.path, lambda file: file.key))


@given(_FILE_SETS, _FILE_SETS, st.sets(st.sampled_from(["/d/c", "/d/c/d", "/d/a", "/d"]), max_size=2))
def test_applying_a_diff_gives_what_was_found(
    new: list[FoundFile], before: list[FoundFile], unreachable: set[str]
) -> None:
    old = recorded(*before)
    result = diff(new, old, unreachable)
    pairs = [*result.changed, *result.moved, *result.renumbered]
    # every file in exactly one class
    known = [pair.recorded for pair in pairs] + [*result.unchanged, *result.kept, *result.gone]
    assert sorted(known, key=_by_id) == old
    seen = [pair.found for pair in pairs] + [_without_id(each) for each in result.unchanged] + [*result.added]
    denied = [file for file in new if file not in seen]
    assert sorted([*seen, *denied], key=_by_path) == sorted(new, key=_by_path)
    names_kept = {name for each in result.kept for name in (each.path, each.key)}
    assert all(file.rule == "unreadable" and {file.path, file.key} & names_kept for file in denied)
    # applied to the records, the diff gives what was found, and keeps what could not be looked at
    documents = {each.document_id: each for each in old}
    for each in result.gone:
        del documents[each.document_id]
    for pair in pairs:
        documents[pair.recorded.document_id] = record(pair.found, pair.recorded.document_id)
    for number, file in enumerate(result.added, 100):
        documents[number] = record(file, number)
    rest = [_without_id(each) for each in documents.values() if each not in result.kept]
    assert sorted([*rest, *denied], key=_by_path) == sorted(new, key=_by_path)


@given(_FILE_SETS, _FILE_SETS)
def test_the_classes_mean_what_they_say(new: list[FoundFile], before: list[FoundFile]) -> None:
    result = diff(new, recorded(*before))
    new_paths = {file.path for file in new}
    for pair in (*result.moved, *result.renumbered):
        old, file = pair.recorded, pair.found
        assert (old.size, old.mtime_ns, old.kind, old.rule) == (file.size, file.mtime_ns, file.kind, file.rule)
        assert old.inode == file.inode or not (old.inode and file.inode)
    for pair in result.changed:
        assert _content(pair.recorded) != _content(pair.found)
    for each in result.gone:
        assert each.path not in new_paths
        assert each.key not in {file.key for file in result.added}
    for candidates in result.candidates:
        assert candidates.size
        assert set(candidates.gone) <= set(result.gone)
        assert set(candidates.added) <= set(result.added)
        assert {each.size for each in (*candidates.gone, *candidates.added)} == {candidates.size}


def test_a_scan_can_be_compared_while_it_looks(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a")
    first = diff(walk(os.fsencode(tmp_path), Rules()), [])
    old = recorded(*first.added)
    assert [each.document_id for each in diff(walk(os.fsencode(tmp_path), Rules()), old).unchanged] == [1]
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    assert [pair.recorded for pair in diff(walk(os.fsencode(tmp_path), Rules()), old).moved] == old
    scan = walk(os.fsencode(tmp_path / "missing"), Rules())
    below = [FoundFile(scan.root + b"/x.txt", scan.key + "/x.txt", 1, 1, 1, 1, "txt", None)]
    assert diff(scan, recorded(*below), scan.unreachable).kept == tuple(recorded(*below))


def _content(each: FoundFile | RecordedFile) -> tuple[object, ...]:
    return each.size, each.mtime_ns, each.kind, each.rule, each.inode


def _without_id(each: RecordedFile) -> FoundFile:
    return FoundFile(each.path, each.key, each.size, each.mtime_ns, each.inode, each.device, each.kind, each.rule)


def _by_path(file: FoundFile) -> bytes:
    return file.path


def _by_id(each: RecordedFile) -> int:
    return each.document_id
