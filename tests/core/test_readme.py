"""The examples in `core/README.md` work as they stand."""

from __future__ import annotations

import re
from pathlib import Path

import core.knowledge_base  # noqa: F401 - what loading the engine does once is not to be blamed on the example

README = Path(__file__).parents[2] / "core" / "README.md"


def test_the_examples_run(tmp_path: Path, capsys: object) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "notes.md").write_text("# Ranking\n\nBM25 counts words.\n", encoding="utf-8")
    examples = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert examples
    for number, example in enumerate(examples):
        exec(compile(example, f"example {number}", "exec"), {"data_dir": tmp_path / str(number), "folder": folder})
