"""Three workspaces with three scopes each, every one with a word of its own that no other may ever show.

A random operation at a time changes something or looks at something; whatever comes back is searched for the words of
the others. Words of removed and expired documents are looked for as well.
"""

from __future__ import annotations

import logging
import random
import re
import traceback
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from core import KnowledgeBase, Text
from core.domain.search import Results
from core.domain.workspace import Workspace
from core.errors import CarrelError, DocumentNotFound
from tests.core.engine import MovableClock, quick_engine

NAMES = ("Atlas", "Borealis", "Cirrus")
SCOPES = ("workspace", "session:a", "session:b")
VIEWS = (None, ("session:a",), ("session:b",), ("workspace", "session:a"), ("workspace", "session:b"))
MODES = ("hybrid", "keyword", "vector")
CANARY = re.compile("zarkum[a-i]{2}")
SERIAL = re.compile("serial[a-z]{4}")
_COMMON = ("harbour", "lantern", "meadow", "quarry", "saddle", "thicket")


class Leak(AssertionError):
    """Something showed what it must not."""


def canary(name: str, scope: str) -> str:
    """Return the word of a scope of a workspace; all are spelled alike, so that a correction would find another's."""
    first, second = NAMES.index(name), SCOPES.index(scope)
    return f"zarkum{'abc'[first]}{'def'[second]}"


