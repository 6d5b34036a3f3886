"""Tables, JSON and notebooks as text that is found and read."""

from __future__ import annotations

import json
import time
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


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("sep=;\na;b\n1;2\n", "a | b\na: 1 | b: 2"),
        ("Datum;Betrag\n01.02.2024;1.234,56\n02.02.2024;7,5\n", "Datum: 02.02.2024 | Betrag: 7,5"),
        ('"a","b"\r\n"1, x","2 ""y"""\r\n', 'a: 1, x | b: 2 "y"'),
        ("a|b|c\n1|2|3\n", "a: 1 | b: 2 | c: 3"),
        ("Only one column\nrow\n", "Only one column\nrow"),
        ('name,quote\nAda,"never closed\n' + "Bob,1815\n" * 20_000, "name: Bob | quote: 1815"),
    ],
    ids=["directive", "semicolons", "quotes", "bars", "one column", "open quote"],
)
def test_the_delimiter_and_the_quotes_are_understood(tmp_path: Path, content: str, text: str) -> None:
    assert text in _text(tmp_path, "a.csv", content)


def test_anchors_of_a_table_are_lines_of_its_file(tmp_path: Path) -> None:
    rows = [f'{number},"two\nlines"\n' for number in range(100)]
    (tmp_path / "a.csv").write_text("number,words\n" + "\n" + "".join(rows), encoding="utf-8")
    extracted = extract(tmp_path / "a.csv")[1]
    # Row n stands in the lines 3 + 2n and 4 + 2n, below the header and a blank line.
    assert [(a.label, extracted.text[a.start :].split(" |")[0]) for a in extracted.anchors[1:]] == [
        ("102", "number: 49"),
        ("202", "number: 99"),
    ]


@pytest.mark.parametrize("content", [",", '"', 'a,"\n', "x", "\n", ";,|\t"])
def test_no_table_makes_it_hang(tmp_path: Path, content: str) -> None:
    started = time.process_time()
    _text(tmp_path, "a.csv", content * (1_000_000 // len(content)))
    assert time.process_time() - started < 5


def test_objects_of_a_list_are_parted_and_coordinates_left_out(tmp_path: Path) -> None:
    places = [
        {
            "name": name,
            "shape": {"kind": "line", "coordinates": [[number, 1] for number in range(20)]},
            "icon": "iVBOR" * 100,
        }
        for name in ("Linz", "Graz")
    ]
    assert _text(tmp_path, "a.geojson", json.dumps({"places": places})) == (
        "places › name: Linz\nplaces › shape › kind: line\n\nplaces › name: Graz\nplaces › shape › kind: line"
    )


def test_json_that_is_cut_is_not_called_wrong(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"a": "' + "x" * 21_000_000 + '"}', encoding="utf-8")
    assert [remark.code for remark in extract(tmp_path / "a.json")[1].warnings] == ["truncated"]


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


def test_output_of_a_notebook_is_text_in_one_form(tmp_path: Path) -> None:
    outputs = [
        {"output_type": "stream", "text": ["\x1b[31mred\x1b[0m\n"]},
        {"data": {"text/html": "<table><tr><td>1</td><td>2</td></tr></table>"}},
        {"data": {"text/plain": "3", "text/html": "<b>3</b>"}},
        {"output_type": "error", "ename": "ValueError", "evalue": "no tide", "traceback": ["..."]},
    ]
    cells = [{"cell_type": "code", "source": "x", "outputs": outputs}]
    assert _text(tmp_path, "a.ipynb", json.dumps({"cells": cells})) == "x\n\nred\n\n1 | 2\n\n3\n\nValueError: no tide"


@pytest.mark.parametrize("content", ["[]", "{", '{"cells": [1]}', '{"cells": 3}', "null"])
def test_a_notebook_without_cells_is_damaged(tmp_path: Path, content: str) -> None:
    with pytest.raises(ExtractionFailed, match="damaged"):
        _text(tmp_path, "a.ipynb", content)
