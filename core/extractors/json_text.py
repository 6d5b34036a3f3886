"""JSON and JSON lines as readable text: one line for each value, led by the path of keys that leads to it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.domain.extracted import Extracted, Remark
from core.extractors.builder import TextBuilder
from core.extractors.failures import damaged, translated
from core.extractors.text import add_lines, read_clean

DEPTH_LIMIT = 100
NUMBERS_LIMIT = 20
"""Numbers of a list that are read; longer ones are coordinates or measurements, which nobody finds by their digits."""

_BLOB = re.compile(r"(?:data:[\w/+.-]+;base64,)?[A-Za-z0-9+/_-]{300,}={0,2}")
_BREAK = "\n\n"


class JsonExtractor:
    """Reads the keys and values of JSON; a file that is only nearly JSON (comments) is read as it is written."""

    media_types: tuple[str, ...] = ("application/json", "application/x-ndjson")

    def extract(self, path: Path) -> Extracted:
        """Return `key › key: value` lines; objects of a list with several values are parted by a blank line.

        Raises:
            ExtractionFailed: `damaged` where it is nested too deeply; `unreadable`, `vanished`.
        """
        with translated("JSON file"):
            builder = TextBuilder()
            text = read_clean(path, builder)
            try:
                values = _values(text)
            except RecursionError as error:
                raise damaged("JSON file") from error
            except ValueError:
                add_lines(builder, text)
                if not builder.full and not builder.remarks:  # not empty, not cut
                    builder.remarks.append(Remark("repaired", "It is no strict JSON, so it was read as plain text."))
                return builder.build()
            for separator, line in _lines(values[0] if len(values) == 1 else values, ()):
                builder.add(line, separator)
                if builder.full:
                    break
            return builder.build(_facts(values))


def _values(text: str) -> list[Any]:
    """Return the values of a text: one, or one for each line."""
    try:
        return [json.loads(text)]
    except ValueError:
        return [json.loads(line) for line in text.split("\n") if line.strip()]


def _lines(value: Any, path: tuple[str, ...], depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield each line after what parts it from the one before."""
    if depth > DEPTH_LIMIT:
        yield "\n", "…"
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _lines(each, (*path, str(key)), depth + 1)
    elif isinstance(value, list) and _many_numbers(value):
        return
    elif isinstance(value, list) and any(isinstance(each, dict | list) for each in value):
        for each in value:
            record = isinstance(each, dict) and len(each) > 1
            for number, (separator, line) in enumerate(_lines(each, path, depth + 1)):
                yield (_BREAK if record and number == 0 else separator), line
    else:
        words = ", ".join(map(_word, value)) if isinstance(value, list) else _word(value)
        if words:
            yield "\n", f"{' › '.join(path)}: {words}" if path else words


def _many_numbers(value: list[Any]) -> bool:
    """Whether a list, and the lists in it, hold nothing but many numbers."""
    waiting, count = list(value), 0
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting += each
        elif isinstance(each, int | float):
            count += 1
        else:
            return False
    return count > NUMBERS_LIMIT


def _word(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    words = str(value)
    return "" if _BLOB.fullmatch(words) else words


def _facts(values: list[Any]) -> dict[str, str | int | float | None]:
    first = values[0] if len(values) == 1 and isinstance(values[0], dict) else {}
    title = first.get("title") or first.get("name")
    return {"title": title if isinstance(title, str) else None}
