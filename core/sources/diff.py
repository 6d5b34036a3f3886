"""Compares what a look at a source found with what is recorded, without touching either."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from core.domain.source import UNREADABLE, FoundFile, RecordedFile

RENUMBERED_FROM = 100
"""From this number on, inodes that changed all together mean that the file system numbers its files anew."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A recorded file and the found file that is the same document."""

    recorded: RecordedFile
    found: FoundFile


@dataclass(frozen=True, slots=True)
class MoveCandidates:
    """Files that are gone and files that were added, of one size: whose hash is the same has moved.

    Attributes:
        size: Bytes; never 0, because empty files tell nothing by their content.
        gone: Recorded files with a content hash; each is also in `Diff.gone`.
        added: Found files to be read; each is also in `Diff.added`.
    """

    size: int
    gone: tuple[RecordedFile, ...]
    added: tuple[FoundFile, ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """What is to be done so that the records say what was found.

    Every recorded file is in exactly one class; so is every found file, but for those that are `kept` by their record.

    Attributes:
        added: To be recorded, and read if no rule skips them.
        changed: Other content, kind or rule; to be recorded, and read again if no rule skips them. The path may be
            another one too.
        moved: The same content at another path or under another key; only that is to be recorded.
        renumbered: The same file with another inode or device; only that is to be recorded.
        unchanged: Nothing to do.
        kept: Not to be touched, because it could not be looked at: not found in a folder that could not be listed, or
            found where it may no longer be read.
        gone: Not found; the document is to be removed, unless it proves to have moved.
        candidates: Sizes at which a gone file may be an added one; the content hash decides.
    """

    added: tuple[FoundFile, ...]
    changed: tuple[Pair, ...]
    moved: tuple[Pair, ...]
    renumbered: tuple[Pair, ...]
    unchanged: tuple[RecordedFile, ...]
    kept: tuple[RecordedFile, ...]
    gone: tuple[RecordedFile, ...]
    candidates: tuple[MoveCandidates, ...]


def diff(found: Iterable[FoundFile], recorded: Iterable[RecordedFile], unreachable: Collection[str] = ()) -> Diff:
    """Return what changed between two looks.

    A document is found again by its path, else by its key (the name in another spelling), else by device, inode, size
    and time of change, which a rename keeps.

    Args:
        found: Each path and key at most once.
        recorded: Each path and key at most once; all that is recorded of the places where was looked.
        unreachable: Keys of folders and files that could not be looked at. Only read after `found` has come to its
            end, so that a `Scan` and its `unreachable` can be given as they are.
    """
    by_path = {each.path: each for each in recorded}
    pairs: list[Pair] = []
    unknown: list[FoundFile] = []
    for file in found:
        match = by_path.pop(file.path, None)
        if match is None:
            unknown.append(file)
        else:
            pairs.append(Pair(match, file))
    by_key = {each.key: each for each in by_path.values()}
    fresh: list[FoundFile] = []
    for file in unknown:
        match = by_key.pop(file.key, None)
        if match is None:
            fresh.append(file)
        else:
            pairs.append(Pair(match, file))
    kept = [each for each in by_key.values() if _is_under(each.key, unreachable)]
    missing = [each for each in by_key.values() if not _is_under(each.key, unreachable)]
    renamed = dict(_renamed(fresh, missing))
    pairs.extend(renamed.values())
    added = tuple(file for file in fresh if file.path not in renamed)
    found_again = {pair.recorded.document_id for pair in renamed.values()}
    gone = tuple(each for each in missing if each.document_id not in found_again)
    return _sorted_out(pairs, added, kept, gone)


def _sorted_out(
    pairs: list[Pair], added: tuple[FoundFile, ...], kept: list[RecordedFile], gone: tuple[RecordedFile, ...]
) -> Diff:
    other_inodes = sum(_other_inode(pair) for pair in pairs)
    # Network and FAT file systems may number their files anew at each mount, and so does a restored backup. Reading
    # everything again for that would be of no use; a few new inodes are files that took the place of others.
    trust_inodes = other_inodes < RENUMBERED_FROM or 2 * other_inodes <= len(pairs)
    changed: list[Pair] = []
    moved: list[Pair] = []
    renumbered: list[Pair] = []
    unchanged: list[RecordedFile] = []
    for pair in pairs:
        old, new = pair.recorded, pair.found
        if new.rule == UNREADABLE and old.rule is None:
            kept.append(old)
            continue
        same = (old.size, old.mtime_ns, old.kind, old.rule) == (new.size, new.mtime_ns, new.kind, new.rule)
        # A file that is back is read again: what happened to it meanwhile is not known.
        if not same or old.absence or (trust_inodes and _other_inode(pair)):
            changed.append(pair)
        elif (old.path, old.key) != (new.path, new.key):
            moved.append(pair)
        elif (old.device, old.inode) != (new.device, new.inode):
            renumbered.append(pair)
        else:
            unchanged.append(old)
    return Diff(
        added,
        tuple(changed),
        tuple(moved),
        tuple(renumbered),
        tuple(unchanged),
        tuple(kept),
        gone,
        tuple(_candidates(gone, added)),
    )


def _other_inode(pair: Pair) -> bool:
    """Tell whether another file stands at the place; an inode of 0 tells nothing."""
    return bool(pair.recorded.inode and pair.found.inode and pair.recorded.inode != pair.found.inode)


def _is_under(key: str, folders: Collection[str]) -> bool:
    while key and key not in folders:
        key = key.rpartition("/")[0]
    return bool(key) or "/" in folders


def _renamed(added: list[FoundFile], gone: list[RecordedFile]) -> Iterator[tuple[bytes, Pair]]:
    """Yield the pairs that are the same file under another name, with the new path."""
    places: defaultdict[tuple[int, int, int, int], list[RecordedFile]] = defaultdict(list)
    for old in gone:
        if old.rule is None and old.inode:
            places[old.device, old.inode, old.size, old.mtime_ns].append(old)
    for new in added:
        same = places.get((new.device, new.inode, new.size, new.mtime_ns)) if new.rule is None else None
        if same:
            yield new.path, Pair(same.pop(0), new)


def _candidates(gone: Iterable[RecordedFile], added: Iterable[FoundFile]) -> Iterator[MoveCandidates]:
    old: defaultdict[int, list[RecordedFile]] = defaultdict(list)
    new: defaultdict[int, list[FoundFile]] = defaultdict(list)
    for each in gone:
        if each.content_hash is not None and each.size:
            old[each.size].append(each)
    for file in added:
        if file.rule is None and file.size in old:
            new[file.size].append(file)
    for size in sorted(new):
        yield MoveCandidates(size, tuple(old[size]), tuple(new[size]))
