"""What a reader process answers, checked: it was made by parsers that a hostile file may have taken over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.domain.chunk import Span
from core.domain.extracted import Anchor, Extracted, Remark
from core.errors import ExtractionFailed

_NUMBER_LIMIT = 2**53


class Nonsense(Exception):
    """A reader process answered what it can't have read."""


@dataclass(frozen=True, slots=True)
class Read:
    """A document as a reader process gives it back."""

    kind: str
    extracted: Extracted
    language: str
    spans: tuple[Span, ...]
    words: int


def readings(answer: dict[str, Any], count: int) -> list[Read]:
    """Return the readings of an answer, which must be so many.

    Raises:
        ExtractionFailed: The process says that it failed.
        Nonsense: What it says is no answer.
    """
    try:
        if failed := answer.get("failed"):
            failure = ExtractionFailed(_text(failed["code"]), _text(failed["message"]), _text(failed["hint"]))
        else:
            read = [_reading(each) for each in answer["read"]]
            if len(read) == count:
                return read
            raise ValueError
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Nonsense from error
    raise failure


def _reading(answer: dict[str, Any]) -> Read:
    text = _text(answer["text"])
    anchors = tuple(
        Anchor(_text(kind), _number(start, len(text) - 1), _text(label), _number(level))
        for kind, start, label, level in answer["anchors"]
    )
    spans = tuple(
        Span(
            _number(start, end - 1),
            _number(end, len(text)),
            None if page is None else _number(page),
            None if heading is None else _text(heading),
            _number(tokens),
        )
        for start, end, page, heading, tokens in answer["spans"]
    )
    for places in (anchors, spans):
        starts = [each.start for each in places]
        if starts != sorted(starts):
            raise ValueError
    metadata = {_text(name): _fact(value) for name, value in answer["metadata"].items()}
    remarks = tuple(Remark(_text(code), _text(message)) for code, message in answer["remarks"])
    extracted = Extracted(text, anchors, metadata, remarks)
    return Read(_text(answer["kind"]), extracted, _text(answer["language"]), spans, _number(answer["words"]))


def _text(value: object) -> str:
    """Return a string that can be stored."""
    if not isinstance(value, str) or "\0" in value:
        raise TypeError
    value.encode()  # raises where a lone surrogate is in it
    return value


def _number(value: object, most: int = _NUMBER_LIMIT) -> int:
    if not isinstance(value, int) or not 0 <= value <= most:
        raise TypeError
    return value


def _fact(value: object) -> str | int | float:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, (int, float)) and abs(value) < _NUMBER_LIMIT:
        return value
    raise TypeError
