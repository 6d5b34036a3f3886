"""Hostile texts: depth, lines without end, marks that promise another encoding, patterns that search for ever."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path

from tests.hostile.zip_files import MEGABYTE, Write


def _text(content: Callable[[], str | bytes]) -> Write:
    def write(path: Path) -> None:
        made = content()
        path.write_bytes(made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made)

    return write


def _notebook(cells: Callable[[], object]) -> Write:
    return _text(lambda: json.dumps({"nbformat": 4, "metadata": {}, "cells": cells()}))


def _code(source: object, **more: object) -> dict[str, object]:
    return {"cell_type": "code", "source": source, "outputs": [], **more}


def _line(path: Path) -> None:
    path.write_bytes(b"word " * (10 * MEGABYTE))


FILES: dict[str, Write] = {
    "hundred-thousand-elements.html": _text(lambda: "<div>" * 100_000 + "x"),
    "hundred-thousand-bold.html": _text(lambda: "<b><i><p>x" * 100_000),
    "unknown-elements.html": _text(lambda: "".join(f"<x{n}>" for n in range(100_000))),
    "tables-in-tables.html": _text(lambda: "<table><tr><td>" * 20_000 + "x"),
    "lists-in-lists.html": _text(lambda: "<ul><li>" * 50_000 + "x"),
    "svg-in-math.html": _text(lambda: "<svg><desc><math><mi>" * 20_000 + "x"),
    "choices.html": _text(lambda: "<select><option>" * 100_000),
    "long-attribute.html": _text(lambda: f'<a href="{"a" * 10_000_000}">x</a>'),
    "many-attributes.html": _text(lambda: "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x"),
    "only-less-than.html": _text(lambda: "<html>" + "<" * 3_000_000),
    "open-comments.html": _text(lambda: "<html>" + "<!--" * 500_000),
    "open-scripts.html": _text(lambda: "<html>" + "<script>" * 200_000),
    "open-titles.html": _text(lambda: "<html><body>" + "<title><style><textarea>" * 100_000),
    "entities.html": _text(lambda: "<html>" + "&#x10FFFF;&#0;&notanentity;&" * 200_000),
    "quotes-in-quotes.md": _text(lambda: "> " * 100_000 + "x"),
    "brackets.md": _text(lambda: "[" * 500_000),
    "images.md": _text(lambda: "![" * 300_000 + "](" * 300_000),
    "stars.md": _text(lambda: "*a_ " * 500_000),
    "backticks.md": _text(lambda: "".join("`" * (n % 300) + " " for n in range(20_000))),
    "open-fence.md": _text(lambda: "```\n" + "x\n" * 1_000_000),
    "hashes.md": _text(lambda: "#" * 3_000_000 + " x\n" + "# \n" * 500_000),
    "headings.md": _text(lambda: "# a\n" * 1_000_000),
    "underlines.md": _text(lambda: "a\n=\n" * 500_000),
    "table-row.md": _text(lambda: "|" * 1_000_000 + "\n" + "|-" * 500_000),
    "front-matter.md": _text(lambda: "---\n" + "a: b\n" * 500_000),
    "deep.json": _text(lambda: "[" * 1_000_000),
    "deep-and-closed.json": _text(lambda: '{"a":' * 90_000 + "1" + "}" * 90_000),
    "long-number.json": _text(lambda: "[" + "9" * 5_000_000 + "]"),
    "same-key.json": _text(lambda: "{" + '"a":1,' * 500_000 + '"a":1}'),
    "million-empty-lists.json": _text(lambda: "[" + "[]," * 1_000_000 + "[]]"),
    "long-path.json": _text(lambda: ("{" + f'"{"k" * 1000}":') * 99 + "[" + "1," * 20 + "{}]" + "}" * 99),
    "many-long-paths.json": _text(lambda: json.dumps({"k" * 20_000: {str(n): {"v": "x"} for n in range(100_000)}})),
    "not-a-number.json": _text(lambda: "[NaN, Infinity, -Infinity, 1e999, -0]" * 2),
    "lone-surrogates.json": _text(lambda: '["\\ud800", "\\udfff\\ud800", "\\u0000"]'),
    "deep.ipynb": _text(lambda: "[" * 500_000),
    "cells-that-are-none.ipynb": _notebook(lambda: [1, None, "x"]),
    "sources-that-are-none.ipynb": _notebook(
        lambda: [_code({"a": 1}), _code([[1], None]), _code(7, outputs=[{"data": {"text/plain": 1}}])]
    ),
    "outputs-that-are-none.ipynb": _notebook(
        lambda: [_code("x", outputs=7), _code("y", outputs=[3]), _code("z", outputs={"a": 1})]
    ),
    "metadata-that-is-none.ipynb": _text(lambda: '{"cells": [], "metadata": {"kernelspec": 3}}'),
    "long-output.ipynb": _notebook(lambda: [_code("x", outputs=[{"text": ["y" * 100] * 100_000}])]),
    "many-pages-in-outputs.ipynb": _notebook(
        lambda: [_code("x", outputs=[{"data": {"text/html": "<p>" * 100}}] * 5000)]
    ),
    "one-line.csv": _line,
    "open-quote.csv": _text(lambda: 'a,b\n"' + "x,y\n" * 1_000_000),
    "million-columns.csv": _text(lambda: "," * 1_000_000 + "\n" + "1," * 1_000_000),
    "wide-then-long.csv": _text(
        lambda: ",".join(f"c{n}" for n in range(5000)) + "\n" + (",".join(["1"] * 5000) + "\n") * 400
    ),
    "long-names.csv": _text(
        lambda: ",".join("n" * 10_000 for _ in range(50)) + "\n" + (",".join("1" * 50) + "\n") * 2000
    ),
    "zeros.csv": _text(lambda: b"a,b\n" + b"\0,\0\n" * 100_000),
    "carriage-returns.tsv": _text(lambda: "a\tb\r" * 1_000_000),
    "one-line.txt": _line,
    "no-space.txt": _text(lambda: "x" * 20_000_000),
    "line-ends.txt": _text(lambda: "\n" * 20_000_000),
    "separators.txt": _text(lambda: "\u2028\x85\r" * 2_000_000),
    "combining.txt": _text(lambda: "a" + "\u0301" * 3_000_000),
    "joined-signs.txt": _text(lambda: "\U0001f468\u200d" * 1_000_000),
    "right-to-left.txt": _text(lambda: "\u202e\u2066\u200f" * 1_000_000 + "x"),
    "surrogates.txt": _text(lambda: "\ud800\udc00\udfff" * 300_000),
    "billion-laughs.xml": _text(lambda: '<!DOCTYPE a [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>'),
    "mark-of-utf-32.txt": _text(lambda: b"\xff\xfe\0\0" + b"\xff" * 100_001),
    "mark-of-utf-16.txt": _text(lambda: b"\xfe\xff" + b"\xd8\x00" * 500_001),
    "mark-of-utf-8.txt": _text(lambda: b"\xef\xbb\xbf" * 100_000 + b"\xff\xfe"),
    "overlong.txt": _text(lambda: b"\xc0\xaf\xe0\x80\xaf\xf8\x88\x80\x80\x80" * 100_000),
    "escapes-of-japan.txt": _text(lambda: b"\x1b$B" + b"\x1b(B\x1b$@" * 300_000),
    "declares-rot13.html": _text(lambda: '<meta charset="rot13"><p>x' + "\xe9" * 1000),
    "declares-zip.xml": _text(lambda: b'<?xml version="1.0" encoding="zlib"?><a>\xe9</a>'),
    "parentheses.py": _text(lambda: "(" * 1_000_000),
    "definitions.py": _text(lambda: "".join(" " * min(n, 300) + f"def f{n}():\n" for n in range(30_000))),
    "open-text.js": _text(lambda: "`${" * 300_000),
    "slashes.js": _text(lambda: "/" * 1_000_000 + "\n/*" * 300_000),
    "signatures.cpp": _text(lambda: "template<" * 200_000 + "\n" + "int a(" * 200_000),
    "generics.java": _text(lambda: "public " + "A<" * 300_000 + "\n" + "public static " * 200_000),
    "spaces.py": _text(lambda: "def" + " " * 1_000_000 + "\n" + ("class" + "\t" * 1000 + "\n") * 500),
    "picture.docx": _text(
        lambda: base64.b64decode(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        )
    ),
    "program.txt": _text(lambda: b"MZ\x90\x00" + bytes(range(256)) * 2000),
    "zeros.md": _text(lambda: bytes(3_000_000)),
    "name\x1b[2J\x07.txt": _text(lambda: "controls in a name"),
    "name\u202efdp.txt": _text(lambda: "a name that is shown the other way round"),
    "\u200b" * 80 + ".md": _text(lambda: "a name that nobody sees"),
    "-rf --help.txt": _text(lambda: "a name that looks like an option"),
}
