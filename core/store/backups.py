"""Backups of a database: copied by SQLite itself, verified, packed, and kept for hours, days and weeks.

A backup is a packed file and, beside it, a note that says what is in it and carries its checksum. The note is written
last and removed first: what has none is no backup. Copying reads one state of the database from beginning to end, in
small steps, so that neither writers nor searches wait for it.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from core.domain.backup import Backup
from core.domain.clock import Clock, moment
from core.errors import CarrelError, DatabaseDamaged, DiskFull, NotFound
from core.store.disk_space import free_bytes
from core.store.files import rename, sha256, sync
from core.store.sqlite_errors import translated

HOURLY = 5
DAILY = 7
WEEKLY = 4
MIGRATIONS = 3
SHARE_OF_DISK = 0.1
"""Most of the disk that backups of one workspace take, of what is free and what they take already."""
EVERY_SECONDS = 3600.0
PAGES = 256
PAUSE_SECONDS = 0.002
"""Of 100,000 passages (205 MB) a backup of 131 MB takes 3.4 s of processor time, 6.9 s in all on a busy machine;
commits beside it take up to 3.1 ms and reads 6.3 ms (99th percentile; 0.2 and 0.6 ms without it)."""
_BLOCK = 1 << 20
_PACKED = ".db.gz"
_NOTE = ".json"
_UNFINISHED = ".tmp"


class BackupFailed(CarrelError):
    """A backup could not be made or can't be used; those that were there are untouched."""


class Interrupted(CarrelError):
    """The program ends; the backup is made another time."""


class BackupNotFound(NotFound):
    def __init__(self, name: str | None, known: Sequence[str]) -> None:
        hint = f"There are: {', '.join(known[:8])}." if known else "Make one with: carrel workspace backup NAME"
        super().__init__(f"There is no backup “{name}”." if name else "There is no backup of this workspace.", hint)


