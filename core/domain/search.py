"""What a search returns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import overload

from core.domain.document import Document


class Mode(StrEnum):
    """How passages are found."""

    HYBRID = "hybrid"
    KEYWORD = "keyword"
    VECTOR = "vector"


@dataclass(frozen=True, slots=True)
class ScoredChunk:
    """A candidate passage with the parts of its score.

    Attributes:
        chunk_id: The passage.
        score: What candidates are ordered by.
        keyword_score: BM25, or None where the passage was not scored by words.
        vector_score: Mean of the cosine of the whole passage and of its best window, or None where not scored by
            meaning.
        keyword_rank: Rank among the keyword candidates, from 1, or None.
        vector_rank: Rank among the meaning candidates, from 1, or None.
    """

    chunk_id: int
    score: float
    keyword_score: float | None = None
    vector_score: float | None = None
    keyword_rank: int | None = None
    vector_rank: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    Attributes:
        document: Its document.
        chunk_id: Its id.
        text: The whole passage.
        page: Page or slide number where the words stand that the snippet shows first, or None.
        heading: Heading path there, or None.
        start: First character in the document's text.
        end: One past the last character.
        snippet: The part of the passage to show.
        matches: Where the query's words stand in the snippet, as `(start, end)`.
        score: What hits are ordered by.
        keyword_rank: Rank by words, from 1, or None.
        vector_rank: Rank by meaning, from 1, or None.
        rerank_score: Score of a reranker, or None.
        keyword_score: The part of the score that comes from words, 0 to 1, or None.
        vector_score: The part that comes from meaning, 0 to 1, or None.
    """

    document: Document
    chunk_id: int
    text: str
    page: int | None
    heading: str | None
    start: int
    end: int
    snippet: str
    matches: tuple[tuple[int, int], ...]
    score: float
    keyword_rank: int | None
    vector_rank: int | None
    rerank_score: float | None
    keyword_score: float | None
    vector_score: float | None


@dataclass(frozen=True, slots=True)
class Results(Sequence[Hit]):
    """Hits, best first; a sequence.

    Attributes:
        query: The query as it was given.
        mode: How passages were found; `keyword` where words alone could answer a hybrid search.
        hits: The hits.
        total: Passages (or documents) that were ranked; at least `len(hits)`.
        took_ms: Milliseconds the search took.
        fuzzy: Words that were not found and what was looked for instead.
        complete: False where meaning was asked for and its index was still being loaded, or words were and theirs can't
            be read and is made anew; ask again in a moment.
    """

    query: str
    mode: Mode
    hits: tuple[Hit, ...]
    total: int
    took_ms: float
    fuzzy: Mapping[str, tuple[str, ...]]
    complete: bool = True

    def __len__(self) -> int:
        return len(self.hits)

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Hit, ...]: ...
    def __getitem__(self, index: int | slice) -> Hit | tuple[Hit, ...]:
        return self.hits[index]

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)


@dataclass(frozen=True, slots=True)
class Holding:
    """How many passages and documents hold the words of a query, counted exactly.

    Attributes:
        passages: Passages with all words and phrases.
        documents: Documents with all of them.
        some_passages: Passages with any of them, or with words spelled alike where one is nowhere; at least `passages`.
        some_documents: Documents likewise.
    """

    passages: int
    documents: int
    some_passages: int
    some_documents: int


@dataclass(frozen=True, slots=True)
class Matches:
    """Every document that holds all words and phrases of a query, counted exactly.

    Attributes:
        query: The query as it was given.
        total: Number of documents.
        documents: The documents, newest first; all of them unless a limit was given.
    """

    query: str
    total: int
    documents: tuple[Document, ...]
