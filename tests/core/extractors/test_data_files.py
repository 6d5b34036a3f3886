"""Tables, JSON and notebooks as text that is found and read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.errors import ExtractionFailed
from core.extractors import extract


def _text(tmp_path: Path, name: str, content: str) -> str:
    (tmp_path / name).write_text(content, encoding="utf-8")
    return extract(tmp_path / name)[1].text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "name,born\nAda,1815\nAlan,1912\n"),
        ("a.csv", "name;born\nAda;1815\nAlan;1912\n"),
        ("a.tsv", "name\tborn\nAda\t1815\nAlan\t1912\n"),
        ("a.csv", 'name,born\n"Ada",1815\n\n"Alan",1912\n'),
    ],
)
def test_each_row_of_a_table_names_its_columns(tmp_path: Path, name: str, content: str) -> None:
    assert _text(tmp_path, name, content) == "name | born\nname: Ada | born: 1815\nname: Alan | born: 1912"


def test_a_cell_may_hold_delimiters_and_line_ends(tmp_path: Path) -> None:
    text = _text(tmp_path, "a.csv", 'who,said\nAda,"one, two\nthree"\nAlan,four\n')
    assert "said: one, two three" in text


def test_json_is_read_as_keys_and_values(tmp_path: Path) -> None:
    content = json.dumps(
        {"title": "Lamp", "light": {"range": 12, "colours": ["red", "white"]}, "notes": [{"by": "Ada"}]}
    )
    assert _text(tmp_path, "a.json", content) == (
        "title: Lamp\nlight › range: 12\nlight › colours: red, white\nnotes › by: Ada"
    )


def test_json_lines_are_read_one_by_one(tmp_path: Path) -> None:
    assert _text(tmp_path, "a.jsonl", '{"a": "x"}\n{"a": "y"}\n') == "a: x\na: y"


def test_what_is_only_nearly_json_is_read_as_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('// settings\n{"a": 1,}', encoding="utf-8")
    extracted = extract(tmp_path / "a.json")[1]
    assert extracted.text.startswith("// settings")
    assert [remark.code for remark in extracted.warnings] == ["repaired"]


def test_json_that_is_nested_without_end_fails_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ExtractionFailed, match="damaged"):
        _text(tmp_path, "a.json", "[" * 100_000 + "]" * 100_000)


def test_a_notebook_gives_prose_code_and_output_in_order(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Tides\n", "Measured in May.\n", "## Method\n"]},
        {
            "cell_type": "code",
            "source": "print(high)",
            "outputs": [{"text": ["4.2 m\n"]}, {"data": {"text/plain": "42", "image/png": "AAAA"}}],
        },
    ]
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": cells, "metadata": {}}), encoding="utf-8")
    extracted = extract(tmp_path / "a.ipynb")[1]
    assert extracted.text == "# Tides\nMeasured in May.\n## Method\n\nprint(high)\n\n4.2 m\n\n42"
    assert [(a.label, a.level, extracted.text[a.start :][:4]) for a in extracted.anchors] == [
        ("Tides", 1, "# Ti"),
        ("Method", 2, "## M"),
    ]
    assert extracted.metadata["title"] == "Tides"


@pytest.mark.parametrize("content", ["[]", "{", '{"cells": [1]}', '{"cells": 3}', "null"])
def test_a_notebook_without_cells_is_damaged(tmp_path: Path, content: str) -> None:
    with pytest.raises(ExtractionFailed, match="damaged"):
        _text(tmp_path, "a.ipynb", content)
