"""The rules of a source that need no more than a name, made ready for many files."""

from __future__ import annotations

from core.domain.source import HIDDEN, Rules, excluded
from core.sources.globs import GlobSet


class NameRules:
    """Judges files and folders by their names; `path` is the path below the source, separated by `/`."""

    def __init__(self, rules: Rules) -> None:
        self._hidden = rules.hidden
        self._exclude = GlobSet(rules.exclude)
        self._include = GlobSet(rules.include) if rules.include else None

    def skip(self, name: str, path: str) -> str | None:
        """Return the rule that skips a file, or a folder with all that it holds, or None."""
        pattern = self._exclude.match(name, path)
        if pattern is not None:
            return excluded(pattern)
        return HIDDEN if name.startswith(".") and not self._hidden else None

    def include(self, name: str, path: str) -> bool:
        """Tell whether a file, or a folder with all that it holds, is among those that the source is about."""
        return self._include is None or self._include.match(name, path) is not None
