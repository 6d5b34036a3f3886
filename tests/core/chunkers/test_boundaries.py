"""Where paragraphs, lines and sentences begin."""

from __future__ import annotations

import pytest

from core.chunkers.boundaries import code_lines, lines, paragraphs, sentences


def cut(text: str, places: list[int]) -> list[str]:
    """Return the parts of the text between the places."""
    return [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]


class TestParagraphs:
    def test_begin_behind_empty_lines(self) -> None:
        text = "One\nstill one\n\nTwo\n \t\n\n  Three"
        assert cut(text, paragraphs(text)) == ["One\nstill one\n\n", "Two\n \t\n\n  ", "Three"]


class TestLines:
    def test_begin_behind_a_line_end(self) -> None:
        text = "- one\n- two\n\nThree"
        assert cut(text, lines(text)) == ["- one\n", "- two\n\n", "Three"]

    def test_a_line_that_goes_on_with_a_small_letter_is_no_new_one(self) -> None:
        text = "A sentence that was\nwrapped by hand.\nAnother."
        assert cut(text, lines(text)) == ["A sentence that was\nwrapped by hand.\n", "Another."]

    def test_in_code_every_line_is_one(self) -> None:
        text = "if x:\n    y = 1\n"
        assert cut(text, code_lines(text)) == ["if x:\n    ", "y = 1\n", ""]


class TestSentences:
    @pytest.mark.parametrize(
        ("text", "parts"),
        [
            ("One. Two! Three? Four… Five", ["One. ", "Two! ", "Three? ", "Four… ", "Five"]),
            ("He said “Go.” She went. (So it was.) End", ["He said “Go.” ", "She went. ", "(So it was.) ", "End"]),
            ("all small letters. as in a chat. yes", ["all small letters. ", "as in a chat. ", "yes"]),
            ("Pi is 3.14 or so, v1.2 at example.org", ["Pi is 3.14 or so, v1.2 at example.org"]),
            (
                "Dr. Who met J. R. Smith et al. (cf. Fig. 3). End",
                ["Dr. Who met J. R. Smith et al. (cf. Fig. 3). ", "End"],
            ),
            (
                "今日は晴れ。明日は雨？「そうだ。」行こう！終",
                ["今日は晴れ。", "明日は雨？", "「そうだ。」", "行こう！", "終"],
            ),
            ("यह एक है। वह दो है। अंत", ["यह एक है। ", "वह दो है। ", "अंत"]),
            ("ما هذا؟ كتاب", ["ما هذا؟ ", "كتاب"]),
            ("no end", ["no end"]),
            ("", [""]),
        ],
    )
    def test_begin_behind_the_stop_of_the_script(self, text: str, parts: list[str]) -> None:
        assert cut(text, sentences(text)) == parts
