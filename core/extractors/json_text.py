"""JSON and JSON lines as readable text: one line for each value, led by the path of keys that leads to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.domain.extracted import Extracted, Remark
from core.extractors.builder import TextBuilder
from core.extractors.failures import damaged, translated
from core.extractors.text import LINES_PER_ANCHOR, add_lines, read_clean

DEPTH_LIMIT = 100


class JsonExtractor:
    """Reads the keys and values of JSON; a file that is only nearly JSON (comments) is read as it is written."""

    media_types: tuple[str, ...] = ("application/json", "application/x-ndjson")

    def extract(self, path: Path) -> Extracted:
        """Return `key › key: value` lines.

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
                if text.strip():
                    builder.remarks.append(Remark("repaired", "It is no strict JSON, so it was read as plain text."))
                add_lines(builder, text)
                return builder.build()
            for number, line in enumerate(line for value in values for line in _lines(value, ())):
                if number % LINES_PER_ANCHOR == 0:
                    builder.place("line", str(number + 1))
                builder.add(line, "\n")
                if builder.full:
                    break
            return builder.build(_facts(values))


def _values(text: str) -> list[Any]:
    """Return the values of a text: one, or one for each line."""
    try:
        return [json.loads(text)]
    except ValueError:
        return [json.loads(line) for line in text.split("\n") if line.strip()]


def _lines(value: Any, path: tuple[str, ...]) -> Iterator[str]:
    if len(path) > DEPTH_LIMIT:
        yield "…"
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _lines(each, (*path, str(key)))
    elif isinstance(value, list) and not all(isinstance(each, str | int | float | bool | None) for each in value):
        for each in value:
            yield from _lines(each, path)
    else:
        words = ", ".join(map(_word, value)) if isinstance(value, list) else _word(value)
        if words:
            yield f"{' › '.join(path)}: {words}" if path else words


def _word(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _facts(values: list[Any]) -> dict[str, str | int | float | None]:
    first = values[0] if len(values) == 1 and isinstance(values[0], dict) else {}
    title = first.get("title") or first.get("name")
    return {"title": title if isinstance(title, str) else None}
