"""The query language of the search box: plain words, and a few operators for those who want them.

| Typed                     | Means                                                                              |
|---------------------------|------------------------------------------------------------------------------------|
| `late interaction`        | passages with these words, the more and the rarer the better                       |
| `"late interaction"`      | the words must follow each other (straight or typographic quotes)                  |
| `-word`, `-"two words"`   | must not occur                                                                     |
| `type:pdf` `tag:x`        | only documents of this type, with this tag                                         |
| `in:"My folder"`          | only documents in this folder; a value with spaces is quoted                       |
| `source:papers`           | only documents of this source                                                      |
| `before:2024-05`          | earlier than the first day of the period: a year, a month, a day, today, yesterday |
| `after:2024`              | from the first day of the period on, so that `after:2024 before:2025` is 2024      |
| `meta.author:Sen`         | only documents whose metadata value `author` is equal to `Sen`                     |
| `-type:pdf`               | a minus before a filter turns it round                                             |

Everything else is text: `https://example.org`, `C++`, `10:30`, `--verbose`, `27"`, `key=value`. A quote that is never
closed lasts to the end. Operators are only read at the beginning of a word, so text pasted from elsewhere rarely holds
one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from core.domain.query import FILTER_FIELDS, METADATA_FIELD, Filter, Operator, Query
from core.errors import InvalidQuery

MAX_LENGTH = 10_000
"""Characters of a query that are read; what a person pastes beyond them is left out, at the end of a word."""

_QUOTES = '"“”„‟«»＂'
_UNREADABLE = re.compile("[\x00\ud800-\udfff]")
_TOKEN = re.compile(
    rf"""
    (?P<minus>-(?=[^\s-]))?
    (?:(?P<field>(?i:{"|".join(FILTER_FIELDS)})|(?i:{METADATA_FIELD})\.(?P<key>[\w.-]+)):(?=[^\s]))?
    (?:[{_QUOTES}](?P<quoted>[^{_QUOTES}]*)(?P<closed>[{_QUOTES}])? | (?P<bare>\S+))
    """,
    re.VERBOSE,
)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def parse_query(text: str, as_you_type: bool = False, today: date | None = None) -> Query:
    """Take a query apart.

    Args:
        text: What the person typed; characters past `MAX_LENGTH` are not read.
        as_you_type: Whether the last word, if nothing follows it, is unfinished and goes to `Query.prefix`.
        today: The day that `today` and `yesterday` refer to; the local date if not given.

    Raises:
        InvalidQuery: If there is no word to look for, or a filter has a value that can't be read.
    """
    typed = _clip(_UNREADABLE.sub(" ", text).lstrip())
    parts = list(_parts(typed, today))
    wanted = [part for part in parts if part.filter is None and not part.excluded]
    if not wanted:
        raise _nothing_to_find(parts)
    prefix = ""
    if as_you_type and parts[-1] is wanted[-1] and not parts[-1].finished and not typed[-1:].isspace():
        *words, prefix = wanted[-1].words
        wanted[-1] = _Part(tuple(words), phrase=wanted[-1].phrase)
    return Query(
        text=" ".join([word for part in wanted for word in part.words] + ([prefix] if prefix else [])),
        words=tuple(word for part in wanted if not part.phrase for word in part.words),
        phrases=tuple(part.words for part in wanted if part.phrase and part.words),
        excluded=tuple(part.words for part in parts if part.excluded),
        prefix=prefix,
        filters=tuple(part.filter for part in parts if part.filter),
    )


def operators(text: str) -> list[Operator]:
    """Return the filters, phrases and exclusions of a query, in order; those that can't be understood, too."""
    return [
        Operator(match[0], match.start(), match.end())
        for match in _TOKEN.finditer(_clip(text))
        if match["field"] or match["minus"] or match["closed"]
    ]


def make_filter(name: str, value: str, negated: bool = False, today: date | None = None) -> Filter:
    """Return the filter that `name` and `value` describe; a name that is no filter field is a metadata key.

    Raises:
        InvalidQuery: If the name or the value is empty, or a date can't be read.
    """
    field = name.lower()
    key = name.removeprefix(f"{METADATA_FIELD}.")
    value = _UNREADABLE.sub("", value).strip()
    if not key or not value:
        raise InvalidQuery(
            f"The filter “{name}” has no value." if key else "A filter needs a name.", "Write it like type:pdf."
        )
    if field in ("before", "after"):
        return Filter(field, _day(field, value, today or date.today()).isoformat(), negated)
    if field in FILTER_FIELDS:
        return Filter(field, value, negated)
    return Filter(METADATA_FIELD, value, negated, key=key)


@dataclass(frozen=True, slots=True)
class _Part:
    """One piece of a query: words to find, words to leave out, or a filter."""

    words: tuple[str, ...]
    phrase: bool = False
    excluded: bool = False
    finished: bool = False
    filter: Filter | None = None


def _parts(typed: str, today: date | None) -> Iterator[_Part]:
    for match in _TOKEN.finditer(typed):
        quoted = match["quoted"] is not None
        value = match["quoted"] if quoted else match["bare"]
        negated = match["minus"] is not None
        if match["field"] and value.strip():
            name = match["field"] if match["key"] is None else f"{METADATA_FIELD}.{match['key']}"
            yield _Part((), filter=make_filter(name, value, negated, today))
            continue
        words = tuple(word for word in value.split() if any(map(str.isalnum, word)))
        if words:
            yield _Part(words, phrase=quoted, excluded=negated, finished=match["closed"] is not None)


def plain(text: str) -> str:
    """Return a query as it is kept: one space between words, nothing that can't be stored, no more than is read."""
    return " ".join(text[:MAX_LENGTH].encode("utf-8", "replace").decode().replace("\0", " ").split())


def _clip(text: str) -> str:
    """Cut a text that is too long at the last space before the limit, or at the limit if there is none."""
    if len(text) <= MAX_LENGTH:
        return text
    cut = text[: MAX_LENGTH + 1].rsplit(None, 1)
    return cut[0][:MAX_LENGTH] if cut else ""


def _nothing_to_find(parts: list[_Part]) -> InvalidQuery:
    if any(part.excluded for part in parts):
        hint = "Words with a minus only leave results out; add a word without one."
    elif parts:
        hint = "A filter only narrows results; add a word to it."
    else:
        hint = "Type a word, or a phrase in quotes."
    return InvalidQuery("A search needs at least one word to look for.", hint)


def _day(field: str, value: str, today: date) -> date:
    """Return the first day of the period that `value` names."""
    if value.lower() == "today":
        return today
    if value.lower() == "yesterday":
        return today - timedelta(days=1)
    if match := _DATE.fullmatch(value):
        try:
            return date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
        except ValueError:
            pass  # no such day: the sentence below says so
    raise InvalidQuery(
        f"“{value[:40]}” is not a date that {field}: can use.",
        f"Write a year, a month or a day: {field}:2024, {field}:2024-05, {field}:2024-05-31, {field}:today.",
    )
