"""The chunkers that look at one thing only: sentences, or tokens."""

from __future__ import annotations

from core.chunkers.sentence import SentenceChunker
from core.chunkers.window import WindowChunker
from core.domain.extracted import Extracted
from tests.core.chunkers.texts import WordCounter


class TestSentenceChunker:
    def test_packs_whole_sentences_whatever_the_lines(self) -> None:
        sentence = "One two three\nFour five six seven."
        text = " ".join([sentence] * 6)
        spans = SentenceChunker(WordCounter(), 25, 0).chunk(Extracted(text))
        assert [text[span.start : span.end] for span in spans] == [" ".join([sentence] * 3)] * 2

    def test_repeats_whole_sentences(self) -> None:
        sentences = [f"{letter} two three four five six seven." for letter in "ABCDEF"]
        text = " ".join(sentences)
        spans = SentenceChunker(WordCounter(), 24, 10).chunk(Extracted(text))
        assert [text[span.start] for span in spans] == ["A", "C", "D"]


class TestWindowChunker:
    def test_every_window_has_the_size_and_the_overlap(self) -> None:
        text = " ".join(f"w{index}" for index in range(100))
        spans = WindowChunker(WordCounter(), 40, 10).chunk(Extracted(text))
        assert [(text[span.start : span.end].split()[0], span.tokens) for span in spans] == [
            ("w0", 40),
            ("w30", 40),
            ("w60", 40),
        ]
