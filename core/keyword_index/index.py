"""The keyword index of one workspace: passages and whole documents, found by their words.

It is derived: everything in it comes from the workspace's database, through a log of numbered changes. It remembers the
number of the last change it holds, takes the same change twice without harm, and is rebuilt when it is damaged.

Passages and documents stand in two tantivy indices, because a word's rarity and a text's length mean different things
for them. Documents are ranked by their best passage and, a little, by their own score; "all documents that mention X",
their facets, and related documents come from the second index alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.domain.passage import DocumentEntry, Passage
from core.domain.query import Query
from core.domain.search import Holding
from core.keyword_index import seal
from core.keyword_index.analysis import folded, normalise, without_unspaced
from core.keyword_index.characteristic import characteristic_words, telling_words
from core.keyword_index.compile import QueryCompiler, Term
from core.keyword_index.errors import IndexDamaged
from core.keyword_index.memory import give_back_freed_memory
from core.keyword_index.schema import FACETS, document_document, document_schema, passage_document, passage_schema
from core.keyword_index.tantivy_index import TantivyIndex, translated
from core.keyword_index.view import Found, Hidden, Scores, View
from core.keyword_index.word_count import telling_terms

Ids = NDArray[np.int64]
NONE: Ids = np.empty(0, dtype=np.int64)
FEW_HITS = 3
"""When fewer entries are found, rare words are joined by the words that are spelled alike."""
_PARTS = ("passages", "documents")
_HEAD = 50
"""Least number of passages found by single words before neighbours are looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class KeywordMatches:
    """Passages found by their words, as columns.

    Attributes:
        chunk_ids: The passages, best first, `(n,)`.
        scores: BM25 of each, and a little for words that stand side by side as in the query; comparable within one
            query, `(n,)`.
        beside: Likewise for each of the passages that were asked about besides, 0 where none of the words is there.
        corrected: Words that were not found (or hardly), and the words spelled alike that were looked for beside them.
    """

    chunk_ids: Ids
    scores: Scores
    beside: Scores
    corrected: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Removed:
    """How many entries a change really removed, for its receipt."""

    passages: int
    documents: int