class Backups:
    """The backups in one folder."""

    def __init__(self, folder: Path, clock: Clock, free: Callable[[Path], int] = free_bytes) -> None:
        """
        Args:
            folder: Where they are; made with the first.
            clock: Tells when they are made.
            free: Tells how many bytes are left on the disk of a folder.
        """
        self._folder = folder
        self._clock = clock
        self._free = free

    def all(self) -> list[Backup]:
        """Return the backups, newest first; what can't be understood is no backup."""
        found = [_read_note(path) for path in self._folder.glob(f"*{_NOTE}")]
        return sorted((each for each in found if each), key=lambda each: (each.made_at, each.name), reverse=True)

    def find(self, name: str | None) -> Backup:
        """Return the backup of that name, or the newest.

        Raises:
            BackupNotFound: If there is none.
        """
        known = self.all()
        for each in known:
            if name is None or each.name == name:
                return each
        raise BackupNotFound(name, [each.name for each in known])

    def due(self, database: Path) -> bool:
        """Tell whether an hour has passed since the last backup, or the first document, and anything has changed."""
        now = self._clock.wall()
        with translated(database), closing(_reader(database)) as connection:
            newest = next((each for each in self.all() if each.reason != "migration"), None)
            if newest is None:
                first = connection.execute("SELECT min(created_at) FROM document").fetchone()[0]
                return first is not None and abs(now - first) >= EVERY_SECONDS
            if abs(now - newest.made_at.timestamp()) < EVERY_SECONDS:
                return False
            return _lasting(_counts(connection), _sequences(connection)) != _lasting(newest.counts, newest.sequences)

    def make(self, database: Path, reason: str, stop: threading.Event | None = None) -> Backup:
        """Copy the database as it is now, verify the copy, and drop backups that are too many.

        Others may write meanwhile; what they commit after the beginning is not in the backup.

        Args:
            database: The file; it may be open.
            reason: As in `Backup`.
            stop: When set, the backup is given up.

        Raises:
            Interrupted: If `stop` was set.
            StorageFailed: If the database can't be read, or the disk has no room.
            BackupFailed: If the copy is not sound.
        """
        stop = stop or threading.Event()
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self.clean()
        size = sum(path.stat().st_size for path in (database, _log_of(database)) if path.exists())
        if (free := self._free(self._folder)) < 2 * size:
            raise DiskFull("a backup", 2 * size, free)
        made_at = moment(self._clock.wall())
        name = self._free_name(made_at)
        copy, packed = self._folder / f"{name}.copy{_UNFINISHED}", self._folder / f"{name}{_PACKED}{_UNFINISHED}"
        try:
            with translated(database):
                counts, sequences, schema = _copy(database, copy, stop)
            with translated(packed):
                _verify(copy, counts)
                _pack(copy, packed, stop)
                sizes = packed.stat().st_size, copy.stat().st_size
                backup = Backup(name, made_at, reason, schema, *sizes, sha256(packed), counts, sequences)
                rename(packed, self._folder / f"{name}{_PACKED}")
                self._write_note(backup)
        except FileNotFoundError as error:
            raise BackupFailed("The workspace went away while a backup of it was made.") from error
        finally:
            copy.unlink(missing_ok=True)
            packed.unlink(missing_ok=True)
        found = self.all()
        stay = kept(found) | {name}  # also where the clock was set back, and others seem to be newer
        self._drop([each for each in found if each.name not in stay])
        self._drop_surplus()
        return backup

    def unpack(self, backup: Backup, into: Path) -> None:
        """Write the database of a backup to `into`, and verify it.

        Raises:
            BackupFailed: If the backup is damaged.
            StorageFailed: If there is no room.
        """
        packed = self._folder / f"{backup.name}{_PACKED}"
        if (free := self._free(into.parent)) < backup.unpacked:
            raise DiskFull("bringing back a backup", backup.unpacked, free)
        try:
            if sha256(packed) != backup.sha256:
                raise BackupFailed(f"The backup {backup.name} is damaged.", "Try an older one.")
            with translated(into):
                into.touch(mode=0o600)
                with gzip.open(packed, "rb") as source, into.open("wb") as target:
                    while block := source.read(_BLOCK):
                        target.write(block)
                sync(into)
                _verify(into, dict(backup.counts))
        except (EOFError, gzip.BadGzipFile, FileNotFoundError) as error:
            raise BackupFailed(f"The backup {backup.name} can't be read.", "Try an older one.") from error

    def drop(self, backup: Backup) -> None:
        """Remove a backup."""
        self._drop([backup])

    def keep_only(self, backup: Backup) -> int:
        """Remove all other backups, so that nothing that was deleted before stands in one; return how many."""
        others = [each for each in self.all() if each.name != backup.name]
        self._drop(others)
        return len(others)

    def _drop_surplus(self) -> None:
        found = self.all()
        room = SHARE_OF_DISK * (self._free(self._folder) + sum(each.bytes for each in found))
        while len(found) > 1 and sum(each.bytes for each in found) > room:
            self._drop([found.pop()])

    def _drop(self, backups: Sequence[Backup]) -> None:
        for each in backups:
            (self._folder / f"{each.name}{_NOTE}").unlink(missing_ok=True)
            (self._folder / f"{each.name}{_PACKED}").unlink(missing_ok=True)

    def clean(self) -> None:
        """Remove what an interrupted backup, or an interrupted removal, left: it may hold what is deleted later."""
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            name = path.name.removesuffix(_PACKED)
            if path.suffix == _UNFINISHED or (name != path.name and not (self._folder / f"{name}{_NOTE}").exists()):
                path.unlink(missing_ok=True)

    def _free_name(self, at: datetime) -> str:
        name = wanted = f"{at:%Y%m%dT%H%M%SZ}"
        number = 1
        while (self._folder / f"{name}{_NOTE}").exists():
            number += 1
            name = f"{wanted}-{number}"
        return name

    def _write_note(self, backup: Backup) -> None:
        unfinished = self._folder / f"{backup.name}{_NOTE}{_UNFINISHED}"
        unfinished.touch(mode=0o600)
        unfinished.write_text(json.dumps(asdict(backup), default=datetime.isoformat, indent=1), "utf-8")
        sync(unfinished)
        rename(unfinished, self._folder / f"{backup.name}{_NOTE}")


