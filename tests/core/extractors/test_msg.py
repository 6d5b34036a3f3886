"""Outlook messages are read like other mail."""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.errors import ExtractionFailed
from core.extractors import extract
from core.extractors.msg import MsgExtractor
from tests.core.extractors import outlook_files as outlook

TICKS = struct.pack(
    "<q", int((datetime(2026, 11, 20, 12, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7
)
FACTS = {
    outlook.SUBJECT: "Plan für Mai",
    outlook.SENDER: "Ada Lovelace",
    outlook.SENDER_ADDRESS: "ada@example.org",
    outlook.SENT: TICKS,
}
RECIPIENTS = [
    {outlook.NAME: "Charles", outlook.ADDRESS: "charles@example.org", outlook.RECIPIENT_TYPE: 1},
    {outlook.NAME: "Jürgen", outlook.ADDRESS: "j@example.org", outlook.RECIPIENT_TYPE: 2},
]
HEADERS = (
    'From: "Ada Lovelace" <ada@example.org>\nTo: Charles <charles@example.org>\nCc: Jürgen <j@example.org>\n'
    "Date: 2026-11-20T12:00:00+00:00\nSubject: Plan für Mai"
)


def test_headers_text_and_metadata(tmp_path: Path) -> None:
    path = outlook.msg(tmp_path / "a.msg", {**FACTS, outlook.BODY: "Wir fahren los.\r\nБис завтра."}, RECIPIENTS)
    kind, mail = extract(path)
    assert kind == "msg"
    assert mail.text == f"{HEADERS}\n\nWir fahren los.\nБис завтра."
    assert mail.metadata == {
        "title": "Plan für Mai",
        "author": '"Ada Lovelace" <ada@example.org>',
        "created": "2026-11-20T12:00:00+00:00",
    }


def test_html_is_read_where_there_is_no_text(tmp_path: Path) -> None:
    markup = '<meta charset="koi8-r"><h1>Привет</h1><p>Едем.</p>'.encode("koi8-r")
    path = outlook.msg(tmp_path / "a.msg", {**FACTS, outlook.HTML: markup}, RECIPIENTS)
    assert MsgExtractor().extract(path).text == f"{HEADERS}\n\nПривет\n\nЕдем."


def test_attachments_are_named(tmp_path: Path) -> None:
    attachment = {
        outlook.FILE_NAME: "Übersicht.pdf",
        outlook.FILE_TYPE: "application/pdf",
        outlook.FILE_BYTES: b"x" * 5000,
        outlook.FILE_METHOD: 1,
    }
    path = outlook.msg(tmp_path / "a.msg", {**FACTS, outlook.BODY: "Text"}, RECIPIENTS, [attachment])
    mail = MsgExtractor().extract(path)
    assert mail.text == f"{HEADERS}\n\nText\n\nAttachments: Übersicht.pdf (application/pdf, 5.0 kB)"
    assert [remark.code for remark in mail.warnings] == ["attachments"]


def test_what_is_no_message_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.msg"
    for content, code in (
        (b"", "empty"),
        (b"words", "damaged"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000), "damaged"),
    ):
        path.write_bytes(content)
        with pytest.raises(ExtractionFailed) as failure:
            MsgExtractor().extract(path)
        assert failure.value.code == code
