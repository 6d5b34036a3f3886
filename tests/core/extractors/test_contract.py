"""Every extractor is held to the contract on a sample of each of its kinds."""

from __future__ import annotations

from tests.core.extractors.contract import ExtractorContract


class TestEveryExtractor(ExtractorContract):
    """The contract, for each line of `samples.py`."""
