"""Finds the files of a source: every file in exactly one state, and nothing is opened.

A folder that can't be looked at is a problem, not an empty folder: what is recorded under it stays.
"""
# Paths are raw bytes, because not every file name is text; pathlib takes text only.
# ruff: noqa: PTH100, PTH116, PTH118, PTH119

from __future__ import annotations

import os
import stat
import sys
import threading
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from core.domain.media import kind_of_name
from core.domain.path_key import keys_in_folder, name_text, path_key
from core.domain.source import (
    HIDDEN,
    LINK_BROKEN,
    LINK_INSIDE,
    LINK_OUTSIDE,
    NOT_INCLUDED,
    NOT_REGULAR,
    TOO_LARGE,
    UNREADABLE,
    FoundFile,
    KindCount,
    Preview,
    Problem,
    Rules,
    unsupported,
)
from core.sources.name_rules import NameRules

_SEPARATOR = os.sep.encode()


def walk(
    root: bytes,
    rules: Rules,
    stop: threading.Event | None = None,
    *,
    folder: bool | None = None,
    leave_out: Collection[bytes] = (),
    part: bytes | None = None,
) -> Scan:
    """Return a look at the folder or file `root`; iterate it to find the files.

    Symbolic links below the root are never followed, so that loops end and nothing outside is read: a link is one file,
    skipped by a rule that says where it leads. The root itself may be a link. The rules for names and folders apply
    below a root that is a folder; a root that is a file was chosen by name.

    Args:
        root: Raw bytes of the path.
        rules: Which files are to be read.
        stop: Breaks the look off when set; the root then counts as not looked at.
        folder: True or False if the root is known to be a folder or a file; anything else there is then a problem.
        leave_out: Folders and files that do not belong to the source and are passed over, such as Carrel's own data.
        part: A folder below the root: only what stands in it and deeper is found.
    """
    return Scan(root, rules, stop, folder=folder, leave_out=leave_out, part=part)


def preview(
    paths: Iterable[bytes],
    rules: Rules,
    stop: threading.Event | None = None,
    *,
    leave_out: Collection[bytes] = (),
) -> Preview:
    """Count what adding these files and folders would do; a file that stands under two of them counts once.

    Args:
        paths: Raw bytes of the paths.
        rules: As for `walk`.
        stop: As for `walk`.
        leave_out: As for `walk`.
    """
    roots = {os.path.realpath(path): path for path in paths}
    files: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    skipped: Counter[str] = Counter()
    problems: list[Problem] = []
    for real, root in roots.items():
        nested = [other for other in roots if other != real and contains(real, other)]
        scan = walk(root, rules, stop, leave_out=[*leave_out, *nested])
        for found in scan:
            if found.rule is None and found.kind is not None:
                files[found.kind] += 1
                sizes[found.kind] += found.size
        skipped.update(scan.skipped)
        problems.extend(scan.problems)
    kinds = {kind: KindCount(count, sizes[kind]) for kind, count in files.most_common()}
    return Preview(kinds, dict(skipped.most_common()), tuple(problems))


@dataclass(frozen=True, slots=True)
class _Folder:
    path: bytes
    key: str
    below: str  # path below the source, empty or ending in a slash
    rule: str | None
    included: bool