class KeywordIndex:
    """Finds passages and documents by words.

    Many threads may search while one applies changes; a search sees the state after one commit. Every method that reads
    takes the scopes it may see and finds, counts and suggests nothing outside them; `allowed` narrows that further to
    a sorted array of document ids. The filters of a query are not looked at: they are turned into `allowed` before.

    Args:
        folder: Where the two indices stand, `passages` and `documents`; made if it is not there.
        hidden: Tells the ids of documents of some scopes that have expired, sorted: they are counted and suggested no
            more.

    Raises:
        IndexDamaged: From the constructor and from every method that reads, if the files can't be used. The caller
            removes the folder and builds the index again.
    """

    def __init__(self, folder: Path, hidden: Hidden = lambda _: NONE) -> None:
        self._hidden = hidden
        self._folder = folder
        self._passages = TantivyIndex(folder / _PARTS[0], passage_schema(), "chunk_id")
        self._documents = TantivyIndex(folder / _PARTS[1], document_schema(), "document_id")

    @property
    def applied(self) -> int:
        """The sequence of the last change that is in the index; 0 when there is none."""
        return min(self._passages.applied, self._documents.applied)

    def apply(
        self,
        sequence: int,
        add: Iterable[Passage] = (),
        remove: Sequence[int] = (),
        documents: Iterable[DocumentEntry] = (),
        remove_documents: Sequence[int] = (),
    ) -> Removed:
        """Take a batch of changes in: first removals, then additions, each of which replaces the entry of its id.

        Searches see the batch when this returns. Costs about 0.1 s for the disk, whatever the size of the batch.

        Args:
            sequence: The number of the last change in the batch; `applied` afterwards.
            add: Passages.
            remove: Ids of passages; ids that are not there are no error.
            documents: Whole documents.
            remove_documents: Ids of documents; their passages are not removed with them.

        Raises:
            IndexNotWritten: If it could not be written. `applied` is unchanged; the same batch can be applied again.
        """
        passages = self._passages.commit(sequence, remove, ((item.chunk_id, passage_document(item)) for item in add))
        whole = self._documents.commit(
            sequence, remove_documents, ((item.document_id, document_document(item)) for item in documents)
        )
        return Removed(passages, whole)

    def search(
        self, query: Query, limit: int, scopes: Sequence[str], allowed: Ids | None = None, beside: Ids = NONE
    ) -> KeywordMatches:
        """Find the `limit` passages that match a query best, by BM25 over title (twice), heading and text.

        A passage needs any of the words, all of the phrases and none of the exclusions. A word that is nowhere is
        joined by words spelled alike; so are rare words when fewer than three passages are found. The passages
        `beside`, which are allowed ones, get the scores that they would have been found with.
        """
        with _reading():
            found, others, corrected = self._best(self._view(self._passages, scopes), query, limit, allowed, beside)
        return KeywordMatches(found.keys, found.scores, others, corrected)

    def satisfying(self, query: Query, chunk_ids: Sequence[int] | Ids, scopes: Sequence[str]) -> Ids:
        """Return, sorted, those of the passages that have all phrases of the query and none of its exclusions."""
        with _reading():
            view = self._view(self._passages, scopes)
            return np.sort(view.scores(QueryCompiler(view).conditions(query), chunk_ids).keys)

    def search_documents(
        self, query: Query, limit: int, scopes: Sequence[str], allowed: Ids | None = None
    ) -> list[tuple[int, float]]:
        """Find the `limit` whole documents that match a query best; return their ids and scores."""
        with _reading():
            found, _, _ = self._best(self._view(self._documents, scopes), query, limit, allowed)
        return list(zip(found.keys.tolist(), found.scores.tolist(), strict=True))

    def document_scores(self, query: Query, document_ids: Sequence[int] | Ids) -> dict[int, float]:
        """Return the score that `search_documents` gives each of these documents; those without match are left out."""
        with _reading():
            view = self._view(self._documents, tuple(self._documents.snapshot.scopes))
            found = view.scores(QueryCompiler(view).ranking(query).whole(), document_ids)
        return dict(zip(found.keys.tolist(), found.scores.tolist(), strict=True))

    def matching_documents(self, query: Query, scopes: Sequence[str], allowed: Ids | None = None) -> tuple[int, Ids]:
        """Return the exact number and the sorted ids of all documents that mention what the query says.

        A document must hold every word in some form, every phrase, and none of the exclusions. Stop words need not be
        there (unless the query has nothing else), and nothing is corrected: this is a count, not a guess.
        """
        with _reading():
            view = self._view(self._documents, scopes)
            ids = view.all(QueryCompiler(view).matching(query), allowed)
        return len(ids), ids

    def count_holding(self, query: Query, scopes: Sequence[str], allowed: Ids | None = None) -> Holding:
        """Count exactly the passages and documents that hold what `matching_documents` says, and those that match any
        word.
        """
        with _reading():
            views = [self._view(each, scopes) for each in (self._passages, self._documents)]
            compilers = [QueryCompiler(view) for view in views]
            every = [view.count(each.matching(query), allowed) for view, each in zip(views, compilers, strict=True)]
            some = [view.count(each.ranking(query).query, allowed) for view, each in zip(views, compilers, strict=True)]
        # An unfinished word is ranked by its most frequent completions alone.
        return Holding(*every, *map(max, every, some))

    def facets(
        self, query: Query | None, scopes: Sequence[str], allowed: Ids | None = None
    ) -> dict[str, dict[str, int]]:
        """Count documents by `type`, `source`, `tag` and `year`, the most frequent first.

        Counted are the documents of `matching_documents`; if there are none, those that match any word; without a
        query, all.
        """
        with _reading():
            view = self._view(self._documents, scopes)
            if query is None:
                return view.counts(FACETS, view.everything(), allowed)
            compiler = QueryCompiler(view)
            counts = view.counts(FACETS, compiler.matching(query), allowed)
            return counts if any(counts.values()) else view.counts(FACETS, compiler.ranking(query).query, allowed)

    def complete(self, prefix: str, limit: int, scopes: Sequence[str]) -> list[str]:
        """Return words (lower case, without diacritics) that begin with the last word of `prefix`, frequent first."""
        words = folded(without_unspaced(normalise(prefix)))
        with _reading():
            view = self._view(self._documents, scopes)
            return [word for word, _ in view.terms("exact", words[-1], limit)] if words else []

    def similar(
        self, document_id: int, limit: int, scopes: Sequence[str], allowed: Ids | None = None
    ) -> list[tuple[int, float]]:
        """Find the documents that share most of a document's telling words; return ids and scores, without itself.

        A document that is not there, or not in the scopes, has none.
        """
        with _reading():
            view = self._view(self._documents, scopes)
            packed = view.stored(document_id, "words")
            terms = telling_terms(packed, view.frequency, self.document_count()) if packed else {}
            if not terms:
                return []
            weights = {Term(*term): weight for term, weight in terms.items()}
            found = view.best(QueryCompiler(view).any_of(weights), limit + 1, allowed)
        rows = zip(found.keys.tolist(), found.scores.tolist(), strict=True)
        return [(other, score) for other, score in rows if other != document_id][:limit]

    def terms(self, limit: int, scopes: Sequence[str]) -> list[str]:
        """Return words that make good examples of a query; see `telling_words`."""
        with _reading():
            return telling_words(self._view(self._documents, scopes), limit, self.document_count())

    def characteristic(self, groups: Sequence[Ids], limit: int, scopes: Sequence[str]) -> list[tuple[str, ...]]:
        """Return up to `limit` words for each group of documents that tell it from all others; see
        `characteristic_words`.
        """
        with _reading():
            return characteristic_words(self._view(self._documents, scopes), groups, limit, self.document_count())

    def count(self) -> int:
        """Return the number of passages, in all scopes."""
        return len(self._passages.snapshot)

    def document_count(self) -> int:
        """Return the number of documents, in all scopes."""
        return len(self._documents.snapshot)

    def chunk_ids(self) -> Ids:
        """Return the ids of all passages, sorted; to compare with the database."""
        with _reading():
            return self._passages.snapshot.keys()

    def document_ids(self) -> Ids:
        """Return the ids of all documents, sorted; to compare with the database."""
        with _reading():
            return self._documents.snapshot.keys()

    def check(self) -> bool:
        """Look whether all files are as they were written; see `check`."""
        return check(self._folder)

    def clear(self) -> None:
        """Remove everything and begin again at sequence 0; raises `IndexNotWritten`."""
        self._passages.clear()
        self._documents.clear()

    def beside_removed(self) -> tuple[list[int], list[int]]:
        """Return passages and documents that are to be applied again, so that the words of removed ones leave the disk.

        To be asked again when that is done, until nothing is returned. See `TantivyIndex.beside_removed`.
        """
        return self._passages.beside_removed(), self._documents.beside_removed()

    def collect(self) -> bool:
        """Delete the files that are no longer needed; return False if a search still reads some."""
        collected = [self._passages.collect(), self._documents.collect()]
        return all(collected)

    def settle(self) -> None:
        """Finish merging, and give back memory and threads of writing; to be called when no changes are waiting."""
        if any([self._passages.settle(), self._documents.settle()]):
            give_back_freed_memory()

    def close(self) -> None:
        """Give back files and memory as soon as running searches end."""
        self._passages.close()
        self._documents.close()

    def _view(self, index: TantivyIndex, scopes: Sequence[str]) -> View:
        return View(index.snapshot, scopes, len(self._documents.snapshot), self._hidden)

    def _best(
        self, view: View, query: Query, limit: int, allowed: Ids | None, beside: Ids = NONE
    ) -> tuple[Found, Scores, Mapping[str, tuple[str, ...]]]:
        """Return the best entries, the scores of those beside, and the words that were corrected."""
        compiler = QueryCompiler(view)
        ranking = compiler.ranking(query)
        head = max(limit, _HEAD)
        found = view.best(ranking.query, head, allowed)
        if len(found) < FEW_HITS:
            wider = compiler.ranking(query, rare=FEW_HITS)
            if wider.corrected != ranking.corrected:
                ranking, found = wider, view.best(wider.query, head, allowed)
        # Where fewer were found than asked for, these are all that match.
        others = beside[~np.isin(beside, found.keys, assume_unique=True)] if len(found) == head else NONE
        if len(others) or ranking.neighbours is not None:
            found = view.scores(ranking.whole(), np.concatenate([found.keys, others]))
        best = found.without(others) if len(others) else found
        return best.first(limit), found.scores_of(beside), ranking.corrected


def check(folder: Path) -> bool:
    """Look whether all files of the index in `folder`, which need not be open, are as they were written.

    Returns:
        False if they are whole, but have been written after the index came to rest the last time: then its ids are to
        be compared with the database.

    Raises:
        IndexDamaged: If a file is missing or damaged.
    """
    sealed = [seal.check(folder / part) for part in _PARTS]
    return all(sealed)


@contextmanager
def _reading() -> Iterator[None]:
    with translated(IndexDamaged):
        yield
