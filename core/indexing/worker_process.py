"""The program of a reader process: one file at a time becomes text, passages and nothing else.

It loads every parser, locks itself (`sandbox`), and then answers the requests of its owner, which come over its
standard input; answers go out over its standard output. What a parser prints goes to standard error, which the owner
does not read.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from core.domain.words import count_words
from core.indexing import sandbox
from core.indexing.messages import LONGEST, read_message, write_message
from core.indexing.sandbox.limits import limit_seconds
from core.indexing.sandbox.probe import attempts

# Set before a library asks: one thread is what a reader may have.
_SINGLE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "RAYON_NUM_THREADS": "1",
}
_WINDOWS_CODECS = ("mbcs", "oem")
# Modules that others import only within a function, which is too late for a locked process.
_LATE = ("_strptime", "email.generator", "gc", "gzip", "hashlib", "heapq", "tracemalloc")


class Reader:
    """Extracts and cuts."""

    def __init__(self) -> None:
        # Imported here, so that the owner, which knows this module, does not load the parsers.
        from core import chunkers, extractors
        from core.chunkers.tokens import model_token_counter
        from core.keyword_index.language import detect_language

        self._extract = extractors.extract
        self._chunker = chunkers.chunker
        self._counter = model_token_counter()
        self._language = detect_language

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the reading of a file, or of a list of texts, as plain data."""
        from core.domain.extracted import Extracted
        from core.errors import ExtractionFailed

        if "probe" in request:
            return {"probe": attempts(**request["probe"])}
        if "texts" in request:
            return {"read": [self._cut("text", Extracted(text), request) for text in request["texts"]]}
        try:
            kind, extracted = self._extract(Path(request["path"]), request["kind"] or None)
        except ExtractionFailed as error:
            return {"failed": {"code": error.code, "message": error.message, "hint": error.hint}}
        return {"read": [self._cut(kind, extracted, request)]}

    def _cut(self, kind: str, extracted: Any, request: dict[str, Any]) -> dict[str, Any]:
        name = "code" if _has_symbols(extracted) else request["chunker"]
        chunker = self._chunker(name, self._counter, request["size"], request["overlap"])
        # A text from outside can hold a lone surrogate, which is no character.
        extracted = replace(extracted, text=extracted.text.encode("utf-8", "replace").decode())
        spans = chunker.chunk(extracted)
        return {
            "kind": kind,
            "text": extracted.text,
            "anchors": [[a.kind, a.start, a.label, a.level] for a in extracted.anchors],
            "metadata": dict(extracted.metadata),
            "remarks": [[remark.code, remark.message] for remark in extracted.warnings],
            "language": self._language(extracted.text),
            "words": count_words(extracted.text),
            "spans": [[s.start, s.end, s.page, s.heading, s.tokens] for s in spans],
        }


def _has_symbols(extracted: Any) -> bool:
    return any(anchor.kind == "symbol" for anchor in extracted.anchors)


def load_everything() -> None:
    """Load whatever a file may ask for: a locked process loads nothing more."""
    import encodings

    from core import chunkers, extractors
    from core.chunkers.tokens import EstimatedTokens
    from core.domain.media import KINDS
    from core.errors import MissingDependency

    for kind in KINDS:
        with suppress(MissingDependency):  # told when such a file is read
            extractors.extractor(kind)
    for name in chunkers.CHUNKERS:
        chunkers.chunker(name, EstimatedTokens(), 256, 0)
    for module in pkgutil.iter_modules(encodings.__path__):
        if module.name not in _WINDOWS_CODECS:
            importlib.import_module(f"encodings.{module.name}")
    for name in _LATE:
        importlib.import_module(name)
    time.localtime()  # reads the zone of the machine


def serve(answer: Callable[[dict[str, Any]], dict[str, Any]], requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer requests until they end."""
    write_message(answers, {"ready": os.getpid()})
    while (request := read_message(requests, LONGEST)) is not None:
        limit_seconds(request.get("seconds", 0.0))
        try:
            message = answer(request)
        except MemoryError:
            message = {"failed": {"code": "memory", "message": "Reading it takes too much memory.", "hint": ""}}
        except BaseException as error:  # noqa: BLE001 - a Rust parser's panic is no Exception; the file fails, not the process
            sentence = f"Reading it failed ({type(error).__name__})."
            message = {"failed": {"code": "crashed", "message": sentence, "hint": "Please report the file's type."}}
        limit_seconds(0)
        write_message(answers, message)


def start(memory: int, reader: Callable[[], Callable[[dict[str, Any]], dict[str, Any]]]) -> None:
    """Load, lock, and answer what `reader` makes; `memory` is what it may take, in bytes."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    os.environ.update(_SINGLE_THREAD)
    if sys.platform == "linux":
        from core.indexing.sandbox.privileges import end_with_owner

        end_with_owner()
    load_everything()
    answer = reader()
    sandbox.lock(memory)
    # What was not loaded is not there, instead of being there and refused, which no library expects.
    sys.path.clear()
    sys.path_importer_cache.clear()
    serve(answer, requests, answers)


def main(memory: int) -> None:
    """Be a reader process."""
    start(memory, lambda: Reader().answer)
