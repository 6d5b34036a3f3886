"""WordLlama's vectors are its own, cut and windowed exactly, and its files are checked."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.window import WINDOW_TOKENS, best_windows, token_scores, window_bounds
from core.embedders import wordllama
from core.embedders.base import Embedder, WindowedEmbedder
from core.embedders.wordllama import WordLlamaEmbedder
from core.errors import EmbeddingFailed, InvalidInput, MissingDependency
from tests.core.embedders.hashing import HashingEmbedder

MODEL = WordLlamaEmbedder()
PROSE = (
    "The lift of a wing in a slipstream depends on the angle of attack and on the ratio of the velocities. "
    "An experiment was made to find how it is spread along the span; the destalling effect was found to be large. "
    "Bread is baked from flour, water, salt and yeast, and is best on the day it was made.\n\n"
) * 4
TEXTS = [
    PROSE,
    "naïve café – “quoted”",
    "日本語のテキスト。",
    "x",
    "a\x00b\n\n",
    "<s> tagged </s>",
    " two  spaces ",
    PROSE * 20,
]

# Texts as JSON on standard input, the package's own vectors as .npy on standard output.
REFERENCE = """
import io, json, sys
from pathlib import Path
import numpy as np
import wordllama
# Elsewhere it looks for its tokenizer in the wrong folder, then on the network.
model = wordllama.WordLlama.load(dim=256, cache_dir=Path(wordllama.__file__).parent, disable_download=True)
vectors = model.embed(json.load(sys.stdin), norm=True)
buffer = io.BytesIO()
np.save(buffer, vectors)
sys.stdout.buffer.write(buffer.getvalue())
"""


class TestVectors:
    @pytest.mark.local_server  # urllib3, which wordllama imports, binds to ::1 to see whether IPv6 is there
    def test_are_those_of_the_package_itself(self) -> None:
        done = subprocess.run(
            [sys.executable, "-c", REFERENCE], input=json.dumps(TEXTS).encode(), capture_output=True, timeout=60
        )
        assert done.returncode == 0, done.stderr.decode()
        np.testing.assert_allclose(MODEL.embed_documents(TEXTS), np.load(io.BytesIO(done.stdout)), atol=5e-6)

    @pytest.mark.parametrize("dimension", [64, 128])
    def test_of_fewer_dimensions_are_cut_and_normalised_again(self, dimension: int) -> None:
        cut = MODEL.embed_documents(TEXTS)[:, :dimension]
        expected = cut / np.linalg.norm(cut, axis=1, keepdims=True)
        np.testing.assert_allclose(WordLlamaEmbedder(dimension).embed_documents(TEXTS), expected, atol=1e-5)

    def test_of_a_text_without_tokens_is_the_unknown_tokens(self) -> None:
        unknown = MODEL.table[0] / np.linalg.norm(MODEL.table[0])
        np.testing.assert_allclose(MODEL.embed_query(""), unknown, atol=1e-6)
        vectors, _ = MODEL.embed_with_windows(["  "], [" "])
        np.testing.assert_allclose(vectors[0], unknown, atol=1e-6)

    def test_the_package_is_not_imported(self) -> None:
        program = (
            "import logging, sys\n"
            "from core.embedders import embedder\n"
            "embedder('wordllama', 64).embed_query('words')\n"
            "print(sorted({'wordllama', 'requests', 'huggingface_hub'} & set(sys.modules)), logging.root.handlers)\n"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
        assert (done.stdout.strip(), done.stderr) == ("[] []", "")


word = st.sampled_from(["the", "wing", "Slipstream,", "3.14", "naïve", "日本語", "x\ny", "(e.g.)", "👩", "\x00"])
titles, words = st.lists(word, max_size=8), st.lists(word, max_size=90)


class TestWindows:
    @settings(max_examples=40, deadline=None)
    @given(pairs=st.lists(st.tuples(titles.map(" ".join), words.map(" ".join)), max_size=6))
    def test_vectors_are_those_of_prefix_and_text_joined_by_a_space(self, pairs: list[tuple[str, str]]) -> None:
        texts, prefixes = [text for _, text in pairs], [prefix for prefix, _ in pairs]
        vectors, windows = MODEL.embed_with_windows(texts, prefixes)
        joined = [f"{prefix} {text}".strip() for prefix, text in pairs]
        np.testing.assert_allclose(vectors, MODEL.embed_documents(joined), atol=1e-6)
        for tokens, ids, prefix in zip(windows, MODEL.tokens(joined), prefixes, strict=True):
            assert tokens.ids.dtype == np.uint16
            assert tokens.ids.tolist() == ids.tolist()
            assert tokens.ids[: tokens.prefix].tolist() == MODEL.tokens([prefix.strip()])[0].tolist()

    @pytest.mark.parametrize("text", ["", "short", PROSE, PROSE * 30], ids=["empty", "short", "passage", "long"])
    @pytest.mark.parametrize("prefix", ["", "Experimental investigation of a wing"])
    def test_norms_are_those_of_the_windows_sums(self, text: str, prefix: str) -> None:
        _, (tokens,) = MODEL.embed_with_windows([text], [prefix])
        lead, body = tokens.ids[: tokens.prefix], tokens.ids[tokens.prefix :]
        bounds = zip(*window_bounds(len(body)), strict=True)
        sums = [MODEL.table[np.concatenate((lead, body[a:b]))].sum(axis=0) for a, b in bounds]
        assert tokens.norms.dtype == np.float16
        np.testing.assert_allclose(tokens.norms, np.linalg.norm(sums, axis=1), rtol=1e-3)

    def test_the_best_window_answers_better_than_the_whole_text(self) -> None:
        query = MODEL.embed_query("how is bread baked from flour and yeast")
        vectors, (tokens,) = MODEL.embed_with_windows([PROSE], [""])
        scores = token_scores(MODEL.table, query, tokens.ids)
        whole = float(vectors[0] @ query)
        best = best_windows(
            scores,
            tokens.ids,
            np.array([0, len(tokens.ids)]),
            np.array([tokens.prefix]),
            tokens.norms,
            np.array([0, len(tokens.norms)]),
        )
        words_of_window = MODEL.embed_query("Bread is baked from flour, water, salt and yeast, and is best")
        assert best[0] > whole + 0.1
        assert best[0] == pytest.approx(float(words_of_window @ query), abs=0.15)
        assert len(tokens.ids) > 4 * WINDOW_TOKENS

    def test_of_an_endless_title_only_the_beginning_counts(self) -> None:
        vectors, (tokens,) = MODEL.embed_with_windows([PROSE], ["endless " * 100_000])
        shorter, _ = MODEL.embed_with_windows([PROSE], ["endless " * 64])
        assert tokens.prefix == 64
        assert np.isfinite(tokens.norms).all()
        np.testing.assert_array_equal(vectors, shorter)

    def test_no_texts_give_no_windows(self) -> None:
        vectors, windows = MODEL.embed_with_windows([], [])
        assert (vectors.shape, windows) == ((0, 256), [])

    def test_is_a_windowed_embedder_and_others_are_not(self) -> None:
        hashing: Embedder = HashingEmbedder()
        assert isinstance(MODEL, WindowedEmbedder)
        assert not isinstance(hashing, WindowedEmbedder)


class TestLoading:
    def test_a_dimension_it_was_not_trained_for_is_refused(self) -> None:
        with pytest.raises(InvalidInput, match="no vectors of 100 dimensions"):
            WordLlamaEmbedder(100)

    def test_a_missing_package_is_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def missing(package: str, wanted_by: str) -> Path:
            raise MissingDependency(wanted_by, f"pip install {package}")

        monkeypatch.setattr(wordllama, "package_folder", missing)
        with pytest.raises(MissingDependency, match="pip install wordllama"):
            WordLlamaEmbedder()

    @pytest.mark.parametrize("damaged", ["weights", "tokenizers"])
    @pytest.mark.parametrize("content", [None, b"", b"{}", b"\x00" * 100])
    def test_a_missing_or_damaged_file_is_said(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, damaged: str, content: bytes | None
    ) -> None:
        real = wordllama.package_folder("wordllama", "The test")
        for name in ("weights/l2_supercat_256.safetensors", "tokenizers/l2_supercat_tokenizer_config.json"):
            file = tmp_path / name
            file.parent.mkdir()
            if not name.startswith(damaged):
                file.symlink_to(real / name)
            elif content is not None:
                file.write_bytes(content)
        monkeypatch.setattr(wordllama, "package_folder", lambda package, wanted_by: tmp_path)
        with pytest.raises(EmbeddingFailed, match="missing or damaged") as raised:
            WordLlamaEmbedder()
        assert damaged in raised.value.message
        assert "pip install" in raised.value.hint
