"""XML parts are read without namespaces, and never with entities."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import ExtractionFailed
from core.extractors.xml_tree import attribute, child, parse_xml, refuse_doctype

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "ha">{LAUGHS}]><r>&l9;</r>'


def test_tags_lose_their_namespace_and_attributes_are_found_in_any() -> None:
    root = parse_xml(b'<w:a xmlns:w="urn:one" xmlns="urn:two"><b w:val="1" c="2"><d>text</d></b></w:a>', "file")
    inner = child(root, "b")
    assert inner is not None
    assert (root.tag, attribute(inner, "val"), attribute(inner, "c"), attribute(inner, "x")) == ("a", "1", "2", None)
    assert child(root, "b", "d") is not None
    assert child(root, "b", "e", "f") is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_an_entity_bomb_is_refused_in_any_encoding(encoding: str) -> None:
    data = BOMB.replace('"1.0"?', f'"1.0" encoding="{encoding}"?').encode(encoding)
    with pytest.raises(ExtractionFailed, match="document type declaration") as failure:
        parse_xml(data, "Word document")
    assert failure.value.code == "unsupported"


def test_a_doctype_behind_a_comment_is_refused() -> None:
    with pytest.raises(ExtractionFailed, match="document type declaration"):
        refuse_doctype(b"<?xml version='1.0'?><!-- " + b"x" * 5_000 + b" --><!DOCTYPE a><a/>", "file")


def test_no_file_is_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("canary")
    for doctype in (
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]>',
        f'<!DOCTYPE a SYSTEM "{secret.as_uri()}">',
    ):
        data = f"{doctype}<a>&x;</a>".encode()
        with pytest.raises(ExtractionFailed):
            parse_xml(data, "file")
        with pytest.raises(ExtractionFailed) as failure:
            parse_xml(data, "file", external_dtd=True)
        assert "canary" not in str(failure.value)


def test_a_book_may_name_the_dtd_of_its_format() -> None:
    doctype = b'<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">'
    assert parse_xml(doctype + b"<ncx/>", "book", external_dtd=True).tag == "ncx"
    with pytest.raises(ExtractionFailed):
        parse_xml(BOMB.encode(), "book", external_dtd=True)


@pytest.mark.parametrize(
    "data", [b"", b"\0\0", b"<a>", b"text", b"<a>\xff</a>", b'<?xml version="1.0" encoding="nonsense"?><a/>']
)
def test_what_is_no_xml_is_damage(data: bytes) -> None:
    with pytest.raises(ExtractionFailed) as failure:
        parse_xml(data, "file")
    assert failure.value.code == "damaged"


def test_deep_nesting_is_read_without_a_fault() -> None:
    assert parse_xml(b"<a>" * 100_000 + b"</a>" * 100_000, "file").tag == "a"
