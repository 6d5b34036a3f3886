"""An answer of a reader process is taken as it is, or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from core.domain.chunk import Span
from core.domain.extracted import Anchor, Extracted, Remark
from core.errors import ExtractionFailed
from core.indexing.answer import Nonsense, Read, readings

GOOD: dict[str, Any] = {
    "kind": "md",
    "text": "# Heron\n\nIt stands.",
    "anchors": [["heading", 0, "Heron", 1]],
    "metadata": {"title": "Heron", "pages": 2, "share": 0.5},
    "remarks": [["truncated", "It is long."]],
    "language": "en",
    "spans": [[0, 8, None, None, 3], [8, 19, 2, "Heron", 4]],
    "words": 4,
}


def test_a_reading_keeps_all_that_was_said() -> None:
    [read] = readings({"read": [GOOD]}, 1)
    extracted = Extracted(
        GOOD["text"], (Anchor("heading", 0, "Heron", 1),), GOOD["metadata"], (Remark("truncated", "It is long."),)
    )
    assert read == Read("md", extracted, "en", (Span(0, 8, None, None, 3), Span(8, 19, 2, "Heron", 4)), 4)


def test_a_failure_is_raised_with_its_words() -> None:
    with pytest.raises(ExtractionFailed, match=r"Too long\. Cut it\.") as failure:
        readings({"failed": {"code": "too_large", "message": "Too long.", "hint": "Cut it."}}, 1)
    assert failure.value.code == "too_large"


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"read": None},
        {"read": []},
        {"read": [GOOD, GOOD]},
        {"read": [[]]},
        {"failed": {"code": "x"}},
        {"failed": ["x"]},
        {"failed": {"code": 1, "message": "", "hint": ""}},
        *(
            {"read": [GOOD | change]}
            for change in (
                {"text": 1},
                {"text": "\ud800"},
                {"text": "a\0b"},
                {"text": ""},
                {"kind": None},
                {"language": ["en"]},
                {"anchors": [["heading", 19, "behind", 1]]},
                {"anchors": [["heading", -1, "before", 1]]},
                {"anchors": [["heading", 5, "b", 1], ["heading", 0, "a", 1]]},
                {"anchors": [["heading", 0, "short"]]},
                {"spans": [[0, 20, None, None, 1]]},
                {"spans": [[3, 3, None, None, 1]]},
                {"spans": [[5, 6, None, None, 1], [1, 2, None, None, 1]]},
                {"spans": [[0, 1, None, None, 10**30]]},
                {"spans": [[0.0, 1.0, None, None, 1]]},
                {"spans": [[0, 1, "two", None, 1]]},
                {"spans": 3},
                {"metadata": {"title": ["a"]}},
                {"metadata": {"pages": 10**400}},
                {"metadata": {"share": float("nan")}},
                {"metadata": [1]},
                {"remarks": [["code"]]},
                {"words": None},
                {"words": -1},
            )
        ),
    ],
)
def test_what_makes_no_sense_is_no_reading(answer: dict[str, Any]) -> None:
    with pytest.raises(Nonsense):
        readings(answer, 1)
