"""`settings.toml`: read with a list of problems instead of a crash, written whole or not at all."""

from __future__ import annotations

import difflib
import errno
import os
import threading
import tomllib
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import tomli_w

from core.errors import DiskFull, InvalidInput, StorageReadOnly
from core.settings.options import Option, Settings, Value, options


class SettingsFile:
    """The user's settings; may be changed and read on any thread.

    Attributes:
        settings: What holds now; a bad or missing value is its default.
        problems: One sentence for each entry of the file that could not be used.
    """

    def __init__(self, path: Path) -> None:
        """Read `path`; a missing file means defaults."""
        self._path = path
        self._lock = threading.Lock()
        self._raw: dict[str, Any] = {}
        self.problems: list[str] = []
        self.settings = Settings()
        self._readable = True
        try:
            self._raw = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            self._readable = False
            self.problems.append(f"{path.name} can't be read ({error}); defaults are used.")
            return
        self.settings = self._check()

    def set(self, section: str, name: str, value: Value) -> Settings:
        """Store one setting and return all of them.

        Entries that Carrel does not know are kept in the file.

        Raises:
            InvalidInput: If there is no such setting, the value does not fit, or the file can't be read.
            StorageFailed: If it can't be written; nothing is changed.
        """
        if problem := _named(section, name).problem(value):
            raise InvalidInput(f"{section}.{name} {problem}.")
        return self._change(section, {name: value})

    def reset(self, section: str, name: str) -> Settings:
        """Take one setting out of the file, so that its default holds, and return all of them.

        Raises:
            InvalidInput: If there is no such setting, or the file can't be read.
            StorageFailed: If it can't be written; nothing is changed.
        """
        _named(section, name)
        return self._change(section, {}, leave_out=name)

    def _change(self, section: str, entries: Mapping[str, Value], leave_out: str = "") -> Settings:
        if not self._readable:
            raise InvalidInput(
                f"{self._path.name} can't be read, so nothing is written to it.", "Mend or delete it first."
            )
        with self._lock:
            before = self._raw.get(section)
            kept = dict(before) if isinstance(before, dict) else {}
            kept.pop(leave_out, None)
            raw = self._raw | {section: {**kept, **entries}}
            try:
                self._write(raw)
            except OSError as error:
                failed = DiskFull if error.errno in (errno.ENOSPC, errno.EDQUOT) else StorageReadOnly
                raise failed(self._path.name) from error
            self._raw = raw
            self.problems.clear()
            self.settings = self._check()
            return self.settings

    def _write(self, raw: Mapping[str, Any]) -> None:
        temporary = self._path.with_suffix(".toml.tmp")
        with temporary.open("wb") as file:
            tomli_w.dump(raw, file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self._path)

    def _check(self) -> Settings:
        settings = Settings()
        known = {(option.section, option.name): option for option in options()}
        sections = {field.name for field in fields(Settings)}
        for section, entries in self._raw.items():
            if section not in sections or not isinstance(entries, dict):
                self.problems.append(f"[{section}] is not a section of the settings; it is left alone.")
                continue
            good: dict[str, Value] = {}
            for name, value in entries.items():
                option = known.get((section, name))
                if option is None:
                    self.problems.append(
                        f"There is no setting {section}.{name}. {_closest(f'{section}.{name}')}".strip()
                    )
                elif problem := option.problem(value):
                    self.problems.append(f"{section}.{name} {problem}; {option.default!r} is used.")
                else:
                    good[name] = option.kind(value)
            settings = replace(settings, **{section: replace(getattr(settings, section), **good)})
        if settings.indexing.overlap_tokens * 2 > settings.indexing.chunk_tokens:
            overlap = settings.indexing.chunk_tokens // 4
            self.problems.append(f"indexing.overlap_tokens is over half of chunk_tokens; {overlap} is used.")
            settings = replace(settings, indexing=replace(settings.indexing, overlap_tokens=overlap))
        return settings


def _named(section: str, name: str) -> Option:
    for option in options():
        if (option.section, option.name) == (section, name):
            return option
    raise InvalidInput(f"There is no setting {section}.{name}.", _closest(f"{section}.{name}"))


def _closest(name: str) -> str:
    names = [f"{option.section}.{option.name}" for option in options()]
    close = difflib.get_close_matches(name, names, n=1)
    return f"Did you mean {close[0]}?" if close else ""
