"""What an engine must hold after a kill: what it acknowledged, and what was under way.

A key is a tuple: `(workspace,)` for the workspace itself, `(workspace, "text", id)` for a text, `(workspace, "source",
folder)` for a folder that is read, `(workspace, "scanned", folder)` for whether everything in the folder was
announced, `(workspace, "backup", "newest")` for whether there is a backup.
Each key has the states that are allowed: one when its last operation was acknowledged, two while one is under way or
was cut off. Files are in no model: the folder on disk says what must be there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Key = tuple[str, ...]


class TextState(NamedTuple):
    """A text: `word` and `sentences` give its body, the rest its other properties."""

    word: str
    sentences: int
    expires: float | None
    tag: str


State = TextState | bool | None
"""None: not there."""


def body(workspace: str, word: str, sentences: int) -> str:
    """Return a text whose every sentence holds its own word, so that a mix of two texts is seen."""
    lines = [f"{workspace} canary of {word}."]
    lines += [f"Sentence {n} of {word} tells of harbour{n % 7} and lantern{n % 11}, {word}." for n in range(sentences)]
    return " ".join(lines)


@dataclass
class Model:
    """The states of all keys, the wall clock, and the number of words given out."""

    clock: float = 1_700_000_000.0
    words: int = 0
    states: dict[Key, list[State]] = field(default_factory=dict)
    under_way: dict[str, Any] | None = None

    def begin(self, operation: dict[str, Any]) -> None:
        """Note that an operation has begun; until it is acknowledged, old and new states are allowed.

        Args:
            operation: `op` (its name), `set` (pairs of key and new state), `clock` and `words` as they are from now on,
                `whole` (whether all of it happens or nothing).
        """
        self.under_way = operation
        self.clock, self.words = operation["clock"], operation["words"]
        for key, state in _effects(operation):
            if key[1:2] == ("scanned",):
                self.states[key] = [False]
            elif state not in self.allowed(key):
                self.states[key] = [*self.allowed(key), state]

    def acknowledge(self) -> None:
        """Note that the operation under way is done: from now on only its states are allowed."""
        assert self.under_way is not None
        for key, state in _effects(self.under_way):
            self.states[key] = [state]
            if len(key) == 1 and state is None:
                self._drop(key[0])
        self.under_way = None

    def resolve(self, seen: Iterable[tuple[Key, State]]) -> None:
        """Note what was found where two states were allowed."""
        self.under_way = None
        for key, state in seen:
            self.states[key] = [state]
            if len(key) == 1 and state is None:
                self._drop(key[0])

    def allowed(self, key: Key) -> list[State]:
        """Return the states that a key may have."""
        return self.states.get(key, [None])

    def certain(self, kind: str, workspace: str) -> dict[str, State]:
        """Return the keys of a kind in a workspace that are certainly there, by their last part."""
        return {
            key[2]: states[0]
            for key, states in self.states.items()
            if key[:2] == (workspace, kind) and len(states) == 1 and states[0] is not None
        }

    def workspaces(self) -> list[str]:
        """Return the workspaces that are certainly there."""
        return [key[0] for key, states in self.states.items() if len(key) == 1 and states == [True]]

    def halves(self, seen: Mapping[Key, State]) -> bool:
        """Tell whether an operation that must be whole was found half done."""
        if self.under_way is None or not self.under_way["whole"]:
            return False
        changed = [(key, state) for key, state in _effects(self.under_way) if self.allowed(key) != [state]]
        done = [seen.get(key) == state for key, state in changed]
        return any(done) and not all(done)

    def _drop(self, workspace: str) -> None:
        for key in [key for key in self.states if key[0] == workspace]:
            del self.states[key]


def _effects(operation: Mapping[str, Any]) -> Iterator[tuple[Key, State]]:
    return (from_plain(each) for each in operation["set"])


def from_plain(pair: Any) -> tuple[Key, State]:
    """Return a key and its state as they were before they went through JSON."""
    key, state = pair
    return tuple(key), TextState(*state) if isinstance(state, list | tuple) else state
