from __future__ import annotations

import pytest

from core.domain.source import KindCount, Preview, Rules, unsupported
from core.errors import InvalidInput


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("photo.JPEG", "type: .jpeg"),
        ("archive.tar.gz", "type: .gz"),
        ("core", "type: none"),
        (".profile", "type: none"),
        ("data.0001", "type: other"),
        ("Minutes. Draft of Monday", "type: other"),
        ("odd.\udcff", "type: other"),
        ("ends.", "type: other"),
    ],
)
def test_rule_names_the_ending_that_looks_like_a_type(name: str, rule: str) -> None:
    assert unsupported(name) == rule


@pytest.mark.parametrize("rules", [{"include": ("",)}, {"exclude": (" / ",)}, {"max_bytes": 0}])
def test_rules_that_mean_nothing_are_refused(rules: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        Rules(**rules)  # type: ignore[arg-type]


def test_preview_adds_up() -> None:
    counts = {"pdf": KindCount(2, 300), "md": KindCount(1, 5)}
    found = Preview(counts, {"hidden": 4, "type: .jpg": 1}, ())
    assert (found.readable, found.files, found.bytes) == (3, 8, 305)