class Scan:
    """One look at a source; iterating it finds the files and fills the attributes.

    Attributes:
        root: Raw bytes of the absolute path.
        key: `path_key` of the root.
        part: Key of the folder below the root that is looked at, or None for all.
        identity: Device and inode of the root, or None if it can't be reached. A root that has other numbers than last
            time is another folder, such as the empty place where a disk was mounted.
        problems: What could not be looked at.
        unreachable: The keys of `problems`; what is recorded at or under them must not count as gone.
        files: Number of files found so far.
        skipped: Number of them that a rule skips, by rule.
    """

    def __init__(
        self,
        root: bytes,
        rules: Rules,
        stop: threading.Event | None,
        *,
        folder: bool | None,
        leave_out: Collection[bytes],
        part: bytes | None,
    ) -> None:
        self.root = os.path.abspath(root)
        self.key = path_key(self.root)
        self.part = None if part is None else path_key(part)
        below = b"." if part is None else os.path.relpath(part, self.root)
        self._names_of_part = [] if below == b"." else below.split(_SEPARATOR)
        self.identity: tuple[int, int] | None = None
        self.problems: list[Problem] = []
        self.unreachable: set[str] = set()
        self.files = 0
        self.skipped: Counter[str] = Counter()
        self._rules = rules
        self._names = NameRules(rules)
        self._stop = stop
        self._expects_folder = folder
        self._real = os.path.realpath(self.root)
        others = [os.path.realpath(path) for path in leave_out]
        self._left_out = any(contains(path, self._real) for path in others)
        self._leave_out = {
            os.path.join(self.root, os.path.relpath(path, self._real)) for path in others if contains(self._real, path)
        }

    @property
    def offline(self) -> Problem | None:
        """Return why the source as a whole could not be looked at, or None."""
        return next((problem for problem in self.problems if problem.key == self.key), None)

    def __iter__(self) -> Iterator[FoundFile]:
        """Look, and yield the files as they are found."""
        before = self._root_status()
        if before is None:
            return
        self.identity = before.st_dev, before.st_ino
        found_files = self._walk() if stat.S_ISDIR(before.st_mode) else [self._root_file(before)]
        for found in found_files:
            self.files += 1
            if found.rule is not None:
                self.skipped[found.rule] += 1
            yield found
        # A disk that is taken away in the middle looks like folders that vanished one by one.
        after = self._root_status()
        if after is not None and (after.st_dev, after.st_ino) != self.identity:
            self._problem(self.root, self.key, "vanished", "went away while it was being looked at")

    def _root_status(self) -> os.stat_result | None:
        try:
            status = os.stat(self.root)
        except OSError as error:
            self._failed(self.root, self.key, error)
            return None
        is_folder = stat.S_ISDIR(status.st_mode)
        if self._left_out:
            self._problem(self.root, self.key, "left_out", "belongs to Carrel itself, or to another source")
        elif self._expects_folder is True and not is_folder:
            self._problem(self.root, self.key, "not_a_folder", "is not a folder any more")
        elif self._expects_folder is False and is_folder:
            self._problem(self.root, self.key, "not_a_file", "is a folder now, and was a file")
        else:
            return status
        return None

    def _root_file(self, status: os.stat_result) -> FoundFile:
        return self._judge(self._real, self.key, name_text(os.path.basename(self._real)), status)

    def _walk(self) -> Iterator[FoundFile]:
        top = self._top()
        folders = [] if top is None else [top]
        while folders:
            if self._stop is not None and self._stop.is_set():
                self._problem(self.root, self.key, "stopped", "was not looked at to the end")
                return
            folder = folders.pop()
            for entry, text, key in self._entries(folder):
                try:
                    found = self._look(entry, text, folder.key + key, folder, folders)
                except FileNotFoundError:
                    continue  # it vanished since the folder was listed
                except OSError:
                    found = _not_looked_at(entry.path, folder.key + key, UNREADABLE)
                if found is not None:
                    yield found

    def _top(self) -> _Folder | None:
        """Return the folder to begin with, or None if the part to look at is no folder of this source now."""
        folder = _Folder(self.root, self.key.rstrip("/") + "/", "", None, not self._rules.include)
        for name in self._names_of_part:
            found = next((each for each in self._entries(folder) if each[0].name == name), None)
            if found is None or not self._rules.recursive or found[0].path in self._leave_out:
                return None
            entry, text, key = found
            try:
                if not entry.is_dir(follow_symlinks=False) or _is_junction(entry):
                    return None
                folder = self._inside(folder, entry, text, folder.key + key)
            except OSError:
                return None  # it vanished since its folder was listed
            self.part = folder.key.rstrip("/")
        return folder

    def _inside(self, folder: _Folder, entry: os.DirEntry[bytes], text: str, key: str) -> _Folder:
        below = folder.below + text
        included = folder.included or self._names.include(text, below)
        return _Folder(entry.path, key + "/", below + "/", self._rule(folder, entry, text), included)

    def _rule(self, folder: _Folder, entry: os.DirEntry[bytes], text: str) -> str | None:
        return folder.rule or self._names.skip(text, folder.below + text) or (HIDDEN if self._hidden(entry) else None)

    def _entries(self, folder: _Folder) -> list[tuple[os.DirEntry[bytes], str, str]]:
        try:
            with os.scandir(folder.path) as listing:
                entries = list(listing)
        except OSError as error:
            if folder.path == self.root or not isinstance(error, FileNotFoundError | NotADirectoryError):
                self._failed(folder.path, folder.key.rstrip("/") or "/", error)
            return []
        names = keys_in_folder([entry.name for entry in entries])
        return [(entry, text, key) for entry, (text, key) in zip(entries, names, strict=True)]

    def _look(
        self, entry: os.DirEntry[bytes], text: str, key: str, folder: _Folder, folders: list[_Folder]
    ) -> FoundFile | None:
        """Return the file, or None for a folder, which is put on the pile, and for what does not belong here."""
        if entry.path in self._leave_out:
            return None
        below = folder.below + text
        if entry.is_dir(follow_symlinks=False) and not _is_junction(entry):
            if self._rules.recursive:
                folders.append(self._inside(folder, entry, text, key))
            return None
        rule = self._rule(folder, entry, text)
        if rule is None:
            if entry.is_symlink() or _is_junction(entry):
                rule = self._link_rule(entry.path)
            elif not (folder.included or self._names.include(text, below)):
                rule = NOT_INCLUDED
            elif not entry.is_file(follow_symlinks=False):
                rule = NOT_REGULAR
            elif kind_of_name(text) is None:
                rule = unsupported(text)
            else:
                return self._judge(entry.path, key, text, entry.stat(follow_symlinks=False))
        return _not_looked_at(entry.path, key, rule)

    def _judge(self, path: bytes, key: str, text: str, status: os.stat_result) -> FoundFile:
        rule = None
        kind = kind_of_name(text)
        if kind is None or not stat.S_ISREG(status.st_mode):
            return _not_looked_at(path, key, unsupported(text) if stat.S_ISREG(status.st_mode) else NOT_REGULAR)
        if status.st_size > self._rules.max_bytes:
            rule = TOO_LARGE
        elif status.st_mode & 0o444 != 0o444 and not os.access(path, os.R_OK):
            # Asked only where somebody may not read it. A right that is given later changes the rule, not the time.
            rule = UNREADABLE
        return FoundFile(path, key, status.st_size, status.st_mtime_ns, status.st_ino, status.st_dev, kind, rule)

    def _hidden(self, entry: os.DirEntry[bytes]) -> bool:
        """Tell whether Windows hides the entry; a dot in front is seen by `NameRules`."""
        if sys.platform != "win32" or self._rules.hidden:
            return False
        return bool(entry.stat(follow_symlinks=False).st_file_attributes & stat.FILE_ATTRIBUTE_HIDDEN)

    def _link_rule(self, path: bytes) -> str:
        try:
            target = os.path.realpath(path, strict=True)
        except OSError:
            return LINK_BROKEN
        return LINK_INSIDE if contains(self._real, target) else LINK_OUTSIDE

    def _failed(self, path: bytes, key: str, error: OSError) -> None:
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            self._problem(path, key, "missing", "is not there")
        else:
            self._problem(path, key, "unreadable", f"can't be read ({error.strerror})")

    def _problem(self, path: bytes, key: str, code: str, what: str) -> None:
        self.problems.append(Problem(path, key, code, f"{path.decode('utf-8', 'backslashreplace')} {what}."))
        self.unreachable.add(key)


def contains(folder: bytes, path: bytes) -> bool:
    """Tell whether a path is a folder or stands in it; both are absolute and free of links."""
    return path == folder or path.startswith(folder.rstrip(_SEPARATOR) + _SEPARATOR)


def _not_looked_at(path: bytes, key: str, rule: str) -> FoundFile:
    return FoundFile(path, key, 0, 0, 0, 0, None, rule)


def _is_junction(entry: os.DirEntry[bytes]) -> bool:
    if sys.platform != "win32":
        return False
    return entry.stat(follow_symlinks=False).st_reparse_tag == stat.IO_REPARSE_TAG_MOUNT_POINT
