"""A file is taken for what it is, whatever its name says."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.domain.media import KINDS
from core.errors import ExtractionFailed
from core.extractors.detect import detect

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
RTF = rb"{\rtf1\ansi Hello}"
HTML = b"<!DOCTYPE html>\n<html><body>Hello</body></html>"
MAIL = b"From: Ada <ada@example.org>\nTo: Charles\nSubject: Engine\nMIME-Version: 1.0\n\nHello\n"
MBOX = b"From ada@example.org Fri Nov 20 12:00:00 2026\nFrom: Ada\nSubject: Engine\n\nHello\n"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
BINARY = bytes(range(256)) * 8


def file_of(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def archive_of(folder: Path, name: str, **members: str) -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        for member, content in members.items():
            archive.writestr(member.replace("__", "/"), content)
    return path


def ole_of(folder: Path, name: str, stream: str) -> Path:
    return file_of(folder, name, OLE + b"\0" * 504 + f"{stream}\0".encode("utf-16-le") + b"\0" * 100)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PDF, "pdf"),
        ("a.pdf", b"HTTP/1.1 200 OK\r\n\r\n" + PDF, "pdf"),
        ("a.txt", PDF, "pdf"),
        ("paper", PDF, "pdf"),
        ("a.doc", RTF, "rtf"),
        ("a.rtf", b"\xef\xbb\xbf" + RTF, "rtf"),
        ("a.xls", HTML, "html"),
        ("a.pdf", HTML, "html"),
        ("a.txt", b"\n<!-- saved -->\n<HTML><body>", "html"),
        ("a.json", HTML, "html"),
        ("a.php", HTML, "php"),
        ("a.xls", b"name\tyear\nAda\t1815\n", "tsv"),
        ("a.xlsx", b"name;year\nAda;1815\n", "csv"),
        ("a.msg", MAIL, "eml"),
        ("a.mbox", MAIL, "eml"),
        ("a.mht", MAIL, "eml"),
        ("a.html", MAIL, "eml"),
        ("mail", MAIL, "eml"),
        ("Inbox", MBOX, "mbox"),
        ("a.mbox", MBOX, "mbox"),
        ("a.txt", MAIL, "txt"),
        ("a.docx", b"only words\n", "txt"),
        ("notes", b"only words\n", "txt"),
        ("notes", "Нет расширения".encode("utf-16"), "txt"),
        ("notes", b'<?xml version="1.0"?><a/>', "xml"),
        ("notes", b'{"a": 1}', "json"),
        ("run", b"#!/usr/bin/env python3\nprint()\n", "python"),
        ("run", b"#!/bin/sh\necho\n", "shell"),
        ("README", b"words", "txt"),
        ("a.txt", b"", "txt"),
        ("a.py", b"", "python"),
        ("nothing", b"", "txt"),
    ],
)
def test_the_content_decides_where_the_name_is_wrong(tmp_path: Path, name: str, content: bytes, kind: str) -> None:
    assert detect(file_of(tmp_path, name, content)) == kind


@pytest.mark.parametrize(
    ("name", "members", "kind"),
    [
        ("a.docx", {"[Content_Types].xml": "", "word__document.xml": ""}, "docx"),
        ("a.doc", {"[Content_Types].xml": "", "word__document.xml": ""}, "docx"),
        ("a.zip", {"[Content_Types].xml": "", "ppt__presentation.xml": ""}, "pptx"),
        ("a.docx", {"[Content_Types].xml": "", "xl__workbook.xml": ""}, "xlsx"),
        ("a.xlsx", {"[Content_Types].xml": "", "xl__workbook.bin": ""}, "xlsb"),
        ("a.odt", {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ""}, "ods"),
        ("a", {"mimetype": "application/vnd.oasis.opendocument.text-template", "content.xml": ""}, "odt"),
        ("a.odp", {"content.xml": ""}, "odp"),
        ("a.epub", {"mimetype": "application/epub+zip\n", "META-INF__container.xml": ""}, "epub"),
        ("a.zip", {"META-INF__container.xml": ""}, "epub"),
    ],
)
def test_an_archive_is_told_by_its_members(tmp_path: Path, name: str, members: dict[str, str], kind: str) -> None:
    assert detect(archive_of(tmp_path, name, **members)) == kind


@pytest.mark.parametrize(
    ("name", "stream", "kind"),
    [("a.xls", "Workbook", "xls"), ("a.dat", "Book", "xls"), ("a.msg", "__properties_version1.0", "msg")],
)
def test_an_old_office_file_is_told_by_its_streams(tmp_path: Path, name: str, stream: str, kind: str) -> None:
    assert detect(ole_of(tmp_path, name, stream)) == kind


@pytest.mark.parametrize(
    ("name", "stream", "code", "word"),
    [
        ("a.docx", "EncryptedPackage", "encrypted", "password"),
        ("a.doc", "WordDocument", "unsupported", ".docx"),
        ("a.xls", "WordDocument", "unsupported", ".docx"),
        ("a.ppt", "PowerPoint Document", "unsupported", ".pptx"),
        ("a.vsd", "VisioDocument", "unsupported", "old Office"),
    ],
)
def test_an_old_office_file_that_is_not_read_says_what_to_do(
    tmp_path: Path, name: str, stream: str, code: str, word: str
) -> None:
    with pytest.raises(ExtractionFailed, match=word) as failure:
        detect(ole_of(tmp_path, name, stream))
    assert failure.value.code == code


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"", "empty"),
        ("a.docx", b"", "empty"),
        ("a.pdf", BINARY, "damaged"),
        ("a.docx", b"PK\x03\x04" + BINARY, "damaged"),
        ("a.txt", BINARY, "unsupported"),
        ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + BINARY, "unsupported"),
    ],
)
def test_a_file_that_can_not_be_read_has_its_reason(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    with pytest.raises(ExtractionFailed) as failure:
        detect(file_of(tmp_path, name, content))
    assert failure.value.code == code


def test_a_plain_archive_says_that_it_must_be_unpacked(tmp_path: Path) -> None:
    with pytest.raises(ExtractionFailed, match="Unpack it") as failure:
        detect(archive_of(tmp_path, "a.docx", **{"photo.jpg": ""}))
    assert failure.value.code == "unsupported"


def test_a_kind_that_is_given_stands_in_for_the_name(tmp_path: Path) -> None:
    path = file_of(tmp_path, "a3f9", b"a,b\n1,2\n")
    assert detect(path, "csv") == "csv"
    assert detect(file_of(tmp_path, "a3f8", PDF), "csv") == "pdf"


def test_what_is_no_file_is_said_to_be_none(tmp_path: Path) -> None:
    fifo = tmp_path / "pipe.txt"
    os.mkfifo(fifo)
    for path, code in ((tmp_path, "not_a_file"), (fifo, "not_a_file"), (tmp_path / "gone.txt", "vanished")):
        with pytest.raises(ExtractionFailed) as failure:
            detect(path)
        assert failure.value.code == code


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(
        st.binary(max_size=200),
        st.tuples(st.sampled_from([PDF, RTF, HTML, MAIL, OLE, b"PK\x03\x04", b"PK\x05\x06"]), st.binary()).map(
            b"".join
        ),
    ),
    promised=st.one_of(st.none(), st.sampled_from(sorted(KINDS))),
)
def test_any_bytes_have_a_kind_or_a_reason(tmp_path: Path, content: bytes, promised: str | None) -> None:
    path = file_of(tmp_path, "file", content)
    try:
        answer = detect(path, promised)
    except ExtractionFailed as failure:
        answer = failure.code
    assert answer in {*KINDS, "unsupported", "damaged", "empty", "encrypted", "too_large"}
