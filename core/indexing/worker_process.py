"""The program of a reader process: one file at a time becomes text, passages and nothing else.

It talks to its owner in JSON messages with a length in front, over its standard input and output: never pickle,
since the
parsers in here meet hostile files. What a parser prints goes to standard error, which the owner does not read.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

LENGTH = struct.Struct(">I")


def write_message(stream: IO[bytes], message: dict[str, Any]) -> None:
    """Write one message."""
    body = json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
    stream.write(LENGTH.pack(len(body)) + body)
    stream.flush()


def read_message(stream: IO[bytes]) -> dict[str, Any] | None:
    """Read one message; None at the end of the stream."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (size,) = LENGTH.unpack(head)
    body = stream.read(size)
    if len(body) < size:
        return None
    message: dict[str, Any] = json.loads(body.decode("utf-8", "surrogatepass"))
    return message


class Reader:
    """Extracts and cuts."""

    def __init__(self) -> None:
        # Imported here, so that the owner, which uses the message functions above, does not load the parsers.
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
            "spans": [[s.start, s.end, s.page, s.heading, s.tokens] for s in spans],
        }


def _has_symbols(extracted: Any) -> bool:
    return any(anchor.kind == "symbol" for anchor in extracted.anchors)


def main() -> None:
    """Answer requests until standard input ends."""
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    reader = Reader()
    write_message(answers, {"ready": os.getpid()})
    while (request := read_message(requests)) is not None:
        try:
            answer = reader.answer(request)
        except MemoryError:
            answer = {"failed": {"code": "memory", "message": "Reading it takes too much memory.", "hint": ""}}
        except BaseException as error:  # noqa: BLE001 - a Rust parser's panic is no Exception; the file fails, not the process
            message = f"Reading it failed ({type(error).__name__})."
            answer = {"failed": {"code": "crashed", "message": message, "hint": "Please report the file's type."}}
        write_message(answers, answer)


if __name__ == "__main__":
    main()