def kept(backups: Sequence[Backup]) -> set[str]:
    """Return the names of those that stay: the newest of hours, days and weeks, and those before migrations.

    Args:
        backups: Newest first.
    """
    before_migrations = [each for each in backups if each.reason == "migration"]
    others = [each for each in backups if each.reason != "migration"]
    stay = [*before_migrations[:MIGRATIONS], *others[:HOURLY]]
    for form, most in (("%Y-%m-%d", DAILY), ("%G-%V", WEEKLY)):
        newest: dict[str, Backup] = {}
        for each in others:
            newest.setdefault(each.made_at.strftime(form), each)
        stay += list(newest.values())[:most]
    return {each.name for each in stay}


def _copy(database: Path, copy: Path, stop: threading.Event) -> tuple[dict[str, int], dict[str, int], int]:
    copy.touch(mode=0o600)
    with closing(_reader(database)) as source, closing(sqlite3.connect(copy)) as target:
        # In a transaction, what others commit meanwhile does not make the copying begin again.
        source.execute("BEGIN")
        counts, sequences = _counts(source), _sequences(source)
        schema: int = source.execute("PRAGMA user_version").fetchone()[0]
        target.execute("PRAGMA synchronous = OFF")

        def pause(*_: int) -> None:
            if stop.wait(PAUSE_SECONDS):
                raise Interrupted("The backup was interrupted.")

        source.backup(target, pages=PAGES, progress=pause)
        source.execute("COMMIT")
    return counts, sequences, schema


def _verify(copy: Path, counts: dict[str, int]) -> None:
    connection = sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True)
    with closing(connection):
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise DatabaseDamaged(f"{copy.parent.parent.name}/{copy.name}", "the copy is not sound")
        if connection.execute("PRAGMA foreign_key_check").fetchone() or _counts(connection) != counts:
            raise BackupFailed("The copy of the database is not complete.", "Look closer: carrel workspace verify NAME")


def _pack(copy: Path, packed: Path, stop: threading.Event) -> None:
    packed.touch(mode=0o600)
    # The fastest level: others are two to four times slower for a tenth of the size.
    with copy.open("rb") as source, gzip.open(packed, "wb", compresslevel=1) as target:
        while block := source.read(_BLOCK):
            target.write(block)
            if stop.wait(PAUSE_SECONDS):
                raise Interrupted("The backup was interrupted.")
    sync(packed)


def _reader(database: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{database.as_uri()}?mode=rw", uri=True, timeout=5, isolation_level=None)
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    return connection


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {
        table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for (table,) in tables.fetchall()
    }


def _sequences(connection: sqlite3.Connection) -> dict[str, int]:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'").fetchone()
    return dict(connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall()) if found else {}


def _lasting(counts: object, sequences: object) -> list[dict[str, int]]:
    """Return the numbers without those of the queue and the log, which come and go."""
    return [
        {name: number for name, number in numbers.items() if name not in ("job", "change", "fact")}
        if isinstance(numbers, dict)
        else {}
        for numbers in (counts, sequences)
    ]


def _read_note(path: Path) -> Backup | None:
    try:
        facts = json.loads(path.read_text("utf-8"))
        facts["made_at"] = datetime.fromisoformat(facts["made_at"]).astimezone(UTC)
        backup = Backup(**facts)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return backup if backup.name == path.name.removesuffix(_NOTE) else None


def _log_of(database: Path) -> Path:
    return database.with_name(f"{database.name}-wal")
