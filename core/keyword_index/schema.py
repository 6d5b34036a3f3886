"""What is stored of a passage and of a document: the fields of the two tantivy indices.

All text that is ranked by stands in the one field `body`: title twice, heading, text. Scored as fields of their own,
title and text rank clearly worse (scifact nDCG@10 0.66 against 0.69), because a word's rarity is then counted per
field. One field serves all languages, too: texts are analysed here, in their own language, and tantivy only separates
the terms at the spaces (so there is no analyser to register again whenever an index is opened). A field per language
would make BM25 compare a German text's length with the average over all, mostly English, texts.

Ids are signed integers: tantivy 0.27 deletes nothing, and says nothing, when asked to delete by an unsigned field.
"""

from __future__ import annotations

from collections.abc import Iterator

from tantivy import Document, Schema, SchemaBuilder

from core.domain.passage import DocumentEntry, Passage
from core.keyword_index.analysis import STEMMERS, VERSION, folded, normalise, pairs, runs, stem, without_unspaced
from core.keyword_index.word_count import WordCount

FACETS = ("type", "source", "tag", "year")
UNSTEMMED = "und"
"""Language of entries that have no stemmer ("undetermined", ISO 639-2)."""
_TITLE_WEIGHT = 2
_SLICE = 1_000_000
"""Characters analysed in one go; bounds the list of words held in memory for a document of many megabytes."""


def passage_schema() -> Schema:
    """Return the schema of the index of passages; its key is `chunk_id`."""
    builder = _common(SchemaBuilder()).add_integer_field("chunk_id", indexed=True, fast=True)
    return builder.build()


def document_schema() -> Schema:
    """Return the schema of the index of whole documents; its key is `document_id`."""
    builder = _common(SchemaBuilder())
    for field in ("type", "source", "tag"):
        builder = builder.add_text_field(field, tokenizer_name="raw", index_option="basic", fast=True)
    return builder.add_integer_field("year", fast=True).add_bytes_field("words", stored=True).build()


def _common(builder: SchemaBuilder) -> SchemaBuilder:
    return (
        builder.add_integer_field("applied", indexed=True, fast=True)
        .add_integer_field("version", fast=True)
        .add_integer_field("document_id", indexed=True, fast=True)
        .add_text_field("scope", tokenizer_name="raw", index_option="basic")
        .add_text_field("language", tokenizer_name="raw", index_option="basic")
        .add_text_field("body", tokenizer_name="whitespace", index_option="freq")
        .add_text_field("exact", tokenizer_name="whitespace", index_option="position")
        .add_text_field("characters", tokenizer_name="whitespace", index_option="position")
    )


def marker(applied: int) -> Document:
    """Return the one document that says which sequence is applied; each commit replaces it."""
    document = Document()
    document.add_integer("applied", applied)
    document.add_integer("version", VERSION)
    return document


def passage_document(passage: Passage) -> Document:
    """Return the passage as it is indexed."""
    document = _document(passage.document_id, passage.scope, passage.language)
    document.add_integer("chunk_id", passage.chunk_id)
    for text, weight in ((passage.title, _TITLE_WEIGHT), (passage.heading, 1), (passage.text, 1)):
        _add_text(document, normalise(text), passage.language, weight)
    return document


def document_document(entry: DocumentEntry) -> Document:
    """Return the whole document as it is indexed."""
    document = _document(entry.document_id, entry.scope, entry.language)
    count = WordCount()
    for text, weight in ((entry.title, _TITLE_WEIGHT), (entry.name, 1), (entry.text, 1)):
        for part in map(normalise, _slices(text)):
            for field, terms in _add_text(document, part, entry.language, weight):
                count.add(field, terms)
    document.add_bytes("words", count.pack(entry.language))
    for field, values in (("type", [entry.kind]), ("source", [entry.source]), ("tag", dict.fromkeys(entry.tags))):
        for value in filter(None, values):
            document.add_text(field, raw(value))
    if entry.year is not None:
        document.add_integer("year", entry.year)
    return document


def raw(value: str) -> str:
    """Return a value that is kept as it is, without what UTF-8 can't hold (surrogates of undecodable file names)."""
    return value.encode("utf-8", "replace").decode("utf-8")


def _document(document_id: int, scope: str, language: str) -> Document:
    document = Document()
    document.add_integer("document_id", document_id)
    document.add_text("scope", raw(scope))
    document.add_text("language", language if language in STEMMERS else UNSTEMMED)
    return document


def _add_text(document: Document, normalised: str, language: str, weight: int) -> list[tuple[str, list[str]]]:
    """Add a text to the text fields as a value of its own, so that no phrase runs from a title into the text.

    Returns:
        The terms of each field to rank by.
    """
    words = folded(without_unspaced(normalised))
    document.add_text("exact", " ".join(words))
    ranked = [("body", stem(words, language))]
    if characters := [pair for run in runs(normalised) for pair in pairs(run)]:
        ranked.append(("characters", characters))
    for field, terms in ranked:
        value = " ".join(terms)
        for _ in range(weight):
            document.add_text(field, value)
    return ranked


def _slices(text: str) -> Iterator[str]:
    """Yield the text in slices that end at white space."""
    start = 0
    while len(text) - start > _SLICE:
        cut = max(text.rfind(" ", start, start + _SLICE), text.rfind("\n", start, start + _SLICE))
        cut = cut if cut > start else start + _SLICE
        yield text[start:cut]
        start = cut
    if start < len(text):
        yield text[start:]
