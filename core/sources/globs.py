"""Patterns for files, such as `*.pdf`, `node_modules` or `drafts/**/old`, made ready to be tried on many names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from fnmatch import translate


class GlobSet:
    """Tells which of some patterns matches a file or folder; see `Rules` for what a pattern means."""

    def __init__(self, patterns: Sequence[str]) -> None:
        forms = {pattern: unicodedata.normalize("NFC", pattern) for pattern in patterns}
        names = {pattern: form.strip("/") for pattern, form in forms.items() if "/" not in form.rstrip("/")}
        # Most patterns are plain names: one look-up finds them, and one expression all others.
        self._plain = {form.lower(): pattern for pattern, form in names.items() if not re.search(r"[*?\[]", form)}
        self._names = [(_expression(form), glob) for glob, form in names.items() if form.lower() not in self._plain]
        self._any_name = re.compile("|".join(each.pattern for each, _ in self._names) or r"(?!)", re.IGNORECASE)
        self._paths = [
            ([None if part == "**" else _expression(part) for part in form.strip("/").split("/")], pattern)
            for pattern, form in forms.items()
            if pattern not in names
        ]

    def match(self, name: str, path: str) -> str | None:
        """Return a pattern that matches, or None.

        Args:
            name: The file's or folder's name, in normal form C.
            path: Its path below the source, separated by `/`.
        """
        found = self._plain.get(name.lower())
        if found is None and self._any_name.match(name):
            found = next(pattern for expression, pattern in self._names if expression.match(name))
        if found is None and self._paths:
            parts = path.split("/")
            found = next((pattern for expressions, pattern in self._paths if _matches(expressions, parts)), None)
        return found


def _expression(glob: str) -> re.Pattern[str]:
    return re.compile(translate(glob), re.IGNORECASE)


def _matches(expressions: Sequence[re.Pattern[str] | None], parts: Sequence[str]) -> bool:
    """Tell whether the names of a path match, one by one; None stands for any number of names.

    The greedy algorithm for wildcards: on a mismatch only the last `**` takes one more name, so that the time is at
    most the product of both lengths.
    """
    at = part = 0
    retry: tuple[int, int] | None = None
    while part < len(parts):
        if at < len(expressions):
            expression = expressions[at]
            if expression is None:
                at += 1
                retry = (at, part)
                continue
            if expression.match(parts[part]):
                at += 1
                part += 1
                continue
        if retry is None:
            return False
        at, part = retry[0], retry[1] + 1
        retry = (at, part)
    return all(expression is None for expression in expressions[at:])
