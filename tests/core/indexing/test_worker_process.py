"""A reader process has loaded everything before it is locked, and answers whatever it is asked."""

from __future__ import annotations

import ast
import importlib.util
import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.indexing.messages import LONGEST, read_message, write_message
from core.indexing.worker import import_paths
from core.indexing.worker_process import load_everything, serve

_LOADED = """
import sys
sys.path[:0] = sys.argv[1:]
from core.indexing import worker_process
worker_process.load_everything()
worker_process.Reader()
for name, module in list(sys.modules.items()):
    print(name, getattr(module, "__file__", None) or "")
"""
# What is imported within functions that a reader never calls: other systems, other programs, help at a prompt.
_NEVER = (
    *("_tokenize", "_winapi", "_winreg", "winreg", "nt", "java.lang", "vms_lib", "encodings.mbcs", "grp", "pwd"),
    *("PIL.Image", "tabulate", "sentencepiece_model_pb2", "pytest", "yaml", "core.knowledge_base"),
    *("doctest", "getopt", "optparse", "pprint", "py_compile", "pydoc", "plistlib", "tarfile", "threadpoolctl"),
    *("importlib.metadata", "importlib.readers", "urllib.error", "urllib.request"),
)
# What numpy has besides arrays; older implementations of hashes; what is loaded while the process is being locked.
_FREE = ("numpy", "_sha", "_md5", "_blake2", "core.indexing.sandbox", "resource", "signal")


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="the list of what is never used is that of Python 3.11")
def test_nothing_is_imported_late_that_was_not_loaded_early() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _LOADED, *import_paths()], capture_output=True, text=True, check=True
    )
    loaded = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    late = {
        name: module
        for module, file in loaded.items()
        if file.endswith(".py")
        for name in _late_imports(module, Path(file))
        if name not in loaded and name not in _NEVER and not name.startswith(_FREE)
    }
    assert not late, "add them to worker_process._LATE"


def _late_imports(module: str, file: Path) -> Iterator[str]:
    package = module if file.name == "__init__.py" else module.rpartition(".")[0]
    for function in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for node in ast.walk(function):
                if isinstance(node, ast.Import):
                    yield from (alias.name for alias in node.names)
                elif isinstance(node, ast.ImportFrom):
                    yield importlib.util.resolve_name("." * node.level + (node.module or ""), package)


def test_everything_is_loaded_without_a_word() -> None:
    load_everything()
    assert {"core.extractors.pdf", "core.chunkers.heading", "encodings.cp1250", "heapq"} <= sys.modules.keys()


def test_whatever_a_parser_raises_is_an_answer_and_the_next_request_is_heard() -> None:
    class Panic(BaseException):
        pass

    outcomes: list[BaseException | None] = [MemoryError(), RecursionError(), Panic(), None]

    def answer(request: dict[str, Any]) -> dict[str, Any]:
        outcome = outcomes[request["number"]]
        if outcome is not None:
            raise outcome
        return {"read": []}

    requests, answers = io.BytesIO(), io.BytesIO()
    for number in range(4):
        write_message(requests, {"number": number})
    requests.seek(0)
    serve(answer, requests, answers)
    answers.seek(0)
    found = [read_message(answers, LONGEST) for _ in range(5)]
    assert [each["failed"]["code"] for each in found if each and "failed" in each] == ["memory", "crashed", "crashed"]
    assert found[-1] == {"read": []}
