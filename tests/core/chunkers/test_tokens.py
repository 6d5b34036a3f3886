"""Tokens are counted as the embedding model sees them, without loading the model's package."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from core.chunkers import tokens
from core.chunkers.tokens import EstimatedTokens, ModelTokens, model_token_counter
from core.errors import MissingDependency
from core.variants import package_folder
from tests.core.chunkers.texts import MODEL, texts

TOKENIZER = Tokenizer.from_file(
    str(package_folder("wordllama", "The test") / "tokenizers/l2_supercat_tokenizer_config.json")
)
TOKENIZER.encode_special_tokens = True


def tokenizer_starts(text: str) -> list[int]:
    """Return the tokenizer's own offsets; a word's token begins with the word, not with the space in front."""
    encoding = TOKENIZER.encode(text, add_special_tokens=False)
    found = []
    for token, (start, end) in zip(encoding.tokens, encoding.offsets, strict=True):
        word = token.lstrip("▁")
        found.append(end - len(word) if token.startswith("▁") and word else start)
    return found


class TestModelTokens:
    @given(text=st.one_of(texts, st.text()).map(lambda text: text.encode("utf-8", "replace").decode()))
    @settings(deadline=None)
    def test_begin_where_the_tokenizer_says(self, text: str) -> None:
        assert MODEL.starts(text) == tokenizer_starts(text)

    def test_pieces_of_a_long_text_give_the_tokens_of_the_whole(self) -> None:
        text = "Words, 15.1 numbers\nand lines; 日本語 too. " * 3000
        assert MODEL.starts(text) == tokenizer_starts(text)

    def test_a_long_run_without_spaces_is_cut_and_still_covered(self) -> None:
        text = "日本語のテキスト" * 6000
        starts = MODEL.starts(text)
        assert starts == sorted(starts)
        assert starts[-1] == len(text) - 1

    def test_a_lone_surrogate_is_counted_like_any_unknown_character(self) -> None:
        assert MODEL.starts("a \ud800 b") == MODEL.starts("a ? b")

    def test_words_that_look_like_special_tokens_are_text(self) -> None:
        assert len(MODEL.starts("<s> </s> <unk>")) > 3

    def test_neither_the_package_nor_what_it_imports_is_loaded(self) -> None:
        program = (
            "import sys\n"
            "from core.chunkers.tokens import model_token_counter\n"
            "assert len(model_token_counter().starts('three short words')) == 3\n"
            "print(sorted({'wordllama', 'requests', 'huggingface_hub'} & set(sys.modules)))\n"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
        assert (done.stdout.strip(), done.stderr) == ("[]", "")


class TestEstimatedTokens:
    counter = EstimatedTokens()

    @given(text=st.text())
    def test_begin_in_order_inside_the_text(self, text: str) -> None:
        starts = self.counter.starts(text)
        assert starts == sorted(starts)
        assert all(0 <= start < len(text) for start in starts)
        assert bool(starts) == bool(text)

    @pytest.mark.parametrize(
        ("text", "count"),
        [("a" * 400, 100), ("ب" * 1000, 770), ("日" * 100, 116), ("😀" * 100, 154), ("\ud800", 2), ("", 0)],
    )
    def test_count_by_script(self, text: str, count: int) -> None:
        assert len(self.counter.starts(text)) == count

    def test_is_near_the_model_on_prose(self) -> None:
        text = (
            "The estimate is used only where the tokenizer of the model is not installed; it need not be exact. " * 20
        )
        assert len(self.counter.starts(text)) == pytest.approx(len(MODEL.starts(text)), rel=0.25)


class TestModelTokenCounter:
    def test_is_the_models_own(self) -> None:
        assert isinstance(model_token_counter(), ModelTokens)

    def test_estimates_where_the_package_is_missing(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def missing(package: str, wanted_by: str) -> Path:
            raise MissingDependency(wanted_by, f"pip install {package}")

        monkeypatch.setattr(tokens, "package_folder", missing)
        with caplog.at_level(logging.INFO):
            assert isinstance(model_token_counter(), EstimatedTokens)
        assert "Tokens are estimated" in caplog.text

    def test_estimates_where_the_file_is_missing(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(tokens, "package_folder", lambda package, wanted_by: tmp_path)
        assert isinstance(model_token_counter(), EstimatedTokens)
