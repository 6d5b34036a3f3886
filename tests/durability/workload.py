"""What a program does with the engine all day: random operations, each announced before and acknowledged after."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core import KnowledgeBase, Text
from core.domain.workspace import Workspace
from tests.durability.model import Key, Model, State, TextState, body
from tests.durability.small import SetClock

WORKSPACES = ("Atlas", "Borealis", "Cirrus")
FOLDERS = ("Papers", "Letters", "Unwatched")
TEXTS = 9
FILES = 7
Say = Callable[[str, dict[str, Any]], None]


class Workload:
    """Does one operation after the other on `kb`, which it may close and open again."""

    def __init__(
        self,
        kb: KnowledgeBase,
        reopen: Callable[[], KnowledgeBase],
        files: Path,
        clock: SetClock,
        model: Model,
        rng: random.Random,
        say: Say,
    ) -> None:
        self.kb = kb
        self._reopen = reopen
        self._files = files
        self._clock = clock
        self._model = model
        self._rng = rng
        self._say = say
        self._operations: list[tuple[int, Callable[[], None]]] = [
            (6, self.put_texts),
            (4, self.write_files),
            (3, self.move_file),
            (2, self.delete_file),
            (3, self.remove_texts),
            (2, self.tag),
            (1, self.expire),
            (2, self.pass_time),
            (1, self.sweep),
            (2, self.add_source),
            (1, self.remove_source),
            (1, self.create_workspace),
            (1, self.delete_workspace),
            (1, self.back_up),
            (2, self.wait),
            (1, self.restart),
        ]

    def step(self, only: Sequence[str] = ()) -> None:
        """Do one operation, of those named if any are."""
        chosen = [each for each in self._operations if not only or each[1].__name__ in only]
        self._rng.choices([each for _, each in chosen], [weight for weight, _ in chosen])[0]()

    def put_texts(self) -> None:
        if name := self._some_workspace():
            ids = self._rng.sample(range(TEXTS), self._rng.randint(1, 5))
            ttl = self._rng.choice([None, None, 100.0])
            expires = None if ttl is None else self._clock.wall() + ttl
            texts, effects = [], []
            for number in ids:
                state = TextState(self._word(), self._rng.choice([0, 3, 25]), expires, self._rng.choice(["", "red"]))
                texts.append(Text(f"t{number}", body(name, state.word, state.sentences), tags=tuple(state.tag.split())))
                effects.append(((name, "text", f"t{number}"), state))
            with self._announced("put_texts", effects, whole=True):
                self.kb.documents.add_texts(self._workspace(name), texts, ttl=ttl)

    def write_files(self) -> None:
        if place := self._some_folder():
            effects: list[tuple[Key, State]] = [((place[0], "scanned", place[1]), True)]
            chosen = self._rng.sample(range(FILES), self._rng.randint(1, 4))
            texts = {each: body(place[0], self._word(), self._rng.choice([0, 3, 25])) for each in chosen}
            with self._announced("write_files", effects):
                for number, text in texts.items():
                    folder = self._folder(*place) / self._rng.choice([".", "deep"])
                    folder.mkdir(exist_ok=True)
                    self._write(folder / f"f{number}.txt", text)
                self._rescan(*place)

    def move_file(self) -> None:
        if place := self._some_folder():
            files = sorted(self._folder(*place).rglob("*.txt"))
            if files:
                old = self._rng.choice(files)
                new = self._folder(*place) / f"f{self._rng.randrange(FILES)}.txt"
                with self._announced("move_file", [((place[0], "scanned", place[1]), True)]):
                    old.replace(new)
                    self._rescan(*place)

    def delete_file(self) -> None:
        if place := self._some_folder():
            files = sorted(self._folder(*place).rglob("*.txt"))
            with self._announced("delete_file", [((place[0], "scanned", place[1]), True)]):
                for file in self._rng.sample(files, min(len(files), 2)):
                    file.unlink()
                self._rescan(*place)

    def remove_texts(self) -> None:
        if (name := self._some_workspace()) and (there := sorted(self._model.certain("text", name))):
            chosen = self._rng.sample(there, self._rng.randint(1, min(5, len(there))))
            files = self.kb.documents.ledger(self._workspace(name)).files
            ids = [each.id for each in files if each.external_id in chosen]
            with self._announced("remove_texts", [((name, "text", each), None) for each in chosen]):
                self.kb.documents.remove(self._workspace(name), ids)

    def tag(self) -> None:
        if found := self._some_text():
            name, document, state = found
            state = state._replace(tag=self._rng.choice(["", "blue", "green"]))
            with self._announced("tag", [((name, "text", document.external_id or ""), state)]):
                self.kb.documents.tag(self._workspace(name), document.id, state.tag.split())

    def expire(self) -> None:
        if found := self._some_text():
            name, document, state = found
            # Mostly long before the sweep could take it: what it has taken can't be kept any longer.
            state = state._replace(expires=self._clock.wall() + self._rng.choice([0.0, 150.0]))
            at = datetime.fromtimestamp(state.expires or 0.0, UTC)
            with self._announced("expire", [((name, "text", document.external_id or ""), state)]):
                self.kb.documents.expire(self._workspace(name), [document.id], at)

    def pass_time(self) -> None:
        now = self._clock.now + self._rng.choice([1.0, 60.0, 101.0])
        with self._announced("pass_time", [], clock=now):
            self._clock.now = now

    def sweep(self) -> None:
        if name := self._some_workspace():
            with self._announced("sweep", []):
                self.kb.upkeep.sweep(self._workspace(name))

    def add_source(self) -> None:
        if name := self._some_workspace():
            folder = self._rng.choice(FOLDERS)
            self._folder(name, folder).mkdir(parents=True, exist_ok=True)
            with self._announced("add_source", [((name, kind, folder), True) for kind in ("source", "scanned")]):
                watch = folder != "Unwatched"
                self.kb.documents.add(self._workspace(name), [self._folder(name, folder)], watch=watch)

    def remove_source(self) -> None:
        if place := self._some_folder():
            effects = [((place[0], "source", place[1]), None), ((place[0], "scanned", place[1]), True)]
            with self._announced("remove_source", effects):
                self.kb.sources.remove(self._workspace(place[0]), self._source(*place))

    def create_workspace(self) -> None:
        names = [each for each in (*WORKSPACES, "Transit") if self._model.allowed((each,)) == [None]]
        if names:
            with self._announced("create_workspace", [((names[0],), True)]):
                self.kb.workspaces.create(names[0])

    def delete_workspace(self) -> None:
        if "Transit" in self._model.workspaces():
            with self._announced("delete_workspace", [(("Transit",), None)]):
                self.kb.workspaces.delete(self._workspace("Transit"))

    def back_up(self) -> None:
        if name := self._some_workspace():
            with self._announced("back_up", [((name, "backup", "newest"), True)]):
                self.kb.upkeep.back_up(self._workspace(name))

    def wait(self) -> None:
        if name := self._some_workspace():
            with self._announced("wait", []):
                self.kb.documents.wait(self._workspace(name), 60.0)

    def restart(self) -> None:
        with self._announced("restart", []):
            self.kb.close()
            self.kb = self._reopen()
            for each in self.kb.workspaces.all():
                self.kb.resume(each)

    @contextmanager
    def _announced(
        self, name: str, effects: Sequence[tuple[Key, State]], *, clock: float | None = None, whole: bool = False
    ) -> Iterator[None]:
        operation = {
            "op": name,
            "set": effects,
            "clock": self._clock.now if clock is None else clock,
            "words": self._model.words,
            "whole": whole,
        }
        self._model.begin(operation)
        self._say("begin", operation)
        yield
        self._model.acknowledge()
        self._say("done", {"op": name})

    def _word(self) -> str:
        self._model.words += 1
        return f"word{self._model.words}x"

    def _some_workspace(self) -> str | None:
        there = self._model.workspaces()
        return self._rng.choice(there) if there else None

    def _some_folder(self) -> tuple[str, str] | None:
        places = [(name, folder) for name in self._model.workspaces() for folder in self._model.certain("source", name)]
        return self._rng.choice(places) if places else None

    def _some_text(self) -> Any:
        """Return workspace, document and state of a text that lasts for a while."""
        name = self._some_workspace()
        files = self.kb.documents.ledger(self._workspace(name)).files if name else ()
        lasting = []
        for each in files:
            states = self._model.allowed((name or "", "text", each.external_id or ""))
            if len(states) == 1 and isinstance(states[0], TextState) and (states[0].expires or 9e9) > self._clock.now:
                lasting.append((name, each, states[0]))
        return self._rng.choice(lasting) if lasting else None

    def _workspace(self, name: str) -> Workspace:
        return self.kb.workspaces.get(name)

    def _folder(self, name: str, folder: str) -> Path:
        return self._files / name / folder

    def _source(self, name: str, folder: str) -> int:
        sources = self.kb.sources.all(self._workspace(name))
        return next(each.id for each in sources if each.path and Path(os.fsdecode(each.path)).name == folder)

    def _rescan(self, name: str, folder: str) -> None:
        self.kb.sources.rescan(self._workspace(name), self._source(name, folder))

    def _write(self, path: Path, text: str) -> None:
        # At once and whole: what is tried here is the engine, not the program that writes files for it.
        draft = self._files / "draft"
        draft.write_text(text, "utf-8")
        draft.replace(path)
