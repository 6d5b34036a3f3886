"""Snapshots of an index on disk: each in a folder of its own, whole or not there, the last two kept.

A generation is a folder named by its number, with the index's files and a manifest that says whose they are, how far
the change log was applied, and the size and checksum of each. It is written under a temporary name, synced, read back
and compared, checksummed, and only then renamed; the rename is the moment in which it exists. So a crash at any
moment leaves the generations that were there, and nothing is ever loaded that does not carry its checksum: a library
that walks a damaged graph crashes, or answers wrongly.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from core.errors import CarrelError
from core.vector_stores.disk import Disk

FORMAT = 2
MANIFEST = "manifest.json"
_UNFINISHED = ".tmp"


class SnapshotFailed(CarrelError):
    """A snapshot could not be written, or did not read back as it was written; those before it are untouched."""

    def __init__(self, reason: object) -> None:
        super().__init__(
            f"The vector index could not be saved ({reason}).",
            "Search goes on. Free some space on the disk or mend it; the next attempt comes by itself.",
        )


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose vectors they are. An index of another model answers coherently and wrongly, so everything is compared.

    Attributes:
        workspace: Id of the workspace.
        model: Id of the embedding model.
        dimension: Number of components.
        space: The measure of likeness.
    """

    workspace: str
    model: str
    dimension: int
    space: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says of itself.

    Attributes:
        identity: Whose vectors they are.
        sequence: The last entry of the change log that is in it; entries behind it may be in it, too.
        kind: Which store wrote the files.
        count: Number of vectors alive.
        dead: Number of deleted vectors that are still in the files.
        files: Size and sha256 of each file, by name.
    """

    identity: Identity
    sequence: int
    kind: str
    count: int
    dead: int
    files: Mapping[str, tuple[int, str]]

    def to_json(self) -> str:
        """Return the manifest as text, with a checksum of its own."""
        facts = {"format": FORMAT, **asdict(self)}
        return json.dumps({"sha256": _digest(facts), "manifest": facts}, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """Return the manifest that was written as `text`.

        Raises:
            ValueError: If it is not the text of one.
        """
        try:
            sealed = json.loads(text)
            data = sealed["manifest"]
            if sealed["sha256"] != _digest(data):
                raise ValueError("its manifest is damaged")
            if data["format"] != FORMAT:
                raise ValueError(f"format {data['format']} is not known")
            return cls(
                Identity(**data["identity"]),
                _whole(data["sequence"]),
                str(data["kind"]),
                _whole(data["count"]),
                _whole(data["dead"]),
                {str(name): (_whole(size), str(digest)) for name, (size, digest) in data["files"].items()},
            )
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError("it is not a manifest") from error


def _digest(facts: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(f"{value!r} is not a whole number")
    return value


@dataclass(frozen=True, slots=True)
class Saved:
    """What was written into a folder.

    Attributes:
        kind, count, dead: As in `Manifest`.
        check: Loads the files again and raises `ValueError` where they are not what was saved.
    """

    kind: str
    count: int
    dead: int
    check: Callable[[Path], None]


class Generations:
    """The generations in one folder.

    Attributes:
        problems: What was wrong with generations that were passed over, a sentence each.
    """

    def __init__(self, folder: Path, identity: Identity, disk: Disk) -> None:
        self._folder = folder
        self._identity = identity
        self._disk = disk
        self._kept: list[tuple[int, int]] = []  # number and sequence of those that may be loaded, newest first
        self.problems: list[str] = []

    @property
    def oldest_sequence(self) -> int:
        """The sequence of the older of the two that are kept; 0 while there are not two."""
        return self._kept[1][1] if len(self._kept) > 1 else 0

    def candidates(self) -> Iterator[tuple[Path, Manifest]]:
        """Give the generations whose files are as their manifest says, newest first, with their folders.

        The caller takes the first that it can load, says so by `accept`, and leaves the others.
        """
        for number in sorted(self._numbers(), reverse=True):
            folder = self._folder / str(number)
            try:
                manifest = self._manifest(folder)
                for name, (size, digest) in manifest.files.items():
                    if (folder / name).stat().st_size != size or self._disk.sha256(folder / name) != digest:
                        raise ValueError(f"{name} is damaged")
            except (OSError, ValueError) as error:
                self.reject(folder, error)
            else:
                yield folder, manifest

    def accept(self, folder: Path, manifest: Manifest) -> None:
        """Note that the generation in `folder` was loaded; it and the one before it stay when others are written."""
        number = int(folder.name)
        self._kept = [(number, manifest.sequence)]
        for older in sorted((each for each in self._numbers() if each < number), reverse=True):
            try:
                self._kept.append((older, self._manifest(self._folder / str(older)).sequence))
            except (OSError, ValueError):
                continue
            break

    def reject(self, folder: Path, reason: object) -> None:
        """Note that the generation in `folder` can't be used."""
        self.problems.append(f"Generation {folder.name} of the vector index was not used: {reason}.")

    def write(self, sequence: int, save: Callable[[Path], Saved]) -> None:
        """Write a new generation and remove those before the last.

        Args:
            sequence: The last entry of the change log that is in it.
            save: Writes the files into an empty folder.

        Raises:
            SnapshotFailed: If it could not be written; those that were there are untouched.
        """
        try:
            if not self._folder.is_dir():
                self._disk.make_folder(self._folder)
            self._clear()
            number = max(self._numbers(), default=0) + 1
            folder = self._folder / f"{number}{_UNFINISHED}"
            self._disk.make_folder(folder)
            self._seal(folder, sequence, save(folder))
            self._disk.rename(folder, self._folder / str(number))
            self._disk.sync(self._folder)
        except (OSError, ValueError) as error:
            self._clear()  # it may hold what a full disk lacks
            raise SnapshotFailed(getattr(error, "strerror", None) or error) from error
        self._kept = [(number, sequence), *self._kept[:1]]
        for other in self._numbers() - {kept for kept, _ in self._kept}:
            self._disk.remove(self._folder / str(other))

    def _clear(self) -> None:
        for unfinished in self._folder.glob(f"*{_UNFINISHED}"):
            self._disk.remove(unfinished)

    def _seal(self, folder: Path, sequence: int, saved: Saved) -> None:
        files = {}
        for path in sorted(folder.iterdir()):
            self._disk.sync(path)
            files[path.name] = (path.stat().st_size, self._disk.sha256(path))
        saved.check(folder)
        manifest = Manifest(self._identity, sequence, saved.kind, saved.count, saved.dead, files)
        self._disk.write(folder / MANIFEST, manifest.to_json())
        self._disk.sync(folder / MANIFEST)
        self._disk.sync(folder)

    def _numbers(self) -> set[int]:
        if not self._folder.is_dir():
            return set()
        return {int(path.name) for path in self._folder.iterdir() if path.name.isascii() and path.name.isdecimal()}

    def _manifest(self, folder: Path) -> Manifest:
        manifest = Manifest.from_json((folder / MANIFEST).read_text("utf-8"))
        for name, ours in asdict(self._identity).items():
            theirs = getattr(manifest.identity, name)
            if theirs != ours:
                raise ValueError(f"it is of the {name} {theirs}, not {ours}")
        return manifest