class World:
    """The workspaces, and a model of what is in them."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.clock = MovableClock()
        self.done: list[str] = []
        self._data = folder / "data"
        self._files = folder / "files"
        self._serials = 0
        self._texts: dict[tuple[str, str, str], tuple[str, float | None]] = {}  # serial and expiry, by name, scope, id
        self._gone: dict[str, set[str]] = {name: set() for name in NAMES}  # serials that no search may show
        self._replaced: dict[str, set[str]] = {name: set() for name in NAMES}  # and these once indexing is done
        self._settled: dict[str, bool] = dict.fromkeys(NAMES, True)
        self._paths: dict[tuple[str, str], int] = {}
        self.log = _Log()
        logging.getLogger("core").addHandler(self.log)
        self._level = logging.getLogger("core").level
        logging.getLogger("core").setLevel(logging.DEBUG)
        self.kb = self._opened()
        self._operations: list[tuple[int, Callable[[str, str], None]]] = [
            (12, self._put),
            (4, self._write),
            (1, self._remove),
            (1, self._expire),
            (1, self._tag),
            (16, self._query),
            (5, self._documents),
            (6, self._matches),
            (4, self._facets),
            (6, self._complete),
            (4, self._similar),
            (1, self._map),
            (4, self._look),
            (3, self._misuse),
            (2, self._settle),
            (1, self._pass_time),
            (1, self._close_idle),
        ]

    def close(self) -> None:
        """End it all."""
        self.kb.close()
        logging.getLogger("core").removeHandler(self.log)
        logging.getLogger("core").setLevel(self._level)
        self.log.check()

    def step(self) -> None:
        """Do one operation.

        Raises:
            Leak: If anything shows what it must not.
        """
        weights, operations = zip(*self._operations, strict=True)
        operation = self.random.choices(operations, weights)[0]
        name, scope = self.random.choice(NAMES), self.random.choice(SCOPES)
        self.done.append(f"{operation.__name__} {name} {scope}")
        try:
            operation(name, scope)
        except DocumentNotFound as error:  # purged in the moment between the list and the question
            self._check(str(error), (), "an error")
        self.log.check()

    def restart(self) -> None:
        """Close and open the knowledge base."""
        self.kb.close()
        self.kb = self._opened()

    def _opened(self) -> KnowledgeBase:
        kb = quick_engine(self._data, self.clock)
        for name in NAMES:
            kb.workspaces.get_or_create(name)
        kb.subscribe(lambda change: self._check(repr(change), (), "an event"))
        return kb

    def _workspace(self, name: str) -> Workspace:
        return self.kb.workspaces.get(name)

    def _body(self, name: str, scope: str) -> tuple[str, str]:
        self._serials += 1
        number, letters = self._serials, ""
        for _ in range(4):
            number, letter = divmod(number, 26)
            letters += chr(ord("a") + letter)
        serial = f"serial{letters}"
        words = self.random.choices(_COMMON, k=6)
        return serial, f"The {canary(name, scope)} of the {' '.join(words)} is {serial}."

    # -- what changes something

    def _put(self, name: str, scope: str) -> None:
        key = f"{scope}-{self.random.randrange(6)}"
        serial, body = self._body(name, scope)
        word = canary(name, scope)
        ttl = self.random.choice([None, None, 60.0])
        text = Text(key, body, f"About {word}", {"who": word, word: 1}, (f"tag-{word}",))
        change = self.kb.documents.add_texts(self._workspace(name), [text], scope=scope, ttl=ttl)
        self._check(repr(change), (), "a change")
        if before := self._texts.get((name, scope, key)):
            self._replaced[name].add(before[0])
        self._texts[name, scope, key] = serial, None if ttl is None else self.clock.wall() + ttl
        self._settled[name] = False

    def _write(self, name: str, scope: str) -> None:
        word = canary(name, scope)
        folder = self._files / name / scope.replace(":", "-")
        folder.mkdir(parents=True, exist_ok=True)
        number = self.random.randrange(4)
        file = folder / f"{word}-{number}.md"
        _, body = self._body(name, scope)
        file.write_text(f"# The {word} chapter\n\n{body}\n" if number else "\0\1\2 not text", encoding="utf-8")
        self.kb.documents.add(self._workspace(name), [folder], scope=scope)
        self._settled[name] = False

    def _remove(self, name: str, scope: str) -> None:
        ledger = self.kb.documents.ledger(self._workspace(name)).files
        mine = [each for each in ledger if each.scope == scope and each.external_id]
        if mine:
            chosen = self.random.choice(mine)
            receipt = self.kb.documents.remove(self._workspace(name), [chosen.id])
            self._check(repr(receipt), (), "a receipt")
            serial, _ = self._texts.pop((name, scope, chosen.external_id or ""))
            self._gone[name].add(serial)

    def _expire(self, name: str, scope: str) -> None:
        alive = [each for each in self.kb.documents.ledger(self._workspace(name)).files if each.external_id]
        if alive:
            chosen = self.random.choice(alive)
            key = (name, chosen.scope, chosen.external_id or "")
            serial, _ = self._texts.get(key, ("", None))
            # What has expired already, and waits for the sweep, would come back to life.
            if serial and serial not in self._gone[name]:
                self.kb.documents.expire(self._workspace(name), [chosen.id], None)
                self._texts[key] = serial, None

    def _tag(self, name: str, scope: str) -> None:
        mine = [each for each in self.kb.documents.ledger(self._workspace(name)).files if each.scope == scope]
        if mine:
            self.kb.documents.tag(self._workspace(name), self.random.choice(mine).id, [f"tag-{canary(name, scope)}"])

    def _pass_time(self, name: str, scope: str) -> None:
        self.clock.forward(31.0)
        for (owner, _, _), (serial, expiry) in self._texts.items():
            if expiry is not None and expiry <= self.clock.wall():
                self._gone[owner].add(serial)
        if self.random.random() < 0.3:
            for receipt in self.kb.upkeep.sweep(self._workspace(name)):
                self._check(repr(receipt), (), "a receipt")
            self._forget_swept(name)

    def _forget_swept(self, name: str) -> None:
        for key in [key for key, (serial, _) in self._texts.items() if key[0] == name and serial in self._gone[name]]:
            del self._texts[key]

    def _settle(self, name: str, scope: str) -> None:
        if not self.kb.documents.wait(self._workspace(name), timeout=60):
            raise Leak("indexing did not end")
        self._gone[name] |= self._replaced[name]
        self._replaced[name].clear()
        self._settled[name] = True

    def _close_idle(self, name: str, scope: str) -> None:
        if self.random.random() < 0.2:
            self.restart()
        else:
            self.kb._opened._tend()

    # -- what looks at something

    def _asked(self) -> str:
        """Return a query: a word of anybody's, whole, begun or misspelt, perhaps with a filter."""
        word = canary(self.random.choice(NAMES), self.random.choice(SCOPES))
        serial = self.random.choice([*(each[0] for each in self._texts.values()), "serial"])
        shapes = (
            word,
            word[:-1],
            word[:-1] + "x",
            f'"the {word}"',
            f"{word} {self.random.choice(_COMMON)}",
            self.random.choice(_COMMON),
            f"{self.random.choice(_COMMON)} -{word}",
            f"harbour tag:tag-{word}",
            f"harbour meta.who:{word}",
            f"harbour in:{word}",
            f"harbour in:/{self._files.name}",
            "harbour type:md",
            serial,
        )
        return self.random.choice(shapes)

    def _view(self, name: str) -> tuple[Sequence[str] | None, Iterable[str]]:
        scopes = self.random.choice(VIEWS)
        return scopes, {canary(name, scope) for scope in scopes or ("workspace",)}

    def _query(self, name: str, _: str) -> None:
        scopes, allowed = self._view(name)
        limit, mode, typing = self.random.choice([1, 10, 200]), self.random.choice(MODES), self.random.random() < 0.3
        search = self.random.choice([self.kb.search.query, self.kb.search.documents])
        before = self._count_seen(name, scopes)
        results = search(
            self._workspace(name), self._asked(), limit=limit, mode=mode, scopes=scopes, as_you_type=typing
        )
        self._check_results(name, results, scopes, allowed, before)

    _documents = _query

    def _check_results(
        self, name: str, results: Results, scopes: Sequence[str] | None, allowed: Iterable[str], before: int
    ) -> None:
        # The query itself comes back as it was given.
        self._check(repr(results.hits), allowed, "a search", name)
        self._check(repr(list(results.fuzzy.values())), allowed, "a correction", name)
        if self._settled[name]:
            # The sweep may take some away at any moment: counted is what was there before, or is there after.
            seen = max(before, self._count_seen(name, scopes))
            if results.total > seen:
                raise Leak(f"{results.total} were ranked where {seen} can be seen")

    def _count_seen(self, name: str, scopes: Sequence[str] | None) -> int:
        files = self.kb.documents.ledger(self._workspace(name)).files
        return sum(each.scope in (scopes or ("workspace",)) for each in files)

    def _matches(self, name: str, _: str) -> None:
        scopes, allowed = self._view(name)
        matches = self.kb.search.matches(self._workspace(name), self._asked(), scopes=scopes)
        self._check(repr(matches.documents), allowed, "matches", name)
        if matches.total != len(matches.documents):
            raise Leak("matches counts what it does not show")

    def _facets(self, name: str, _: str) -> None:
        scopes, allowed = self._view(name)
        query = self.random.choice(["", "harbour", "meadow quarry"])
        self._check(repr(self.kb.search.facets(self._workspace(name), query, scopes=scopes)), allowed, "facets", name)

    def _complete(self, name: str, _: str) -> None:
        scopes, allowed = self._view(name)
        prefix = self.random.choice(["z", "zark", "zarkum", canary(self.random.choice(NAMES), "workspace")])
        found = self.kb.search.complete(self._workspace(name), prefix, limit=50, scopes=scopes)
        self._check(repr(found), allowed, "completion", name)

    def _similar(self, name: str, _: str) -> None:
        scopes, allowed = self._view(name)
        files = self.kb.documents.ledger(self._workspace(name)).files
        if files:
            chosen = self.random.choice(files).id
            found = self.kb.search.similar(self._workspace(name), chosen, scopes=scopes)
            self._check(repr(found), allowed, "similar documents", name)

    def _map(self, name: str, _: str) -> None:
        self._check(repr(self.kb.maps.draw(self._workspace(name))), [canary(name, "workspace")], "a map", name)

    def _look(self, name: str, _: str) -> None:
        workspace, documents = self._workspace(name), self.kb.documents
        allowed = [canary(name, scope) for scope in SCOPES]
        ledger = documents.ledger(workspace)
        shown: list[Any] = [ledger, documents.progress(workspace), documents.failures(workspace)]
        shown += [self.kb.sources.all(workspace), self.kb.sources.watch_states(workspace)]
        if ledger.files:
            chosen = self.random.choice(ledger.files).id
            shown += [documents.text(workspace, chosen), documents.passages(workspace, chosen)]
        self._check(repr(shown), allowed, "what is shown of documents")
        self._check(repr(self.kb.upkeep.receipts(workspace)), (), "receipts")
        self._check(repr(self.kb.upkeep.facts()), (), "facts")

    def _misuse(self, name: str, scope: str) -> None:
        workspace, kb = self._workspace(name), self.kb
        calls: list[Callable[[], object]] = [
            lambda: kb.documents.get(workspace, 10**9),
            lambda: kb.documents.tag(workspace, 10**9, ["one"]),
            lambda: kb.search.query(workspace, "before:never"),
            lambda: kb.search.query(workspace, "   "),
            lambda: kb.search.query(workspace, "harbour", filters={"colour of": "red"}),
            lambda: kb.search.similar(workspace, 10**9),
            lambda: kb.sources.get(workspace, 10**9),
            lambda: kb.documents.add(workspace, [self._files / "nowhere"]),
            lambda: kb.workspaces.get("Nimbus"),
        ]
        try:
            self.random.choice(calls)()
        except CarrelError as error:
            said = "".join(traceback.format_exception_only(error))
            self._check(f"{said} {error.message} {error.hint}", (), "an error")

    def _check(self, shown: str, allowed: Iterable[str], what: str, searched: str | None = None) -> None:
        shown = shown.lower()
        if foreign := set(CANARY.findall(shown)) - set(allowed):
            raise Leak(f"{what} shows {sorted(foreign)}")
        if searched is not None and (dead := set(SERIAL.findall(shown)) & self._gone[searched]):
            raise Leak(f"{what} shows what is gone: {sorted(dead)}")


class _Log(logging.Handler):
    """Keeps what is logged, as a file would hold it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self._lines: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(self.format(record).lower())

    def check(self) -> None:
        """Raise `Leak` if a word of anybody's was logged since the last time."""
        lines, self._lines = self._lines, []
        for line in lines:
            if CANARY.search(line) or SERIAL.search(line):
                raise Leak(f"the log shows {line}")


def run(folder: Path, operations: int, seed: int) -> World:
    """Do so many operations; raise `Leak` with the last of them if one shows what it must not."""
    world = World(folder, seed)
    try:
        for _ in range(operations):
            world.step()
    except Leak as leak:
        raise Leak(f"{leak} (seed {seed}, after {len(world.done)}: {world.done[-1]})") from leak
    finally:
        with suppress(Leak):
            world.close()
    world.log.check()
    return world
