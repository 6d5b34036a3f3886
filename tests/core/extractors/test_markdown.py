"""Markdown keeps its text; its headings and its front matter are understood."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.extracted import Extracted, Places
from core.extractors.markdown import MarkdownExtractor, front_matter, headings, plain

NOTE = """\
---
title: "Rivers of Europe"
date: 2024-05-01
tags: [water, "old maps"]
authors:
  - Ada
  - Charles
draft: true
---

# The **Danube** and its [delta](http://example.org) #

Flows east.

Length
------

```python
# not a heading
```

~~~
# nor this
```
~~~

### Sources ###
2850 km
"""


def extracted(folder: Path, text: str) -> Extracted:
    path = folder / "note.md"
    path.write_text(text, "utf-8")
    return MarkdownExtractor().extract(path)


def labels(text: str) -> list[tuple[str, int]]:
    return [(heading.label, heading.level) for heading in headings(text)]


def test_headings_of_both_forms_are_anchors_and_code_is_left_alone(tmp_path: Path) -> None:
    note = extracted(tmp_path, NOTE)
    found = [(a.label, a.level, note.text[a.start :].split("\n")[0]) for a in note.anchors if a.kind == "heading"]
    assert found == [
        ("The Danube and its delta", 1, "# The **Danube** and its [delta](http://example.org) #"),
        ("Length", 2, "Length"),
        ("Sources", 3, "### Sources ###"),
    ]
    assert Places(note.anchors).heading(note.text.index("2850")) == "The Danube and its delta › Length › Sources"


def test_the_text_is_kept_as_it_is_written(tmp_path: Path) -> None:
    assert extracted(tmp_path, NOTE).text == NOTE


def test_front_matter_is_metadata(tmp_path: Path) -> None:
    assert extracted(tmp_path, NOTE).metadata == {
        "title": "Rivers of Europe",
        "created": "2024-05-01",
        "tags": "water, old maps",
        "author": "Ada, Charles",
    }


def test_toml_front_matter_is_metadata() -> None:
    metadata, end = front_matter('+++\ntitle = "Rivers"\ntags = ["water", "maps"]\ndate = 2024-05-01\n+++\nText')
    assert metadata == {"title": "Rivers", "tags": "water, maps", "created": "2024-05-01"}
    assert end == 68


@pytest.mark.parametrize("block", ["+++\nnot toml\n+++\n", "---\n- only\n- a list\n---\n", "---\n: :\n---\n"])
def test_broken_front_matter_is_no_metadata(block: str) -> None:
    assert front_matter(block)[0] == {}


def test_the_first_heading_is_the_title_if_it_is_on_top(tmp_path: Path) -> None:
    assert extracted(tmp_path, "# Notes\n\ntext\n").metadata == {"title": "Notes"}
    assert extracted(tmp_path, "## Part\n\n# Notes\n").metadata == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#hashtag\n", []),
        ("#\n", []),
        ("    # code\n", []),
        ("####### seven\n", []),
        ("para\nof two lines\n---\n", []),
        ("- item\n---\n", []),
        ("| a | b |\n| - | - |\n", []),
        ("---\n---\n***\n---\n", []),
        ("text\n\n---\n", []),
        ("Title\n===\nmore\n", [("Title", 1)]),
        ("# `code` _and_ snake_case {#id}\n", [("code and snake_case", 1)]),
        ("## C#\n", [("C#", 2)]),
    ],
)
def test_only_headings_are_headings(text: str, found: list[tuple[str, int]]) -> None:
    assert labels(text) == found


def test_an_image_in_a_heading_leaves_its_words() -> None:
    assert plain("![Logo](logo.png) Carrel") == "Logo Carrel"


@pytest.mark.parametrize("fragment", ["# [", "![", "`", "# a #", "a\n-", "---\n", "[](", "_", " "])
def test_no_text_makes_it_slow(fragment: str) -> None:
    text = fragment * (500_000 // len(fragment))
    started = time.process_time()
    for _ in headings(text):
        pass
    assert time.process_time() - started < 5


@given(st.text("#=-_*`~[](){}>| \tab\n", max_size=200))
def test_headings_begin_lines_and_are_ordered(text: str) -> None:
    starts = [heading.start for heading in headings(text)]
    assert starts == sorted(set(starts))
    assert all(start == 0 or text[start - 1] == "\n" for start in starts)
