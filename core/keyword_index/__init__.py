"""The keyword index: passages and documents found by their words (BM25), on tantivy."""

from core.keyword_index.errors import IndexDamaged, IndexNotWritten
from core.keyword_index.index import KeywordIndex, KeywordMatches, Removed

__all__ = ["IndexDamaged", "IndexNotWritten", "KeywordIndex", "KeywordMatches", "Removed"]
