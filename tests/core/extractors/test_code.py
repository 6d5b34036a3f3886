"""Source code keeps its text, and its definitions are found with their depth."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.extracted import Places
from core.domain.media import KINDS
from core.extractors.code import CodeExtractor, symbols
from core.extractors.code_patterns import DEFINITIONS

PYTHON = '''"""A module."""

import os

LIMIT = 3


# Draws things.
@decorated(
    1
)
class Shape(Base):
    """A shape."""

    def area(self) -> int:
        def inner():
            pass
        return 1

    @property
    async def name(self):
        return "\\d"


if os.name == "nt":
    def windows():
        pass


def main():
    pass


main()
'''

SOURCES: list[tuple[str, str, list[tuple[str, int]]]] = [
    (
        "javascript",
        "export default class Stack extends Array {\n  constructor(size) {\n  }\n  async push(item) {\n"
        "    if (item) {\n    }\n"
        "  }\n}\nfunction* walk(tree) {\n}\nexport const area = async (a, b) => {\n};\nconst five = (2 + 3);\n"
        "return (x) => {}\n",
        [("Stack", 1), ("constructor", 2), ("push", 2), ("walk", 1), ("area", 1)],
    ),
    (
        "typescript",
        "export interface Shape {\n  area(): number;\n}\ntype Point = { x: number };\n"
        "export abstract class Circle implements Shape {\n"
        "  private radius: number;\n  public area(): number {\n    return 1;\n  }\n}\nconst enum Color { Red }\n",
        [("Shape", 1), ("Point", 1), ("Circle", 1), ("area", 2), ("Color", 1)],
    ),
    (
        "java",
        "package a.b;\n\n/**\n * Keeps things.\n */\n@Service\npublic final class Store<T> extends Base {\n"
        "    private int size = 0;\n"
        "    public Store(int size) {\n    }\n    @Override\n"
        "    public Map<String, List<T>> find(String key, int limit) throws IOException {\n"
        "        for (int i = 0; i < 3; i++) {\n        }\n        return null;\n    }\n}\n",
        [("Store", 1), ("Store", 2), ("find", 2)],
    ),
    (
        "c",
        "#include <stdio.h>\n\nstruct point {\n    int x;\n};\n\nstatic int *add(int a,\n"
        "                int b)\n{\n    return a + b;\n}\n\n"
        'int main(void) {\n    if (1) {\n    }\n    printf("x");\n}\nint declared(int);\n',
        [("point", 1), ("add", 1), ("main", 1)],
    ),
    (
        "cpp",
        "namespace geometry {\nclass Shape : public Base {\npublic:\n    virtual double area() const {\n"
        "        return 0;\n    }\n};\n}\n"
        "double Shape::length(const std::vector<int>& parts) const {\n}\n",
        [("geometry", 1), ("Shape", 1), ("area", 2), ("Shape::length", 1)],
    ),
    (
        "csharp",
        "namespace App\n{\n    public partial class Store\n    {\n"
        "        public async Task<int> CountAsync(string name)\n        {\n"
        "            while (true)\n            {\n            }\n        }\n    }\n}\n",
        [("App", 1), ("Store", 2), ("CountAsync", 3)],
    ),
    (
        "go",
        "type Shape interface {\n}\n\nfunc (c *Circle) Area() float64 {\n}\n\nfunc main() {\n}\n",
        [("Shape", 1), ("Area", 1), ("main", 1)],
    ),
    (
        "rust",
        "/// A shape.\n#[derive(Debug)]\npub struct Shape;\n\nimpl<T> Area for Shape {\n"
        "    pub(crate) async fn area(&self) -> u8 {\n    }\n}\n"
        "macro_rules! sum {\n}\n",
        [("Shape", 1), ("impl<T> Area for Shape", 1), ("area", 2), ("sum", 1)],
    ),
    (
        "ruby",
        "module Shapes\n  class Circle\n    def self.unit?\n    end\n  end\nend\n",
        [("Shapes", 1), ("Circle", 2), ("self.unit?", 3)],
    ),
    (
        "php",
        "<?php\nfinal class Store {\n    public static function find(int $id) {\n    }\n}\n",
        [("Store", 1), ("find", 2)],
    ),
    ("shell", "#!/bin/sh\n# Says hello.\nhello() {\n}\nfunction bye {\n}\n", [("hello", 1), ("bye", 1)]),
    (
        "sql",
        "CREATE TABLE IF NOT EXISTS people (id int);\ncreate or replace function public.age() returns int\n"
        "create unique index by_name on people (n);\n",
        [("people", 1), ("public.age", 1), ("by_name", 1)],
    ),
    ("kotlin", "data class Point(val x: Int)\n\nsuspend fun Point.length(): Int {\n}\n", [("Point", 1), ("length", 1)]),
    (
        "swift",
        "public protocol Shape {\n    func area() -> Double\n}\nextension Circle {\n}\n",
        [("Shape", 1), ("area", 2), ("Circle", 1)],
    ),
    (
        "scala",
        "case class Point(x: Int)\nobject Main {\n  def run(): Unit = {\n  }\n}\n",
        [("Point", 1), ("Main", 1), ("run", 2)],
    ),
    ("r", "area <- function(x) {\n}\nsum2 = function(a, b) a + b\n", [("area", 1), ("sum2", 1)]),
    ("lua", "local function area(x)\nend\nShape.new = function()\nend\n", [("area", 1), ("Shape.new", 1)]),
    ("perl", "package Shape;\nsub area {\n}\n", [("Shape", 1), ("area", 1)]),
    (
        "haskell",
        "module Shapes where\ndata Shape = Circle\narea :: Shape -> Int\n",
        [("Shapes", 1), ("Shape", 1), ("area", 1)],
    ),
    ("elixir", "defmodule Shape do\n  def area(x) do\n  end\nend\n", [("Shape", 1), ("area", 2)]),
    ("julia", "mutable struct Shape\nend\nfunction area(x)\nend\n", [("Shape", 1), ("area", 1)]),
    ("matlab", "function a = area(x)\nend\n", [("area", 1)]),
    ("makefile", "CC := gcc\nall: build\n\tgcc\nbuild: x.c\n", [("all", 1), ("build", 1)]),
    (
        "protobuf",
        "message Shape {\n}\nservice Shapes {\n  rpc Area(Shape) returns (Number);\n}\n",
        [("Shape", 1), ("Shapes", 1), ("Area", 2)],
    ),
    ("css", "a { color: red }\n", []),
]


def names(text: str, language: str) -> list[tuple[str, int]]:
    return [(symbol.name, symbol.level) for symbol in symbols(text, language)]


def test_python_definitions_are_found_by_its_parser() -> None:
    assert names(PYTHON, "python") == [
        ("Shape", 1),
        ("area", 2),
        ("inner", 3),
        ("name", 2),
        ("<module>", 1),
        ("windows", 1),
        ("main", 1),
        ("<module>", 1),
    ]


def test_a_definition_begins_with_its_comment_and_decorators() -> None:
    starts = {symbol.name: PYTHON[symbol.start :].split("\n")[0] for symbol in symbols(PYTHON, "python")}
    assert starts["Shape"] == "# Draws things."
    assert starts["name"] == "    @property"
    assert starts["main"] == "def main():"


def test_python_that_does_not_parse_is_read_line_by_line() -> None:
    assert names("class Old:\n    def hello(self):\n        print 'hello'\n", "python") == [("Old", 1), ("hello", 2)]


def test_a_warning_about_somebody_elses_code_stays_with_it() -> None:
    assert names('def f():\n    return "\\d" is "x"\n', "python") == [("f", 1)]


@pytest.mark.parametrize(("language", "text", "found"), SOURCES, ids=[language for language, _, _ in SOURCES])
def test_definitions_of_a_language_are_found(language: str, text: str, found: list[tuple[str, int]]) -> None:
    assert names(text, language) == found


def test_the_text_is_kept_and_has_anchors_for_symbols_and_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text(PYTHON)
    extracted = CodeExtractor("python").extract(path)
    assert extracted.text == PYTHON
    assert {anchor.kind for anchor in extracted.anchors} == {"line", "symbol"}
    assert Places(extracted.anchors).heading(PYTHON.index("return 1")) == "Shape › area › inner"


def test_every_pattern_belongs_to_a_programming_language() -> None:
    assert all(KINDS[language].family == "code" for language in DEFINITIONS)


@pytest.mark.parametrize(
    "text", ["(" * 100_000, "-" * 100_000 + "1", "[" * 5_000 + "]" * 5_000, "def f(:\n" * 1000, "\x00", "if 1:\n" * 200]
)
def test_python_that_breaks_a_parser_is_text_all_the_same(text: str) -> None:
    assert isinstance(symbols(text, "python"), list)


@pytest.mark.parametrize(
    "fragment", [" ", "a ", "(a", "a b c(", "a<", "const a = (", "public static ", "x" * 150 + "(", "def a\n"]
)
def test_no_pattern_is_slow(fragment: str) -> None:
    text = fragment * (100_000 // len(fragment))
    for language in DEFINITIONS:
        started = time.process_time()
        symbols(text, language)
        assert time.process_time() - started < 3


@given(st.text(max_size=300), st.sampled_from(sorted(DEFINITIONS)))
def test_symbols_are_ordered_and_inside_any_text(text: str, language: str) -> None:
    found = symbols(text, language)
    assert found == sorted(found)
    assert all(0 <= symbol.start < len(text) and symbol.name and symbol.level >= 1 for symbol in found)
