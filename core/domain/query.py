"""A query as the program understands it, taken apart from what the person typed."""

from __future__ import annotations

from dataclasses import dataclass

FILTER_FIELDS = ("type", "in", "tag", "source", "before", "after")
METADATA_FIELD = "meta"


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition on documents.

    Attributes:
        field: `type`, `in` (folder), `tag`, `source`, `before`, `after`, or `meta` for a metadata value.
        value: What it must be equal to. For `before` (earlier than that day) and `after` (on that day or later) an
            ISO date, `2024-05-31`.
        negated: Whether documents that meet the condition are left out.
        key: The metadata key; empty for the other fields.
    """

    field: str
    value: str
    negated: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Operator:
    """A part of a query, as it was typed, that is more than a word: a filter, a phrase or an exclusion.

    Attributes:
        text: The part.
        start: Its first character in the query.
        end: One past its last character.
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for.

    Attributes:
        text: Words and phrases in the order typed, without operators; this is what is embedded.
        words: Plain words as typed (`C++`, `10:30`, `l'été`); a passage should have them.
        phrases: Words that must follow each other.
        excluded: Words (of one word) and phrases that must not occur.
        prefix: The last word when it is unfinished, in search-as-you-type; it is not among `words`. Empty otherwise.
        filters: Conditions on documents, all of which must hold.
    """

    text: str
    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    prefix: str = ""
    filters: tuple[Filter, ...] = ()
