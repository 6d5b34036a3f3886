"""Counters and strategies that the tests of the chunkers share."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from core.chunkers.tokens import model_token_counter
from core.domain.extracted import Anchor, Extracted

MODEL = model_token_counter()


class WordCounter:
    """A token is a word, or a single character that is neither letter nor white space: easy to count by eye."""

    def starts(self, text: str) -> list[int]:
        return [match.start() for match in re.finditer(r"\w+|[^\w\s]", text)]


class CharacterCounter:
    """A token is a character."""

    def starts(self, text: str) -> list[int]:
        return list(range(len(text)))


_pieces = st.sampled_from(
    [
        *("word", "a", "Sentence", "and", "e.g.", "Dr.", "3.14", "naïve", "supercalifragilistic", "x" * 40),
        *(". ", "? ", "! ", "… ", ".”\n", ", ", " ", "  ", "\n", "\n\n", "\n \n", "\t", "\n" * 70, "\u3000", "\u00a0"),
        *(
            "日本語",
            "中文。",
            "！",
            "、",
            "ไทยไม่มีวรรค",
            "हिन्दी। ",
            "عربي؟ ",
            "e\u0301",
            "👨\u200d👩\u200d👧",
            "🇩🇪",
            "\x00",
        ),
        *("def f():\n    return 1\n", "# Title\n", "<s>", "▁", "..."),
    ]
)
texts = (
    st.lists(st.one_of(_pieces, st.text(max_size=4)), max_size=160)
    .map("".join)
    .map(
        lambda text: text.encode("utf-8", "replace").decode()  # an extractor gives no lone surrogates
    )
)


@st.composite
def documents(draw: st.DrawFn) -> Extracted:
    """Return a text with anchors of every kind at arbitrary places."""
    text = draw(texts)
    kinds = st.sampled_from(["page", "slide", "heading", "symbol", "sheet", "message", "line"])
    places = st.tuples(st.integers(0, max(0, len(text) - 1)), kinds, st.integers(0, 3))
    anchors = sorted(draw(st.lists(places, max_size=8))) if text else []
    return Extracted(
        text, tuple(Anchor(kind, start, _label(text, kind, start), level) for start, kind, level in anchors)
    )


def _label(text: str, kind: str, start: int) -> str:
    return str(1 + start % 9) if kind in ("page", "slide") else text[start : start + 6].strip() or "label"
