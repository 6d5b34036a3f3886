from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sources.globs import GlobSet


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*.pdf", "a/b/Report.PDF"),
        ("node_modules", "web/node_modules"),
        ("Thumbs.db", "thumbs.DB"),
        ("build/", "deep/build"),
        ("~$*", "~$letter.docx"),
        ("page[0-9].txt", "page7.txt"),
        ("page[!0-9].txt", "pagex.txt"),
        ("[odd", "[odd"),
        ("drafts/*.md", "drafts/one.md"),
        ("/drafts", "drafts"),
        ("drafts/**", "drafts/a/b.md"),
        ("**/old/*.txt", "a/old/b/old/c.txt"),
        ("a/**/z", "a/z"),
        ("a/**/z", "a/b/c/z"),
        ("cafe\u0301.txt", "caf\u00e9.txt"),
    ],
)
def test_pattern_matches(pattern: str, path: str) -> None:
    assert GlobSet([pattern]).match(path.rpartition("/")[2], path) == pattern


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*.pdf", "a.pdf.txt"),
        ("node_modules", "my_node_modules"),
        ("drafts/*.md", "drafts/deep/one.md"),
        ("drafts/*.md", "a/drafts/one.md"),
        ("/drafts", "a/drafts"),
        ("a/**/z", "a/b/zz"),
        ("a/**/z", "b/a/z"),
        ("a.c", "abc"),
        ("[", "x"),
    ],
)
def test_pattern_does_not_match(pattern: str, path: str) -> None:
    assert GlobSet([pattern]).match(path.rpartition("/")[2], path) is None


def test_the_pattern_that_matched_is_named_as_it_was_written() -> None:
    globs = GlobSet(["*.TMP", "Node_Modules/", "x*", "a/**"])
    assert globs.match("b.tmp", "b.tmp") == "*.TMP"
    assert globs.match("node_modules", "node_modules") == "Node_Modules/"
    assert globs.match("b", "a/b") == "a/**"
    assert GlobSet([]).match("b", "a/b") is None


def test_a_pattern_of_many_stars_takes_no_long_time() -> None:
    started = time.process_time()
    assert GlobSet(["a*" * 30 + "b"]).match("a" * 250, "a" * 250) is None
    assert GlobSet(["**/a/" * 20 + "b"]).match("a", "a/" * 500 + "a") is None
    assert time.process_time() - started < 1


_PARTS = st.lists(st.sampled_from("ab"), min_size=1, max_size=6)


@given(st.lists(st.sampled_from(["a", "b", "*", "**"]), min_size=2, max_size=5), _PARTS)
def test_path_patterns_agree_with_the_definition(pattern: list[str], parts: list[str]) -> None:
    def matches(pattern: list[str], parts: list[str]) -> bool:
        if not pattern:
            return not parts
        if pattern[0] == "**":
            return any(matches(pattern[1:], parts[n:]) for n in range(len(parts) + 1))
        return bool(parts) and pattern[0] in ("*", parts[0]) and matches(pattern[1:], parts[1:])

    found = GlobSet(["/".join(pattern)]).match(parts[-1], "/".join(parts))
    assert (found is not None) == matches(pattern, parts)
